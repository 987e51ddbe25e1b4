package commit

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"colophon/change"
	"colophon/message"
	"colophon/repository"
)

// Entries of git's list, in whatever language.
func TestNames(t *testing.T) {
	for _, c := range []struct {
		entry, path string
		want        bool
	}{
		{"modified:   a.c", "a.c", true},
		{"geändert:       dir/a.c", "dir/a.c", true},
		{"修改：     a.c", "a.c", true},
		{"modified:   a b.c", "a b.c", true},
		{"modified:   xa.c", "a.c", false},
		{"modified:   dir/a.c", "a.c", false},
		{"modified:   dir/a.c", "other/a.c", false},
		{"renamed:    old.c -> new.c", "new.c", true},
		{"renamed:    old.c -> new.c", "old.c", false},
		{"modified:   ../../a.c", "a.c", true},      // from below dir/deep
		{"modified:   a.c", "dir/a.c", true},        // from dir
		{"modified:   ../b/a.c", "dir/b/a.c", true}, // from dir/c
		{"modified:   ../b/a.c", "dir/xb/a.c", false},
		{`new file:   "t\tab"`, "t\tab", true},
		{`new file:   "../\303\274 \"x\""`, "ü \"x\"", true},
		{`new file:   "\377"`, "\xff", true},
		{`new file:   "broken\q"`, "brokenq", false},
		{`"`, "x", false},
		{"untracked.c", "untracked.c", false}, // has no word before it
	} {
		if got := names(c.entry, c.path); got != c.want {
			t.Errorf("%q names %q: %v", c.entry, c.path, got)
		}
	}
}

func TestLeft(t *testing.T) {
	read := func(text string) *left { return readLeft(message.Parse(text, message.Options{})) }
	files := func(paths ...string) *change.Change {
		c := &change.Change{}
		for _, p := range paths {
			c.Files = append(c.Files, change.File{Path: p, Status: change.Modified})
		}
		return c
	}
	const buffer = "Subject\n\n# On branch main\n# Changes:\n#\tmodified:   a\n#\tmodified:   b\n#\n# Not staged:\n#\tmodified:   c\n#\n# Untracked:\n#\td\n"
	l := read(buffer)
	for _, c := range []struct {
		paths []string
		want  fit
	}{
		{[]string{"a", "b"}, same},
		{[]string{"c"}, same + 1},
		{[]string{"d"}, fitless},
		{[]string{"a"}, fitless},
		{[]string{"a", "b", "c"}, fitless},
		{nil, empty},
	} {
		if got := l.fits(files(c.paths...)); got != c.want {
			t.Errorf("%q fits %d, want %d", c.paths, got, c.want)
		}
	}
	part, more, ok := l.listed(files("a", "aa", "b", "z"))
	if !ok || len(part.Files) != 2 || strings.Join(more, " ") != "aa z" {
		t.Errorf("listed: %+v, %q, %v", part, more, ok)
	}
	if _, _, ok := l.listed(files("a")); ok {
		t.Error("a file that git listed is gone, and nobody minds")
	}
	if !l.labelled() || read("x\n# Conflicts:\n#\ta b\n").labelled() {
		t.Error("a list with words before its paths is not told from one without")
	}
	// A rename that git lists as two, because it was told to.
	renamed := files("new")
	renamed.Files[0].Status, renamed.Files[0].From = change.Renamed, "old"
	if got := read("x\n#\tnew file:   new\n#\tdeleted:    old\n").fits(renamed); got != same {
		t.Errorf("a rename in two lines fits %d", got)
	}
	// Hostile: very many lines must not take the square of the time.
	long := strings.Repeat("#\tmodified:   a\n", 200_000)
	begin := time.Now()
	read("x\n\n" + long).fits(files("b"))
	if d := time.Since(begin); d > 5*time.Second {
		t.Errorf("a list of 200,000 lines took %v", d)
	}
}

func contents(t *testing.T, c *Commit, text string) (*Contents, error) {
	t.Helper()
	return c.Contents(context.Background(), c.Parse(text), nil)
}

// slowGit is a git that tells diff-index slowly.
func slowGit(t *testing.T, instead string) {
	t.Helper()
	real, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	script := "#!/bin/sh\nfor a in \"$@\"; do [ \"$a\" = diff-index ] && { " + instead + " }; done\nexec '" + real + "' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(dir, "git"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

func TestTimeLimit(t *testing.T) {
	const records = `printf ':100644 100644 1111111 2222222 M\0a\0:100644 100644 1111111 2222222 M\0b\0001\t0\ta\0002\t0\tb\0\0'`
	for _, c := range []struct {
		name, instead, doubt string
		files                int
		late                 bool
	}{
		{"nothing is told", "sleep 60; exit;", "Git took too long to tell what this commit contains, so nothing of it is counted.", 0, true},
		{"the lines are not told", records + `; printf 'diff --git a/a b/a\n@@ -0,0 +1 @@\n+x\n'; sleep 60; exit;`, "Git took too long, so not all lines of this commit are counted.", 2, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, env := scratch(t)
			slowGit(t, c.instead)
			commit := open(t, dir, env, Options{Comments: true, TimeLimit: 500 * time.Millisecond})
			begin := time.Now()
			now, err := contents(t, commit, "Subject\n")
			if errors.Is(err, repository.ErrTimeLimit) != c.late || now.Doubt != c.doubt {
				t.Errorf("%q, %v", now.Doubt, err)
			}
			if d := time.Since(begin); d > 20*time.Second {
				t.Errorf("it took %v", d)
			}
			if c.files == 0 {
				return
			}
			f := now.Change.Files
			if len(f) != c.files || f[0].Partial || f[0].Lines.Changed != 1 || !f[1].Partial || f[1].Added != 2 {
				t.Errorf("files %+v", f)
			}
		})
	}
}

