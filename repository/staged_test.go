package repository_test

import (
	"os"
	"strings"
	"testing"
)

func lines(from, to int) string {
	var b strings.Builder
	for i := from; i <= to; i++ {
		b.WriteString("line ")
		b.WriteString(strings.Repeat("x", i%7))
		b.WriteByte(byte('0' + i%10))
		b.WriteString("\n")
	}
	return b.String()
}

// base is a commit that has something of each kind to change.
func base(s *sandbox) {
	s.write("text", lines(1, 40))
	s.write("other", "a\nb\n\nc\n")
	s.write("empty", "")
	s.write("no-newline", "a\nb")
	s.write("crlf", "a\r\nb\r\n\r\n")
	s.write("binary", "\x00\x01\x02")
	s.write("data.min", lines(1, 5))
	s.write("dir/deep/file", lines(50, 90))
	s.stage("120000", "link", "text")
	s.git("add", "-A", "--ignore-removal", ".")
	s.git("commit", "-q", "-m", "base")
	s.git("checkout", "-q", "--", ".")
}

func TestStagedIsTheCommit(t *testing.T) {
	cases := []struct {
		name string
		do   func(*sandbox)
	}{
		{"add", func(s *sandbox) { s.stage("100644", "new", lines(1, 3)) }},
		{"add empty", func(s *sandbox) { s.stage("100644", "new", "") }},
		{"add blank lines", func(s *sandbox) { s.stage("100644", "new", "a\n\n \t\n\r\n\v\f\n\u00a0\nb\n") }},
		{"add executable", func(s *sandbox) { s.stage("100755", "new", "#!/bin/sh\n") }},
		{"add link", func(s *sandbox) { s.stage("120000", "new", "dir/deep/file") }},
		{"add binary", func(s *sandbox) { s.stage("100644", "new", "a\n\x00\n") }},
		{"modify", func(s *sandbox) { s.stage("100644", "text", "new\n"+lines(3, 20)+"\nmore\n\n"+lines(21, 38)) }},
		{"modify blank lines only", func(s *sandbox) { s.stage("100644", "other", "a\n\nb\nc\n\n") }},
		{"modify and empty", func(s *sandbox) { s.stage("100644", "text", "") }},
		{"fill the empty", func(s *sandbox) { s.stage("100644", "empty", "a\n") }},
		{"lines like a patch", func(s *sandbox) {
			s.stage("100644", "text", "diff --git a/x b/x\n@@ -1 +1 @@\n-- a/x\n++ b/x\n\\ No newline at end of file\n* Unmerged path x\n")
		}},
		{"very long lines", func(s *sandbox) {
			s.stage("100644", "text", strings.Repeat("x", 200_000)+"\n"+strings.Repeat(" ", 200_000)+"\n"+strings.Repeat(" ", 100_000)+"y\n")
		}},
		{"hunk head of a long line", func(s *sandbox) {
			s.stage("100644", "other", strings.Repeat("w", 150_000)+"\n\n")
			s.git("commit", "-q", "-m", "long")
			s.stage("100644", "other", strings.Repeat("w", 150_000)+"\n\nb\n")
		}},
		{"delete", func(s *sandbox) { s.git("rm", "-q", "text", "binary", "empty", "link") }},
		{"rename", func(s *sandbox) { s.git("mv", "text", "renamed") }},
		{"rename and edit", func(s *sandbox) {
			s.git("mv", "text", "dir/renamed")
			s.stage("100644", "dir/renamed", lines(1, 38)+"new\n")
		}},
		{"rename empty", func(s *sandbox) { s.git("mv", "empty", "empty2") }},
		{"rename binary", func(s *sandbox) { s.git("mv", "binary", "binary2") }},
		{"rename to a dash", func(s *sandbox) { s.git("mv", "--", "text", "--output=oops") }},
		{"rename and make executable", func(s *sandbox) { s.git("mv", "text", "x"); s.git("update-index", "--chmod=+x", "x") }},
		{"swap two names", func(s *sandbox) {
			s.git("mv", "text", "x")
			s.git("mv", "dir/deep/file", "text")
			s.git("mv", "x", "dir/deep/file")
		}},
		{"copy", func(s *sandbox) { s.stage("100644", "copy", lines(1, 40)); s.stage("100644", "text", lines(1, 41)) }},
		{"mode only", func(s *sandbox) { s.git("update-index", "--chmod=+x", "text") }},
		{"mode and text", func(s *sandbox) { s.stage("100755", "text", lines(2, 40)) }},
		{"link to another place", func(s *sandbox) { s.stage("120000", "link", "other") }},
		{"file becomes link", func(s *sandbox) { s.stage("120000", "text", "other") }},
		{"file becomes link, same bytes", func(s *sandbox) { s.stage("120000", "no-newline", "a\nb") }},
		{"link becomes file", func(s *sandbox) { s.stage("100644", "link", lines(1, 9)) }},
		{"binary becomes link", func(s *sandbox) { s.stage("120000", "binary", "other") }},
		{"file becomes submodule", func(s *sandbox) {
			s.git("update-index", "--cacheinfo", "160000,"+strings.TrimSpace(s.git("rev-parse", "HEAD"))+",text")
		}},
		{"file becomes folder", func(s *sandbox) { s.git("rm", "-q", "text"); s.stage("100644", "text/file", lines(1, 40)) }},
		{"binary", func(s *sandbox) { s.stage("100644", "binary", "\x00\x03") }},
		{"binary becomes text", func(s *sandbox) { s.stage("100644", "binary", "a\n") }},
		{"text becomes binary", func(s *sandbox) { s.stage("100644", "text", "\x00") }},
		{"attribute -diff", func(s *sandbox) {
			s.write(".gitattributes", "*.min -diff\n")
			s.git("add", ".gitattributes")
			s.stage("100644", "data.min", "a\n")
		}},
		{"attribute diff on binary", func(s *sandbox) {
			s.write(".gitattributes", "binary diff\n")
			s.git("add", ".gitattributes")
			s.stage("100644", "binary", "\x00\n\x00\n\nx")
		}},
		{"no newline at the end", func(s *sandbox) { s.stage("100644", "other", "a\nb") }},
		{"still no newline at the end", func(s *sandbox) { s.stage("100644", "no-newline", "a\nc") }},
		{"newline at the end", func(s *sandbox) { s.stage("100644", "no-newline", "a\nb\n") }},
		{"crlf", func(s *sandbox) { s.stage("100644", "crlf", "a\nb\r\n\r\n\r\nc\r\n") }},
		{"intent to add", func(s *sandbox) {
			s.write("later", "x\n")
			s.git("add", "-N", "later")
			s.stage("100644", "new", "y\n")
		}},
		{"nothing", func(*sandbox) {}},
		{"odd names", func(s *sandbox) {
			for _, name := range []string{
				" blank ", "tab\t", "new\nline", `quote"`, "apo'strophe", `back\slash`, "-dash", "--", "--output=oops", "HEAD",
				"bytes\xff\xfe", "ümlaut", "\x1b[31m", "dir/-x", "* Unmerged path x", ":(top)x", "diff --git a\nb",
			} {
				s.stage("100644", name, name+"\n\n")
			}
		}},
		{"everything", func(s *sandbox) {
			s.git("rm", "-q", "empty")
			s.git("mv", "text", "renamed")
			s.git("update-index", "--chmod=+x", "other")
			s.stage("100644", "binary", "\x00\x03")
			s.stage("120000", "no-newline", "x")
			s.stage("100644", "new\nline", "x\n")
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newSandbox(t)
			base(s)
			c.do(s)
			got := s.staged()
			s.git("commit", "-q", "--allow-empty", "-m", "a change")
			s.sameAsCommit(t, got)
			if _, err := os.Lstat(s.path("oops")); err == nil {
				t.Error("the name of a file was taken for an option")
			}
		})
	}
}

