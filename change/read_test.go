package change

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

// What git writes, with @ for NUL.
const (
	oneFile = ":100644 100644 de98044 36ef1ba M@mod@1\t2\tmod@@" +
		"diff --git a/mod b/mod\nindex de98044..36ef1ba 100644\n--- a/mod\n+++ b/mod\n" +
		"@@ -2,2 +2 @@ a\n-b\n-\n+c\n\\ No newline at end of file\n"
	manyFiles = ":100644 100644 587be6b 587be6b R100@del@-dash@" +
		":100644 100644 bf30bca 6c612ad M@bin@" +
		":100644 000000 5a80a2d 0000000 U@a\n@" +
		":100644 100755 28ce6a8 28ce6a8 M@mode@" +
		":100644 120000 718f4d2 e7cb5c3 T@type@" +
		":000000 160000 0000000 b858423 A@sub@" +
		"0\t0\t@del@-dash@" + "-\t-\tbin@" + "0\t0\ta\n@" + "0\t0\tmode@" + "1\t1\ttype@" + "1\t0\tsub@" + "@" +
		"diff --git a/del b/-dash\nsimilarity index 100%\nrename from del\nrename to -dash\n" +
		"diff --git a/bin b/bin\nindex bf30bca..6c612ad 100644\nBinary files a/bin and b/bin differ\n" +
		"* Unmerged path a\n\n" +
		"diff --git a/mode b/mode\nold mode 100644\nnew mode 100755\n" +
		"diff --git a/type b/type\ndeleted file mode 100644\nindex 718f4d2..0000000\n--- a/type\n+++ /dev/null\n@@ -1 +0,0 @@\n-t\n" +
		"diff --git a/type b/type\nnew file mode 120000\nindex 0000000..e7cb5c3\n--- /dev/null\n+++ b/type\n@@ -0,0 +1 @@\n+mod\n\\ No newline at end of file\n" +
		"diff --git a/sub b/sub\nnew file mode 160000\nindex 0000000..b858423\n--- /dev/null\n+++ b/sub\n@@ -0,0 +1 @@\n+Subproject commit b858423\n"
)

