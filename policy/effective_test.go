package policy

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// sameEffective reads the effective text again.
func sameEffective(t *testing.T, d *Draft) {
	t.Helper()
	if d.Policy == nil {
		t.Fatalf("no policy: %v", d.Err())
	}
	text := d.EffectiveText()
	again := Read("effective.yaml", text, nil)
	if again.Policy == nil {
		t.Fatalf("%v\n%s", again.Err(), text)
	}
	want, got := *d.Policy, *again.Policy
	for _, p := range []*Policy{&want, &got} {
		p.Name, p.Extends = "", ""
	}
	if !reflect.DeepEqual(want, got) {
		t.Errorf("read again it is another policy:\n%+v\n%+v\n%s", want, got, text)
	}
}

func TestEffectiveSaysTheSame(t *testing.T) {
	for _, name := range Presets() {
		t.Run(name, func(t *testing.T) {
			d, err := presetDraft(name)
			if err != nil {
				t.Fatal(err)
			}
			sameEffective(t, d)
			for _, l := range d.Effective() {
				if l.File != "" && l.File != name {
					return // it extends another
				}
			}
		})
	}
}

func TestEffectiveOfAChain(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.yaml": "version: 1\nextends: b.yaml\nwhy: ~\nproject: A\nseverity: {core-zone: off}\nzones:\n- {paths: [\"x/**\"], name: core}\n",
		"b.yaml": "version: 1\nextends: c.yaml\nlimits: {small-fix: {lines: 7}}\nclasses: {test: []}\n",
		"c.yaml": "severity: {small-fix-limit: info}\nstance: decline\nwhy: nobody knows\nlimits: {small-fix: {count: added, lines: 5}}\nversion: 1\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	text, err := root.ReadFile("a.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d := Read("a.yaml", text, root)
	sameEffective(t, d)
	var got strings.Builder
	for _, l := range d.Effective() {
		got.WriteString(strings.Join(strings.Fields(l.String()), " ") + "\n")
	}
	const want = `version: 1 # a.yaml:1
project: A # a.yaml:4
stance: decline # c.yaml:2
classes: # b.yaml:4
test: [] # b.yaml:4
zones: # a.yaml:6
- name: core # a.yaml:7
paths: # a.yaml:7
- x/** # a.yaml:7
limits: # b.yaml:3
small-fix: # b.yaml:3
lines: 7 # b.yaml:3
count: added # c.yaml:4
severity: # a.yaml:5
small-fix-limit: info # c.yaml:1
core-zone: off # a.yaml:5
`
	if got.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", got.String(), want)
	}
}

// What YAML would take for something else, and what a terminal would obey.
func TestEffectiveQuotes(t *testing.T) {
	for _, text := range []string{
		"a # b", "a: b", "true", "12", "", " x", "x ", "a\nb", "a\nb\n", "a\n\nb", "a\n", "\na", "  a\nb", "a \nb", "a\n  b", "a\nb\n\n",
		"- x", "? x", "*x", "it's", `"q"`, "\"", "a\u2028b", "a\tb", "a\\b", "\ufeff", "<<", "---", "~", "null", "2026-11-21", "é",
		strings.Repeat("word ", 399) + "x", strings.Repeat(`"`, 1800), strings.Repeat("é", 900), strings.Repeat(" ", 1900), strings.Repeat("a", 1990),
	} {
		d := Read("x.yaml", []byte("version: 1\nseverity: {core-zone: off}\n"), nil)
		d.all.entries = append(d.all.entries, entry{"summary", d.all.place, &node{kind: scalar, text: text, place: d.all.place}})
		d.Policy.Summary = text
		sameEffective(t, d)
		if out := string(d.EffectiveText()); strings.ContainsAny(out, "\x1b\r\u202e\u0085") {
			t.Errorf("%q steers the terminal: %q", text, out)
		}
	}
}

func TestEffectiveWithoutAPolicy(t *testing.T) {
	if lines := Read("x.yaml", []byte("version: 2\n"), nil).Effective(); lines != nil {
		t.Errorf("a draft that is no policy has lines: %v", lines)
	}
	l := EffectiveLine{"version: 1", "a\nproject: evil", 1}
	if strings.Contains(l.String(), "\n") {
		t.Error("a file's name breaks out of the remark")
	}
}

func FuzzEffective(f *testing.F) {
	for _, name := range Presets() {
		text, err := PresetText(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("version: 1\nsummary: >+\n  a\n\n   b\n\nforbidden: [{trailer: X, when: ~}, {footer: tool}]\nstance: {code: ~}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if d := Read("x.yaml", text, nil); d.Policy != nil && len(text) < 4000 {
			sameEffective(t, d)
		}
	})
}
