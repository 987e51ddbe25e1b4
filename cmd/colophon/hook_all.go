package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"colophon/hook"
	"colophon/repository"
)

// forAll are the hooks of all the person's repositories.
type forAll struct {
	personal *repository.Personal
	own      hook.Folder // that Colophon makes
	folder   hook.Folder // that core.hooksPath leads to; empty where it is not set
}

func hooksForAll(ctx context.Context) (*forAll, error) {
	p, err := repository.ReadPersonal(ctx)
	if err != nil {
		return nil, status{exitFailure, err}
	}
	own, err := ownFolder()
	if err != nil {
		return nil, status{exitFailure, err}
	}
	return &forAll{personal: p, own: own, folder: hook.Folder(filepath.FromSlash(p.HooksPath))}, nil
}

// ownFolder is where git itself keeps what is the person's, under our name.
func ownFolder() (hook.Folder, error) {
	dir := os.Getenv("XDG_CONFIG_HOME")
	if runtime.GOOS == "windows" {
		var err error
		if dir, err = os.UserConfigDir(); err != nil {
			return "", err
		}
	} else if !filepath.IsAbs(dir) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(home, ".config")
	}
	return hook.Folder(filepath.Join(dir, "colophon", "hooks")), nil
}

// active tells whether core.hooksPath leads to a folder that Colophon has made.
func (a *forAll) active() bool { return a.folder.ForAll() }

func (a *forAll) install(c *cobra.Command, names []string, program string) error {
	p := a.personal
	_, missing := os.Stat(string(a.folder))
	var changed error
	switch {
	case p.Scope == "":
		if err := a.own.InstallForAll(names, program, p.New); errors.Is(err, hook.ErrChanged) {
			return refused(err)
		} else if err != nil {
			return status{exitFailure, err}
		}
		if err := p.SetHooksPath(c.Context(), string(a.own)); err != nil {
			_, undone := a.own.RemoveForAll()
			return status{exitFailure, errors.Join(err, undone)}
		}
		a.folder = a.own
	case p.Scope == "system":
		return usage("core.hooksPath is set for everybody on this machine, to %s\ncolophon: add the line `%s` to the hook there", a.folder, byHand(names[0]))
	case p.Scope != "global":
		return usage("core.hooksPath is set by the environment, to %s", a.folder)
	case !filepath.IsAbs(string(a.folder)):
		return usage("core.hooksPath is %q, which is another folder in each repository\ncolophon: add the line `%s` to the hooks there", p.HooksPath, byHand(names[0]))
	case a.active() || a.folder == a.own && missing != nil:
		if err := a.folder.InstallForAll(names, program, false); errors.Is(err, hook.ErrChanged) {
			changed = err
		} else if err != nil {
			return status{exitFailure, err}
		}
	default: // a folder of the person's, who has chosen that repositories' own hooks do not run
		for _, name := range names {
			if err := a.folder.Install(name, program); errors.Is(err, hook.ErrChanged) {
				changed = errors.Join(changed, err)
			} else if err != nil {
				return status{exitFailure, err}
			}
		}
	}
	if err := a.tell(c, names); err != nil {
		return err
	}
	return refused(changed)
}

func (a *forAll) uninstall(c *cobra.Command, names []string) error {
	var changed error
	if a.folder != "" && filepath.IsAbs(string(a.folder)) && !a.active() {
		var err error
		if changed, err = takeOut(c, a.folder, names); err != nil {
			return err
		}
	}
	folder := a.own // which git may not look into any more
	if a.active() {
		folder = a.folder
	}
	if !folder.ForAll() {
		return refused(changed)
	}
	if some, err := checksOthers(folder, names); err != nil {
		return status{exitFailure, err}
	} else if some {
		stopped, err := folder.StopForAll(names)
		for _, name := range stopped {
			fmt.Fprintf(c.OutOrStdout(), "%s: taken out of %s\n", name, folder)
		}
		if err != nil && !errors.Is(err, hook.ErrChanged) {
			return status{exitFailure, err}
		}
		return refused(errors.Join(changed, err))
	}
	if err := a.remove(c, folder); err != nil {
		return err
	}
	return refused(changed)
}

// checksOthers tells whether a folder for all runs a program in other hooks than these.
func checksOthers(folder hook.Folder, names []string) (bool, error) {
	for _, name := range hook.Names {
		s, err := folder.Look(name)
		if err != nil {
			return false, err
		}
		if s.Program != "" && !slices.Contains(names, name) {
			return true, nil
		}
	}
	return false, nil
}

