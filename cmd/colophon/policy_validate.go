package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"colophon/commit"
	"colophon/policy"
	"colophon/repository"
)

// maxPolicy is more than any policy file may have; the reader says so.
const maxPolicy = 1 << 20

func newPolicyValidate() *cobra.Command {
	return &cobra.Command{
		Use:   "validate [FILE|-]...",
		Short: "Check policy files",
		Long: `Check policy files, with what they extend; without one, the file of this repository.
- is standard input.

Each problem is a line FILE:LINE:COLUMN: error: MESSAGE [policy-invalid]. A hint is worth
a look and no error: a pattern that matches no file that git tracks, a date to look again
that is over. The exit status is 2 if there is any error.`,
		Example: "  colophon policy validate\n  colophon policy validate policies/*.yaml",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(c *cobra.Command, files []string) error {
			here, err := around(c.Context())
			if err != nil {
				return err
			}
			top := topOf(here)
			if len(files) == 0 {
				file, err := ownPolicy(top)
				if err != nil {
					return err
				}
				files = []string{file}
			}
			paths := trackedBy(c.Context(), here)
			broken := false
			for _, file := range files {
				problems := validate(c.InOrStdin(), file, top, paths)
				broken = writeProblems(c.OutOrStdout(), file, problems) || broken
			}
			if broken {
				return status{code: exitUsage}
			}
			return nil
		},
	}
}

// around is the repository around the current folder, nil outside any.
func around(ctx context.Context) (*repository.Repository, error) {
	here, err := commit.Open(ctx, "", commit.Options{Env: os.Environ(), Policy: "none"})
	if err != nil {
		return nil, status{exitFailure, err}
	}
	return here.Repository, nil
}

// topOf is the top of a work tree, "" where there is none.
func topOf(r *repository.Repository) string {
	if r == nil {
		return ""
	}
	return r.WorkTree
}

// ownPolicy is the policy file of a work tree.
func ownPolicy(top string) (string, error) {
	if top == "" {
		return "", usage("there is no work tree here; name a file")
	}
	for _, name := range policy.FileNames() {
		file := filepath.Join(top, filepath.FromSlash(name))
		if _, err := os.Lstat(file); err == nil {
			if rel, err := filepath.Rel(currentFolder(), file); err == nil {
				file = rel
			}
			return file, nil
		}
	}
	return "", usage("this repository has no %s; `colophon policy init` begins one", policy.FileName)
}

// validate reads a file as the repository would: what it extends lies below top,
// or, for a file elsewhere, in its own folder.
func validate(stdin io.Reader, file, top string, paths []string) []problem {
	unreadable := func(err error) []problem {
		var p *fs.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		return []problem{{1, 1, "error", fmt.Sprintf("it cannot be read: %s", err), "policy-invalid"}}
	}
	dir, name := top, file
	if file != "-" {
		dir, name = rootOf(file, top)
	}
	var root *os.Root
	if dir != "" {
		var err error
		if root, err = os.OpenRoot(dir); err != nil {
			return unreadable(err)
		}
		defer root.Close()
	}
	in := stdin
	if file != "-" {
		info, err := root.Stat(name)
		if err == nil && !info.Mode().IsRegular() {
			err = errors.New("it is not a regular file")
		}
		if err != nil {
			return unreadable(err)
		}
		f, err := root.Open(name)
		if err != nil {
			return unreadable(err)
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, maxPolicy))
	if err != nil {
		return unreadable(err)
	}
	if dir != top {
		paths = nil // of another tree
	}
	return problemsOf(policy.Read(filepath.ToSlash(name), text, root), paths, commit.Today(os.Environ()))
}

// rootOf is the folder from which the file's own paths are read, and its path
// there.
func rootOf(file, top string) (dir, name string) {
	path := filepath.Join(currentFolder(), file)
	if filepath.IsAbs(file) {
		path = filepath.Clean(file)
	}
	// The file itself may be a link; the reader decides on that.
	if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(dir, filepath.Base(path))
	}
	if top != "" {
		if rel, err := filepath.Rel(realPath(top), path); err == nil && filepath.IsLocal(rel) {
			return top, rel
		}
	}
	return filepath.Dir(path), filepath.Base(path)
}

// currentFolder is where we are, without links.
func currentFolder() string {
	dir, err := os.Getwd()
	if err != nil {
		return "."
	}
	return realPath(dir)
}

func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// writeProblems writes those of one file and tells whether it cannot be used.
func writeProblems(w io.Writer, file string, problems []problem) (broken bool) {
	fine := "fine"
	for _, p := range problems {
		if p.severity == "hint" {
			fine = "fine, but for the hints"
		} else {
			broken = true
		}
		fmt.Fprintf(w, "%s:%d:%d: %s: %s [%s]\n", plain(file), p.line, p.column, p.severity, plain(p.text), p.code)
	}
	if !broken {
		fmt.Fprintf(w, "%s: %s\n", plain(file), fine)
	}
	return broken
}
