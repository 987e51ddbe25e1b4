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
respected, and all work trees of a repository share them. With --global they are for all
your repositories.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newHookInstall(), newHookUninstall(), newHookStatus(), newHookRun())
	return c
}

func newHookInstall() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:   "install [HOOK...]",
		Short: "Install hooks; commit-msg where none is named",
		Long: `Install hooks: commit-msg where none is named. What is there already is kept beside it
with the ending .before-colophon, and runs first. Installed again, the program that says
so is the one that git will call. A hook that calls Colophon by itself is left as it is.
So is a script of Colophon's that a person has changed since; then the exit status is 2, and
what to do is said.

Where core.hooksPath leads to a folder that several repositories share, or hooks are in the
work tree, by whatever links, nothing is written: what to add there is for the person to say.

With --global they are installed for all your repositories. Where your core.hooksPath is
not set, it is set to a folder of Colophon's in ~/.config (or $XDG_CONFIG_HOME; %AppData%
on Windows). Git then looks into no repository for hooks, so the scripts in that folder
run each repository's own hook first, whatever its name, with its arguments, standard
input and exit status. Not so ` + strings.Join(hook.NotPassedOn, ", ") + `:
as soon as there is a script for them, git works differently or more slowly; a
repository's own ones do not run any more. Where your core.hooksPath leads to a folder of
your own, the hooks are installed there as in a repository.`,
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
			if all {
				a, err := hooksForAll(c.Context())
				if err != nil {
					return err
				}
				return a.install(c, names, program)
			}
			h, err := hooks(c.Context())
			if err != nil {
				return err
			}
			missing, err := h.missing(names)
			if err != nil {
				return err
			}
			if len(missing) > 0 && h.shared != "" && (!h.passes || h.tracked) {
				where := h.folder
				if h.passes {
					where, h.shared = h.own, string(h.own)+" leads into the work tree"
				}
				how := "add the line `" + byHand(missing[0]) + "` to " + where.Script(missing[0])
				if h.forAll {
					how += ", or install it for all of them:  colophon hook install --global"
				}
				return usage("%s, so hooks would be written to %s\ncolophon: %s", h.shared, where, how)
			}
			var changed error
			for _, name := range missing {
				if err := h.own.Install(name, program); errors.Is(err, hook.ErrChanged) {
					changed = errors.Join(changed, err)
				} else if err != nil {
					return status{exitFailure, err}
				}
			}
			for _, name := range names {
				if h.forAll && !slices.Contains(missing, name) {
					fmt.Fprintf(c.OutOrStdout(), "%s: installed for all your repositories already\n", name)
				}
			}
			if err := h.tell(c, names); err != nil {
				return err
			}
			return refused(changed)
		},
	}
	c.Flags().BoolVar(&all, "global", false, "for all your repositories")
	return c
}

// byHand is what a hook of another program can say.
func byHand(name string) string {
	if name == "commit-msg" {
		return `colophon hook run commit-msg "$1"`
	}
	return "colophon hook run " + name + ` "$@"`
}

// refused are the errors about scripts that a person has changed; nil is none.
func refused(changed error) error {
	if changed == nil {
		return nil
	}
	return status{exitUsage, changed}
}

func newHookUninstall() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:   "uninstall [HOOK...]",
		Short: "Take Colophon's hooks out; all of them where none is named",
		Long: `Take Colophon's hooks out, all of them where none is named, and put back what was there
before. A script that a person has changed since Colophon made it is left as it is; then the
exit status is 2, and what to do is said. Nothing in the work tree is taken away, and
nothing for all your repositories, also where this repository's core.hooksPath leads there.

With --global those that are for all your repositories are taken out. With the last one
goes the folder that was made for them, and core.hooksPath is unset. What is not
Colophon's stays and is named.`,
		Args:      cobra.OnlyValidArgs,
		ValidArgs: hook.Names,
		RunE: func(c *cobra.Command, names []string) error {
			if len(names) == 0 {
				names = hook.Names
			}
			if all {
				a, err := hooksForAll(c.Context())
				if err != nil {
					return err
				}
				return a.uninstall(c, names)
			}
			h, err := hooks(c.Context())
			if err != nil {
				return err
			}
			var changed error
			if !h.tracked {
				if changed, err = takeOut(c, h.own, names); err != nil {
					return err
				}
			}
			if err := h.tellLeft(c, names); err != nil {
				return err
			}
			return refused(changed)
		},
	}
	c.Flags().BoolVar(&all, "global", false, "those for all your repositories")
	return c
}

