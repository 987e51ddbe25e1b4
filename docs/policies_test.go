package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"colophon/policy"
	"colophon/report"
)

// docs/policies.md is made from the presets. What stands between the marks of the
// matrix is another test's.
func TestPoliciesPage(t *testing.T) {
	const file = "policies.md"
	have, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(have), report.MatrixBegin)
	matrix, _, _ := strings.Cut(rest, report.MatrixEnd)
	var presets []*policy.Policy
	for _, name := range policy.Presets() {
		p, err := policy.Preset(name)
		if err != nil {
			t.Fatal(err)
		}
		presets = append(presets, p)
	}
	compare(t, file, report.PoliciesPage(presets, matrix))
}

// The reference in docs/policy.md is made from the language.
func TestPolicyReference(t *testing.T) {
	const file = "policy.md"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	for name, made := range map[string]string{
		"grammars": report.GrammarTable(policy.Forms()),
		"keys":     report.KeyList(policy.Language()),
	} {
		begin, end := "<!-- "+name+": made by `make docs` -->\n", "<!-- end of "+name+" -->\n"
		head, rest, ok := strings.Cut(page, begin)
		_, tail, ok2 := strings.Cut(rest, end)
		if !ok || !ok2 {
			t.Fatalf("%s has no place for the %s", file, name)
		}
		page = head + begin + made + end + tail
	}
	compare(t, file, page)
}

var block = regexp.MustCompile("(?m)(?:^<!-- (part|file: [\\w./-]+) -->\n+)?^```yaml\n((?s:.*?))^```$")

// Every example of docs/policy.md is a policy that can be used. A part is one
// below `version: 1`; a file is there for the others to extend.
func TestPolicyExamples(t *testing.T) {
	text, err := os.ReadFile("policy.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	blocks := block.FindAllStringSubmatch(string(text), -1)
	if want := strings.Count(string(text), "```yaml"); len(blocks) != want || want < 10 {
		t.Fatalf("read %d of %d examples", len(blocks), want)
	}
	for _, b := range blocks {
		if name, ok := strings.CutPrefix(b[1], "file: "); ok {
			if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name), []byte(b[2]), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, b := range blocks {
		example := b[2]
		if b[1] == "part" {
			example = "version: 1\n" + example
		}
		d := policy.Read(policy.FileName, []byte(example), root)
		for _, p := range d.Problems {
			t.Errorf("%v\n%s", p.Msg, example)
		}
	}
}

// What the page says of patterns, row by row.
func TestPatternsOfThePage(t *testing.T) {
	text, err := os.ReadFile("policy.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		pattern string
		in, out []string
	}{
		{"*.rst", []string{"a.rst", "docs/b/a.rst"}, []string{"a.RST", "a.rst/b"}},
		{"docs/*.rst", []string{"docs/a.rst"}, []string{"docs/b/a.rst", "x/docs/a.rst"}},
		{"/README", []string{"README"}, []string{"docs/README", "README.md"}},
		{"**/tests/**", []string{"tests/a", "b/c/tests/d/a"}, []string{"contests/a", "tests.c"}},
		{"docs/", []string{"docs/a", "docs/b/a"}, []string{"docs.c", "x/docs/a"}},
		{"*.{c,h}", []string{"a.c", "x/a.h"}, []string{"a.cc"}},
		{"a?.c", []string{"ab.c"}, []string{"a.c", "abc.c"}},
		{"[ab].c", []string{"a.c"}, []string{"c.c"}},
	} {
		if !strings.Contains(string(text), "`"+c.pattern+"`") {
			t.Errorf("the page has no `%s`", c.pattern)
		}
		for _, path := range append(c.in, c.out...) {
			found, ok := policy.Matching(c.pattern, []string{path}, func() bool { return true })
			if want := slices.Contains(c.in, path); !ok || (len(found) == 1) != want {
				t.Errorf("%s takes in %s: %v", c.pattern, path, !want)
			}
		}
	}
}
