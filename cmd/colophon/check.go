package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"colophon/report"
)

func newCheck() *cobra.Command {
	var s settings
	var format, failOn string
	c := &cobra.Command{
		Use:   "check FILE|-",
		Short: "Check a commit message, as the commit-msg hook does",
		Long: `Check a commit message against the policy of the repository and against what the
commit will contain. FILE is the message's file, as git hands it to the commit-msg hook; - is
standard input.

With --kind pull-request FILE is the text of a pull request, in Markdown, and is checked for
the section and the boxes that the policy asks for.

Findings go to standard output as file:line:column: severity: message [rule].

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use (flags,
unreadable input, invalid policy), 3 Colophon or git failed.`,
		Example: "  colophon check .git/COMMIT_EDITMSG\n  git log -1 --format=%B | colophon check --policy qemu-2026-09 -",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains([]string{"text", "json"}, format) {
				return usage("--format %q is none of text, json", format)
			}
			sc, err := s.gather(c.Context(), c, args[0])
			if err != nil {
				return keepGoing(err, args[0])
			}
			if !c.Flags().Changed("fail-on") {
				failOn, err = sc.failOn(failOn)
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
	c.Flags().StringVar(&s.kind, "kind", "commit", "what FILE is: commit or pull-request")
	_ = c.RegisterFlagCompletionFunc("kind", cobra.FixedCompletions([]string{"commit", "pull-request"}, cobra.ShellCompDirectiveNoFileComp))
	c.Flags().StringVar(&format, "format", "text", "text or json")
	c.Flags().StringVar(&failOn, "fail-on", "error", "the least severity that makes the exit status 1: error, warning, info, hint or never")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("fail-on", cobra.FixedCompletions(failLevels, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// failOn is the least severity that makes the exit status 1, as git's configuration
// says it.
func (s *scene) failOn(otherwise string) (string, error) {
	level := otherwise
	if s.commit.Config != nil {
		if v, ok := s.commit.Config.Get("colophon.failOn"); ok {
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
		s.err = fmt.Errorf("%w\ncolophon: your message is kept in %s; `git commit --no-verify -e -F %s` commits without this check", s.err, file, file)
		return s
	}
	return err
}

func write(w io.Writer, r *report.Report, format string) error {
	if format == "json" {
		return report.JSON(w, r)
	}
	return report.Text(w, r, forScreen(w))
}

// forScreen shows the source line and a caret on a terminal, and colour unless
// NO_COLOR is set.
func forScreen(w io.Writer) report.TextOptions {
	f, ok := w.(*os.File)
	screen := ok && term.IsTerminal(int(f.Fd()))
	return report.TextOptions{Context: screen, Color: screen && os.Getenv("NO_COLOR") == ""}
}
