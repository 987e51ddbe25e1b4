package change

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// patchOf is a patch of the index by git itself.
func patchOf(t *testing.T, prepare string, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	run := func(name string, args ...string) []byte {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
			"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %q: %v\n%s", name, args, err, out)
		}
		return out
	}
	run("git", "init", "-q")
	for _, name := range []string{"a.c", "b.c", "old name", "gone", "mode", "t\tab", "ü"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name+strings.Repeat("\nline", 30)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	run("git", "add", "-A")
	run("git", "commit", "-q", "-m", "base")
	run("sh", "-ec", prepare+"\ngit add -A")
	return string(run("git", append([]string{"diff", "--cached"}, args...)...))
}

const prepared = `sed -i 's/^line/x/;10,20s/^x/line/' a.c
sed -i '1d' 'ü'
printf 'x' >>b.c
mkdir dir
git mv 'old name' 'dir/new name'
rm gone
chmod +x mode
printf '\nmore' >>"$(printf 't\tab')"
printf 'a\n\nb\n' >new
: >empty
printf '\0\1' >binary
`

// What stands where, in a notation of the tests.
func outline(text string, sections []Section) string {
	var b strings.Builder
	for _, s := range sections {
		fmt.Fprintf(&b, "%q %q:", s.Old, s.New)
		for _, n := range s.Names {
			fmt.Fprintf(&b, " %s", text[n.Start:n.End])
		}
		for _, h := range s.Hunks {
			fmt.Fprintf(&b, " %d,%d+%d,%d=%d", h.OldStart, h.OldLines, h.NewStart, h.NewLines, strings.Count(text[h.Start:h.End], "\n"))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestSections(t *testing.T) {
	const want = `"a.c" "a.c": a/a.c b/a.c a/a.c b/a.c 1,4+1,12=13 10,22+18,14=36
"b.c" "b.c": a/b.c b/b.c a/b.c b/b.c 28,4+28,4=8
"" "binary": a/binary b/binary
"old name" "dir/new name": old name dir/new name
"" "empty": a/empty b/empty
"gone" "": a/gone b/gone a/gone 1,31+0,0=33
"mode" "mode": a/mode b/mode
"" "new": a/new b/new b/new 0,0+1,3=4
"t\tab" "t\tab": "a/t\tab" "b/t\tab" "a/t\tab" "b/t\tab" 28,4+28,5=9
"ü" "ü": "a/\303\274" "b/\303\274" "a/\303\274" "b/\303\274" 1,4+1,3=5
`
	text := patchOf(t, prepared, "-M")
	if got := outline(text, Sections(text)); got != want {
		t.Errorf("%s\ngot\n%s\nwant\n%s", text, got, want)
	}
	for name, args := range map[string][]string{
		"mnemonic": {"-M", "--src-prefix=c/", "--dst-prefix=i/"}, "no prefix": {"-M", "--no-prefix"}, "binary as text": {"-M", "--binary"},
	} {
		other := patchOf(t, prepared, args...)
		got, same := Sections(other), Sections(text)
		if len(got) != len(same) {
			t.Fatalf("%s: %d sections, not %d", name, len(got), len(same))
		}
		for i := range got {
			if got[i].Old != same[i].Old || got[i].New != same[i].New || len(got[i].Hunks) != len(same[i].Hunks) {
				t.Errorf("%s: %+v, not %+v", name, got[i], same[i])
			}
		}
	}
	crlf := strings.ReplaceAll(text, "\n", "\r\n")
	if got := outline(crlf, Sections(crlf)); got != want {
		t.Errorf("with Windows lines:\n%s", got)
	}
	// All of the patch belongs to some section, and nothing around it does.
	around := "remark\n" + text + "# Changes not staged:\n" + text + "Submodule x 1..2:\n"
	sections := Sections(around)
	if len(sections) != 20 || sections[0].Start != 7 || sections[9].End != 7+len(text) || sections[19].End != len(around)-len("Submodule x 1..2:\n") {
		t.Errorf("%d sections, %+v", len(sections), sections)
	}
	// ReadPatch and Sections agree.
	p, err := ReadPatch(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range Sections(text) {
		if f := p.Files[i]; f.Path != s.New && f.Path != s.Old {
			t.Errorf("%q is neither %q nor %q", f.Path, s.Old, s.New)
		}
	}
}

// A text that is no patch of git's, or only the beginning of one.
func TestSectionsOfOddTexts(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"diff --git ", "\"\" \"\":\n"},
		{"diff --git a b c", "\"\" \"\":\n"},
		{"diff --git a/x b/y\n", "\"\" \"\":\n"},
		{"diff --git a/x b/x\n@@ -1 +1 @@\n", "\"x\" \"x\": a/x b/x 1,1+1,1=1\n"},
		{"diff --git a/x b/x\n@@ -1,9 +1,9 @@\n-a\ndiff --git a/y b/y\n", "\"x\" \"x\": a/x b/x 1,9+1,9=2\n\"y\" \"y\": a/y b/y\n"},
		{"diff --git a/x b/x\n@@ -99999999999 +1 @@\n-a\n", "\"x\" \"x\": a/x b/x\n"},
		{"diff --git a/x b/x\n@@ -1,2 +1,2 @@ f()\n\n-a\n+b\nmessage", "\"x\" \"x\": a/x b/x 1,2+1,2=4\n"},
		{"diff --git \"a/\\q\" \"b/\\q\"\n", "\"\" \"\":\n"},
		{"diff --cc x\n@@@ -1 -1 +1 @@@\n", ""},
	} {
		if got := outline(c.text, Sections(c.text)); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// No line is looked at twice. To look at the rest of the text at each would take minutes;
// a machine that is busy takes seconds.
func TestSectionsAreLinear(t *testing.T) {
	for _, c := range []struct{ name, head, each string }{
		{"sections", "", "diff --git a b\n"},
		{"hunks", "diff --git a/a b/a\n", "@@ -1 +1 @@\n"},
		{"long hunk", "diff --git a/a b/a\n@@ -1,999999999 +1,999999999 @@\n", "-\n"},
		{"one line", "diff --git ", `"a/ -> `},
		{"literal", "diff --git a/a b/a\nGIT binary patch\n", "zxy\n\n"},
	} {
		text := c.head + strings.Repeat(c.each, 1<<20)
		begin := time.Now()
		n := len(Sections(text))
		took := time.Since(begin)
		t.Logf("%s: %d sections, %v", c.name, n, took)
		if took > 40*time.Second || n > maxSections {
			t.Errorf("%s: %d sections in %v", c.name, n, took)
		}
	}
}

func FuzzSections(f *testing.F) {
	f.Add([]byte("diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline\n"))
	f.Add([]byte("diff --git \"a/\\t\" \"b/\\t\"\r\nrename from a\r\nGIT binary patch\nliteral 1\nIc\n\n# x\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		at := 0
		for _, s := range Sections(string(text)) {
			if s.Start < at || s.Head.Start != s.Start || s.Head.End < s.Start || s.End < s.Head.End || s.End > len(text) || !bytes.HasPrefix(text[s.Start:], []byte(gitMark)) {
				t.Fatalf("%+v behind %d", s, at)
			}
			for _, n := range s.Names {
				if n.Start < s.Head.Start || n.End < n.Start || n.End > s.Head.End {
					t.Fatalf("%+v in %+v", n, s)
				}
			}
			at = s.Head.End
			for _, h := range s.Hunks {
				if h.Start < at || h.End < h.Start || h.End > s.End {
					t.Fatalf("%+v in %+v", h, s)
				}
				at = h.End
			}
			at = s.End
		}
	})
}
