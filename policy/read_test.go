package policy

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func decodeText(text string) (*Policy, error) {
	d := Read("p.yaml", []byte(text), nil)
	return d.Policy, d.Err()
}

func TestErrorsPointAtTheirPlace(t *testing.T) {
	for _, c := range []struct {
		text         string
		line, column int
		says         string
	}{
		{"", 0, 0, "empty"},
		{"# only a remark\n", 0, 0, "empty"},
		{"- a\n", 1, 1, "a policy is a mapping"},
		{"project: X\n", 0, 0, "`version: 1`"},
		{"version: 2\n", 1, 10, "`version: 1`"},
		{"version: one\n", 1, 10, "`version: 1`"},
		{"version: 1\nversion: 1\n", 2, 1, "already defined"},
		{"version: 1\ndisclosure:\n  trailr: A\n", 3, 3, "no key \"trailr\" in `disclosure`; write `trailer`?"},
		{"version: 1\nwibble: 1\n", 2, 1, `no key "wibble" here; the keys are version, project`},
		{"version: 1\nkinds: [\n", 2, 8, "not found"},
		{"version: 1\n\tx: 1\n", 2, 0, ""},
		{"version: 1\nproject: &a x\nsummary: *a\n", 2, 10, "anchors"},
		{"version: 1\n---\nversion: 1\n", 0, 0, "more than one"},
		{"version: 1\nstatus: merged\n", 2, 9, `"merged" is none of in-force, proposed, retired`},
		{"version: 1\nas_of: 21.11.2026\n", 2, 8, "not a date"},
		{"version: 1\nsource: javascript:alert(1)\n", 2, 9, "not a web address"},
		{"version: 1\nextends: nonesuch\n", 2, 10, "there is no preset"},
		{"version: 1\ndisclosure: {trailer: AI used for}\n", 2, 23, "not a trailer's token"},
		{"version: 1\ndisclosure:\n  value: kinds\n", 3, 10, "needs a list"},
		{"version: 1\ndisclosure: {kinds: [code, 'a,b']}\n", 2, 28, "comma list"},
		{"version: 1\nforbidden:\n  - why: x\n", 3, 5, "one of `trailer`, `footer` and `identity`"},
		{"version: 1\nforbidden:\n  - trailer: X\n    when: never\n", 4, 11, "none of ai, unless-person, always"},
		{"version: 1\nclasses:\n  test: ['a[']\n", 3, 10, "not a glob"},
		{"version: 1\nclasses:\n  test: ['" + strings.Repeat("*/", 13) + "']\n", 3, 10, "more than 12 stars"},
		{"version: 1\nzones:\n  - name: core\n", 3, 5, "each zone needs a `name` and `paths`"},
		{"version: 1\nzones:\n  - {name: core, paths: [a], asks: [money]}\n", 3, 37, "none of approval, attestation"},
		{"version: 1\nlimits: {small-fix: {lines: 0}}\n", 2, 29, "`lines`, at least 1"},
		{"version: 1\nlimits: {small-fix: {lines: 1, leave_out: [tests]}}\n", 2, 44, "none of code, test"},
		{"version: 1\nseverity:\n  no-rule: off\n", 3, 3, `no rule "no-rule"`},
		{"version: 1\nseverity:\n  core-zone: fatal\n", 3, 14, "none of error, warning"},
		{"version: 1\nproject: \"a\\e[31m\"\n", 2, 10, "control characters"},
		{"version: 1\nproject: a\u202eb\n", 2, 10, "control characters"},
		{"version: 1\npatterns:\n" + strings.Repeat("  - {match: x}\n", 21), 23, 5, "more than 20 entries"},
		{"version: 1\npatterns: [{match: '" + strings.Repeat(`\pL`, 9) + "'}]\n", 2, 20, "more than 8 classes"},
		{"version: 1\npatterns:\n" + strings.Repeat("  - {match: '[^x]{400}'}\n", 5), 6, 5, "all patterns together"},
		{"version: 1\nattestation: {fields: [{name: \"a\\nb\"}]}\n", 2, 24, "one line"},
		{"version: 1\nzones: " + strings.Repeat("[", 1500), 0, 0, "more than 500 brackets"},
		{"version: 1\nzones: " + strings.Repeat("- ", 30000), 2, 1, "this line has more than 2000 bytes"},
		{"version: 1\nproject: |" + strings.Repeat("\n", 60000), 4001, 1, "more than 4000 lines"},
		{"version: 1\nzones: " + strings.Repeat("{a: ", 501), 0, 0, "more than 500 brackets"},
		{"version: 1\nproject: " + strings.Repeat("x", maxSize) + "\n", 0, 0, "more than 64 KiB"},
	} {
		_, err := decodeText(c.text)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%.60q: %v is no *Error", c.text, err)
			continue
		}
		if e.Line != c.line || c.column != 0 && e.Column != c.column || !strings.Contains(e.Msg, c.says) {
			t.Errorf("%.60q:\n  got  %d:%d %s\n  want %d:%d %s", c.text, e.Line, e.Column, e.Msg, c.line, c.column, c.says)
		}
		if strings.Contains(e.Error(), "\n") {
			t.Errorf("%.60q: the error has several lines: %q", c.text, e.Error())
		}
	}
}

