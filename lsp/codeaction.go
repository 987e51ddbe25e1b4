package lsp

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/diagnostics"
	"colophon/message"
)

const (
	kindFixAll protocol.CodeActionKind = "source.fixAll.colophon"

	titleNoAI = "No AI was used" // as the rule has it where the text can say it
)

// CodeAction offers the fixes of the findings on the lines of the range, and one
// action that applies every preferred fix. What the client sends back of a
// diagnostic is not trusted; the findings are made anew.
func (s *server) CodeAction(ctx context.Context, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	if f := s.policyFile(p.TextDocument.URI); f != nil {
		return f.actions(p), nil
	}
	actions := []protocol.CommandOrCodeAction{}
	pg, err := s.judged(ctx, p.TextDocument.URI)
	if pg == nil {
		return actions, err
	}
	ses, doc, k := pg.session, pg.doc, pg.known
	if wants(p.Context.Only, protocol.CodeActionKindQuickFix) {
		for _, f := range ses.findings(doc, k) {
			if d := ses.diagnostic(doc, k, f); sharesLine(d.Range, p.Range) {
				actions = append(actions, ses.quickFixes(doc, f, d)...)
			}
		}
	}
	// An action on the whole text is for those who ask for actions, not for a
	// light bulb.
	if wants(p.Context.Only, kindFixAll) && p.Context.TriggerKind != protocol.CodeActionTriggerKindAutomatic {
		in := pg.input()
		if text, done := diagnostics.FixAll(in); len(done) > 0 && !doc.endless(in.Message) {
			actions = append(actions, &protocol.CodeAction{
				Title: "Fix all that Colophon can fix",
				Kind:  new(kindFixAll),
				Edit:  s.edit(doc, message.Difference(doc.text, text), nil),
			})
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

// sharesLine is coarser than the ranges: with the caret anywhere on a line,
// people expect the fixes of that line.
func sharesLine(a, b protocol.Range) bool {
	return a.Start.Line <= b.End.Line && b.Start.Line <= a.End.Line
}

func (ses *session) quickFixes(doc *document, f diagnostics.Finding, d protocol.Diagnostic) []protocol.CommandOrCodeAction {
	var actions []protocol.CommandOrCodeAction
	for _, fix := range f.Fixes {
		if len(fix.Edits) == 0 {
			continue
		}
		a := &protocol.CodeAction{
			Title:       fix.Title,
			Kind:        new(protocol.CodeActionKindQuickFix),
			Diagnostics: []protocol.Diagnostic{d},
			Edit:        ses.srv.edit(doc, fix.Edits, fix.Fill),
		}
		if fix.Preferred && ses.srv.client.preferred {
			a.IsPreferred = new(true)
		}
		actions = append(actions, a)
	}
	inText := slices.ContainsFunc(f.Fixes, func(fix diagnostics.Fix) bool { return fix.Title == titleNoAI })
	if f.IfAI && !inText {
		argument, _ := json.Marshal(string(doc.uri)) // a string always has a form
		actions = append(actions, &protocol.CodeAction{
			Title:       titleNoAI,
			Kind:        new(protocol.CodeActionKindQuickFix),
			Diagnostics: []protocol.Diagnostic{d},
			Command:     protocol.Command{Title: titleNoAI, Command: commandNoAI, Arguments: []protocol.LSPAny{argument}},
		})
	}
	return actions
}

// edit is a workspace edit in the form that the client takes, with a tab stop for
// each text that the person has to fill in, where it knows them.
func (s *server) edit(doc *document, edits []message.Edit, fill []string) *protocol.WorkspaceEdit {
	var changes []protocol.TextEdit
	for _, e := range edits {
		changes = append(changes, protocol.TextEdit{Range: doc.lines.rng(e.Span.Start, e.Span.End), NewText: e.Text})
	}
	if !s.client.documentChanges {
		return &protocol.WorkspaceEdit{Changes: map[uri.URI][]protocol.TextEdit{doc.uri: changes}}
	}
	var elements []protocol.TextDocumentEditElement
	for i := range changes {
		if len(fill) > 0 && s.client.snippetEdits {
			elements = append(elements, snippetEdit(changes[i], fill))
			continue
		}
		elements = append(elements, &changes[i])
	}
	return &protocol.WorkspaceEdit{DocumentChanges: []protocol.DocumentChange{&protocol.TextDocumentEdit{
		TextDocument: protocol.OptionalVersionedTextDocumentIdentifier{
			TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: doc.uri}, Version: new(doc.version),
		},
		Edits: elements,
	}}}
}
