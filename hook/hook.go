// Package hook puts scripts of Colophon's into a folder of git hooks, beside what is
// there, and takes them out again such that everything is as it was.
package hook

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Names are the hooks that Colophon has something to say in.
var Names = []string{"commit-msg", "prepare-commit-msg", "pre-push", "sendemail-validate"}

// beforeSuffix is behind the name of the hook that was there before ours, and which
// ours runs first.
const beforeSuffix = ".before-colophon"

// State is what is known of one hook.
type State struct {
	Name    string
	Ours    bool
	Changed bool   // ours is not as it was made
	Program string // that ours runs; empty where it is not ours
	Before  string // the path of the hook that ours runs first; empty: there was none
	Other   bool   // there is one, and it is not ours
	Calls   string // the path of the script by which another's calls Colophon; empty: not known
	Lost    bool   // ours was replaced by another's, and what it ran first still lies beside it
}

// Folder is where git looks for hooks.
type Folder string

func (f Folder) path(name string) string { return filepath.Join(string(f), name) }

// Look tells what is known of a hook. An error is the system's.
func (f Folder) Look(name string) (State, error) {
	s := State{Name: name}
	text, err := f.read(name)
	switch {
	case err == nil:
		s.Program, s.Ours = program(text)
		s.Other, s.Changed = !s.Ours, s.Ours && !asMade(text)
		if s.Other {
			s.Calls = f.callsItself(name)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return s, fmt.Errorf("look at the hook %s: %w", name, err)
	default:
		_, err := os.Lstat(f.path(name))
		s.Other = err == nil // a link that leads nowhere
	}
	before := f.path(name) + beforeSuffix
	switch _, err := os.Lstat(before); {
	case err == nil:
		s.Before = before
		s.Lost = s.Other
	case !errors.Is(err, fs.ErrNotExist):
		return s, fmt.Errorf("look at the hook %s: %w", name, err)
	}
	return s, nil
}

// maxScript is more than a script of ours has, in bytes.
const maxScript = 64 << 10

// read reads the beginning of a hook.
func (f Folder) read(name string) ([]byte, error) { return read(f.path(name)) }

// read reads the beginning of a script. Anything but a regular file could hang us.
func read(path string) ([]byte, error) {
	info, err := os.Stat(path) // some devices do something when they are opened
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	return readNow(path)
}

// readNow is read of a file that may have come there a moment ago.
func readNow(path string) ([]byte, error) {
	file, err := os.OpenFile(path, readAtOnce, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	return io.ReadAll(io.LimitReader(file, maxScript))
}

var errNotRegular = errors.New("not a regular file")

// ErrChanged says that a script of ours is not as it was made, and was left alone: what
// is in it may be somebody's work.
var ErrChanged = errors.New("was changed after Colophon made it, so it is left as it is")

// Install has git run a program in a hook, after the hook that is there. The program is
// a path, the folder is made where it is missing. Installed again, the new program
// counts. A hook that calls Colophon by itself is left alone. The error is ErrChanged
// where a person has changed a script of ours.
func (f Folder) Install(name, program string) error {
	if !slices.Contains(Names, name) {
		return fmt.Errorf("%q is none of the hooks %s", name, strings.Join(Names, ", "))
	}
	s, err := f.Look(name)
	if err != nil {
		return err
	}
	if s.Lost {
		return fmt.Errorf("%s was replaced by another program, and what it ran first still lies in %s; put one of them in the other's place first", f.path(name), s.Before)
	}
	if s.Changed {
		return f.changed(name)
	}
	if s.Calls != "" {
		return nil
	}
	made, err := f.make()
	if err != nil {
		return err
	}
	if s.Other {
		if err := os.Rename(f.path(name), f.path(name)+beforeSuffix); err != nil {
			return fmt.Errorf("keep the hook that is there: %w", err)
		}
	}
	if err := f.write(name, script(name, program, made)); err != nil {
		if s.Other {
			err = errors.Join(err, os.Rename(f.path(name)+beforeSuffix, f.path(name)))
		}
		return fmt.Errorf("install the hook %s: %w", name, err)
	}
	return nil
}

// make makes the folder, and tells whether one of ours has made it.
func (f Folder) make() (made bool, err error) {
	if _, err := os.Stat(string(f)); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(string(f), 0o777); err != nil {
			return false, fmt.Errorf("make the folder for hooks: %w", err)
		}
		return true, nil
	}
	for _, name := range Names {
		if text, err := f.read(name); err == nil && madeFolder(text) {
			return true, nil
		}
	}
	return false, nil
}

// write puts a script there such that git never runs half of one.
func (f Folder) write(name string, text []byte) error {
	tmp, err := os.CreateTemp(string(f), name+".colophon-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // gone already where all went well
	_, err = tmp.Write(text)
	if err == nil {
		err = tmp.Chmod(0o755)
	}
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), f.path(name))
}

