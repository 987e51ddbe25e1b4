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
	"colophon/mail"
	"colophon/policy"
	"colophon/report"
	"colophon/series"
)

// seriesFlags say which commits that were made are checked.
type seriesFlags struct {
	series.Options
	merges   bool
	patches  bool
	baseline string // a file with what is known already
	write    string // one to write
}

func (f *seriesFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.Revisions, "range", "", "check commits that were made, as git log names them: main..HEAD")
	c.Flags().StringVar(&f.Since, "since", "", "with --range: only commits since a date, as git log takes it")
	c.Flags().BoolVar(&f.merges, "merges", false, "with --range: check merges, too (default: what the policy says)")
	c.Flags().IntVar(&f.Workers, "workers", 0, "with --range: how many commits are judged at a time (default: one for each processor)")
	c.Flags().BoolVar(&f.patches, "patch", false, "check patches as they are mailed: each FILE is one, or a mailbox of them")
	c.Flags().StringVar(&f.baseline, "baseline", "", "with --range or --patch: leave out the findings that a file of --write-baseline has")
	c.Flags().StringVar(&f.write, "write-baseline", "", "with --range or --patch: write the findings to a file, so that they are known from now on")
}

// wanted tells whether several commits are checked, and what is wrong with that. With the
// text of a pull request, a range only says what that brings.
func (f *seriesFlags) wanted(kind string, args []string) (bool, error) {
	switch {
	case kind == string(diagnostics.PullRequest) && f.Revisions != "" && len(args) != 1:
		return false, usage("--kind pull-request needs a FILE, or - for standard input")
	case kind == string(diagnostics.PullRequest) && !f.patches && f.baseline == "" && f.write == "":
		return false, nil
	case kind == string(diagnostics.Issue) && (f.Revisions != "" || f.patches):
		return false, usage("--kind issue is for one FILE; an issue brings no commits")
	case kind == string(diagnostics.CoverLetter) && (f.Revisions != "" || f.patches):
		return false, usage("--kind cover-letter is for one FILE; --patch knows a cover letter by itself")
	case f.Revisions != "" && f.patches:
		return true, usage("--range and --patch exclude each other")
	case f.Revisions != "" && len(args) > 0:
		return true, usage("--range takes no FILE")
	case f.patches && len(args) == 0:
		return true, usage("--patch needs a FILE, or - for standard input")
	case !f.patches && f.Revisions == "" && (f.baseline != "" || f.write != ""):
		return false, usage("--baseline is for --range and --patch")
	case f.Workers < 0 || f.Workers > 256:
		return true, usage("--workers %d is not between 1 and 256", f.Workers)
	}
	return f.Revisions != "" || f.patches, nil
}

// checkSeries judges the commits of a range as git lists them, or those of mails.
func (s *settings) checkSeries(c *cobra.Command, f *seriesFlags, files []string, format, failOn string) (err error) {
	cm, err := s.place(c.Context())
	if err != nil {
		return err
	}
	if cm.Repository == nil && !f.patches {
		return usage("--range: here is no git repository")
	}
	f.AI = diagnostics.Statement(s.ai)
	if c.Flags().Changed("merges") {
		f.Options.Merges = &f.merges
	}
	if !c.Flags().Changed("fail-on") {
		if failOn, err = failOnOf(cm, failOn); err != nil {
			return err
		}
	}
	out := bufio.NewWriterSize(c.OutOrStdout(), 64<<10)
	w := report.NewCommitWriter(out, format, version, forScreen(c.OutOrStdout()))
	sum, failed := report.NewSummary(), false
	show := newProgress(c.ErrOrStderr())
	known, err := readBaseline(f.baseline)
	if err != nil {
		return err
	}
	var found []string
	told := tellOnce{show: show}
	if cm.Repository != nil && !f.patches {
		told.cutAt = cm.Repository.CutAt()
	}
	each := func(one *report.Commit) error {
		left := leaveOut(one, known)
		if f.write != "" {
			found = append(found, baselineOf(one)...)
		}
		sum.Add(one, left)
		failed = failed || one.Reaches(failOn)
		told.of(one)
		show.count(sum.Commits + sum.Merges + sum.Fixups)
		if err := w.Commit(one); err != nil {
			return err
		}
		if len(one.Findings) > 0 || format == "jsonl" {
			return out.Flush() // as it is judged, and whole lines
		}
		return nil
	}
	switch {
	case f.patches:
		err = checkMails(c, cm, f.AI, files, each)
	case cm.Found == nil: // there is nothing to say of any
	default:
		err = series.Judge(c.Context(), cm, f.Options, each)
	}
	show.end()
	if err == nil || format != "text" { // a document has its end in any case; a sum that is none would mislead
		if ended := w.End(sum, cm.Found); err == nil {
			err = ended
		}
	}
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	if err == nil {
		err = summarize(format, sum, cm.Found)
	}
	if err == nil && f.write != "" {
		if err = writeBaseline(f.write, found); err == nil {
			failed = false // they are known now
		}
	}
	switch {
	case errors.Is(err, context.Canceled):
		return status{exitFailure, errors.New("interrupted: not all commits are checked")}
	case err != nil:
		return seriesError(err)
	case failed:
		return status{code: exitFindings}
	}
	return nil
}

