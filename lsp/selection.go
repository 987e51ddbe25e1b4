package lsp

import (
	"context"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"go.lsp.dev/protocol"

	"colophon/change"
	"colophon/message"
)

// SelectionRange is what the caret stands in, from the word outwards.
func (s *server) SelectionRange(ctx context.Context, p *protocol.SelectionRangeParams) ([]protocol.SelectionRange, error) {
	out := []protocol.SelectionRange{}
	pg, err := s.page(ctx, p.TextDocument.URI, textOnly)
	if pg == nil {
		return out, err
	}
	patch := pg.patch()
	for _, pos := range p.Positions {
		out = append(out, pg.selection(pg.at(pos), patch))
	}
	return out, nil
}

// selection has every range in the one around it; the outermost is the document.
func (p *page) selection(at int, patch []change.Section) protocol.SelectionRange {
	ranges := []protocol.Range{}
	last := message.Span{Start: at, End: at}
	for _, s := range p.around(at, patch) {
		if s.Start > last.Start || s.End < last.End {
			continue // it does not hold the one before
		}
		r := p.rng(s)
		if len(ranges) == 0 && r.Start != r.End || len(ranges) > 0 && r != ranges[len(ranges)-1] {
			ranges, last = append(ranges, r), s
		}
	}
	if len(ranges) == 0 {
		ranges = append(ranges, p.rng(last))
	}
	var outer *protocol.SelectionRange
	for _, r := range slices.Backward(ranges) {
		outer = &protocol.SelectionRange{Range: r, Parent: outer}
	}
	return *outer
}

// around are the things that the caret may stand in, the smallest first.
func (p *page) around(at int, patch []change.Section) []message.Span {
	line := lineBounds(p.m.Text, at)
	spans := []message.Span{}
	if bounded(line) {
		spans = append(spans, wordAt(p.m.Text, line, at))
	}
	if n := lineNumber(p.m, at); n >= 0 {
		spans = append(spans, p.aroundInMessage(at, line, n)...)
	} else {
		spans = append(spans, p.aroundBelow(at, line, patch)...)
	}
	return append(spans, message.Span{Start: 0, End: len(p.m.Text)})
}

// aroundInMessage are item, value, trailer and block, or line and paragraph, and then
// the message.
func (p *page) aroundInMessage(at int, line message.Span, n int) (spans []message.Span) {
	l := p.m.Lines[n]
	if l.Kind == message.Comment || strings.HasPrefix(p.m.Slice(line), p.m.Options.Comment+"\t") {
		spans = append(spans, p.entryAt(at)...)
	}
	if t := p.trailerAt(at); t != nil {
		spans = append(spans, p.itemAt(t, at)...)
		spans = append(spans, t.ValueSpan, t.Span, p.m.Block)
	}
	spans = append(spans, l.Span, line, p.run(n))
	return append(spans, p.written())
}

// itemAt is the item of a disclosure, or the person of another trailer.
func (p *page) itemAt(t *message.Trailer, at int) (spans []message.Span) {
	if pol := p.policy(); pol != nil && pol.Disclosure.Is(t.Token) {
		for _, it := range pol.Disclosure.Items(t.Value) {
			if s := t.At(it.Span); it.Span.Len() > 0 && s.Contains(at) {
				if note := t.At(it.Note); it.Note.Len() > 0 && note.Contains(at) {
					spans = append(spans, note)
				}
				return append(spans, s)
			}
		}
	}
	if person, mail := personIn(p.m, t.ValueSpan); mail != "" && person.Contains(at) {
		open := person.End - len(mail) - len(">")
		if address := (message.Span{Start: open, End: person.End - 1}); address.Contains(at) {
			spans = append(spans, address)
		}
		spans = append(spans, person)
	}
	return spans
}

// entryAt is the path of git's list.
func (p *page) entryAt(at int) []message.Span {
	all := p.entries()
	n := sort.Search(len(all), func(n int) bool { return all[n].Span.End >= at })
	if n == len(all) {
		return nil
	}
	return []message.Span{all[n].From, all[n].Span}
}

// run is the lines around line n that belong together: a paragraph, or comments.
func (p *page) run(n int) message.Span {
	lines := p.m.Lines
	same := func(a, b message.Line) bool {
		return a.Paragraph == b.Paragraph && (a.Kind == message.Comment) == (b.Kind == message.Comment) && (a.Kind == message.Blank) == (b.Kind == message.Blank)
	}
	first, last := n, n
	for first > 0 && same(lines[first-1], lines[n]) {
		first--
	}
	for last+1 < len(lines) && same(lines[last+1], lines[n]) {
		last++
	}
	return message.Span{Start: lines[first].Start, End: lines[last].End}
}

// written is from the first to the last line that will be committed.
func (p *page) written() (s message.Span) {
	for _, l := range p.m.Lines {
		if l.Paragraph < 0 {
			continue
		}
		if s.End == 0 {
			s.Start = l.Start
		}
		s.End = l.End
	}
	return s
}

// aroundBelow are hunk, file and patch.
func (p *page) aroundBelow(at int, line message.Span, patch []change.Section) []message.Span {
	spans := append(p.entryAt(at), line)
	if n := len(patch); n > 0 {
		i := sort.Search(n, func(i int) bool { return patch[i].End > at })
		if i == n {
			i--
		}
		s := &patch[i]
		h := sort.Search(len(s.Hunks), func(h int) bool { return s.Hunks[h].End > at })
		if h < len(s.Hunks) {
			spans = append(spans, p.span(s.Hunks[h].Span))
		}
		for _, name := range s.Names {
			spans = append([]message.Span{message.Span(name.Span)}, spans...)
		}
		spans = append(spans, p.span(s.Head), p.span(s.Span), p.span(change.Span{Start: patch[0].Start, End: patch[n-1].End}))
	}
	below := message.Span{Start: p.m.Cut, End: len(p.m.Text)}
	return append(spans, withoutEnd(p.m.Text, below), below)
}

// wordAt is the word at an offset of a line; empty between two blanks.
func wordAt(text string, line message.Span, at int) message.Span {
	in := func(i int) bool {
		c := text[i]
		return inWord(c) || c == '-' || c >= utf8.RuneSelf
	}
	s := message.Span{Start: at, End: at}
	for s.Start > line.Start && in(s.Start-1) {
		s.Start--
	}
	for s.End < line.End && in(s.End) {
		s.End++
	}
	return s
}
