package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif" // its source has the schema
	"github.com/santhosh-tekuri/jsonschema/v6"

	"colophon/change"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// judged is a commit with findings about the message and about a file, whose name and
// text have what each format must escape.
func judged(t *testing.T, id string) *Commit {
	t.Helper()
	found, err := policy.Find(policy.Place{Setting: "qemu-2026-05"})
	if err != nil {
		t.Fatal(err)
	}
	const text = "hw: größe 😀, 100%: a\n\nText.\n\n😀 Co-authored-by: x\n\nCo-authored-by: Cursor <cursoragent@cursor.com>\nSigned-off-by: Jo Doe <jo@example.org>\n"
	c := &Commit{ID: id, Subject: "s"}
	files := found.Policy.Files(&change.Change{Files: []change.File{{
		Path: "hw/a b,c:%\n.c", Status: change.Added, Added: 30, Lines: change.Lines{Changed: 30, Added: 30}, Largest: change.Place{Line: 7, Lines: 30},
	}}})
	c.Report = Of("message", diagnostics.Input{Message: message.Parse(text, message.Options{Cleanup: message.Verbatim}), Policy: found.Policy, Files: files}, found)
	if id != "" {
		c.File = id[:12]
	}
	if len(c.Findings) < 2 {
		t.Fatalf("found is only %v", c.Findings)
	}
	return c
}

const id = "0123456789abcdef0123456789abcdef01234567"

func written(t *testing.T, format string, commits ...*Commit) string {
	t.Helper()
	var out bytes.Buffer
	w, sum := NewCommitWriter(&out, format, "1.2.3", TextOptions{}), NewSummary()
	for _, c := range commits {
		sum.Add(c)
		if err := w.Commit(c); err != nil {
			t.Fatal(err)
		}
	}
	var found *policy.Found
	if len(commits) > 0 {
		found = commits[0].Found
	}
	if err := w.End(sum, found); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// SARIF is what its own schema takes: with and without findings, for a file and for
// commits.
func TestSarif(t *testing.T) {
	schema := sarifSchema(t)
	for name, commits := range map[string][]*Commit{"none": nil, "a file": {judged(t, "")}, "commits": {judged(t, id), judged(t, strings.Repeat("f", 40))}} {
		t.Run(name, func(t *testing.T) {
			text := written(t, "sarif", commits...)
			doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(doc); err != nil {
				t.Errorf("the schema refuses it: %v", err)
			}
			var log sarifLog
			if err := json.Unmarshal([]byte(text), &log); err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, c := range commits {
				n += len(c.Findings)
			}
			if got := len(log.Runs[0].Results); got != n {
				t.Errorf("%d results of %d findings", got, n)
			}
		})
	}
	var log sarifLog
	if err := json.Unmarshal([]byte(written(t, "sarif", judged(t, ""))), &log); err != nil {
		t.Fatal(err)
	}
	fixes, related := 0, 0
	for _, r := range log.Runs[0].Results {
		if log.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("%s is not rule %d", r.RuleID, r.RuleIndex)
		}
		fixes += len(r.Fixes)
		for _, at := range r.Related {
			if at.Physical.Artifact.URI == "hw/a%20b%2Cc%3A%25%0A.c" && at.Physical.Region.StartLine == 7 && at.Physical.Region.EndLine == 36 {
				related++
			}
		}
		if r.RuleID == "trailer-forbidden" && r.Locations[0].Physical.Region.StartLine != 7 {
			t.Errorf("%s stands at %+v", r.RuleID, r.Locations[0].Physical.Region)
		}
	}
	if fixes == 0 || related == 0 {
		t.Errorf("%d fixes, %d related files", fixes, related)
	}
}

