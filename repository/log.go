package repository

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"colophon/change"
)

// rangeTime bounds how long git may take for a range of commits. Who asked for it sees
// it go on, and can end it.
const rangeTime = 24 * time.Hour

// maxField is the longest field of a commit that is kept, in bytes; a message's rest is
// left out.
const maxField = 1 << 20

// Range names commits for [Repository.Log].
type Range struct {
	Revisions string   // as git log takes it: A..B, a branch, a hash
	Heads     []string // ids, instead of Revisions: what they have, and Without have not
	Without   []string // ids, which have to be there
	Since     string   // as git log --since takes it; "" is all
	Notes     string   // a ref below refs/notes/, whose notes come along; it has to be there; "" is none
	NotOn     string   // the name of a remote, or *: what its branches have, as far as is known here, is left out
}

// Logged is a commit that was made.
type Logged struct {
	ID        string // in full
	Merge     bool   // it has several parents
	Date      string // when the author wrote it, as in RFC 3339
	Author    Identity
	Committer Identity                             // both as .mailmap names them
	Raw       struct{ Author, Committer Identity } // both as the commit itself names them
	Message   string                               // UTF-8
	Cut       bool                                 // the message goes on behind what was kept
	Note      string                               // of Range.Notes, "" for none; UTF-8
	NoteLarge bool                                 // it is longer than what is kept, and so left out
	NotesLost bool                                 // git cannot read the notes of this commit and of those behind it; it is set for the first
}

// Log lists the commits of a range from one git, newest first, each as soon as git says
// it. It ends with the first error of each. Of what a range may name, nothing is taken
// for an option, and nothing is fetched. cfg is the [Repository.Config], so that git
// trusts the repository.
func (r *Repository) Log(ctx context.Context, cfg *Config, g Range, each func(Logged) error) error {
	err := r.endlessMailmap(cfg)
	if err == nil && len(g.Heads) == 0 && (g.Revisions == "" || strings.ContainsAny(g.Revisions, "\x00\n")) {
		err = errors.New("a range is a word, such as main..HEAD")
	}
	for _, id := range slices.Concat(g.Heads, g.Without) {
		if err == nil && !IsID(id) {
			err = fmt.Errorf("%q is no id", id)
		}
	}
	if err != nil {
		return fmt.Errorf("read the commits: %w", err)
	}
	var own error // of each
	done := 0
	if g.Notes != "" && r.endlessRef(g.Notes) {
		err = errors.New("the notes are no file")
	} else {
		err = r.logOnce(ctx, g, func(l Logged) error {
			if own = each(l); own == nil {
				done++
			}
			return own
		})
	}
	if err != nil && own == nil && ctx.Err() == nil && g.Notes != "" {
		// Git ends where it cannot read them. What they say is lost, and nothing else.
		g.Notes = ""
		at := 0
		err = r.logOnce(ctx, g, func(l Logged) error {
			l.NotesLost = at == done
			if at++; at <= done {
				return nil
			}
			return each(l)
		})
	}
	if err != nil {
		return fmt.Errorf("read the commits of %s: %w", cmp.Or(g.Revisions, strings.Join(g.Heads[:min(len(g.Heads), 1)], "")), err)
	}
	return nil
}

func (r *Repository) logOnce(ctx context.Context, g Range, each func(Logged) error) error {
	fields := "%H%x00%P%x00%aI%x00%aN%x00%aE%x00%cN%x00%cE%x00%an%x00%ae%x00%cn%x00%ce%x00%B%x00"
	if g.Notes != "" {
		fields += "%N" // which git would not fill in otherwise
	}
	args := inert("-c", "log.follow=false", "log", "-z", "--format="+fields, "--encoding=UTF-8", "--use-mailmap",
		"--no-show-signature", "--no-notes", "--no-decorate", "--no-color", "--no-ext-diff", "--no-textconv", "--no-patch")
	if g.Notes != "" {
		args = append(args, "--notes="+g.Notes)
	}
	if g.Since != "" {
		args = append(args, "--since="+g.Since)
	}
	if g.NotOn != "" {
		args = append(args, "--not", "--remotes="+g.NotOn, "--not")
	}
	var ids strings.Builder
	if len(g.Heads) > 0 { // they may be more than fit into a command
		for _, id := range g.Heads {
			ids.WriteString(id + "\n")
		}
		for _, id := range g.Without {
			ids.WriteString("^" + id + "\n")
		}
		args = append(args, "--stdin", "--")
	} else {
		args = append(args, "--end-of-options", g.Revisions, "--")
	}
	return r.run(ctx, command{limit: rangeTime, args: args, stdin: ids.String(), read: func(stdout io.Reader) error {
		return readCommits(stdout, each)
	}})
}

