package policy

import (
	"errors"
	"fmt"
	"net/url"
	"regexp/syntax"
	"strings"
	"time"
)

const (
	// A regular expression in a policy. RE2 takes time with the product of its
	// program and the text, never more.
	maxRegexp  = 300 // bytes
	maxProgram = 600 // instructions
	maxClasses = 8   // \p{…} and the like, which are large
)

// misses says why a text is not of a form; "" if it is.
func misses(form, text string) string {
	switch form {
	case "date":
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			return fmt.Sprintf("%q is not a date such as 2026-11-21", clip(text))
		}
	case "url":
		if u, err := url.Parse(text); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return fmt.Sprintf("%q is not a web address", clip(text))
		}
	case "token":
		if !isToken(text) {
			return fmt.Sprintf("%q is not a trailer's token: letters, digits and hyphens", clip(text))
		}
	case "glob":
		return badPattern(text)
	case "regexp":
		return badRegexp(text)
	case "kind":
		if strings.TrimSpace(text) != text || text == "" || strings.ContainsAny(text, ",()\n") {
			return fmt.Sprintf("%q cannot stand in a comma list", clip(text))
		}
	case "person":
		if text == "" || len(FaultsOf(Person, nil, text)) > 0 {
			return fmt.Sprintf("%q is not a person as `Name <address>`", clip(text))
		}
	}
	return ""
}

func badRegexp(text string) string {
	if len(text) > maxRegexp {
		return fmt.Sprintf("a regular expression longer than %d bytes", maxRegexp)
	}
	if strings.Count(text, `\p`)+strings.Count(text, `\P`) > maxClasses {
		return fmt.Sprintf("a regular expression with more than %d classes of characters such as \\pL", maxClasses)
	}
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		var e *syntax.Error
		if errors.As(err, &e) {
			return fmt.Sprintf("the regular expression is wrong (%s): `%s`", e.Code, clip(e.Expr))
		}
		return fmt.Sprintf("the regular expression is wrong: %s", err)
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil || len(prog.Inst) > maxProgram {
		return "the regular expression is too large once its repetitions are written out"
	}
	return ""
}

// unprintable tells of characters that steer a terminal or turn the writing round.
func unprintable(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// clip keeps a quoted text short.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// isToken tells whether git would take s for a token; an empty one is none.
func isToken(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) < 0
}
