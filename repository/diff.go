package repository

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"colophon/change"
)

// Diff returns what a commit from s contains. Files with a conflict have the
// status [change.Unmerged]; files added by `git add --intent-to-add` are not part
// of a commit.
//
// It runs git once or twice and takes as long as `git diff --cached` does, so it is
// for a background task; see [Repository.Fingerprint]. The error says what git
// said, for instance about objects that a partial clone does not have: they are not
// fetched. Where git took too long ([ErrTimeLimit]), the change comes beside the
// error as far as it is known; see [change.File.Partial].
//
// wanted are the files of which it is kept where lines were added; nil is none.
//
// Nothing is written. With core.splitIndex git itself renews the time of the
// shared half whenever it reads the index, so that it does not expire.
func (r *Repository) Diff(ctx context.Context, s Source, wanted func(path string) bool) (*change.Change, error) {
	read := func(stdout io.Reader) (*change.Change, error) { return change.ReadLines(stdout, wanted) }
	c, err := r.diff(ctx, s, read, withLines...)
	if err != nil && (!errors.Is(err, ErrTimeLimit) || c != nil && len(c.Files) == 0) {
		c = nil // no output at all reads like that of an empty commit
	}
	return c, err
}

// withLines makes git say what [change.Read] reads.
var withLines = []string{
	"--raw", "--numstat", "-p", "-U0", "--inter-hunk-context=0",
	"-M", "-l1000", // as `git show` finds renames, and with its limit of work
	"--diff-algorithm=myers", "--indent-heuristic",
	"--submodule=short", "--no-ext-diff", "--no-textconv", "--no-color",
}

// Names is Diff without lines, which does not look into the files: it is cheap
// where Diff is not, and answers without the objects that a partial clone lacks.
// renames is whether to look for renamed files, for which it may look into some.
func (r *Repository) Names(ctx context.Context, s Source, renames bool) (*change.Change, error) {
	find := []string{"--no-renames"}
	if renames {
		find = []string{"-M", "-l1000"}
	}
	return r.diff(ctx, s, change.ReadRaw, append(find, "--raw")...)
}

func (r *Repository) diff(ctx context.Context, s Source, read func(io.Reader) (*change.Change, error), form ...string) (c *change.Change, err error) {
	base, err := r.tree(ctx, s.Base)
	if err == nil {
		err = r.complete(s.Index)
	}
	if err != nil {
		return nil, fmt.Errorf("read what the commit contains: %w", err)
	}
	// diff-index ignores most of diff.* already; the options are for what it does
	// not ignore, and so that the result is the same with every version.
	args := append([]string{"diff-index", "--cached", "-z"}, form...)
	args = append(args, "--ita-invisible-in-index", "--no-relative",
		"--ignore-submodules=dirty", // see every step, enter none
		base, "--")
	err = r.run(ctx, command{
		args:  inert(args...),
		index: s.Index,
		read: func(stdout io.Reader) (err error) {
			c, err = read(stdout)
			return err
		},
	})
	if err != nil {
		err = fmt.Errorf("read what the commit contains: %w", err)
	}
	return c, err
}

// AppliedNext is the change that `git am` is about to apply. It is not ok where
// there is none, or none that can be read.
func (r *Repository) AppliedNext() (*change.Change, bool) {
	f, err := openRegular(filepath.Join(r.GitDir, "rebase-apply", "patch"))
	if err != nil {
		return nil, false
	}
	defer f.Close()
	in := bufio.NewReader(f)
	for skipped := 0; skipped < maxSmall; {
		if start, _ := in.Peek(len("diff --git ")); string(start) == "diff --git " {
			p, err := change.ReadPatch(in)
			if err != nil || !p.Whole {
				return nil, false
			}
			return &p.Change, true
		}
		line, err := in.ReadSlice('\n')
		if skipped += len(line); err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			break
		}
	}
	return nil, false
}

// Commit is a commit as far as its message goes.
type Commit struct {
	ID      string // abbreviated as git does it
	Message string // UTF-8
}

// HeadCommit is the commit at HEAD; on a branch without one it is an error.
func (r *Repository) HeadCommit(ctx context.Context) (Commit, error) {
	text, err := r.ask(ctx, command{args: []string{"rev-list", "--max-count=1", "--encoding=UTF-8", "--format=%h%x00%B", "HEAD", "--"}}, maxMessage)
	if err != nil {
		return Commit{}, fmt.Errorf("read the commit at HEAD: %w", err)
	}
	_, text, _ = strings.Cut(text, "\n") // "commit" and the id in full
	id, message, _ := strings.Cut(text, "\x00")
	return Commit{id, strings.TrimSuffix(message, "\n")}, nil
}
