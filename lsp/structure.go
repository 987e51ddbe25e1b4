package lsp

import (
	"sort"
	"strings"
	"unicode/utf8"

	"colophon/change"
	"colophon/commit"
	"colophon/diagnostics"
	"colophon/message"
)

// What an outline, links and folds are made of: the parts of an open message that the
// protocol has no word for. Offsets are of the whole text.

// lineBounds are the start of the line at an offset, and the end of what stands in it.
func lineBounds(text string, at int) message.Span {
	s := message.Span{Start: strings.LastIndexByte(text[:at], '\n') + 1, End: len(text)}
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		s.End = at + i
	}
	return withoutEnd(text, s)
}

// withoutEnd is a span without the line ends, and nothing else, that it ends with.
func withoutEnd(text string, s message.Span) message.Span {
	for s.End > s.Start && (text[s.End-1] == '\n' || text[s.End-1] == '\r') {
		s.End--
	}
	return s
}

// nextLine is where the line behind an offset starts.
func nextLine(text string, at int) int {
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(text)
}

// lineNumber is the line of the message at an offset, -1 below the cut.
func lineNumber(m *message.Message, at int) int {
	n := sort.Search(len(m.Lines), func(n int) bool { return m.Lines[n].Full.End > at })
	if n == len(m.Lines) && n > 0 && at == m.Lines[n-1].End {
		n-- // behind the last character of a message without an end
	}
	if n == len(m.Lines) {
		return -1
	}
	return n
}

// trailers are those that git will see; none while the end of the message is not
// known.
func (p *page) trailers() []message.Trailer {
	if p.doc.endless(p.m) {
		return nil
	}
	return p.m.Trailers
}

// trailerAt is the trailer at an offset, nil if none is there.
func (p *page) trailerAt(at int) *message.Trailer {
	all := p.trailers()
	n := sort.Search(len(all), func(n int) bool { return all[n].Span.End >= at })
	if n == len(all) || !all[n].Span.Contains(at) {
		return nil
	}
	return &all[n]
}

// patch is what `git commit -v` left below the scissors, file by file.
func (p *page) patch() []change.Section {
	cut := p.m.Cut
	all := change.Sections(p.m.Below())
	move := func(at *change.Span) { at.Start, at.End = at.Start+cut, at.End+cut }
	for i := range all {
		s := &all[i]
		move(&s.Span)
		move(&s.Head)
		for n := range s.Names {
			move(&s.Names[n].Span)
		}
		for n := range s.Hunks {
			move(&s.Hunks[n].Span)
		}
	}
	return all
}

// span is a place of the patch without its last line end.
func (p *page) span(at change.Span) message.Span {
	return withoutEnd(p.m.Text, message.Span(at))
}

// pathOf is the path that a name in a patch's head stands for.
func pathOf(s *change.Section, n change.Name) string {
	if n.Old && s.Old != "" || s.New == "" {
		return s.Old
	}
	return s.New
}

// pathList is one list of paths that git left in the comments.
type pathList struct {
	heading string // git's own; "" without
	span    message.Span
	entries []commit.Entry
}

// lists are all of them.
func (p *page) lists() (lists []pathList) {
	all := p.entries()
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].List == all[0].List {
			n++
		}
		l := pathList{entries: all[:n]}
		start := lineBounds(p.m.Text, all[0].Span.Start).Start
		l.heading, start = p.heading(start)
		l.span = message.Span{Start: start, End: all[n-1].Span.End}
		lists, all = append(lists, l), all[n:]
	}
	return lists
}

// heading is git's line above a list, without comment character and colon. Below it
// may stand advice in parentheses, further in.
func (p *page) heading(list int) (text string, start int) {
	const most = 6 // lines of advice
	comment, start := p.m.Options.Comment, list
	for range most {
		if start == 0 {
			break
		}
		line := lineBounds(p.m.Text, start-1)
		words, ok := strings.CutPrefix(p.m.Slice(line), comment)
		if !ok || strings.HasPrefix(words, "\t") || strings.TrimSpace(words) == "" {
			break
		}
		start = line.Start
		if !strings.HasPrefix(words, "  ") {
			words = strings.TrimSpace(words)
			return strings.TrimRight(strings.TrimSuffix(words, "："), ": "), start
		}
	}
	return "", list
}

// attestation is the one in the message, if it is not made of trailers; its span goes
// to the end of its last answer.
func (p *page) attestation() (a diagnostics.Attested, span message.Span, ok bool) {
	if p.policy() == nil || len(p.policy().Attest.Fields) == 0 {
		return a, span, false
	}
	a, ok = diagnostics.AttestationOf(p.input())
	if !ok || p.m.Block.Len() > 0 && a.Heading.Start >= p.m.Block.Start {
		return a, span, false
	}
	span = a.Heading
	for _, x := range a.Answers {
		span.End = max(span.End, x.Label.End, x.Value.End)
	}
	return a, span, true
}

// bounded tells whether a line is short enough to look for things in it: each place
// costs as much as the line is long.
func bounded(s message.Span) bool { return s.Len() <= 4<<10 }

// oneLine is a text to show in a list: its first line, not longer than a screen is wide,
// and good UTF-8.
func oneLine(text string) string {
	const most = 120 // bytes
	if i := strings.IndexAny(text, "\r\n"); i >= 0 {
		text = text[:i]
	}
	text = strings.TrimSpace(text)
	if len(text) > most {
		end := most
		for end > most-utf8.UTFMax && !utf8.RuneStart(text[end]) {
			end--
		}
		text = strings.TrimSpace(text[:end]) + "…"
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}
