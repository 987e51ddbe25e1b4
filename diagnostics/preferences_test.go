package diagnostics_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"colophon/change"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// What a person wishes changes what is said to them, and never by more than they
// wish.
func TestPreferences(t *testing.T) {
	const (
		plain   = "hw/net: fix it\n\nBecause.\n\nSigned-off-by: Jo Doe <jo@example.org>\n"
		evident = plain + "Co-authored-by: Claude <noreply@anthropic.com>\n"
		over    = "hw/net: fix it\n\nBecause.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n"
	)
	for _, tt := range []struct {
		preset, text, ask string
		severity          map[string]string
		want              string // rule:severity
	}{
		{"qemu-2026-09", plain, "", nil, "disclosure-missing:hint"},
		{"qemu-2026-09", plain, "always", nil, "disclosure-missing:hint"},
		{"qemu-2026-09", plain, "when-evident", nil, ""},
		{"qemu-2026-09", plain, "never", nil, ""},
		{"qemu-2026-09", evident, "when-evident", nil, "trailer-forbidden:error disclosure-missing:error small-fix-limit:info"},
		{"qemu-2026-09", evident, "never", nil, "trailer-forbidden:error small-fix-limit:info"},
		{"qemu-2026-09", evident, "", map[string]string{"trailer-forbidden": "info", "disclosure-missing": "off"}, "trailer-forbidden:info small-fix-limit:info"},
		{"qemu-2026-09", over, "", nil, "small-fix-limit:info"},
		{"qemu-2026-09", over, "never", map[string]string{"small-fix-limit": "error"}, "small-fix-limit:error"},
		{"qemu-2026-09", over, "", map[string]string{"small-fix-limit": "off"}, ""},
		{"qemu-2026-09", plain, "", map[string]string{"disclosure-missing": "error"}, "disclosure-missing:hint"}, // while nothing is known, it is a question
	} {
		found, err := policy.Find(policy.Place{Setting: tt.preset})
		if err != nil {
			t.Fatal(err)
		}
		p := found.Policy
		in := diagnostics.Input{Policy: p, Message: message.Parse(tt.text, message.Options{})}
		in.Files = p.Files(&change.Change{Files: []change.File{{
			Path: "hw/net/e1000.c", Status: change.Added, Added: 30, NewMode: "100644", Lines: change.Lines{Changed: 30, Added: 30},
		}}})
		var problems []string
		if in.Prefers, problems = diagnostics.ReadPreferences(tt.ask, tt.severity); len(problems) > 0 {
			t.Fatal(problems)
		}
		var got []string
		for _, f := range diagnostics.Check(in) {
			got = append(got, f.Rule+":"+string(f.Severity))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s, ask %q, severity %v, %q:\ngot  %s\nwant %s", tt.preset, tt.ask, tt.severity, tt.text, strings.Join(got, " "), tt.want)
		}
	}
}

func TestReadPreferences(t *testing.T) {
	p, problems := diagnostics.ReadPreferences("sometimes", map[string]string{"core-zone": "fatal", "no-rule": "off", "signoff-missing": "warning"})
	if p.Ask != "" || fmt.Sprint(p.Severity) != "map[signoff-missing:warning]" {
		t.Errorf("read %+v", p)
	}
	for _, word := range []string{"colophon.ask is sometimes", "colophon.severity.core-zone is fatal", "the rule no-rule"} {
		if !slices.ContainsFunc(problems, func(s string) bool { return strings.Contains(s, word) }) {
			t.Errorf("nobody says %q: %q", word, problems)
		}
	}
	if len(problems) != 3 {
		t.Errorf("said %q", problems)
	}
	const acting = "\x1b]0;x\a\u009b\n"
	_, problems = diagnostics.ReadPreferences(acting, map[string]string{acting: "error", "ai-declined": acting})
	_, problem := diagnostics.ReadStatement(acting)
	if said := strings.Join(append(problems, problem), " "); len(problems) != 3 || strings.ContainsFunc(said, unicode.IsControl) {
		t.Errorf("said %q", said)
	}
	for ai, want := range map[string]diagnostics.Statement{"": "", "no": diagnostics.No, "No": diagnostics.Auto, "true": diagnostics.Auto} {
		got, problem := diagnostics.ReadStatement(ai)
		if said := strings.Contains(problem, "colophon.ai is "+ai+", which is none of auto, yes or no"); got != want || said != (ai == "No" || ai == "true") {
			t.Errorf("%q is %q: %s", ai, got, problem)
		}
	}
}
