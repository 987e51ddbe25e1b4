package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"colophon/commit"
	"colophon/policy"
)

func newPolicy() *cobra.Command {
	c := &cobra.Command{
		Use:   "policy",
		Short: "List, show, compare, check and begin policies",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(
		newPolicyList(), newPolicyShow(), newPolicyExplain(), newPolicyDiff(),
		newPolicyInit(), newPolicyValidate(), newPolicySchema(),
	)
	return c
}

// openPolicy looks around with the policy that a name stands for: a preset, an
// alias, a file, or, for "" and ".", what the repository says. Found is there if
// there is no error.
func openPolicy(ctx context.Context, name string) (*commit.Commit, error) {
	if name == "." {
		name = ""
	}
	here, err := commit.Open(ctx, "", commit.Options{Env: os.Environ(), Policy: name})
	var invalid *policy.Error
	switch {
	case errors.As(err, &invalid):
		return nil, err
	case err != nil:
		return nil, status{exitFailure, err}
	case here.Found == nil:
		return nil, usage("this repository has no policy; `colophon policy list` has the presets, `colophon policy init` begins a file")
	}
	return here, nil
}

// policyText is the YAML of a policy that was found, and what it extends is to be
// looked for in: a folder, or "" for a preset.
func policyText(found *policy.Found) (text []byte, dir string, err error) {
	name := found.Policy.Name
	if slices.Contains(policy.Presets(), name) {
		text, err = policy.PresetText(name)
		return text, "", err
	}
	text, err = os.ReadFile(found.File)
	return text, strings.TrimSuffix(found.File, filepath.FromSlash(name)), err
}

// policyDraft reads a policy that was found once more, to tell where each of its
// lines stands.
func policyDraft(found *policy.Found) (*policy.Draft, error) {
	text, dir, err := policyText(found)
	if err != nil {
		return nil, err
	}
	var root *os.Root
	if dir != "" {
		if root, err = os.OpenRoot(dir); err != nil {
			return nil, err
		}
		defer root.Close()
	}
	d := policy.Read(found.Policy.Name, text, root)
	return d, d.Err()
}

// policyNames completes presets, aliases and files.
func policyNames(_ *cobra.Command, _ []string, start string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, name := range append(policy.Aliases(), policy.Presets()...) {
		if strings.HasPrefix(name, start) {
			names = append(names, name)
		}
	}
	return names, cobra.ShellCompDirectiveDefault
}

// atMost completes only so many arguments.
func atMost(n int, complete cobra.CompletionFunc) cobra.CompletionFunc {
	return func(c *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
		if len(args) >= n {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return complete(c, args, start)
	}
}

// plain is a text of a repository in one line that does not steer the terminal.
func plain(s string) string { return steerless(strings.ReplaceAll(s, "\n", " ")) }

// steerless is the same for several lines.
func steerless(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
}
