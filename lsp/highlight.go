package lsp

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/message"
)

// maxHighlights bounds an answer.
const maxHighlights = 1000

// DocumentHighlight shows where the same thing stands again: a trailer's token, a
// person, a path of git's lists or of the patch.
func (s *server) DocumentHighlight(ctx context.Context, p *protocol.DocumentHighlightParams) ([]protocol.DocumentHighlight, error) {
	out := []protocol.DocumentHighlight{}
	pg, err := s.page(ctx, p.TextDocument.URI, textOnly)
	if pg == nil {
		return out, err
	}
	for _, span := range pg.highlights(pg.at(p.Position)) {
		out = append(out, protocol.DocumentHighlight{Range: pg.rng(span), Kind: protocol.DocumentHighlightKindText})
	}
	return out, nil
}

// highlights are empty where nothing is under the caret that can stand twice.
func (p *page) highlights(at int) []message.Span {
	if t := p.trailerAt(at); t != nil {
		if t.TokenSpan.Contains(at) {
			return p.sameToken(t.Token)
		}
		if person, mail := personIn(p.m, t.ValueSpan); mail != "" && person.Contains(at) {
			return p.samePerson(mail)
		}
		return nil
	}
	if path := p.pathAt(at); path != "" {
		return p.samePath(path)
	}
	return nil
}

func (p *page) sameToken(token string) (spans []message.Span) {
	for _, t := range p.trailers() {
		if t.Is(token) && len(spans) < maxHighlights {
			spans = append(spans, t.TokenSpan)
		}
	}
	return spans
}

func (p *page) samePerson(mail string) (spans []message.Span) {
	for _, t := range p.trailers() {
		if person, other := personIn(p.m, t.ValueSpan); strings.EqualFold(other, mail) && len(spans) < maxHighlights {
			spans = append(spans, person)
		}
	}
	return spans
}

// personIn is the first "name <address>" of a value, and the address; "" without.
func personIn(m *message.Message, value message.Span) (person message.Span, mail string) {
	text := m.Slice(value)
	open := strings.IndexByte(text, '<')
	end := strings.IndexByte(text, '>')
	if open < 0 || end < open || !strings.Contains(text[open:end], "@") || strings.ContainsAny(text[:end], "\r\n") {
		return message.Span{}, ""
	}
	return message.Span{Start: value.Start, End: value.Start + end + 1}, text[open+1 : end]
}

// pathAt is the path of a file at an offset, in a list or in the patch; "" without.
func (p *page) pathAt(at int) string {
	for _, e := range p.entries() {
		switch {
		case e.Span.Contains(at):
			return e.Path
		case e.From.Len() > 0 && e.From.Contains(at) && e.File != nil:
			return e.File.From
		}
	}
	if at < p.m.Cut {
		return ""
	}
	for _, s := range p.patch() {
		for _, n := range s.Names {
			if message.Span(n.Span).Contains(at) {
				return pathOf(&s, n)
			}
		}
	}
	return ""
}

func (p *page) samePath(path string) (spans []message.Span) {
	add := func(s message.Span) {
		if len(spans) < maxHighlights {
			spans = append(spans, s)
		}
	}
	for _, e := range p.entries() {
		if e.From.Len() > 0 && e.File != nil && e.File.From == path {
			add(e.From)
		}
		if e.Path == path {
			add(e.Span)
		}
	}
	for _, s := range p.patch() {
		for _, n := range s.Names {
			if pathOf(&s, n) == path {
				add(message.Span(n.Span))
			}
		}
	}
	return spans
}