func TestStagedInAllKindsOfRepository(t *testing.T) {
	cases := []struct {
		name string
		make func(t *testing.T) *sandbox
	}{
		{"first commit", func(t *testing.T) *sandbox { return newSandbox(t) }},
		{"first commit, sha256", func(t *testing.T) *sandbox { return newSandbox(t, "--object-format=sha256") }},
		{"sha256", func(t *testing.T) *sandbox {
			s := newSandbox(t, "--object-format=sha256")
			base(s)
			return s
		}},
		{"packed refs", func(t *testing.T) *sandbox {
			s := newSandbox(t)
			base(s)
			s.git("pack-refs", "--all", "--prune")
			return s
		}},
		{"detached HEAD", func(t *testing.T) *sandbox {
			s := newSandbox(t)
			base(s)
			s.git("checkout", "-q", "--detach")
			return s
		}},
		{"orphan branch", func(t *testing.T) *sandbox {
			s := newSandbox(t)
			base(s)
			s.git("checkout", "-q", "--orphan", "other")
			return s
		}},
		{"branch called HEAD", func(t *testing.T) *sandbox {
			s := newSandbox(t)
			base(s)
			s.write("x", "1\n")
			s.commitAll()
			s.git("update-ref", "refs/heads/HEAD", "HEAD^")
			return s
		}},
		{"linked work tree", func(t *testing.T) *sandbox {
			s := newSandbox(t)
			base(s)
			s.git("worktree", "add", "-q", "../linked")
			return s.in("../linked")
		}},
		{"linked work tree of a bare repository", func(t *testing.T) *sandbox {
			s := newSandbox(t)
			base(s)
			s.git("clone", "-q", "--bare", ".", "../bare.git")
			s.in("../bare.git").git("worktree", "add", "-q", "../linked", "main")
			return s.in("../linked")
		}},
		{"submodule", func(t *testing.T) *sandbox {
			s := newSandbox(t)
			base(s)
			addSubmodule(s)
			return s.in("sub")
		}},
		{"separate git directory", func(t *testing.T) *sandbox {
			return newSandbox(t, "--separate-git-dir=../elsewhere")
		}},
		{"split index", func(t *testing.T) *sandbox {
			s := newSandbox(t)
			base(s)
			s.git("update-index", "--split-index")
			return s
		}},
		{"sparse index", func(t *testing.T) *sandbox {
			s := newSandbox(t)
			base(s)
			s.git("sparse-checkout", "init", "--cone", "--sparse-index")
			return s
		}},
		{"replaced commit", func(t *testing.T) *sandbox {
			s := newSandbox(t)
			base(s)
			s.write("x", "1\n")
			s.commitAll()
			s.git("replace", "HEAD", "HEAD^")
			s.env = append(s.env, "GIT_NO_REPLACE_OBJECTS=1")
			return s
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := c.make(t)
			s.stage("100644", "new", lines(1, 3)+"\n")
			s.stage("100644", "text", lines(2, 39))
			got := s.staged()
			s.git("commit", "-q", "-m", "a change")
			s.sameAsCommit(t, got)
		})
	}
}