// place is where there is no message: the repository of the current folder, if any, and
// the policy.
func (s *settings) place(ctx context.Context) (*commit.Commit, error) {
	if err := s.validate(); err != nil {
		return nil, err
	}
	cm, err := commit.Open(ctx, "", commit.Options{Env: os.Environ(), Policy: s.policy, Ask: s.ask, Severity: s.severity, Git: s.git, Blind: true})
	var invalid *policy.Error
	switch {
	case errors.As(err, &invalid):
		return nil, status{exitUsage, err}
	case err != nil:
		return nil, status{exitFailure, err}
	case len(cm.Unusable) > 0:
		return nil, usage("git config: %s", cm.Unusable[0])
	}
	return cm, nil
}

// checkMails judges the mails of files, - being standard input. Without a policy there is
// nothing to say of a mail, but of a file that is none there is.
func checkMails(c *cobra.Command, cm *commit.Commit, ai diagnostics.Statement, files []string, each func(*report.Commit) error) error {
	all := series.NewMails(cm, ai, each)
	for _, file := range files {
		in := c.InOrStdin()
		if file != "-" {
			f, err := os.Open(file)
			if err != nil {
				return status{exitUsage, fmt.Errorf("read the patch: %w", err)}
			}
			defer f.Close()
			in = f
		}
		mails := 0
		err := mail.Read(in, func(p *mail.Patch) error {
			mails++
			if err := c.Context().Err(); err != nil {
				return err
			}
			if cm.Found == nil {
				return nil
			}
			return all.Add(file, p)
		})
		if err != nil || mails == 0 {
			if ended := all.End(); ended != nil { // what came before is told
				return ended
			}
		}
		switch {
		case errors.Is(err, context.Canceled):
			return err
		case err != nil:
			return status{exitUsage, fmt.Errorf("read %s: %w", file, err)}
		case mails == 0:
			return usage("read %s: there is no mail in it", file)
		}
	}
	return all.End()
}

// tellOnce tells a person what was not looked at, the first time that it happens.
type tellOnce struct {
	show                     *progress
	cutAt                    func(id string) bool // whether the clone has no parents of a commit; nil: it is not a clone's
	uncounted, cut, attached bool
}

func (t *tellOnce) of(one *report.Commit) {
	if t.cutAt != nil && t.cutAt(one.ID) {
		t.cutAt = nil
		t.show.line("colophon: this clone is shallow: commits that it does not have are not checked")
	}
	if one.Uncounted != nil && !t.uncounted {
		t.uncounted = true
		t.show.line("colophon: what a commit contains is not known, so rules about it keep silent there: %s", printable(one.Uncounted))
	}
	if one.Cut && !t.cut {
		t.cut = true
		where := one.File
		if one.LineOf != nil {
			where += fmt.Sprintf(":%d", one.LineOf(1))
		}
		t.show.line("colophon: %s: only the first MiB of so long a message is checked", where)
	}
	if one.Attached != "" && !t.attached {
		t.attached = true
		t.show.line("colophon: %s:%d: this mail has no patch in its text, and its attachment is not read: %s", one.File, one.LineOf(1), printable(errors.New(one.Attached)))
	}
}

// seriesError tells a range that git does not know from a git that fails.
func seriesError(err error) error {
	var known status
	if errors.As(err, &known) {
		return known
	}
	for _, words := range []string{"bad revision", "unknown revision", "ambiguous argument", "Invalid revision range", "bad object", "Not a valid object name", "Needed a single revision", "is no range"} {
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

// progressEvery is how often a number changes.
const progressEvery = 200 * time.Millisecond

// count shows a number, some times a second.
func (p *progress) count(n int) {
	if !p.screen || time.Since(p.last) < progressEvery {
		return
	}
	p.last, p.shown = time.Now(), true
	fmt.Fprintf(p.w, "\rcolophon: %d checked ", n)
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
