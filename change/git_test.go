package change_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"colophon/change"
)

// sandbox is a repository, and git free of this machine's settings.
type sandbox struct {
	t        *testing.T
	dir, out string // out is what the editor was given
	config   []string
}

func newSandbox(t *testing.T, format string) *sandbox {
	t.Helper()
	dir := t.TempDir()
	s := &sandbox{t: t, dir: filepath.Join(dir, "work"), out: filepath.Join(dir, "out")}
	if err := os.Mkdir(s.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	s.git("init", "-q", "-b", "main", "--object-format="+format)
	return s
}

func (s *sandbox) command(args ...string) *exec.Cmd {
	for _, c := range s.config {
		args = append([]string{"-c", c}, args...)
	}
	cmd := exec.Command("git", args...)
	cmd.Dir = s.dir
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") && !strings.HasPrefix(v, "EMAIL=") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "LC_ALL=C",
		"GIT_AUTHOR_NAME=A U Thor", "GIT_AUTHOR_EMAIL=author@example.org",
		"GIT_COMMITTER_NAME=C O Mitter", "GIT_COMMITTER_EMAIL=committer@example.org",
		// The file as git has it, and no commit.
		"OUT="+s.out, `GIT_EDITOR=f() { cp "$1" "$OUT"; exit 1; }; f`)
	return cmd
}

func (s *sandbox) git(args ...string) string {
	s.t.Helper()
	return s.gitWith("", args...)
}

func (s *sandbox) gitWith(stdin string, args ...string) string {
	s.t.Helper()
	cmd := s.command(args...)
	cmd.Stdin = strings.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("git %q: %v\n%s", args, err, stderr.Bytes())
	}
	return string(out)
}

// stage puts a file into the index alone, so that its name may be any.
func (s *sandbox) stage(mode, name, text string) {
	s.t.Helper()
	id := text
	switch {
	case mode == "0":
		id = strings.Repeat("0", len(strings.TrimSpace(s.gitWith("", "hash-object", "--stdin"))))
	case mode != "160000":
		id = strings.TrimSpace(s.gitWith(text, "hash-object", "-w", "--stdin"))
	}
	s.gitWith(mode+" "+id+"\t"+name+"\x00", "update-index", "-z", "--index-info")
}

