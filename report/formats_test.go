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
		sum.Add(c, 0)
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

// Another commit of the series is named in every format, and the schema takes it.
func TestRelatedCommits(t *testing.T) {
	c := judged(t, id)
	c.Findings = []diagnostics.Finding{{Rule: "series-split", Severity: diagnostics.Info, Message: "Together.", Related: []diagnostics.Related{
		{Commit: "abcdef012345", Message: "9 counted lines: one"},
		{Commit: "a box", At: change.Place{Line: 12}, Message: "8 counted lines: two"},
	}}}
	text := written(t, "sarif", c)
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := sarifSchema(t).Validate(doc); err != nil {
		t.Errorf("the schema refuses it: %v", err)
	}
	for format, wants := range map[string][]string{
		"sarif":  {`"fullyQualifiedName": "commit abcdef012345"`, `"uri": "a%20box"`, `"startLine": 12`},
		"json":   {`"commit": "abcdef012345",` + "\n              " + `"line": 0,`, `"commit": "a box",` + "\n              " + `"line": 12,`},
		"github": {"::notice title=Colophon%3A series-split::"},
		"gitlab": {`"path": "COMMIT_EDITMSG"`},
	} {
		text := written(t, format, c)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in it:\n%s", format, want, text)
			}
		}
	}
	var out bytes.Buffer
	if err := Text(&out, &c.Report, TextOptions{Context: true}); err != nil || !strings.Contains(out.String(), "note: abcdef012345: 9 counted lines: one\n    note: a box:12: 8 counted lines: two\n") {
		t.Errorf("%v: %s", err, out.String())
	}
}

// What was judged, and what was left out, is counted for all and for each series.
func TestSummary(t *testing.T) {
	c := judged(t, id)
	one, two := &Series{Number: 1, Subject: "a\x1bb", Version: 1}, &Series{Number: 2, Subject: "c", Version: 3, Of: 2, Patches: 1}
	one.Patches = 2
	judged := func(s *Series, use diagnostics.Use, lines int, leftOut string) *Commit {
		n := &Commit{Series: s, Lines: lines, LeftOut: leftOut}
		n.Message, n.Found, n.View.Use = c.Message, c.Found, use
		return n
	}
	found := judged(two, diagnostics.UseUnknown, 0, "cover letter")
	found.Findings = []diagnostics.Finding{{Rule: "footer-forbidden", Severity: diagnostics.Error}}
	sum := NewSummary()
	for _, n := range []*Commit{
		judged(one, diagnostics.UseDeclared, 3, ""), found, judged(one, diagnostics.UseNone, 0, ""), judged(two, diagnostics.UseEvident, 5, ""),
		judged(two, diagnostics.UseUnknown, 0, "fixup"), judged(two, "", 0, "attachment"), judged(nil, diagnostics.UseUnknown, 0, ""), judged(nil, "", 0, "merge"),
	} {
		sum.Add(n, 0)
	}
	sum.Add(judged(one, "", 0, "no patch"), 2)
	var out bytes.Buffer
	if err := NewCommitWriter(&out, "text", "", TextOptions{}).End(sum, c.Found); err != nil {
		t.Fatal(err)
	}
	const want = "series 1 (a\uFFFDb), 2 patches: nothing to say; 1 mail without a patch and 2 known findings left out\n" +
		"series 2 v3 (c), 1 of 2 patches: 1 error; 1 fixup and 2 mails without a patch (1 with an attachment that is not read) left out\n" +
		"4 commits: 1 error; 1 merge, 1 fixup, 3 mails without a patch (1 with an attachment that is not read) and 2 known findings left out\n" +
		"AI use: 1 declared, 1 evident, 1 declared none, 1 unknown; 8 AI-assisted lines\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
	if sum.With != 1 || sum.Rules["footer-forbidden"] != 1 {
		t.Errorf("%+v", sum)
	}
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
	sum.Add(c, 0)
	text := StepSummary(sum, c.Found)
	for _, want := range []string{"1 commit by [QEMU's proposal](https://", "\nAI use: 1 evident; 0 AI-assisted lines.\n", "| `small-fix-limit` | 1 |"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in it:\n%s", want, text)
		}
	}
	if got := StepSummary(sum, nil); got != "" {
		t.Errorf("without a policy it says %q", got)
	}
}

// What a policy calls itself stands in the summary as it is written, and is no Markdown.
func TestStepSummaryIsOurs(t *testing.T) {
	c, sum := judged(t, id), NewSummary()
	sum.Add(c, 0)
	first := func(project, source string) string {
		t.Helper()
		p := *c.Found.Policy
		p.Project, p.Source = project, source
		found := *c.Found
		found.Policy = &p
		lines := strings.Split(StepSummary(sum, &found), "\n")
		if len(lines) < 4 || lines[0] != "### Colophon" || lines[1] != "" || lines[3] != "" {
			t.Fatalf("it is not one line: %q", lines)
		}
		return lines[2]
	}
	const evil = "Ev](http://x)il <img src=x onerror=1> | `a` **b** _c_ &lt; @d ![e](f) \\\r\n# H\x1b[2J"
	line := first(evil, "https://example.org/ai?a=1&b=2")
	const want = "1 commit by [Ev\\]\\(http\\:\\/\\/x\\)il \\<img src\\=x onerror\\=1\\> \\| \\`a\\` \\*\\*b\\*\\* \\_c\\_ \\&lt\\; \\@d \\!\\[e\\]\\(f\\) \\\\\uFFFD\uFFFD\\# H\uFFFD\\[2J's proposal](https://example.org/ai?a=1&amp;b=2): "
	if !strings.HasPrefix(line, want) {
		t.Errorf("it is\n%s\nwant\n%s", line, want)
	}
	for _, source := range []string{
		"", "javascript:alert(1)", "ftp://example.org/", "https://e.org/a)b", "https://e.org/<script>", "https://e.org/ a", "https://e.org/|`",
		"https://good.example@evil.example/", "https://e.org/\"x", "https://e.org/a\nb", "https://e.org\\@evil.example/", "https://", "https://e.org/[x]", "https://ехample.org/",
	} {
		if line := first("Example", source); strings.Contains(line, "](") || !strings.HasPrefix(line, "1 commit by Example's proposal: ") {
			t.Errorf("%q: %s", source, line)
		}
	}
	for _, source := range []string{"http://e.org", "https://e.org:8443/~a/b_c.html?d=%20&e#f", "https://lore.example/r/20250101.1@example.org/"} {
		if line := first("Example", source); !strings.HasPrefix(line, "1 commit by [Example's proposal](http") {
			t.Errorf("%q: %s", source, line)
		}
	}
}

// Nothing in a message steers the terminal in which a job's log is read, or begins a
// command of the runner.
func TestForeignTextInCI(t *testing.T) {
	c := judged(t, id)
	c.File = "a\n::error::b\x1b[2J"
	c.Findings = c.Findings[:1]
	c.Findings[0].Message = "x\u009b31m\r\n::error::y %0A"
	if got := written(t, "github", c); strings.Count(got, "\n") != 1 || strings.ContainsAny(got, "\r\x1b\u009b") || !strings.Contains(got, "::error::y %250A") {
		t.Errorf("annotations: %q", got)
	}
	if got := written(t, "gitlab", c); strings.ContainsAny(got, "\r\x1b\u009b") || strings.Contains(got, "u001b") || !strings.Contains(got, "::error::y %0A") {
		t.Errorf("code quality: %q", got)
	}
}
