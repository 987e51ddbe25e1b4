package lsp

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/words"
)

// proposal is one thing that the person can have done to a message.
type proposal struct {
	id        string // the same as long as it means the same
	title     string
	kind      protocol.CodeActionKind
	finding   *diagnostics.Finding // that it mends; nil: none asks for it
	preferred bool
	edits     []message.Edit
	fill      []string
	says      diagnostics.Statement // beside the text; "" is nothing
	answer    diagnostics.Statement // the same where an edit alone may say it
}

// quickFixes are the fixes of all findings, those that are preferred first.
func (p *page) quickFixes() []proposal {
	var all []proposal
	findings := p.findings()
	for i := range findings {
		f := &findings[i]
		for _, fix := range f.Fixes {
			all = append(all, proposal{
				id: fixID(p.m, f, fix.Title), title: fix.Title, kind: protocol.CodeActionKindQuickFix,
				finding: f, preferred: fix.Preferred, edits: fix.Edits, fill: fix.Fill,
			})
		}
		if f.IfAI && !p.m.Options.StripsComments() && p.m.Cut == len(p.m.Text) {
			// No comment can say it.
			title := words.ActionNoAI.String()
			all = append(all, proposal{
				id: fixID(p.m, f, title), title: title, kind: protocol.CodeActionKindQuickFix, finding: f, says: diagnostics.No, answer: diagnostics.No,
			})
		}
	}
	seen := make(map[string]int)
	for i := range all {
		n := seen[all[i].id]
		seen[all[i].id]++
		if n > 0 {
			all[i].id += fmt.Sprintf(".%d", n+1)
		}
	}
	slices.SortStableFunc(all, func(a, b proposal) int {
		switch {
		case a.preferred == b.preferred:
			return 0
		case a.preferred:
			return -1
		}
		return 1
	})
	return all
}

// fixID names a fix by what it is about, not by where that stands.
func fixID(m *message.Message, f *diagnostics.Finding, title string) string {
	sum := sha256.Sum256([]byte(title + "\x00" + m.Slice(f.Span)))
	return f.Rule + " " + hex.EncodeToString(sum[:6])
}

// unasked are the offers for the message as a whole.
func (p *page) unasked() []proposal {
	in := p.input()
	if p.doc.endless(p.m) {
		return nil
	}
	var all []proposal
	for _, a := range diagnostics.Actions(in) {
		kind := kindInsert
		if a.Rewrites {
			kind = kindRewrite
		}
		all = append(all, proposal{id: a.ID, title: a.Title, kind: kind, edits: a.Edits, fill: a.Fill, says: a.Says, answer: a.Answer})
	}
	if edits := diagnostics.Organize(in); len(edits) > 0 {
		all = append(all, proposal{id: string(kindOrganize), title: words.ActionOrganize.String(), kind: kindOrganize, edits: edits})
	}
	if edits := p.fixAll(); len(edits) > 0 {
		all = append(all, proposal{id: string(kindFixAll), title: words.ActionFixAll.String(), kind: kindFixAll, edits: edits})
	}
	return all
}

// fixAll is the edits of all preferred fixes, one after the other.
func (p *page) fixAll() []message.Edit {
	if !slices.ContainsFunc(p.fixes(), func(o proposal) bool { return o.preferred }) {
		return nil // as for most messages
	}
	text, _ := diagnostics.FixAll(p.input())
	return message.Difference(p.doc.text, text)
}

// proposal finds one by its id.
func (p *page) proposal(id string) (proposal, bool) {
	for _, list := range [](func() []proposal){p.fixes, p.more} {
		all := list()
		if i := slices.IndexFunc(all, func(o proposal) bool { return o.id == id }); i >= 0 {
			return all[i], true
		}
	}
	return proposal{}, false
}

// action is a proposal in the form that the client takes; nil where it takes none.
func (p *page) action(o proposal, d []protocol.Diagnostic) protocol.CommandOrCodeAction {
	c := &p.srv.client
	if !c.literals {
		switch {
		case len(o.edits) > 0 && c.applyEdit:
			return &protocol.Command{Title: o.title, Command: commandFix, Arguments: texts(string(p.doc.uri), o.id)}
		case o.answer != "":
			return p.command(o)
		}
		return nil
	}
	a := &protocol.CodeAction{Title: o.title, Kind: &o.kind, Diagnostics: d}
	if o.preferred && c.preferred {
		a.IsPreferred = new(true)
	}
	if o.says != "" {
		a.Command = *p.command(o)
	}
	switch {
	case len(o.edits) == 0:
	case c.lazyEdits:
		a.Data = actionData{URI: string(p.doc.uri), Version: p.doc.version, ID: o.id}.raw()
	default:
		a.Edit = p.srv.edit(p.doc, o.edits, o.fill)
	}
	return a
}

// command is what tells us what the person says.
func (p *page) command(o proposal) *protocol.Command {
	name := commandNoAI
	if o.answer == diagnostics.Yes {
		name = commandAI
	}
	return &protocol.Command{Title: o.title, Command: name, Arguments: texts(string(p.doc.uri))}
}

// texts are strings as arguments of a command.
func texts(args ...string) []protocol.LSPAny {
	var out []protocol.LSPAny
	for _, a := range args {
		raw, _ := json.Marshal(a) // a string always has a form
		out = append(out, raw)
	}
	return out
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
