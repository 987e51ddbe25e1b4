// Package commit gathers what is known of one commit that is being written: its
// repository, how git will read the message, the policy, the people. The
// editor, the hook and the commands all ask here, so that they judge alike.
//
// It decides nothing; package diagnostics does, from the Input made here.
package commit

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"colophon/diagnostics"
	"colophon/maintainers"
	"colophon/message"
	"colophon/policy"
	"colophon/repository"
)

// Options is what the caller knows besides the repository.
type Options struct {
	Env      []string          // as os.Environ(); git tells its editor and hooks what to look at
	Policy   string            // --policy or the editor's setting; "" is what the repository says
	AI       string            // --ai or the editor's setting: yes or no; "" and auto are what the repository says
	Ask      string            // --ask or the editor's setting: always, when-evident or never; "" is what git's configuration says
	Severity map[string]string // of rules, by --severity or the editor's setting, which come before git's configuration
	Comments bool              // whether the text may hold comments at all: the commit box of VS Code may not
	File     string            // the message's file, where the path of Open is only a place near it; "-" is standard input
	Near     []string          // folders that the person has open
	Git      string            // the git to run; "" is the one on PATH
	Opened   bool              // the message is just being opened: its file is as git left it
	Before   *Commit           // what an earlier call found for this message: while one git waits, it reads the message as it began

	Blind     bool          // not to look which processes there are
	TimeLimit time.Duration // for each run of git; 0 is ten seconds
}

// Commit is a commit that is being written, apart from its message and what is
// staged. It is immutable.
type Commit struct {
	Repository *repository.Repository // nil outside any
	Root       string                 // the top of the work tree, which may be another program's; "" outside any
	Config     *repository.Config     // nil outside any repository
	Found      *policy.Found          // nil: no policy
	Author     diagnostics.Person
	Committer  diagnostics.Person
	Stated     diagnostics.Statement
	Prefers    diagnostics.Preferences
	Unusable   []string // a sentence for each setting that does not count

	Maintainers *maintainers.List // nil where the policy does not ask for them, or nobody is named
	Today       string            // YYYY-MM-DD

	maintained []stat // how the files looked that Maintainers was read from

	gits      []repository.Invocation // that wait for a message of this repository
	gitsKnown bool                    // whether the system tells
	never     bool                    // the message is of no amend: of a merge, of `git am`, of the commit box
	box       bool                    // it is in the commit box of VS Code
	file      string                  // the name of the message's file
	program   *program                // that has it written; nil: git, or it is a file of a person's
	apart     bool                    // it is not git that makes the commit, from no index
	tools     bool                    // AI tools have left records here
	head      string                  // the id of HEAD where they have, "" without a commit
	opened    string                  // where that is, while it is as git left it

	message     message.Options
	autoComment bool   // the comment character is to be read off the text
	policyFile  string // the file that the policy was read from, or named for it
	seen        stamp
}

// Open looks around from a path: the message's own file, or a folder. A policy
// that cannot be used is a *policy.Error, and the Commit is there all the same,
// without a policy; any other error leaves none.
func Open(ctx context.Context, path string, o Options) (*Commit, error) {
	c := &Commit{Stated: diagnostics.Statement(o.AI), Today: Today(o.Env)}
	c.file = filepath.Base(cmp.Or(o.File, path))
	if c.program = programOf(c.file); c.program != nil {
		path = home(cmp.Or(o.File, path), o.Near)
	}
	repo, err := c.open(path, o)
	switch {
	case errors.Is(err, repository.ErrNotFound):
		c.seen = c.look()
	case err != nil:
		return nil, err
	default:
		c.Repository, c.Root = repo, repo.WorkTree
		c.seen = c.look() // before anything is read, so that no change is missed
		if c.Config, err = repo.Config(ctx); err != nil {
			return nil, err
		}
		c.findRecords(ctx)
		if c.apart = c.program != nil || o.File != "" && !gitsOwn(c.file) && repo.Shared(); !c.apart {
			c.gits, c.gitsKnown = repo.Waiting(c.alias)
		}
	}
	c.box = !o.Comments && c.file != "final-commit"
	c.never = !o.Comments || c.file == "MERGE_MSG" || c.file == "final-commit"
	if o.Opened {
		c.opened = path
	}
	if b := o.Before; b != nil && len(c.gits) > 0 && slices.Equal(c.pids(), b.pids()) {
		c.message, c.autoComment = b.message, b.autoComment
	} else if err := c.readMessageOptions(ctx, o); err != nil {
		return nil, err
	}
	place := policy.Place{Setting: o.Policy, Root: c.Root}
	if c.Repository != nil {
		place.Config, _ = c.Config.Get("colophon.policy")
		place.Foreign = c.Config.Foreign("colophon.policy")
		place.Claimed = !c.Repository.LeadsBack()
		if ai, ok := c.Config.Get("colophon.ai"); ok && (o.AI == "" || c.Stated == diagnostics.Auto) {
			c.Stated = diagnostics.Statement(ai)
		}
		c.Author = who(repo.Author(c.Config))
		c.Committer = who(repo.Committer(c.Config))
	}
	c.readPreferences(o)
	c.Found, err = policy.Find(place)
	var invalid *policy.Error
	switch {
	case c.Found != nil:
		c.policyFile = c.Found.File
	case errors.As(err, &invalid):
		c.policyFile = invalid.Path
	}
	c.seen.named = statOf(c.policyFile)
	c.readMaintainers(o.Before)
	return c, err
}

