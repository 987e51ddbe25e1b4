package policy

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"colophon/message"
)

// Every place that the reader tells is the exact text, however it is written.
func TestSpans(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		words []string // each key and scalar as it stands in the text, in order
	}{
		"crlf":      {"version: 1\r\nproject: \"Zoë 😀\"\r\nsummary: 'it''s' # x\r\nzones:\r\n  - name: a\r\n    paths: [x, \"y\" , z]\r\n", []string{"version", "1", "project", `"Zoë 😀"`, "summary", "'it''s'", "zones", "name", "a", "paths", "x", `"y"`, "z"}},
		"bom":       {"\ufeffversion: 1\nproject: X\n", []string{"version", "1", "project", "X"}},
		"crlf bom":  {"\ufeffversion: 1\r\nproject: 'X'\r\nwhy: y", []string{"version", "1", "project", "'X'", "why", "y"}},
		"block":     {"version: 1\nsummary: |\n  one\n\n  two\n\nwhy: >-\n  a\n  b\nstatus: x\n", []string{"version", "1", "summary", "|\n  one\n\n  two", "why", ">-\n  a\n  b", "status", "x"}},
		"folded":    {"version: 1\nsummary: one\n  two\n  three # c\nproject: \"a\n  b\"\n", []string{"version", "1", "summary", "one\n  two\n  three", "project", "\"a\n  b\""}},
		"nothing":   {"version: 1\nsource:\nsince: ~\n", []string{"version", "1", "source", "source", "since", "~"}},
		"flow":      {"{version: 1, \"summary\": a b, kinds: [é,\n  'b',\n c # d\n  , \"x\\\"y\"]}\n", []string{"version", "1", `"summary"`, "a b", "kinds", "é", "'b'", "c", `"x\"y"`}},
		"dashes":    {"version: 1\nzones:\n- name: a\n  paths:\n  - x\n-\n  name: b\n", []string{"version", "1", "zones", "name", "a", "paths", "x", "name", "b"}},
		"tag":       {"version: 1\nsummary: !!str 12\nproject: X   \n", []string{"version", "1", "summary", "12", "project", "X"}},
		"document":  {"# c\n---\nversion: 1\nproject:   日本   \n...\n", []string{"version", "1", "project", "日本"}},
		"next line": {"version: 1\nproject:\n  X\ndisclosure:\n\n  # c\n\n  trailer: A # b\n  # after\n", []string{"version", "1", "project", "X", "disclosure", "trailer", "A"}},
	} {
		d := Read("p.yaml", []byte(c.text), nil)
		if d.own == nil {
			t.Errorf("%s: %v", name, d.Problems)
			continue
		}
		var got []string
		add := func(p Position) {
			got = append(got, c.text[p.Span.Start:p.Span.End])
			if line := 1 + strings.Count(c.text[:p.Span.Start], "\n"); line != p.Line {
				t.Errorf("%s: %q is told to be in line %d, not %d", name, got[len(got)-1], p.Line, line)
			}
		}
		var walk func(n *node)
		walk = func(n *node) {
			for _, e := range n.entries {
				add(e.place)
				walk(e.value)
			}
			for _, i := range n.items {
				walk(i)
			}
			if n.kind == scalar || n.kind == nothing {
				add(n.place)
			}
		}
		walk(d.own)
		if !slices.Equal(got, c.words) {
			t.Errorf("%s:\n  got  %q\n  want %q", name, got, c.words)
		}
	}
}