// remove takes a folder for all away, and core.hooksPath if it leads there. Nothing is
// done where hooks would stop that are not Colophon's, or that a person has changed.
func (a *forAll) remove(c *cobra.Command, folder hook.Folder) error {
	others, edited, err := folder.Strangers()
	if err != nil {
		return status{exitFailure, err}
	}
	active := a.active()
	if stay := slices.Concat(others, edited); active && len(stay) > 0 {
		return usage("nothing was taken out: git would not run these any more, which are not Colophon's, or were changed after Colophon made them\n%s\ncolophon: move them to another place, then again", strings.Join(stay, "\n"))
	}
	if err := a.personal.UnsetHooksPath(c.Context(), string(folder), folder.MadeConfig()); err != nil {
		return status{exitFailure, err}
	}
	now, err := repository.ReadPersonal(c.Context())
	if err != nil {
		return status{exitFailure, err}
	}
	if active && hook.Folder(filepath.FromSlash(now.HooksPath)).ForAll() {
		return usage("nothing was taken out: core.hooksPath still leads to %s; take it out of git's configuration\ncolophon: where it is set is told by:  git config --show-origin --get-all core.hooksPath", now.HooksPath)
	}
	left, err := folder.RemoveForAll()
	if err != nil {
		return status{exitFailure, err}
	}
	out := c.OutOrStdout()
	fmt.Fprintf(out, "%s: taken out\n", folder)
	for _, path := range left {
		whose := "it is not Colophon's"
		if slices.Contains(edited, path) {
			whose = "it was changed after Colophon made it"
		}
		fmt.Fprintf(out, "%s: left, %s\n", path, whose)
	}
	if now.Scope != "" {
		fmt.Fprintf(out, "core.hooksPath: left as it is, it is %s\n", now.HooksPath)
	}
	return nil
}

// tell says how the hooks stand.
func (a *forAll) tell(c *cobra.Command, names []string) error {
	var lines []string
	switch {
	case a.folder == "":
		lines = append(lines, "not installed for all your repositories: core.hooksPath is not set")
	case !filepath.IsAbs(string(a.folder)):
		lines = append(lines, fmt.Sprintf("not installed for all your repositories: core.hooksPath is %q, another folder in each of them", string(a.folder)))
	default:
		h := hooksOf{folder: a.folder, forAll: true, passes: a.active()}
		if err := h.tell(c, names); err != nil {
			return err
		}
		rest, err := a.rest(c.Context())
		if err != nil {
			return err
		}
		lines = append(lines, rest...)
	}
	if !a.active() && a.own.ForAll() {
		lines = append(lines, string(a.own)+": left of an earlier installation, git does not look there; colophon hook uninstall --global takes it out")
	}
	return say(c, lines)
}

// rest is what a person may wonder about.
func (a *forAll) rest(ctx context.Context) ([]string, error) {
	var lines []string
	if a.active() {
		lines = append(lines, "a repository's own hooks run as before, except "+strings.Join(hook.NotPassedOn, ", "))
		others, edited, err := a.folder.Strangers()
		if err != nil {
			return nil, status{exitFailure, err}
		}
		for _, path := range edited {
			lines = append(lines, path+" was changed after Colophon made it")
		}
		for _, path := range others {
			lines = append(lines, path+" is not Colophon's; a repository's own "+filepath.Base(path)+" does not run")
		}
	} else {
		lines = append(lines, "git runs the hooks of this folder, and not those of a repository; that was so before")
	}
	if h, err := hooks(ctx); err == nil && !h.forAll {
		lines = append(lines, "they do not run in this repository, whose core.hooksPath leads to "+string(h.folder))
	}
	return lines, nil
}

// tellRest says which hooks do not run because of those for all repositories, or the
// other way round.
func (h *hooksOf) tellRest(c *cobra.Command) error {
	var lines []string
	if h.passes {
		for _, name := range hook.NotPassedOn {
			path := filepath.Join(string(h.own), name)
			if _, err := os.Lstat(path); err == nil {
				lines = append(lines, path+" does not run; it does again, and the hooks for all your repositories do not, with",
					"  git config core.hooksPath "+shellWord(string(h.own)))
			}
		}
	}
	if a, err := hooksForAll(c.Context()); err == nil && !h.forAll && filepath.IsAbs(string(a.folder)) {
		all := hooksOf{folder: a.folder, forAll: true}
		if missing, err := all.missing(hook.Names); err == nil && len(missing) < len(hook.Names) {
			lines = append(lines, "the hooks for all your repositories, in "+string(a.folder)+", do not run here: core.hooksPath of this repository comes first")
		}
	}
	return say(c, lines)
}
