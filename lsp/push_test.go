package lsp

import (
	"os"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

const (
	disclosed = "hw/net: drop a dead store\n\nThe value is never read.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n"
	misspelt  = "hw/net: drop a dead store\n\nThe value is never read.\n\nAI-used-for: coding\nSigned-off-by: Jo Doe <jo@example.org>\n"
	silent    = "hw/net: drop a dead store\n\nThe value is never read.\n\nSigned-off-by: Jo Doe <jo@example.org>\n"
)

// What the message alone says is shown while git still looks at the change.
func TestMessageBeforeChange(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("net/e1000.c", 4)
	git := holdGit(t)
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", misspelt)
	e.until(u, "disclosure-value")
	git.letGo()
	e.until(u, "disclosure-value", "small-fix-limit")
}

// A finding that is shown stays while git looks again; what comes between the
// first and the last answer only adds to it.
func TestNoFlicker(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("net/e1000.c", 4)
	git := holdGit(t)
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", disclosed)
	git.letGo()
	e.until(u, "small-fix-limit")

	r.stage("core/main.c", 1)
	diffing := git.running()
	e.change(u, disclosed+"# typed meanwhile\n")
	if got := ruleIDs(last(e.untilVersion(u))); !slices.Equal(got, []string{"small-fix-limit"}) {
		t.Errorf("while git runs: %v", got)
	}
	release(t, diffing)
	for _, p := range e.until(u, "small-fix-limit", "core-zone") {
		if !slices.Contains(ruleIDs(p.Diagnostics), "small-fix-limit") {
			t.Errorf("withdrawn meanwhile: %v", ruleIDs(p.Diagnostics))
		}
	}
}

func TestTypingAndClosing(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", misspelt)
	d := last(e.until(u, "disclosure-value"))[0]
	if d.Severity != protocol.DiagnosticSeverityError || d.Range != (protocol.Range{Start: protocol.Position{Line: 4, Character: 13}, End: protocol.Position{Line: 4, Character: 19}}) {
		t.Errorf("severity %v at %v", d.Severity, d.Range)
	}
	if source, _ := d.Source.Get(); source != "colophon" || d.CodeDescription.Href != "https://example.org/ai" {
		t.Errorf("source %q, href %q", source, d.CodeDescription.Href)
	}
	e.change(u, disclosed)
	e.until(u)
	e.change(u, misspelt)
	e.until(u, "disclosure-value")
	e.close(u)
	e.until(u)
}

// Closing while diagnostics are on their way must leave none on the screen.
func TestClosingMeanwhile(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	u := r.message()
	for range 20 {
		e.open(u, "gitcommit", misspelt)
		e.settle(u)
		e.until(u, "disclosure-value")
		ses := e.srv.session(u)
		// As push does it, in the moment between its look at the session, which
		// has not ended, and sending.
		ses.sending.Lock()
		e.close(u)
		arrives(t, "the end of the session", ses.ctx.Done())
		must(t, e.srv.conn.client().PublishDiagnostics(t.Context(), &protocol.PublishDiagnosticsParams{
			URI: u, Diagnostics: []protocol.Diagnostic{{Code: protocol.String("late"), Message: protocol.String("")}},
		}))
		ses.sending.Unlock()
		e.until(u, "late")
		e.until(u)
		if err := ses.publish(&protocol.PublishDiagnosticsParams{URI: u}); err == nil {
			t.Error("a session that has ended still publishes")
		}
	}
}

// However fast the edits come, what stands at the end is the final text's.
func TestManyEdits(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", disclosed)
	// A word grows in the body, and at the very end the disclosure goes wrong.
	at := protocol.Position{Line: 2}
	for i := range 4999 {
		e.changes(u, &protocol.TextDocumentContentChangePartial{Range: protocol.Range{Start: at, End: at}, Text: string(rune('a' + i%26))})
	}
	at = protocol.Position{Line: 4, Character: 17}
	e.changes(u, &protocol.TextDocumentContentChangePartial{Range: protocol.Range{Start: at, End: at}, Text: "y"})
	published := e.untilVersion(u)
	if got := ruleIDs(last(published)); !slices.Equal(got, []string{"disclosure-value"}) {
		t.Errorf("of the final text: %v", got)
	}
	before := int32(0)
	for _, p := range published {
		version, _ := p.Version.Get()
		if version < before {
			t.Errorf("version %d came after %d", version, before)
		}
		if before = version; version < e.last && len(p.Diagnostics) > 0 {
			t.Errorf("version %d has %v, which are the final text's", version, ruleIDs(p.Diagnostics))
		}
	}
}

func TestIndexMoves(t *testing.T) {
	t.Parallel()
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", disclosed)
	e.until(u)
	r.stage("core/main.c", 4)
	diags := last(e.until(u, "small-fix-limit", "core-zone"))
	related := diags[0].RelatedInformation
	if len(related) != 1 || related[0].Location.URI != r.uri("core/main.c") || related[0].Message != "core/main.c: 4 counted lines" {
		t.Errorf("related: %+v", related)
	}
	r.git("reset", "-q")
	e.until(u)
	r.git("add", "core")
	e.until(u, "small-fix-limit", "core-zone")
	// Another process makes the commit, the editor stays open: nothing is staged.
	r.git("commit", "-q", "-m", "Done elsewhere")
	e.until(u)
}

func TestPolicyFile(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "")
	r.stage("core/main.c", 4)
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", disclosed)
	e.until(u)
	r.write(".colophon.yaml", examplePolicy)
	e.until(u, "small-fix-limit", "core-zone")
	r.write(".colophon.yaml", strings.Replace(examplePolicy, "lines: 3", "lines: 30", 1))
	e.until(u, "core-zone")
	r.write(".colophon.yaml", strings.Replace(examplePolicy, "zones:", "zoned:", 1))
	d := last(e.until(u, "policy-invalid"))[0]
	if text := string(d.Message.(protocol.String)); !strings.Contains(text, ".colophon.yaml cannot be used (line 8, column 1): there is no key") || d.Severity != protocol.DiagnosticSeverityError {
		t.Errorf("severity %v: %s", d.Severity, text)
	}
	if d.Range.Start.Line != 0 {
		t.Errorf("it stands at %v", d.Range)
	}
	r.write(".colophon.yaml", examplePolicy)
	e.until(u, "small-fix-limit", "core-zone")
	must(t, os.Remove(r.path(".colophon.yaml")))
	e.until(u)
}

