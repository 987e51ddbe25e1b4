// Package message reads a commit message exactly as git does: what git will
// strip, where the scissors cut, which lines are the subject, the body and the
// trailer block. Every part carries the bytes it came from, so findings and
// edits point into the text as the person typed it.
//
// It judges nothing, runs nothing and reads no file; the caller brings what the
// repository's configuration says in Options.
package message

import (
	"sort"
	"strings"
)

// Span is a half-open range of byte offsets into Message.Text.
type Span struct{ Start, End int }

// Len is the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains tells whether offset lies in s; the end counts as inside, because a
// caret stands there after the last character.
func (s Span) Contains(offset int) bool { return s.Start <= offset && offset <= s.End }

// Touches tells whether s and o share a byte or an edge.
func (s Span) Touches(o Span) bool { return s.Start <= o.End && o.Start <= s.End }

// Cleanup is what git does to the message before it commits it
// (commit.cleanup and --cleanup in git-commit(1)).
type Cleanup string

// The cleanup modes of git. "default" is Strip with an editor and Whitespace
// without; the caller knows which of the two it is.
const (
	Strip      Cleanup = "strip"      // comment lines, trailing blanks and needless empty lines go
	Whitespace Cleanup = "whitespace" // as Strip, but comment lines stay
	Scissors   Cleanup = "scissors"   // as Whitespace, and everything from the scissors line on goes
	Verbatim   Cleanup = "verbatim"   // nothing changes
)

// Cut says whether a scissors line ends the message.
type Cut string

// Git cuts in verbose mode and with cleanup=scissors. Neither can be read off
// the file alone, so CutGuess takes a scissors line for git's own when git's
// remark, a patch or nothing follows it.
const (
	CutGuess  Cut = ""
	CutAlways Cut = "always"
	CutNever  Cut = "never"
)

// Options is what git's configuration and command line say about a message.
// The zero value is `git commit` with an editor and no configuration.
type Options struct {
	Comment    string   // core.commentChar or core.commentString; "" is "#"
	Cleanup    Cleanup  // "" is Strip
	Cut        Cut      // "" is CutGuess; Cleanup Scissors always cuts
	Divider    bool     // a line "---" ends the message, as in mail; commits have none
	Separators string   // trailer.separators; "" is ":"
	Keys       []string // names and keys of configured trailers (trailer.<name>.key)

	// Other programs than git have messages written, too.
	End     string   // what the line begins with that ends the message, whatever Cut says; "" is git's scissors line
	Headers []string // the names of header lines that may stand in front of the message; nil: none
}

func (o Options) normal() Options {
	if o.Comment == "" {
		o.Comment = "#"
	}
	if o.Cleanup == "" {
		o.Cleanup = Strip
	}
	if o.Separators == "" {
		o.Separators = ":"
	}
	return o
}

// StripsComments tells whether comment lines will be gone from the commit.
func (o Options) StripsComments() bool { return o.normal().Cleanup == Strip }

// Kind says what git makes of a line.
type Kind uint8

// The kinds of line. A line that git drops is Comment or a surplus Blank. A header line
// of another program is a Comment, too.
const (
	Blank Kind = iota
	Comment
	Subject      // a line of the first paragraph
	Body         // a line of a later paragraph that is not the trailer block
	TrailerLine  // the first line of a trailer
	Continuation // a folded line that belongs to the trailer above
	Other        // a line inside the trailer block that is no trailer
)

// Line is one line above the cut. Span leaves out the line ending and what git
// trims from the right; Full has both.
type Line struct {
	Span
	Full      Span
	Kind      Kind
	Paragraph int // 0 is the subject's; -1 for comment and blank lines
}

// Message is a parsed commit message. It is immutable.
type Message struct {
	Text    string
	Options Options // as given, with defaults filled in

	Lines    []Line    // every line above the cut, in order
	Subject  Span      // the first line that is neither blank nor comment; empty at the place where it would stand if there is none
	Block    Span      // the trailer block, from its first line to the end of its last; empty if git sees none
	Trailers []Trailer // what git takes for trailers, in order
	Start    int       // where the message begins: behind header lines and the empty line below them; 0 without
	Cut      int       // where the scissors line starts; len(Text) if nothing is cut off

	end  int // where git stops looking for trailers: at a divider, at comments under the last paragraph
	last int // the number of the last paragraph, -1 without any
}

// Empty tells whether nothing but blank and comment lines stand above the cut.
func (m *Message) Empty() bool { return m.Subject.Len() == 0 }

// Unwritten tells whether the person has not begun: the first line is left free
// for the subject and below it stand only trailers, such as the sign-off that
// `git commit -s` puts there. Git takes them for the subject; nobody means them
// to be.
func (m *Message) Unwritten() bool {
	if l, ok := m.LineAt(m.Start); m.Empty() || !ok || l.Kind != Blank {
		return false
	}
	for _, l := range m.Lines {
		if l.Paragraph >= 0 && separator(m.Slice(l.Span), m.Options.Separators) < 1 {
			return false
		}
	}
	return true
}

// Slice is the text under s.
func (m *Message) Slice(s Span) string { return m.Text[s.Start:s.End] }

// Below is the text from the scissors line on; "" if nothing is cut off.
func (m *Message) Below() string { return m.Text[m.Cut:] }

// LineAt is the line above the cut that holds offset. ok is false below the cut.
func (m *Message) LineAt(offset int) (line Line, ok bool) {
	i := sort.Search(len(m.Lines), func(i int) bool { return offset < m.Lines[i].Full.End || offset == m.Lines[i].End })
	if i == len(m.Lines) {
		return Line{}, false
	}
	return m.Lines[i], true
}

// Paragraph is the lines of paragraph n, comment lines between them left out. They are
// not to be changed.
func (m *Message) Paragraph(n int) []Line {
	first, end, count := 0, 0, 0
	for i := range m.Lines {
		if n >= 0 && m.Lines[i].Paragraph == n {
			if count == 0 {
				first = i
			}
			end = i + 1
			count++
		}
	}
	if end-first == count {
		return m.Lines[first:end:end]
	}
	lines := make([]Line, 0, count)
	for _, l := range m.Lines[first:end] {
		if l.Paragraph == n {
			lines = append(lines, l)
		}
	}
	return lines
}

// LastParagraph is the number of the last paragraph, -1 for an empty message.
func (m *Message) LastParagraph() int { return m.last }

// Outline is m without its lines and trailers. It takes little more room than its text,
// of which they may be the manifold.
func (m *Message) Outline() *Message {
	o := *m
	o.Lines, o.Trailers = nil, nil
	return &o
}

// Newline is the line ending of the text: the first one found, or "\n".
func (m *Message) Newline() string {
	if i := strings.IndexByte(m.Text, '\n'); i > 0 && m.Text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// Clean is the message as git will commit it, but for bytes that are not UTF-8:
// git writes them as if they were Latin-1. It refuses what has a NUL.
func (m *Message) Clean() string {
	if m.Options.Cleanup == Verbatim {
		return m.Text[m.Start:m.Cut]
	}
	var b strings.Builder
	blank := false
	for _, l := range m.Lines {
		switch {
		case l.Kind == Comment:
		case l.Kind == Blank:
			blank = b.Len() > 0
		default:
			if blank {
				b.WriteByte('\n')
			}
			blank = false
			b.WriteString(m.Slice(l.Span))
			b.WriteByte('\n')
		}
	}
	return b.String()
}
