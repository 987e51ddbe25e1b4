package policy

import (
	"errors"
	"net/url"
	"regexp/syntax"
	"strconv"
	"strings"
	"time"

	"colophon/words"
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
			return words.ProblemDate.With("value", quote(text))
		}
	case "url":
		if u, err := url.Parse(text); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return words.ProblemAddress.With("value", quote(text))
		}
	case "token":
		if !isToken(text) {
			return words.ProblemToken.With("value", quote(text))
		}
	case "glob":
		return badPattern(text)
	case "regexp":
		return badRegexp(text)
	case "kind":
		if strings.TrimSpace(text) != text || text == "" || strings.ContainsAny(text, ",()\n") {
			return words.ProblemKindForm.With("value", quote(text))
		}
	case "person":
		if text == "" || len(FaultsOf(Person, nil, text)) > 0 {
			return words.ProblemPerson.With("value", quote(text))
		}
	}
	return ""
}

func badRegexp(text string) string {
	if len(text) > maxRegexp {
		return words.ProblemRegexpLong.With("most", strconv.Itoa(maxRegexp))
	}
	if strings.Count(text, `\p`)+strings.Count(text, `\P`) > maxClasses {
		return words.ProblemRegexpClasses.With("most", strconv.Itoa(maxClasses))
	}
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		var e *syntax.Error
		if errors.As(err, &e) {
			return words.ProblemRegexpAt.With("why", string(e.Code), "part", clip(e.Expr))
		}
		return words.ProblemRegexp.With("why", err.Error())
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil || len(prog.Inst) > maxProgram {
		return words.ProblemRegexpLarge.String()
	}
	return ""
}

// unprintable tells of characters that steer a terminal or turn the writing round.
func unprintable(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// isToken tells whether git would take s for a token; an empty one is none.
func isToken(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) < 0
}