func TestPolicyOfConfig(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "")
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", misspelt)
	e.until(u)
	r.git("config", "colophon.policy", "qemu-2026-09")
	e.until(u, "disclosure-value")
	r.git("config", "colophon.policy", "qemu-1999")
	e.until(u, "policy-invalid")
	r.git("config", "colophon.policy", "none")
	e.until(u)
}

// A repository without a policy is met with silence.
func TestNoPolicy(t *testing.T) {
	r := newRepo(t, "")
	r.stage("core/main.c", 400)
	e := startIn(r)
	u := r.message()
	text := "Assisted-by: Claude\n\n\U0001f916 Generated with [Claude Code](https://claude.com)\n\nAI-used-for: te\nCo-authored-by: Claude <noreply@anthropic.com>\n"
	e.opened(u, "gitcommit", text)
	for line := range uint32(6) {
		at := position(u, protocol.Position{Line: line, Character: 3})
		if h, err := e.server.Hover(t.Context(), &protocol.HoverParams{TextDocumentPositionParams: at}); err != nil || h != nil {
			t.Errorf("hover on line %d: %v, %v", line, h, err)
		}
		if items := e.complete(u, at.Position); len(items) > 0 {
			t.Errorf("completion on line %d: %v", line, labels(items))
		}
	}
	if got := e.actions(u, whole, protocol.CodeActionContext{}); len(got) > 0 {
		t.Errorf("code actions: %v", titles(got))
	}
	e.change(u, text+"x")
	for _, p := range e.untilVersion(u) {
		if len(p.Diagnostics) > 0 {
			t.Errorf("published: %v", ruleIDs(p.Diagnostics))
		}
	}
}

// The name of the file says whether it is a commit message; what the editor
// calls its language does not.
func TestJudged(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	for _, name := range []string{"TAG_EDITMSG", "NOTES_EDITMSG", "EDIT_DESCRIPTION", "../README"} {
		u := r.uri(".git/" + name)
		e.open(u, "gitcommit", misspelt)
		e.change(u, misspelt+"x")
		if got := e.actions(u, whole, protocol.CodeActionContext{}); len(got) > 0 {
			t.Errorf("%s: %v", name, titles(got))
		}
		e.close(u)
	}
	for _, name := range []string{"COMMIT_EDITMSG", "MERGE_MSG"} {
		for _, language := range []string{"gitcommit", "git-commit", "git", "yaml"} {
			u := r.uri(".git/" + name)
			e.open(u, language, misspelt)
			e.until(u, "disclosure-value") // and none of the others before it
			e.close(u)
			e.until(u)
		}
	}
}

