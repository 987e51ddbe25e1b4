package repository

import "path/filepath"

// workTree returns the top of the work tree by git's rules, or "" when there is
// none. top is the folder whose .git led here, if one did.
func (r *Repository) workTree(top string, s settings) string {
	if r.GitDir != r.CommonDir { // a linked work tree: the settings are not about it
		if top != "" {
			return top
		}
		dotGit, err := readSmall(filepath.Join(r.GitDir, "gitdir"))
		if err != nil {
			return ""
		}
		return existing(filepath.Dir(resolve(r.GitDir, dotGit)))
	}
	switch {
	case s.workTree != "":
		return existing(resolve(r.GitDir, s.workTree))
	case s.bare:
		return ""
	case top != "":
		return top
	case filepath.Base(r.GitDir) == ".git":
		return filepath.Dir(r.GitDir)
	}
	// `git init --separate-git-dir` records the way from the work tree to the
	// git directory only. Git starts editors and hooks in the work tree.
	if here, err := startDir("."); err == nil {
		if where, err := discover(here); err == nil && where.gitDir == r.GitDir {
			return where.top
		}
	}
	return ""
}

func existing(dir string) string {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil || !isDir(real) {
		return ""
	}
	return real
}
