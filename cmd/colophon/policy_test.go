package main

import (
	"strings"
	"testing"
	"time"

	"colophon/policy"
)

// The first file can be used as it is, whatever the folder is called and whatever
// it extends.
func TestStartFiles(t *testing.T) {
	now := time.Date(2026, 11, 30, 23, 0, 0, 0, time.UTC)
	for _, from := range append([]string{""}, policy.Presets()...) {
		for _, folder := range []string{"/src/qemu", "/", "/src/a: b # c", "/src/\"x\\\xff\x1b[31m", "/src/true", "/src/-\n-", "/src/.git"} {
			text, err := startFile(projectName(folder), from, now)
			if err != nil {
				t.Fatal(err)
			}
			d := policy.Read(policy.FileName, []byte(text), nil)
			for _, p := range d.Problems {
				t.Errorf("from %q in %q: line %d: %s", from, folder, p.Line, p.Msg)
			}
			if strings.Contains(text, "\x1b") || strings.Contains(text, "%!") {
				t.Errorf("from %q in %q:\n%s", from, folder, text)
			}
			if d.Policy != nil && (d.Policy.Extends != from || d.Policy.AsOf != "2026-11-30" || d.Policy.Status != policy.Proposed) {
				t.Errorf("from %q: %+v", from, d.Policy)
			}
		}
	}
}

func TestAgeAndPast(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		date string
		age  int
		past bool
	}{
		{"2026-11-20", 1, true}, {"2026-11-21", 0, false}, {"2026-12-01", -9, false}, {"", 0, false}, {"soon", 0, false},
	} {
		if age(c.date, now) != c.age || past(c.date, now) != c.past {
			t.Errorf("%q: %d days, past %v", c.date, age(c.date, now), past(c.date, now))
		}
	}
	l := policyList{Presets: []listedOne{{Name: "x", RecheckBy: "2026-11-20", Past: true}}}
	var b strings.Builder
	if err := l.text(&b); err != nil || !strings.Contains(b.String(), "2026-11-20 (past)") {
		t.Errorf("a past date is not marked: %v\n%s", err, b.String())
	}
}

// Every preset differs from itself in nothing, and from an empty policy in
// something.
func TestFactDiff(t *testing.T) {
	none := policy.Read("x.yaml", []byte("version: 1\n"), nil).Policy
	for _, name := range policy.Presets() {
		p, err := policy.Preset(name)
		if err != nil {
			t.Fatal(err)
		}
		if d := factDiff(policy.Facts(p), policy.Facts(p)); d != "" {
			t.Errorf("%s differs from itself:\n%s", name, d)
		}
		if d := factDiff(policy.Facts(none), policy.Facts(p)); !strings.Contains(d, "  + ") {
			t.Errorf("%s adds nothing", name)
		}
	}
}
