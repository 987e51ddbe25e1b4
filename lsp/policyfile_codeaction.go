package lsp

import (
	"go.lsp.dev/protocol"

	"colophon/message"
	"colophon/words"
)

// actions are the fixes of the problems on the lines of the range; and on the line
// of `extends`, to write out what it stands for.
func (f *policyFile) actions(p *protocol.CodeActionParams) []protocol.CommandOrCodeAction {
	actions := []protocol.CommandOrCodeAction{}
	doc, d := f.read()
	if d == nil {
		return actions
	}
	if wants(p.Context.Only, protocol.CodeActionKindQuickFix) {
		for _, problem := range d.Problems {
			shown := f.problem(doc, problem)
			if !sharesLine(shown.Range, p.Range) {
				continue
			}
			edit, ok := d.Mend(problem)
			if !ok {
				continue
			}
			a := &protocol.CodeAction{
				Title:       words.PolicyFileWrite.With("word", problem.Write),
				Kind:        new(protocol.CodeActionKindQuickFix),
				Diagnostics: []protocol.Diagnostic{shown},
				Edit:        f.srv.edit(doc, []message.Edit{edit}, nil),
			}
			if f.srv.client.preferred {
				a.IsPreferred = new(true)
			}
			actions = append(actions, a)
		}
	}
	name, at, ok := d.Extends()
	if !ok || !wants(p.Context.Only, protocol.CodeActionKindRefactorInline) || !sharesLine(doc.lines.rng(at.Start, at.End), p.Range) {
		return actions
	}
	if edits, ok := d.Standalone(); ok {
		title := words.PolicyFileExtract.String()
		if len(d.Files()) > 0 {
			title = words.PolicyFileExtractFile.With("file", name)
		}
		actions = append(actions, &protocol.CodeAction{
			Title: title, Kind: new(protocol.CodeActionKindRefactorInline), Edit: f.srv.edit(doc, edits, nil),
		})
	}
	return actions
}
