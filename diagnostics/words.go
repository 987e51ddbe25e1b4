package diagnostics

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"colophon/message"
)

// short keeps a sentence that quotes what a person wrote readable.
func short(s string) string {
	const most = 600 // bytes
	if len(s) <= most {
		return s
	}
	cut := most
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// capital starts a sentence.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// list joins words for a sentence: a, b and c.
func list(words []string, last string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " " + last + " " + words[n-1]
	}
}

// number writes a count with its noun.
func number(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// whole is the span of all of a value.
func whole(value string) message.Span { return message.Span{Start: 0, End: len(value)} }
