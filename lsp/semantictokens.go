package lsp

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"

	"colophon/message"
	"colophon/policy"
)

// maxTokens bounds an answer.
const maxTokens = 20_000

// tokenKind is what a stretch of the message is to us.
type tokenKind int

const (
	tokenKey tokenKind = iota
	tokenUse           // a kind of AI use
	tokenNote
	tokenFill // a placeholder
	tokenPath
	tokenKinds // how many there are
)

// tokenNames are the protocol's types that stand for each, the best first: a client
// has the colours of those that it names.
var tokenNames = [tokenKinds][]protocol.SemanticTokenTypes{
	tokenKey:  {protocol.SemanticTokenTypesProperty, protocol.SemanticTokenTypesKeyword},
	tokenUse:  {protocol.SemanticTokenTypesEnumMember, protocol.SemanticTokenTypesType},
	tokenNote: {protocol.SemanticTokenTypesComment, protocol.SemanticTokenTypesString},
	tokenFill: {protocol.SemanticTokenTypesParameter, protocol.SemanticTokenTypesVariable},
	tokenPath: {protocol.SemanticTokenTypesString, protocol.SemanticTokenTypesNamespace},
}

// legend is the types that this client takes, and which of them stands for what; -1:
// none.
func (c *client) legend() (types []string, index [tokenKinds]int) {
	types = []string{}
	for kind, names := range tokenNames {
		index[kind] = -1
		for _, n := range names {
			if slices.Contains(c.tokenTypes, string(n)) {
				if index[kind] = slices.Index(types, string(n)); index[kind] < 0 {
					index[kind] = len(types)
					types = append(types, string(n))
				}
				break
			}
		}
	}
	return types, index
}

// semanticTokens is what is offered; nil to a client that cannot take any.
func (s *server) semanticTokens() protocol.SemanticTokensProvider {
	types, _ := s.client.legend()
	if !s.client.tokens || len(types) == 0 {
		return nil
	}
	return &protocol.SemanticTokensOptions{
		Legend: protocol.SemanticTokensLegend{TokenTypes: types, TokenModifiers: []string{}},
		Range:  protocol.Boolean(true), Full: protocol.Boolean(true),
	}
}

// SemanticTokensFull colours what the message says of AI use, where the person has
// asked for it.
func (s *server) SemanticTokensFull(ctx context.Context, p *protocol.SemanticTokensParams) (*protocol.SemanticTokens, error) {
	pg, err := s.page(ctx, p.TextDocument.URI, textOnly)
	if pg == nil {
		return &protocol.SemanticTokens{Data: []uint32{}}, err
	}
	return &protocol.SemanticTokens{Data: pg.encoded(&s.client, message.Span{Start: 0, End: len(pg.m.Text)})}, nil
}

// SemanticTokensRange does so for what is on the screen.
func (s *server) SemanticTokensRange(ctx context.Context, p *protocol.SemanticTokensRangeParams) (*protocol.SemanticTokens, error) {
	pg, err := s.page(ctx, p.TextDocument.URI, textOnly)
	if pg == nil {
		return &protocol.SemanticTokens{Data: []uint32{}}, err
	}
	in := message.Span{Start: pg.at(p.Range.Start), End: pg.at(p.Range.End)}
	return &protocol.SemanticTokens{Data: pg.encoded(&s.client, in)}, nil
}

// token is a stretch to colour.
type token struct {
	span message.Span
	kind tokenKind
}

// encoded are the tokens of a part of the text as the protocol has them: each relative
// to the one before it, and none over several lines.
func (p *page) encoded(c *client, in message.Span) []uint32 {
	data := []uint32{}
	if !shows(p.set.Tokens, false) {
		return data
	}
	_, index := c.legend()
	var last protocol.Position
	for _, t := range p.tokens() {
		if !t.span.Touches(in) || index[t.kind] < 0 {
			continue
		}
		for _, part := range p.perLine(t.span) {
			if len(data) >= 5*maxTokens {
				return data
			}
			line := part.Start.Line - last.Line
			character := part.Start.Character
			if line == 0 {
				character -= last.Character
			}
			data = append(data, line, character, part.End.Character-part.Start.Character, uint32(index[t.kind]), 0)
			last = part.Start
		}
	}
	return data
}

// perLine cuts a span at the ends of lines, and leaves out the blanks that a folded
// line begins with.
func (p *page) perLine(s message.Span) (parts []protocol.Range) {
	first, last := p.rng(s).Start.Line, p.rng(s).End.Line
	for n := first; n <= last; n++ {
		start, end := p.doc.lines.line(int(n))
		part := message.Span{Start: max(start, s.Start), End: min(end, s.End)}
		for part.Start < part.End && (p.m.Text[part.Start] == ' ' || p.m.Text[part.Start] == '\t') {
			part.Start++
		}
		if r := p.rng(part); part.Len() > 0 && r.End.Character > r.Start.Character {
			parts = append(parts, r)
		}
	}
	return parts
}

// tokens are in their order, and none is within another.
func (p *page) tokens() []token {
	var all []token
	for _, t := range p.trailers() {
		if !bounded(t.Span) || len(all) >= maxTokens {
			continue
		}
		all = append(all, token{t.TokenSpan, tokenKey})
		for _, s := range policy.Placeholders(t.Value) {
			all = append(all, token{t.At(s), tokenFill})
		}
		pol := p.policy()
		if pol == nil || !pol.Disclosure.Is(t.Token) || len(pol.Disclosure.Kinds) == 0 {
			continue
		}
		for _, it := range pol.Disclosure.Items(t.Value) {
			if it.Kind != "" && it.Name.Len() > 0 {
				all = append(all, token{t.At(it.Name), tokenUse})
			}
			if it.Note.Len() > 0 {
				all = append(all, token{t.At(it.Note), tokenNote})
			}
		}
	}
	for _, e := range p.entries() {
		if len(all) >= maxTokens {
			break
		}
		if e.From.Len() > 0 {
			all = append(all, token{e.From, tokenPath})
		}
		all = append(all, token{e.Span, tokenPath})
	}
	slices.SortStableFunc(all, func(a, b token) int { return a.span.Start - b.span.Start })
	return apart(all)
}

// apart leaves out what overlaps something before it. Of a note with a placeholder
// in it, the placeholder is to be seen.
func apart(all []token) []token {
	kept := all[:0]
	for _, t := range all {
		for len(kept) > 0 && t.kind == tokenFill && kept[len(kept)-1].kind != tokenFill && kept[len(kept)-1].span.End > t.span.Start {
			kept = kept[:len(kept)-1]
		}
		if len(kept) == 0 || kept[len(kept)-1].span.End <= t.span.Start {
			kept = append(kept, t)
		}
	}
	return kept
}