func TestAt(t *testing.T) {
	for _, c := range []struct{ marked, path, text, doc string }{
		{"version: 1\ndisc¦losure: {trailer: A}\n", "disclosure", "disclosure", "How a commit message says"},
		{"version: 1\ndisclosure: {tr¦ailer: A}\n", "disclosure.trailer", "trailer", "The trailer's token"},
		{"version: 1\nzones:\n  - name: a\n    paths:\n      - inc¦lude/**\n", "zones.paths", "=include/**", ""},
		{"version: 1\nstance: al¦low\n", "stance", "=allow", "Code, and what no other"},
		{"version: 1\nattestation: {fields: [to¦ol]}\n", "attestation.fields", "=tool", "The field's name"},
		{"version: 1\nseverity:\n  core-z¦one: off\n", "severity.core-zone", "core-zone", ""},
		{"version: 1\nwib¦ble: off\n", "wibble", "wibble", "-"},
		{"version: 1\nwibble: {a: [¦b]}\n", "wibble.a", "=b", "-"},
		{"version: 1\n¦\nproject: X\n", "", "", ""},
	} {
		before, after, _ := strings.Cut(c.marked, "¦")
		d := Read("p.yaml", []byte(before+after), nil)
		s, ok := d.At(len(before))
		if !ok {
			if c.text != "" {
				t.Errorf("%q: nothing there", c.marked)
			}
			continue
		}
		text := s.Text
		if s.Value {
			text = "=" + text
		}
		if strings.Join(s.Path, ".") != c.path || text != c.text || (s.Key == nil) != (c.doc == "-") || s.Key != nil && !strings.HasPrefix(s.Key.Doc, c.doc) {
			t.Errorf("%q: %+v", c.marked, s)
		}
	}
}