// changed is the error about a script of ours that a person has changed. What is moved
// as it says runs, and is what Uninstall puts back.
func (f Folder) changed(name string) error {
	path := f.path(name)
	return fmt.Errorf("%s %w; move what was added to %s, which runs first, delete the former, then again", path, ErrChanged, name+beforeSuffix)
}

// Uninstall takes ours out, and puts back what was there, also where ours was deleted by
// hand. It tells whether there was something to take out. A hook that is not ours is left
// alone. The error is ErrChanged where a person has changed a script of ours.
func (f Folder) Uninstall(name string) (done bool, err error) {
	s, err := f.Look(name)
	switch {
	case err != nil || s.Other:
		return false, err
	case s.Changed:
		return false, f.changed(name)
	case s.Before != "" && !s.Ours:
		if err := os.Rename(s.Before, f.path(name)); err != nil {
			return false, fmt.Errorf("put back the hook %s: %w", name, err)
		}
		return true, nil
	case !s.Ours:
		return false, nil
	}
	text, err := f.read(name)
	if err != nil {
		return false, fmt.Errorf("take out the hook %s: %w", name, err)
	}
	if s.Before != "" {
		err = os.Rename(s.Before, f.path(name))
	} else {
		err = os.Remove(f.path(name))
	}
	if err != nil {
		return false, fmt.Errorf("take out the hook %s: %w", name, err)
	}
	if madeFolder(text) {
		_ = os.Remove(string(f)) // stays where something else is in it
	}
	return true, nil
}

const (
	mark       = "# colophon hook 1: made by `colophon hook install`, taken out by `colophon hook uninstall`\n"
	markFolder = "# the folder was made for it\n"
	setProgram = "program="
	// markSum begins the last line, which tells whether a person has changed the others.
	// It is the same in scripts of all versions.
	markSum = "# sha256 of the lines before: "
)

// seal adds the last line to a script of ours.
func seal(script string) []byte {
	return fmt.Appendf(nil, "%s%s%x\n", script, markSum, sha256.Sum256([]byte(script)))
}

// asMade tells whether a script of ours, of whatever version, is as it was made.
func asMade(text []byte) bool {
	i := bytes.LastIndex(text, []byte(markSum))
	return i >= 0 && bytes.Equal(seal(string(text[:i])), text)
}

// program is what a script of ours runs.
func program(text []byte) (path string, ours bool) {
	if !bytes.Contains(text, []byte(mark)) && !bytes.Contains(text, []byte(markAll)) {
		return "", false
	}
	_, rest, _ := strings.Cut("\n"+string(text), "\n"+setProgram)
	return unquote(rest), true
}

func madeFolder(text []byte) bool {
	_, ours := program(text)
	return ours && bytes.Contains(text, []byte(markFolder))
}

// script is a hook of ours, for the shell that git brings along on every system. A
// program that is not there any more stops no commit.
func script(name, program string, made bool) []byte {
	folder := ""
	if made {
		folder = markFolder
	}
	return checking(mark+folder, "colophon_before=${0%/*}/"+name+beforeSuffix+"\n", name, program, `colophon hook install, or take out' "$0"`)
}

// checking is a script that runs what find has put into colophon_before, and then the
// program; where that is gone, lost is said. The hook before it gets the environment as
// git gives it, so variables that are set for it have names that nobody else has.
func checking(marks, find, name, program, lost string) []byte {
	// What git writes to a hook is for both.
	keep, give, run := "", "", "exec "
	if name == "pre-push" {
		keep, give, run = "colophon_input=$(cat; echo .)\n", `printf %s "${colophon_input%.}" | `, `printf %s "${colophon_input%.}" | `
	}
	return seal("#!/bin/sh\n" + marks + keep + find + `if [ -f "$colophon_before" ] && [ -x "$colophon_before" ]; then
	` + give + `"$colophon_before" "$@" || exit
fi
` + setProgram + quote(filepath.ToSlash(program)) + `
[ -x "$program" ] || program=colophon
command -v "$program" >/dev/null 2>&1 || {
	echo 'colophon: the program is not there any more, so nothing was checked; ` + lost + ` >&2
	exit 0
}
` + run + `"$program" hook run ` + name + ` "$@"
`)
}

// quote is a text as one word of the shell.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// unquote is the text that quote has made the beginning of script from. A person may have
// written the word in another way: then it is as it stands, to the end of the line.
func unquote(script string) string {
	line, _, _ := strings.Cut(script, "\n")
	var text strings.Builder
	for rest := strings.TrimPrefix(script, "'"); len(rest) < len(script); {
		part, after, ok := strings.Cut(rest, "'")
		if !ok {
			break
		}
		text.WriteString(part)
		if rest, ok = strings.CutPrefix(after, `\''`); !ok {
			return text.String()
		}
		text.WriteByte('\'')
	}
	return strings.Trim(line, "'")
}
