package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"colophon/commit"
	"colophon/policy"
	"colophon/report"
)

func newCheck() *cobra.Command {
	var s settings
	var format, failOn string
	var commits seriesFlags
	c := &cobra.Command{
		Use:   "check FILE|-  |  check --range A..B  |  check --patch FILE...",
		Short: "Check a commit message, as the commit-msg hook does",
		Long: `Check a commit message against the policy of the repository and against what the
commit will contain. FILE is the message's file, as git hands it to the commit-msg hook, or as
Jujutsu, Mercurial, Sapling or StGit opens it in the editor; - is standard input.

With --kind pull-request FILE is the text of a pull request, in Markdown, and is checked for
the section and the boxes that the policy asks for; with --range A..B also against what the
branch brings: its files, and its commits in which AI use is evident, such as those with an AI
tool as co-author. With --kind issue FILE is the text of an issue, such as a bug report, and
is checked for what the policy's issue key asks for; without that key nothing is told. With
--kind cover-letter FILE is the cover letter of a series: nothing is asked of it, but what the
policy forbids, such as a tool's footer, is told.

With --range the commits that git log names are checked, newest first, each with the text
and the people that it was made with; the first field of a finding is the commit's
abbreviated id. Nobody is asked any more, so hints are left out. Merges are left out, whatever
they say. Of the commits that git rebase --autosquash would squash, those in which AI use is
declared or evident are checked, and the others left out. The policy's series key, and
--merges, say otherwise. A range that says where it begins, of at most 100 commits, is a
series as well, and small fixes are added up. What a commit contains is looked at where AI use
is declared or evident, and only there. Objects that are not there are not fetched.

With --patch each FILE is a patch as it is mailed, or a mailbox of them, and is checked as the
commit that git am would make of it, with what the patch itself contains. No repository is
needed; in one, its policy counts. Mails are of one series by their thread or their numbers.
Mails without a patch are left out; a cover letter is checked for what the policy forbids. A
finding names the line of FILE.

Findings go to standard output as file:line:column: severity: message [rule].

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use (flags,
unreadable input, invalid policy), 3 Colophon or git failed.`,
		Example: "  colophon check .git/COMMIT_EDITMSG\n  git log -1 --format=%B | colophon check --policy qemu-2026-09 -\n  colophon check --range origin/main..HEAD\n  colophon check --range HEAD --since 2026-01-01 --format jsonl >commits.jsonl\n  git format-patch --stdout origin/main | colophon check --patch -",
		RunE: func(c *cobra.Command, args []string) error {
			formats := []string{"text", "json", "sarif", "github", "gitlab"}
			several, err := commits.wanted(s.kind, args)
			if err != nil {
				return err
			}
			if several {
				formats = append(formats, "jsonl")
			}
			if !slices.Contains(formats, format) {
				return usage("--format %q is none of %s", format, strings.Join(formats, ", "))
			}
			switch {
			case several:
				return s.checkSeries(c, &commits, args, format, failOn)
			case len(args) != 1:
				return usage("check needs one FILE, or --range, or --patch")
			}
			s.brings = commits.Revisions
			sc, err := s.gather(c.Context(), c, args[0])
			if err != nil {
				return keepGoing(err, args[0])
			}
			if !c.Flags().Changed("fail-on") {
				failOn, err = failOnOf(sc.commit, failOn)
			} else if !slices.Contains(failLevels, failOn) {
				err = usage("--fail-on %q is none of %s", failOn, strings.Join(failLevels, ", "))
			}
			if err != nil {
				return err
			}
			r := sc.report()
			if sc.changeErr != nil && sc.commit.Policy() != nil {
				fmt.Fprintf(os.Stderr, "colophon: what the commit contains is not known, so rules about it keep silent: %s\n", printable(sc.changeErr))
			}
			if err := write(c.OutOrStdout(), &r, format); err != nil {
				return status{exitFailure, err}
			}
			if r.Reaches(failOn) {
				return status{code: exitFindings}
			}
			return nil
		},
	}
	s.flags(c)
	commits.add(c)
	c.Flags().StringVar(&s.kind, "kind", "commit", "what FILE is: commit, pull-request, issue or cover-letter")
	_ = c.RegisterFlagCompletionFunc("kind", cobra.FixedCompletions(kinds, cobra.ShellCompDirectiveNoFileComp))
	c.Flags().StringVar(&format, "format", "text", "text, json, sarif (2.1.0), github (annotations and step summary) or gitlab (code quality); with --range and --patch also jsonl, a line for each commit as it is judged")
	c.Flags().StringVar(&failOn, "fail-on", "error", "the least severity that makes the exit status 1: error, warning, info, hint or never")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json", "jsonl", "sarif", "github", "gitlab"}, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("fail-on", cobra.FixedCompletions(failLevels, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// failOnOf is the least severity that makes the exit status 1, as git's configuration
// says it.
func failOnOf(c *commit.Commit, otherwise string) (string, error) {
	level := otherwise
	if c.Config != nil {
		if v, ok := c.Config.Get("colophon.failOn"); ok {
			level = v
		}
	}
	if !slices.Contains(failLevels, level) {
		return "", usage("git config colophon.failOn: %q is none of %s", level, strings.Join(failLevels, ", "))
	}
	return level, nil
}

var failLevels = []string{"error", "warning", "info", "hint", "never"}

// keepGoing tells a person whose commit is stopped by our own failure where the
// message is and how to commit without us.
func keepGoing(err error, file string) error {
	if s, ok := err.(status); ok && file != "-" && os.Getenv("GIT_INDEX_FILE") != "" {
		edited := os.Getenv("GIT_EDITOR") != ":" // so git tells its hooks that it opens none
		s.err = fmt.Errorf("%w\n%s", s.err, goOn(file, edited, ""))
		return s
	}
	return err
}

func write(w io.Writer, r *report.Report, format string) error {
	switch format {
	case "json":
		return report.JSON(w, r)
	case "text":
		return report.Text(w, r, forScreen(w))
	}
	// The other formats are the same for one message as for many.
	one, sum := report.Commit{Report: *r}, report.NewSummary()
	sum.Add(&one, 0)
	to := report.NewCommitWriter(w, format, version, report.TextOptions{})
	if err := to.Commit(&one); err != nil {
		return err
	}
	if err := to.End(sum, r.Found); err != nil {
		return err
	}
	return summarize(format, sum, r.Found)
}

// summarize adds to what GitHub shows below the job, where a job is run.
func summarize(format string, sum *report.Summary, found *policy.Found) error {
	file := os.Getenv("GITHUB_STEP_SUMMARY")
	text := report.StepSummary(sum, found)
	if format != "github" || file == "" || text == "" {
		return nil
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the step summary: %w", err)
	}
	_, err = f.WriteString(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// forScreen shows the source line and a caret on a terminal, and colour unless
// NO_COLOR is set.
func forScreen(w io.Writer) report.TextOptions {
	f, ok := w.(*os.File)
	screen := ok && term.IsTerminal(int(f.Fd()))
	return report.TextOptions{Context: screen, Color: screen && os.Getenv("NO_COLOR") == ""}
}
