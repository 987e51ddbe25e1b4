package hook

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestProgramIsReadAgain(t *testing.T) {
	for _, path := range []string{"/usr/bin/colophon", "/home/Jo Doe/it's/colophon", "C:/Program Files/colophon.exe", "'", "''", "/x'", "/a\nb/c\n", "/a\nprogram='x'\n", "/größe/$HOME/`x`"} {
		if got, ours := program(script("commit-msg", path, false)); got != path || !ours {
			t.Errorf("%q is read as %q, %v", path, got, ours)
		}
	}
	for _, text := range []string{"", "#!/bin/sh\nprogram='x'\n", mark[1:]} {
		if _, ours := program([]byte(text)); ours {
			t.Errorf("%q is taken for ours", text)
		}
	}
	for _, text := range []string{mark, mark + "program=", mark + "program='\n", mark + "program=\n"} {
		if got, ours := program([]byte(text)); got != "" || !ours {
			t.Errorf("%q: %q, %v", text, got, ours)
		}
	}
}

// What is added anywhere, or taken away, is seen, however long the script has become.
func TestChanged(t *testing.T) {
	for _, made := range [][]byte{script("pre-push", "/x", true), scriptForAll("commit-msg", "/x", made{}), scriptForAll("update", "", made{1, 1})} {
		if !asMade(made) {
			t.Errorf("changed: %s", made)
		}
		text := string(made)
		for _, changed := range []string{
			"", text + "\n", text[1:], text[:len(text)-1], text + text, strings.Replace(text, "exit", "exit ", 1), text + markSum,
			strings.Repeat("#\n", maxScript) + text, strings.ReplaceAll(text, "\n", "\r\n"),
		} {
			if asMade([]byte(changed)) {
				t.Errorf("not changed: %.200q", changed)
			}
		}
	}
	f := Folder(t.TempDir())
	long := string(script("commit-msg", "/x", false)) + strings.Repeat("#\n", maxScript)
	if err := os.WriteFile(f.path("commit-msg"), []byte(long), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := f.Install("commit-msg", "/y"); !errors.Is(err, ErrChanged) {
		t.Error(err)
	}
	if done, err := f.Uninstall("commit-msg"); done || !errors.Is(err, ErrChanged) {
		t.Error(done, err)
	}
	if text, err := os.ReadFile(f.path("commit-msg")); string(text) != long {
		t.Error("it is another now", err)
	}
}

// A folder that was made for a hook goes with the last one, in whatever order; one that
// was there, or has something in it, stays.
func TestFolder(t *testing.T) {
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, first := range []int{0, 1} {
		for _, made := range []bool{true, false} {
			f := Folder(filepath.Join(t.TempDir(), "a b", "hooks"))
			if !made {
				check(os.MkdirAll(string(f), 0o777))
			}
			for _, name := range Names {
				check(f.Install(name, "/x/colophon"))
				check(f.Install(name, "/y/colophon"))
				if s, err := f.Look(name); err != nil || !s.Ours || s.Program != "/y/colophon" || s.Before != "" {
					t.Errorf("%s: %+v, %v", name, s, err)
				}
			}
			names := slices.Clone(Names)
			if first == 1 {
				slices.Reverse(names)
			}
			for _, name := range names {
				if done, err := f.Uninstall(name); err != nil || !done {
					t.Errorf("%s: %v, %v", name, done, err)
				}
			}
			if _, err := os.Stat(string(f)); made != os.IsNotExist(err) {
				t.Errorf("made %v: %v", made, err)
			}
		}
	}
	f := Folder(t.TempDir())
	if err := f.Install("pre-commit", "/x"); err == nil {
		t.Error("pre-commit is installed")
	}
	// What cannot be replaced is left.
	check(os.MkdirAll(filepath.Join(string(f), "commit-msg"), 0o777))
	if err := f.Install("commit-msg", "/x"); err == nil {
		t.Error("a folder is taken for a hook")
	}
}
