package lsp

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// whole is a range that has every document in it, as Kate sends.
var whole = protocol.Range{End: protocol.Position{Line: math.MaxInt32}}

// actions asks for code actions. All of ours are of the literal kind.
func (e *editor) actions(u uri.URI, r protocol.Range, c protocol.CodeActionContext) []*protocol.CodeAction {
	e.t.Helper()
	if c.Diagnostics == nil {
		c.Diagnostics = []protocol.Diagnostic{}
	}
	got, err := e.server.CodeAction(e.t.Context(), &protocol.CodeActionParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: u}, Range: r, Context: c,
	})
	must(e.t, err)
	var actions []*protocol.CodeAction
	for _, a := range got {
		actions = append(actions, a.(*protocol.CodeAction))
	}
	return actions
}

func titles(actions []*protocol.CodeAction) []string {
	var ts []string
	for _, a := range actions {
		ts = append(ts, a.Title)
	}
	return ts
}

const (
	fixTests = "Write `tests`"
	fixAll   = "Fix all that Colophon can fix"
)

// wrong has a finding on the third line from the end and one on the last.
// The sign-off belongs behind both.
const wrong = "hw/net: drop a dead store\n\nThe value is never read.\n\nAI-used-for: testing\nSigned-off-by: Jo Doe <jo@example.org>\nCo-authored-by: Claude <noreply@anthropic.com>\n"

func TestCodeActionKinds(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	u := r.message()
	e.opened(u, "gitcommit", wrong)
	quick := []string{fixTests, "Remove this `Co-authored-by`"}
	inOrder, fixes := []string{"Put the trailers in order"}, []string{fixAll}
	source := slices.Concat(inOrder, fixes)
	all := slices.Concat(quick, source)
	for _, tt := range []struct {
		name string
		only []protocol.CodeActionKind
		kind protocol.CodeActionTriggerKind
		want []string
	}{
		{"no filter", nil, 0, all},
		{"empty list", []protocol.CodeActionKind{}, 0, all},
		{"empty kind", []protocol.CodeActionKind{""}, 0, all},
		{"quickfix", []protocol.CodeActionKind{"quickfix"}, 0, quick},
		{"source", []protocol.CodeActionKind{"source"}, 0, source},
		{"source.organizeTrailers", []protocol.CodeActionKind{"source.organizeTrailers"}, 0, inOrder},
		{"source.organizeImports", []protocol.CodeActionKind{"source.organizeImports"}, 0, nil},
		{"source.fixAll", []protocol.CodeActionKind{"source.fixAll"}, 0, fixes},
		{"ours", []protocol.CodeActionKind{"source.fixAll.colophon"}, 0, fixes},
		{"another's", []protocol.CodeActionKind{"source.fixAll.eslint"}, 0, nil},
		{"not a parent", []protocol.CodeActionKind{"source.fix"}, 0, nil},
		{"refactor", []protocol.CodeActionKind{"refactor"}, 0, nil},
		{"two", []protocol.CodeActionKind{"refactor", "quickfix"}, 0, quick},
		{"invoked", nil, protocol.CodeActionTriggerKindInvoked, all},
		{"automatic", nil, protocol.CodeActionTriggerKindAutomatic, quick},
		{"automatic, asked for", []protocol.CodeActionKind{"source"}, protocol.CodeActionTriggerKindAutomatic, source},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := e.actions(u, whole, protocol.CodeActionContext{Only: tt.only, TriggerKind: tt.kind})
			if !slices.Equal(titles(got), tt.want) {
				t.Errorf("got %q, want %q", titles(got), tt.want)
			}
		})
	}
}

