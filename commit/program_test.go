package commit

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestOtherProgram(t *testing.T) {
	const many = "JJ: Enter them below.\nJJ: describe 7531b18b15fc -------\none\n\nJJ: describe a5f175acd6f5 -------\ntwo\n"
	for _, c := range []struct {
		path, text string
		name       string // "" is none
		several    bool
	}{
		{"/tmp/editor-143F1D.jjdescription", "net: x\nJJ: describe it well\n", "Jujutsu", false},
		{"/tmp/editor-143F1D.jjdescription", "net: x\n see JJ: describe\n", "Jujutsu", false},
		{"/tmp/editor-143F1D.jjdescription", many, "Jujutsu", true},
		{"/tmp/hg-editor-g0h1petp.commit.hg.txt", many, "Mercurial", false},
		{"/tmp/hg-editor-g0h1petp.txt", "", "Mercurial", false},
		{"/r/.sl/edit-tmp/sl-editor-g0h1petp.commit.sl.txt", "", "Sapling", false},
		{".stgit-edit.txt", "", "StGit", false},
		{"/r/sub/.stgit-edit.patch", "", "StGit", false},
		{".stgit-new.txt", "", "StGit", false},
		{".stgit-squash.txt", "", "StGit", false},
		{".stgit-msg-temp-22213", "", "StGit", false},

		{"/tmp/hg-editor-g0h1petp.histedit.hg.txt", "", "", false},
		{"/tmp/hg-editor-g0h1petp.diff", "", "", false},
		{".stgit-rebase-interactive.txt", "", "", false},
		{".stgit-failed.patch", "", "", false},
		{"/r/.git/COMMIT_EDITMSG", many, "", false},
		{"/r/jjdescription", "", "", false},
		{"notes.txt", "", "", false},
	} {
		name := ""
		if p := programOf(filepath.Base(c.path)); p != nil {
			name = p.name
		}
		if ok, several := OtherProgram(c.path, c.text); name != c.name || ok != (c.name != "") || several != c.several {
			t.Errorf("%s is of %q, and several: %v; want %q, %v", c.path, name, several, c.name, c.several)
		}
	}
}

// kept makes a work tree of another program, as far as can be seen from outside.
func kept(t *testing.T, marker string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, marker, "")
	write(t, dir, ".colophon.yaml", "version: 1\nproject: Example\nextends: qemu-2026-09\n")
	return dir
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

const patchX = `diff --git a/x.c b/x.c
new file mode 100644
index 0000000000..1c99002b20
--- /dev/null
+++ b/x.c
@@ -0,0 +1,2 @@
+int a;
+int b;
`

