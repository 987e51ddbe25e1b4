package diagnostics

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"colophon/message"
	"colophon/words"
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

// sentences puts one behind the other; an empty one is none.
func sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " ")
}

// list joins words for a sentence: a, b and c.
func list(items []string, last words.Sentence) string {
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	default:
		return strings.Join(items[:n-1], ", ") + " " + last.String() + " " + items[n-1]
	}
}

// andOthers names the first of some files and says how many more there are.
func andOthers(file string, others int) string {
	switch others {
	case 0:
		return file
	case 1:
		return words.FilesTwoPiece.With("file", file)
	}
	return words.FilesManyPiece.With("file", file, "count", strconv.Itoa(others))
}

// whole is the span of all of a value.
func whole(value string) message.Span { return message.Span{Start: 0, End: len(value)} }
