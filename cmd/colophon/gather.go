package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"colophon/commit"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/report"
)

// maxMessage bounds a message file: a verbose buffer of a large commit has some
// megabytes.
const maxMessage = 64 << 20

// settings are the flags that every judging command has. Each has the same name
// as the editor's setting and the git config below `colophon.`.
type settings struct {
	policy string
	ai     string
}

func (s *settings) flags(c *cobra.Command) {
	c.Flags().StringVar(&s.policy, "policy", "", "a preset's name, a policy file, or none (default: what the repository says)")
	c.Flags().StringVar(&s.ai, "ai", "auto", "whether AI was used, for this run: auto, yes or no")
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
	files     []policy.File // nil: what is staged is not known
	changeErr error
}

func (s *scene) input() diagnostics.Input { return s.commit.Input(s.message, s.files) }

func (s *scene) report() report.Report {
	in := s.input()
	return report.Report{File: s.file, Message: s.message, Found: s.commit.Found, View: diagnostics.Look(in), Findings: diagnostics.Check(in)}
}

// gather reads the message and looks around. file is a path, "-" for standard
// input, or "" for no message.
func (s *settings) gather(ctx context.Context, c *cobra.Command, file string) (*scene, error) {
	switch s.ai {
	case "auto", "yes", "no":
	default:
		return nil, usage("--ai %q is none of auto, yes, no", s.ai)
	}
	text, err := read(c.InOrStdin(), file)
	if err != nil {
		return nil, status{exitUsage, err}
	}
	o := commit.Options{Env: os.Environ(), Policy: s.policy, AI: s.ai, Comments: true}
	sc := &scene{file: file}
	sc.commit, err = commit.Open(ctx, whereIs(file), o)
	if err == nil && sc.commit.Repository == nil && file != "" && file != "-" {
		sc.commit, err = commit.Open(ctx, absolute(file), o) // not in a repository, but the message is
	}
	var invalid *policy.Error
	if errors.As(err, &invalid) {
		return nil, status{exitUsage, err}
	}
	if err != nil {
		return nil, status{exitFailure, err}
	}
	sc.message = sc.commit.Parse(text)
	if sc.commit.Repository != nil {
		staged, err := sc.commit.Repository.Staged(ctx)
		sc.files, sc.changeErr = sc.commit.Policy().Files(staged), err
	}
	return sc, nil
}

// whereIs is where to look for the repository: the git directory that holds the
// message, or the current folder for a file that lies anywhere else. The current
// folder is "", in which what git tells its hooks counts.
func whereIs(file string) string {
	switch filepath.Base(file) {
	case "COMMIT_EDITMSG", "MERGE_MSG":
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
	_, err := os.Stat(filepath.Join(filepath.Dir(path), "HEAD"))
	return err == nil
}

func read(stdin io.Reader, file string) (string, error) {
	switch file {
	case "":
		return "", nil
	case "-":
		return bounded(stdin, "standard input")
	}
	f, err := os.Open(file)
	if err != nil {
		return "", fmt.Errorf("read the message: %w", err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return "", fmt.Errorf("read the message: %s is a folder", file)
	}
	return bounded(f, file)
}

func bounded(r io.Reader, name string) (string, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxMessage+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("read the message: %w", err)
	case len(text) > maxMessage:
		return "", fmt.Errorf("read the message: %s has more than %d MiB", name, maxMessage>>20)
	}
	return string(text), nil
}