// What each program leaves of its own text in the buffer, and what the commit holds.
func TestPrograms(t *testing.T) {
	const message = "net: x\n\n# kept by some\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n"
	stripped := strings.Replace(message, "# kept by some\n\n", "", 1)
	jj := message + "\nJJ: Change ID: stnpnomu\nJJ: This commit contains the following changes:\nJJ:     A x.c\n"
	hg := message + "\nHG: Enter a commit message.\nHG: --\nHG: user: jo\nHG: added x.c\n"
	stg := "Patch:  x\nAuthor: Jo <jo@e.org>\nDate:   2026-11-27 14:20:17 +0000\n\n" + message + "\n# Please enter the message.\n"
	for _, c := range []struct {
		what, file, text string
		clean            string
		files            bool
	}{
		{"Jujutsu", "editor-143F1D.jjdescription", jj, message, false},
		{"with its patch", "editor-143F1D.jjdescription", jj + "\nJJ: ignore-rest\n" + patchX + "\nJJ: Lines are removed.\n", message, true},
		{"whatever is behind the mark", "editor-143F1D.jjdescription", message + "JJ: ignore-rest of it\nmore\n", message, false},
		{"with half a patch", "editor-143F1D.jjdescription", jj + "JJ: ignore-rest\n" + patchX[:len(patchX)-20], message, false},
		{"a patch that is text", "editor-143F1D.jjdescription", message + "\n" + patchX, message + "\n" + patchX, false},
		{"Mercurial", "hg-editor-g0h1petp.commit.hg.txt", hg, message, false},
		{"cut", "hg-editor-g0h1petp.commit.hg.txt", hg + "HG: ------------------------ >8 ------------------------\n" + patchX, message, true},
		{"another's comments", "hg-editor-g0h1petp.commit.hg.txt", message + "\nSL: not ours\n", message + "\nSL: not ours\n", false},
		{"Sapling", "sl-editor-g0h1petp.commit.sl.txt", strings.ReplaceAll(hg, "HG:", "SL:"), message, false},
		{"StGit", ".stgit-edit.txt", stg, stripped, false},
		{"with its patch", ".stgit-edit.patch", stg + "# ------------------------ >8 ------------------------\n# Do not touch it.\n" + patchX, stripped, true},
		{"without header lines", ".stgit-edit.txt", strings.SplitN(stg, "\n\n", 2)[1], stripped, false},
		{"an old one", ".stgit-edit.txt", "From: Jo <jo@e.org>\nDate: 2026-11-27\n\n" + message, message, false},
		{"an old one with its patch", ".stgit-edit.patch", "From: Jo <jo@e.org>\nDate: 2026-11-27\n\n" + message + "\n---\n\n x.c | 2 ++\n\n" + patchX, message, true},
		{"an old one, new", ".stgit-new.txt", message, message, false},
		{"a hook's", ".stgit-msg-temp-1", message, message, false},
	} {
		t.Run(c.file+" "+c.what, func(t *testing.T) {
			dir, env := scratch(t, "core.commentChar", "auto", "user.name", "Jo")
			write(t, dir, "staged.c", strings.Repeat("int s;\n", 30))
			git(t, dir, env, "add", "staged.c")
			write(t, dir, ".colophon.yaml", "version: 1\nproject: Example\nextends: qemu-2026-09\n")
			o, err := Open(context.Background(), filepath.Join(dir, c.file), Options{Env: env, Comments: true})
			if err != nil || o.Found == nil {
				t.Fatalf("policy %v, %v", o.Found, err)
			}
			m := o.Parse(c.text)
			if got := m.Clean(); got != c.clean {
				t.Errorf("the message is\n%s\nwant\n%s", got, c.clean)
			}
			contents, err := o.Contents(context.Background(), m, nil)
			if err != nil {
				t.Fatal(err)
			}
			// What is staged is no part of it.
			switch {
			case !c.files && contents != nil:
				t.Errorf("the commit is taken to have %+v", contents.Change)
			case c.files && (contents == nil || len(contents.Change.Files) != 1 || contents.Change.Files[0].Path != "x.c"):
				t.Errorf("the commit has %+v", contents)
			case c.files && (contents.Stale(m) || contents.Ended()):
				t.Error("what is known does not last")
			}
		})
	}
}

// StGit takes core.commentChar for its comments, and knows nothing else of git's.
func TestStGitsComments(t *testing.T) {
	for config, want := range map[string]string{"": "#", ";": ";", "auto": "#", "%%": "%%"} {
		dir, env := scratch(t)
		if config != "" {
			git(t, dir, env, "config", "core.commentChar", config)
		}
		c, err := Open(context.Background(), filepath.Join(dir, ".stgit-edit.txt"), Options{Env: env, Comments: true})
		if err != nil {
			t.Fatal(err)
		}
		if m := c.Parse("x\n; a\n"); m.Options.Comment != want {
			t.Errorf("with core.commentChar %q a comment begins with %q", config, m.Options.Comment)
		}
	}
}

