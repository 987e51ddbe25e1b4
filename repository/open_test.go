package repository_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"colophon/repository"
)

func TestOpen(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base(s)
	addSubmodule(s)
	s.git("worktree", "add", "-q", "../linked")
	s.git("clone", "-q", "--bare", ".", "../bare.git")
	s.git("init", "-q", "--separate-git-dir=../elsewhere", "../separate")
	s.mkdir("../moved")
	s.git("init", "-q", "../configured")
	s.git("-C", "../configured", "config", "core.worktree", "../../moved")
	s.git("-C", "../linked", "config", "extensions.worktreeConfig", "true")
	s.mkdir(".git/rebase-merge")
	if err := os.Symlink(s.path("dir"), s.path("../link")); err != nil {
		t.Fatal(err)
	}
	parent := filepath.Dir(s.dir)
	git := s.path(".git")
	linked, module := filepath.Join(git, "worktrees", "linked"), filepath.Join(git, "modules", "sub")
	cases := []struct{ name, path, gitDir, common, tree string }{
		{"top", ".", git, git, s.dir},
		{"file", "dir/deep/file", git, git, s.dir},
		{"file that is not there", "dir/deep/new/er", git, git, s.dir},
		{"through a link", "../link/deep", git, git, s.dir},
		{"message", ".git/COMMIT_EDITMSG", git, git, s.dir},
		{"folder in the git directory", ".git/rebase-merge/git-rebase-todo", git, git, s.dir},
		{"linked work tree", "../linked/text", linked, git, filepath.Join(parent, "linked")},
		{"message of a linked work tree", ".git/worktrees/linked/COMMIT_EDITMSG", linked, git, filepath.Join(parent, "linked")},
		{"submodule", "sub/text", module, module, s.path("sub")},
		{"message of a submodule", ".git/modules/sub/COMMIT_EDITMSG", module, module, s.path("sub")},
		{"bare", "../bare.git", filepath.Join(parent, "bare.git"), filepath.Join(parent, "bare.git"), ""},
		{"separate", "../separate", filepath.Join(parent, "elsewhere"), filepath.Join(parent, "elsewhere"), filepath.Join(parent, "separate")},
		{"message of a separate one", "../elsewhere/COMMIT_EDITMSG", filepath.Join(parent, "elsewhere"), filepath.Join(parent, "elsewhere"), ""},
		{"core.worktree", "../configured/.git/COMMIT_EDITMSG", filepath.Join(parent, "configured/.git"), filepath.Join(parent, "configured/.git"), filepath.Join(parent, "moved")},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := s.open(c.path)
			if r.GitDir != c.gitDir || r.CommonDir != c.common || r.WorkTree != c.tree {
				t.Errorf("got %q, %q, %q\nwant %q, %q, %q", r.GitDir, r.CommonDir, r.WorkTree, c.gitDir, c.common, c.tree)
			}
		})
	}
}

func TestOpenCurrentFolder(t *testing.T) {
	s := newSandbox(t)
	base(s)
	s.git("init", "-q", "--bare", "../bare.git")
	t.Chdir(s.path("dir"))
	bare := filepath.Join(s.dir, "../bare.git")
	for _, c := range []struct {
		env  []string
		want string
	}{
		{nil, s.path(".git")},
		{[]string{"GIT_DIR=../../bare.git"}, bare},
		{[]string{"GIT_DIR=" + bare, "GIT_WORK_TREE=deep"}, bare},
	} {
		r, err := repository.Open("", repository.Options{Env: append(outside(), c.env...)})
		if err != nil {
			t.Fatal(err)
		}
		if r.GitDir != c.want {
			t.Errorf("with %q: got %q, want %q", c.env, r.GitDir, c.want)
		}
		if len(c.env) == 2 && r.WorkTree != s.path("dir/deep") {
			t.Errorf("with %q: work tree %q", c.env, r.WorkTree)
		}
	}
	_, err := repository.Open("", repository.Options{Env: []string{"GIT_DIR=deep"}})
	if !errors.Is(err, repository.ErrNotFound) {
		t.Errorf("GIT_DIR without a repository: %v", err)
	}
}

func TestOpenErrors(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.mkdir("../none")
	for name, text := range map[string]string{"no-prefix": "x", "no-target": "gitdir: nowhere\n", "huge": strings.Repeat("x", 2<<20)} {
		s.write("../"+name+"/.git", text)
	}
	s.write("../bad-config/.git/HEAD", "ref: refs/heads/main\n")
	s.mkdir("../bad-config/.git/objects")
	s.mkdir("../bad-config/.git/refs")
	s.write("../bad-config/.git/config", "[core\nx")
	for name, say := range map[string]string{
		"none":       "no git repository",
		"no-prefix":  `it does not begin with "gitdir: "`,
		"no-target":  "it leads to no git directory",
		"huge":       "more than 1048576 bytes",
		"bad-config": "line 1: the section's name does not end",
	} {
		_, err := repository.Open(s.path("../"+name), repository.Options{Env: s.env})
		if err == nil || !strings.Contains(err.Error(), say) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v, want %q", name, err, say)
		}
		if is := errors.Is(err, repository.ErrNotFound); is != (name == "none") {
			t.Errorf("%s: %v is ErrNotFound: %v", name, err, is)
		}
	}
}
