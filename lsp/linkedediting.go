package lsp

import (
	"context"

	"go.lsp.dev/protocol"

	"colophon/message"
	"colophon/policy"
)

// LinkedEditingRange are the places of a placeholder that stands more than once in the
// trailers: who fills in one fills in all.
func (s *server) LinkedEditingRange(ctx context.Context, p *protocol.LinkedEditingRangeParams) (*protocol.LinkedEditingRanges, error) {
	pg, err := s.page(ctx, p.TextDocument.URI, textOnly)
	if pg == nil {
		return nil, err
	}
	spans := pg.linked(pg.at(p.Position))
	if len(spans) < 2 {
		return nil, nil
	}
	const anyText = `[^\r\n]*` // what replaces <model> may have blanks
	out := &protocol.LinkedEditingRanges{WordPattern: new(anyText)}
	for _, span := range spans {
		out.Ranges = append(out.Ranges, pg.rng(span))
	}
	return out, nil
}

// linked are all places of the placeholder under the caret.
func (p *page) linked(at int) (spans []message.Span) {
	t := p.trailerAt(at)
	if t == nil {
		return nil
	}
	here := ""
	for _, s := range p.fills(t) {
		if s.Contains(at) {
			here = p.m.Slice(s)
		}
	}
	if here == "" {
		return nil
	}
	all := p.trailers()
	for i := range all {
		for _, s := range p.fills(&all[i]) {
			if p.m.Slice(s) == here && len(spans) < maxHighlights {
				spans = append(spans, s)
			}
		}
	}
	return spans
}

// fills are the placeholders of a trailer, as they stand in the text.
func (p *page) fills(t *message.Trailer) (spans []message.Span) {
	if !bounded(t.ValueSpan) {
		return nil
	}
	for _, s := range policy.Placeholders(p.m.Slice(t.ValueSpan)) {
		spans = append(spans, moved(s, t.ValueSpan.Start))
	}
	return spans
}
