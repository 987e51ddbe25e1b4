// Package words holds every sentence that a person can see in an editor, a hook or
// a report, in one file that can be read in a row: catalogue.go. What is filled in
// stands in it as {name}.
//
// It knows nothing of what the sentences are about.
package words

import "strings"

// Sentence is a text with places to fill in, such as {project}.
type Sentence string

// With is the sentence with its places filled in: the name of each, without braces,
// then what stands there. What is filled in may itself have braces. A place that is
// not named stays as it is; a test sees to it that there is none.
func (s Sentence) With(pairs ...string) string {
	text := string(s)
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, behind, ok := strings.Cut(rest, "}")
		value, filled := valueOf(name, pairs)
		if !ok || !filled {
			b.WriteByte('{')
			text = rest
			continue
		}
		b.WriteString(value)
		text = behind
	}
}

func valueOf(name string, pairs []string) (string, bool) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1], true
		}
	}
	return "", false
}

// String is a sentence without places.
func (s Sentence) String() string { return string(s) }
