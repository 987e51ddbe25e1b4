package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"colophon/hook"
	"colophon/repository"
)

func newHook() *cobra.Command {
	c := &cobra.Command{
		Use:   "hook",
		Short: "Have git call Colophon in its hooks",
		Long: `Have git call Colophon in the hooks of a repository: commit-msg checks the message,
prepare-commit-msg writes the policy's question into it as a comment, pre-push checks the
commits that are about to be pushed, and sendemail-validate each patch that git send-email
is about to send.

A hook that is there already goes on to run, before Colophon's, with the arguments and
the standard input that git gives it. Where hooks are is what git says: core.hooksPath is
respected, and all work trees of a repository share them.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newHookInstall(), newHookUninstall(), newHookStatus(), newHookRun())
	return c
}

func newHookInstall() *cobra.Command {
	return &cobra.Command{
		Use:   "install [HOOK...]",
		Short: "Install hooks; commit-msg where none is named",
		Long: `Install hooks: commit-msg where none is named. What is there already is kept beside it
with the ending .before-colophon, and runs first. Installed again, the program that says
so is the one that git will call.

Where core.hooksPath leads to a folder that several repositories share, or into the work
tree, nothing is written: what to add there is for the person to say.`,
		Args:      cobra.OnlyValidArgs,
		ValidArgs: hook.Names,
		RunE: func(c *cobra.Command, names []string) error {
			if len(names) == 0 {
				names = []string{"commit-msg"}
			}
			program, err := os.Executable()
			if err != nil {
				return status{exitFailure, fmt.Errorf("find this program: %w", err)}
			}
			h, err := hooks(c.Context())
			if err != nil {
				return err
			}
			if h.shared != "" {
				return usage("%s, so hooks would be written to %s\ncolophon: add the line `%s` to the hook there", h.shared, h.folder, byHand)
			}
			for _, name := range names {
				if err := h.folder.Install(name, program); err != nil {
					return status{exitFailure, err}
				}
			}
			return h.tell(c, names)
		},
	}
}

// byHand is what a hook of another program can say.
const byHand = `colophon hook run commit-msg "$1"`

func newHookUninstall() *cobra.Command {
	return &cobra.Command{
		Use:       "uninstall [HOOK...]",
		Short:     "Take Colophon's hooks out; all of them where none is named",
		Long:      "Take Colophon's hooks out, all of them where none is named, and put back what was there before.",
		Args:      cobra.OnlyValidArgs,
		ValidArgs: hook.Names,
		RunE: func(c *cobra.Command, names []string) error {
			if len(names) == 0 {
				names = hook.Names
			}
			h, err := hooks(c.Context())
			if err != nil {
				return err
			}
			for _, name := range names {
				done, err := h.folder.Uninstall(name)
				if err != nil {
					return status{exitFailure, err}
				}
				if done {
					fmt.Fprintf(c.OutOrStdout(), "%s: taken out of %s\n", name, h.folder)
				}
			}
			return nil
		},
	}
}

func newHookStatus() *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Say which hooks call Colophon",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			h, err := hooks(c.Context())
			if err != nil {
				return err
			}
			return h.tell(c, hook.Names)
		},
	}
}

// hooksOf is where a repository has its hooks.
type hooksOf struct {
	folder hook.Folder
	shared string // why the folder is not this repository's alone; empty where it is
}

// hooks finds the hooks of the repository of the current folder.
func hooks(ctx context.Context) (hooksOf, error) {
	r, err := repository.Open("", repository.Options{})
	if errors.Is(err, repository.ErrNotFound) {
		return hooksOf{}, usage("here is no git repository")
	}
	if err != nil {
		return hooksOf{}, status{exitFailure, err}
	}
	cfg, err := r.Config(ctx)
	if err != nil {
		return hooksOf{}, status{exitFailure, err}
	}
	folder, configured := r.HooksPath(cfg)
	h := hooksOf{folder: hook.Folder(folder)}
	switch {
	case !configured:
	case !cfg.Foreign("core.hooksPath"):
		h.shared = "core.hooksPath is set for all your repositories"
	case inWorkTree(r, folder):
		h.shared = "core.hooksPath leads into the work tree"
	}
	return h, nil
}

// inWorkTree tells whether a folder is where files are committed from.
func inWorkTree(r *repository.Repository, folder string) bool {
	if r.WorkTree == "" {
		return false
	}
	in := func(top string) bool {
		rel, err := filepath.Rel(top, folder)
		return err == nil && filepath.IsLocal(rel)
	}
	return in(r.WorkTree) && !in(r.GitDir) && !in(r.CommonDir)
}

// tell says how each hook stands.
func (h *hooksOf) tell(c *cobra.Command, names []string) error {
	var lines []string
	for _, name := range hook.Names {
		if !slices.Contains(names, name) {
			continue
		}
		s, err := h.folder.Look(name)
		if err != nil {
			return status{exitFailure, err}
		}
		line := name + ": "
		switch {
		case s.Ours && s.Before != "":
			line += "runs " + s.Before + ", then " + s.Program
		case s.Ours:
			line += "runs " + s.Program
		case s.Lost:
			line += "was replaced by another program; what it ran first lies in " + s.Before
		case s.Other:
			line += "does not call Colophon (another's is there)"
		default:
			line += "not installed"
		}
		lines = append(lines, line)
	}
	_, err := fmt.Fprintf(c.OutOrStdout(), "%s\n%s\n", h.folder, strings.Join(lines, "\n"))
	return err
}
