package lsp

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/diagnostics"
)

const (
	insertCode = "Insert `AI-used-for: code`"
	noAI       = "No AI was used"
	usedAI     = "AI was used"
	addSignoff = "Add `Signed-off-by: Jo Doe <jo@example.org>`"
)

// What can be done unasked comes when a person asks for actions, each once, and never
// beside the quick fix that does the same.
func TestRefactors(t *testing.T) {
	const tool = "subject\n\nText.\n\nAssisted-by: Claude:claude-opus-4.5\n"
	r := newRepo(t, examplePolicy)
	r.stage("net/e1000.c", 2)
	e := startIn(r)
	u := r.message()
	e.opened(u, "gitcommit", silent)
	for _, tt := range []struct {
		name, text string
		line       uint32
		only       []protocol.CodeActionKind
		kind       protocol.CodeActionTriggerKind
		want       []string
	}{
		{"nothing is known", silent, 2, nil, protocol.CodeActionTriggerKindInvoked, []string{insertCode, noAI, usedAI}},
		{"on the line of the hint", silent, 0, nil, protocol.CodeActionTriggerKindInvoked, []string{insertCode, noAI, usedAI}},
		{"light bulb elsewhere", silent, 2, nil, protocol.CodeActionTriggerKindAutomatic, nil},
		{"refactor", silent, 0, []protocol.CodeActionKind{"refactor"}, 0, []string{insertCode, noAI, usedAI}},
		{"refactor.insert", silent, 0, []protocol.CodeActionKind{"refactor.insert"}, 0, []string{insertCode, noAI}},
		{"refactor.rewrite", silent, 0, []protocol.CodeActionKind{"refactor.rewrite"}, 0, []string{usedAI}},
		{"refactor.extract", silent, 0, []protocol.CodeActionKind{"refactor.extract"}, 0, nil},
		{"disclosed", strings.Replace(silent, "Signed", "AI-used-for: code\nSigned", 1), 0, nil, 0, nil},
		{"disclosed, not signed", "subject\n\nText.\n\nAI-used-for: code\n", 2, nil, 0, []string{addSignoff}},
		{"another project's form", tool, 2, []protocol.CodeActionKind{"refactor"}, 0,
			[]string{"Convert to Example's form: `AI-used-for: code`", addSignoff}},
		{"another project's form, on its line", tool, 4, nil, 0,
			[]string{"Replace this `Assisted-by` by `AI-used-for: code`", insertCode, addSignoff, fixAll}},
		{"empty", "", 0, nil, 0, []string{insertCode, noAI, usedAI, addSignoff}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e.change(u, tt.text)
			at := protocol.Range{Start: protocol.Position{Line: tt.line}, End: protocol.Position{Line: tt.line}}
			got := e.actions(u, at, protocol.CodeActionContext{Only: tt.only, TriggerKind: tt.kind})
			if !slices.Equal(titles(got), tt.want) {
				t.Errorf("got %q, want %q", titles(got), tt.want)
			}
			for _, a := range got {
				refactor := strings.HasPrefix(string(*a.Kind), "refactor.")
				if a.IsPreferred != nil && *a.Kind != protocol.CodeActionKindQuickFix || refactor && len(a.Diagnostics) > 0 {
					t.Errorf("%q is preferred, or has a diagnostic", a.Title)
				}
			}
		})
	}
}

// Not a word where there is no policy, and no sign-off where the committer is a tool.
func TestActionsNotOffered(t *testing.T) {
	r := newRepo(t, "")
	e := startIn(r)
	e.opened(r.message(), "gitcommit", silent)
	if got := e.actions(r.message(), whole, protocol.CodeActionContext{}); len(got) > 0 {
		t.Errorf("without a policy: %q", titles(got))
	}
	tool := newRepo(t, examplePolicy)
	tool.git("config", "user.name", "Claude")
	tool.git("config", "user.email", "noreply@anthropic.com")
	e = startIn(tool)
	e.opened(tool.message(), "gitcommit", "subject\n\nText.\n")
	for _, title := range titles(e.actions(tool.message(), whole, protocol.CodeActionContext{})) {
		if strings.Contains(title, "Signed-off-by") {
			t.Errorf("a tool is offered %q", title)
		}
	}
}

// lazy is a client that asks for an edit when it is wanted.
func lazy() protocol.ClientCapabilities {
	c := capabilities()
	c.TextDocument.CodeAction.DataSupport = new(true)
	c.TextDocument.CodeAction.ResolveSupport = protocol.ClientCodeActionResolveOptions{Properties: []string{"edit"}}
	return c
}

