package repository_test

import (
	"path/filepath"
	"testing"
)

// While git waits for its editor, the index of the commit can be another file
// than .git/index, and one of its staged files another commit's.
func TestStagedInTheEditor(t *testing.T) {
	cases := []struct {
		name string
		args []string
	}{
		{"plain", []string{"commit"}},
		{"all", []string{"commit", "-a"}},
		{"only a path", []string{"commit", "text"}},
		{"include a path", []string{"commit", "-i", "text"}},
		{"from a git directory", []string{"--git-dir=.git", "commit", "text"}},
	}
	places := []struct {
		name string
		make func(*sandbox) *sandbox
	}{
		{"repository", func(s *sandbox) *sandbox { return s }},
		{"first commit", func(s *sandbox) *sandbox {
			s.git("update-ref", "-d", "HEAD")
			return s
		}},
		{"linked work tree", func(s *sandbox) *sandbox {
			s.git("worktree", "add", "-q", "../linked")
			return s.in("../linked")
		}},
		{"submodule", func(s *sandbox) *sandbox {
			addSubmodule(s)
			return s.in("sub")
		}},
	}
	for _, place := range places {
		for _, c := range cases {
			if c.args[0] != "commit" && place.name != "repository" {
				continue
			}
			t.Run(place.name+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				s := newSandbox(t)
				base(s)
				s = place.make(s)
				s.stage("100644", "other", "staged\n")
				s.git("checkout", "-q", "--", "other")
				s.write("text", "changed\n")
				found := s.commitInEditor(c.args...)
				s.sameAsCommit(t, found.Change)
				if found.Repository.WorkTree != s.dir {
					t.Errorf("work tree %q, want %q", found.Repository.WorkTree, s.dir)
				}
			})
		}
	}
}

// A separate git directory does not know its work tree, but git starts the
// editor there.
func TestEditorOfSeparateGitDir(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, "--separate-git-dir=../elsewhere")
	base(s)
	s.write("text", "changed\n")
	found := s.commitInEditor("commit", "-a")
	s.sameAsCommit(t, found.Change)
	if found.Repository.WorkTree != s.dir {
		t.Errorf("work tree %q, want %q", found.Repository.WorkTree, s.dir)
	}
}

// People keep their dot files in a bare repository beside them.
func TestEditorOfGivenWorkTree(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.git("init", "-q", "--bare", "../dot.git")
	s.write("home/file", "1\n")
	home := s.in("home")
	given := []string{"--git-dir=../../dot.git", "--work-tree=."}
	home.git(append(given, "add", ".")...)
	found := home.commitInEditor(append(given, "commit")...)
	home.in("../../dot.git").sameAsCommit(t, found.Change)
	if found.Repository.WorkTree != home.dir {
		t.Errorf("work tree %q, want %q", found.Repository.WorkTree, home.dir)
	}
}

func TestAuthorInTheEditor(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base(s)
	found := s.commitInEditor("commit", "--allow-empty", "--author=Somebody Else <else@example.org>")
	if found.Author.Email != "else@example.org" {
		t.Errorf("author %+v", found.Author)
	}
}

func TestEnvironmentOfAnotherRepositoryIsIgnored(t *testing.T) {
	t.Parallel()
	there, here := newSandbox(t), newSandbox(t)
	base(there)
	base(here)
	here.stage("100644", "text", "here\n")
	here.git("worktree", "add", "-q", "../linked")
	linked := filepath.Join(here.dir, ".git", "worktrees", "linked")
	there.stage("100644", "other", "there\n")
	cases := []struct {
		name string
		env  []string
	}{
		{"none", nil},
		{"commit -a", []string{"GIT_INDEX_FILE=" + there.path(".git/index")}},
		{"plain commit", []string{"GIT_INDEX_FILE=.git/index"}},
		{"commit PATH, ended", []string{"GIT_INDEX_FILE=.git/next-index-1.lock"}},
		{"linked work tree", []string{"GIT_DIR=" + linked, "GIT_INDEX_FILE=" + filepath.Join(linked, "index")}},
		{"index of a linked work tree", []string{"GIT_INDEX_FILE=" + filepath.Join(linked, "index")}},
		{"git directory", []string{"GIT_DIR=" + there.path(".git")}},
		{"both", []string{"GIT_DIR=" + there.path(".git"), "GIT_INDEX_FILE=" + here.path(".git/index")}},
		{"relative git directory", []string{"GIT_DIR=.git", "GIT_INDEX_FILE=" + there.path(".git/index")}},
		{"all else", []string{
			"GIT_WORK_TREE=" + there.dir, "GIT_COMMON_DIR=" + there.path(".git"), "GIT_OBJECT_DIRECTORY=" + there.path(".git/objects"),
			"GIT_NAMESPACE=x", "GIT_CONFIG=" + there.path(".git/config"), "GIT_LITERAL_PATHSPECS=1", "GIT_EXTERNAL_DIFF=false",
			"GIT_DIFF_OPTS=-u5", "GIT_TRACE=1", "GIT_TRACE2_EVENT=1", "GIT_EXEC_PATH=/nonexistent", "GIT_PAGER=false", "GIT_ATTR_SOURCE=x",
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := &sandbox{t: t, dir: here.dir, env: append(here.env[:len(here.env):len(here.env)], c.env...)}
			got := s.staged()
			if len(got.Files) != 1 || got.Files[0].Path != "text" || got.Files[0].Added != 1 {
				t.Errorf("got %+v, want the change of this repository", got.Files)
			}
			r := s.open(".git/COMMIT_EDITMSG")
			if r.WorkTree != here.dir {
				t.Errorf("work tree %q, want %q", r.WorkTree, here.dir)
			}
		})
	}
}

func TestIndexOfTheEnvironment(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base(s)
	s.stage("100644", "text", "1\n")
	s.gitWith("", []string{"GIT_INDEX_FILE=.git/other"}, "read-tree", "HEAD")
	s.gitWith("", []string{"GIT_INDEX_FILE=.git/other"}, "rm", "-q", "--cached", "binary", "data.min")
	git := s.path(".git")
	cases := []struct {
		name  string
		env   []string
		files int
	}{
		{"relative to the top", []string{"GIT_INDEX_FILE=.git/other"}, 2},
		{"absolute", []string{"GIT_INDEX_FILE=" + filepath.Join(git, "other")}, 2},
		{"with the git directory", []string{"GIT_DIR=" + git, "GIT_INDEX_FILE=.git/other"}, 2},
		{"with a relative git directory", []string{"GIT_DIR=.git", "GIT_INDEX_FILE=" + filepath.Join(git, "other")}, 2},
		{"gone", []string{"GIT_INDEX_FILE=" + filepath.Join(git, "gone")}, 1},
		{"git directory only", []string{"GIT_DIR=" + git}, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := &sandbox{t: t, dir: s.dir, env: append(s.env[:len(s.env):len(s.env)], c.env...)}
			if got := s.staged(); len(got.Files) != c.files {
				t.Errorf("%d files, want %d", len(got.Files), c.files)
			}
		})
	}
}
