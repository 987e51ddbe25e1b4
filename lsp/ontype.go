package lsp

import (
	"context"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/message"
	"colophon/policy"
)

// OnTypeFormatting adds the blank behind the colon of a trailer, where the last
// paragraph is going to be one of trailers. What was typed stays as it is.
func (s *server) OnTypeFormatting(ctx context.Context, p *protocol.DocumentOnTypeFormattingParams) ([]protocol.TextEdit, error) {
	out := []protocol.TextEdit{}
	if p.Ch != ":" {
		return out, nil
	}
	pg, err := s.page(ctx, p.TextDocument.URI, textOnly)
	if pg == nil || pg.policy() == nil {
		return out, err
	}
	if at := pg.at(p.Position); pg.wantsBlank(at) {
		out = append(out, protocol.TextEdit{Range: pg.rng(message.Span{Start: at, End: at}), NewText: " "})
	}
	return out, nil
}

// wantsBlank tells whether the colon of a known token stands in front of an offset, and
// no blank behind it.
func (p *page) wantsBlank(at int) bool {
	n := lineNumber(p.m, at)
	if n < 0 || at == 0 || p.m.Text[at-1] != ':' || at > p.m.Cut || p.doc.endless(p.m) {
		return false
	}
	l := p.m.Lines[n]
	if l.Paragraph < 1 || l.Paragraph != p.m.LastParagraph() || l.Start >= at {
		return false
	}
	if at < len(p.m.Text) && strings.IndexByte(" \t", p.m.Text[at]) >= 0 {
		return false
	}
	return knownToken(p.policy(), p.m.Text[l.Start:at-1])
}

// knownToken tells whether a token is one of the policy's, or one that most projects
// know. What the project never takes is not helped along.
func knownToken(p *policy.Policy, token string) bool {
	if forbids(p, token) {
		return false
	}
	known := append(p.Disclosure.Tokens(), p.Disclosure.Before, p.Approval.Trailer, p.Attest.Before, signedOffBy, "Co-developed-by")
	known = append(known, commonKeys[:]...)
	if p.Attest.Form == policy.AttestTrailers {
		for i := range p.Attest.Fields {
			known = append(known, p.Attest.Fields[i].Trailer)
		}
	}
	return token != "" && slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, token) })
}
