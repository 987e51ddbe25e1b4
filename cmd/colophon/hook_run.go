package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"colophon/commit"
	"colophon/diagnostics"
	"colophon/hook"
	"colophon/message"
	"colophon/report"
)

func newHookRun() *cobra.Command {
	var s settings
	c := &cobra.Command{
		Use:   "run HOOK ARGUMENT...",
		Short: "Do what a hook does; hooks call it with the arguments that git gives them",
		Long: `Do what a hook does, with the arguments that git gives it.

commit-msg FILE checks the message and refuses the commit where there is an error (see
git config colophon.failOn). What it finds goes to standard error, hints are left out. If
an AI agent runs the commit, as the environment of the agent's programs tells, AI use is
evident. The message is kept, and how to go on is said.

prepare-commit-msg FILE [SOURCE [COMMIT]] writes what the policy asks into the message as
a comment, where an editor is about to open and nothing is said yet.

pre-push REMOTE URL checks the commits that standard input says are about to be pushed, and
that no branch of the remote is known to have. sendemail-validate FILE checks a patch that
git send-email is about to send. Both refuse where there is an error.

Exit statuses are those of colophon check.`,
		Args: cobra.RangeArgs(2, 4),
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains(hook.Names, args[0]) {
				return usage("%q is none of the hooks %s", args[0], strings.Join(hook.Names, ", "))
			}
			if args[0] == "commit-msg" || args[0] == "prepare-commit-msg" {
				s.facts = diagnostics.AgentsIn(os.Environ()) // which say nothing of older commits
			}
			switch args[0] {
			case "prepare-commit-msg":
				return s.prepare(c, args[1:])
			case "pre-push":
				return s.push(c, args[1])
			case "sendemail-validate":
				return s.send(c, args[1])
			}
			return s.refuse(c, args[1])
		},
	}
	s.flags(c)
	return c
}

// refuse is commit-msg.
func (s *settings) refuse(c *cobra.Command, file string) error {
	sc, err := s.gather(c.Context(), c, file)
	if err != nil {
		return keepGoing(err, file)
	}
	failOn, err := failOnOf(sc.commit, "error")
	if err != nil {
		return keepGoing(err, file)
	}
	r := sc.report()
	r.Findings = slices.DeleteFunc(r.Findings, func(f diagnostics.Finding) bool { return f.Severity == diagnostics.Hint && failOn != "hint" })
	more := max(0, len(r.Findings)-oneScreen)
	failed := r.Reaches(failOn)
	if more > 0 { // what refuses the commit is seen in any case
		slices.SortStableFunc(r.Findings, func(a, b diagnostics.Finding) int {
			switch {
			case a.Severity == b.Severity:
				return 0
			case a.Severity.AtLeast(b.Severity):
				return -1
			}
			return 1
		})
		r.Findings = r.Findings[:oneScreen]
	}
	o := forScreen(c.ErrOrStderr())
	o.Context = true
	var out bytes.Buffer
	if err := report.Text(&out, &r, o); err != nil {
		return status{exitFailure, err}
	}
	if more > 0 {
		fmt.Fprintf(&out, "colophon: and %d more\n", more)
	}
	if failed {
		fix := "colophon fix --write"
		if len(sc.facts) > 0 { // an agent runs this commit, and nothing else may say so
			fix = "colophon fix --ai yes --write"
		}
		fmt.Fprintf(&out, "%s\n", goOn(file, commented(sc.message), fix))
	}
	if _, err := c.ErrOrStderr().Write(out.Bytes()); err != nil {
		return status{exitFailure, err}
	}
	if failed {
		return status{code: exitFindings}
	}
	return nil
}

// oneScreen is how many findings a hook shows: with what stands around them, more do
// not fit.
const oneScreen = 5

// goOn says where the message is, and how the commit is made after all. fix is the command
// that mends the message; empty where it is not the message that stops the commit. Only a
// message that is commented is given to an editor again, which has git take comments out:
// whoever gave it with -m may have none, and wants its lines as they are.
func goOn(file string, commented bool, fix string) string {
	if other, _ := commit.OtherProgram(file, ""); other { // StGit, which takes its file away again
		return "colophon: the commit was not made; with --no-verify it is, without this check"
	}
	path := shellWord(absolute(file))
	with := "-F " + path
	if commented {
		with = "-e " + with
	}
	without := "colophon: without this check:  git commit … " + with + " --no-verify"
	if fix == "" {
		return "colophon: your message is kept in " + path + "\n" + without
	}
	return fmt.Sprintf(`colophon: the commit was not made; your message is kept in %[1]s
colophon: mend it there, or with:  %[3]s %[1]s
colophon: then commit as before, with its text:  git commit … %[2]s
%[4]s`, path, with, fix, without)
}

// commented tells whether a message has what git takes out of an editor's.
func commented(m *message.Message) bool {
	return m.Cut < len(m.Text) || slices.ContainsFunc(m.Lines, func(l message.Line) bool { return l.Kind == message.Comment })
}

// shellWord is a text as one word of a shell, quoted only where it has to be.
func shellWord(text string) string {
	text = filepath.ToSlash(text)
	if strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+:@%") == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// prepare is prepare-commit-msg: it writes the one hint that a message has while
// nothing is known of AI use, as a comment. Only where an editor is about to open:
// nobody would read it, and no git would take it out, anywhere else.
func (s *settings) prepare(c *cobra.Command, args []string) error {
	file := args[0]
	if os.Getenv("GIT_EDITOR") == ":" || len(args) > 1 && !slices.Contains([]string{"", "template", "merge", "commit"}, args[1]) {
		return nil
	}
	sc, err := s.gather(c.Context(), c, file)
	if err != nil {
		// The message is only about to be written: commit-msg has its word, too.
		return nil
	}
	fs := sc.report().Findings
	i := slices.IndexFunc(fs, func(f diagnostics.Finding) bool { return f.Rule == "disclosure-missing" && f.IfAI })
	if i < 0 || !sc.message.Options.StripsComments() || sc.more {
		return nil
	}
	text := sc.message.Text
	line := sc.message.Options.Comment + " " + fs[i].Message + sc.message.Newline()
	at := len(text)
	for _, l := range sc.message.Lines {
		if l.Kind == message.Comment {
			at = l.Full.Start
			break
		}
	}
	if at == len(text) && text != "" && !strings.HasSuffix(text, "\n") {
		line = sc.message.Newline() + line
	}
	if err := replace(file, text[:at]+line+text[at:]); err != nil {
		return status{exitFailure, err}
	}
	return nil
}