func (e *editor) resolve(a *protocol.CodeAction) (*protocol.CodeAction, error) {
	return e.server.CodeActionResolve(e.t.Context(), a)
}

// A client that asks later gets the same edits, and its own data back.
func TestLazyActions(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("net/e1000.c", 2)
	u := r.message()
	eager := startIn(r)
	later := start(t, r.env, &protocol.InitializeParams{Capabilities: lazy()})
	if o := later.caps.CodeActionProvider.(*protocol.CodeActionOptions); o.ResolveProvider == nil || !*o.ResolveProvider {
		t.Error("resolve is not offered")
	}
	if o := eager.caps.CodeActionProvider.(*protocol.CodeActionOptions); o.ResolveProvider != nil {
		t.Error("resolve is offered to a client that does not ask")
	}
	for name, text := range messages {
		eager.opened(u, "gitcommit", text)
		later.opened(u, "gitcommit", text)
		want := eager.actions(u, whole, protocol.CodeActionContext{})
		got := later.actions(u, whole, protocol.CodeActionContext{})
		if !slices.Equal(titles(got), titles(want)) {
			t.Errorf("%s: got %q, want %q", name, titles(got), titles(want))
			continue
		}
		for i, a := range got {
			if (a.Data == nil) != (want[i].Edit == nil) || a.Edit != nil {
				t.Errorf("%s: %q has the data %s", name, a.Title, a.Data)
			}
			if a.Data != nil {
				a.Data = protocol.LSPAny(strings.Replace(string(a.Data), "{", `{"theirs":{"a":[1]},`, 1))
			}
			done, err := later.resolve(a)
			must(t, err)
			if string(done.Data) != string(a.Data) {
				t.Errorf("%s: %q came back with the data %s, not %s", name, a.Title, done.Data, a.Data)
			}
			if want[i].Edit == nil {
				continue
			}
			const enc = protocol.PositionEncodingKindUTF16
			if a, b := applyEdits(t, text, editsOf(t, done, u), enc), applyEdits(t, text, editsOf(t, want[i], u), enc); a != b {
				t.Errorf("%s: %q makes\n%s\nand not\n%s", name, done.Title, a, b)
			}
		}
	}
}

// The edit is for the text as it is when it is asked for.
func TestLazyActionsOfAnOlderText(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: lazy()})
	u := r.message()
	e.opened(u, "gitcommit", wrong)
	actions := e.actions(u, whole, protocol.CodeActionContext{})
	fix := actions[slices.Index(titles(actions), fixTests)]

	e.change(u, "👍🏽 "+wrong)
	done, err := e.resolve(fix)
	must(t, err)
	if got := applyEdits(t, e.texts[u], editsOf(t, done, u), protocol.PositionEncodingKindUTF16); got != "👍🏽 "+strings.Replace(wrong, "testing", "tests", 1) {
		t.Errorf("got\n%s", got)
	}
	e.change(u, strings.Replace(wrong, "testing", "tests", 1))
	if _, err := e.resolve(fix); errorCode(err) != protocol.CodeContentModified {
		t.Errorf("for a text that needs no such fix: %v", err)
	}
	for _, data := range []string{
		`7`, `"x"`, `[]`, `{}`, `{"uri":7}`, `{"uri":"x","version":"1","id":"y"}`, `{"uri":"file:///nowhere/COMMIT_EDITMSG","version":1,"id":"AI"}`,
		`{"uri":"` + string(u) + `"}`, `{"uri":"%zz","version":1,"id":"AI"}`, `{"uri":"` + string(u) + `","version":99999999999,"id":"AI"}`,
		`{"uri":"` + string(u) + `","version":` + string(must1(json.Marshal(e.last))) + `,"id":"nothing of ours"}`,
	} {
		if _, err := e.resolve(&protocol.CodeAction{Title: "x", Data: protocol.LSPAny(data)}); errorCode(err) != jsonrpc2.InvalidParams {
			t.Errorf("%s: %v", data, err)
		}
	}
	for _, a := range []*protocol.CodeAction{{Title: "x"}, {Title: "x", Data: protocol.LSPAny("null")}} {
		if got, err := e.resolve(a); err != nil || got.Title != "x" || got.Edit != nil {
			t.Errorf("an action without data: %+v, %v", got, err)
		}
	}
}

func must1(raw []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return raw
}

