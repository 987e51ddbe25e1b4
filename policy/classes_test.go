package policy

import (
	"strings"
	"testing"

	"colophon/change"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"*.rst", "a.rst", true},
		{"*.rst", "docs/deep/a.rst", true},
		{"README*", "sub/README.md", true},
		{"docs/**", "docs/a/b", true},
		{"docs/**", "old/docs/a", false},
		{"docs/*", "docs/a/b", false},
		{"docs/", "docs/a/b", true},
		{"/docs/", "docs/a", true},
		{"**/tests/**", "tests/a", true},
		{"**/tests/**", "python/tests/a", true},
		{"**/tests/**", "contests/a", false},
		{"a/{b,c}.c", "a/c.c", true},
		{"*.RST", "a.rst", false},
		{"a b/*", "a b/c\nd", true},
		{"*.c", "\xff.c", true},
		{"-x", "-x", true},
	} {
		if got := match(c.pattern, c.path); got != c.want {
			t.Errorf("match(%q, %q) = %v", c.pattern, c.path, got)
		}
	}
}

func TestQEMUsTree(t *testing.T) {
	p, err := Preset("qemu-2026-05")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"include/hw/qdev-core.h":              "code core",
		"accel/tcg/cputlb.c":                  "code core",
		"accel/kvm/kvm-all.c":                 "code core",
		"util/async.c":                        "code core",
		"block/io.c":                          "code core",
		"block/qcow2.c":                       "code",
		"hw/net/e1000.c":                      "code",
		"hw/core/qdev.c":                      "code core",
		"target/arm/helper.c":                 "code",
		"tests/qtest/e1000-test.c":            "test",
		"python/tests/protocol.py":            "test",
		"tests/data/acpi/readme.md":           "test",
		"docs/devel/index.rst":                "documentation",
		"MAINTAINERS":                         "documentation",
		"linux-headers/linux/kvm.h":           "generated",
		"include/standard-headers/linux/if.h": "generated",
		"roms/seabios":                        "code",
		"meson_options.txt":                   "code",
	} {
		f := p.Files(&change.Change{Files: []change.File{{Path: path}}})[0]
		got := string(f.Class)
		for _, z := range f.Zones {
			got += " " + z.Name
		}
		if path == "roms/seabios" {
			want = "vendored"
		}
		if got != want {
			t.Errorf("%s: %s, not %s", path, got, want)
		}
	}
}

// A file that leaves a zone by a rename was changed in it.
func TestZoneOfARename(t *testing.T) {
	p, err := Preset("qemu-2026-05")
	if err != nil {
		t.Fatal(err)
	}
	f := p.Files(&change.Change{Files: []change.File{{Path: "hw/x.h", From: "include/x.h", Status: change.Renamed}}})
	if len(f[0].Zones) != 1 {
		t.Error("the old path does not count")
	}
}

func TestUsualClassesWithoutAPolicy(t *testing.T) {
	var none *Policy
	for path, want := range map[string]Class{
		"a.go": Code, "a_test.go": Test, "test_a.py": Test, "src/__tests__/a.js": Test, "README.md": Documentation,
		"docs/a": Documentation, "go.sum": Generated, "web/node_modules/a/b.js": Vendored, "contest/a.c": Code,
	} {
		if got := none.Class(path); got != want {
			t.Errorf("%s: %s, not %s", path, got, want)
		}
	}
}

func TestItems(t *testing.T) {
	p, err := Preset("qemu-2026-09")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ value, want string }{
		{"code", "code"},
		{"tests, docs", "tests docs"},
		{"tests,docs", "tests docs"},
		{"code (a, b), tests (c (d))", "code tests"},
		{"code(x)", "code"},
		{"Code", "code!spelling"},
		{"test", "!unknown?tests"},
		{"testing", "!unknown?tests"},
		{"documentation", "!unknown?docs"},
		{"analysis", "research!former?research"},
		{"refactoring", "!unknown?code"},
		{"wibble", "!unknown"},
		{"code,", "code !empty"},
		{"code, code", "code code!repeated"},
		{"code, code (x)", "code code"},
		{"code (x", "code!unclosed"},
		{"code (x) tests", "code!trailing"},
		{"coed", "!unknown?code"},
		{"\xff(", "!unknown!unclosed"},
	} {
		var got []string
		for _, it := range p.Disclosure.Items(c.value) {
			s := it.Kind
			for _, bad := range []Miss{it.Problem, it.InNote} {
				if bad != "" {
					s += "!" + string(bad)
				}
			}
			if it.Suggest != "" && it.Problem != Spelling {
				s += "?" + it.Suggest
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: %s, not %s", c.value, s, c.want)
		}
	}
}

func TestMechanical(t *testing.T) {
	l := SmallFix{NotFor: []string{"mechanical", "refactoring"}}
	for text, want := range map[string]bool{
		"mechanical": true, "Refactoring": true, "refactoring of the queue": true, "prototype, refactoring": true,
		"mechanically minded": false, "not mechanical": false, "": false, "prototype": false,
	} {
		if got := l.Mechanical(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
