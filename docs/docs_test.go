// Package docs_test keeps the pages that are made from code as they should be.
// `make docs` writes them.
package docs_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"colophon/diagnostics"
	"colophon/lsp"
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
	compareTable(t, "../README.md", "rules", report.RuleTable(diagnostics.Rules()))
}

func TestSettingsTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("| setting | flag | `git config` | values, the default first | what it is for |\n|---|---|---|---|---|\n")
	for _, s := range lsp.Settings() {
		flag, config := "", ""
		if s.Flag != "" {
			flag = "`" + s.Flag + "`"
		}
		if s.Config {
			config = "`colophon." + s.Name + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", s.Name, flag, config, s.Values, s.Why)
	}
	compareTable(t, "editors.md", "settings", b.String())
}

// compareTable is compare for the part of a page between two remarks.
func compareTable(t *testing.T, file, what, want string) {
	t.Helper()
	begin, end := "<!-- "+what+": made by `make docs` -->\n", "<!-- end of "+what+" -->\n"
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(page), begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the table of %s", file, what)
	}
	compare(t, file, head+begin+want+end+tail)
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