// The fixes of a line are offered wherever on it the caret stands, and each has
// the diagnostic that it mends.
func TestCodeActionRanges(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", wrong)
	shown := last(e.until(u, "disclosure-value", "trailer-forbidden"))
	only := protocol.CodeActionContext{Only: []protocol.CodeActionKind{"quickfix"}}
	at := func(line, from, to uint32) protocol.Range {
		return protocol.Range{Start: protocol.Position{Line: line, Character: from}, End: protocol.Position{Line: line, Character: to}}
	}
	for _, tt := range []struct {
		name string
		r    protocol.Range
		want []protocol.Diagnostic
	}{
		{"whole document", whole, shown},
		{"caret in the word", at(4, 15, 15), shown[:1]},
		{"caret at the line's start", at(4, 0, 0), shown[:1]},
		{"caret behind the line", at(4, 99, 99), shown[:1]},
		{"selection in another line", at(2, 0, 9), nil},
		{"last line", at(6, 0, 3), shown[1:]},
		{"behind the text", at(99, 0, 0), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []protocol.Diagnostic
			for _, a := range e.actions(u, tt.r, only) {
				if *a.Kind != protocol.CodeActionKindQuickFix || len(a.Diagnostics) != 1 {
					t.Errorf("%q is of the kind %s, with %d diagnostics", a.Title, *a.Kind, len(a.Diagnostics))
					continue
				}
				got = append(got, a.Diagnostics[0])
			}
			if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", tt.want) {
				t.Errorf("got %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

// Where AI use is a fact, one of several fixes is the likeliest.
func TestCodeActionForms(t *testing.T) {
	r := newRepo(t, examplePolicy)
	u := r.message()
	for _, tt := range []struct {
		name       string
		caps       protocol.ClientCapabilities
		preferred  bool
		hasVersion bool
	}{
		{"new client", capabilities(), true, true},
		{"old client", protocol.ClientCapabilities{TextDocument: &protocol.TextDocumentClientCapabilities{
			CodeAction: &protocol.CodeActionClientCapabilities{CodeActionLiteralSupport: literals},
		}}, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := start(t, r.env, &protocol.InitializeParams{Capabilities: tt.caps})
			e.opened(u, "gitcommit", wrong)
			e.change(u, wrong)
			for _, a := range e.actions(u, whole, protocol.CodeActionContext{}) {
				if a.Edit == nil || a.Data != nil {
					t.Errorf("%q has the data %s and no edit", a.Title, a.Data)
					continue
				}
				if *a.Kind == protocol.CodeActionKindQuickFix && (a.IsPreferred != nil) != tt.preferred {
					t.Errorf("%q: isPreferred is %v", a.Title, a.IsPreferred)
				}
				switch {
				case !tt.hasVersion:
					if len(a.Edit.Changes[u]) == 0 || a.Edit.DocumentChanges != nil {
						t.Errorf("%q: %+v", a.Title, a.Edit)
					}
				case a.Edit.Changes != nil || len(a.Edit.DocumentChanges) != 1:
					t.Errorf("%q: %+v", a.Title, a.Edit)
				default:
					doc := a.Edit.DocumentChanges[0].(*protocol.TextDocumentEdit).TextDocument
					if doc.URI != u || doc.Version == nil || *doc.Version != e.last {
						t.Errorf("%q is for %+v, want version %d", a.Title, doc, e.last)
					}
				}
			}
		})
	}
}

// editsOf are the edits of an action in either form.
func editsOf(t *testing.T, a *protocol.CodeAction, u uri.URI) []protocol.TextEdit {
	t.Helper()
	if a.Edit == nil {
		t.Fatalf("%q has no edit", a.Title)
	}
	edits := slices.Clone(a.Edit.Changes[u])
	for _, c := range a.Edit.DocumentChanges {
		for _, e := range c.(*protocol.TextDocumentEdit).Edits {
			edits = append(edits, *e.(*protocol.TextEdit))
		}
	}
	return edits
}

// messages in which every fix has to hit its place; a wrong unit misses it.
var messages = map[string]string{
	"value":      "hw/net: 👍🏽 e\u0301\n\nText 🤷.\n\nAI-used-for: code (😀 e\u0301), testing, doc (🎉)\nSigned-off-by: Jo Doe <jo@example.org>\n",
	"key":        "subject 👍🏽\n\nText 🤷.\n\nAI-Used-For: code\nSigned-off-by: Jo Doe 👍🏽 <jo@example.org>\n",
	"placement":  "subject\n\nText 🤷 e\u0301.\nAI-used-for: code (😀)\n\nMore 🤷.\n\nSigned-off-by: Jo Doe <jo@example.org>\n",
	"order":      "subject\n\nText.\n\nReviewed-by: 👍🏽 <r@example.org>\nSigned-off-by: Jo Doe <jo@example.org>\nAI-used-for: code\n",
	"forbidden":  "subject 👍🏽\n\nText 🤷.\n\nSigned-off-by: Jo e\u0301 👍🏽 <jo@example.org>\nCo-authored-by: 👍🏽 Claude <noreply@anthropic.com>\nAssisted-by: Claude 👍🏽\n",
	"footer":     "subject\n\nText.\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n\nSigned-off-by: Jo Doe <jo@example.org>\nCo-Authored-By: Claude <noreply@anthropic.com>\n",
	"block":      "subject\n\nText.\n\nFound by 👍🏽 e\u0301\nAI-used-for: tests\n",
	"hint":       "subject 👍🏽\n\nText e\u0301 🤷.\n\nSigned-off-by: Jo Doe <jo@example.org>\n# 👍🏽 a comment\n",
	"no sign":    "subject 👍🏽\n\nText e\u0301 🤷.",
	"tool named": "subject 👍🏽\n\nText.\n\nAI-used-for: code (😀 with Claude)\nSigned-off-by: Jo Doe <jo@example.org>\n",
	"empty":      "\n# 👍🏽 Please enter the commit message\n",
	"unwritten":  "\n\nSigned-off-by: Jo 👍🏽 <jo@example.org>\n# 👍🏽\n",
}

// Whatever the encoding, each fix takes its finding away and changes nothing
// but what it must: a second server judges the outcome.
func TestCodeActionEdits(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("net/e1000.c", 2)
	r.stage("tests/a.c", 1)
	u := r.message()
	applied := 0
	for _, enc := range encodings {
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: withEncoding(enc)})
		if e.caps.PositionEncoding != enc {
			t.Fatalf("asked for %s, got %s", enc, e.caps.PositionEncoding)
		}
		for name, text := range messages {
			for _, crlf := range []bool{false, true} {
				if crlf {
					name, text = name+" CRLF", strings.ReplaceAll(text, "\n", "\r\n")
				}
				t.Run(string(enc)+"/"+name, func(t *testing.T) { applied += e.fixEach(t, r, text, enc) })
			}
		}
		e.close(u)
	}
	// 12 messages with one finding or more, two line endings, three encodings.
	if applied < 12*2*3 {
		t.Errorf("only %d edits were applied", applied)
	}
}

func (e *editor) fixEach(t *testing.T, r *repo, text string, enc protocol.PositionEncodingKind) int {
	t.Helper()
	u := r.message()
	e.opened(u, "gitcommit", text)
	before := e.judged(u, text)
	actions := e.actions(u, whole, protocol.CodeActionContext{})
	for _, a := range actions {
		if a.Edit == nil {
			continue // it is an answer, which push_test.go gives
		}
		fixed := applyEdits(t, text, editsOf(t, a, u), enc)
		if strings.Contains(text, "\r\n") && strings.Contains(strings.ReplaceAll(fixed, "\r\n", ""), "\n") {
			t.Errorf("%s: line endings are mixed: %q", a.Title, fixed)
		}
		after := e.judged(u, fixed)
		switch *a.Kind {
		case kindFixAll, kindOrganize:
			e.change(u, fixed)
			if got := titles(e.actions(u, whole, protocol.CodeActionContext{Only: []protocol.CodeActionKind{*a.Kind}})); len(got) > 0 {
				t.Errorf("after %s there is still %q:\n%s", a.Title, got, fixed)
			}
			e.change(u, text)
		case kindInsert, kindRewrite:
			e.change(u, fixed)
			if got := titles(e.actions(u, whole, protocol.CodeActionContext{Only: []protocol.CodeActionKind{*a.Kind}})); slices.Contains(got, a.Title) {
				t.Errorf("%s is offered once more:\n%s", a.Title, fixed)
			}
			e.change(u, text)
		default:
			rule := ruleIDs(a.Diagnostics)[0]
			if n := count(before, rule); count(after, rule) != n-1 {
				t.Errorf("%s: %d × %s before and %d after:\n%s", a.Title, n, rule, count(after, rule), fixed)
			}
		}
	}
	return len(actions)
}

// judged are the rules that the engine finds broken in a text.
func (e *editor) judged(u uri.URI, text string) []string {
	ses := e.srv.session(u)
	var ids []string
	for _, f := range ses.page(&document{text: text, lines: newLines(text, protocol.PositionEncodingKindUTF16)}, ses.now()).findings() {
		ids = append(ids, f.Rule)
	}
	return ids
}

func count(ids []string, id string) int {
	n := 0
	for _, i := range ids {
		if i == id {
			n++
		}
	}
	return n
}

// VS Code asks at every move of the caret.
func TestCodeActionBurst(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	u := r.message()
	e.opened(u, "gitcommit", wrong)
	want := titles(e.actions(u, whole, protocol.CodeActionContext{}))
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			got, err := e.server.CodeAction(t.Context(), &protocol.CodeActionParams{
				TextDocument: protocol.TextDocumentIdentifier{URI: u}, Range: whole,
				Context: protocol.CodeActionContext{Diagnostics: []protocol.Diagnostic{}},
			})
			if err != nil || len(got) != len(want) {
				t.Errorf("%d actions, want %d: %v", len(got), len(want), err)
			}
		})
	}
	all.Wait()
}

