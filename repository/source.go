package repository

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
)

// source is where a commit comes from: what it contains is the difference
// between the two.
type source struct {
	index string // the file; git takes one that is not there for empty
	base  string // the tree to compare with, as git names it; never begins with "-"
}

// source decides which index and which base describe the commit that is being
// written.
func (r *Repository) source(ctx context.Context) (source, error) {
	base, err := r.base(ctx)
	return source{index: r.index(), base: base}, err
}

// index returns the index that the commit is made from. `git commit -a` and `git
// commit PATH` make it from a copy and tell their editor and hooks by
// GIT_INDEX_FILE; the copy is gone when they end, but an editor may stay.
func (r *Repository) index() string {
	if file := r.env.get("GIT_INDEX_FILE"); file != "" && r.env.owner == ours {
		if file = r.fromTop(file); isFile(file) {
			return file
		}
	}
	return filepath.Join(r.GitDir, "index")
}

// base returns HEAD, or the empty tree for the first commit of a branch.
func (r *Repository) base(ctx context.Context) (string, error) {
	if r.born() {
		return "HEAD", nil
	}
	// No such branch on disk; but git knows other places to keep branches.
	err := r.run(ctx, command{
		args: []string{"rev-parse", "--quiet", "--verify", "HEAD"},
		read: func(stdout io.Reader) error {
			_, err := io.Copy(io.Discard, stdout)
			return err
		},
	})
	var exit *exec.ExitError
	switch {
	case err == nil:
		return "HEAD", nil
	case errors.As(err, &exit) && exit.ExitCode() == 1:
		return r.emptyTree()
	}
	return "", fmt.Errorf("find HEAD: %w", err)
}

// emptyTree is the id of a tree that git knows without an object on disk.
func (r *Repository) emptyTree() (string, error) {
	switch r.objectFormat {
	case "sha1":
		return "4b825dc642cb6eb9a060e54bf8d69288fbee4904", nil
	case "sha256":
		return "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321", nil
	}
	return "", fmt.Errorf("unknown object format %q", r.objectFormat)
}
