package repository

import "path/filepath"

// workTree returns the top of the work tree by git's rules, or "" when there is
// none. top is the folder whose .git led here, if one did.
func (r *Repository) workTree(top string, s settings, near []string) string {
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
		return r.waitingPlace() // with GIT_WORK_TREE
	case top != "":
		return top
	case filepath.Base(r.GitDir) == ".git":
		return filepath.Dir(r.GitDir)
	}
	// `git init --separate-git-dir` records the way from the work tree to the
	// git directory only. Git starts editors and hooks in the work tree, people
	// have it open, and a git that waits for a message is there.
	for _, dir := range append([]string{"."}, near...) {
		if here, err := startDir(dir); err == nil {
			if where, err := discover(here); err == nil && where.gitDir == r.GitDir {
				return where.top
			}
		}
	}
	return r.waitingPlace()
}

// waitingPlace is where a git waits whose repository has no other trace of its
// work tree.
func (r *Repository) waitingPlace() string {
	gits, _ := r.Waiting(func(string) string { return "" })
	for _, inv := range gits {
		if dir := workingDir(inv.PID); dir != r.GitDir {
			return existing(dir)
		}
	}
	return ""
}

// LeadsBack tells whether git, looking around in WorkTree, finds this repository. With
// core.worktree a repository may claim any folder.
func (r *Repository) LeadsBack() bool { return r.WorkTree != "" && r.home == r.WorkTree }

// foundFrom is the folder in which git, looking around by itself, finds GitDir.
func (r *Repository) foundFrom(top string) string {
	for _, dir := range []string{top, r.WorkTree, filepath.Dir(r.GitDir)} {
		if dir == "" {
			continue
		}
		if where, err := discover(dir); err == nil && where.gitDir == r.GitDir {
			return dir
		}
	}
	return r.GitDir
}

func existing(dir string) string {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil || !isDir(real) {
		return ""
	}
	return real
}
