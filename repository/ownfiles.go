package repository

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ownFiles are files that git reads in a git directory whatever they are.
var ownFiles = []string{
	"HEAD", "commondir", "config", "config.worktree", "packed-refs", "shallow",
	"info/attributes", "info/grafts", "objects/info/alternates",
}

func (r *Repository) ownFiles(yield func(path string) bool) {
	for _, dir := range []string{r.GitDir, r.CommonDir} {
		for _, name := range ownFiles {
			if !yield(filepath.Join(dir, name)) {
				return
			}
		}
		if r.GitDir == r.CommonDir {
			return
		}
	}
}

// endless tells which of its files git would never have read: it waits for a pipe,
// and a device fills the memory.
func (r *Repository) endless() error {
	for path := range r.ownFiles {
		if isEndless(path) {
			return fmt.Errorf("read %s: not a regular file", path)
		}
	}
	return nil
}

func isEndless(path string) bool {
	info, err := os.Stat(path)
	if err != nil || info.Mode()&(fs.ModeNamedPipe|fs.ModeSocket|fs.ModeDevice) == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull) // which people put where they want nothing
	return err != nil || !os.SameFile(info, null)
}

// linked tells which of its files git reads elsewhere. Git quotes what it cannot
// use, and a repository may link to a private file to have that quoted.
func (r *Repository) linked() (path string) {
	for path := range r.ownFiles {
		real, err := filepath.EvalSymlinks(path)
		if err != nil {
			continue
		}
		if !isBelow(r.GitDir, real) && !isBelow(r.CommonDir, real) {
			return path
		}
	}
	return ""
}

func isBelow(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}