func TestCommitBox(t *testing.T) {
	r := newRepo(t, examplePolicy)
	other := newRepo(t, "")
	// A name that has to be escaped, in both URIs.
	must(t, os.Rename(r.dir, r.dir+" c++ é"))
	r.dir += " c++ é"
	escape := strings.NewReplacer("%", "%25", ":", "%3A", "/", "%2F").Replace
	file := string(uri.File(r.dir))
	for name, u := range map[string]string{
		"escaped":     "vscode-scm:git/scm0/input?rootUri=" + escape(file),
		"twice":       "vscode-scm:git/scm0/input?rootUri%3D" + escape(escape(file)),
		"not escaped": "vscode-scm:git/scm0/input?rootUri=" + file,
		"no root":     "vscode-scm:git/scm0/input",
	} {
		t.Run(name, func(t *testing.T) {
			folder := uri.File(other.dir)
			if name == "no root" {
				folder = uri.File(r.dir)
			}
			e := start(t, r.env, &protocol.InitializeParams{
				Capabilities: capabilities(),
				WorkspaceFoldersInitializeParams: protocol.WorkspaceFoldersInitializeParams{
					WorkspaceFolders: protocol.NewNullable([]protocol.WorkspaceFolder{{URI: folder, Name: "a"}}),
				},
			})
			e.noAIInBox(u)
		})
	}
}

// noAIInBox goes through a session in the commit box, up to "No AI was used".
func (e *editor) noAIInBox(name string) {
	e.t.Helper()
	u, err := uri.Parse(name) // as the server will name it
	must(e.t, err)
	// In the box a # is text: this line is the subject, and no comment says
	// that AI was not used.
	text := strings.Replace(silent, "hw/net:", "#12: Colophon:", 1)
	e.open(u, "scminput", text)
	hint := last(e.until(u, "disclosure-missing"))[0]
	if hint.Severity != protocol.DiagnosticSeverityHint || hint.Range.End.Line != 0 || hint.Range.End.Character == 0 {
		e.t.Errorf("%v at %v", hint.Severity, hint.Range)
	}
	e.sayNoAI(u)
}

// sayNoAI takes the answer that is a command, which silences the hint.
func (e *editor) sayNoAI(u uri.URI) {
	e.t.Helper()
	for _, a := range e.actions(u, whole, protocol.CodeActionContext{}) {
		if a.Title != "No AI was used" {
			continue
		}
		if a.Edit != nil || a.Command.Command != "colophon.noAI" {
			e.t.Errorf("%q is the edit %+v and the command %q", a.Title, a.Edit, a.Command.Command)
		}
		_, err := e.server.ExecuteCommand(e.t.Context(), &protocol.ExecuteCommandParams{Command: a.Command.Command, Arguments: a.Command.Arguments})
		must(e.t, err)
		e.until(u)
		return
	}
	e.t.Error("the answer is not offered")
}

func TestExecuteCommandRefuses(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	e.opened(r.message(), "gitcommit", silent)
	for _, p := range []protocol.ExecuteCommandParams{
		{Command: "colophon.rm"},
		{Command: "colophon.noAI"},
		{Command: "colophon.noAI", Arguments: []protocol.LSPAny{protocol.LSPAny("7")}},
		{Command: "colophon.noAI", Arguments: []protocol.LSPAny{protocol.LSPAny(`"file:///nowhere/COMMIT_EDITMSG"`)}},
	} {
		if _, err := e.server.ExecuteCommand(t.Context(), &p); err == nil {
			t.Errorf("%s %s has no error", p.Command, p.Arguments)
		}
	}
}

// With the cleanup mode whitespace a comment would stay in the commit, so the
// answer is the command there, too.
func TestNoAIWithoutComments(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.git("config", "commit.cleanup", "whitespace")
	e := startIn(r)
	e.open(r.message(), "gitcommit", silent)
	e.until(r.message(), "disclosure-missing")
	e.sayNoAI(r.message())
}

// The answer counts at once, whatever git is doing.
func TestNoAIDoesNotWait(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.git("config", "commit.cleanup", "whitespace")
	git := holdGit(t)
	e := startIn(r)
	e.open(r.message(), "gitcommit", silent)
	git.letGo()
	e.settle(r.message())
	e.until(r.message(), "disclosure-missing")
	e.sayNoAI(r.message())
	git.letGo()
}

