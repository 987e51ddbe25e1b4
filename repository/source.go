package repository

import (
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Source is where a commit comes from: what it contains is the difference between
// the two.
type Source struct {
	Index string // the file; git takes one that is not there for empty
	Base  Base
}

// Base is the commit that a new one is compared with, which is its first parent.
// Where there is no such commit, it is the empty tree.
type Base string

const (
	Head   Base = "HEAD"   // of a new commit, and of a merge
	Parent Base = "HEAD^1" // of one that takes the place of HEAD: --amend, and a rebase that rewords or melds
)

// Source is the one of a plain `git commit`, from the index that git has told its
// editor or hook by GIT_INDEX_FILE, as far as it is there, or else from the usual.
func (r *Repository) Source() Source {
	if given, ok := r.Given(); ok {
		return Source{given, Head}
	}
	return Source{r.Index(), Head}
}

// Index is the usual index of this work tree.
func (r *Repository) Index() string { return filepath.Join(r.GitDir, "index") }

// Given is the index that git has told us by GIT_INDEX_FILE. It is not ok where
// git says nothing, speaks of another repository, or the file is gone: `git commit
// -a` and `git commit PATH` make one for the time they run, but an editor may stay.
func (r *Repository) Given() (file string, ok bool) {
	file = r.env.get("GIT_INDEX_FILE")
	if file == "" || r.env.owner != ours {
		return "", false
	}
	file = r.fromTop(file)
	return file, isFile(file)
}

// Waits tells whether the environment says that a git has started us for this
// repository. It may have ended since.
func (r *Repository) Waits() bool { return r.env.owner == ours && r.env.get("GIT_INDEX_FILE") != "" }

// ReflogAction is what git notes a commit as, such as "rebase (reword)"; "" where
// it does not say.
func (r *Repository) ReflogAction() string {
	if r.env.owner != ours {
		return ""
	}
	return r.env.get("GIT_REFLOG_ACTION")
}

// Locked is an index that a running git has made for one commit.
type Locked struct {
	File string
	PID  int // of that git, 0 where the name does not say
}

// Locked lists the indexes that git holds locked, complete ones only: another
// process may be writing one this moment. That of `git commit PATH` comes before
// the one that `git commit -a` and others use.
func (r *Repository) Locked() (all []Locked) {
	names, _ := filepath.Glob(filepath.Join(quoteGlob(r.GitDir), "next-index-*.lock"))
	slices.Reverse(names)
	for _, name := range append(names, filepath.Join(r.GitDir, "index.lock")) {
		if !isFile(name) || r.complete(name) != nil {
			continue
		}
		text := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), "next-index-"), ".lock")
		pid, _ := strconv.Atoi(text)
		all = append(all, Locked{name, pid})
	}
	return all
}

func quoteGlob(path string) string {
	return strings.NewReplacer(`*`, `\*`, `?`, `\?`, `[`, `\[`, `\`, `\\`).Replace(path)
}

// complete tells why an index is not one that git has written to its end, by the
// checksum there. Git itself looks at it only in fsck. An index that is not there
// is empty for git.
func (r *Repository) complete(index string) error {
	f, err := openRegular(index) // a pipe would hang git
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	var sum hash.Hash = sha1.New()
	if r.objectFormat == "sha256" {
		sum = sha256.New()
	}
	size := int64(sum.Size())
	var head [12]byte // signature, version, number of entries
	in := io.TeeReader(io.LimitReader(f, info.Size()-size), sum)
	if _, err = io.ReadFull(in, head[:]); err == nil && (string(head[:4]) != "DIRC" || head[7] < 2 || head[7] > 4) {
		err = errors.New("not an index")
	}
	if err == nil {
		_, err = io.Copy(io.Discard, in)
	}
	tail := make([]byte, size)
	if err == nil {
		_, err = io.ReadFull(f, tail)
	}
	unsigned := string(tail) == string(make([]byte, size)) // index.skipHash
	if err == nil && !unsigned && string(sum.Sum(nil)) != string(tail) {
		err = errors.New("it is not whole")
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", index, err)
	}
	return nil
}

// tree names the base for git; it never begins with "-".
func (r *Repository) tree(ctx context.Context, b Base) (string, error) {
	if b == Head && r.born() {
		return string(b), nil
	}
	// No such branch on disk, but git knows other places to keep branches; and
	// only git knows where the history of a shallow clone ends.
	_, err := r.ask(ctx, command{args: []string{"rev-parse", "--quiet", "--verify", string(b)}}, maxSmall)
	var exit *exec.ExitError
	switch {
	case err == nil:
		return string(b), nil
	case errors.As(err, &exit) && exit.ExitCode() == 1:
		return r.emptyTree()
	}
	return "", fmt.Errorf("find %s: %w", b, err)
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
