package policy

import (
	"strings"
	"unicode"

	"colophon/message"
)

// Item is one part of a disclosure's value: `code (refactoring)`.
// Spans are bytes into the value.
type Item struct {
	Span    message.Span // without the blanks around it
	Kind    string       // one of the policy's kinds; "" if none was recognised
	Name    message.Span // the word that names the kind
	Note    message.Span // inside the parentheses; empty if there are none
	Problem Miss         // "" if it fits the grammar
	InNote  Miss         // the same for the note and what follows it
	Suggest string       // what to write in place of Name, where that is clear
}

// Miss says how an item misses the grammar.
type Miss string

// The problems of an item.
const (
	Unknown   Miss = "unknown"  // no kind of this policy
	FormerOne Miss = "former"   // a kind of an earlier draft
	Spelling  Miss = "spelling" // a kind, but for its case
	Unclosed  Miss = "unclosed" // an opening parenthesis without its end
	Trailing  Miss = "trailing" // text after the closing parenthesis
	EmptyItem Miss = "empty"    // nothing between two commas
	Repeated  Miss = "repeated" // the same kind and note stand there twice
)

// MaxItems is how many items of a value are read. No person writes more.
const MaxItems = 64

// Items reads a disclosure's value (unfolded, trimmed), the first MaxItems of
// it. With the grammar Free nothing is a problem, and an item has a kind where it
// names one.
func (d *Disclosure) Items(value string) []Item {
	var items []Item
	seen := make(map[string]bool)
	for _, s := range splitList(value) {
		it := d.item(value, s)
		if text := value[s.Start:s.End]; d.Value == Kinds && it.Problem == "" {
			if seen[text] {
				it.Problem = Repeated
			}
			seen[text] = true
		}
		items = append(items, it)
	}
	return items
}

// splitList cuts at commas outside parentheses.
func splitList(value string) []message.Span {
	var parts []message.Span
	depth, from := 0, 0
	cut := func(to int) {
		s := message.Span{Start: from, End: to}
		for s.Start < s.End && value[s.Start] == ' ' {
			s.Start++
		}
		for s.End > s.Start && value[s.End-1] == ' ' {
			s.End--
		}
		parts = append(parts, s)
	}
	for i := 0; i < len(value); i++ {
		if len(parts) == MaxItems {
			return parts
		}
		switch value[i] {
		case '(':
			depth++
		case ')':
			depth = max(depth-1, 0)
		case ',':
			if depth == 0 {
				cut(i)
				from = i + 1
			}
		}
	}
	cut(len(value))
	return parts
}

func (d *Disclosure) item(value string, s message.Span) Item {
	it := Item{Span: s, Name: s}
	text := value[s.Start:s.End]
	if open := strings.IndexByte(text, '('); open >= 0 {
		it.Name.End = s.Start + len(strings.TrimRight(text[:open], " \t"))
		it.Note = message.Span{Start: s.Start + open + 1, End: s.End}
		switch last := closing(text, open); {
		case last < 0:
			it.InNote = Unclosed
		case last < len(text)-1:
			it.Note.End = s.Start + last
			it.InNote = Trailing
		default:
			it.Note.End = s.Start + last
		}
	}
	name := value[it.Name.Start:it.Name.End]
	if d.Value != Kinds {
		it.InNote = ""
		it.Kind = d.named(name)
		return it
	}
	if text == "" {
		it.Problem = EmptyItem
		return it
	}
	for _, k := range d.Kinds {
		if name == k {
			it.Kind = k
			return it
		}
	}
	it.Kind, it.Suggest = "", d.suggest(name)
	switch {
	case strings.EqualFold(name, it.Suggest) && name != "":
		it.Kind = it.Suggest
		it.Problem = Spelling
	case d.Former[name] != "":
		it.Kind, it.Suggest = d.Former[name], d.Former[name]
		it.Problem = FormerOne
	default:
		it.Problem = Unknown
	}
	return it
}

// closing is the offset of the parenthesis that closes the one at open, or -1.
func closing(text string, open int) int {
	depth := 0
	for i := open; i < len(text); i++ {
		switch text[i] {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}

// named is the first kind that a free text names as a word of its own.
func (d *Disclosure) named(text string) string {
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		for _, k := range d.Kinds {
			if strings.EqualFold(w, k) || strings.EqualFold(w, otherWords[k]) {
				return k
			}
		}
	}
	return ""
}

// otherWords are the longer and shorter names of the kinds that projects use.
var otherWords = map[string]string{
	"code": "coding", "tests": "testing", "docs": "documentation", "research": "analysis",
}

// words that people write where they mean a kind.
var meant = map[string][]string{
	"code":     {"coding", "source", "implementation", "refactoring", "refactor", "bugfix", "fix", "prototype", "mechanical", "boilerplate"},
	"tests":    {"test", "testing", "testcase", "testcases", "unittest", "unittests"},
	"docs":     {"doc", "documentation", "documenting", "comments"},
	"research": {"analysis", "analyzing", "investigation", "debugging", "review"},
}

// suggest is the kind that a word most likely means, or "".
func (d *Disclosure) suggest(word string) string {
	lower := strings.ToLower(word)
	for _, k := range d.Kinds {
		if lower == strings.ToLower(k) {
			return k
		}
	}
	for _, k := range d.Kinds {
		for _, w := range meant[k] {
			if lower == w {
				return k
			}
		}
	}
	for _, k := range d.Kinds {
		if len(lower) > 2 && Distance(lower, k) <= 2 {
			return k
		}
	}
	return ""
}

// Distance is the number of single-byte insertions, deletions and replacements
// that turn a into b (Levenshtein).
func Distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			diagonal, row[j] = row[j], min(row[j]+1, row[j-1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// Kind is the kind of this policy that a class of files stands for, or "".
func (d *Disclosure) Kind(c Class) string {
	word := map[Class]string{Code: "code", Test: "tests", Documentation: "docs"}[c]
	for _, k := range d.Kinds {
		if k == word {
			return k
		}
	}
	return ""
}

// Mechanical tells whether a note or a free item says that the change is of the
// kind the limit is not for. A note may go on after the word: "refactoring of x".
func (l *SmallFix) Mechanical(text string) bool {
	for _, part := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ',' || r == ';' }) {
		part = strings.TrimSpace(part)
		for _, w := range l.NotFor {
			rest, ok := strings.CutPrefix(part, strings.ToLower(w))
			if ok && (rest == "" || !unicode.IsLetter(rune(rest[0]))) {
				return true
			}
		}
	}
	return false
}