// staged is what the patches are compared with.
func (s *sandbox) staged(find ...string) *change.Change {
	s.t.Helper()
	args := append([]string{"diff-index", "--cached", "--raw", "--numstat", "-z", "-p", "-U0"}, find...)
	c, err := change.Read(strings.NewReader(s.git(append(args, "HEAD", "--")...)))
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// verbose is what `git commit` puts below the scissors, from the first file on.
func (s *sandbox) verbose(args ...string) string {
	s.t.Helper()
	os.Remove(s.out)
	if out, err := s.command(append([]string{"commit"}, args...)...).CombinedOutput(); err == nil {
		s.t.Fatalf("git commit: %s", out)
	}
	b, err := os.ReadFile(s.out)
	if err != nil {
		s.t.Fatal(err)
	}
	_, below, ok := strings.Cut(string(b), " >8 ---")
	_, patch, ok2 := strings.Cut(below, "\ndiff --git ")
	if !ok || !ok2 {
		s.t.Fatalf("no patch in\n%s", b)
	}
	return "diff --git " + patch
}

// numbers are lines; those of the list are others.
func numbers(from, to int, other ...int) string {
	var b strings.Builder
	for n := from; n <= to; n++ {
		text := fmt.Sprintf("the line with number %d\n", n)
		for _, o := range other {
			if o == n {
				text = fmt.Sprintf("another one, %d\n", n)
			}
		}
		b.WriteString(text)
	}
	return b.String()
}

type entry struct{ mode, name, text string }

var gitCases = []struct {
	name          string
	before, after []entry // mode 0 takes a file away
	copies        bool
}{
	{name: "added", after: []entry{{"100644", "new", "a\n\n \t\nb\n"}, {"100755", "d/run", "#!\n"}}},
	{name: "modified",
		before: []entry{{"100644", "f", numbers(1, 40)}},
		after:  []entry{{"100644", "f", numbers(3, 44, 6, 10, 11, 30)}}},
	{name: "adjacent hunks",
		before: []entry{{"100644", "f", numbers(1, 20)}},
		after:  []entry{{"100644", "f", numbers(1, 20, 4, 6, 8, 9, 11, 18, 20)}}},
	{name: "blank lines",
		before: []entry{{"100644", "f", "a\n\nb\n\n\nc\n"}},
		after:  []entry{{"100644", "f", "a\n\n\t\nb\n\v\n\nd\n\f\r\n"}}},
	{name: "CRLF",
		before: []entry{{"100644", "f", "a\r\n\r\nb\r\n"}},
		after:  []entry{{"100644", "f", "a\r\n\r\nc\r\n\r\n"}}},
	{name: "content like a patch",
		before: []entry{{"100644", "f", "-- a/f\n-- \n@@ -1 +1 @@\ndiff --git a/x b/x\n"}},
		after:  []entry{{"100644", "f", "++ b/f\n-- \n@@ -2 +2 @@\n* Unmerged path\n# ---\n\\ No newline\n"}}},
	{name: "deleted", before: []entry{{"100644", "f", numbers(1, 5)}}, after: []entry{{"0", "f", ""}}},
	{name: "renamed", before: []entry{{"100644", "f", numbers(1, 5)}}, after: []entry{{"0", "f", ""}, {"100644", "d/g", numbers(1, 5)}}},
	{name: "renamed with edits",
		before: []entry{{"100644", "f", numbers(1, 40)}},
		after:  []entry{{"0", "f", ""}, {"100755", "g", numbers(1, 40, 7, 9)}}},
	{name: "reordered and renamed",
		before: []entry{{"100644", "f", numbers(1, 10) + numbers(20, 30)}},
		after:  []entry{{"0", "f", ""}, {"100644", "g", numbers(20, 30) + numbers(1, 10)}}},
	{name: "renamed with odd names",
		before: []entry{{"100644", "a b\tc", numbers(1, 40)}, {"100644", "\xff", numbers(50, 90)}},
		after:  []entry{{"0", "a b\tc", ""}, {"100644", "d \"e\"", numbers(1, 40, 7)}, {"0", "\xff", ""}, {"100644", "b/\xfe ", numbers(50, 90)}}},
	{name: "copied", copies: true,
		before: []entry{{"100644", "f", numbers(1, 40)}, {"100644", "g", numbers(60, 90)}},
		after:  []entry{{"100644", "f", numbers(1, 40, 3)}, {"100644", "f2", numbers(1, 40, 7, 9)}, {"100644", "g", numbers(60, 91)}, {"100644", "g2", numbers(60, 90)}}},
	{name: "mode", before: []entry{{"100644", "a b", "x\n"}}, after: []entry{{"100755", "a b", "x\n"}}},
	{name: "mode and content", before: []entry{{"100644", "f", "x\n"}}, after: []entry{{"100755", "f", "y\n"}}},
	{name: "file to link", before: []entry{{"100644", "f", "x\ny\n"}}, after: []entry{{"120000", "f", "x"}}},
	{name: "link to file", before: []entry{{"120000", "f", "x"}}, after: []entry{{"100755", "f", "x\ny\n"}}},
	{name: "empty file to link", before: []entry{{"100644", "f", ""}}, after: []entry{{"120000", "f", "x"}}},
	{name: "the same as a link", before: []entry{{"100644", "f", "x"}}, after: []entry{{"120000", "f", "x"}}},
	{name: "link to binary", before: []entry{{"120000", "f", "x"}}, after: []entry{{"100644", "f", "\x00\n"}}},
	{name: "file to submodule", before: []entry{{"100644", "f", "x\n"}}, after: []entry{{"160000", "f", "1234"}}},
	{name: "binary",
		before: []entry{{"100644", "f", "\x00\n"}, {"100644", "gone b", "\x00"}},
		after:  []entry{{"100644", "f", "\x00\x01\n"}, {"100644", "new", "\x00\n\n"}, {"0", "gone b", ""}}},
	{name: "empty", before: []entry{{"100644", "gone", ""}}, after: []entry{{"0", "gone", ""}, {"100755", "new name", ""}}},
	{name: "emptied", before: []entry{{"100644", "f", "x\n"}, {"100644", "g", ""}}, after: []entry{{"100644", "f", ""}, {"100644", "g", "y\n"}}},
	{name: "no newline at the end",
		before: []entry{{"100644", "f", "a\nb"}, {"100644", "g", "a\nb"}, {"100644", "h", "a\nb\n"}},
		after:  []entry{{"100644", "f", "a\nb\n"}, {"100644", "g", "a\nc"}, {"100644", "h", "a\nb"}}},
	{name: "odd names",
		before: []entry{{"100644", "both  blanks ", "x\n"}, {"100644", "-dash", "x\n"}, {"100644", "a/b/a", "x\n"}, {"100644", "b/x b/x", "x\n"}},
		after: []entry{
			{"100644", "both  blanks ", "y\n"}, {"0", "-dash", ""}, {"100644", "a/b/a", "y\n"}, {"100644", "b/x b/x", "y\n"},
			{"100644", "--", "1\n"}, {"100644", "tab\tnew\nline\rall", "2\n"}, {"100644", `quote"back\`, "3\n"}, {"100644", "\"quoted\" b", "4\n"},
			{"100644", "a\xe4\xff b", "5\n"}, {"100644", "ä \"ö", "6\n"}, {"100644", "\x01\x7f\a\b\v\f", "7\n"}, {"100755", "dev/null", "8\n"},
			{"100644", "c/f", "9\n"}, {"100644", "i/f", "10\n"}, {"100644", "d", ""}, {"100644", "e e", "\x00"},
			{"100644", strings.Repeat("long/", 700) + "ä", "11\n"},
		}},
	{name: "submodule", before: []entry{{"160000", "s t", "1234"}}, after: []entry{{"160000", "s t", "5678"}, {"160000", "new", "9abc"}}},
}

func TestPatchesOfGit(t *testing.T) {
	for _, format := range []string{"sha1", "sha256"} {
		for _, c := range gitCases {
			t.Run(format+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				s := newSandbox(t, format)
				all := func(entries []entry) {
					for _, e := range entries {
						if e.mode == "160000" {
							e.text = strings.Repeat(e.text, map[string]int{"sha1": 10, "sha256": 16}[format])
						}
						s.stage(e.mode, e.name, e.text)
					}
				}
				s.stage("100644", "other", "x\n")
				all(c.before)
				s.git("commit", "-q", "-m", "A commit")
				all(c.after)
				s.comparePatches(c.copies)
			})
		}
	}
}

// Everything at once, in another order than git's.
func TestPatchOfEverything(t *testing.T) {
	s := newSandbox(t, "sha1")
	folder := func(i int, entries []entry) {
		for _, e := range entries {
			if e.mode == "160000" {
				e.text = strings.Repeat(e.text, 10)
			}
			s.stage(e.mode, fmt.Sprintf("%d/%s", i, e.name), e.text)
		}
	}
	for i, c := range gitCases {
		folder(i, c.before)
	}
	s.stage("100644", "other", "x\n")
	s.git("commit", "-q", "-m", "A commit")
	for i, c := range gitCases {
		folder(i, c.after)
	}
	s.comparePatches(false)
	order := filepath.Join(t.TempDir(), "order")
	if err := os.WriteFile(order, []byte("9*\n1*\n5/*\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	want := s.staged("-M")
	s.config = []string{"diff.orderFile=" + order}
	got := s.readPatch("ordered", s.verbose("-v"))
	if got.Files[0].Path == want.Files[0].Path {
		t.Error("the order is the same")
	}
	if !got.Fits(want) {
		t.Error("no fit in another order")
	}
}

// comparePatches compares all patches of what is staged with what Read says of it.
func (s *sandbox) comparePatches(copies bool) {
	s.t.Helper()
	find := "-M"
	base := []string{"core.commentChar=#"}
	if copies {
		find = "-C"
		base = append(base, "diff.renames=copies")
	}
	want := s.staged(find)
	raw, err := change.ReadRaw(strings.NewReader(s.git("diff-index", "--cached", "--raw", "-z", find, "HEAD", "--")))
	if err != nil {
		s.t.Fatal(err)
	}
	patches := map[string]*change.Patch{}
	for _, config := range [][]string{
		nil,
		{"core.quotePath=false"},
		{"diff.noprefix=true"},
		{"diff.noprefix=true", "core.quotePath=false", "core.abbrev=4"},
		{"diff.mnemonicPrefix=true", "diff.context=0"},
		{"diff.context=10", "diff.suppressBlankEmpty=true", "core.abbrev=16"},
		{"diff.context=1", "diff.interHunkContext=2", "core.abbrev=no"},
	} {
		s.config = append(base[:len(base):len(base)], config...)
		for name, text := range map[string]string{
			"diff":              s.git("diff", "--cached"),
			"diff --binary":     s.git("diff", "--cached", "--binary"),
			"diff -W":           s.git("diff", "--cached", "-W"),
			"diff --full-index": s.git("diff", "--cached", "--full-index"),
			"commit -v":         s.verbose("-v"),
			"commit -vv":        s.verbose("-vv"),
		} {
			name = fmt.Sprint(name, config)
			patches[name] = s.readPatch(name, text)
			s.compare(name, patches[name], want, raw)
		}
	}
	s.config = nil
	// One more line, in one of the files if any has lines.
	at, text := "other", "x\n"
	for _, f := range want.Files {
		if strings.HasPrefix(f.NewMode, "100") && !f.Binary {
			at, text = f.Path, s.git("cat-file", "blob", ":0:"+f.Path)
			break
		}
	}
	mode, _, _ := strings.Cut(s.git("ls-files", "-s", "-z", "--", ":(literal)"+at), " ")
	s.stage(mode, at, text+"one more\n")
	want = s.staged(find)
	for name, p := range patches {
		if p.Fits(want) {
			s.t.Errorf("%s: fits with one more line in %q", name, at)
		}
	}
}

func (s *sandbox) readPatch(name, text string) *change.Patch {
	s.t.Helper()
	p, err := change.ReadPatch(strings.NewReader(text))
	if err != nil {
		s.t.Fatalf("%s: %v\n%.3000s", name, err, text)
	}
	if !p.Whole || p.WorkTree {
		s.t.Errorf("%s: %+v", name, p)
	}
	crlf, err := change.ReadPatch(strings.NewReader(strings.ReplaceAll(text, "\n", "\r\n")))
	if err != nil {
		s.t.Fatalf("%s with CRLF: %v", name, err)
	}
	if !reflect.DeepEqual(crlf, p) {
		s.t.Errorf("%s with CRLF: %+v\nwant %+v", name, crlf, p)
	}
	return p
}

func (s *sandbox) compare(name string, got *change.Patch, want, raw *change.Change) {
	s.t.Helper()
	if len(got.Files) != len(want.Files) {
		s.t.Fatalf("%s: %d files, want %d", name, len(got.Files), len(want.Files))
	}
	for i, f := range got.Files {
		w := want.Files[i]
		if f.OldMode == "" {
			w.OldMode, w.NewMode = "", ""
		}
		if f.Status == change.TypeChanged && f.Added >= w.Added && f.Added-w.Added == f.Deleted-w.Deleted {
			w.Added, w.Deleted = f.Added, f.Deleted
		}
		if f.Old == 0 && f.New == 0 { // the content stays
			w.Old, w.New, w.Binary = 0, 0, false
		} else if shift := 64 - 4*4; w.Old>>shift == f.Old>>shift && w.New>>shift == f.New>>shift {
			w.Old, w.New = f.Old, f.New // all digits are for Fits
		}
		if f != w {
			s.t.Errorf("%s:\ngot  %+v\nwant %+v", name, f, w)
		}
	}
	if !got.Fits(want) {
		s.t.Errorf("%s: no fit", name)
	}
	if !got.Fits(raw) {
		s.t.Errorf("%s: no fit with the names", name)
	}
}

// With nothing to commit, git shows what is not staged alone.
func TestPatchOfTheWorkTree(t *testing.T) {
	s := newSandbox(t, "sha1")
	s.stage("100644", "f", "x\n")
	s.git("commit", "-q", "-m", "A commit")
	if err := os.WriteFile(filepath.Join(s.dir, "f"), []byte("y\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if p, err := change.ReadPatch(strings.NewReader(s.verbose("-vv", "--allow-empty"))); err != nil || !p.WorkTree {
		t.Errorf("%+v, %v", p, err)
	}
	s.stage("100644", "f", "z\n")
	p, err := change.ReadPatch(strings.NewReader(s.verbose("-vv")))
	if err != nil || p.WorkTree || len(p.Files) != 1 || !p.Fits(s.staged()) {
		t.Errorf("%+v, %v", p, err)
	}
}

// What other settings make of a submodule is an error, not a smaller change.
func TestPatchOfASubmodule(t *testing.T) {
	s := newSandbox(t, "sha1")
	s.stage("160000", "s", strings.Repeat("1234", 10))
	s.git("commit", "-q", "-m", "A commit")
	s.stage("100644", "a", "x\n")
	s.stage("160000", "s", strings.Repeat("5678", 10))
	for _, how := range []string{"log", "diff"} {
		text := s.git("-c", "diff.submodule="+how, "diff", "--cached")
		if p, err := change.ReadPatch(strings.NewReader(text)); err == nil {
			t.Errorf("%s: %+v\n%s", how, p, text)
		}
	}
}

// Random changes are counted alike whatever the context.
func TestRandomPatches(t *testing.T) {
	s := newSandbox(t, "sha1")
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		var b strings.Builder
		for range 60 {
			b.WriteString([]string{"\n", " \n", "a\n", "b\n", "c\n", "{\n", "}\n"}[random.IntN(7)])
		}
		return b.String()
	}
	before := map[string][]string{}
	for i := range 200 {
		name := fmt.Sprint(i)
		before[name] = strings.SplitAfter(text(), "\n")
		s.stage("100644", name, strings.Join(before[name], ""))
	}
	s.git("commit", "-q", "-m", "A commit")
	for name, lines := range before {
		for range 1 + random.IntN(9) {
			lines[random.IntN(len(lines))] = []string{"", "\n", "d\n", "d\ne\n", "\t\nf\n"}[random.IntN(5)]
		}
		s.stage("100644", name, strings.Join(lines, ""))
	}
	want := s.staged("-M")
	for _, context := range []string{"-U0", "-U1", "-U3", "-U99"} {
		got := s.readPatch(context, s.git("diff", "--cached", context))
		for i, f := range got.Files {
			if w := want.Files[i]; f.Path != w.Path || f.Lines != w.Lines || f.Added != w.Added || f.Deleted != w.Deleted {
				t.Errorf("%s:\ngot  %+v\nwant %+v", context, f, w)
			}
		}
	}
}

// Where lines were added is where git marks them, read from a patch of the whole file.
func TestAddedAt(t *testing.T) {
	s := newSandbox(t, "sha1")
	r := rand.New(rand.NewPCG(7, 7))
	text := func() string {
		var b strings.Builder
		for range r.IntN(40) {
			b.WriteString([]string{"a", "b", "c", "", " \t", "+x", "-y", "@@ -1 +1 @@"}[r.IntN(8)] + "\n")
		}
		if r.IntN(3) == 0 {
			b.WriteString("no end")
		}
		return b.String()
	}
	kept := 0
	for range 60 {
		s.stage("100644", "f", text())
		s.stage("100644", "other", text())
		s.git("commit", "-q", "--allow-empty", "-m", "x")
		s.stage("100644", "f", text())
		s.stage("100644", "other", text())
		out := s.git("diff-index", "--cached", "--raw", "--numstat", "-z", "-p", "-U0", "--diff-algorithm=myers", "HEAD", "--")
		c, err := change.ReadLines(strings.NewReader(out), func(path string) bool { return path == "f" })
		if err != nil {
			t.Fatal(err)
		}
		if c.AddedAt["other"] != nil {
			t.Fatal("lines of a file that nobody wants")
		}
		var got, want []int
		for _, p := range c.AddedAt["f"] {
			for l := range p.Lines {
				got = append(got, int(p.Line+l))
			}
		}
		patch := s.git("diff-index", "--cached", "-p", "-U9999", "--diff-algorithm=myers", "HEAD", "--", "f")
		if _, hunk, ok := strings.Cut(patch, "\n@@ "); ok {
			line := 0
			for _, l := range strings.Split(hunk, "\n")[1:] {
				switch {
				case strings.HasPrefix(l, "+"):
					if line++; strings.TrimSpace(l[1:]) != "" {
						want = append(want, line)
					}
				case strings.HasPrefix(l, " "):
					line++
				}
			}
		}
		if kept += len(want); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("lines %v, git has %v in\n%s", got, want, patch)
		}
	}
	if kept < 300 {
		t.Errorf("only %d lines were compared", kept)
	}
}