// Kate's quick fix applies all that it gets, one after the other, so it gets one.
func TestQuickFixWithoutChoice(t *testing.T) {
	r := newRepo(t, examplePolicy)
	c := capabilities()
	c.TextDocument.CodeAction = &protocol.CodeActionClientCapabilities{CodeActionLiteralSupport: literals}
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: c})
	u := r.message()
	e.open(u, "Git commit message", wrong)
	found := last(e.until(u, "disclosure-value", "trailer-forbidden"))
	e.settle(u)
	all := protocol.Range{End: protocol.Position{Line: 7}}
	for _, d := range found {
		got := e.actions(u, all, protocol.CodeActionContext{Diagnostics: []protocol.Diagnostic{d}})
		if len(got) != 1 || got[0].Diagnostics[0].Code != d.Code {
			t.Errorf("for %v it gets %q", d.Code, titles(got))
		}
	}
	// Its menu asks otherwise, and offers everything.
	if got := e.actions(u, found[0].Range, protocol.CodeActionContext{}); len(got) < 2 {
		t.Errorf("the menu gets %q", titles(got))
	}
	// Where a person has to choose, nothing is done.
	e.change(u, silent)
	found = last(e.until(u, "disclosure-missing"))
	if got := e.actions(u, all, protocol.CodeActionContext{Diagnostics: found}); len(got) > 0 {
		t.Errorf("without a choice it would do %q", titles(got))
	}
	// In a policy file it is the fix, and no refactoring.
	f := r.uri(".colophon.yaml")
	e.close(u)
	e.open(f, "yaml", "version: 1\nprojct: Example\nextends: qemu-2026-09\n")
	for {
		if found = last(e.untilVersion(f)); len(found) > 0 {
			break
		}
	}
	got := e.actions(f, protocol.Range{End: protocol.Position{Line: 9}}, protocol.CodeActionContext{Diagnostics: found[:1]})
	if len(got) != 1 || got[0].Title != "Write `project`" {
		t.Errorf("the policy file gets %q", titles(got))
	}
}

// The line behind a range that ends at its beginning is not asked about.
func TestSharesLine(t *testing.T) {
	at := func(from, line, ch uint32) protocol.Range {
		return protocol.Range{Start: protocol.Position{Line: from}, End: protocol.Position{Line: line, Character: ch}}
	}
	for _, tt := range []struct {
		a, b protocol.Range
		want bool
	}{
		{at(3, 3, 5), at(3, 3, 0), true},
		{at(3, 3, 5), at(2, 3, 0), false},
		{at(2, 3, 0), at(3, 3, 5), false},
		{at(3, 3, 5), at(2, 3, 1), true},
		{at(0, 0, 0), at(0, 0, 0), true},
		{at(3, 3, 5), at(0, 9, 0), true},
	} {
		if got := sharesLine(tt.a, tt.b); got != tt.want {
			t.Errorf("%v and %v: %v", tt.a, tt.b, got)
		}
	}
}
