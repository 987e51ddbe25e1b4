package commit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"colophon/attribution"
	"colophon/diagnostics"
)

const aiMessage = "net: x\n\nText.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n"

// numbered is so many lines.
func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "int a%d;\n", i)
	}
	return b.String()
}

// logged writes a working log of git-ai by which AI wrote lines of a.c, whose text was so
// then.
func logged(t *testing.T, folder, text string, first, last int) {
	t.Helper()
	sum := sha256.Sum256([]byte(text))
	name := hex.EncodeToString(sum[:])
	if err := os.MkdirAll(filepath.Join(folder, attribution.Texts), 0o777); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(folder, attribution.Texts, name), text)
	put(t, filepath.Join(folder, attribution.Checkpoints), fmt.Sprintf(
		`{"kind": "AiAgent", "entries": [{"file": "a.c", "blob_sha": "%s", "line_attributions": [{"start_line": %d, "end_line": %d, "author_id": "s_2ce06946efc032::t_1"}]}], "agent_id": {"tool": "claude", "id": "abc", "model": "opus"}, "api_version": "checkpoint/1.0.0"}`+"\n",
		name, first, last))
}

func put(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// stage is a repository with a.c staged, and the folder of the working log for its HEAD.
func stage(t *testing.T, text string) (dir string, env []string, logs string) {
	t.Helper()
	dir, env = scratch(t, "colophon.policy", "qemu-2026-05", "user.name", "Jo Doe", "user.email", "jo@example.org")
	git(t, dir, env, "commit", "-q", "--allow-empty", "-m", "start")
	put(t, filepath.Join(dir, "a.c"), text)
	git(t, dir, env, "add", "a.c")
	return dir, env, filepath.Join(dir, ".git", "ai", attribution.WorkingLogs, headOf(t, dir))
}

func headOf(t *testing.T, dir string) string {
	t.Helper()
	id, err := exec.Command("git", "-C", dir, "rev-parse", "HEAD").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(id))
}

// noted is what is found of a commit in dir: "12 of 40", "whole" for a file whose lines are
// not known, or why a record does not count.
func noted(t *testing.T, dir string, env []string) string {
	t.Helper()
	c := open(t, dir, env, Options{})
	m := c.Parse(aiMessage)
	x, err := contents(t, c, aiMessage)
	if err != nil {
		t.Fatal(err)
	}
	in := c.Input(m, c.Policy().Files(x.Change), x)
	var says []string
	for _, e := range diagnostics.Look(in).Evidence {
		if n := e.Noted; n != nil {
			says = append(says, fmt.Sprintf("%d of %d", n.Lines, n.Of))
			if n.Files[0].Whole {
				says[len(says)-1] = "whole"
			}
		}
	}
	for _, u := range in.Unread {
		says = append(says, u.Source+" "+u.Why)
	}
	return strings.Join(says, ", ")
}