// bare is a client from before code actions were more than commands.
func bare(applyEdit bool) protocol.ClientCapabilities {
	c := capabilities()
	c.TextDocument.CodeAction = nil
	c.Workspace.ApplyEdit = new(applyEdit)
	return c
}

func (e *editor) commands(u uri.URI) map[string]*protocol.Command {
	e.t.Helper()
	got, err := e.server.CodeAction(e.t.Context(), &protocol.CodeActionParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: u}, Range: whole, Context: protocol.CodeActionContext{Diagnostics: []protocol.Diagnostic{}},
	})
	must(e.t, err)
	all := make(map[string]*protocol.Command)
	for _, a := range got {
		c := a.(*protocol.Command)
		all[c.Title] = c
	}
	return all
}

// A client that takes only commands has each of them do what the action would.
func TestActionsAsCommands(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("net/e1000.c", 2)
	r.stage("tests/a.c", 1)
	u := r.message()
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: bare(true)})
	if e.caps.CodeActionProvider != protocol.Boolean(true) {
		t.Errorf("offered is %v", e.caps.CodeActionProvider)
	}
	for name, text := range messages {
		e.opened(u, "gitcommit", text)
		for title, c := range e.commands(u) {
			if c.Command != commandFix {
				continue
			}
			_, err := e.server.ExecuteCommand(t.Context(), &protocol.ExecuteCommandParams{Command: c.Command, Arguments: c.Arguments})
			must(t, err)
			fixed := e.edited(u)
			if fixed == text {
				t.Errorf("%s: %q changes nothing", name, title)
			}
			e.change(u, fixed)
			if e.commands(u)[title] != nil {
				t.Errorf("%s: %q is offered once more", name, title)
			}
			e.change(u, text)
		}
	}
	e.opened(u, "gitcommit", wrong)
	_, err := e.server.ExecuteCommand(t.Context(), &protocol.ExecuteCommandParams{Command: commandFixAll, Arguments: texts(string(u))})
	must(t, err)
	if got := e.judged(u, e.edited(u)); len(got) > 0 {
		t.Errorf("after %s there is %q", commandFixAll, got)
	}
}

// edited is the text after the edit that the server asks for.
func (e *editor) edited(u uri.URI) string {
	e.t.Helper()
	var p protocol.ApplyWorkspaceEditParams
	must(e.t, protocol.Unmarshal(arrives(e.t, "the edit", e.screen.edits), &p))
	a := &protocol.CodeAction{Edit: &p.Edit}
	if len(p.Edit.DocumentChanges) == 1 {
		if v := p.Edit.DocumentChanges[0].(*protocol.TextDocumentEdit).TextDocument.Version; v == nil || *v != e.last {
			e.t.Errorf("the edit is for version %v, not %d", v, e.last)
		}
	}
	return applyEdits(e.t, e.texts[u], editsOf(e.t, a, u), protocol.PositionEncodingKindUTF16)
}

// A client that lets nobody edit can still give the two answers.
func TestActionsWithoutEdits(t *testing.T) {
	r := newRepo(t, examplePolicy)
	u := r.message()
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: bare(false)})
	e.open(u, "gitcommit", silent)
	e.until(u, "disclosure-missing")
	got := e.commands(u)
	if len(got) != 2 || got[noAI] == nil || got[noAI].Command != commandNoAI || got[usedAI] == nil || got[usedAI].Command != commandAI {
		t.Fatalf("offered are %v", got)
	}
	_, err := e.server.ExecuteCommand(t.Context(), &protocol.ExecuteCommandParams{Command: commandFixAll, Arguments: texts(string(u))})
	if errorCode(err) != jsonrpc2.Code(protocol.LSPErrorCodesRequestFailed) {
		t.Errorf("%s: %v", commandFixAll, err)
	}
	_, err = e.server.ExecuteCommand(t.Context(), &protocol.ExecuteCommandParams{Command: got[noAI].Command, Arguments: got[noAI].Arguments})
	must(t, err)
	e.until(u)
}

// Where the message is as it was, one page serves all requests.
func TestPageIsKept(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	u := r.message()
	e.opened(u, "gitcommit", wrong)
	ses := e.srv.session(u)
	doc, _ := e.srv.docs.get(u)
	first := ses.page(doc, ses.now())
	if again := ses.page(doc, ses.now()); again != first || &again.findings()[0] != &first.findings()[0] {
		t.Error("the same text is judged twice")
	}
	set := ses.settings
	set.AI = string(diagnostics.Yes)
	ses.configure(set)
	if other := ses.page(doc, ses.now()); other == first {
		t.Error("a new setting changes nothing")
	}
}