func addSubmodule(s *sandbox) {
	s.t.Helper()
	s.git("clone", "-q", "--bare", ".", "../sub.git")
	s.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../sub.git", "sub")
	s.git("commit", "-q", "-m", "with a submodule")
}

func TestStagedSubmodule(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base(s)
	addSubmodule(s)
	sub := s.in("sub")
	sub.write("new", "1\n")
	sub.commitAll()
	sub.write("dirty", "not a matter of this commit\n")
	for _, ignore := range []string{"none", "all"} {
		s.git("config", "submodule.sub.ignore", ignore)
		if got := s.staged(); len(got.Files) != 0 {
			t.Errorf("ignore=%s: nothing is staged, got %+v", ignore, got.Files)
		}
	}
	s.git("-c", "submodule.sub.ignore=none", "add", "sub")
	got := s.staged()
	s.git("config", "submodule.sub.ignore", "none")
	s.git("commit", "-q", "-m", "step")
	s.sameAsCommit(t, got)
	if len(got.Files) != 1 || got.Files[0].NewMode != "160000" || got.Files[0].Added != 1 {
		t.Errorf("got %+v, want one step of a submodule", got.Files)
	}
}

func TestStagedConflict(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base(s)
	id := strings.TrimSpace(s.git("rev-parse", "HEAD:other"))
	names := []string{"a\n* Unmerged path b\ndiff --git a/c b/c\n@@ -0,0 +1 @@\n+x", "other", "zz"}
	var info strings.Builder
	for _, name := range names {
		info.WriteString("0 " + strings.Repeat("0", 40) + "\t" + name + "\x00")
		for _, stage := range []string{"1", "2", "3"} {
			info.WriteString("100644 " + id + " " + stage + "\t" + name + "\x00")
		}
	}
	s.gitWith(info.String(), nil, "update-index", "-z", "--index-info")
	s.stage("100644", "text", "x\n")
	got := s.staged()
	var statuses []string
	for _, f := range got.Files {
		statuses = append(statuses, f.Path+": "+string(f.Status))
	}
	want := []string{names[0] + ": unmerged", "other: unmerged", "text: modified", "zz: unmerged"}
	if strings.Join(statuses, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", statuses, want)
	}
}
