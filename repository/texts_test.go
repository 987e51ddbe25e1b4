package repository_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"colophon/repository"
)

// What is staged and what HEAD has, as git has it; what git does not have is left out.
func TestTexts(t *testing.T) {
	s := newSandbox(t)
	s.write("f", "old\n")
	s.write("with blank", "b")
	s.write("empty", "")
	s.git("add", "-A")
	s.git("commit", "-q", "-m", "x")
	s.write("f", "new\nlines\n\n")
	s.write("large", strings.Repeat("x", 100))
	s.git("add", "-A")
	r := s.open(".")
	c, err := r.Diff(t.Context(), r.Source(), nil)
	if err != nil {
		t.Fatal(err)
	}
	objects := []repository.Object{
		repository.AtHead("f"), repository.AtHead("gone"), repository.AtHead("with blank"), repository.AtHead("empty"), repository.AtHead("a\nb"), repository.AtHead(""),
		repository.ObjectOf(c.Files[0].New), repository.ObjectOf(c.Files[1].New), repository.ObjectOf(1), repository.AtHead("f"),
	}
	got := make([]string, len(objects))
	for i := range got {
		got[i] = "none"
	}
	if err := r.Texts(t.Context(), objects, 50, func(i int, text string) { got[i] = text }); err != nil {
		t.Fatal(err)
	}
	if want := []string{"old\n", "none", "b", "", "none", "none", "new\nlines\n\n", "none", "none", "old\n"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	// A tag of that name is something else.
	s.git("tag", fmt.Sprintf("%016x", uint64(c.Files[0].New)), strings.TrimSpace(s.git("rev-parse", "HEAD:empty")))
	if err := r.Texts(t.Context(), objects[6:7], 50, func(_ int, text string) { t.Errorf("the tag is read: %q", text) }); err != nil {
		t.Fatal(err)
	}
	if err := r.Texts(t.Context(), nil, 50, func(int, string) { t.Error("nothing was asked") }); err != nil {
		t.Error(err)
	}
}

// A note comes as somebody has written it, and can say nothing about other commits.
func TestNotes(t *testing.T) {
	s := newSandbox(t)
	const ref = "refs/notes/ai"
	for _, m := range []string{"one", "two", "three"} {
		s.gitWith(m, nil, "commit", "-q", "--allow-empty", "-F", "-")
	}
	r := s.open(".")
	head := strings.TrimSpace(s.git("rev-parse", "HEAD"))
	if text, err := r.Note(t.Context(), ref, head); text != "" || err != nil || r.HasRef(t.Context(), ref) {
		t.Errorf("without any: %q, %v", text, err)
	}
	s.gitWith("a.c\n  abcdef0 1\n---\n{}\n", nil, "notes", "--ref="+ref, "add", "-C", strings.TrimSpace(s.gitWith("a.c\n  abcdef0 1\n---\n{}\n", nil, "hash-object", "-w", "--stdin")), "HEAD")
	s.gitWith("", nil, "notes", "--ref="+ref, "add", "-C", strings.TrimSpace(s.gitWith("x\x00y\x00\x00"+head+"\x00z", nil, "hash-object", "-w", "--stdin")), "HEAD~1")
	s.git("notes", "add", "-m", "of another ref", "HEAD~2")
	s.git("config", "notes.displayRef", "refs/notes/*")
	if text, err := r.Note(t.Context(), ref, head); text != "a.c\n  abcdef0 1\n---\n{}" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	all, err := s.log(repository.Range{Revisions: "HEAD", Notes: ref})
	if err != nil || len(all) != 3 {
		t.Fatalf("%d commits, %v", len(all), err)
	}
	if all[0].Note != "a.c\n  abcdef0 1\n---\n{}" || !strings.HasPrefix(all[1].Note, "x") || all[2].Note != "" || all[2].Message != "one\n" {
		t.Errorf("%+v", all)
	}
	all, err = s.log(repository.Range{Revisions: "HEAD"})
	if err != nil || len(all) != 3 || all[0].Note != "" {
		t.Errorf("nobody asked: %+v, %v", all, err)
	}
}

func TestHead(t *testing.T) {
	s := newSandbox(t)
	r := s.open(".")
	if r.HeadID(t.Context()) != "" || !r.HeadTime(t.Context()).IsZero() {
		t.Error("a branch without a commit has one")
	}
	s.git("commit", "-q", "--allow-empty", "-m", "x")
	head := strings.TrimSpace(s.git("rev-parse", "HEAD"))
	if r.HeadID(t.Context()) != head || fmt.Sprint(r.HeadTime(t.Context()).Unix()) != strings.TrimSpace(s.git("log", "-1", "--format=%ct")) {
		t.Errorf("HEAD is %s of %s", r.HeadID(t.Context()), r.HeadTime(t.Context()))
	}
	s.git("pack-refs", "--all")
	if r.HeadID(t.Context()) != head {
		t.Errorf("packed, HEAD is %q", r.HeadID(t.Context()))
	}
}

func TestReadInside(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "outside")
	for file, text := range map[string]string{outside: "private", filepath.Join(dir, "a"): "text", filepath.Join(dir, "large"): "0123456789"} {
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range [][2]string{{outside, "out"}, {"a", "in"}} {
		if err := os.Symlink(l[0], filepath.Join(dir, l[1])); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"a": "text", "in": "text", "out": "", "large": "", "../" + filepath.Base(filepath.Dir(outside)) + "/outside": "", ".": "", "none": ""} {
		text, err := repository.ReadInside(dir, name, 9)
		if string(text) != want || (err == nil) != (want != "") || repository.Missing(err) != (name == "none") {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
	if _, err := repository.ReadInside(dir, "large", 9); !errors.Is(err, repository.ErrLarge) {
		t.Errorf("a large file: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "lines"), []byte("one\ntwo\nthree\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for most, want := range map[int64]string{100: "one\ntwo\nthree\n", 14: "one\ntwo\nthree\n", 13: "two\nthree\n", 7: "three\n", 5: ""} {
		if text, err := repository.ReadInsideLines(dir, "lines", most); string(text) != want || err != nil {
			t.Errorf("the last %d bytes: %q, %v", most, text, err)
		}
	}
	if _, err := repository.ReadInside(filepath.Join(dir, "gone"), "a", 9); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}
