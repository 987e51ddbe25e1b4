package lsp

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/change"
	"colophon/message"
	"colophon/words"
)

// maxSymbols bounds an outline: nobody looks for a file among more.
const maxSymbols = 5000

// DocumentSymbol outlines a commit message, or the keys of a policy file. Kate asks
// for it, whatever a server says that it can.
func (s *server) DocumentSymbol(ctx context.Context, p *protocol.DocumentSymbolParams) (protocol.DocumentSymbolResult, error) {
	var tree []protocol.DocumentSymbol
	if f := s.policyFile(p.TextDocument.URI); f != nil {
		tree = f.symbols()
	} else if pg, err := s.page(ctx, p.TextDocument.URI, textOnly); err != nil {
		return nil, err
	} else if pg != nil {
		tree = pg.symbols()
	}
	if s.client.symbolTree {
		return append(protocol.DocumentSymbolSlice{}, tree...), nil
	}
	flat := protocol.SymbolInformationSlice{}
	var walk func(symbols []protocol.DocumentSymbol, in *string)
	walk = func(symbols []protocol.DocumentSymbol, in *string) {
		for i := range symbols {
			y := &symbols[i]
			flat = append(flat, protocol.SymbolInformation{
				BaseSymbolInformation: protocol.BaseSymbolInformation{Name: y.Name, Kind: y.Kind, ContainerName: in},
				Location:              protocol.Location{URI: p.TextDocument.URI, Range: y.Range},
			})
			walk(y.Children, &y.Name)
		}
	}
	walk(tree, nil)
	return flat, nil
}

// node is one thing of the outline, before it is known what is within what. The kinds
// are those that the first clients knew.
type node struct {
	whole, name  message.Span
	text, detail string
	kind         protocol.SymbolKind
}

// symbols are the parts of the message, and of what git left around it.
func (p *page) symbols() []protocol.DocumentSymbol {
	nodes := slices.Concat(p.ownNodes(), p.trailerNodes(), p.listNodes(), p.patchNodes())
	if len(nodes) > maxSymbols {
		nodes = nodes[:maxSymbols]
	}
	slices.SortStableFunc(nodes, func(a, b node) int {
		return cmp.Or(a.whole.Start-b.whole.Start, b.whole.End-a.whole.End)
	})
	return p.nest(&nodes, len(p.m.Text))
}

// nest makes a tree of nodes that begin before end.
func (p *page) nest(nodes *[]node, end int) []protocol.DocumentSymbol {
	out := []protocol.DocumentSymbol{}
	for len(*nodes) > 0 && (*nodes)[0].whole.Start < end {
		n := (*nodes)[0]
		*nodes = (*nodes)[1:]
		whole := message.Span{Start: n.whole.Start, End: min(n.whole.End, end)}
		name := message.Span{Start: max(n.name.Start, whole.Start), End: min(n.name.End, whole.End)}
		if whole.Len() <= 0 || name.Len() < 0 || n.text == "" {
			continue
		}
		one := protocol.DocumentSymbol{Name: n.text, Kind: n.kind, Range: p.rng(whole), SelectionRange: p.rng(name)}
		if n.detail != "" {
			one.Detail = &n.detail
		}
		if below := p.nest(nodes, whole.End); len(below) > 0 {
			one.Children = below
		}
		out = append(out, one)
	}
	return out
}