// input turns the @ of the records into NUL; those of hunk heads stay.
func input(s string) string {
	records, patch, ok := strings.Cut(s, "@@diff --git ")
	if !ok {
		records, patch, ok = strings.Cut(s, "@@* Unmerged")
		if ok {
			return strings.ReplaceAll(records, "@", "\x00") + "\x00\x00* Unmerged" + patch
		}
		return strings.ReplaceAll(s, "@", "\x00")
	}
	return strings.ReplaceAll(records, "@", "\x00") + "\x00\x00diff --git " + patch
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []File
	}{
		{"nothing", "", nil},
		{"one file", oneFile, []File{{
			Path: "mod", Status: Modified, Added: 1, Deleted: 2, OldMode: "100644", NewMode: "100644",
			Old: 0xde98044 << 36, New: 0x36ef1ba << 36, Lines: Lines{Changed: 1, Added: 1, Deleted: 1}, Largest: Place{2, 1},
		}}},
		{"many files", manyFiles, []File{
			{Path: "-dash", From: "del", Status: Renamed, OldMode: "100644", NewMode: "100644", Old: 0x587be6b << 36, New: 0x587be6b << 36},
			{Path: "bin", Status: Modified, Binary: true, OldMode: "100644", NewMode: "100644", Old: 0xbf30bca << 36, New: 0x6c612ad << 36},
			{Path: "a\n", Status: Unmerged, OldMode: "100644", NewMode: "000000", Old: 0x5a80a2d << 36},
			{Path: "mode", Status: Modified, OldMode: "100644", NewMode: "100755", Old: 0x28ce6a8 << 36, New: 0x28ce6a8 << 36},
			{Path: "type", Status: TypeChanged, Added: 1, Deleted: 1, OldMode: "100644", NewMode: "120000", Old: 0x718f4d2 << 36, New: 0xe7cb5c3 << 36, Lines: Lines{Changed: 2, Added: 1, Deleted: 1}},
			{Path: "sub", Status: Added, Added: 1, OldMode: "000000", NewMode: "160000", New: 0xb858423 << 36, Lines: Lines{Changed: 1, Added: 1}, Largest: Place{1, 1}},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"at once":      strings.NewReader(input(c.in)),
				"byte by byte": iotest.OneByteReader(strings.NewReader(input(c.in))),
			} {
				got, err := Read(r)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if !reflect.DeepEqual(got.Files, c.want) {
					t.Errorf("%s: got %+v\nwant %+v", name, got.Files, c.want)
				}
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	const good = ":100644 100644 1 2 M@f@1\t0\tf@@diff --git a/f b/f\n@@ -0,0 +1 @@\n+x\n"
	for _, c := range []struct {
		name, old, new, want string
	}{
		{"not git's", good, "fatal: no", `"fatal: no" where the end should be`},
		{"fields", " 1 2 M", " 1 M", `raw record 1: ":100644 100644 1 M": not five fields`},
		{"mode", "100644 1", "10x644 1", `"10x644" is not a file mode`},
		{"id", "100644 1 2", "100644 1g 2", `"1g" is not an object id`},
		{"no id", "100644 1 2", "100644  2", `"" is not an object id`},
		{"status", "2 M", "2 X", `unknown status 'X'`},
		{"no path", "M@f@", "M@@", "raw record 1: empty path"},
		{"numstat fields", "1\t0\tf", "1 0 f", `numstat of "f": "1 0 f": not three fields`},
		{"numstat number", "1\t0", "x\t0", `"x" is not a number of lines`},
		{"numstat sign", "1\t0", "1\t-0", `"-0" is not a number of lines`},
		{"numstat overflow", "1\t0", "99999999999999999999\t0", `"99999999999999999999" is not a number of lines`},
		{"numstat path", "0\tf", "0\tg", `numstat of "f": path is "g"`},
		{"rename with one path", "M@f@", "R100@e@f@", `"f": one path, but the raw record has two`},
		{"separator", "@@diff", "@xdiff", `before the patch: 'x' where a NUL should be`},
		{"section", "diff --git", "diff --cc", `patch of "f": "diff --cc a" where "diff --git " should be`},
		{"hunk head", "@@ -0,0 +1 @@", "@@@ -0,0 +1 @@@", "hunk \"@@@ -0,0 +1 @@@\\n\": not two ranges"},
		{"hunk range", "-0,0", "-0,x", `"x" is not a number of lines`},
		{"empty hunk", "+1 @@", "+1,0 @@", "no lines"},
		{"hunk too long", "+x", "+x\n+y", `patch of "f": a line that begins with '+' after the end of a hunk`},
		{"context", "+x", " x", `a line that begins with ' '`},
		{"disagreement", "1\t0", "3\t0", `patch of "f": 1 added and 0 deleted lines, but numstat has 3 and 0`},
		{"another file", "+x\n", "+x\ndiff --git a/g b/g\n", `"diff --git a/g b/g\n" where the end should be`},
		{"unmerged", "2 M", "2 U", `where "* Unmerged path f\n" should be`},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := input(strings.Replace(good, c.old, c.new, 1))
			if c.name == "separator" {
				in = strings.Replace(input(good), "\x00\x00diff", "\x00xdiff", 1)
			}
			got, err := Read(strings.NewReader(in))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "read git's diff: ") {
				t.Errorf("got %+v, %v\nwant an error with %q", got, err, c.want)
			}
		})
	}
}

func TestReadCutShort(t *testing.T) {
	in := input(manyFiles)
	whole, err := Read(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	patch := strings.Index(in, "diff --git ")
	for n := 1; n < len(in); n++ {
		got, err := Read(strings.NewReader(in[:n]))
		if err == nil && strings.HasPrefix(in[n:], "\\") {
			continue // a hunk is complete without the line about its end
		}
		if err == nil || n < patch && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Fatalf("cut after %q: error %v", in[max(0, n-30):n], err)
		}
		if (got == nil) != (n < patch) {
			t.Fatalf("cut after %q: got %+v", in[max(0, n-30):n], got)
		}
		if got != nil {
			checkPartial(t, in[:n], got, whole)
		}
	}
	broken := errors.New("broken pipe")
	for _, n := range []int{0, 30, patch, patch + 1, len(in) / 2, len(in)} {
		got, err := Read(io.MultiReader(strings.NewReader(in[:n]), iotest.ErrReader(broken)))
		if !errors.Is(err, broken) || (got == nil) != (n < patch) {
			t.Errorf("an error after %d bytes becomes %v, beside %+v", n, err, got)
		}
	}
}

