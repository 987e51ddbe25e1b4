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
			Hunks: []Hunk{{Added: 1, Deleted: 2, DeletedBlank: 1}},
		}}},
		{"many files", manyFiles, []File{
			{Path: "-dash", From: "del", Status: Renamed, OldMode: "100644", NewMode: "100644"},
			{Path: "bin", Status: Modified, Binary: true, OldMode: "100644", NewMode: "100644"},
			{Path: "a\n", Status: Unmerged, OldMode: "100644", NewMode: "000000"},
			{Path: "mode", Status: Modified, OldMode: "100644", NewMode: "100755"},
			{Path: "type", Status: TypeChanged, Added: 1, Deleted: 1, OldMode: "100644", NewMode: "120000", Hunks: []Hunk{{Deleted: 1}, {Added: 1}}},
			{Path: "sub", Status: Added, Added: 1, OldMode: "000000", NewMode: "160000", Hunks: []Hunk{{Added: 1}}},
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
	for n := 1; n < len(in); n++ {
		_, err := Read(strings.NewReader(in[:n]))
		if err == nil && strings.HasPrefix(in[n:], "\\") {
			continue // a hunk is complete without the line about its end
		}
		if err == nil || n < strings.Index(in, "diff --git ") && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Fatalf("cut after %q: error %v", in[max(0, n-30):n], err)
		}
	}
	broken := errors.New("broken pipe")
	for _, n := range []int{0, 30, len(in) / 2, len(in)} {
		_, err := Read(io.MultiReader(strings.NewReader(in[:n]), iotest.ErrReader(broken)))
		if !errors.Is(err, broken) {
			t.Errorf("an error after %d bytes becomes %v", n, err)
		}
	}
}

// A file of many hunks keeps exact sums in bounded space.
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
	in := input(fmt.Sprintf(":100644 100644 1 2 M@f@%d\t%d\tf@@diff --git a/f b/f\n", added, deleted)) + patch.String()
	got, err := Read(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	f := got.Files[0]
	if len(f.Hunks) != maxHunks+2 {
		t.Errorf("%d hunks kept, want %d", len(f.Hunks), maxHunks+2)
	}
	for how, n := range want {
		if f.Counted(how) != n {
			t.Errorf("%s: %d, want %d", how, f.Counted(how), n)
		}
	}
	if f.Counted("") != want[CountChanged] {
		t.Error("the default is not changed lines")
	}
}

func TestCountedOfBinary(t *testing.T) {
	if n := (File{Binary: true, Hunks: []Hunk{{Added: 3}}}).Counted(CountAdded); n != 0 {
		t.Errorf("a binary file has %d lines", n)
	}
}

// A line of 256 MB takes no more memory than a short one.
func TestMemoryDoesNotGrowWithLines(t *testing.T) {
	in := input(":100644 100644 1 2 M@f@2\t0\tf@@diff --git a/f b/f\n@@ -0,0 +1,2 @@ ")
	long := func() io.Reader { return io.LimitReader(blanks{}, 128<<20) }
	r := io.MultiReader(strings.NewReader(in), long(), strings.NewReader("\n+"), long(), strings.NewReader("\n+"), long(), strings.NewReader("x\n"))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got, err := Read(r)
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	if h := got.Files[0].Hunks; len(h) != 1 || h[0] != (Hunk{Added: 2, AddedBlank: 1}) {
		t.Errorf("hunks %+v", h)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20 {
		t.Errorf("%d bytes allocated", used)
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
		if (c == nil) == (err == nil) {
			t.Fatalf("got %v and %v", c, err)
		}
		if err != nil {
			return
		}
		for _, file := range c.Files {
			if file.Path == "" || len(file.OldMode) != 6 || len(file.NewMode) != 6 || (file.From != "") != (file.Status == Renamed || file.Status == Copied) {
				t.Errorf("%+v", file)
			}
			all := Hunk{}
			for _, h := range file.Hunks {
				all = all.plus(h)
				if h.AddedBlank > h.Added || h.DeletedBlank > h.Deleted || h == (Hunk{}) {
					t.Errorf("%q: hunk %+v", file.Path, h)
				}
			}
			if !file.Binary && file.Status != TypeChanged && (all.Added != file.Added || all.Deleted != file.Deleted) && file.Status != Unmerged {
				t.Errorf("%q: hunks have %+v, the file %+v", file.Path, all, file)
			}
			if n := file.Counted(CountChanged); n > file.Counted(CountAddedDeleted) || n < file.Counted(CountAdded) {
				t.Errorf("%q: counted %d", file.Path, n)
			}
		}
	})
}
