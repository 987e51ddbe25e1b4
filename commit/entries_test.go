package commit

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"colophon/change"
	"colophon/message"
	"colophon/repository"
)

// names tells whether an entry of git's list names a path, seen from any folder.
func names(text, path string) bool {
	e, ok := readEntry(text)
	d := anywhere
	if ok {
		_, ok = e.hit(&d, path, "")
	}
	return ok
}

// editorBuffer is what git shows to the editor in a folder of the repository.
func editorBuffer(t *testing.T, dir string, env []string, in string, args ...string) string {
	t.Helper()
	saved := filepath.Join(t.TempDir(), "buffer")
	c := exec.Command("git", append([]string{"commit"}, args...)...)
	c.Dir, c.Env = filepath.Join(dir, in), append(slices.Clone(env), "GIT_EDITOR=f() { cp \"$1\" '"+saved+"'; false; }; f")
	out, err := c.CombinedOutput()
	text, missing := os.ReadFile(saved)
	if err == nil || missing != nil {
		t.Fatalf("git commit %q shows no editor: %v\n%s", args, err, out)
	}
	return string(text)
}

// listedBy is what git says itself, in the order of the paths.
func listedBy(t *testing.T, dir string, env []string, args ...string) []string {
	t.Helper()
	c := exec.Command("git", args...)
	c.Dir, c.Env = dir, env
	out, err := c.Output()
	if err != nil {
		t.Fatalf("git %q: %v", args, err)
	}
	paths := strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 })
	slices.Sort(paths)
	return paths
}

var odd = []string{"a.c", "dir/x.c", "dir/deep/x.c", "x.c", "a b.c", " lead.c", "dir/ lead.c", "x: y", "new file:   z", "a -> b", "t\tab", `q"uote`, "ü.c", "\xff.c", "dir/ü -> \t"}

