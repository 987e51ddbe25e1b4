package repository

import (
	"os"
	"path/filepath"
)

// others is what the top of a work tree of another program has, whatever kind of store
// stands behind it.
var others = []string{".jj/repo", ".hg/requires", ".sl/requires"}

// Other finds the work tree of Jujutsu, Mercurial or Sapling that a path lies in, and
// its top, with symbolic links resolved. It is not ok where git is as near: then Open
// has the repository. Like Open it looks at the disk only, and an empty path is the
// current folder unless env, as os.Environ(), has GIT_DIR.
func Other(path string, env []string) (top string, ok bool) {
	if path == "" && newEnvironment(env).get("GIT_DIR") != "" {
		return "", false
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", false
	}
	dir, err := startDir(abs)
	for err == nil {
		dotGit := filepath.Join(dir, ".git")
		switch {
		case isGitDir(dotGit) || isFile(dotGit) || isGitDir(dir):
			return "", false
		case isOther(dir):
			return dir, true
		case dir == filepath.Dir(dir):
			return "", false
		}
		dir = filepath.Dir(dir)
	}
	return "", false
}

func isOther(dir string) bool {
	for _, name := range others {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err == nil {
			return true
		}
	}
	return false
}

// Kept tells whether a path lies in a work tree, whichever program's.
func Kept(path string) bool {
	if _, ok := Other(path, []string{}); ok {
		return true
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	dir, err := startDir(abs)
	if err != nil {
		return false
	}
	_, err = discover(dir)
	return err == nil
}

// Shared tells whether another program works in this work tree, too, and commits what
// it finds there, not what is staged: Jujutsu beside .git, or Sapling in it.
func (r *Repository) Shared() bool {
	return r.WorkTree != "" && isOther(r.WorkTree) || isDir(filepath.Join(r.GitDir, "sl"))
}