func readCommits(stdout io.Reader, each func(Logged) error) error {
	in := bufio.NewReaderSize(stdout, 64<<10)
	for {
		var f [13]string
		var cut [13]bool
		for i := range f {
			var err error
			f[i], cut[i], err = readField(in)
			if errors.Is(err, io.EOF) && i == 0 && f[0] == "" {
				return nil
			}
			if err != nil {
				return fmt.Errorf("a commit is cut short: %w", err)
			}
		}
		l := Logged{
			ID: f[0], Merge: strings.Contains(f[1], " "), Date: plain(f[2]), Message: f[11], Cut: cut[11], Note: strings.TrimRight(f[12], "\n"),
			Author: Identity{plain(f[3]), plain(f[4])}, Committer: Identity{plain(f[5]), plain(f[6])},
		}
		if l.NoteLarge = cut[12]; l.NoteLarge {
			l.Note = ""
		}
		l.Raw.Author, l.Raw.Committer = Identity{plain(f[7]), plain(f[8])}, Identity{plain(f[9]), plain(f[10])}
		if err := each(l); err != nil {
			return err
		}
	}
}

// readField reads up to a NUL, and keeps no more than maxField of it.
func readField(in *bufio.Reader) (text string, cut bool, err error) {
	var b strings.Builder
	for {
		part, err := in.ReadSlice(0)
		end := err == nil
		if end {
			part = part[:len(part)-1]
		}
		room := maxField - b.Len()
		cut = cut || len(part) > room
		b.Write(part[:min(len(part), room)])
		if end || !errors.Is(err, bufio.ErrBufferFull) {
			return b.String(), cut, err
		}
	}
}

// DiffCommit is what a commit contains that was made; of a merge nothing.
// wanted is as for [Repository.Diff], and as there an object that is not there is an error, and not fetched.
func (r *Repository) DiffCommit(ctx context.Context, id string, wanted func(path string) bool) (*change.Change, error) {
	return r.diffTrees(ctx, wanted, id)
}

// DiffRange is what a branch brings: what is in B and not yet in A, for a range A..B. It
// is the difference between B and where the two have parted.
func (r *Repository) DiffRange(ctx context.Context, revisions string) (*change.Change, error) {
	from, to, ok := strings.Cut(revisions, "..")
	if !ok || from == "" || strings.HasPrefix(to, ".") {
		return nil, fmt.Errorf("read what a branch brings: %q is no range such as main..HEAD", revisions)
	}
	base, err := r.ask(ctx, command{args: []string{"merge-base", "--end-of-options", from, cmp.Or(to, "HEAD")}}, maxSmall)
	if err != nil {
		return nil, fmt.Errorf("read where %s begins: %w", revisions, err)
	}
	tip, err := r.ask(ctx, command{args: []string{"rev-parse", "--verify", "--quiet", "--end-of-options", cmp.Or(to, "HEAD") + "^{commit}"}}, maxSmall)
	if err != nil {
		return nil, fmt.Errorf("read where %s ends: %w", revisions, err)
	}
	return r.diffTrees(ctx, nil, strings.TrimSpace(base), strings.TrimSpace(tip))
}

// diffTrees compares two commits, or one with its parent.
func (r *Repository) diffTrees(ctx context.Context, wanted func(path string) bool, ids ...string) (*change.Change, error) {
	for _, id := range ids {
		if !IsID(id) {
			return nil, fmt.Errorf("read what a commit contains: %q is no id", id)
		}
	}
	var c *change.Change
	args := append([]string{"diff-tree", "-z", "-r", "--root", "--no-commit-id"}, withLines...)
	args = append(append(args, "--no-relative"), ids...)
	err := r.run(ctx, command{
		args: inert(append(args, "--")...),
		read: func(stdout io.Reader) (err error) {
			c, err = change.ReadLines(stdout, wanted)
			return err
		},
	})
	if err != nil {
		return nil, fmt.Errorf("read what %.12s contains: %w", ids[len(ids)-1], err)
	}
	return c, nil
}

// Commits are those of the ids, in full, that are commits here. It runs one git.
func (r *Repository) Commits(ctx context.Context, ids []string) ([]string, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !IsID(id) })
	if len(ids) == 0 {
		return nil, nil
	}
	kinds, err := r.ask(ctx, command{
		args:  inert("cat-file", "--batch-check=%(objecttype)"),
		stdin: strings.Join(ids, "\n") + "\n",
	}, int64(len(ids))*(64+int64(len(" missing\n"))))
	if err != nil {
		return nil, fmt.Errorf("look for %d commits: %w", len(ids), err)
	}
	var there []string
	for i, kind := range slices.Collect(strings.Lines(kinds)) {
		if i < len(ids) && kind == "commit\n" {
			there = append(there, ids[i])
		}
	}
	return there, nil
}
