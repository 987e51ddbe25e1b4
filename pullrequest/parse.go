package pullrequest

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"colophon/message"
)

// maxRead is four bytes for each character of the longest text that GitHub takes.
const maxRead = 256 << 10

const byteOrderMark = "\ufeff"

// Parse reads a text. It never fails; above 256 KiB only the beginning is read, up to
// the end of a line.
func Parse(markdown string) *Text {
	t := &Text{Text: markdown, Read: len(markdown)}
	if t.Read > maxRead {
		t.Read = cut(markdown, maxRead)
		if end := strings.LastIndexByte(markdown[:t.Read], '\n'); end >= 0 {
			t.Read = end + 1
		}
	}
	p := &reading{Text: t}
	read := strings.TrimPrefix(markdown[:t.Read], byteOrderMark)
	p.shift = t.Read - len(read)
	p.source, p.gone = plainLines(read)
	document, refs := parseBlocks(p.source)
	for n := document.FirstChild(); n != nil; n = n.NextSibling() {
		p.block(n, refs)
	}
	p.finish()
	return t
}

// cut is the longest beginning of s, up to most bytes, that breaks no character.
func cut[T string | []byte](s T, most int) int {
	if len(s) <= most {
		return len(s)
	}
	for i := most; i > most-utf8.UTFMax; i-- {
		if utf8.RuneStart(s[i]) {
			return i
		}
	}
	return most // it is not UTF-8
}

// plainLines is a text with "\n" at the end of each line, and the places in it where
// "\r" is gone. The parser treats lines that end in "\r\n" otherwise here and there,
// and does not know "\r" alone.
func plainLines(s string) (plain []byte, gone []int) {
	plain = make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] != '\r':
			plain = append(plain, s[i])
		case i+1 < len(s) && s[i+1] == '\n':
			gone = append(gone, len(plain))
		default:
			plain = append(plain, '\n')
		}
	}
	return plain, gone
}

// reading is a text while it is read. Spans are those of source until finish.
type reading struct {
	*Text
	source []byte
	shift  int   // where source begins
	gone   []int // see plainLines
}

// block reads a block and all in it.
func (p *reading) block(n ast.Node, refs references) {
	switch n := n.(type) {
	case *ast.Heading:
		p.heading(n, refs)
	case *ast.ListItem:
		p.item(n, refs)
	case *ast.HTMLBlock:
		p.html(segments(n))
		return
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		for _, s := range segments(n) {
			p.see(s)
			p.Code = append(p.Code, s)
		}
		return
	case *ast.LinkReferenceDefinition:
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline {
			p.inline(c)
		} else {
			p.block(c, refs)
		}
	}
}

func (p *reading) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		p.see(message.Span{Start: n.Segment.Start, End: n.Segment.Stop})
	case *ast.AutoLink:
		p.seen = append(p.seen, message.Span{Start: n.Pos(), End: n.Pos() + 1})
	case *ast.RawHTML:
		p.html(spans(n.Segments))
	case *ast.CodeSpan:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			p.inline(c)
		}
	}
}

// see notes what a reader sees, unless it is blank, or punctuation that says nothing. What
// is not UTF-8 may be words.
func (p *reading) see(s message.Span) {
	if bytes.ContainsFunc(p.source[s.Start:s.End], func(r rune) bool { return r == utf8.RuneError || isWord(r) }) {
		p.seen = append(p.seen, s)
	}
}

func (p *reading) heading(n *ast.Heading, refs references) {
	lines := segments(n)
	if len(lines) == 0 && n.Parent().Kind() != ast.KindDocument {
		return // nobody knows where exactly, and it says nothing
	}
	at, last := n.Pos(), n.Pos()
	if len(lines) > 0 {
		at, last = lines[0].Start, max(lines[len(lines)-1].End-1, lines[0].Start)
	}
	h := message.Span{Start: p.lineStart(at), End: p.lineEnd(last)}
	before := bytes.TrimRight(p.source[h.Start:at], " \t")
	if len(lines) > 0 && !bytes.HasSuffix(before, []byte("#")) { // underlined
		h.End = p.lineEnd(min(h.End+1, len(p.source)))
	}
	p.taken = append(p.taken, h)
	if n.Parent().Kind() != ast.KindDocument {
		return
	}
	p.Sections = append(p.Sections, Section{
		Level:   n.Level,
		Title:   refs.plain(p.join(lines)),
		Heading: h,
		Body:    message.Span{Start: min(h.End+1, len(p.source)), End: len(p.source)},
	})
}

// item reads a check box as GitHub does: a mark behind the bullet, on the same line
// and with a blank or nothing behind it.
func (p *reading) item(n *ast.ListItem, refs references) {
	first := n.FirstChild()
	if first == nil || first.Kind() != ast.KindParagraph && first.Kind() != ast.KindTextBlock {
		return
	}
	lines := segments(first)
	if len(lines) == 0 {
		return
	}
	mark := message.Span{Start: lines[0].Start, End: lines[0].Start + len("[ ]")}
	if mark.End > len(p.source) {
		return
	}
	switch string(p.source[mark.Start:mark.End]) {
	case "[ ]", "[x]", "[X]":
	default:
		return
	}
	if mark.End < len(p.source) && !isBlank(p.source[mark.End]) {
		return
	}
	start, ok := p.bullet(mark.Start)
	if !ok {
		return
	}
	b := Box{Checked: p.source[mark.Start+1] != ' ', Mark: mark, Span: message.Span{Start: start, End: mark.End}}
	var said []string
	for c := first; c != nil; c = c.NextSibling() {
		words, end, more := p.itemPart(c, mark.End, refs)
		said = append(said, words)
		b.Span.End = max(b.Span.End, end)
		if !more {
			break
		}
	}
	b.Text = oneLine(strings.Join(said, " "))
	p.Boxes = append(p.Boxes, b)
	if !b.Checked {
		p.taken = append(p.taken, b.Span)
	}
}

