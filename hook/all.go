package hook

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A folder for all repositories is one that git's core.hooksPath leads to for a person.
// Git then looks no more into the repositories themselves, so there is a script in it
// for every hook, and each runs the repository's own.

// PassedOn are the hooks of a repository that go on to run under a folder for all.
//
// fsmonitor-watchman is not among them: git finds it by core.fsmonitor.
var PassedOn = []string{
	"applypatch-msg", "commit-msg", "p4-changelist", "p4-post-changelist", "p4-pre-submit",
	"p4-prepare-changelist", "post-applypatch", "post-checkout", "post-commit", "post-merge",
	"post-receive", "post-rewrite", "post-update", "pre-applypatch", "pre-auto-gc", "pre-commit",
	"pre-merge-commit", "pre-push", "pre-rebase", "pre-receive", "prepare-commit-msg",
	"proc-receive", "sendemail-validate", "update",
}

// NotPassedOn are the hooks of a repository that do not run under a folder for all. A
// script for push-to-checkout, however little it does, takes the place of what git does
// without one. Git calls the two others several times for each command, in all
// repositories: whenever it writes an index or a reference.
var NotPassedOn = []string{"post-index-change", "push-to-checkout", "reference-transaction"}

const (
	markAll = "# colophon hook for all 1: made by `colophon hook install --global`, taken out by `colophon hook uninstall --global`\n"
	// markPass is also what package repository knows such a script by.
	markPass = "# it only runs the repository's own hook\n"
	madeAll  = "# made for it: %d folders, %d configuration files\n"
)

// made is what was not there before.
type made struct{ folders, config int }

// ForAll tells whether a folder is one for all repositories. A path that is not absolute
// is another folder in each of them.
func (f Folder) ForAll() bool {
	_, ours := f.made()
	return ours && filepath.IsAbs(string(f))
}

// MadeConfig tells whether git's configuration of the person was made for a folder for
// all.
func (f Folder) MadeConfig() bool {
	m, _ := f.made()
	return m.config > 0
}

func (f Folder) made() (m made, ours bool) {
	for _, name := range PassedOn {
		text, err := f.read(name)
		if err != nil || !bytes.Contains(text, []byte(markAll)) {
			continue
		}
		_, after, _ := strings.Cut(string(text), markAll)
		_, _ = fmt.Sscanf(after, madeAll, &m.folders, &m.config) // unread, nothing was made
		return m, true
	}
	return m, false
}

// Strangers are the paths of hooks in a folder for all that are not ours, and of those
// that a person has changed. An error is the system's.
func (f Folder) Strangers() (others, changed []string, err error) {
	for _, name := range slices.Concat(PassedOn, NotPassedOn) {
		s, err := f.Look(name)
		if err != nil {
			return nil, nil, err
		}
		if s.Other {
			others = append(others, f.path(name))
		}
		if s.Changed {
			changed = append(changed, f.path(name))
		}
	}
	return others, changed, nil
}

// InstallForAll makes a folder for all repositories, or adds to one, such that a
// program runs in the hooks that are named, after the repository's own. Those of Names
// that run one already keep theirs. newConfig says that git's configuration of the
// person will be made for it. Those that a person has changed are left alone; where they
// are among the named, the error is ErrChanged, and the others are installed.
//
// A folder that is there already must be empty, or one for all.
func (f Folder) InstallForAll(names []string, program string, newConfig bool) (err error) {
	for _, name := range names {
		if !slices.Contains(Names, name) {
			return fmt.Errorf("%q is none of the hooks %s", name, strings.Join(Names, ", "))
		}
	}
	m, ours := f.made()
	if !ours {
		if there, err := os.ReadDir(string(f)); err == nil && len(there) > 0 {
			return fmt.Errorf("%s is there already, with files that are not Colophon's", f)
		}
		if m.folders, err = makeAll(string(f)); err != nil {
			return fmt.Errorf("make the folder for hooks: %w", err)
		}
		if newConfig {
			m.config = 1
		}
		defer func() {
			if err != nil {
				_, _ = f.removeForAll(m)
			}
		}()
	}
	var changed error
	for _, name := range PassedOn {
		s, err := f.Look(name)
		switch {
		case err != nil:
			return err
		case s.Changed && slices.Contains(names, name):
			changed = errors.Join(changed, f.changedForAll(name))
			continue
		case s.Changed || s.Calls != "":
			continue
		case s.Other && slices.Contains(names, name):
			return fmt.Errorf("%s is not Colophon's; move it to another place first", f.path(name))
		case s.Other:
			continue
		case slices.Contains(names, name):
			s.Program = program
		}
		if err := f.write(name, scriptForAll(name, s.Program, m)); err != nil {
			return fmt.Errorf("install the hook %s: %w", name, err)
		}
	}
	return changed
}

