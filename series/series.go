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

	"colophon/change"
	"colophon/commit"
	"colophon/diagnostics"
	"colophon/mail"
	"colophon/report"
	"colophon/repository"
)

// Options is which commits are judged.
type Options struct {
	repository.Range
	AI      diagnostics.Statement // what is said of all of them; "" is nothing
	Merges  bool                  // merges are judged, too
	Workers int                   // 0 is one for each processor
}

// ahead is how many commits may be judged before an earlier one is done.
const ahead = 256

// Judge judges the commits of a range by the policy of c and hands each on, in git's
// order, newest first. It ends with the first error of each, of git, or of ctx.
func Judge(ctx context.Context, c *commit.Commit, o Options, each func(*report.Commit) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	type job struct {
		logged repository.Logged
		done   chan *report.Commit
	}
	jobs, order := make(chan job), make(chan job, ahead)
	var workers sync.WaitGroup
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	for range max(o.Workers, 1) {
		workers.Go(func() {
			defer func() {
				if r := recover(); r != nil { // in a goroutine it would end the process, with a status that means something else
					stop(fmt.Errorf("this is a bug in Colophon: %v\n%s", r, debug.Stack()))
				}
			}()
			for j := range jobs {
				j.done <- judge(ctx, c, &o, &j.logged)
			}
		})
	}
	read := make(chan error, 1)
	go func() {
		defer close(order)
		defer workers.Wait()
		defer close(jobs)
		read <- c.Repository.Log(ctx, c.Config, o.Range, func(l repository.Logged) error {
			j := job{l, make(chan *report.Commit, 1)}
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
			failed = each(one)
		case <-ctx.Done():
			failed = context.Cause(ctx)
		}
		if failed != nil {
			stop(failed)
		}
	}
	return cmp.Or(failed, <-read)
}

// judge judges one commit.
func judge(ctx context.Context, c *commit.Commit, o *Options, l *repository.Logged) *report.Commit {
	one := &report.Commit{ID: l.ID, Date: l.Date, Author: person(l.Author)}
	one.File = l.ID[:min(len(l.ID), 12)]
	if l.Merge && !o.Merges {
		one.LeftOut = "merge"
		m := c.ParseMade(l.Message)
		one.Message, one.Subject = m, m.Slice(m.Subject)
		return one
	}
	of(c, o.AI, one, person(l.Committer), l.Message, func() (*change.Change, error) { return c.Made(ctx, l.ID) })
	return one
}

// Mail judges a patch that is mailed, from a file. It needs no repository, but c may
// have one.
func Mail(c *commit.Commit, ai diagnostics.Statement, file string, p *mail.Patch) *report.Commit {
	one := &report.Commit{ID: p.ID, Author: diagnostics.Person{Name: p.Name, Email: p.Email}}
	if p.Diff == "" {
		m := c.ParseMade(p.Message)
		one.Message, one.Subject, one.LeftOut = m, m.Slice(m.Subject), "cover letter"
	} else {
		of(c, ai, one, diagnostics.Person{}, p.Message, func() (*change.Change, error) {
			patch, err := change.ReadPatch(strings.NewReader(p.Diff))
			if err != nil {
				return nil, err
			}
			return &patch.Change, nil
		})
	}
	one.File, one.LineOf = file, p.At
	return one
}

// of judges a message that is final. What the commit contains is looked at only where AI
// use is known: everything else is for a person who is still writing.
func of(c *commit.Commit, ai diagnostics.Statement, one *report.Commit, committer diagnostics.Person, text string, contains func() (*change.Change, error)) {
	m := c.ParseMade(text)
	in := c.Input(m, nil, "")
	in.Stated, in.Today = ai, "" // a policy that has grown old is no fault of a commit
	in.Author, in.Committer = one.Author, committer
	if use := diagnostics.Look(in).Use; use == diagnostics.UseDeclared || use == diagnostics.UseEvident {
		ch, err := contains()
		if err != nil && !errors.Is(err, context.Canceled) {
			one.Uncounted = err
		}
		in.Files = c.Policy().Files(ch)
	}
	one.Report, one.Subject = report.Of(one.File, in, c.Found), m.Slice(m.Subject)
	one.Findings = slices.DeleteFunc(one.Findings, func(f diagnostics.Finding) bool { return f.Severity == diagnostics.Hint })
}

func person(i repository.Identity) diagnostics.Person {
	return diagnostics.Person{Name: i.Name, Email: i.Email}
}
