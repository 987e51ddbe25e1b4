package lsp

import (
	"path/filepath"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// asksInRequest is a policy whose place for AI use is a pull request's section.
const asksInRequest = `version: 1
project: Example
status: in-force
source: https://example.org/ai
pull_request:
  section: AI Disclosure
  need: must
  asks: [which tools were used]
  none: No AI tools used
`

const emptyRequest = "### Summary\n\nSpeeds up take.\n\n#### AI Disclosure\n<!-- Which tools? -->\n"

// The text of a pull request that hub has opened, and gh: findings and their fixes,
// and nothing that only a commit message has.
func TestRequestInTheEditor(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	t.Setenv("TMP", tmp) // as Windows has it
	r := newRepo(t, asksInRequest)
	r.stage("x.c", 3)
	gh := uri.File(filepath.Join(tmp, "1803920174.md"))
	for name, tt := range map[string]struct {
		u        uri.URI
		language string
	}{
		"hub": {r.uri(".git/PULLREQ_EDITMSG"), "gitcommit"},
		"gh":  {gh, "markdown"},
		"kte": {gh, "Markdown"},
	} {
		t.Run(name, func(t *testing.T) {
			c := capabilities()
			c.TextDocument.CodeLens = &protocol.CodeLensClientCapabilities{}
			e := start(t, r.env, &protocol.InitializeParams{Capabilities: c, WorkspaceFoldersInitializeParams: inFolder(r)})
			e.open(tt.u, tt.language, emptyRequest)
			found := last(e.until(tt.u, "disclosure-missing"))
			if at := found[0].Range.Start; at.Line != 4 || found[0].Severity != protocol.DiagnosticSeverityError {
				t.Errorf("found is %+v", found[0])
			}
			const none = "Write “No AI tools used”"
			e.settle(tt.u)
			fixes := e.actions(tt.u, found[0].Range, protocol.CodeActionContext{})
			if len(fixes) != 1 || fixes[0].Title != none {
				t.Fatalf("offered are %q", titles(fixes))
			}
			e.change(tt.u, applyEdits(t, emptyRequest, editsOf(t, fixes[0], tt.u), protocol.PositionEncodingKindUTF16))
			e.until(tt.u)

			if h, err := e.server.Hover(t.Context(), &protocol.HoverParams{TextDocumentPositionParams: position(tt.u, protocol.Position{})}); err != nil || h != nil {
				t.Errorf("hover says %+v, %v", h, err)
			}
			if items := e.complete(tt.u, protocol.Position{Line: 3}); len(items) > 0 {
				t.Errorf("offered are %v", items)
			}
			at := protocol.TextDocumentIdentifier{URI: tt.u}
			if lenses, err := e.server.CodeLens(t.Context(), &protocol.CodeLensParams{TextDocument: at}); err != nil || len(lenses) > 0 {
				t.Errorf("lenses %v, %v", lenses, err)
			}
			for _, command := range []string{commandShow, commandExplain} {
				if _, err := e.execute(command, string(tt.u)); err != nil {
					t.Errorf("%s: %v", command, err)
				}
			}
			e.close(tt.u)
		})
	}
}

// The text of an issue: hub's is known by its name, gh's by what stands in it.
func TestIssueInTheEditor(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	t.Setenv("TMP", tmp)
	r := newRepo(t, asksInRequest+"issue: {section: Help from tools, none: No tool helped}\n")
	const issue = "### What is wrong\n\nCrashes.\n\n### Help from tools\n"
	gh := uri.File(filepath.Join(tmp, "1803920174.md"))
	for _, tt := range []struct {
		name          string
		u             uri.URI
		language      string
		text, section string
		line          uint32
	}{
		{"hub", r.uri(".git/ISSUE_EDITMSG"), "gitcommit", "Crashes\n", "Help from tools", 0},
		{"hub, with the section of the other", r.uri(".git/ISSUE_EDITMSG"), "gitcommit", emptyRequest, "Help from tools", 0},
		{"gh", gh, "markdown", issue, "Help from tools", 4},
		{"gh, with both sections", gh, "markdown", emptyRequest + issue, "AI Disclosure", 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := start(t, r.env, &protocol.InitializeParams{Capabilities: capabilities(), WorkspaceFoldersInitializeParams: inFolder(r)})
			e.open(tt.u, tt.language, tt.text)
			found := last(e.until(tt.u, "disclosure-missing"))
			if len(found) != 1 || found[0].Range.Start.Line != tt.line || !strings.Contains(string(found[0].Message.(protocol.String)), tt.section) {
				t.Errorf("found is %+v", found)
			}
			e.settle(tt.u)
			fixes := e.actions(tt.u, found[0].Range, protocol.CodeActionContext{})
			if len(fixes) != 1 || !strings.HasPrefix(fixes[0].Title, "Write “No ") {
				t.Fatalf("offered are %q", titles(fixes))
			}
			e.change(tt.u, applyEdits(t, tt.text, editsOf(t, fixes[0], tt.u), protocol.PositionEncodingKindUTF16))
			e.until(tt.u)
			shown, err := e.execute(commandShow, string(tt.u))
			if err != nil || !strings.Contains(string(shown), `"use":"declared none"`) {
				t.Errorf("%s shows %s, %v", commandShow, shown, err)
			}
		})
	}
}

// Gh writes issues like pull requests, and people have Markdown of their own.
func TestOtherMarkdown(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	t.Setenv("TMP", tmp)
	r := newRepo(t, asksInRequest)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: capabilities(), WorkspaceFoldersInitializeParams: inFolder(r)})
	gh := uri.File(filepath.Join(tmp, "77.md"))
	e.opened(gh, "markdown", "### What is wrong\n\nCrashes. AI wrote this.\n")
	if got := e.untilVersion(gh); len(last(got)) > 0 {
		t.Errorf("an issue has findings: %v", ruleIDs(last(got)))
	}
	if a := e.actions(gh, whole, protocol.CodeActionContext{}); len(a) > 0 {
		t.Errorf("an issue has actions: %q", titles(a))
	}
	// It becomes a pull request's when the section is there.
	e.change(gh, emptyRequest)
	e.until(gh, "disclosure-missing")
	e.close(gh)
	for _, u := range []uri.URI{r.uri("README.md"), r.uri("77.md"), uri.File(filepath.Join(tmp, "notes.md")), uri.File(filepath.Join(tmp, "sub", "77.md"))} {
		e.open(u, "markdown", emptyRequest)
		_, err := e.server.Hover(t.Context(), &protocol.HoverParams{TextDocumentPositionParams: position(u, protocol.Position{})})
		must(t, err)
		if e.srv.session(u) != nil {
			t.Errorf("%s is taken for the text of a pull request", strings.TrimPrefix(string(u), string(uri.File(tmp))))
		}
	}
}

func inFolder(r *repo) protocol.WorkspaceFoldersInitializeParams {
	return protocol.WorkspaceFoldersInitializeParams{
		WorkspaceFolders: protocol.NewNullable([]protocol.WorkspaceFolder{{URI: uri.File(r.dir), Name: "a"}}),
	}
}