func TestInherited(t *testing.T) {
	d := Read("p.yaml", []byte("version: 1\nextends: linux-7.0\ndisclosure: {need: may}\nlimits: {small-fix: {lines: 3}}\n"), nil)
	for path, want := range map[string]string{
		"disclosure.need":       "linux-7.3 must",
		"disclosure.value":      "linux-7.0 agent-model-tools",
		"disclosure.not_listed": "linux-7.3 [git, gcc, make, vim, emacs, nano, vscode, code]",
		"since":                 "", // taken back
		"disclosure":            "",
		"detect":                "",
		"zones.paths":           "",
	} {
		text, from, ok := d.Inherited(strings.Split(path, ".")...)
		if got := strings.TrimSpace(from + " " + text); got != want || ok != (want != "") {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if text, _, ok := d.Value("limits", "small-fix", "lines"); !ok || text != "3" {
		t.Errorf("Value: %q", text)
	}
}

// What a preset says can be written out under any file, and reads to the same.
func TestStandalone(t *testing.T) {
	bodies := map[string]string{
		"bare":    "version: 1\nextends: %s\n",
		"no end":  "version: 1\nproject: X\nextends: %s",
		"remarks": "# Ours.\nversion: 1 # the form\n# what we start from\nextends: %s # of theirs\n\n# mine\nproject: X\n",
		"nested":  "version: 1\nextends: %s\ndisclosure:\n    need: may # softer\n    # the end\nlimits:\n  small-fix:\n    lines: 5\n    asks: [approval]\nseverity: {core-zone: hint}\n",
		"lists":   "version: 1\nextends: %s\nclasses:\n  test: []\nsignoff: {}\nforbidden:\n- footer: tool\n",
		"block":   "version: 1\nextends: %s\nsignoff:\n  why: >-\n    because\n    of that\n",
		"back":    "version: 1\nextends: %s\nsignoff: ~\nlimits: {small-fix: ~}\ndisclosure: {background: ~, former: {analysis: ~}}\nrecheck_by:\n",
		"stance":  "version: 1\nextends: %s\nstance: {code: allow, tests: decline}\nwhy: x\n",
		"flow":    "{version: 1, extends: %s, signoff: {required: false}}\n",
		"flow 2":  "{extends: %s, version: 1, project: 'X',}\n",
		"flow 3":  "{version: 1, project: X, \n  extends: %s}\n",
	}
	for _, preset := range Presets() {
		for name, body := range bodies {
			for _, eol := range []string{"\n", "\r\n"} {
				text := strings.ReplaceAll(fmt.Sprintf(body, preset), "\n", eol)
				d := Read(".colophon.yaml", []byte(text), nil)
				if d.Policy == nil {
					t.Fatalf("%s, %s: %v", preset, name, d.Err())
				}
				edits, ok := d.Standalone()
				out, err := message.Apply(text, edits)
				if !ok || err != nil {
					after := Read("p", []byte(out), nil)
					t.Errorf("%s, %s, %q: not offered (%v, %v):\n%s", preset, name, eol, err, after.Problems, out)
					continue
				}
				after := Read(".colophon.yaml", []byte(out), nil)
				if after.Policy == nil || after.Policy.Extends != "" || !same(after.Policy, d.Policy) {
					t.Errorf("%s, %s: another policy:\n%s", preset, name, out)
				}
				if eol == "\r\n" && strings.Count(out, "\n") != strings.Count(out, eol) {
					t.Errorf("%s, %s: two kinds of line ends: %q", preset, name, out)
				}
				// All that stood there is still there, in its order.
				rest := out
				for line := range strings.Lines(text) {
					line = strings.TrimRight(line, "\r\n")
					if strings.Contains(line, "extends") || strings.HasPrefix(line, "{") || strings.HasSuffix(line, "}") {
						continue
					}
					_, after, found := strings.Cut(rest, line)
					if !found {
						t.Errorf("%s, %s: %q is gone:\n%s", preset, name, line, out)
					}
					rest = after
				}
			}
		}
	}
}

func TestStandaloneReadsWell(t *testing.T) {
	text := "version: 1\nextends: qemu-2026-09 # theirs\n\nlimits:\n  small-fix:\n    lines: 5 # less\n\n# ours\nproject: X\n"
	edits, _ := Read("p.yaml", []byte(text), nil).Standalone()
	out, _ := message.Apply(text, edits)
	for _, want := range []string{
		"version: 1\n\nlimits:\n  small-fix:\n    lines: 5 # less\n    count: changed\n",
		"\n\n# ours\nproject: X\n\n# From here on as in qemu-2026-09.\nsummary: AI may help",
		"\nforbidden:\n  - trailer: Assisted-by\n    why: ",
		"  small-fix-limit: info # a rule of thumb\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
}

func TestStandaloneOfFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("base.yaml", "version: 1\nextends: qemu-2026-05\ndisclosure: {need: should}\n# the lines\nlimits:\n    small-fix:\n        lines: 7 # few\n")
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	text := "version: 1\nextends: base.yaml\nzones: []\n"
	d := Read("p.yaml", []byte(text), root)
	edits, ok := d.Standalone()
	out, _ := message.Apply(text, edits)
	if !ok || !strings.Contains(out, "lines: 7\n") && !strings.Contains(out, "lines: 7 # few") || !strings.Contains(out, "need: should") {
		t.Errorf("%v %v:\n%s", ok, d.Problems, out)
	}
	if files := d.Files(); !slices.Equal(files, []string{"base.yaml"}) {
		t.Errorf("files: %v", files)
	}
}

// A proposal is offered where it can be written as it stands, and nowhere else.
func TestMend(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"version: 1\nprojct: X\n", "version: 1\nproject: X\n"},
		{"version: 1\r\n\"projct\": X\r\n", "version: 1\r\nproject: X\r\n"},
		{"version: 1\nstatus: 'in-forc'\n", "version: 1\nstatus: in-force\n"},
		{"version: 1\nlimits: {small-fix: {lines: 1, leave_out: test}}\n", "version: 1\nlimits: {small-fix: {lines: 1, leave_out: [test]}}\n"},
		{"version: 1\nzones: [{name: 'a: b #c', paths: [x]}]\nlimits: {small-fix: {lines: 1, zones: ['a: b #d']}}\n",
			"version: 1\nzones: [{name: 'a: b #c', paths: [x]}]\nlimits: {small-fix: {lines: 1, zones: [\"a: b #c\"]}}\n"},
		{"version: 1\nextends: qemu-declin\n", "version: 1\nextends: qemu-decline\n"},
		{"version: 1\nclasses:\n  test: |\n    a\n", ""},
	} {
		d := Read("p.yaml", []byte(c.text), nil)
		if len(d.Problems) != 1 {
			t.Errorf("%q: %v", c.text, d.Problems)
			continue
		}
		e, ok := d.Mend(d.Problems[0])
		if ok != (c.want != "") {
			t.Errorf("%q: %v %+v", c.text, ok, e)
			continue
		}
		if got, _ := message.Apply(c.text, []message.Edit{e}); ok && got != c.want {
			t.Errorf("%q: %q", c.text, got)
		}
	}
}

