package message

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Edit replaces the bytes of a span. An empty span inserts, an empty text
// deletes.
type Edit struct {
	Span Span
	Text string
}

// Apply returns text with all edits made. Spans are offsets into the text as it
// was; two edits may touch but not overlap. Insertions at one place keep their
// order.
func Apply(text string, edits []Edit) (string, error) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int {
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		return a.Span.End - b.Span.End
	})
	var b strings.Builder
	at := 0
	for _, e := range sorted {
		if e.Span.Start < at || e.Span.End < e.Span.Start || e.Span.End > len(text) {
			return "", fmt.Errorf("edit %d-%d does not fit: the text before it ends at %d of %d bytes", e.Span.Start, e.Span.End, at, len(text))
		}
		b.WriteString(text[at:e.Span.Start])
		b.WriteString(e.Text)
		at = e.Span.End
	}
	b.WriteString(text[at:])
	return b.String(), nil
}

// Difference is the one edit of whole lines that turns old into new; none if they
// are the same.
func Difference(old, new string) []Edit {
	if old == new {
		return nil
	}
	start := 0
	for i := 0; i < min(len(old), len(new)) && old[i] == new[i]; i++ {
		if old[i] == '\n' {
			start = i + 1
		}
	}
	end := 0 // bytes at the end that are the same, whole lines only
	for i := 1; i <= min(len(old), len(new))-start && old[len(old)-i] == new[len(new)-i]; i++ {
		if len(old) == i || len(new) == i || old[len(old)-i-1] == '\n' && new[len(new)-i-1] == '\n' {
			end = i
		}
	}
	// A clone, since an edit is kept longer than the text that it was found in.
	return []Edit{{Span: Span{Start: start, End: len(old) - end}, Text: strings.Clone(new[start : len(new)-end])}}
}

// AddTrailer is the edit that puts a trailer where git will see it: in the
// trailer block in front of the first trailer with the token before, or at the
// block's end; without a block, in a new last paragraph. In a message without a
// subject git will see it once there is one. The token has to be one for git,
// the value is one line.
func (m *Message) AddTrailer(token, value, before string) Edit {
	nl := m.Newline()
	line := token + m.Options.Separators[:1] + " " + value
	if m.Block.Len() > 0 {
		for _, t := range m.Trailers {
			if before != "" && t.Is(before) {
				return Edit{Span{t.Span.Start, t.Span.Start}, line + nl}
			}
		}
		return m.insertAfter(m.Block.End, "", line)
	}
	last := -1
	for i, l := range m.Lines {
		if l.Paragraph >= 0 && l.Start < m.end {
			last = i
		}
	}
	if m.Unwritten() {
		for _, l := range m.Paragraph(0) {
			if hasToken(m.Slice(l.Span), before, m.Options.Separators) {
				return Edit{Span{l.Start, l.Start}, line + nl}
			}
		}
		return m.insertAfter(m.Lines[last].End, "", line)
	}
	if last < 0 {
		return Edit{Span{m.Start, m.Start}, m.free() + line + nl}
	}
	return m.insertAfter(m.Lines[last].End, nl, line)
}

func hasToken(line, token, separators string) bool {
	at := separator(line, separators)
	return at >= 1 && strings.EqualFold(trim(line[:at]), token)
}

// insertAfter is the edit that adds a line behind the one that ends at end,
// which may be the text's last and lack its ending.
func (m *Message) insertAfter(end int, gap, line string) Edit {
	l, _ := m.LineAt(end)
	at, nl := l.Full.End, m.Newline()
	if strings.HasSuffix(m.Slice(l.Full), "\n") {
		return Edit{Span{at, at}, gap + line + nl}
	}
	return Edit{Span{at, at}, nl + gap + line}
}

// RemoveLines is the edits that take whole lines out. Where a paragraph goes
// with them, so do the empty lines above it, if others still part what is left.
//
// Git reads what is left anew: a block whose other lines are not all trailers
// may lose too many of them, or its sign-off, to be one still, and the
// paragraph above a block that goes becomes the last.
func (m *Message) RemoveLines(lines []Span) []Edit {
	out := make([]bool, len(m.Lines))
	left := make([]bool, m.last+1) // paragraphs of which a line stays
	lines = slices.SortedFunc(slices.Values(lines), func(a, b Span) int { return a.Start - b.Start })
	for i, l := range m.Lines {
		// Of the spans that begin before the line ends, the last is the one to look at.
		n := sort.Search(len(lines), func(i int) bool { return lines[i].Start > l.Start })
		out[i] = n > 0 && l.Full.End <= lines[n-1].End
		if !out[i] && l.Paragraph >= 0 {
			left[l.Paragraph] = true
		}
	}
	parted := m.parted(out)
	for i, l := range m.Lines {
		if l.Paragraph < 0 || left[l.Paragraph] || !parted[i] {
			continue
		}
		for above := i - 1; above >= 0 && m.Lines[above].Kind == Blank; above-- {
			out[above] = true
		}
	}
	var edits []Edit
	for i, l := range m.Lines {
		switch {
		case !out[i]:
		case i > 0 && out[i-1]:
			edits[len(edits)-1].Span.End = l.Full.End
		default:
			edits = append(edits, Edit{l.Full, ""})
		}
	}
	return edits
}

// parted tells of each line whether, with the lines of out gone, an empty line or the
// end of the message comes next below it.
func (m *Message) parted(out []bool) []bool {
	parted := make([]bool, len(m.Lines))
	blank := true
	for i := len(m.Lines) - 1; i >= 0; i-- {
		parted[i] = blank
		if kind := m.Lines[i].Kind; !out[i] && kind != Comment {
			blank = kind == Blank
		}
	}
	return parted
}

// free is what stands in front of the first text of an empty message: the line that is
// the subject's, one below it, and, where header lines are all there is, what ends them.
func (m *Message) free() string {
	n := 2
	for _, l := range m.Lines {
		if m.Start > 0 && l.Full.End == m.Start && l.Kind != Blank {
			n++
			if l.End == l.Full.End {
				n++
			}
		}
	}
	return strings.Repeat(m.Newline(), n)
}

// AddParagraph is the edit that puts a paragraph of its own into the body: above
// the trailer block, or, without one, at the message's end. In a message without a
// subject it leaves the first line free.
func (m *Message) AddParagraph(lines []string) Edit {
	nl := m.Newline()
	text := strings.Join(lines, nl) + nl
	if m.Block.Len() > 0 {
		at := m.Block.Start
		if l, ok := m.LineAt(at); ok {
			at = l.Full.Start
		}
		return Edit{Span{at, at}, text + nl}
	}
	last := -1
	for i, l := range m.Lines {
		if l.Paragraph >= 0 && l.Start < m.end {
			last = i
		}
	}
	if last < 0 {
		return Edit{Span{m.Start, m.Start}, m.free() + text}
	}
	if m.Unwritten() {
		first := m.Paragraph(0)[0]
		return Edit{Span{first.Start, first.Start}, text + nl}
	}
	return m.insertAfter(m.Lines[last].End, nl, strings.TrimSuffix(text, nl))
}
