package change

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

// What `git commit -v` writes.
const (
	edited = "diff --git a/mod b/mod\nindex de98044..36ef1ba 100644\n--- a/mod\n+++ b/mod\n" +
		"@@ -1,7 +1,8 @@ head\n a\n-b\n-\n+c\n \n+d\n+e\n x\n+f\n-g\n h\n@@ -20 +22,2 @@\n-last\n\\ No newline at end of file\n+last\n+\n"
	manyInPatch = edited +
		"diff --git a/del b/-dash\nsimilarity index 100%\nrename from del\nrename to -dash\n" +
		"diff --git a/bin b/bin\nindex bf30bca..6c612ad 100644\nBinary files a/bin and b/bin differ\n" +
		"diff --git a/mode b/mode\nold mode 100644\nnew mode 100755\n" +
		"diff --git a/type b/type\ndeleted file mode 100644\nindex 718f4d2..0000000\n--- a/type\n+++ /dev/null\n@@ -1 +0,0 @@\n-t\n" +
		"diff --git a/type b/type\nnew file mode 120000\nindex 0000000..e7cb5c3\n--- /dev/null\n+++ b/type\n@@ -0,0 +1 @@\n+mod\n\\ No newline at end of file\n" +
		"diff --git a/empty b/empty\nnew file mode 100644\nindex 0000000..e69de29\n" +
		"diff --git a/copy to b/copy\nold mode 100644\nnew mode 100755\nsimilarity index 60%\ncopy from copy to\ncopy to copy\nindex 1234567..89abcdef\n--- a/copy to\t\n+++ b/copy\n@@ -1 +0,0 @@\n-x\n"
)

var manyPatched = []File{
	{Path: "mod", Status: Modified, Added: 6, Deleted: 4, OldMode: "100644", NewMode: "100644", Old: 0xde98044 << 36, New: 0x36ef1ba << 36, Lines: Lines{Changed: 5, Added: 5, Deleted: 3}, Largest: Place{4, 2}},
	{Path: "-dash", From: "del", Status: Renamed},
	{Path: "bin", Status: Modified, Binary: true, OldMode: "100644", NewMode: "100644", Old: 0xbf30bca << 36, New: 0x6c612ad << 36},
	{Path: "mode", Status: Modified, OldMode: "100644", NewMode: "100755"},
	{Path: "type", Status: TypeChanged, Added: 1, Deleted: 1, OldMode: "100644", NewMode: "120000", Old: 0x718f4d2 << 36, New: 0xe7cb5c3 << 36, Lines: Lines{Changed: 2, Added: 1, Deleted: 1}},
	{Path: "empty", Status: Added, OldMode: "000000", NewMode: "100644", New: 0xe69de29 << 36},
	{Path: "copy", From: "copy to", Status: Copied, Deleted: 1, OldMode: "100644", NewMode: "100755", Old: 0x1234567 << 36, New: 0x89abcdef << 32, Lines: Lines{Changed: 1, Deleted: 1}, Largest: Place{1, 0}},
}

// add is a patch that adds a file of one line, with the names as they are given.
func add(first, second string) string {
	return "diff --git " + first + " " + second + "\nnew file mode 100644\nindex 0000000..1234567\n--- /dev/null\n+++ " + second + "\n@@ -0,0 +1 @@\n+x\n"
}

func modeOnly(names string) string {
	return "diff --git " + names + "\nold mode 100644\nnew mode 100755\n"
}

func TestReadPatch(t *testing.T) {
	for name, in := range map[string]string{
		"as it is":      manyInPatch,
		"CRLF":          strings.ReplaceAll(manyInPatch, "\n", "\r\n"),
		"no blanks":     strings.ReplaceAll(manyInPatch, "\n \n", "\n\n"),
		"-vv":           manyInPatch + "# -----\n# Changes:\n" + strings.ReplaceAll(strings.ReplaceAll(edited, " a/", " i/"), " b/", " w/"),
		"an empty line": manyInPatch + "\nand more\n",
		"a long line":   manyInPatch + strings.Repeat("#", 3*maxField) + "\n",
	} {
		for way, r := range map[string]io.Reader{
			"at once":      strings.NewReader(in),
			"byte by byte": iotest.OneByteReader(strings.NewReader(in)),
		} {
			got, err := ReadPatch(r)
			if err != nil || !got.Whole || got.WorkTree {
				t.Fatalf("%s, %s: %+v, %v", name, way, got, err)
			}
			if !reflect.DeepEqual(got.Files, manyPatched) {
				t.Errorf("%s, %s: got %+v\nwant %+v", name, way, got.Files, manyPatched)
			}
		}
	}
}