// The lines of a working log are those of the text that it names. What is staged may be
// another one.
func TestWorkingLog(t *testing.T) {
	text := numbered(40)
	_, short, _ := strings.Cut(text, "\n")
	for _, c := range []struct {
		name, then string // the text of the log
		first      int    // of 12 lines
		want       string
	}{
		{"as staged", text, 3, "12 of 40"},
		{"a line in front since", short, 2, "12 of 40"},
		{"a line changed since", strings.Replace(text, "a5;", "b5;", 1), 3, "11 of 40"},
		{"staged in part", text + numbered(5), 35, "6 of 40"},
	} {
		dir, env, logs := stage(t, text)
		logged(t, logs, c.then, c.first, c.first+11)
		if got := noted(t, dir, env); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	// Without that text, it is not known which lines they are.
	dir, env, logs := stage(t, text)
	logged(t, logs, text+"more\n", 1, 12)
	if err := os.RemoveAll(filepath.Join(logs, attribution.Texts)); err != nil {
		t.Fatal(err)
	}
	if got := noted(t, dir, env); got != "whole" {
		t.Errorf("without the text: %q", got)
	}
	// Lines that were there before are none of the change.
	git(t, dir, env, "commit", "-q", "-m", "all")
	put(t, filepath.Join(dir, "a.c"), text+"new\n\n")
	git(t, dir, env, "add", "a.c")
	logged(t, filepath.Join(filepath.Dir(logs), headOf(t, dir)), text+"new\n\n", 30, 42)
	if got := noted(t, dir, env); got != "1 of 1" {
		t.Errorf("one line more: %q", got)
	}
}

func TestWorkingLogElsewhere(t *testing.T) {
	// On a branch without a commit it has a name of its own.
	dir, env := scratch(t, "colophon.policy", "qemu-2026-05", "user.name", "Jo Doe", "user.email", "jo@example.org")
	put(t, filepath.Join(dir, "a.c"), numbered(9))
	git(t, dir, env, "add", "a.c")
	logged(t, filepath.Join(dir, ".git", "ai", attribution.WorkingLogs, attribution.NoCommit), numbered(9), 1, 3)
	if got := noted(t, dir, env); got != "3 of 9" {
		t.Errorf("without a commit: %q", got)
	}
	// A linked work tree has one of its own.
	git(t, dir, env, "commit", "-q", "-m", "start")
	tree := filepath.Join(t.TempDir(), "tree")
	git(t, dir, env, "worktree", "add", "-q", "-b", "other", tree)
	put(t, filepath.Join(tree, "a.c"), numbered(12))
	git(t, tree, env, "add", "a.c")
	head := headOf(t, dir)
	logged(t, filepath.Join(dir, ".git", "ai", attribution.WorkingLogs, head), numbered(12), 10, 12)
	if got := noted(t, tree, env); got != "" {
		t.Errorf("that of the main work tree: %q", got)
	}
	logged(t, filepath.Join(dir, ".git", "ai", "worktrees", "tree", attribution.WorkingLogs, head), numbered(12), 10, 11)
	if got := noted(t, tree, env); got != "2 of 3" {
		t.Errorf("its own: %q", got)
	}
}

// What stands in the place of a record is told once, whatever it is, and never followed.
func TestRecordsOfAnyKind(t *testing.T) {
	private := filepath.Join(t.TempDir(), "private")
	put(t, private, `{"files": {"a.c": [{"start_line": 1, "end_line": 9, "author_id": "abcdef0"}]}}`)
	for name, lay := range map[string]func(file string) error{
		"cut":      func(f string) error { return os.WriteFile(f, []byte(`{"entries": [`), 0o666) },
		"a link":   func(f string) error { return os.Symlink(private, f) },
		"a pipe":   mkfifo,
		"a folder": func(f string) error { return os.Mkdir(f, 0o777) },
		"endless":  func(f string) error { return os.Symlink("/dev/zero", f) },
		"huge": func(f string) error {
			if err := os.WriteFile(f, nil, 0o666); err != nil {
				return err
			}
			return os.Truncate(f, 1<<40)
		},
	} {
		for _, file := range []string{attribution.Initial, attribution.Checkpoints, attribution.TraceFile} {
			dir, env, logs := stage(t, numbered(9))
			where, who := filepath.Join(logs, file), "git-ai "
			if file == attribution.TraceFile {
				where, who = filepath.Join(dir, filepath.FromSlash(file)), "Agent Trace "
			}
			if err := os.MkdirAll(filepath.Dir(where), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := lay(where); err != nil {
				t.Fatal(err)
			}
			if got := noted(t, dir, env); got != who+"cannot be read" && got != who+"is cut short or damaged" && (name != "huge" || got != "" && got != who+"is too large") {
				t.Errorf("%s for %s: %q", name, file, got)
			}
		}
	}
}

// Traces that name no commit are held against the time of HEAD, which git is asked for
// once, also where it has none to tell.
func TestTracesWithoutACommit(t *testing.T) {
	dir, env, _ := stage(t, numbered(9))
	git := filepath.Join(t.TempDir(), "git")
	asked := git + ".asked"
	put(t, git, "#!/bin/sh\ncase \" $* \" in *' --timestamp '*) echo x >>'"+asked+"' ;; esac\nexec git \"$@\"\n")
	if err := os.Chmod(git, 0o700); err != nil {
		t.Fatal(err)
	}
	trace := func(when string) string {
		return `{"version": "0.1.0", "timestamp": "` + when + `", "files": [{"path": "a.c", "conversations": [{"contributor": {"type": "ai"}, "ranges": [{"start_line": 1, "end_line": 2}]}]}]}` + "\n"
	}
	if err := os.Mkdir(filepath.Join(dir, ".agent-trace"), 0o777); err != nil {
		t.Fatal(err)
	}
	for when, want := range map[string]string{"2001-01-01T00:00:00Z": "", "2099-01-01T00:00:00Z": "", time.Now().Add(time.Minute).UTC().Format(time.RFC3339): "2 of 9"} {
		put(t, filepath.Join(dir, filepath.FromSlash(attribution.TraceFile)), strings.Repeat(trace(when), 50))
		if err := os.RemoveAll(asked); err != nil {
			t.Fatal(err)
		}
		c := open(t, dir, env, Options{Git: git})
		m := c.Parse(aiMessage)
		x, err := contents(t, c, aiMessage)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, e := range diagnostics.Look(c.Input(m, c.Policy().Files(x.Change), x)).Evidence {
			got += fmt.Sprintf("%d of %d", e.Noted.Lines, e.Noted.Of)
		}
		if got != want {
			t.Errorf("traces of %s: %q, want %q", when, got, want)
		}
		if text, _ := os.ReadFile(asked); len(text) > len("x\n") {
			t.Errorf("traces of %s: git was asked %d times", when, len(text)/2)
		}
	}
}

// The editor follows: a record that changes is looked at again.
func TestMovedByARecord(t *testing.T) {
	dir, env, logs := stage(t, numbered(9))
	c := open(t, dir, env, Options{})
	if c.Moved() {
		t.Error("moved at once")
	}
	logged(t, logs, numbered(9), 1, 3)
	if !c.Moved() {
		t.Error("a working log is not seen")
	}
}