// Git's own buffers, against git's own lists.
func TestEntriesAreGits(t *testing.T) {
	all := []string{"add", "-A"}
	for _, c := range []struct {
		name   string
		config []string
		do     [][]string // after which what was staged is part of the commit
		in     string
		args   []string
		crlf   bool
		none   bool
	}{
		{name: "odd names", do: [][]string{all}},
		{name: "one of each kind", do: [][]string{{"mv", "a.c", "new.c"}, {"rm", "-q", "-f", "x.c"}, {"add", "dir"}}},
		{name: "renames with arrows", do: [][]string{{"mv", "a -> b", "b -> c"}, {"mv", "x: y", "dir/x: z -> y"}, {"mv", "t\tab", "t\t -> b"}}},
		{name: "renames are not looked for", config: []string{"status.renames", "false", "diff.renames", "false"}, do: [][]string{{"mv", "a.c", "new.c"}, {"mv", "a -> b", "b -> c"}}},
		{name: "copies", config: []string{"status.renames", "copies", "diff.renames", "copies"}, do: [][]string{{"mv", "a.c", "new.c"}, {"add", "dir"}}},
		{name: "below", in: "dir", do: [][]string{all}},
		{name: "deep below", in: "dir/deep", do: [][]string{all, {"mv", "a -> b", "dir/b"}}},
		{name: "below, one file", in: "dir", do: [][]string{{"add", "dir/x.c"}}},
		{name: "below, one file of the same name above", in: "dir/deep", do: [][]string{{"add", "x.c"}}},
		{name: "below, with whole paths", in: "dir", config: []string{"status.relativePaths", "false"}, do: [][]string{all}},
		{name: "no list", config: []string{"commit.status", "false"}, do: [][]string{all}, none: true},
		{name: "verbose", do: [][]string{all}, args: []string{"-v"}},
		{name: "twice as verbose", do: [][]string{{"add", "a.c"}}, args: []string{"-vv"}},
		{name: "scissors", config: []string{"commit.cleanup", "scissors"}, do: [][]string{all}},
		{name: "scissors and verbose", config: []string{"commit.cleanup", "scissors"}, do: [][]string{all}, args: []string{"-v"}},
		{name: "whitespace", config: []string{"commit.cleanup", "whitespace"}, do: [][]string{all}},
		{name: "semicolon", config: []string{"core.commentChar", ";"}, do: [][]string{all}},
		{name: "automatic", config: []string{"core.commentChar", "auto"}, do: [][]string{all}, args: []string{"-e", "-m", "# a heading\n\n#\tmodified:   mine"}},
		{name: "every path quoted less", config: []string{"core.quotePath", "false"}, do: [][]string{all}},
		{name: "Windows lines", do: [][]string{all}, crlf: true},
		{name: "all tracked", args: []string{"-a"}},
		{name: "amend", do: [][]string{{"add", "a.c"}}, args: []string{"--amend"}},
		{name: "changed type", do: [][]string{{"update-index", "--cacheinfo", "120000,HASH,a.c"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, env := oddRepository(t, c.config)
			for _, args := range c.do {
				for i := range args {
					args[i] = strings.Replace(args[i], "HASH", listedBy(t, dir, env, "rev-parse", "HEAD:a.c")[0][:40], 1)
				}
				git(t, dir, env, args...)
			}
			text := editorBuffer(t, dir, env, c.in, c.args...)
			if c.crlf {
				text = strings.ReplaceAll(text, "\n", "\r\n")
			}
			if slices.Contains(c.args, "-a") {
				git(t, dir, env, "add", "-u") // as git has it in the index that is gone by now
			}
			base := []string{"diff", "--cached", "-z", "--name-only", "HEAD"}
			source := repository.Source{Base: repository.Head}
			if slices.Contains(c.args, "--amend") {
				base[4] = "HEAD^"
				source.Base = repository.Parent
			}
			commit := open(t, dir, env, Options{Comments: true})
			source.Index = commit.Repository.Index()
			ch, err := commit.Repository.Diff(context.Background(), source, nil)
			if err != nil {
				t.Fatal(err)
			}
			m := commit.Parse(text)
			entries := commit.Entries(m, ch)
			if c.none {
				if len(entries) > 0 {
					t.Errorf("%+v", entries)
				}
				return
			}
			var got, rest []string
			for _, e := range entries {
				shown := unquoted(m.Slice(e.Span))
				if e.File == nil {
					rest = append(rest, e.Path)
					continue
				}
				got = append(got, e.Path)
				if e.Path != e.File.Path || !strings.HasSuffix(e.Path, strings.ReplaceAll(shown, "../", "")) {
					t.Errorf("%q stands for %q, the file is %q", shown, e.Path, e.File.Path)
				}
				if old := unquoted(m.Slice(e.From)); e.From.Len() > 0 != (e.File.From != "" && shown != "" && strings.Contains(text, arrow)) && !slices.Contains(c.config, "false") {
					t.Errorf("%q was %q, but the file was %q", shown, old, e.File.From)
				} else if e.From.Len() > 0 && !strings.HasSuffix(e.File.From, strings.ReplaceAll(old, "../", "")) {
					t.Errorf("the old path %q stands for %q", old, e.File.From)
				}
			}
			want := listedBy(t, dir, env, base...)
			if slices.Contains(c.config, "false") && c.config[0] == "status.renames" {
				want = listedBy(t, dir, env, append(base, "--no-renames")...)
			}
			if !slices.Equal(got, want) {
				t.Errorf("the entries are of %q, git says %q", got, want)
			}
			if slices.Contains(c.args, "-a") {
				return
			}
			others := append(listedBy(t, dir, env, "diff", "-z", "--name-only"), listedBy(t, dir, env, "ls-files", "-z", "-o")...)
			slices.Sort(rest)
			slices.Sort(others)
			rest = slices.DeleteFunc(rest, func(p string) bool { return p == "mine" || p == "" })
			for _, p := range rest {
				if !slices.Contains(others, p) {
					t.Errorf("%q is in a list of what is not committed; git says %q", p, others)
				}
			}
			if c.in == "" && len(rest) != len(others) {
				t.Errorf("other lists have %q, git says %q", rest, others)
			}
		})
	}
}

// oddRepository has a commit of files with odd names, changes in each of them, and
// some that are not tracked.
func oddRepository(t *testing.T, config []string) (dir string, env []string) {
	t.Helper()
	dir, env = scratch(t, config...)
	env = append(env, "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b")
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("base", "base\n")
	git(t, dir, env, "add", "-A")
	git(t, dir, env, "commit", "-q", "-m", "base")
	for _, name := range odd {
		write(name, strings.Repeat(name+"\n", 10))
	}
	git(t, dir, env, "add", "-A")
	git(t, dir, env, "commit", "-q", "-m", "odd")
	for _, name := range odd {
		write(name, strings.Repeat(name+"\n", 10)+"more\n")
	}
	write("un: tracked", "")
	write("dir/untracked", "")
	return dir, env
}

// A buffer in another language and one of a merge with a conflict.
func TestEntriesOfOtherBuffers(t *testing.T) {
	ch := func(files ...change.File) *change.Change { return &change.Change{Files: files} }
	file := func(path string) change.File { return change.File{Path: path, Status: change.Modified} }
	for _, c := range []struct {
		name, text string
		change     *change.Change
		want       string // path, * where it is of the change
	}{
		{"German", "\n# Zum Commit vorgemerkte Änderungen:\n#\tneue Datei:     ü\n#\tgeändert:       x: y\n#\n# Unversionierte Dateien:\n#\ta: b\n", ch(file("x: y"), file("ü")), "ü|x: y|a: b"},
		{"German, in git's order", "\n# Zum Commit vorgemerkte Änderungen:\n#\tgeändert:       x: y\n#\tneue Datei:     ü\n#\n# Unversionierte Dateien:\n#\ta: b\n", ch(file("x: y"), file("ü")), "*x: y|*ü|a: b"},
		{"Chinese", "\n# 要提交的变更：\n#\t修改：     a\n#\t新文件：   b\n#\n# 未跟踪的文件:\n#\tc: d\n", ch(file("a"), file("b")), "*a|*b|c: d"},
		{"Spanish, one blank", "\n# Cambios a ser confirmados:\n#\tnuevos archivos: a\n", ch(file("a")), "*a"},
		{"nothing is known", "\n#\tmodified:   ../a\n#\tmodified:   b -> c\n", nil, "../a|c"},
		{"conflicts", "Merge\n\n# Conflicts:\n#\tx: y\n#\n#\n# Changes to be committed:\n#\tmodified:   x: y\n", ch(file("x: y")), "y|*x: y"},
		{"a conflict of a name with blanks", "Merge\n\n# Conflicts:\n#\tx y\n", ch(file("y")), "x y"},
		{"less than is staged", "\n#\tmodified:   b\n#\n#\tmodified:   c\n", ch(file("a"), file("b"), file("c")), "*b|c"},
		{"more than is staged", "\n#\tmodified:   a\n#\tmodified:   b\n#\n# Others:\n#\tmodified:   c\n", ch(file("c"), file("d")), "a|b|c"},
		{"less, from below", "\n#\tmodified:   ../a/x\n#\tmodified:   x\n#\n#\tz\n", ch(file("a/x"), file("b/x"), file("c/x")), "*a/x|*b/x|b/z"},
		{"where it was started is not told", "\n#\tmodified:   ../a\n#\n#\tz\n#\t../y\n", ch(file("a")), "*a||y"},
		{"a rename that nobody looked for", "\n#\trenamed:    a -> b\n", ch(file("b")), "*b"},
	} {
		m := message.Parse(c.text, message.Options{})
		var got []string
		for _, e := range (&Commit{}).Entries(m, c.change) {
			path := e.Path
			if e.File != nil {
				path = "*" + path
			}
			got = append(got, path)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

// However long the lists and the change are, each is read a few times only. Every list
// against every file would take minutes; a machine that is busy takes seconds.
func TestEntriesAreLinear(t *testing.T) {
	for _, c := range []struct {
		name  string
		text  func(i int) string
		found bool
	}{
		{"all", func(i int) string { return fmt.Sprintf("#\tmodified:   %s\n", numberedPath(i)) }, true},
		{"all but one", func(i int) string {
			if i == 0 {
				return ""
			}
			return fmt.Sprintf("#\tmodified:   %s\n", numberedPath(i))
		}, true},
		{"quoted, none is there", func(i int) string { return fmt.Sprintf("#\tmodified:   \"%s\\n\"\n", numberedPath(i)) }, false},
		{"as many lists as files", func(i int) string { return fmt.Sprintf("#\tmodified:   other-%d\n#\n", i) }, false},
		{"always the same", func(int) string { return "#\tmodified:   ../file-000099.c -> b -> c -> d\n" }, false},
		{"one long entry", func(i int) string {
			if i == 0 {
				return "#\tmodified:   \""
			}
			return "\\n -> "
		}, false},
	} {
		const n = 50_000
		ch := &change.Change{}
		var text strings.Builder
		text.WriteString("\n")
		for i := range n {
			ch.Files = append(ch.Files, change.File{Path: numberedPath(i), Status: change.Modified})
			text.WriteString(c.text(i))
		}
		m := message.Parse(text.String(), message.Options{})
		begin := time.Now()
		entries := (&Commit{}).Entries(m, ch)
		alone := time.Since(begin)
		left := readLeft(m)
		left.fits(ch)
		_, _, listed := left.listed(ch)
		took := time.Since(begin)
		t.Logf("%s: %v, all together %v", c.name, alone, took)
		if found := entries[0].File != nil; found != c.found || listed != c.found {
			t.Errorf("%s: found %v, %v", c.name, found, listed)
		}
		if took > 40*time.Second {
			t.Errorf("%s: %v", c.name, took)
		}
	}
}

func numberedPath(i int) string { return fmt.Sprintf("some/folder/of/a/tree/file-%06d.c", i) }

func FuzzEntries(f *testing.F) {
	f.Add("\n#\tmodified:   a -> b\n#\n#\t\"x\\t\"\n", "b", "a")
	f.Add("\n#\tnew file:   ../x: y\r\n#\t修改： z", "d/x: y", "")
	f.Add("# ------------------------ >8 ------------------------\n#\trenamed: a\ndiff --git a/a b/a\n", "a", "")
	f.Fuzz(func(t *testing.T, text, path, from string) {
		m := message.Parse(text, message.Options{})
		last := 0
		for _, e := range (&Commit{}).Entries(m, &change.Change{Files: []change.File{{Path: path, From: from}, {Path: "x"}}}) {
			if e.From.Len() > 0 && (e.From.Start < last || e.From.End > e.Span.Start) || e.Span.Start < last || e.Span.End < e.Span.Start || e.Span.End > len(text) {
				t.Fatalf("%+v behind %d", e, last)
			}
			last = e.Span.End
		}
	})
}

// A merge whose conflicts are resolved: git lists them without words, above what will
// be committed.
func TestEntriesOfAMerge(t *testing.T) {
	dir, env := oddRepository(t, nil)
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	git(t, dir, env, "reset", "-q", "--hard")
	git(t, dir, env, "branch", "other")
	for _, side := range []string{"ours", "theirs"} {
		write("x: y", side+"\n")
		write("a -> b", side+"\n")
		if side == "theirs" {
			write("t\tab", side+"\n")
		}
		git(t, dir, env, "commit", "-q", "-a", "-m", side)
		git(t, dir, env, "tag", side)
		git(t, dir, env, "checkout", "-q", "other")
	}
	cmd := exec.Command("git", "merge", "-q", "ours")
	cmd.Dir, cmd.Env = dir, env
	if out, err := cmd.CombinedOutput(); err == nil {
		t.Fatalf("no conflict:\n%s", out)
	}
	write("x: y", "both\n")
	write("a -> b", "both\n")
	git(t, dir, env, "add", "-u")
	text := editorBuffer(t, dir, env, "")
	c := open(t, dir, env, Options{Comments: true})
	ch, err := c.Repository.Diff(context.Background(), repository.Source{Index: c.Repository.Index(), Base: repository.Head}, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := c.Parse(text)
	var got []string
	for _, e := range c.Entries(m, ch) {
		if e.File != nil {
			got = append(got, fmt.Sprint(e.List, " ", e.Path))
		} else {
			got = append(got, e.Path)
		}
	}
	want := "a -> b|x: y|1 a -> b|1 x: y|dir/untracked|un: tracked"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("%q, want %q\n%s", s, want, text)
	}
}