// checkPartial checks what is known of whole when the input ends after in.
func checkPartial(t *testing.T, in string, got, whole *Change) {
	t.Helper()
	if len(got.Files) != len(whole.Files) {
		t.Fatalf("cut after %q: %d files", in[max(0, len(in)-30):], len(got.Files))
	}
	for i, f := range got.Files {
		want := whole.Files[i]
		switch want.Path { // those with lines
		case "type":
			want.Partial = !strings.HasSuffix(in, "+mod\n") && !strings.Contains(in, "+mod\n\\ No newline at end of file\n")
		case "sub":
			want.Partial = true
		}
		if want.Partial {
			want.Lines, want.Largest = Lines{}, Place{}
		}
		if f != want {
			t.Errorf("cut after %q:\ngot  %+v\nwant %+v", in[max(0, len(in)-30):], f, want)
		}
	}
}

// What is wrong in the patch alone leaves the counts of the records.
func TestReadPartial(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []bool
	}{
		{"the first of three", ":100644 100644 1 2 M@e@:100644 100644 1 2 M@f@:100644 100644 1 2 M@g@" +
			"1\t0\te@-\t-\tf@0\t9\tg@@diff --git a/e b/e\n@@ -0,0 +1 @@\n x\n", []bool{true, false, true}},
		{"a disagreement", ":100644 100644 1 2 M@f@3\t0\tf@@diff --git a/f b/f\n@@ -0,0 +1 @@\n+x\n", []bool{true}},
		{"a type without other lines", ":100644 120000 1 1 T@f@0\t0\tf@@diff --git a/f b/f\n", []bool{true}},
		{"a binary type", ":100644 120000 1 1 T@f@-\t-\tf@@diff --git a/f b/f\n", []bool{false}},
		{"more than there should be", ":100644 100644 1 2 M@f@1\t0\tf@@diff --git a/f b/f\n@@ -0,0 +1 @@\n+x\ndiff --git a/g b/g\n", []bool{false}},
	} {
		got, err := Read(strings.NewReader(input(c.in)))
		if err == nil || got == nil || len(got.Files) != len(c.want) {
			t.Fatalf("%s: %+v, %v", c.name, got, err)
		}
		for i, f := range got.Files {
			if f.Partial != c.want[i] || f.Partial && f.Lines != (Lines{}) {
				t.Errorf("%s: %+v", c.name, f)
			}
		}
	}
}

