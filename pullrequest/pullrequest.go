// Package pullrequest reads the text of a pull request, which is Markdown as code
// hosts take it: its sections, its check boxes and its comments. Every part carries
// the bytes it came from, so findings and edits point into the text as it was typed.
//
// It judges nothing, runs nothing and reads no file. What a text is worth under a
// policy, and what a template had in it already, is decided elsewhere.
package pullrequest

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"colophon/message"
)

// Text is a text as far as it was read. It is immutable. All spans lie in what was
// read, and any two of them are apart or one is within the other.
type Text struct {
	Text string
	// Read is how many bytes were read: all, unless the text is huge.
	Read int
	// Intro is what stands before the first heading.
	Intro message.Span
	// Sections are in the order of their headings. One with sub-headings comes
	// before the sections of these.
	Sections []Section
	// Boxes are all of the text, those before the first heading too.
	Boxes []Box
	// Comments are those of HTML, with their marks. One that does not end goes to
	// the end of the block that it is in, mostly the end of the text.
	Comments []message.Span
	// Code are the lines of code blocks.
	Code []message.Span

	taken []message.Span // headings, comments and unchecked boxes; in order, apart
	seen  []message.Span // what a reader sees, markup aside; in order
}

// Section is a heading and what belongs to it. Headings in lists, quotes, comments
// and code begin no section.
type Section struct {
	Level   int    // 1 to 6
	Title   string // without markup and blanks at its ends
	Heading message.Span
	// Body goes from behind the heading's line up to the next heading of the same
	// or a higher level. It holds the sections of lower levels.
	Body  message.Span
	Boxes []Box // those in Body
}

// Box is an item of a list that begins with a check box.
type Box struct {
	Checked bool
	Mark    message.Span // "[ ]", "[x]" or "[X]"
	// Text is the item's words without markup, comments and sub-items. Of a
	// paragraph that fills pages it is the beginning.
	Text string
	// Span is the item from its bullet or number on, without its sub-items and
	// what follows them.
	Span message.Span
}

// Slice is the text under s.
func (t *Text) Slice(s message.Span) string { return t.Text[s.Start:s.End] }

// Section finds a section by its title, at any level. Case and decoration do not
// matter: blanks, punctuation, emoji, a number in front, a remark in brackets at the
// end such as "(REQUIRED)". A title that begins with the wanted words counts where
// none consists of them. It is nil where there is none.
func (t *Text) Section(title string) *Section {
	wanted := words(title)
	if len(wanted) == 0 {
		return nil
	}
	var begins *Section
	for i := range t.Sections {
		have := words(t.Sections[i].Title)
		if len(have) < len(wanted) || !slices.EqualFunc(have[:len(wanted)], wanted, strings.EqualFold) {
			continue
		}
		if len(have) == len(wanted) {
			return &t.Sections[i]
		}
		if begins == nil {
			begins = &t.Sections[i]
		}
	}
	return begins
}

// Written is what a person wrote in a span: the text there without comments,
// headings and unchecked boxes, and without what the caller leaves out, trimmed. It is
// "" if nothing is left but markup, such as bullets, rules and tags, and punctuation.
// Sub-items of a box are not taken out with it.
func (t *Text) Written(s message.Span, without ...message.Span) string {
	s.Start = min(max(s.Start, 0), t.Read)
	s.End = min(max(s.End, s.Start), t.Read)
	var b strings.Builder
	written := false
	keep := func(start, end int) {
		if start >= end {
			return
		}
		b.WriteString(t.Text[start:end])
		at := sort.Search(len(t.seen), func(i int) bool { return t.seen[i].End > start })
		written = written || at < len(t.seen) && t.seen[at].Start < end
	}
	at := s.Start
	first := sort.Search(len(t.taken), func(i int) bool { return t.taken[i].End > s.Start })
	taken := t.taken[first:]
	if len(without) > 0 {
		taken = slices.Concat(taken, without)
		slices.SortFunc(taken, byStart)
	}
	for _, gone := range taken {
		if gone.Start >= s.End {
			break
		}
		keep(at, gone.Start)
		at = max(at, gone.End)
	}
	keep(at, s.End)
	if !written {
		return ""
	}
	return strings.TrimSpace(strings.TrimPrefix(b.String(), byteOrderMark))
}

// words are what titles are compared by.
func words(title string) []string {
	title = strings.TrimSpace(title)
	for short := title; ; title = short {
		short = withoutRemark(short)
		if short == title || !strings.ContainsFunc(short, isWord) {
			break
		}
	}
	var all []string
	for _, field := range strings.Fields(title) {
		if len(field) > 2 && field[0] == ':' && field[len(field)-1] == ':' {
			continue // an emoji by its name
		}
		all = append(all, strings.FieldsFunc(field, func(r rune) bool { return !isWord(r) })...)
	}
	number := func(word string) bool {
		return !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsDigit(r) })
	}
	for len(all) > 1 && number(all[0]) {
		all = all[1:]
	}
	return all
}

// withoutRemark is a title without decoration and then one remark in brackets at its
// end.
func withoutRemark(title string) string {
	end := strings.TrimRightFunc(title, func(r rune) bool { return !isWord(r) && r != ')' && r != ']' })
	open := -1
	if strings.HasSuffix(end, ")") {
		open = strings.LastIndexByte(end, '(')
	} else if strings.HasSuffix(end, "]") {
		open = strings.LastIndexByte(end, '[')
	}
	if open < 0 {
		return title
	}
	return end[:open]
}

// isWord tells letters, digits and the marks on them from decoration. Some marks
// only make emoji of what is before them.
func isWord(r rune) bool {
	if r >= 0xfe00 && r <= 0xfe0f || r == 0x20e3 {
		return false
	}
	return unicode.In(r, unicode.L, unicode.Nd, unicode.M)
}
