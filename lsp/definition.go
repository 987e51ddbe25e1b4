package lsp

import (
	"context"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/change"
	"colophon/message"
)

// Definition leads from a path of git's lists, or from a line of the patch, to that
// place in the work tree.
func (s *server) Definition(ctx context.Context, p *protocol.DefinitionParams) (protocol.DefinitionResult, error) {
	pg, err := s.page(ctx, p.TextDocument.URI, textOnly)
	if pg == nil {
		return nil, err
	}
	path, line, from := pg.definition(pg.at(p.Position))
	if path == "" {
		return nil, nil
	}
	files := pg.files()
	defer files.close()
	target, ok := files.find(path)
	if !ok {
		return nil, nil
	}
	return s.located(pg, target, line, from), nil
}

// located is a place in the form that the client takes.
func (s *server) located(p *page, target uri.URI, line uint32, from message.Span) protocol.DefinitionResult {
	at := protocol.Range{Start: protocol.Position{Line: line}, End: protocol.Position{Line: line}}
	if !s.client.locationLinks {
		return &protocol.Location{URI: target, Range: at}
	}
	origin := p.rng(from)
	return protocol.DefinitionLinkSlice{{OriginSelectionRange: &origin, TargetURI: target, TargetRange: at, TargetSelectionRange: at}}
}

// definition is the file that an offset is about, the line in it, counted from 0, and
// what the caret stands on; "" for none.
func (p *page) definition(at int) (path string, line uint32, from message.Span) {
	for _, e := range p.entries() {
		if e.Span.Contains(at) {
			return e.Path, 0, e.Span
		}
	}
	if at < p.m.Cut {
		return "", 0, message.Span{}
	}
	for _, s := range p.patch() {
		if at < s.Start || at >= s.End {
			continue
		}
		path = s.New
		if path == "" {
			path = s.Old // it is deleted, but may have come back
		}
		here := lineBounds(p.m.Text, at)
		for _, h := range s.Hunks {
			if at >= h.Start && at < h.End {
				return path, p.lineOf(h, here.Start), here
			}
		}
		for _, n := range s.Names {
			if span := message.Span(n.Span); span.Contains(at) {
				return pathOf(&s, n), 0, span
			}
		}
		return path, 0, here
	}
	return "", 0, message.Span{}
}

// lineOf is the line of the new file that a line of a hunk is, or behind which it was.
func (p *page) lineOf(h change.Hunk, start int) uint32 {
	line := h.NewStart - 1
	if h.NewLines == 0 {
		line++ // the line in front of the hunk is counted, as there is none in it
	}
	for at := nextLine(p.m.Text, h.Start); at < start; at = nextLine(p.m.Text, at) {
		switch p.m.Text[at] {
		case '-':
		case '\\':
		default:
			line++
		}
	}
	if start < len(p.m.Text) && p.m.Text[start] == '\\' {
		line-- // a remark on the line above
	}
	return uint32(max(line, 0))
}
