package lsp

import (
	"context"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
)

// The kinds of our own, each below one of the protocol's.
const (
	kindFixAll   protocol.CodeActionKind = "source.fixAll.colophon"
	kindOrganize protocol.CodeActionKind = "source.organizeTrailers.colophon"
	kindInsert   protocol.CodeActionKind = "refactor.insert.colophon"
	kindRewrite  protocol.CodeActionKind = "refactor.rewrite.colophon"
)

// codeActions is what the server says of them: kinds only to a client that knows some.
func (s *server) codeActions() protocol.CodeActionProvider {
	if !s.client.literals {
		return protocol.Boolean(true)
	}
	o := &protocol.CodeActionOptions{CodeActionKinds: []protocol.CodeActionKind{
		protocol.CodeActionKindQuickFix, kindFixAll, kindOrganize, kindInsert, kindRewrite, protocol.CodeActionKindRefactorInline,
	}}
	if s.client.lazyEdits {
		o.ResolveProvider = new(true)
	}
	return o
}

// CodeAction offers the fixes of the findings on the lines of the range, and what can
// be done with the message as a whole. What the client sends back of a diagnostic is
// not trusted: some leave half of it out, others send those of another server.
func (s *server) CodeAction(ctx context.Context, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	actions := []protocol.CommandOrCodeAction{}
	if f := s.policyFile(p.TextDocument.URI); f != nil {
		if s.client.literals {
			if s.appliesAll(p) {
				p.Range, p.Context.Only = p.Context.Diagnostics[0].Range, []protocol.CodeActionKind{protocol.CodeActionKindQuickFix}
			}
			actions = f.actions(p)
		}
		return actions, nil
	}
	pg, err := s.mendable(ctx, p.TextDocument.URI)
	if pg == nil {
		return actions, err
	}
	var shown []proposal
	add := func(o proposal, d ...protocol.Diagnostic) {
		if a := pg.action(o, d); a != nil {
			actions, shown = append(actions, a), append(shown, o)
		}
	}
	if s.appliesAll(p) {
		if a := pg.preferredFor(p.Context.Diagnostics[0]); a != nil {
			actions = append(actions, a)
		}
		return actions, nil
	}
	if wants(p.Context.Only, protocol.CodeActionKindQuickFix) {
		for _, o := range pg.fixes() {
			if sharesLine(pg.rng(o.finding.Span), p.Range) {
				add(o, pg.diagnostic(o.finding))
			}
		}
	}
	// A light bulb follows the caret and tells of fixes only.
	if p.Context.TriggerKind == protocol.CodeActionTriggerKindAutomatic && len(p.Context.Only) == 0 || !wantsMore(p.Context.Only) {
		return actions, nil
	}
	for _, o := range pg.more() {
		if wants(p.Context.Only, o.kind) && !slices.ContainsFunc(shown, o.same) {
			add(o)
		}
	}
	return actions, nil
}

// appliesAll tells whether a client is about to apply, one after the other, all that it
// gets: the quick fix of Kate, which shows no choice. It asks about one diagnostic, but
// with the whole document for a range, and no client that could be told which fix is
// preferred does so.
func (s *server) appliesAll(p *protocol.CodeActionParams) bool {
	return !s.client.preferred && len(p.Context.Diagnostics) == 1 && len(p.Context.Only) == 0 && p.Context.TriggerKind == 0 &&
		p.Range.Start == (protocol.Position{}) && p.Range.End.Line > p.Context.Diagnostics[0].Range.End.Line
}

// preferredFor is the preferred fix of the finding that a client has as a diagnostic; nil
// where a person has to choose.
func (p *page) preferredFor(d protocol.Diagnostic) protocol.CommandOrCodeAction {
	for _, o := range p.fixes() {
		if o.preferred && d.Code == protocol.String(o.finding.Rule) && p.rng(o.finding.Span).Start.Line == d.Range.Start.Line {
			return p.action(o, []protocol.Diagnostic{p.diagnostic(o.finding)})
		}
	}
	return nil
}

// wants tells whether a kind is asked for: by nobody's choice, by its name, or
// by a kind above it.
func wants(only []protocol.CodeActionKind, kind protocol.CodeActionKind) bool {
	for _, o := range only {
		if o == kind || o == "" || strings.HasPrefix(string(kind), string(o)+".") {
			return true
		}
	}
	return len(only) == 0
}

// wantsMore tells whether anything but a quick fix is asked for.
func wantsMore(only []protocol.CodeActionKind) bool {
	return slices.ContainsFunc([]protocol.CodeActionKind{kindFixAll, kindOrganize, kindInsert, kindRewrite}, func(k protocol.CodeActionKind) bool {
		return wants(only, k)
	})
}

// sharesLine is coarser than the ranges: with the caret anywhere on a line,
// people expect the fixes of that line. A range that ends where a line begins has
// nothing of it.
func sharesLine(a, b protocol.Range) bool {
	return a.Start.Line <= lastLine(b) && b.Start.Line <= lastLine(a)
}

func lastLine(r protocol.Range) uint32 {
	if r.End.Character == 0 && r.End.Line > r.Start.Line {
		return r.End.Line - 1
	}
	return r.End.Line
}

// same tells whether a fix already does what this would do. To fix all is another
// thing even where there is one thing to fix: a key or a save may be bound to it.
func (o proposal) same(fix proposal) bool {
	if o.kind == kindFixAll || o.kind == kindOrganize {
		return false
	}
	return o.says == fix.says && slices.Equal(o.edits, fix.edits)
}
