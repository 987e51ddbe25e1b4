package lsp

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.lsp.dev/protocol"

	"colophon/message"
)

// CodeLens puts the commit at one glance above the subject: a lens for each fact, so
// that a client that joins them cuts none in the middle. Many a client shows nothing of
// what the command of a lens returns, so each says all it has to say by itself.
//
// They come resolved. What a lens says is worked out for all of them together, so a
// second request would only make the first sight later.
func (s *server) CodeLens(ctx context.Context, p *protocol.CodeLensParams) ([]protocol.CodeLens, error) {
	if !s.client.lens {
		return s.UnimplementedServer.CodeLens(ctx, p)
	}
	wait := staged
	if s.client.refresh.lenses {
		wait = textOnly // it will ask again
	}
	pg, err := s.page(ctx, p.TextDocument.URI, wait)
	if err != nil || !pg.glances() || !shows(pg.set.Lens, true) {
		return []protocol.CodeLens{}, err
	}
	return pg.lenses(), nil
}

// glances tells whether there is a commit to be shown at one glance: one with a policy
// whose message is known whole. It takes nil.
func (p *page) glances() bool {
	return p != nil && p.known.isCommit() && p.policy() != nil && p.doc.lines != nil && !p.doc.endless(p.m)
}

func (p *page) lenses() []protocol.CodeLens {
	columns, subject := screenWidth, p.firstLine()
	if p.srv.client.lensBehind {
		columns -= width(p.m.Slice(subject)) + 1
	}
	argument, err := protocol.Marshal(string(p.doc.uri))
	if err != nil {
		return []protocol.CodeLens{} // a URI is a string
	}
	lenses := []protocol.CodeLens{}
	at, behind := subject.Start, uint32(0)
	for _, text := range p.glance().within(columns) {
		// Neovim sorts lenses by where they start, and shuffles those that start
		// together. A place behind the line is its end.
		r := p.rng(message.Span{Start: at, End: subject.End})
		r.Start.Character += behind
		r.End.Character = max(r.End.Character, r.Start.Character)
		if _, n := utf8.DecodeRuneInString(p.m.Text[at:subject.End]); n > 0 {
			at += n
		} else {
			behind++
		}
		lenses = append(lenses, protocol.CodeLens{
			Range:   r,
			Command: protocol.Command{Title: text, Command: commandExplain, Arguments: []protocol.LSPAny{argument}},
		})
	}
	return lenses
}

// firstLine is the subject, or the place on the first line where it will stand.
func (p *page) firstLine() message.Span {
	if p.m.Empty() || p.m.Unwritten() {
		return message.Span{}
	}
	return p.m.Subject
}

// lensBehind tells whether a client shows lenses behind the line: Neovim does, before
// version 0.12. There they share the line with the subject.
func lensBehind(c protocol.ClientInfo) bool {
	version, _ := c.Version.Get()
	major, rest, _ := strings.Cut(version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(minor)
	return c.Name == "Neovim" && (version == "" || major == "0" && err == nil && n < 12)
}
