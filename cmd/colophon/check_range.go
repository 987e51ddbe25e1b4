package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"colophon/commit"
	"colophon/diagnostics"
	"colophon/policy"
	"colophon/report"
	"colophon/series"
)

// rangeFlags say which commits of a repository are checked.
type rangeFlags struct {
	series.Options
}

func (f *rangeFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.Revisions, "range", "", "check commits that were made, as git log names them: main..HEAD")
	c.Flags().StringVar(&f.Since, "since", "", "with --range: only commits since a date, as git log takes it")
	c.Flags().BoolVar(&f.Merges, "merges", false, "with --range: check merges, too")
	c.Flags().IntVar(&f.Workers, "workers", 0, "with --range: how many commits are judged at a time (default: one for each processor)")
}

// checkRange judges the commits of a range as git lists them.
func (s *settings) checkRange(c *cobra.Command, f *rangeFlags, format, failOn string) (err error) {
	ctx := c.Context()
	if f.Workers < 0 || f.Workers > 256 {
		return usage("--workers %d is not between 1 and 256", f.Workers)
	}
	if err := s.validate(); err != nil {
		return err
	}
	cm, err := commit.Open(ctx, "", commit.Options{Env: os.Environ(), Policy: s.policy, Ask: s.ask, Severity: s.severity, Git: s.git, Blind: true})
	var invalid *policy.Error
	switch {
	case errors.As(err, &invalid):
		return status{exitUsage, err}
	case err != nil:
		return status{exitFailure, err}
	case cm.Repository == nil:
		return usage("--range: here is no git repository")
	case len(cm.Unusable) > 0:
		return usage("git config: %s", cm.Unusable[0])
	}
	f.AI = diagnostics.Statement(s.ai)
	sc := scene{commit: cm}
	if !c.Flags().Changed("fail-on") {
		if failOn, err = sc.failOn(failOn); err != nil {
			return err
		}
	}
	if cm.Repository.Shallow() {
		fmt.Fprintln(c.ErrOrStderr(), "colophon: this clone is shallow: commits that it does not have are not checked")
	}
	out := bufio.NewWriterSize(c.OutOrStdout(), 64<<10)
	w := report.NewCommitWriter(out, format, forScreen(c.OutOrStdout()))
	sum, failed, uncounted := report.NewSummary(), false, 0
	show := newProgress(c.ErrOrStderr())
	if cm.Found != nil { // otherwise there is nothing to say of any
		err = series.Judge(ctx, cm, f.Options, func(one *report.Commit) error {
			sum.Add(one)
			failed = failed || one.Reaches(failOn)
			if one.Uncounted != nil {
				if uncounted++; uncounted == 1 {
					show.line("colophon: what a commit contains is not known, so rules about it keep silent there: %s", printable(one.Uncounted))
				}
			}
			show.count(sum.Commits + sum.Merges)
			if err := w.Commit(one); err != nil {
				return err
			}
			if len(one.Findings) > 0 || format == "jsonl" {
				return out.Flush() // as it is judged, and whole lines
			}
			return nil
		})
	}
	show.end()
	if ended := w.End(sum, cm.Found); err == nil {
		err = ended
	}
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	switch {
	case errors.Is(err, context.Canceled):
		return status{exitFailure, errors.New("interrupted: not all commits are checked")}
	case err != nil:
		return rangeError(err)
	case failed:
		return status{code: exitFindings}
	}
	return nil
}

// rangeError tells a range that git does not know from a git that fails.
func rangeError(err error) error {
	for _, words := range []string{"bad revision", "unknown revision", "ambiguous argument", "Invalid revision range", "bad object"} {
		if strings.Contains(err.Error(), words) {
			return status{exitUsage, err}
		}
	}
	return status{exitFailure, err}
}

// progress tells a person on a terminal how far it is.
type progress struct {
	w      io.Writer
	screen bool
	last   time.Time
	shown  bool
}

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	return &progress{w: w, screen: ok && term.IsTerminal(int(f.Fd())), last: time.Now()}
}

// count shows a number, some times a second.
func (p *progress) count(n int) {
	if !p.screen || time.Since(p.last) < 200*time.Millisecond {
		return
	}
	p.last, p.shown = time.Now(), true
	fmt.Fprintf(p.w, "\rcolophon: %d commits ", n)
}

// line writes a line that stays.
func (p *progress) line(format string, args ...any) {
	p.end()
	fmt.Fprintf(p.w, format+"\n", args...)
}

// end takes the number from the screen.
func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