func TestReadPatchPaths(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
	}{
		{"the usual", add("a/f", "b/f"), "f"},
		{"mnemonic", add("c/f", "i/f"), "f"},
		{"none", add("a/f", "a/f"), "a/f"},
		{"none, short", add("f", "f"), "f"},
		{"blanks", strings.Replace(add("a/x b/x", "b/x b/x"), "+++ b/x b/x\n", "+++ b/x b/x\t\n", 1), "x b/x"},
		{"quoted", add(`"a/\303\244\t\"\\\a\b\n\v\f\r\000\377"`, `"b/\303\244\t\"\\\a\b\n\v\f\r\000\377"`), "\xc3\xa4\t\"\\\a\b\n\v\f\r\x00\xff"},
		{"quoted, not UTF-8", add("\"a/\\\"\xff\xe4\"", "\"b/\\\"\xff\xe4\""), "\"\xff\xe4"},
		{"not UTF-8", add("a/\xff", "b/\xff"), "\xff"},
		{"like a head", add("a/index 1..2", "b/index 1..2"), "index 1..2"},
		{"rename, quoted", "diff --git a/x \"b/\\t\"\nsimilarity index 100%\nrename from x\nrename to \"\\t\"\n", "\t"},
		{"rename, no prefix", "diff --git a/x b/y\nsimilarity index 100%\nrename from a/x\nrename to b/y\n", "b/y"},
		{"no content", modeOnly("a/a b b/a b"), "a b"},
	} {
		got, err := ReadPatch(strings.NewReader(c.in))
		if err != nil || len(got.Files) != 1 || got.Files[0].Path != c.want || !got.Whole {
			t.Errorf("%s: %+v, %v; want %q", c.name, got, err, c.want)
		}
	}
}

func TestReadPatchWorkTree(t *testing.T) {
	for prefix, want := range map[string]bool{"i/f w/f": true, "o/f w/f": true, "c/f i/f": false, "w/f w/f": false} {
		first, second, _ := strings.Cut(prefix, " ")
		if got, err := ReadPatch(strings.NewReader(add(first, second))); err != nil || got.WorkTree != want {
			t.Errorf("%s: %+v, %v", prefix, got, err)
		}
	}
}

// Hunks are the groups of changed lines, whatever stands around them.
func TestReadPatchHunks(t *testing.T) {
	const head = "diff --git a/f b/f\nindex 1234..5678 100644\n--- a/f\n+++ b/f\n"
	for _, c := range []struct {
		name, in string
		want     Lines
	}{
		{"no context", "@@ -1 +1 @@\n-a\n+b\n@@ -3,0 +4 @@\n+c\n", Lines{2, 2, 1}},
		{"context", "@@ -1,3 +1,3 @@\n-a\n+b\n x\n y\n", Lines{1, 1, 1}},
		{"two in one", "@@ -1,3 +1,3 @@\n-a\n x\n-b\n+c\n+d\n", Lines{3, 2, 2}},
		{"removed, then added", "@@ -1,2 +1,2 @@\n-a\n x\n+a\n", Lines{2, 1, 1}},
		{"an empty context line", "@@ -1,2 +1,2 @@\n-a\n\n+a\n", Lines{2, 1, 1}},
		{"blank lines", "@@ -1,3 +1,4 @@\n-a\n-\n-\t \n+\r\n+ \v\f\n+b\n+c\n", Lines{2, 2, 1}},
		{"no newline", "@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n\\ No newline at end of file\n", Lines{2, 2, 1}},
		{"content like a patch", "@@ -1,2 +1,2 @@\n--- a/f\n-@@ -1 +1 @@\n+++ b/f\n+diff --git a/f b/f\n", Lines{2, 2, 2}},
	} {
		got, err := ReadPatch(strings.NewReader(head + c.in))
		if err != nil || len(got.Files) != 1 || got.Files[0].Lines != c.want || got.Files[0].Partial {
			t.Errorf("%s: %+v, %v; want %+v", c.name, got, err, c.want)
		}
	}
}

