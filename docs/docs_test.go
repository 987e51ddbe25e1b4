// Package docs_test keeps the pages that are made from code as they should be.
// `make docs` writes them.
package docs_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"colophon/diagnostics"
	"colophon/report"
)

var update = flag.Bool("update", false, "write the pages")

func TestRulePages(t *testing.T) {
	want := make(map[string]string)
	for _, r := range diagnostics.Rules() {
		want["rules/"+r.ID+".md"] = "<!-- Made from diagnostics/" + strings.ReplaceAll(r.ID, "-", "_") + ".go by `make docs`; do not edit. -->\n\n" + report.RulePage(r)
	}
	have, err := filepath.Glob("rules/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range have {
		if want[file] == "" {
			t.Errorf("%s belongs to no rule", file)
		}
	}
	for file, text := range want {
		compare(t, file, text)
	}
}

func TestRuleTable(t *testing.T) {
	const begin, end = "<!-- rules: made by `make docs` -->\n", "<!-- end of rules -->\n"
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(readme), begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("README.md has no place for the table of rules")
	}
	compare(t, "../README.md", head+begin+report.RuleTable(diagnostics.Rules())+end+tail)
}

func compare(t *testing.T, file, want string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(file)
	if err != nil {
		t.Errorf("%v; run `make docs`", err)
		return
	}
	if string(have) != want {
		t.Errorf("%s is stale; run `make docs`", file)
	}
}
