package lsp

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"colophon/diagnostics"
	"colophon/report"
)

// ApplyEdit takes an edit in the form in which it came: what is decoded may share the
// connection's buffer. A text that says so is refused.
func (s *screen) ApplyEdit(_ context.Context, p *protocol.ApplyWorkspaceEditParams) (*protocol.ApplyWorkspaceEditResult, error) {
	raw, err := protocol.Marshal(p)
	if err != nil {
		return nil, err
	}
	s.edits <- raw
	if strings.Contains(string(raw), "refuse") {
		return &protocol.ApplyWorkspaceEditResult{FailureReason: new("it is locked")}, nil
	}
	return &protocol.ApplyWorkspaceEditResult{Applied: true}, nil
}

func (e *editor) execute(name string, args ...string) (protocol.LSPAny, error) {
	return e.server.ExecuteCommand(e.t.Context(), &protocol.ExecuteCommandParams{Command: name, Arguments: texts(args...)})
}

// All commands are offered to a client that lets the server edit, and each says what it
// takes.
func TestCommandArguments(t *testing.T) {
	r := newRepo(t, examplePolicy)
	caps := capabilities()
	caps.Workspace.ApplyEdit = new(true)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: caps})
	u := string(r.message())
	e.opened(r.message(), "gitcommit", silent)
	offered := e.caps.ExecuteCommandProvider.Commands
	want := []string{commandAI, commandExplain, commandFix, commandFixAll, commandNoAI, commandShow}
	if !slices.Equal(offered, want) {
		t.Errorf("offered are %q, want %q", offered, want)
	}
	for _, name := range append(slices.Clone(offered), "colophon.rm") {
		for _, args := range []string{`[]`, `[7]`, `[null]`, `[{}]`, `["%zz"]`, `["file:///nowhere/COMMIT_EDITMSG"]`, `["` + u + `","a","b"]`, `["` + u + `",7]`} {
			var list []protocol.LSPAny
			must(t, json.Unmarshal([]byte(args), &list))
			_, err := e.server.ExecuteCommand(t.Context(), &protocol.ExecuteCommandParams{Command: name, Arguments: list})
			if errorCode(err) != jsonrpc2.InvalidParams || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "{") {
				t.Errorf("%s %s: %v", name, args, err)
			}
		}
	}
	if _, err := e.execute(commandExplain, u, "no-such-rule"); errorCode(err) != jsonrpc2.InvalidParams {
		t.Errorf("a rule that there is not: %v", err)
	}
	if _, err := e.execute(commandFix, u, "no such action"); errorCode(err) != protocol.CodeContentModified {
		t.Errorf("an action that there is not: %v", err)
	}
}

func TestExplain(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	u := string(r.message())
	e.opened(r.message(), "gitcommit", silent)
	ask := func(args ...string) string {
		t.Helper()
		raw, err := e.execute(commandExplain, args...)
		must(t, err)
		var text string
		must(t, json.Unmarshal(raw, &text))
		return text
	}
	text := ask(u)
	for _, has := range []string{"# Example (.colophon.yaml)\n", "Status: in-force as of 2026-11-21.", "Source: <https://example.org/ai>.", "\n**Disclosure**\n", "AI-used-for", "core"} {
		if !strings.Contains(text, has) {
			t.Errorf("no %q in\n%s", has, text)
		}
	}
	if got := ask(u, "trailer-block"); got != report.RulePage(diagnostics.RuleByID("trailer-block")) {
		t.Errorf("the rule's page is\n%s", got)
	}
	r.write(".colophon.yaml", "version: 1\nzoned: []\n")
	e.until(r.message(), "policy-invalid")
	if got := ask(u); !strings.Contains(got, "cannot be used") {
		t.Errorf("a policy that cannot be used: %s", got)
	}
	none := newRepo(t, "")
	e.opened(none.message(), "gitcommit", silent)
	if got := ask(string(none.message())); !strings.HasPrefix(got, "No policy") {
		t.Errorf("without a policy: %s", got)
	}
}

// "AI was used" turns the one hint into checks and leaves nothing in the message; it
// and "No AI was used" undo each other.
func TestAIWasUsed(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("core/a.c", 9)
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", silent)
	e.until(u, "disclosure-missing")
	take := func(title string) {
		t.Helper()
		actions := e.actions(u, whole, protocol.CodeActionContext{})
		i := slices.Index(titles(actions), title)
		if i < 0 {
			t.Fatalf("%q is not among %q", title, titles(actions))
		}
		if a := actions[i]; a.Edit != nil {
			e.change(u, applyEdits(t, e.texts[u], editsOf(t, a, u), protocol.PositionEncodingKindUTF16))
		}
		if c := actions[i].Command; c.Command != "" {
			_, err := e.server.ExecuteCommand(t.Context(), &protocol.ExecuteCommandParams{Command: c.Command, Arguments: c.Arguments})
			must(t, err)
		}
	}
	severities := func(ds []protocol.Diagnostic) (worst protocol.DiagnosticSeverity) {
		worst = protocol.DiagnosticSeverityHint
		for _, d := range ds {
			worst = min(worst, d.Severity)
		}
		return worst
	}
	take(usedAI)
	shown := last(e.until(u, "disclosure-missing", "small-fix-limit", "core-zone"))
	if severities(shown) == protocol.DiagnosticSeverityHint || e.texts[u] != silent {
		t.Errorf("AI was used: %v in\n%s", ruleIDs(shown), e.texts[u])
	}
	take(noAI)
	e.until(u)
	if !strings.Contains(e.texts[u], diagnostics.NoAI) {
		t.Errorf("no comment says it:\n%s", e.texts[u])
	}
	take(usedAI)
	e.until(u, "disclosure-missing", "small-fix-limit", "core-zone")
	if e.texts[u] != silent {
		t.Errorf("the comment is still there:\n%s", e.texts[u])
	}
}

// Who asks for diagnostics and cannot be told to ask again sees the answer at once, also
// where it came before anything was known.
func TestAnswerCountsAtOnce(t *testing.T) {
	for _, early := range []bool{false, true} {
		r := newRepo(t, examplePolicy)
		r.stage("core/a.c", 9)
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: pulling(false)})
		u := r.message()
		e.open(u, "gitcommit", silent)
		if !early {
			e.wantPull(u, "disclosure-missing")
		}
		for range 20 {
			_, err := e.execute(commandAI, string(u))
			must(t, err)
			e.wantPull(u, "disclosure-missing", "small-fix-limit", "core-zone")
			_, err = e.execute(commandNoAI, string(u))
			must(t, err)
			e.wantPull(u)
		}
	}
}

// What is said beside the message is said of one commit: the box stays open for the next.
func TestAnswerIsForOneCommit(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	u, err := uri.Parse("vscode-scm:git/scm0/input?rootUri=" + string(uri.File(r.dir)))
	must(t, err)
	e.open(u, "scminput", silent)
	e.until(u, "disclosure-missing")
	e.sayNoAI(u)
	r.stage("net/e1000.c", 2)
	r.git("commit", "-q", "-m", "one")
	e.change(u, silent)
	e.until(u, "disclosure-missing")
}

// A message that is opened again remembers the answer: the comment stands in it until
// git has stripped it. What is amended begins anew.
func TestAnswerInAMessageOpenedAgain(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("net/e1000.c", 2)
	hook := r.path(".git/hooks/commit-msg")
	must(t, os.WriteFile(hook, []byte("#!/bin/sh\nexit 1\n"), 0o777))
	said := silent + "# " + diagnostics.NoAI + "\n"
	r.write("said", said)
	r.write("keep", "#!/bin/sh\ncp \"$1\" \"$KEPT\"\n")
	r.write("say", "#!/bin/sh\ncp '"+r.path("said")+"' \"$1\"\n")
	must(t, os.Chmod(r.path("keep"), 0o777))
	must(t, os.Chmod(r.path("say"), 0o777))
	editor := func(name string) []string {
		return append(slices.Clone(r.env), "GIT_EDITOR="+r.path(name), "KEPT="+r.path("kept"))
	}
	env := r.env
	read := func(name string) string {
		text, err := os.ReadFile(r.path(name))
		must(t, err)
		return string(text)
	}

	r.env = editor("say")
	if r.fails("commit") == "" {
		t.Fatal("the hook did not stop the commit")
	}
	e := startIn(&repo{t: t, dir: r.dir, env: env})
	u := r.message()
	e.open(u, "gitcommit", read(".git/COMMIT_EDITMSG"))
	e.until(u)
	e.close(u)

	must(t, os.Remove(hook))
	r.env = editor("keep")
	r.git("commit", "-e", "-F", ".git/COMMIT_EDITMSG")
	if again := read("kept"); !strings.Contains(again, diagnostics.NoAI) {
		t.Errorf("git opens the message again with\n%s", again)
	}
	r.git("commit", "--amend")
	amended := read("kept")
	if strings.Contains(amended, "Colophon") {
		t.Errorf("the comment has come into history:\n%s", amended)
	}
	e.open(u, "gitcommit", amended)
	e.until(u, "disclosure-missing")
}

// fails is what git says when it must not succeed; "" if it does.
func (r *repo) fails(args ...string) (output string) {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = r.dir, r.env
	out, err := cmd.CombinedOutput()
	if err == nil {
		return ""
	}
	return "git: " + string(out)
}

// A client that does not make an edit is in the log, and so is a text that moved on.
func TestRefusedEditIsLogged(t *testing.T) {
	core, logs := observer.New(zap.WarnLevel)
	r := newRepo(t, examplePolicy)
	e := startLogged(t, r.env, &protocol.InitializeParams{Capabilities: bare(true)}, zap.New(core))
	u := r.message()
	e.opened(u, "gitcommit", strings.ReplaceAll(wrong, "AI-used-for: testing", "AI-used-for: testing (refuse)"))
	_, err := e.execute(commandFixAll, string(u))
	must(t, err)
	arrives(t, "the edit", e.screen.edits)
	for i := 0; logs.FilterMessage("the client made no edit").Len() == 0; i++ {
		if i > 1000 {
			t.Fatalf("the log has %v", logs.All())
		}
		e.settle(u) // a round trip; the answer to the edit is on its way
	}
}