func (f Folder) changedForAll(name string) error {
	return fmt.Errorf("%s %w; move what was added to another place, delete the file, then again", f.path(name), ErrChanged)
}

// makeAll makes a folder with those above it, and tells how many there are of them.
func makeAll(folder string) (n int, err error) {
	for at := folder; ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		n++
	}
	return n, os.MkdirAll(folder, 0o755) // nobody else has a say in what runs for this person
}

// StopForAll has the hooks that are named run no program any more, only the
// repository's own. It tells which of them did. The error is ErrChanged where a person has
// changed some, and the others are done.
func (f Folder) StopForAll(names []string) (stopped []string, err error) {
	m, _ := f.made()
	var changed error
	for _, name := range names {
		s, err := f.Look(name)
		if err != nil {
			return stopped, err
		}
		if !s.Ours || s.Program == "" {
			continue
		}
		if s.Changed {
			changed = errors.Join(changed, f.changedForAll(name))
			continue
		}
		if err := f.write(name, scriptForAll(name, "", m)); err != nil {
			return stopped, fmt.Errorf("take out the hook %s: %w", name, err)
		}
		stopped = append(stopped, name)
	}
	return stopped, changed
}

// RemoveForAll takes out all that InstallForAll has made. What is left is told by its
// paths: it is somebody else's, or changed.
func (f Folder) RemoveForAll() (left []string, err error) {
	m, _ := f.made()
	return f.removeForAll(m)
}

func (f Folder) removeForAll(m made) (left []string, err error) {
	for _, name := range PassedOn {
		s, err := f.Look(name)
		if err != nil {
			return nil, err
		}
		if s.Ours && !s.Changed {
			if err := os.Remove(f.path(name)); err != nil {
				return nil, fmt.Errorf("take out the hook %s: %w", name, err)
			}
		}
	}
	there, err := os.ReadDir(string(f))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look at the folder for hooks: %w", err)
	}
	for _, e := range there {
		left = append(left, f.path(e.Name()))
	}
	for at := string(f); m.folders > 0; at, m.folders = filepath.Dir(at), m.folders-1 {
		if os.Remove(at) != nil {
			break // something else is in it
		}
	}
	return left, nil
}

// scriptForAll is a script of a folder for all. Without a program it only runs the
// repository's own hook.
func scriptForAll(name, program string, m made) []byte {
	marks := markAll + fmt.Sprintf(madeAll, m.folders, m.config)
	// The repository's own hooks are in the folder that all its work trees share. Git
	// starts a hook at the top of the work tree, or says by GIT_DIR where its folder is.
	// In a linked work tree that has no objects: only git can tell where the shared one is.
	find := `colophon_before=${GIT_DIR:-.git}
if [ -n "$GIT_COMMON_DIR" ] || ! [ -d "$colophon_before/objects" ]; then
	colophon_before=$(git rev-parse --git-common-dir) || exit
fi
colophon_before=$colophon_before/hooks/` + name + `
`
	// The second line says whose it is.
	whose := `colophon_line=
[ -f "$colophon_before" ] && { read -r colophon_line; read -r colophon_line; } 2>/dev/null <"$colophon_before"
case $colophon_line in
`
	if program != "" {
		return checking(marks, find+"# One of Colophon's there would check once more; what it runs first is run here.\n"+
			whose+`"# colophon hook "*) colophon_before=$colophon_before`+beforeSuffix+" ;;\nesac\n", name, program, "colophon hook install --global'")
	}
	none := "exit 0"
	if name == "proc-receive" { // git refuses the push where there is none
		none = `{ echo "colophon: there is no hook $colophon_before" >&2; exit 1; }`
	}
	return seal("#!/bin/sh\n" + marks + markPass + find + "# A copy of this file would run itself for ever.\n" +
		whose + `"# colophon hook for all "*) colophon_before= ;;
esac
[ -f "$colophon_before" ] && [ -x "$colophon_before" ] || ` + none + `
exec "$colophon_before" "$@"
`)
}