// ownNodes are what the person writes, but for the trailers.
func (p *page) ownNodes() (nodes []node) {
	m := p.m
	var subject, body, first message.Span
	paragraphs, last := 0, 0
	for _, l := range m.Lines {
		switch {
		case l.Paragraph == 0:
			if subject.Len() == 0 {
				subject = l.Span
			}
			subject.End = l.End
		case l.Paragraph > 0 && (l.Kind == message.Body || p.doc.endless(m)):
			if body.Len() == 0 {
				body, first = l.Span, l.Span
			}
			body.End = l.End
			if l.Paragraph != last {
				paragraphs, last = paragraphs+1, l.Paragraph
			}
		}
	}
	if text := oneLine(m.Slice(m.Subject)); text != "" && !m.Unwritten() {
		nodes = append(nodes, node{whole: subject, name: m.Subject, text: text, kind: protocol.SymbolKindString})
	}
	if body.Len() > 0 {
		detail := oneLine(m.Slice(first))
		if paragraphs > 1 {
			detail = words.OutlineParagraphs.With("n", fmt.Sprint(paragraphs))
		}
		nodes = append(nodes, node{whole: body, name: first, text: words.OutlineBody.String(), detail: detail, kind: protocol.SymbolKindString})
	}
	if a, span, ok := p.attestation(); ok {
		nodes = append(nodes, node{whole: span, name: a.Heading, text: oneLine(strings.Trim(m.Slice(a.Heading), "#*: \t")), kind: protocol.SymbolKindArray})
		for _, x := range a.Answers {
			whole := message.Span{Start: x.Label.Start, End: max(x.Label.End, x.Value.End)}
			nodes = append(nodes, node{whole: whole, name: x.Label, text: oneLine(m.Slice(x.Label)), detail: oneLine(m.Slice(x.Value)), kind: protocol.SymbolKindProperty})
		}
	}
	return nodes
}

func (p *page) trailerNodes() (nodes []node) {
	all := p.trailers()
	if len(all) == 0 {
		return nil
	}
	nodes = append(nodes, node{whole: p.m.Block, name: all[0].TokenSpan, text: words.OutlineTrailers.String(), kind: protocol.SymbolKindArray})
	for i := range all[:min(len(all), maxSymbols)] {
		t := &all[i]
		nodes = append(nodes, node{whole: t.Span, name: t.TokenSpan, text: oneLine(t.Token), detail: oneLine(t.Value), kind: protocol.SymbolKindProperty})
	}
	return nodes
}

// listNodes have git's own words as names.
func (p *page) listNodes() (nodes []node) {
	for _, l := range p.lists() {
		name := message.Span{Start: l.span.Start, End: lineBounds(p.m.Text, l.span.Start).End}
		text := cmp.Or(oneLine(l.heading), words.OutlineFiles.String())
		nodes = append(nodes, node{whole: l.span, name: name, text: text, kind: protocol.SymbolKindArray})
		for i := range l.entries {
			if len(nodes) > maxSymbols {
				return nodes
			}
			e := &l.entries[i]
			n := node{whole: e.Span, name: e.Span, text: oneLine(cmp.Or(e.Path, p.m.Slice(e.Span))), kind: protocol.SymbolKindFile}
			if e.From.Len() > 0 {
				n.whole.Start = e.From.Start
				n.detail = oneLine(p.m.Slice(e.From))
			}
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// patchNodes are files and hunks.
func (p *page) patchNodes() (nodes []node) {
	all := p.patch()
	if len(all) == 0 {
		return nil
	}
	whole := p.span(change.Span{Start: all[0].Start, End: all[len(all)-1].End})
	nodes = append(nodes, node{whole: whole, name: lineBounds(p.m.Text, whole.Start), text: words.OutlinePatch.String(), kind: protocol.SymbolKindModule})
	for i := range all {
		s := &all[i]
		file := p.span(s.Span)
		head := lineBounds(p.m.Text, s.Start)
		nodes = append(nodes, node{whole: file, name: head, text: cmp.Or(oneLine(cmp.Or(s.New, s.Old)), oneLine(p.m.Slice(head))), kind: protocol.SymbolKindFile})
		for _, h := range s.Hunks {
			if len(nodes) > maxSymbols {
				return nodes
			}
			line := lineBounds(p.m.Text, h.Start)
			nodes = append(nodes, node{whole: p.span(h.Span), name: line, text: oneLine(p.m.Slice(line)), kind: protocol.SymbolKindField})
		}
	}
	return nodes
}