func TestReadPatchBinary(t *testing.T) {
	const (
		head    = "diff --git a/b b/b\nindex 1234567890..0987654321 100644\nGIT binary patch\n"
		forward = "delta 5\nMcmZ?wbhEHbG\n\n"
		back    = "literal 3\nKcmZ?w00001\n\n"
	)
	for name, in := range map[string]string{
		"both ways": head + forward + back + add("a/f", "b/f"),
		"one way":   head + forward + add("a/f", "b/f"),
	} {
		got, err := ReadPatch(strings.NewReader(in))
		if err != nil || len(got.Files) != 2 || !got.Files[0].Binary || got.Files[1].Path != "f" || !got.Whole {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	got, err := ReadPatch(strings.NewReader(head + forward[:12]))
	if err != nil || len(got.Files) != 1 || got.Files[0].Partial || got.Whole {
		t.Errorf("cut short: %+v, %v", got, err)
	}
	// A link that becomes binary has the one line of the link to show.
	got, err = ReadPatch(strings.NewReader("diff --git a/t b/t\ndeleted file mode 120000\nindex 1234..0000\n--- a/t\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n" +
		"diff --git a/t b/t\nnew file mode 100644\nindex 0000..1234\nBinary files /dev/null and b/t differ\n"))
	if want := (File{Path: "t", Status: TypeChanged, Binary: true, OldMode: "120000", NewMode: "100644", Old: 0x1234 << 48, New: 0x1234 << 48}); err != nil || len(got.Files) != 1 || got.Files[0] != want {
		t.Errorf("a binary type: %+v, %v", got, err)
	}
}

func TestReadPatchErrors(t *testing.T) {
	good := add("a/f", "b/f")
	for _, c := range []struct {
		name, old, new, want string
	}{
		{"nothing", good, "", "unexpected EOF"},
		{"another beginning", good, "# " + good, `where "diff --git " should be`},
		{"combined", "diff --git", "diff --cc", `"diff --cc a" where`},
		{"names", good, modeOnly("a/f b/g") + good, `file 1: "a/f b/g": the head of this file says too little`},
		{"names of other lengths", good, modeOnly("a/f b/ff") + good, `says too little`},
		{"long prefixes", good, modeOnly("x1/f y1/f") + good, `says too little`},
		{"one name", good, modeOnly("a/f") + good, `"a/f": the head of this file says too little`},
		{"no name", good, modeOnly("a/ b/"), "empty path"},
		{"nothing but names of nothing", good, modeOnly(" "), "empty path"},
		{"quotation mark", good, modeOnly(`"a/"f" "b/"f"`), `"\"a/\"f\"": not a quoted name`},
		{"no end", good, modeOnly(`"a/ff "b/ff`), `not a quoted name`},
		{"only a beginning", good, modeOnly(`" "`), `not a quoted name`},
		{"escape", good, modeOnly(`"a/\x" "b/\x"`), `not a quoted name`},
		{"no escape", good, modeOnly(`"a/\" "b/\"`), `not a quoted name`},
		{"octal", good, modeOnly(`"a/\400" "b/\400"`), `not a quoted name`},
		{"open", good, "diff --git a/x b/y\nrename from \"x\n", `"\"x": not a quoted name`},
		{"another name", "+++ b/f", "+++ b/g", `"/dev/null" becomes "b/g", but the first line is about "a/f b/f"`},
		{"not from nothing", "--- /dev/null", "--- a/f", `"a/f" becomes "b/f"`},
		{"mode", "mode 100644", "mode 10064", `"10064" is not a file mode`},
		{"id", "..1234567", "..123456g", `"123456g" is not an object id`},
		{"short id", "..1234567", "..123", `"123" is too short for an object id`},
		{"one id", "..1234567", "", `"" is not an object id`},
		{"both", "index", "deleted file mode 100644\nindex", `"a/f b/f" is both added and deleted`},
		{"half a rename", good, "diff --git a/x b/y\nrename to y\n" + good, `"a/x b/y": the head of this file says too little`},
		{"an inexact rename", good, "diff --git a/x b/y\nsimilarity index 80%\nrename from x\nrename to y\n" + good, `says too little`},
		{"no content", "--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+x\n", good, `says too little`},
		{"no hunks", "@@ -0,0 +1 @@\n+x\n", good, `hunk "diff --git a/f b/f\n": not two ranges`},
		{"binary", good, "diff --git a/f b/f\nindex 1234..5678\nBinary files are fine\n", "not as git says that files differ"},
		{"hunk too long", "+x\n", "+x\n+y\n", `"+y\n" where the next file should be`},
		{"hunk with something else", "+x\n", "# -\n", `a line that begins with '#', 1 added and 0 deleted lines before the end of a hunk`},
		{"context of nothing", "+x\n", " x\n", `a line that begins with ' '`},
		{"submodule", "+x\n", "+x\nSubmodule s 1234..5678:\n", `"Submodule s 1234..5678:\n" where`},
		{"conflict", "+x\n", "+x\n* Unmerged path x\n", `"* Unmerged path x\n" where`},
	} {
		got, err := ReadPatch(strings.NewReader(strings.Replace(good, c.old, c.new, 1)))
		if err == nil || got != nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "read a patch: ") {
			t.Errorf("%s: got %+v, %v\nwant an error with %q", c.name, got, err, c.want)
		}
	}
	broken := errors.New("broken pipe")
	for n := range len(good) + 1 {
		if got, err := ReadPatch(io.MultiReader(strings.NewReader(good[:n]), iotest.ErrReader(broken))); got != nil || !errors.Is(err, broken) {
			t.Errorf("an error after %d bytes becomes %v, beside %+v", n, err, got)
		}
	}
}

// Wherever a patch is cut, what is there is right.
func TestReadPatchCutShort(t *testing.T) {
	for n := range len(manyInPatch) {
		in := manyInPatch[:n]
		got, err := ReadPatch(strings.NewReader(in))
		if n < len(gitLine) {
			if err == nil {
				t.Errorf("%q: %+v", in, got)
			}
			continue
		}
		if err != nil {
			t.Fatalf("cut after %q: %v", in[max(0, n-30):], err)
		}
		between := false // what nobody can notice
		for _, next := range []string{gitLine, "@@ -20", "\\"} {
			between = between || strings.HasPrefix(manyInPatch[n:], next) && in[n-1] == '\n'
		}
		if got.Whole && !between {
			t.Errorf("cut after %q: whole", in[max(0, n-30):])
		}
		for i, f := range got.Files {
			want := manyPatched[i]
			last := i == len(got.Files)-1
			switch {
			case f == want:
			case last && f.Path == "type" && f.Status == Deleted: // the first half of it
			case last && f.Partial && !got.Whole:
				f.Partial, f.Added, f.Deleted, f.Lines, f.Largest = false, want.Added, want.Deleted, want.Lines, want.Largest
				if f != want {
					t.Errorf("cut after %q:\ngot  %+v\nwant %+v", in[max(0, n-30):], f, want)
				}
			case last && f.Path == "mod" && between: // the first of its hunks
			default:
				t.Errorf("cut after %q:\ngot  %+v\nwant %+v", in[max(0, n-30):], f, want)
			}
		}
	}
}

func TestFits(t *testing.T) {
	candidate := func() *Change {
		return &Change{Files: []File{
			{Path: "-dash", From: "del", Status: Renamed, OldMode: "100644", NewMode: "100644", Old: 5, New: 5},
			{Path: "mode", Status: Modified, OldMode: "100644", NewMode: "100755", Old: 6, New: 6},
			{Path: "bin", Status: Modified, OldMode: "100644", NewMode: "100644", Old: 0xbf30bca123 << 24, New: 0x6c612ad456 << 24},
			{Path: "mod", Status: Modified, OldMode: "100644", NewMode: "100644", Old: 0xde98044123 << 24, New: 0x36ef1ba456 << 24},
			{Path: "type", Status: TypeChanged, OldMode: "100644", NewMode: "120000", Old: 0x718f4d2123 << 24, New: 0xe7cb5c3456 << 24},
			{Path: "empty", Status: Added, OldMode: "000000", NewMode: "100644", New: emptySHA1},
			{Path: "copy", From: "copy to", Status: Copied, OldMode: "100644", NewMode: "100755", Old: 0x1234567123 << 24, New: 0x89abcdef45 << 24},
		}}
	}
	whole, err := ReadPatch(strings.NewReader(manyInPatch))
	if err != nil {
		t.Fatal(err)
	}
	part, err := ReadPatch(strings.NewReader(manyInPatch[:len(edited)-10]))
	if err != nil || part.Whole {
		t.Fatalf("%+v, %v", part, err)
	}
	for _, c := range []struct {
		name        string
		change      func(c *Change)
		whole, part bool
	}{
		{"the same", func(*Change) {}, true, true},
		{"one file less", func(c *Change) { c.Files = c.Files[:6] }, false, true},
		{"another file less", func(c *Change) { c.Files = append(c.Files[:3], c.Files[4:]...) }, false, false},
		{"one file more", func(c *Change) { c.Files = append(c.Files, File{Path: "x"}) }, false, true},
		{"another path", func(c *Change) { c.Files[3].Path = "dom" }, false, false},
		{"another from", func(c *Change) { c.Files[0].From = "x" }, false, true},
		{"another old content", func(c *Change) { c.Files[3].Old = 0xde98045 << 36 }, false, false},
		{"another new content", func(c *Change) { c.Files[3].New = 0x36ef1bb << 36 }, false, false},
		{"the last digit that counts", func(c *Change) { c.Files[6].New ^= 1 << 32 }, false, true},
		{"one that does not", func(c *Change) { c.Files[6].New ^= 1 << 31 }, true, true},
		{"another mode", func(c *Change) { c.Files[3].NewMode = "100755" }, false, false},
		{"content besides the mode", func(c *Change) { c.Files[1].New = 7 }, false, true},
		{"content besides the name", func(c *Change) { c.Files[0].New = 7 }, false, true},
		{"another status", func(c *Change) { c.Files[0].Status = Copied }, false, true},
		{"no content", func(c *Change) { c.Files[3].Old = 0 }, false, false},
		{"content of nothing", func(c *Change) { c.Files[5].Old = 1 }, false, true},
	} {
		change := candidate()
		c.change(change)
		if got := whole.Fits(change); got != c.whole {
			t.Errorf("%s: the whole patch: %v", c.name, got)
		}
		if got := part.Fits(change); got != c.part {
			t.Errorf("%s: a part of it: %v", c.name, got)
		}
	}
	twice, err := ReadPatch(strings.NewReader(add("a/f", "b/f") + add("a/f", "b/f")))
	if err != nil {
		t.Fatal(err)
	}
	f := File{Path: "f", OldMode: "000000", NewMode: "100644", New: 0x1234567 << 36}
	if twice.Fits(&Change{Files: []File{f, {Path: "g"}}}) {
		t.Error("one file stands for two")
	}
}

func TestPatchBounds(t *testing.T) {
	section := []byte("diff --git a/f b/f\nold mode 100644\nnew mode 100755\n")
	_, err := ReadPatch(bytes.NewReader(bytes.Repeat(section, maxFiles+1)))
	if err == nil || !strings.Contains(err.Error(), "more than 200000 files") {
		t.Errorf("too many files: %v", err)
	}
	path := strings.Repeat("p", maxField/2-20)
	section = fmt.Appendf(nil, "diff --git %s %s\nold mode 100644\nnew mode 100755\n", path, path)
	_, err = ReadPatch(bytes.NewReader(bytes.Repeat(section, maxPaths/len(path)+1)))
	if err == nil || !strings.Contains(err.Error(), "together") {
		t.Errorf("too much of paths: %v", err)
	}
	_, err = ReadPatch(strings.NewReader("diff --git " + strings.Repeat("p", maxField+1)))
	if err == nil || !strings.Contains(err.Error(), "line of more than 65536 bytes") || len(err.Error()) > 300 {
		t.Errorf("a line that is too long: %v", err)
	}
}

func FuzzReadPatch(f *testing.F) {
	f.Add([]byte(manyInPatch))
	f.Add([]byte(manyInPatch[:len(edited)-10]))
	f.Add([]byte(strings.ReplaceAll(edited, "\n", "\r\n") + "# ---\n" + edited))
	f.Add([]byte(add(`"a/\303\t"`, `"b/\303\t"`)))
	f.Add([]byte("diff --git a/b b/b\nindex 1234..5678\nGIT binary patch\nliteral 1\nx\n\nliteral 1\nx\n\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		p, err := ReadPatch(bytes.NewReader(in))
		if (p == nil) == (err == nil) {
			t.Fatalf("got %v and %v", p, err)
		}
		if err != nil {
			return
		}
		c := &Change{}
		paths := map[string]bool{}
		for i, file := range p.Files {
			checkFile(t, file)
			if file.Partial && (p.Whole || i != len(p.Files)-1) {
				t.Errorf("%+v", file)
			}
			if file.Lines.Added > file.Added || file.Lines.Deleted > file.Deleted {
				t.Errorf("%q has more counted lines than lines: %+v", file.Path, file)
			}
			paths[file.Path] = true
			c.Files = append(c.Files, file)
		}
		// The ids of a patch stand for themselves.
		if len(paths) == len(p.Files) && !p.Fits(c) {
			t.Errorf("%+v does not fit itself", p)
		}
		if again, err := ReadPatch(iotest.HalfReader(bytes.NewReader(in))); err != nil || !reflect.DeepEqual(p, again) {
			t.Errorf("in parts: %+v, %v", again, err)
		}
	})
}