func who(i repository.Identity, known bool) diagnostics.Person {
	if !known {
		return diagnostics.Person{}
	}
	return diagnostics.Person{Name: i.Name, Email: i.Email}
}

func (c *Commit) alias(name string) string {
	command, _ := c.Config.Get("alias." + name)
	return command
}

// fresh tells whether the index is as it was when git wrote the message.
func (c *Commit) fresh() bool {
	index := statOf(c.Repository.Index())
	return c.opened != "" && index.modified <= statOf(c.opened).modified
}

// git is the one that waits for the message; nil where none does, where it is not
// known, and where there are several.
func (c *Commit) git() *repository.Invocation {
	if len(c.gits) != 1 {
		return nil
	}
	return &c.gits[0]
}

func (c *Commit) pids() (pids []int) {
	for _, g := range c.gits {
		pids = append(pids, g.PID)
	}
	slices.Sort(pids)
	return pids
}

// Policy is the policy found, or nil.
func (c *Commit) Policy() *policy.Policy {
	if c.Found == nil {
		return nil
	}
	return c.Found.Policy
}

// Input is what the rules look at. The files are the change as the policy sorts
// it, nil where it is not known (yet); x is what else is known of it, nil for nothing.
func (c *Commit) Input(m *message.Message, files []policy.File, x *Contents) diagnostics.Input {
	in := diagnostics.Input{
		Message: m, Policy: c.Policy(), Files: files, Stated: c.Stated, Prefers: c.Prefers,
		Author: c.Author, Committer: c.Committer, Maintainers: c.Maintainers, Today: c.Today,
	}
	if x != nil {
		in.Doubt, in.Records, in.Unread = x.Doubt, x.Records, x.Unread
		if x.Change != nil {
			in.Added = x.Change.AddedAt
		}
	}
	return in
}

// stamp is what the files looked like that Open and Staged depend on.
type stamp struct {
	index     repository.Fingerprint
	config    stat
	ownConfig stat    // of this work tree
	policy    [2]stat // where the policy file may be
	named     stat
	records   [4]stat // of AI tools
}

type stat struct{ size, modified int64 }

func statOf(path string) stat {
	if info, err := os.Stat(path); err == nil && path != "" {
		return stat{info.Size(), info.ModTime().UnixNano()}
	}
	return stat{}
}

func (c *Commit) look() stamp {
	s := stamp{named: statOf(c.policyFile)}
	if r := c.Repository; r != nil {
		s.index = r.Fingerprint()
		s.config = statOf(filepath.Join(r.CommonDir, "config"))
		s.ownConfig = statOf(filepath.Join(r.GitDir, "config.worktree"))
	}
	if c.Root != "" {
		for i, name := range policy.FileNames() {
			s.policy[i] = statOf(filepath.Join(c.Root, filepath.FromSlash(name)))
		}
	}
	return s
}

// Moved tells whether something changed since Open that it or Staged would see:
// the index, HEAD, the repository's configuration or its policy. It costs some
// file look-ups and no process. It does not see the person's own configuration,
// nor files that a policy extends.
func (c *Commit) Moved() bool {
	now := c.look()
	now.records = c.recordStats()
	return now != c.seen || c.maintained != nil && !slices.Equal(c.maintained, maintainerStats(c.Root))
}
