// Package repository asks git about the commit that is being written: where the
// repository is, how it is configured, what is staged, who the author is.
//
// It is the only package that runs a process. It runs git such that nothing
// configured in the repository is executed, nothing in it is changed and nothing
// is fetched; the caller may open repositories that nobody trusts. Whether git
// itself trusts one (safe.directory) is what [Repository.Config] finds out.
package repository

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"
)

// ErrNotFound says that a path is not inside a git repository.
var ErrNotFound = errors.New("no git repository")

// Options are what Open cannot see in the path.
type Options struct {
	// Env is the environment of this process, in the form of os.Environ, which
	// is also what nil stands for. Git tells its editor and its hooks by
	// GIT_* variables which index the commit is made from.
	Env []string
	// Near are folders that may belong to the repository, such as those that the
	// editor has open. They count where the git directory does not say which
	// work tree it is of.
	Near []string
	// Blind is not to look which processes there are, as it is on systems that do
	// not say.
	Blind bool
	// TimeLimit bounds each run of git; 0 is ten seconds.
	TimeLimit time.Duration
	// Git is the git to run; "" is the one on PATH. A repository must have no say
	// in it.
	Git string
}

// Repository is a git repository on disk as one work tree sees it. It is
// immutable, but for how long it waits for git, and safe for concurrent use.
type Repository struct {
	// GitDir has HEAD and the index of this work tree.
	GitDir string
	// CommonDir has the objects, the branches and the configuration. It is the
	// same as GitDir except in a linked work tree.
	CommonDir string
	// WorkTree is the top of the work tree; empty when the repository is bare
	// or the place is not known.
	WorkTree string

	env          environment
	objectFormat string // "sha1" unless the repository says otherwise
	home         string // where git itself finds GitDir
	timeLimit    time.Duration
	git          string
	blind        bool
	late         atomic.Bool // git took too long once
}

// Open finds the repository of a path: a document such as .git/COMMIT_EDITMSG
// (also in the git directory of a linked work tree or a submodule), or any file
// or folder in a work tree. The path need not exist yet, its nearest parent that
// does is taken. An empty path is the current folder, as git would take it:
// GIT_DIR in o.Env comes first.
//
// All paths of the result are absolute, with symbolic links resolved. Open looks
// at the disk and runs no process. Without a repository the error is
// [ErrNotFound].
func Open(path string, o Options) (*Repository, error) {
	env := newEnvironment(o.Env)
	where, err := locate(path, &env)
	if err != nil {
		return nil, err
	}
	r := &Repository{GitDir: where.gitDir, env: env, timeLimit: cmp.Or(o.TimeLimit, timeLimit), git: cmp.Or(o.Git, "git"), blind: o.Blind}
	if r.CommonDir, err = commonDir(r.GitDir); err != nil {
		return nil, err
	}
	settings, err := readSettings(r.GitDir, r.CommonDir)
	if err != nil {
		return nil, err
	}
	r.objectFormat = settings.objectFormat
	r.WorkTree = r.workTree(where.top, settings, o.Near)
	r.home = r.foundFrom(where.top)
	r.env.owner = r.ownerOf(env)
	if tree := env.get("GIT_WORK_TREE"); tree != "" && r.env.owner == ours {
		// Relative to the folder where git started us, which is the top.
		if tree, err = filepath.Abs(tree); err == nil && isDir(tree) {
			r.WorkTree = tree
		}
	}
	return r, nil
}

// locate finds the git directory for a path of the user's.
func locate(path string, env *environment) (location, error) {
	if dir := env.get("GIT_DIR"); path == "" && dir != "" {
		abs, err := realPath(dir)
		if err != nil {
			return location{}, fmt.Errorf("open GIT_DIR: %w", err)
		}
		if !isGitDir(abs) {
			return location{}, fmt.Errorf("open GIT_DIR %s: %w", dir, ErrNotFound)
		}
		env.set("GIT_DIR", abs)
		return location{gitDir: abs}, nil
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return location{}, fmt.Errorf("open %s: %w", path, err)
	}
	start, err := startDir(abs)
	if err != nil {
		return location{}, fmt.Errorf("open %s: %w", abs, err)
	}
	where, err := discover(start)
	if err != nil {
		return location{}, fmt.Errorf("open %s: %w", abs, err)
	}
	return where, nil
}

// startDir is the folder where the search begins: the path itself, or its
// nearest parent that is a folder.
func startDir(path string) (string, error) {
	for !isDir(path) {
		parent := filepath.Dir(path)
		if parent == path {
			return "", ErrNotFound
		}
		path = parent
	}
	return realPath(path)
}

func realPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