// A problem that lies in an extended file cannot be mended here.
func TestMendElsewhere(t *testing.T) {
	dir := t.TempDir()
	base := "version: 1\nzones: [{name: core, paths: [x]}]\nlimits: {small-fix: {lines: 1, zones: [core]}}\n"
	if err := os.WriteFile(filepath.Join(dir, "base.yaml"), []byte(base), 0o666); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	d := Read("p.yaml", []byte("version: 1\nextends: base.yaml\nzones: [{name: cores, paths: [x]}]\n"), root)
	if len(d.Problems) != 1 || d.Problems[0].Write != "" || !strings.Contains(d.Problems[0].Msg, "base.yaml") {
		t.Errorf("%+v", d.Problems)
	}
}

func TestMatching(t *testing.T) {
	paths := []string{"README", "core/a.c", "core/b.c", "core/sub/c.c", "core2/d.c", "docs/x.md", "a/core/e.c"}
	slices.Sort(paths)
	for pattern, want := range map[string]string{
		"core/**":     "core/a.c core/b.c core/sub/c.c",
		"core/":       "core/a.c core/b.c core/sub/c.c",
		"/core/*.c":   "core/a.c core/b.c",
		"**/core/**":  "a/core/e.c core/a.c core/b.c core/sub/c.c",
		"*.md":        "docs/x.md",
		"README*":     "README",
		"core{,2}/**": "core/a.c core/b.c core/sub/c.c core2/d.c",
		"nowhere/**":  "",
		"/README":     "README",
		"core/a.c":    "core/a.c",
		"a[":          "",
	} {
		got, ok := Matching(pattern, paths, func() bool { return true })
		if !ok || strings.Join(got, " ") != want {
			t.Errorf("%s: %v", pattern, got)
		}
		var plainly []string
		for _, p := range paths {
			if misses("glob", pattern) == "" && match(pattern, p) {
				plainly = append(plainly, p)
			}
		}
		if !slices.Equal(got, plainly) {
			t.Errorf("%s: the short way finds %v, the long one %v", pattern, got, plainly)
		}
	}
	if _, ok := Matching("*.c", slices.Repeat(paths, 100), func() bool { return false }); ok {
		t.Error("it went on")
	}
}

func TestSymbols(t *testing.T) {
	d := Read("p.yaml", []byte("version: 1\nzones:\n  - paths: [a, b]\n    name: core\nattestation: {fields: [tool, {name: x}]}\nseverity: {core-zone: off}\n"), nil)
	var lines []string
	var walk func(ss []Symbol, indent string)
	walk = func(ss []Symbol, indent string) {
		for _, s := range ss {
			lines = append(lines, strings.TrimRight(indent+s.Name+" "+s.Detail, " "))
			if s.Span.Start < s.Whole.Start || s.Span.End > s.Whole.End {
				t.Errorf("%s: %v is not within %v", s.Name, s.Span, s.Whole)
			}
			walk(s.Below, indent+" ")
		}
	}
	walk(d.Symbols(), "")
	want := []string{"version 1", "zones", " core", "  paths a, b", "  name core", "attestation", " fields tool", "  x", "   name x", "severity", " core-zone off"}
	if !slices.Equal(lines, want) {
		t.Errorf("%q", lines)
	}
}

// Nothing that can be typed brings a draft down.
func FuzzDraft(f *testing.F) {
	for _, p := range Presets() {
		text, _ := PresetText(p)
		f.Add(string(text))
	}
	f.Add("version: 1\r\nextends: qemu-2026-09\r\nsummary: |\r\n  a\r\n")
	f.Add("{version: 1, zones: [{paths: [a, 'b']}], \"x\": !!str y}")
	f.Fuzz(func(t *testing.T, text string) {
		d := Read("p.yaml", []byte(text), nil)
		for _, p := range d.Problems {
			if p.Span.Start < 0 || p.Span.End < p.Span.Start || p.Span.End > len(text) {
				t.Fatalf("%q: %+v", text, p)
			}
			d.Mend(p)
		}
		for i := range min(len(text), 200) {
			if s, ok := d.At(i); ok && (s.Span.Start > i || s.Span.End < i) {
				t.Fatalf("%q at %d: %+v", text, i, s)
			}
		}
		d.Globs()
		d.Symbols()
		d.Standalone()
		d.Files()
		d.Words("zones")
		if !reflect.DeepEqual(d.Problems, Read("p.yaml", []byte(text), nil).Problems) {
			t.Fatal("another reading, other problems")
		}
	})
}
