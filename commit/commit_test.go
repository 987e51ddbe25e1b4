package commit

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/repository"
)

// scratch is a repository of its own, with nobody's configuration.
func scratch(t *testing.T, config ...string) (dir string, env []string) {
	t.Helper()
	dir = t.TempDir()
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") {
			env = append(env, v)
		}
	}
	env = append(env, "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "SOURCE_DATE_EPOCH=1795478400", "HOME="+dir)
	git(t, dir, env, "init", "-q")
	for i := 0; i+1 < len(config); i += 2 {
		git(t, dir, env, "config", config[i], config[i+1])
	}
	return dir, env
}

func git(t *testing.T, dir string, env []string, args ...string) {
	t.Helper()
	c := exec.Command("git", args...)
	c.Dir, c.Env = dir, env
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

func open(t *testing.T, dir string, env []string, o Options) *Commit {
	t.Helper()
	o.Env = env
	c, err := Open(context.Background(), filepath.Join(dir, ".git", "COMMIT_EDITMSG"), o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What git will do to the message, by configuration and by whether an editor
// writes it. TestGitAgrees has the same cases decided by git.
var cleanups = []struct {
	config   []string
	noEditor bool
	want     message.Cleanup
}{
	{nil, false, message.Strip},
	{nil, true, message.Whitespace},
	{[]string{"commit.cleanup", "default"}, false, message.Strip},
	{[]string{"commit.cleanup", "strip"}, true, message.Strip},
	{[]string{"commit.cleanup", "whitespace"}, false, message.Whitespace},
	{[]string{"commit.cleanup", "verbatim"}, false, message.Verbatim},
	{[]string{"commit.cleanup", "scissors"}, false, message.Scissors},
	{[]string{"commit.cleanup", "scissors"}, true, message.Whitespace},
}

func TestCleanup(t *testing.T) {
	for _, c := range cleanups {
		dir, env := scratch(t, c.config...)
		if c.noEditor {
			env = append(env, "GIT_EDITOR=:") // what git tells its hooks
		}
		if got := open(t, dir, env, Options{Comments: true}).Parse("").Options.Cleanup; got != c.want {
			t.Errorf("%v, no editor %v: %s, not %s", c.config, c.noEditor, got, c.want)
		}
	}
}

const buffer = "\nsubject \n\n\n# remark\n; other\nbody\t\n# ------------------------ >8 ------------------------\n# Do not modify\nbelow\n\n"

// The committed text is what Clean says, for each mode.
func TestGitAgrees(t *testing.T) {
	for _, c := range cleanups {
		dir, env := scratch(t, c.config...)
		env = append(env, "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b")
		file := filepath.Join(dir, "message")
		if err := os.WriteFile(file, []byte(buffer), 0o666); err != nil {
			t.Fatal(err)
		}
		args := []string{"commit", "-q", "--allow-empty", "-F", file}
		if c.noEditor {
			env = append(env, "GIT_EDITOR=:")
		} else {
			env = append(env, "GIT_EDITOR=cp '"+file+"'")
			args = append(args, "--edit", "--verbose") // so that git cuts, as CutGuess takes it to
		}
		git(t, dir, env, args...)
		out, err := exec.Command("git", "-C", dir, "cat-file", "commit", "HEAD").Output()
		if err != nil {
			t.Fatal(err)
		}
		_, want, _ := strings.Cut(string(out), "\n\n")
		m := open(t, dir, env, Options{Comments: true}).Parse(buffer)
		if c.noEditor {
			// Without --verbose git cuts nothing, and only git knows.
			o := m.Options
			o.Cut = message.CutNever
			m = message.Parse(buffer, o)
		}
		if got := m.Clean(); got != want {
			t.Errorf("%v, no editor %v:\n%q\ngit has\n%q", c.config, c.noEditor, got, want)
		}
	}
}

func TestComment(t *testing.T) {
	version, err := repository.Version(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	long := "#" // before 2.45 git knows no comment string
	if version.AtLeast(2, 45) {
		long = "//"
	}
	for _, c := range []struct {
		config []string
		text   string
		want   string
	}{
		{nil, "", "#"},
		{[]string{"core.commentChar", ";"}, "", ";"},
		{[]string{"core.commentString", "//"}, "", long},
		{[]string{"core.commentChar", "auto"}, "x\n; remark\n", ";"},
		{[]string{"core.commentChar", "auto"}, "x\n% ------------------------ >8 ------------------------\n% d\ndiff --git\n", "%"},
		{[]string{"core.commentChar", "auto"}, "x\n", "#"},
	} {
		dir, env := scratch(t, c.config...)
		if got := open(t, dir, env, Options{Comments: true}).Parse(c.text).Options.Comment; got != c.want {
			t.Errorf("%v: %q, not %q", c.config, got, c.want)
		}
	}
}

func TestTrailersOfTheConfiguration(t *testing.T) {
	dir, env := scratch(t, "trailer.separators", ":=", "trailer.fix.key", "Fixes")
	o := open(t, dir, env, Options{Comments: true}).Parse("").Options
	if o.Separators != ":=" || !slices.Equal(o.Keys, []string{"fix", "Fixes"}) {
		t.Errorf("%+v", o)
	}
}

func TestStatement(t *testing.T) {
	dir, env := scratch(t, "colophon.ai", "no")
	if got := open(t, dir, env, Options{}).Stated; got != diagnostics.No {
		t.Errorf("git config: %q", got)
	}
	if got := open(t, dir, env, Options{AI: "yes"}).Stated; got != diagnostics.Yes {
		t.Errorf("the flag must win: %q", got)
	}
}

func TestPeople(t *testing.T) {
	dir, env := scratch(t, "user.name", "Jo", "user.email", "jo@e.org", "author.email", "x@y.z")
	c := open(t, dir, env, Options{})
	if c.Author != (diagnostics.Person{Name: "Jo", Email: "x@y.z"}) || c.Committer != (diagnostics.Person{Name: "Jo", Email: "jo@e.org"}) {
		t.Errorf("%+v %+v", c.Author, c.Committer)
	}
}

// An invalid policy is told, and the commit can still be read.
func TestInvalidPolicy(t *testing.T) {
	dir, env := scratch(t, "colophon.policy", "nonesuch")
	c, err := Open(context.Background(), filepath.Join(dir, ".git", "COMMIT_EDITMSG"), Options{Env: env})
	var invalid *policy.Error
	if !errors.As(err, &invalid) || c == nil || c.Policy() != nil {
		t.Errorf("%v, %v", c, err)
	}
}

func TestOutsideAnyRepository(t *testing.T) {
	c, err := Open(context.Background(), t.TempDir(), Options{Policy: "qemu-decline"})
	if err != nil || c.Repository != nil || c.Policy() == nil {
		t.Errorf("%+v, %v", c, err)
	}
}

// Whatever Open and Staged would see must count as moved.
func TestMoved(t *testing.T) {
	dir, env := scratch(t, "user.email", "a@b")
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"git add", func() { write("a", "a\n"); git(t, dir, env, "add", "a") }},
		{"git config", func() { git(t, dir, env, "config", "colophon.policy", "qemu") }},
		{"a policy appears", func() { write(policy.FileName, "version: 1\n") }},
		{"a policy changes", func() { write(policy.FileName, "version: 1\nproject: X\n") }},
		{"a commit", func() { git(t, dir, env, "-c", "user.name=a", "commit", "-q", "-m", "x") }},
		{"git rm", func() { git(t, dir, env, "rm", "-q", "--cached", "a") }},
	} {
		c := open(t, dir, env, Options{})
		if c.Moved() {
			t.Errorf("before %s something moved by itself", step.name)
		}
		step.do()
		if !c.Moved() {
			t.Errorf("%s: nothing moved", step.name)
		}
	}
}