// tellLeft says of which hooks uninstall leaves alone what git runs, and why.
func (h *hooksOf) tellLeft(c *cobra.Command, names []string) error {
	var lines []string
	var inTree []hook.Folder
	if h.shared != "" && !h.forAll {
		inTree = append(inTree, h.folder)
	}
	if h.tracked && h.own != h.folder {
		inTree = append(inTree, h.own)
	}
	for _, name := range names {
		if h.forAll {
			s, err := h.folder.Look(name)
			if err != nil {
				return status{exitFailure, err}
			}
			if s.Program != "" {
				lines = append(lines, name+": installed for all your repositories; colophon hook uninstall --global takes it out")
			}
		}
		for _, folder := range inTree {
			s, err := folder.Look(name)
			if err != nil {
				return status{exitFailure, err}
			}
			if s.Ours {
				lines = append(lines, name+": "+filepath.Join(string(folder), name)+" is in the work tree, so it is left as it is")
			}
		}
	}
	return say(c, lines)
}

// takeOut takes hooks out of a folder, and says so. changed are the errors about those that
// a person has changed.
func takeOut(c *cobra.Command, folder hook.Folder, names []string) (changed, err error) {
	for _, name := range names {
		done, err := folder.Uninstall(name)
		switch {
		case errors.Is(err, hook.ErrChanged):
			changed = errors.Join(changed, err)
		case err != nil:
			return nil, status{exitFailure, err}
		case done:
			fmt.Fprintf(c.OutOrStdout(), "%s: taken out of %s\n", name, folder)
		}
	}
	return changed, nil
}

