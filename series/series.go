// Package series judges commits that were made, one after the other: those of a range
// of a branch, or those that are mailed. Nobody is asked any more, so hints are left out.
package series

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/semaphore"

	"colophon/change"
	"colophon/commit"
	"colophon/diagnostics"
	"colophon/mail"
	"colophon/policy"
	"colophon/report"
	"colophon/repository"
)

// Options is which commits are judged.
type Options struct {
	repository.Range
	AI      diagnostics.Statement // what is said of all of them; "" is nothing
	Merges  *bool                 // whether merges are judged, too; nil: as the policy says
	Workers int                   // 0 is one for each processor
}

// What may be judged before an earlier commit is done. A message with more bytes than
// that is judged alone.
const (
	ahead      = 256     // commits
	aheadBytes = 1 << 20 // of their messages and notes
)

// Judge judges the commits of a range by the policy of c and hands each on, in git's
// order, newest first. It ends with the first error of each, of git, or of ctx. A range
// that says where it begins, and has one head, is handed on in one go, as long as it may be
// a series.
func Judge(ctx context.Context, c *commit.Commit, o Options, each func(*report.Commit) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	type job struct {
		logged repository.Logged
		size   int64 // in bytes
		done   chan *report.Commit
	}
	jobs, order := make(chan job), make(chan job, ahead)
	hand := semaphore.NewWeighted(aheadBytes)
	var workers sync.WaitGroup
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Merges == nil {
		check := c.Policy() != nil && c.Policy().Series.Merges == "check"
		o.Merges = &check
	}
	o.Notes = c.NotesRef(ctx)
	hold := held{commit: c, each: each, off: !strings.Contains(o.Revisions, "..") && o.NotOn == "" || len(o.Heads) > 1}
	for range max(o.Workers, 1) {
		workers.Go(func() {
			defer func() {
				if r := recover(); r != nil { // in a goroutine it would end the process, with a status that means something else
					stop(fmt.Errorf("this is a bug in Colophon: %v\n%s", r, debug.Stack()))
				}
			}()
			for j := range jobs {
				j.done <- outline(judge(ctx, c, &o, &j.logged))
			}
		})
	}
	read := make(chan error, 1)
	go func() {
		defer close(order)
		defer workers.Wait()
		defer close(jobs)
		read <- c.Repository.Log(ctx, c.Config, o.Range, func(l repository.Logged) error {
			size := int64(min(len(l.Message)+len(l.Note), aheadBytes)) // a longer one has nothing beside it
			j := job{l, size, make(chan *report.Commit, 1)}
			if hand.Acquire(ctx, size) != nil {
				return context.Cause(ctx)
			}
			for _, to := range []chan job{order, jobs} {
				select {
				case to <- j:
				case <-ctx.Done():
					return context.Cause(ctx)
				}
			}
			return nil
		})
	}()
	var failed error
	for j := range order {
		if failed == nil && ctx.Err() != nil {
			failed = context.Cause(ctx)
		}
		if failed != nil {
			continue // until the others have come to their end
		}
		select {
		case one := <-j.done:
			failed = hold.add(one)
			hand.Release(j.size)
		case <-ctx.Done():
			failed = context.Cause(ctx)
		}
		if failed != nil {
			stop(failed)
		}
	}
	if failed = cmp.Or(failed, <-read); failed == nil {
		return hold.end()
	}
	return cmp.Or(hold.release(), failed) // what is known is told
}

// judge judges one commit.
func judge(ctx context.Context, c *commit.Commit, o *Options, l *repository.Logged) *report.Commit {
	one := &report.Commit{ID: l.ID, Date: l.Date, Author: person(l.Author), Cut: l.Cut}
	one.File = l.ID[:min(len(l.ID), 12)]
	if l.Merge && !*o.Merges {
		one.LeftOut = "merge"
		m := c.ParseMade(l.Message)
		one.Message, one.Subject = m, m.Slice(m.Subject)
		return one
	}
	noted := c.NotedIn(l)
	one.Author = behind(one.Author, person(l.Raw.Author))
	of(c, o.AI, one, behind(person(l.Committer), person(l.Raw.Committer)), l.Message, noted, func() (*change.Change, error) { return c.Made(ctx, l.ID, &noted) })
	return one
}

