package maintainers

import (
	"strings"
	"unicode/utf8"
)

// form is what a pattern may hold besides * and ?.
type form struct {
	sets    bool // [hc]: in CODEOWNERS, brackets are characters like others
	escapes bool // \ before a character
	prefix  bool // more may follow what matches
}

var (
	kernelForm  = form{sets: true, prefix: true}
	segmentForm = form{escapes: true}
)

// glob matches a whole text; * and ? stand for any character, also a slash,
// which the caller looks after. Each step is taken off steps, and none is left
// for a pattern made to be slow: it does not match then, and the caller sees
// that steps is below zero.
func glob(pattern, s string, f form, steps *int) bool {
	p, i := 0, 0
	star, from := -1, 0 // where to go on after the last *, and what it has taken
	for {
		if *steps--; *steps < 0 {
			return false
		}
		if p == len(pattern) && (f.prefix || i == len(s)) {
			return true
		}
		if p < len(pattern) && pattern[p] == '*' {
			p++
			star, from = p, i
			continue
		}
		if p < len(pattern) && i < len(s) {
			if f.sets && pattern[p] == '[' {
				*steps -= maxSet / 4
			}
			if np, ns := one(pattern[p:], s[i:], f); np > 0 {
				p, i = p+np, i+ns
				continue
			}
		}
		if star < 0 || from == len(s) {
			return false
		}
		from++
		p, i = star, from
	}
}

// one matches one character: how many bytes of the pattern and of the text it
// takes, or 0. Bytes are compared, so that broken UTF-8 is equal to itself only.
func one(pattern, s string, f form) (np, ns int) {
	switch {
	case pattern[0] == '?':
		_, ns = utf8.DecodeRuneInString(s)
		return 1, ns
	case pattern[0] == '[' && f.sets:
		if end := setEnd(pattern); end > 0 {
			r, ns := utf8.DecodeRuneInString(s)
			if inSet(pattern[1:end], r) {
				return end + 1, ns
			}
			return 0, 0
		}
	case pattern[0] == '\\' && f.escapes && len(pattern) > 1:
		if pattern[1] == s[0] {
			return 2, 1
		}
		return 0, 0
	}
	if pattern[0] == s[0] {
		return 1, 1
	}
	return 0, 0
}

// A longer set than anybody writes is none, to bound what trying it costs.
const maxSet = 100

// setEnd is where a set closes; a ] in the first place belongs to it.
func setEnd(pattern string) int {
	start := 1
	if strings.HasPrefix(pattern[1:], "^") {
		start++
	}
	if len(pattern) <= start+1 {
		return -1
	}
	end := strings.IndexByte(pattern[start+1:min(len(pattern), maxSet)], ']')
	if end < 0 {
		return -1
	}
	return start + 1 + end
}

func inSet(set string, r rune) bool {
	set, not := strings.CutPrefix(set, "^")
	for set != "" {
		lo, n := utf8.DecodeRuneInString(set)
		set = set[n:]
		hi := lo
		if len(set) > 1 && set[0] == '-' {
			hi, n = utf8.DecodeRuneInString(set[1:])
			set = set[1+n:]
		}
		if lo <= r && r <= hi {
			return !not
		}
	}
	return not
}

// folders calls f for the top and for each folder above a path, with what
// follows the folder: ("", "a/b"), ("a", "b"). Patterns are kept by the folder
// that they name in full, so that only those that may match are tried.
func folders(path string, f func(folder, rest string)) {
	f("", path)
	for i := 1; i < len(path); i++ {
		if path[i] == '/' {
			f(path[:i], path[i+1:])
		}
	}
}
