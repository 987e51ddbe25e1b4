package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"colophon/commit"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/report"
	"colophon/series"
)

// maxMessage is how much is read of a message file, in bytes. Behind it only the
// patch of `git commit -v` may go on.
const maxMessage = 32 << 20

// settings are the flags that every judging command has. Each has the same name
// as the editor's setting and the git config below `colophon.`.
type settings struct {
	policy string
	ai     string
	kind   string // of the text; "" is a commit message
	facts  []diagnostics.Evidence
	brings string // the range that a pull request brings; "" is not known

	ask      string
	severity map[string]string // by rule
	git      string            // the git to run; "" is the one on PATH
}

func (s *settings) flags(c *cobra.Command) {
	c.Flags().StringVar(&s.policy, "policy", "", "a preset's name, a policy file, or none (default: what the repository says)")
	c.Flags().StringVar(&s.ai, "ai", "auto", "whether AI was used, for this run: auto, yes or no")
	c.Flags().StringVar(&s.ask, "ask", "", "when to ask whether AI helped: always, when-evident or never (default: what the policy says)")
	c.Flags().StringToStringVar(&s.severity, "severity", nil, "the severity of a rule for this run: RULE=error, warning, info, hint or off")
	c.Flags().StringVar(&s.git, "git", "", "the git to run, an absolute path (default: the one on PATH)")
	_ = c.RegisterFlagCompletionFunc("ask", cobra.FixedCompletions(diagnostics.Askings(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("policy", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return append(policy.Aliases(), policy.Presets()...), cobra.ShellCompDirectiveDefault
	})
	_ = c.RegisterFlagCompletionFunc("ai", cobra.FixedCompletions([]string{"auto", "yes", "no"}, cobra.ShellCompDirectiveNoFileComp))
}

// scene is a message with everything that is known around it.
type scene struct {
	file      string
	commit    *commit.Commit
	message   *message.Message
	more      bool          // the file goes on behind what was read
	files     []policy.File // nil: what the commit contains is not known
	contents  *commit.Contents
	changeErr error
	kind      diagnostics.Kind
	facts     []diagnostics.Evidence
}

func (s *scene) input() diagnostics.Input {
	in := s.commit.Input(s.message, s.files, s.contents)
	in.Kind, in.Facts = s.kind, s.facts
	return in
}

func (s *scene) report() report.Report { return report.Of(s.file, s.input(), s.commit.Found) }

// kinds are the kinds of texts that --kind names.
var kinds = []string{string(diagnostics.CommitMessage), string(diagnostics.PullRequest), string(diagnostics.Issue), string(diagnostics.CoverLetter)}

// validate finds what is wrong with the flags.
func (s *settings) validate() error {
	switch s.ai {
	case "auto", "yes", "no":
	default:
		return usage("--ai %q is none of auto, yes, no", s.ai)
	}
	if s.kind != "" && !slices.Contains(kinds, s.kind) {
		return usage("--kind %q is none of %s", s.kind, strings.Join(kinds, ", "))
	}
	if s.git != "" && !filepath.IsAbs(s.git) {
		return usage("--git %q is no absolute path", s.git)
	}
	if _, problems := diagnostics.ReadPreferences(s.ask, s.severity); len(problems) > 0 {
		return usage("%s", problems[0])
	}
	return nil
}

// gather reads the message and looks around. file is a path, "-" for standard
// input, or "" for no message.
func (s *settings) gather(ctx context.Context, c *cobra.Command, file string) (*scene, error) {
	if err := s.validate(); err != nil {
		return nil, err
	}
	text, more, err := read(c.InOrStdin(), file)
	if err != nil {
		return nil, status{exitUsage, err}
	}
	if _, several := commit.OtherProgram(file, text); several {
		return nil, usage("read the message: %s has those of several commits; check the commits with --range", file)
	}
	o := commit.Options{Env: os.Environ(), Policy: s.policy, AI: s.ai, Ask: s.ask, Severity: s.severity, File: file, Git: s.git}
	o.Comments = filepath.Base(file) != "final-commit" // `git am` strips none
	sc := &scene{file: file, more: more, facts: s.facts}
	sc.commit, err = commit.Open(ctx, whereIs(file), o)
	if err == nil && sc.commit.Root == "" && sc.commit.Repository == nil && file != "" && file != "-" {
		sc.commit, err = commit.Open(ctx, absolute(file), o) // not in a work tree, but the message is
	}
	var invalid *policy.Error
	if errors.As(err, &invalid) {
		return nil, status{exitUsage, err}
	}
	if err != nil {
		return nil, status{exitFailure, err}
	}
	if s.kind == string(diagnostics.CoverLetter) { // it is mailed as it is, and no commit
		sc.kind, sc.message = diagnostics.CoverLetter, sc.commit.ParseMade(text)
		return sc, nil
	}
	if kind := diagnostics.Kind(s.kind); kind.OnForge() {
		sc.kind = kind
		sc.message = sc.commit.ParseKind(text, sc.kind)
		return sc, sc.readBrought(ctx, s.brings)
	}
	if len(sc.commit.Unusable) > 0 {
		return nil, usage("git config: %s", sc.commit.Unusable[0])
	}
	sc.message = sc.commit.Parse(text)
	if more && sc.message.Cut == len(text) {
		return nil, usage("read the message: %s has more than %d MiB above the scissors", file, maxMessage>>20)
	}
	contents, err := sc.commit.Contents(ctx, sc.message, nil)
	if contents != nil {
		sc.files, sc.contents = sc.commit.Policy().Files(contents.Change), contents
	}
	sc.changeErr = err
	return sc, nil
}

// readBrought reads what a pull request brings: its files, and in which of its commits AI
// use is evident. Where no range says so, rules about files are silent.
func (s *scene) readBrought(ctx context.Context, revisions string) error {
	if revisions == "" || s.commit.Policy() == nil {
		return nil
	}
	if s.commit.Repository == nil {
		return usage("--range: here is no git repository")
	}
	c, err := s.commit.Brought(ctx, revisions)
	if err != nil {
		return seriesError(err)
	}
	s.files = s.commit.Policy().Files(c)
	evident, err := series.Evident(ctx, s.commit, revisions)
	if err != nil {
		return seriesError(err)
	}
	s.facts = append(s.facts, evident...)
	return nil
}

// whereIs is where to look for the repository: the git directory that holds the
// message, or the current folder for a file that lies anywhere else. The current
// folder is "", in which what git tells its hooks counts.
func whereIs(file string) string {
	switch filepath.Base(file) {
	case "COMMIT_EDITMSG", "MERGE_MSG", "final-commit":
		if path := absolute(file); inGitDir(path) {
			return path
		}
	}
	return ""
}

// absolute is a path that stays right whatever the current folder is taken for.
func absolute(file string) string {
	if path, err := filepath.Abs(file); err == nil {
		return path
	}
	return file
}

func inGitDir(path string) bool {
	dir := filepath.Dir(path)
	if filepath.Base(dir) == "rebase-apply" {
		dir = filepath.Dir(dir)
	}
	_, err := os.Stat(filepath.Join(dir, "HEAD"))
	return err == nil
}

// read returns the message's text. There may be more than it takes: the patch of a
// large commit, below the scissors.
func read(stdin io.Reader, file string) (text string, more bool, err error) {
	in := stdin
	switch file {
	case "":
		return "", false, nil
	case "-":
	default:
		f, err := os.Open(file)
		if err != nil {
			return "", false, fmt.Errorf("read the message: %w", err)
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.IsDir() {
			return "", false, fmt.Errorf("read the message: %s is a folder", file)
		}
		in = f
	}
	all, err := io.ReadAll(io.LimitReader(in, maxMessage+1))
	if err != nil {
		return "", false, fmt.Errorf("read the message: %w", err)
	}
	return string(all[:min(len(all), maxMessage)]), len(all) > maxMessage, nil
}
