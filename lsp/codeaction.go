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
// people expect the fixes of that line.
func sharesLine(a, b protocol.Range) bool {
	return a.Start.Line <= b.End.Line && b.Start.Line <= a.End.Line
}

// same tells whether a fix already does what this would do. To fix all is another
// thing even where there is one thing to fix: a key or a save may be bound to it.
func (o proposal) same(fix proposal) bool {
	if o.kind == kindFixAll || o.kind == kindOrganize {
		return false
	}
	return o.says == fix.says && slices.Equal(o.edits, fix.edits)
}