// A buffer in the system's temporary folder is of the work tree where the person works;
// any other is of the one that it lies in. Without git, git is not run.
func TestHome(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	t.Setenv("TMP", tmp) // as Windows has it
	hg, jj, sl := kept(t, ".hg/requires"), kept(t, ".jj/repo/store/type"), kept(t, ".sl/requires")
	write(t, tmp, ".jj/repo", "") // somebody else's
	within := filepath.Join(hg, "a", "b")
	if err := os.MkdirAll(within, 0o777); err != nil {
		t.Fatal(err)
	}
	nowhere := t.TempDir()
	for _, c := range []struct {
		what, file string
		near       []string
		cwd        string
		want       string
	}{
		{"started there", filepath.Join(tmp, "hg-editor-a.commit.hg.txt"), nil, within, hg},
		{"a folder is open", filepath.Join(tmp, "editor-a.jjdescription"), []string{jj}, within, jj},
		{"the temporary folder is open", filepath.Join(tmp, "editor-a.jjdescription"), []string{nowhere, jj}, within, jj},
		{"nothing that is open fits", filepath.Join(tmp, "editor-a.jjdescription"), []string{nowhere}, within, hg},
		{"beside the work", filepath.Join(sl, ".sl", "edit-tmp", "sl-editor-a.commit.sl.txt"), []string{jj}, within, sl},
		{"in the work tree", filepath.Join(within, ".stgit-edit.txt"), []string{jj}, nowhere, hg},
		{"nowhere", filepath.Join(tmp, "editor-a.jjdescription"), nil, nowhere, ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			t.Chdir(c.cwd)
			o, err := Open(context.Background(), c.file, Options{Near: c.near, Comments: true, Git: "git-that-is-not-there"})
			if err != nil {
				t.Fatal(err)
			}
			if o.Root != c.want || o.Repository != nil || (o.Found != nil) != (c.want != "") {
				t.Errorf("it is of %q (%v), policy %v; want %q", o.Root, o.Repository, o.Found, c.want)
			}
			if c.want == "" {
				return
			}
			if o.Moved() {
				t.Error("something moved by itself")
			}
			write(t, c.want, ".colophon.yaml", "version: 1\nproject: Other\nextends: qemu-2026-09\n")
			if !o.Moved() {
				t.Error("it is not seen that the policy has changed")
			}
		})
	}
}

// Where Jujutsu works beside git, the index says nothing of what a description is for;
// what git itself has written is of git's commit all the same.
func TestSharedWorkTree(t *testing.T) {
	dir, env := scratch(t, "colophon.policy", "qemu-2026-09")
	write(t, dir, "staged.c", "int s;\n")
	git(t, dir, env, "add", "staged.c")
	known := func(o Options, path string) bool {
		o.Env, o.Comments = env, true
		c, err := Open(context.Background(), path, o)
		if err != nil {
			t.Fatal(err)
		}
		if c.Found == nil || c.Root == "" {
			t.Errorf("%s: root %q, policy %v", path, c.Root, c.Found)
		}
		contents, err := c.Contents(context.Background(), c.Parse("x\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		return contents != nil
	}
	for _, shared := range []bool{false, true} {
		if shared {
			write(t, dir, ".jj/repo/store/type", "git")
		}
		if got := known(Options{File: "-"}, dir); got == shared {
			t.Errorf("shared %v: of standard input the contents are known: %v", shared, got)
		}
		if !known(Options{}, filepath.Join(dir, ".git", "COMMIT_EDITMSG")) {
			t.Error("what git commits is not known")
		}
		if known(Options{}, filepath.Join(dir, "editor-a.jjdescription")) {
			t.Error("what is staged is taken for what Jujutsu commits")
		}
	}
	// A work tree of another program inside of git's is not git's.
	write(t, dir, "inner/.hg/requires", "")
	c, err := Open(context.Background(), filepath.Join(dir, "inner"), Options{Env: env, Comments: true})
	if err != nil || c.Repository != nil || filepath.Base(c.Root) != "inner" {
		t.Errorf("it is of %q, %v, %v", c.Root, c.Repository, err)
	}
	if out, err := exec.Command("git", "-C", dir, "status", "--short", "--ignored").CombinedOutput(); err != nil || !strings.Contains(string(out), "A  staged.c") {
		t.Errorf("git status: %v\n%s", err, out)
	}
}