// sarifSchema is the schema of the standard, from the source of a library that has it as
// a constant of its own.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif").Output()
	if err != nil {
		t.Fatal(err)
	}
	source, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var text string
	ast.Inspect(source, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && v.Names[0].Name == "schema" {
			text = strings.Trim(v.Values[0].(*ast.BasicLit).Value, "`")
		}
		return true
	})
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	const where = "https://example.org/sarif.json"
	c := jsonschema.NewCompiler()
	if err := c.AddResource(where, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(where)
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := jsonschema.UnmarshalJSON(strings.NewReader(`{"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if schema.Validate(wrong) == nil {
		t.Fatal("the schema takes anything")
	}
	return schema
}

// Columns are those of UTF-16, as the log says.
func TestUnits(t *testing.T) {
	const text = "a\nö😀b"
	for offset, want := range map[int]int{0: 1, 1: 2, 2: 1, 4: 2, 8: 4, 9: 5} {
		if got := units(text, offset); got != want {
			t.Errorf("byte %d is in column %d, want %d", offset, got, want)
		}
	}
}

// A fingerprint stays when a commit is made anew, and differs between findings.
func TestFingerprint(t *testing.T) {
	a, b := judged(t, id), judged(t, strings.Repeat("f", 40))
	seen := make(map[string]bool)
	for i := range a.Findings {
		one := a.Fingerprint(&a.Findings[i])
		if one != b.Fingerprint(&b.Findings[i]) {
			t.Errorf("%s has another fingerprint in another commit", a.Findings[i].Rule)
		}
		if seen[one] {
			t.Errorf("%s has the fingerprint of another", a.Findings[i].Rule)
		}
		seen[one] = true
	}
}

// GitHub's annotations are whole lines, on the file and the lines of its largest hunk
// where there is one.
func TestAnnotations(t *testing.T) {
	c := judged(t, id)
	lines := strings.Split(strings.TrimSuffix(written(t, "github", c), "\n"), "\n")
	if len(lines) != len(c.Findings) {
		t.Fatalf("%d lines for %d findings: %q", len(lines), len(c.Findings), lines)
	}
	inFile := 0
	for i, line := range lines {
		f := &c.Findings[i]
		if !strings.HasPrefix(line, "::"+annotationLevels[f.Severity]+" ") || !strings.Contains(line, "title=Colophon%3A "+f.Rule+"::0123456789ab (hw: größe 😀, 100%25: a): ") {
			t.Errorf("%s: %s", f.Rule, line)
		}
		if strings.Contains(line, "file=hw/a b%2Cc%3A%25%0A.c,line=7,endLine=36,") {
			inFile++
		}
	}
	if inFile == 0 {
		t.Errorf("none is on the file: %q", lines)
	}
}

func TestCodeQuality(t *testing.T) {
	if got := written(t, "gitlab"); got != "[]\n" {
		t.Errorf("without findings it is %q", got)
	}
	c := judged(t, id)
	var issues []issue
	if err := json.Unmarshal([]byte(written(t, "gitlab", c)), &issues); err != nil {
		t.Fatal(err)
	}
	where := make(map[string]bool)
	for i, one := range issues {
		if one.CheckName != c.Findings[i].Rule || one.Fingerprint == "" || one.Description == "" || one.Location.Lines.Begin < 1 {
			t.Errorf("%+v", one)
		}
		where[fmt.Sprintf("%s:%d", one.Location.Path, one.Location.Lines.Begin)] = true
	}
	if !where["hw/a b,c:%\n.c:7"] || !where["COMMIT_EDITMSG:7"] {
		t.Errorf("the places are %v", where)
	}
}

func TestStepSummary(t *testing.T) {
	c, sum := judged(t, id), NewSummary()
	sum.Add(c)
	text := StepSummary(sum, c.Found)
	for _, want := range []string{"1 commit by [QEMU's proposal](https://", "| `small-fix-limit` | 1 |"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in it:\n%s", want, text)
		}
	}
	if got := StepSummary(sum, nil); got != "" {
		t.Errorf("without a policy it says %q", got)
	}
}