func TestReadRaw(t *testing.T) {
	const in = ":100644 100755 0123456789abcdef0 00000000000000001 M@f@:100644 100644 1 2 R075@g@h@:100644 000000 1 0 U@u\n@"
	want := []File{
		{Path: "f", Status: Modified, OldMode: "100644", NewMode: "100755", Old: 0x0123456789abcdef},
		{Path: "h", From: "g", Status: Renamed, OldMode: "100644", NewMode: "100644", Old: 1 << 60, New: 2 << 60},
		{Path: "u\n", Status: Unmerged, OldMode: "100644", NewMode: "000000", Old: 1 << 60},
	}
	got, err := ReadRaw(iotest.OneByteReader(strings.NewReader(input(in))))
	if err != nil || !reflect.DeepEqual(got.Files, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
	if got, err := ReadRaw(strings.NewReader("")); err != nil || len(got.Files) != 0 {
		t.Errorf("of nothing: %+v, %v", got, err)
	}
	for n := 1; n < len(in); n++ {
		got, err := ReadRaw(strings.NewReader(input(in)[:n]))
		if whole := strings.HasPrefix(in[n:], ":"); (err == nil) != whole || (got == nil) == whole {
			t.Errorf("cut after %q: %+v, %v", in[:n], got, err)
		}
	}
	const bad = "read git's list of files: \"1\\t2\\tf"
	if got, err := ReadRaw(strings.NewReader(input(":100644 100644 1 2 M@f@1\t2\tf@"))); err == nil || got != nil || !strings.HasPrefix(err.Error(), bad) {
		t.Errorf("with numstat: %+v, %v", got, err)
	}
}

// A file of many hunks keeps exact sums.
func TestManyHunks(t *testing.T) {
	const n = 5000
	var patch strings.Builder
	want := map[Count]int{}
	added, deleted := 0, 0
	for i := range n {
		a, d := 1+i%3, i*7%5
		fmt.Fprintf(&patch, "@@ -%d,%d +%d,%d @@\n", i, d, i, a)
		patch.WriteString(strings.Repeat("-x\n", d) + strings.Repeat("+ \n", a-1) + "+y\n")
		added, deleted = added+a, deleted+d
		want[CountAdded]++
		want[CountChanged] += max(1, d)
		want[CountAddedDeleted] += 1 + d
	}
	want[""] = want[CountChanged]
	in := input(fmt.Sprintf(":100644 100644 1 2 M@f@%d\t%d\tf@@diff --git a/f b/f\n", added, deleted)) + patch.String()
	got, err := Read(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	f := got.Files[0]
	for how, n := range want {
		if f.Counted(how) != n {
			t.Errorf("%q: %d, want %d", how, f.Counted(how), n)
		}
	}
}

func TestCountedOfBinary(t *testing.T) {
	if n := (File{Binary: true, Lines: Lines{Added: 3}}).Counted(CountAdded); n != 0 {
		t.Errorf("a binary file has %d lines", n)
	}
}

// A line of 64 MB takes no more memory than a short one.
func TestMemoryDoesNotGrowWithLines(t *testing.T) {
	long := func() io.Reader { return io.LimitReader(blanks{}, 64<<20) }
	patch := func(head string) io.Reader {
		return io.MultiReader(strings.NewReader(head+"@@ -0,0 +1,2 @@ "), long(), strings.NewReader("\n+"), long(), strings.NewReader("\n+"), long(), strings.NewReader("x\n"))
	}
	for name, read := range map[string]func() (File, error){
		"Read": func() (File, error) {
			c, err := Read(patch(input(":100644 100644 1 2 M@f@2\t0\tf@@diff --git a/f b/f\n")))
			return c.Files[0], err
		},
		"ReadPatch": func() (File, error) {
			p, err := ReadPatch(patch("diff --git a/f b/f\nindex 1234..5678 100644\n--- a/f\n+++ b/f\n"))
			return p.Files[0], err
		},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f, err := read()
		runtime.ReadMemStats(&after)
		if want := (Lines{Changed: 1, Added: 1}); err != nil || f.Lines != want || f.Added != 2 {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20 {
			t.Errorf("%s: %d bytes allocated", name, used)
		}
	}
}

type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestBounds(t *testing.T) {
	record := []byte(input(":100644 100644 1 2 M@f@"))
	_, err := Read(bytes.NewReader(bytes.Repeat(record, maxFiles+1)))
	if err == nil || !strings.Contains(err.Error(), "more than 200000 files") {
		t.Errorf("too many files: %v", err)
	}
	path := strings.Repeat("p", maxField-1)
	record = []byte(input(":100644 100644 1 2 M@" + path + "@"))
	_, err = Read(bytes.NewReader(bytes.Repeat(record, maxPaths/maxField+2)))
	if err == nil || !strings.Contains(err.Error(), "together") {
		t.Errorf("too much of paths: %v", err)
	}
	_, err = Read(strings.NewReader(":100644 100644 1 2 M\x00" + path + "xx\x00"))
	if err == nil || !strings.Contains(err.Error(), "field of more than 65536 bytes") || len(err.Error()) > 300 {
		t.Errorf("a path that is too long: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(input(oneFile)))
	f.Add([]byte(input(manyFiles)))
	f.Add([]byte(input(":100644 100644 1 2 C75@e@f@1\t0\t@e@f@@diff --git a/e b/f\n@@ -0,0 +1 @@\n+\n")))
	f.Add([]byte(input(":100644 100644 1 2 U@f@0\t0\tf@@* Unmerged path f\n")))
	f.Fuzz(func(t *testing.T, in []byte) {
		c, err := Read(bytes.NewReader(in))
		if c == nil && err == nil {
			t.Fatal("neither a change nor an error")
		}
		if c == nil {
			return
		}
		for _, file := range c.Files {
			checkFile(t, file)
			if len(file.OldMode) != 6 || len(file.NewMode) != 6 || file.Partial && (err == nil || file.Binary || file.Status == Unmerged) {
				t.Errorf("%+v", file)
			}
			if file.Status != TypeChanged && (file.Lines.Added > file.Added || file.Lines.Deleted > file.Deleted) {
				t.Errorf("%q has more lines than numstat: %+v", file.Path, file)
			}
		}
	})
}

// checkFile holds for every file that is read.
func checkFile(t *testing.T, f File) {
	t.Helper()
	if f.Path == "" || (f.From != "") != (f.Status == Renamed || f.Status == Copied) {
		t.Errorf("%+v", f)
	}
	if l := f.Lines; l.Changed < max(l.Added, l.Deleted) || l.Changed > l.Added+l.Deleted || (f.Binary || f.Partial) && l != (Lines{}) {
		t.Errorf("%q: lines %+v", f.Path, l)
	}
}