// An index that another process is just writing, or has left half written.
func TestHalfWrittenIndex(t *testing.T) {
	dir, env := scratch(t)
	if err := os.WriteFile(filepath.Join(dir, "a"), []byte("1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	git(t, dir, env, "add", "a")
	index := filepath.Join(dir, ".git", "index")
	whole, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	commit := open(t, dir, env, Options{Comments: true})
	before, err := contents(t, commit, "Subject\n")
	if err != nil || len(before.Change.Files) != 1 {
		t.Fatalf("%+v, %v", before, err)
	}
	for n := range whole {
		if err := os.WriteFile(index+".lock", whole[:n], 0o666); err != nil {
			t.Fatal(err)
		}
		if locked := commit.Repository.Locked(); len(locked) > 0 {
			t.Fatalf("%d bytes of %d are taken for an index", n, len(whole))
		}
	}
	for _, n := range []int{0, 1, 12, len(whole) / 2, len(whole) - 1} {
		if err := os.WriteFile(index, whole[:n], 0o666); err != nil {
			t.Fatal(err)
		}
		now, err := contents(t, commit, "Subject\n")
		if err == nil || now.Change != nil || now.Doubt == "" {
			t.Errorf("%d bytes: %+v, %v", n, now, err)
		}
	}
	if err := os.WriteFile(index+".lock", whole, 0o666); err != nil {
		t.Fatal(err)
	}
	if locked := commit.Repository.Locked(); len(locked) != 1 {
		t.Errorf("a whole index is not found: %+v", locked)
	}
}

// What a stranger cannot tell he says, and he stays with it.
func TestLooksLikeAnAmend(t *testing.T) {
	dir, env := scratch(t, "user.name", "a", "user.email", "a@b")
	write := func(name string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("1\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		git(t, dir, env, "add", name)
	}
	write("one")
	git(t, dir, env, "commit", "-qm", "Subject")
	o := Options{Comments: true, Blind: true}
	commit := open(t, dir, env, o)
	now, err := contents(t, commit, "Subject\n")
	if err != nil || len(now.Change.Files) != 1 || !strings.HasPrefix(now.Doubt, "This looks like an amend of ") {
		t.Errorf("only the message: %+v, %v", now, err)
	}
	write("two")
	later, err := open(t, dir, env, o).Contents(context.Background(), commit.Parse("Another subject\n"), now)
	if err != nil || len(later.Change.Files) != 2 || later.Doubt != now.Doubt {
		t.Errorf("one more staged: %+v, %v", later, err)
	}
	now, err = contents(t, open(t, dir, env, o), "Subject\n")
	if err != nil || len(now.Change.Files) != 1 || !strings.HasPrefix(now.Doubt, "Counting what is staged; this looks like an amend of ") {
		t.Errorf("with something staged: %+v, %v", now, err)
	}
	now, err = contents(t, open(t, dir, env, o), "New\n")
	if err != nil || len(now.Change.Files) != 1 || now.Doubt != "" {
		t.Errorf("a new commit: %+v, %v", now, err)
	}
}

// The commit box is open for the next commit as soon as one is made, also while the text
// of that one is still in it.
func TestBoxAfterItsCommit(t *testing.T) {
	dir, env := scratch(t, "user.name", "a", "user.email", "a@b")
	if err := os.WriteFile(filepath.Join(dir, "one"), []byte("1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	git(t, dir, env, "add", "one")
	look := func(before *Contents) *Contents {
		t.Helper()
		c, err := Open(context.Background(), dir, Options{Env: env})
		if err != nil {
			t.Fatal(err)
		}
		now, err := c.Contents(context.Background(), c.Parse("Subject\n"), before)
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	before := look(nil)
	if len(before.Change.Files) != 1 {
		t.Fatalf("staged is %+v", before.Change)
	}
	git(t, dir, env, "commit", "-qm", "Subject")
	if after := look(before); len(after.Change.Files) > 0 || after.Doubt != "" {
		t.Errorf("after the commit there is %+v, %q", after.Change, after.Doubt)
	}
}

func BenchmarkMoved(b *testing.B) {
	dir := b.TempDir()
	cmd := exec.Command("git", "init", "-q", dir)
	if err := cmd.Run(); err != nil {
		b.Fatal(err)
	}
	c, err := Open(context.Background(), filepath.Join(dir, ".git", "COMMIT_EDITMSG"), Options{Comments: true})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if c.Moved() {
			b.Fatal("nothing moved")
		}
	}
}