// The design's example is what maintainers will copy.
func TestExampleOfTheDocs(t *testing.T) {
	p, err := decodeText(`
version: 1
project: Example
status: in-force
as_of: 2026-11-21
recheck_by: 2027-02-21
source: https://example.org/contributing#ai
extends: qemu-2026-09
disclosure:
  trailer: AI-used-for
  value: kinds
  kinds: [code, tests, docs, research]
  before: Signed-off-by
  ask: hint
  names_tool: forbidden
forbidden:
  - trailer: Assisted-by
    why: the project does not name tools
classes:
  test: ["tests/**"]
  documentation: ["docs/**", "*.rst"]
zones:
  - name: core
    paths: ["include/**", "accel/**"]
    ring: inner
    asks: [approval]
    interpretation: true
limits:
  small-fix: {lines: 20, count: changed, leave_out: [test, documentation, generated]}
approval:
  trailer: AI-exception-granted-by
  by: maintainers
attestation:
  heading: AI use
  fields: [tool, parts, prompts, explanation, responsibility]
severity:
  disclosure-kind: warning
`)
	if err != nil {
		t.Fatal(err)
	}
	base, err := Preset("qemu-2026-09")
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case p.AsOf != "2026-11-21" || p.Zones[0].Mark == "" || len(p.Forbidden) != 1:
		t.Errorf("what stands in the file does not count: %+v", p)
	case p.Severity["small-fix-limit"] != "info" || p.Severity["disclosure-kind"] != "warning":
		t.Errorf("severity is not merged: %v", p.Severity)
	case p.Limits.SmallFix.Lines != 20 || len(p.Limits.SmallFix.NotFor) == 0:
		t.Errorf("limits are not merged: %+v", p.Limits.SmallFix)
	case base.Limits.SmallFix.Lines != 9 || len(base.Severity) != 1 || base.Project != "QEMU" || len(base.Forbidden) != 4:
		t.Errorf("extending a preset changed it: %+v", base)
	}
}

// Lists of an extending file must not be written into the preset's memory.
func TestExtendingLeavesThePresetAlone(t *testing.T) {
	before, err := Preset("qemu-2026-05")
	if err != nil {
		t.Fatal(err)
	}
	was := fmt.Sprintf("%+v %+v", *before, *before.Limits.SmallFix)
	if _, err := decodeText("version: 1\nextends: qemu-2026-05\ndisclosure: {kinds: [x], former: {a: x}}\nzones: [{name: z, paths: [q]}]\nclasses: {test: [t]}\nlimits: {small-fix: {leave_out: [code]}}\nseverity: {core-zone: off}\n"); err != nil {
		t.Fatal(err)
	}
	after, err := Preset("qemu-2026-05")
	if err != nil {
		t.Fatal(err)
	}
	if now := fmt.Sprintf("%+v %+v", *after, *after.Limits.SmallFix); now != was {
		t.Errorf("the preset changed:\n%s\n%s", was, now)
	}
}

func TestPresetsAreHonest(t *testing.T) {
	for _, name := range Presets() {
		p, err := Preset(name)
		if err != nil {
			t.Fatal(err)
		}
		if p.Name != name || p.Project == "" || p.Summary == "" || p.Status == "" || p.AsOf == "" || p.RecheckBy == "" || p.Source == "" {
			t.Errorf("%s does not say what it is, of when, and where it comes from", name)
		}
		if p.Classes.Mark == "" {
			t.Errorf("%s: the lists of paths are ours and not marked as interpretation", name)
		}
		for _, z := range p.Zones {
			if z.Mark == "" {
				t.Errorf("%s: zone %s is ours and not marked as interpretation", name, z.Name)
			}
		}
		if l := p.Limits.SmallFix; l != nil && l.Mark == "" {
			t.Errorf("%s: how lines are counted is ours and not marked as interpretation", name)
		}
	}
}

func TestInterpretation(t *testing.T) {
	for text, want := range map[string]Interpretation{
		"true": "this is Colophon's reading of the text", "false": "", "why not": "why not",
	} {
		p, err := decodeText("version: 1\nclasses: {interpretation: " + text + "}\n")
		if err != nil || p.Classes.Mark != want {
			t.Errorf("%s: %v, %v", text, p, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range Presets() {
		text, err := PresetText(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("version: 1\na: &a [*a]\n<<: *a\n"))
	f.Add([]byte("version: 1\nzones: [[[[{"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := decodeText(string(text))
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("%T: %v", err, err)
		}
		if err == nil && reflect.ValueOf(p).IsNil() {
			t.Fatal("neither a policy nor an error")
		}
		if err == nil {
			p.Class("include/a.h")
			p.Disclosure.Items("code (x), tests")
		}
	})
}