// itemPart is the words of a part of an item from a place on, where the part ends,
// and whether the item goes on behind it, as it does not behind a list.
func (p *reading) itemPart(n ast.Node, from int, refs references) (words string, end int, more bool) {
	if n.Kind() == ast.KindList {
		return "", 0, false
	}
	if n.Kind() == ast.KindBlockquote {
		var all []string
		more = true
		for c := n.FirstChild(); c != nil && more; c = c.NextSibling() {
			var at int
			words, at, more = p.itemPart(c, from, refs)
			all, end = append(all, words), max(end, at)
		}
		return strings.Join(all, " "), end, more
	}
	lines := segments(n)
	if len(lines) == 0 {
		return "", 0, true
	}
	end = p.lastWord(lines)
	if n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock {
		lines[0].Start = min(max(lines[0].Start, from), lines[0].End)
		words = refs.plain(p.join(lines))
	}
	return words, end, true
}

// bullet is where the bullet or number begins that is before a place on its line.
func (p *reading) bullet(at int) (start int, ok bool) {
	before := bytes.TrimRight(p.source[max(0, at-64):at], " \t")
	start = at - min(at, 64) + len(before)
	if len(before) == 0 || start == at {
		return 0, false
	}
	switch before[len(before)-1] {
	case '-', '+', '*':
		return start - 1, true
	case '.', ')':
		digits := len(before) - 1 - len(bytes.TrimRight(before[:len(before)-1], "0123456789"))
		return start - 1 - digits, digits > 0
	}
	return 0, false
}

// finish puts things in order and gives all spans their place in the text as typed.
func (p *reading) finish() {
	slices.SortFunc(p.seen, byStart)
	p.taken = append(p.taken, p.Comments...)
	slices.SortFunc(p.taken, byStart)
	apart := p.taken[:0]
	for _, s := range p.taken {
		if last := len(apart) - 1; last >= 0 && s.Start < apart[last].End {
			apart[last].End = max(apart[last].End, s.End)
			continue
		}
		apart = append(apart, s)
	}
	p.taken = apart

	for _, all := range [][]message.Span{p.seen, p.taken, p.Comments, p.Code} {
		for i := range all {
			p.typed(&all[i])
		}
	}
	for i := range p.Boxes {
		p.typed(&p.Boxes[i].Mark)
		p.typed(&p.Boxes[i].Span)
	}
	p.Intro = message.Span{End: len(p.source)}
	var open []int // sections that have not ended, the outermost first
	for i := range p.Sections {
		s := &p.Sections[i]
		if i == 0 {
			p.Intro.End = s.Heading.Start
		}
		for len(open) > 0 && p.Sections[open[len(open)-1]].Level >= s.Level {
			p.Sections[open[len(open)-1]].Body.End = s.Heading.Start
			open = open[:len(open)-1]
		}
		open = append(open, i)
	}
	p.typed(&p.Intro)
	for i := range p.Sections {
		s := &p.Sections[i]
		p.typed(&s.Heading)
		p.typed(&s.Body)
		s.Boxes = p.Boxes[p.boxes(s.Body.Start):p.boxes(s.Body.End)]
		s.Boxes = s.Boxes[:len(s.Boxes):len(s.Boxes)]
	}
}

// boxes is the number of boxes before a place.
func (p *reading) boxes(at int) int {
	return sort.Search(len(p.Boxes), func(i int) bool { return p.Boxes[i].Span.Start >= at })
}

// typed turns a span of source into one of the text. An end before "\r\n" stays
// before it.
func (p *reading) typed(s *message.Span) {
	s.Start += p.shift + sort.SearchInts(p.gone, s.Start)
	s.End += p.shift + sort.SearchInts(p.gone, s.End)
}

// lastWord is where lines end, blanks and blank ones left out.
func (p *reading) lastWord(lines []message.Span) int {
	first, last := lines[0], lines[len(lines)-1]
	return first.Start + len(bytes.TrimRight(p.source[first.Start:last.End], " \t\n"))
}

func (p *reading) lineStart(at int) int { return 1 + bytes.LastIndexByte(p.source[:at], '\n') }

func (p *reading) lineEnd(at int) int {
	if i := bytes.IndexByte(p.source[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(p.source)
}

func (p *reading) join(lines []message.Span) []byte {
	var b []byte
	for _, s := range lines {
		b = append(b, p.source[s.Start:s.End]...)
	}
	return b
}

func segments(n ast.Node) []message.Span {
	all := spans(n.Lines())
	if h, ok := n.(*ast.HTMLBlock); ok && h.HasClosure() {
		all = append(all, message.Span{Start: h.ClosureLine.Start, End: h.ClosureLine.Stop})
	}
	return all
}

func spans(lines *text.Segments) []message.Span {
	all := make([]message.Span, lines.Len())
	for i := range all {
		s := lines.At(i)
		all[i] = message.Span{Start: s.Start, End: s.Stop}
	}
	return all
}

func byStart(a, b message.Span) int { return cmp.Compare(a.Start, b.Start) }

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }
