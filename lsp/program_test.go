package lsp

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// What Jujutsu opens lies in the system's temporary folder: the policy is that of the
// open folder, remarks begin as Jujutsu's do, and what is staged has nothing to do with
// it. A patch that Jujutsu's own template has put there does.
func TestJujutsu(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	t.Setenv("TMP", tmp) // as Windows has it
	r := newRepo(t, examplePolicy)
	r.stage("x.c", 9)
	u := uri.File(filepath.Join(tmp, "editor-143F1D.jjdescription"))
	const text = "net: x\n\nJJ: Change ID: stnpnomu\nJJ: Lines starting with \"JJ:\" (like this one) will be removed.\n"
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: capabilities(), WorkspaceFoldersInitializeParams: inFolder(r)})
	e.opened(u, "jjdescription", text)
	none := offered(t, e, u, "No AI was used")
	said := applyEdits(t, text, editsOf(t, none, u), protocol.PositionEncodingKindUTF16)
	if want := "net: x\nJJ: Colophon: no AI"; !strings.HasPrefix(said, want) {
		t.Errorf("with the remark it is\n%s", said)
	}
	e.change(u, said)
	e.until(u, "signoff-missing") // and nothing more is asked

	// AI helped: the file that is staged is long, but nobody knows what this commit has.
	const disclosed = "net: x\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n"
	e.change(u, disclosed)
	e.until(u)
	e.close(u)
	e.opened(u, "jjdescription", disclosed+"\nJJ: ignore-rest\ndiff --git a/y.c b/y.c\nnew file mode 100644\nindex 0000000000..1c99002b20\n--- /dev/null\n+++ b/y.c\n@@ -0,0 +1,4 @@\n+1\n+2\n+3\n+4\n\nJJ: Lines are removed.\n")
	e.until(u, "small-fix-limit")
	e.close(u)

	// Several at once are none.
	e.open(u, "jjdescription", "JJ: Enter them.\nJJ: describe 7531b18b15fc -------\n"+disclosed)
	_, err := e.server.Hover(t.Context(), &protocol.HoverParams{TextDocumentPositionParams: position(u, protocol.Position{})})
	must(t, err)
	if e.srv.session(u) != nil {
		t.Error("several messages are taken for one")
	}
}

func offered(t *testing.T, e *editor, u uri.URI, title string) *protocol.CodeAction {
	t.Helper()
	all := e.actions(u, whole, protocol.CodeActionContext{})
	i := slices.IndexFunc(all, func(a *protocol.CodeAction) bool { return strings.HasPrefix(a.Title, title) })
	if i < 0 {
		t.Fatalf("offered are %q", titles(all))
	}
	return all[i]
}

// Where there is no git, the policy file at the top of the work tree holds, and git is
// not run.
func TestWithoutGit(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{".hg/requires": "", ".colophon.yaml": examplePolicy} {
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777))
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666))
	}
	t.Setenv("PATH", t.TempDir())
	t.Chdir(dir)
	r := &repo{t: t, dir: dir, env: os.Environ()}
	u := uri.File(filepath.Join(dir, ".hg", "hg-editor-a.commit.hg.txt"))
	e := startIn(r)
	const text = "net: x\n\nCo-authored-by: Claude <noreply@anthropic.com>\n\nHG: Enter it.\nHG: added x.c\n"
	e.opened(u, "hgcommit", text)
	e.until(u, "signoff-missing", "trailer-forbidden", "disclosure-missing")
	e.change(u, "net: x\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n\nHG: Enter it.\n")
	e.until(u)
	// The file is looked at again.
	must(t, os.WriteFile(filepath.Join(dir, ".colophon.yaml"), []byte("version: 1\nproject: Other\nextends: qemu-decline\n"), 0o666))
	e.until(u, "ai-declined")
}

// The cover letter of a series is asked for nothing; what a project forbids is found.
func TestCoverLetter(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	t.Setenv("TMP", tmp)
	r := newRepo(t, "version: 1\nproject: Example\nextends: qemu-2026-09\n")
	r.stage("x.c", 40)
	const text = "A series\n\nIt does things.\n"
	const forbidden = text + "\n\U0001F916 Generated with [Claude Code](https://claude.com/claude-code)\n"
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: capabilities(), WorkspaceFoldersInitializeParams: inFolder(r)})
	for _, u := range []uri.URI{
		uri.File(filepath.Join(tmp, "b4-k3j2h1g0", "COMMIT_EDITMSG")),
		r.uri(".b4-editork3j2h1g0/COMMIT_EDITMSG"),
		r.uri("v2_20260101_jo_net.cover"),
	} {
		e.opened(u, "gitcommit", text)
		e.until(u)
		e.settle(u)
		if all := e.actions(u, whole, protocol.CodeActionContext{}); len(all) > 0 {
			t.Errorf("offered are %q", titles(all))
		}
		e.change(u, forbidden)
		e.until(u, "footer-forbidden")
		e.close(u)
		e.until(u)
	}
	// A linked work tree may be called so, too.
	r.git("worktree", "add", "-q", filepath.Join(t.TempDir(), "b4-linked"))
	linked := r.uri(".git/worktrees/b4-linked/COMMIT_EDITMSG")
	e.opened(linked, "gitcommit", "x\n\nAI-used-for: code\n")
	e.until(linked, "signoff-missing")
}