// behind is who made a commit: .mailmap says by which name and address people are known
// today, and cannot make a person of an AI tool.
func behind(mapped, raw diagnostics.Person) diagnostics.Person {
	if diagnostics.IsTool(raw) {
		return raw
	}
	return mapped
}

// Mail judges a patch that is mailed, from a file. It needs no repository, but c may
// have one. Of a cover letter nothing is asked; what the policy forbids is told of it, too.
func Mail(c *commit.Commit, ai diagnostics.Statement, file string, p *mail.Patch) *report.Commit {
	one := &report.Commit{ID: p.ID, Author: diagnostics.Person{Name: p.Name, Email: p.Email}, Cut: p.Cut}
	one.File, one.LineOf = file, p.Lines.At
	judgeMail(c, ai, one, p)
	return outline(one)
}

func judgeMail(c *commit.Commit, ai diagnostics.Statement, one *report.Commit, p *mail.Patch) {
	if p.Diff != "" {
		of(c, ai, one, diagnostics.Person{}, p.Message, commit.Noted{}, func() (*change.Change, error) {
			patch, err := change.ReadPatch(strings.NewReader(p.Diff))
			if err != nil {
				return nil, err
			}
			return &patch.Change, nil
		})
		return
	}
	m := c.ParseMade(p.Message)
	one.Message, one.Subject, one.LeftOut = m, m.Slice(m.Subject), "no patch"
	switch {
	case p.Cover():
		one.LeftOut = "cover letter"
		in := c.Input(m, nil, nil)
		in.Kind, in.Made, in.Today, in.Author = diagnostics.CoverLetter, true, "", one.Author
		judged(c, one, in)
	case p.Attached != "":
		one.LeftOut, one.Attached = "attachment", p.Attached
	}
}

// outline takes out of a commit what is not needed any more once it is judged. That may
// be the manifold of its message.
func outline(one *report.Commit) *report.Commit {
	one.Message, one.View = one.Message.Outline(), one.View.Outline()
	return one
}

// of judges a message that is final. What the commit contains is looked at only where AI
// use is known, or may be by what AI tools noted: everything else is for a person who is
// still writing.
func of(c *commit.Commit, ai diagnostics.Statement, one *report.Commit, committer diagnostics.Person, text string, noted commit.Noted, contains func() (*change.Change, error)) {
	m := c.ParseMade(text)
	in := c.Input(m, nil, nil)
	in.Stated, in.Today = ai, "" // a policy that has grown old is no fault of a commit
	in.Author, in.Committer, in.Made = one.Author, committer, true
	in.Records, in.Unread = noted.Records, noted.Unread
	if use := diagnostics.Look(in).Use; len(noted.Records) > 0 || use == diagnostics.UseDeclared || use == diagnostics.UseEvident {
		ch, err := contains()
		if err != nil && !errors.Is(err, context.Canceled) {
			one.Uncounted = err
		}
		in.Files = c.Policy().Files(ch)
		if ch != nil {
			in.Added = ch.AddedAt
		}
		in.Totals = diagnostics.Total(in.Files, in.Added, in.Records)
	}
	if diagnostics.IsFixup(m) && leavesFixups(c.Policy()) {
		if use := diagnostics.Look(in).Use; use != diagnostics.UseDeclared && use != diagnostics.UseEvident {
			one.Message, one.Subject, one.LeftOut = m, m.Slice(m.Subject), "fixup"
			return
		}
	}
	judged(c, one, in)
	one.Lines, one.Small = diagnostics.Assisted(in, one.View)
}

// leavesFixups tells whether commits that are still to be squashed are left out.
func leavesFixups(p *policy.Policy) bool {
	return p != nil && (p.Series.Fixups == "" || p.Series.Fixups == "leave-out")
}

// judged gives a commit, or a cover letter, its findings.
func judged(c *commit.Commit, one *report.Commit, in diagnostics.Input) {
	lines := one.LineOf
	one.Report, one.Subject = report.Of(one.File, in, c.Found), in.Message.Slice(in.Message.Subject)
	one.LineOf = lines
	one.Findings = slices.DeleteFunc(one.Findings, func(f diagnostics.Finding) bool { return f.Severity == diagnostics.Hint })
}

func person(i repository.Identity) diagnostics.Person {
	return diagnostics.Person{Name: i.Name, Email: i.Email}
}