func TestLinkedWorktree(t *testing.T) {
	t.Parallel()
	r := newRepo(t, examplePolicy)
	r.stage("core/main.c", 1) // of the main work tree only
	linked := newRepo(t, "").dir + "/linked"
	r.git("worktree", "add", "-q", linked)
	e := startIn(r)
	u := r.uri(".git/worktrees/linked/COMMIT_EDITMSG")
	e.open(u, "gitcommit", disclosed)
	e.until(u)
	w := &repo{t: t, dir: linked, env: r.env}
	w.stage("net/e1000.c", 4)
	e.until(u, "small-fix-limit")
}

// `git commit -a` leaves the index as it is and starts the editor with another
// one, the lock.
func TestIndexOfCommitAll(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("net/e1000.c", 1)
	r.git("commit", "-q", "-m", "A file")
	r.write("net/e1000.c", strings.Repeat("y = 2;\n", 5))
	lock := r.path(".git/index.lock")
	editing := &repo{t: t, dir: r.dir, env: append(slices.Clone(r.env), "GIT_INDEX_FILE="+r.path(".git/lock-to-be"))}
	editing.git("read-tree", "HEAD")
	editing.git("add", "-u")
	must(t, os.Rename(r.path(".git/lock-to-be"), lock))

	u := r.message()
	plain := startIn(r)
	plain.opened(u, "gitcommit", disclosed)
	plain.change(u, disclosed+"# nothing is staged\n")
	for _, p := range plain.untilVersion(u) {
		if len(p.Diagnostics) > 0 {
			t.Errorf("without GIT_INDEX_FILE: %v", ruleIDs(p.Diagnostics))
		}
	}
	e := start(t, append(slices.Clone(r.env), "GIT_INDEX_FILE="+lock), &protocol.InitializeParams{Capabilities: capabilities()})
	e.open(u, "gitcommit", disclosed)
	e.until(u, "small-fix-limit")
}

// A repository that goes away while its message is open takes its findings
// with it, and not the server.
func TestRepositoryGoes(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "")
	r.stage("net/e1000.c", 40)
	e := start(t, r.env, &protocol.InitializeParams{
		Capabilities:          capabilities(),
		InitializationOptions: protocol.LSPAny(`{"policy":"qemu-2026-05"}`),
	})
	u := r.message()
	e.open(u, "gitcommit", disclosed)
	e.until(u, "small-fix-limit")
	must(t, os.Rename(r.path(".git"), r.path("gone")))
	e.until(u)
	must(t, os.Rename(r.path("gone"), r.path(".git")))
}

// A repository that cannot be read is looked at again.
func TestRepositoryIsMended(t *testing.T) {
	t.Parallel()
	r := newRepo(t, examplePolicy)
	config, err := os.ReadFile(r.path(".git/config"))
	must(t, err)
	r.write(".git/config", "[core\n")
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", misspelt)
	e.settle(u)
	r.write(".git/config", string(config))
	e.until(u, "disclosure-value")
}

// A document that is too long to be kept has no findings, until it is shorter.
func TestTooLongToJudge(t *testing.T) {
	t.Parallel()
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", misspelt+strings.Repeat("# x\n", maxDocument/4))
	e.until(u, "commit-contents")
	e.change(u, misspelt)
	e.until(u, "disclosure-value")
}

// A panic in a rule must not take the other documents along.
func TestPanicInRules(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	e.opened(r.message(), "gitcommit", silent)
	doc, _ := e.srv.docs.get(r.message())
	if _, err := e.srv.session(r.message()).judge(doc, &known{}); err == nil {
		t.Error("nothing known is no error")
	}
}

// Editors differ in what they leave out; each of these has been seen.
func TestInitializeOfOldClients(t *testing.T) {
	r := newRepo(t, examplePolicy)
	root := uri.File(r.dir)
	for _, tt := range []struct {
		name     string
		params   protocol.InitializeParams
		u        uri.URI
		language string
	}{
		{"nothing", protocol.InitializeParams{}, r.message(), "gitcommit"},
		//lint:ignore SA1019 older clients send nothing else
		{"a root only", protocol.InitializeParams{RootURI: &root}, "vscode-scm:git/scm0/input", "scminput"},
		{"empty capabilities", protocol.InitializeParams{Capabilities: protocol.ClientCapabilities{
			TextDocument: &protocol.TextDocumentClientCapabilities{}, Workspace: &protocol.WorkspaceClientCapabilities{},
		}}, r.message(), "gitcommit"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := start(t, r.env, &tt.params)
			e.open(tt.u, tt.language, misspelt)
			published := e.until(tt.u, "disclosure-value")
			if _, ok := published[0].Version.Get(); ok {
				t.Error("a version for a client that knows none")
			}
			if last(published)[0].RelatedInformation != nil {
				t.Error("related places for a client that knows none")
			}
		})
	}
}
