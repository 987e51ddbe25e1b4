package diagnostics

import (
	"slices"
	"sort"
	"strings"

	"colophon/message"
	"colophon/words"
)

var trailerBlock = &Rule{
	ID:       "trailer-block",
	Severity: Warning,
	Summary:  "A line breaks the trailer block, so git sees no trailers at all.",
	Why: `Git takes the last paragraph for trailers only if every line of it is one; with
a Signed-off-by or a cherry-pick line in it, a quarter of the lines is enough.
And the first paragraph is always the subject. One sentence in the wrong place
makes every trailer beside it invisible.`,
	Fix: "Puts an empty line between the text and the trailers.",
	Bad: []Example{{
		Policy:  "qemu-2026-09",
		Message: "tests: cover the empty queue\n\nIt crashed once.\n\nFound by the nightly run\nAI-used-for: tests\n",
	}, {
		Policy:  "qemu-2026-09",
		Message: "tests: cover the empty queue\nAI-used-for: tests\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-09",
		Message: "tests: cover the empty queue\n\nFound by the nightly run\n\nAI-used-for: tests\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check: checkTrailerBlock,
}

func checkTrailerBlock(j *judge) {
	b := j.brokenBlock()
	if b == nil {
		return
	}
	f := Finding{}
	if b.subject {
		f.Span = b.first(true).Span
		f.Message = words.BlockSubject.String()
	} else {
		f.Span = b.first(false).Span
		f.Message = words.BlockBroken.With("trailer", strings.TrimSpace(strings.SplitN(j.Message.Slice(b.first(true).Span), ":", 2)[0]))
	}
	for i, l := range b.all {
		if b.trailer[i] && len(f.Related) < enough {
			f.Related = append(f.Related, Related{Span: l.Span, Message: words.BlockHiddenLabel.String()})
		}
	}
	f.Fixes = []Fix{{Title: words.BlockTitle.String(), Edits: b.mend(j.Message), Preferred: true}}
	j.report(f)
}

// broken is a last paragraph in which somebody wrote trailers that git does not
// see.
type broken struct {
	subject bool // it is the first paragraph
	all     []message.Line
	trailer []bool // which of all are trailers; some are, and some are not
}

// first is the first line that is a trailer, or the first that is none.
func (b *broken) first(trailer bool) message.Line { return b.all[slices.Index(b.trailer, trailer)] }

// holds tells whether a span lies in the broken block; a nil one holds nothing.
func (b *broken) holds(s message.Span) bool {
	if b == nil {
		return false
	}
	i := sort.Search(len(b.all), func(i int) bool { return s.Start <= b.all[i].End })
	return i < len(b.all) && b.all[i].Contains(s.Start)
}

// brokenBlock looks for trailers that are surely meant: the policy's own, those
// that end in -by, and what the policy forbids. It is nil where git sees a
// block, or where nobody wrote one.
func (j *judge) brokenBlock() *broken {
	if !j.sought {
		j.sought, j.broken = true, j.seekBroken()
	}
	return j.broken
}

func (j *judge) seekBroken() *broken {
	m := j.Message
	if m.Block.Len() > 0 || j.unwritten() {
		return nil
	}
	last := m.LastParagraph()
	b := &broken{subject: last == 0, all: m.Paragraph(last)}
	b.trailer = make([]bool, len(b.all))
	after := false // the line above is a trailer, and a folded one belongs to it
	for i, l := range b.all {
		text := m.Slice(l.Span)
		folded := strings.TrimLeft(text, " \t") != text
		after = i > 0 && (j.meantAsTrailer(text) || folded && after) || i == 0 && !b.subject && j.meantAsTrailer(text)
		b.trailer[i] = after
	}
	if !slices.Contains(b.trailer, true) || !slices.Contains(b.trailer, false) {
		return nil
	}
	return b
}

func (j *judge) meantAsTrailer(line string) bool {
	token, _, ok := strings.Cut(line, ":")
	if !ok || strings.IndexFunc(token, notToken) >= 0 || token == "" {
		return false
	}
	if len(token) > 3 && strings.EqualFold(token[len(token)-3:], "-by") || strings.EqualFold(token, j.Policy.Disclosure.Trailer) {
		return true
	}
	for _, f := range j.Policy.Forbidden {
		if strings.EqualFold(token, f.Trailer) {
			return true
		}
	}
	return false
}

// mend is the edit that puts the text above the trailers, an empty line between.
// Comment lines stay with the line they follow.
func (b *broken) mend(m *message.Message) []message.Edit {
	span := message.Span{Start: b.all[0].Start, End: b.all[len(b.all)-1].Full.End}
	nl := m.Newline()
	var text, trailers strings.Builder
	into := &text
	n := 0 // of b.all
	for _, l := range m.Lines {
		if l.Start < span.Start || l.Start >= span.End {
			continue
		}
		if l.Kind != message.Comment {
			into = &text
			if b.trailer[n] {
				into = &trailers
			}
			n++
		}
		into.WriteString(m.Slice(l.Full))
		if !strings.HasSuffix(m.Slice(l.Full), "\n") {
			into.WriteString(nl)
		}
	}
	whole := text.String() + nl + trailers.String()
	if !strings.HasSuffix(m.Slice(span), "\n") {
		whole = strings.TrimSuffix(whole, nl)
	}
	return message.Difference(m.Text, m.Text[:span.Start]+whole+m.Text[span.End:])
}

// keepTrailers takes out the fixes that would hide a trailer from git. Where the last
// paragraph has prose among its trailers, git counts the lines: with one trailer less
// it may see none.
func (j *judge) keepTrailers(fs []Finding) {
	if !j.mixedBlock() {
		return
	}
	for i := range fs {
		fs[i].Fixes = slices.DeleteFunc(fs[i].Fixes, func(f Fix) bool { return j.hides(f.Edits) })
	}
}

// mixedBlock tells whether git sees a block of trailers with other text in it.
func (j *judge) mixedBlock() bool {
	m := j.Message
	if m.Block.Len() == 0 {
		return false
	}
	lines, of := 0, 0
	for _, l := range m.Lines {
		if l.Start >= m.Block.Start && l.Start < m.Block.End && l.Kind != message.Comment {
			lines++
		}
	}
	for _, t := range m.Trailers {
		of += len(t.Lines)
	}
	return lines > of
}

// hides tells whether git no longer sees a trailer after some edits that leave it in
// the text.
func (j *judge) hides(edits []message.Edit) bool {
	text, err := message.Apply(j.Message.Text, edits)
	if err != nil {
		return true
	}
	m := message.Parse(text, j.Message.Options)
	seen, left := make(map[string]bool), make(map[string]bool)
	for _, t := range m.Trailers {
		seen[m.Slice(t.Span)] = true
	}
	for e := range entries(m) {
		left[m.Slice(e.span)] = true
	}
	return slices.ContainsFunc(j.Message.Trailers, func(t message.Trailer) bool {
		text := j.Message.Slice(t.Span)
		return left[text] && !seen[text]
	})
}