func newHookStatus() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:   "status",
		Short: "Say which hooks call Colophon",
		Long: `Say which hooks call Colophon in this repository: those that Colophon has made, and those
that have a line with the command colophon hook run and the hook's name. What a hook does
in other ways is not known. Also what of the repository's own does not run because of hooks
for all your repositories, or the other way round. With --global, say which call it in all
your repositories.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if all {
				a, err := hooksForAll(c.Context())
				if err != nil {
					return err
				}
				return a.tell(c, hook.Names)
			}
			h, err := hooks(c.Context())
			if err != nil {
				return err
			}
			if err := h.tell(c, hook.Names); err != nil {
				return err
			}
			return h.tellRest(c)
		},
	}
	c.Flags().BoolVar(&all, "global", false, "those for all your repositories")
	return c
}

// hooksOf is where a repository has its hooks.
type hooksOf struct {
	folder  hook.Folder // where git looks
	shared  string      // why the folder is not this repository's alone; empty where it is
	forAll  bool        // it is that of all the person's repositories
	passes  bool        // one of Colophon's, whose scripts run those in own, too
	own     hook.Folder // what install and uninstall are about; empty where that is no repository
	tracked bool        // own is in the work tree, where nothing is written or taken away
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
	h := hooksOf{folder: hook.Folder(folder), own: hook.Folder(filepath.Join(r.CommonDir, "hooks"))}
	inside := inWorkTree(r, cfg, folder)
	switch {
	case !configured:
	case !cfg.Foreign("core.hooksPath"):
		h.shared = "core.hooksPath is set for all your repositories"
		value, _ := cfg.Get("core.hooksPath")
		relative := !filepath.IsAbs(value) && !strings.HasPrefix(value, "~") // a repository may have a copy of our scripts there
		h.forAll, h.passes = true, h.folder.ForAll() && !(relative && inside)
	case inside:
		h.shared = "core.hooksPath leads into the work tree"
	case h.folder.ForAll() || isPersonal(ctx, folder):
		h.shared = "core.hooksPath leads to the hooks for all your repositories"
		h.forAll, h.passes = true, h.folder.ForAll()
	default:
		h.own = h.folder
	}
	if h.tracked = inWorkTree(r, cfg, string(h.own)); h.tracked && h.shared == "" {
		h.shared = string(h.own) + " leads into the work tree"
	}
	return h, nil
}

// isPersonal tells whether a folder is where the person's core.hooksPath leads.
func isPersonal(ctx context.Context, folder string) bool {
	p, err := repository.ReadPersonal(ctx)
	if err != nil || !filepath.IsAbs(filepath.FromSlash(p.HooksPath)) {
		return false
	}
	return resolved(folder) == resolved(filepath.FromSlash(p.HooksPath))
}

// inWorkTree tells whether a folder is where files are committed from, by whatever
// links. A linked work tree and the inside of a git directory have the main one, too.
func inWorkTree(r *repository.Repository, cfg *repository.Config, folder string) bool {
	folder = resolved(folder)
	in := func(top string) bool {
		rel, err := filepath.Rel(resolved(top), folder)
		return err == nil && filepath.IsLocal(rel)
	}
	if in(r.GitDir) || in(r.CommonDir) {
		return false
	}
	bare, _ := cfg.Get("core.bare")
	return r.WorkTree != "" && in(r.WorkTree) || filepath.Base(r.CommonDir) == ".git" && bare != "true" && in(filepath.Dir(r.CommonDir))
}

// resolved is a path without symbolic links, as far as it is there.
func resolved(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	above := filepath.Dir(path)
	if above == path {
		return path
	}
	return filepath.Join(resolved(above), filepath.Base(path))
}

// missing are those of the hooks that are not installed for all repositories, and do not
// call Colophon by themselves.
func (h *hooksOf) missing(names []string) ([]string, error) {
	var missing []string
	for _, name := range names {
		s, err := h.folder.Look(name)
		if err != nil {
			return nil, status{exitFailure, err}
		}
		if s.Calls == "" && (s.Program == "" || !h.forAll) {
			missing = append(missing, name)
		}
	}
	return missing, nil
}

// tell says how each hook stands.
func (h *hooksOf) tell(c *cobra.Command, names []string) error {
	lines := []string{string(h.folder)}
	if h.forAll {
		lines[0] += " (for all your repositories)"
	}
	for _, name := range hook.Names {
		if !slices.Contains(names, name) {
			continue
		}
		s, err := h.look(name)
		if err != nil {
			return status{exitFailure, err}
		}
		line := name + ": "
		switch {
		case s.Ours && s.Before != "" && s.Program == "":
			line += "runs " + s.Before
		case s.Ours && s.Before != "":
			line += "runs " + s.Before + ", then " + s.Program
		case s.Ours:
			line += "runs " + s.Program
		case s.Lost:
			line += "was replaced by another program; what it ran first lies in " + s.Before
		case s.Calls != "":
			line += s.Calls + " calls Colophon by itself"
		case s.Other:
			line += "another's is there; whether it calls Colophon is not known"
		case s.Before != "":
			line += "not installed; what ran before it lies in " + s.Before + ", and colophon hook uninstall puts it back"
		default:
			line += "not installed"
		}
		if s.Changed {
			line += "; a person has changed the script"
		}
		lines = append(lines, line)
	}
	return say(c, lines)
}

// look is what is known of a hook, with what a script for all repositories goes on to run.
func (h *hooksOf) look(name string) (hook.State, error) {
	s, err := h.folder.Look(name)
	if err != nil || !h.passes || !s.Ours {
		return s, err
	}
	if h.own == "" {
		s.Before = "the repository's own hook"
		return s, nil
	}
	own, err := h.own.Look(name)
	switch {
	case err != nil || s.Program == "":
		return own, err
	case own.Ours:
		s.Before = own.Before
	case own.Calls != "":
		s.Before = own.Calls + ", which calls Colophon by itself"
	case own.Other:
		s.Before = filepath.Join(string(h.own), name)
	}
	return s, nil
}

// say writes lines that may name files of a repository. A path with a line break in it
// stays in its line.
func say(c *cobra.Command, lines []string) error {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(printable(errors.New(strings.ReplaceAll(line, "\n", "\uFFFD"))) + "\n")
	}
	_, err := io.WriteString(c.OutOrStdout(), b.String())
	return err
}
