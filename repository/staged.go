package repository

import (
	"context"
	"fmt"
	"io"

	"colophon/change"
)

// Staged returns what the commit that is being written contains. Files with a
// conflict have the status [change.Unmerged]; files added by `git add
// --intent-to-add` are not part of a commit.
//
// It runs git once, and once more for the first commit of a branch. It takes as
// long as `git diff --cached` does, so it is for a background task; see
// [Repository.Fingerprint]. The error says what git said, for instance about
// objects that a partial clone does not have: they are not fetched.
//
// Nothing is written. With core.splitIndex git itself renews the time of the
// shared half whenever it reads the index, so that it does not expire.
func (r *Repository) Staged(ctx context.Context) (*change.Change, error) {
	src, err := r.source(ctx)
	if err != nil {
		return nil, fmt.Errorf("read staged changes: %w", err)
	}
	var staged *change.Change
	err = r.run(ctx, command{
		args:  stagedArgs(src.base),
		index: src.index,
		read: func(stdout io.Reader) (err error) {
			staged, err = change.Read(stdout)
			return err
		},
	})
	if err != nil {
		return nil, fmt.Errorf("read staged changes: %w", err)
	}
	return staged, nil
}

// stagedArgs are git's arguments for the form that change.Read takes. diff-index
// ignores most of diff.* already; the options are for what it does not ignore,
// and so that the result is the same with every version.
func stagedArgs(base string) []string {
	return inert("diff-index", "--cached",
		"--raw", "--numstat", "-z", "-p", "-U0", "--inter-hunk-context=0",
		"-M", "-l1000", // as `git show` finds renames, and with its limit of work
		"--diff-algorithm=myers", "--indent-heuristic",
		"--ita-invisible-in-index",
		"--ignore-submodules=dirty", "--submodule=short", // see every step, enter none
		"--no-ext-diff", "--no-textconv", "--no-color", "--no-relative",
		base, "--")
}
