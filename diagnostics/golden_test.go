package diagnostics_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"colophon/attribution"
	"colophon/change"
	"colophon/diagnostics"
	"colophon/maintainers"
	"colophon/message"
	"colophon/policy"
)

var update = flag.Bool("update", false, "write what the rules say now into testdata/diagnostics")

// Each case is one txtar: why it exists, the policy (a preset's name or YAML on
// top of one), what is known, the message, the change as "added deleted path",
// the findings, and the message with all preferred fixes applied.
func TestGolden(t *testing.T) {
	for _, file := range cases(t, "diagnostics", "presets") {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(strings.TrimSpace(string(a.Comment))) == 0 {
				t.Error("the first line does not say why the case exists")
			}
			in := input(t, a)
			got := map[string]string{"findings": render(in), "fixed": ""}
			if fixed, done := diagnostics.FixAll(in); len(done) > 0 {
				got["fixed"] = fixed
				checkFixed(t, in, fixed)
			}
			for _, name := range []string{"findings", "fixed"} {
				if *update {
					set(a, name, got[name])
				} else if want := section(a, name); want != got[name] {
					t.Errorf("%s:\n%s\nwant:\n%s", name, got[name], want)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// cases are the files of some folders of testdata.
func cases(t *testing.T, folders ...string) []string {
	t.Helper()
	var all []string
	for _, folder := range folders {
		files, err := filepath.Glob("../testdata/" + folder + "/*.txtar")
		if err != nil || len(files) == 0 {
			t.Fatalf("no cases in %s: %v", folder, err)
		}
		all = append(all, files...)
	}
	return all
}

// Every preset has a message that passes there and two that fail: PRESET-pass-WHAT,
// PRESET-fail-WHAT. What passes has no finding of a warning or worse; what fails has
// one that is more than a hint.
func TestPresets(t *testing.T) {
	count := make(map[string]int)
	for _, file := range cases(t, "presets") {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		preset := strings.TrimSpace(section(a, "policy"))
		what, ok := strings.CutPrefix(strings.TrimSuffix(filepath.Base(file), ".txtar"), preset+"-")
		what, _, ok2 := strings.Cut(what, "-")
		if !ok || !ok2 || what != "pass" && what != "fail" {
			t.Errorf("%s is named after no preset, or does not say what it shows", file)
			continue
		}
		count[preset+" "+what]++
		worst := diagnostics.Hint
		for _, f := range diagnostics.Check(input(t, a)) {
			if f.Severity.AtLeast(worst) {
				worst = f.Severity
			}
		}
		if what == "pass" && worst.AtLeast(diagnostics.Warning) || what == "fail" && worst == diagnostics.Hint {
			t.Errorf("%s: the worst finding is %s", filepath.Base(file), worst)
		}
	}
	for _, preset := range policy.Presets() {
		if count[preset+" pass"] < 1 || count[preset+" fail"] < 2 {
			t.Errorf("%s has %d messages that pass and %d that fail", preset, count[preset+" pass"], count[preset+" fail"])
		}
	}
}

// checkFixed judges the fixed message again: no finding with a preferred fix is
// left.
func checkFixed(t *testing.T, in diagnostics.Input, fixed string) {
	t.Helper()
	in.Message = message.Parse(fixed, in.Message.Options)
	for _, f := range diagnostics.Check(in) {
		for _, fix := range f.Fixes {
			if fix.Preferred {
				t.Errorf("after all fixes %s is still there: %s", f.Rule, f.Message)
			}
		}
	}
}

func input(t *testing.T, a *txtar.Archive) diagnostics.Input {
	t.Helper()
	in := diagnostics.Input{Policy: readPolicy(t, section(a, "policy"))}
	var o message.Options
	for line := range strings.SplitSeq(strings.TrimSpace(section(a, "known")), "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "", "crlf", "partial":
		case "made":
			in.Made = true
		case "ai":
			in.Stated = diagnostics.Statement(value)
		case "author", "committer":
			name, mail, _ := strings.Cut(strings.TrimSuffix(value, ">"), " <")
			p := diagnostics.Person{Name: name, Email: mail}
			if key == "author" {
				in.Author = p
			} else {
				in.Committer = p
			}
		case "kind":
			in.Kind = diagnostics.Kind(value)
			o.Cleanup = message.Verbatim
		case "today":
			in.Today = value
		case "doubt":
			in.Doubt = value
		case "record": // git-ai: hw/a.c 1-12
			source, lines, _ := strings.Cut(value, ": ")
			in.Records = append(in.Records, attribution.Record{Source: attribution.Source(source), Files: recorded(t, lines)})
		case "commit": // 0123456789ab (the author, Claude <noreply@anthropic.com>)
			in.Facts = append(in.Facts, diagnostics.Evidence{Source: "commit", Text: "commit " + value})
		case "unread": // git-ai: is cut short or damaged
			source, why, _ := strings.Cut(value, ": ")
			in.Unread = append(in.Unread, diagnostics.Unread{Source: source, Why: why})
		case "cleanup":
			o.Cleanup = message.Cleanup(value)
		case "comment":
			o.Comment = value
		default:
			t.Fatalf("known: %q", line)
		}
	}
	text := section(a, "message")
	if strings.Contains(section(a, "known")+"\n", "crlf") {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	in.Message = message.Parse(text, o)
	files := readChange(t, a)
	if files != nil {
		last := &files.Files[len(files.Files)-1]
		last.Partial = strings.Contains(section(a, "known")+"\n", "partial\n")
	}
	if in.Files = in.Policy.Files(files); files != nil {
		in.Added = allAdded(files.Files)
	}
	if has(a, "maintainers") {
		in.Maintainers = readMaintainers(t, section(a, "maintainers"))
	}
	return in
}

// recorded is what a record has: "hw/a.c 1-12, tests/a.c lost".
func recorded(t *testing.T, text string) (files []attribution.File) {
	t.Helper()
	for part := range strings.SplitSeq(text, ", ") {
		path, lines, _ := strings.Cut(part, " ")
		f := attribution.File{Path: path, Unplaced: lines == "lost"}
		if first, last, ok := strings.Cut(lines, "-"); ok {
			f.AI = []attribution.Run{{First: number(t, first), Last: number(t, last)}}
		}
		files = append(files, f)
	}
	return files
}

func readMaintainers(t *testing.T, text string) *maintainers.List {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "MAINTAINERS"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	list, err := maintainers.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func readPolicy(t *testing.T, text string) *policy.Policy {
	t.Helper()
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "\n") {
		p, err := policy.Preset(text)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, policy.FileName), []byte(text+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	found, err := policy.Find(policy.Place{Root: dir})
	if err != nil {
		t.Fatal(err)
	}
	return found.Policy
}

func readChange(t *testing.T, a *txtar.Archive) *change.Change {
	t.Helper()
	if !has(a, "change") {
		return nil
	}
	c := &change.Change{}
	for line := range strings.SplitSeq(strings.TrimSpace(section(a, "change")), "\n") {
		f := strings.SplitN(line, " ", 3)
		if len(f) != 3 {
			continue
		}
		added, deleted := number(t, f[0]), number(t, f[1])
		c.Files = append(c.Files, change.File{
			Path: f[2], Status: change.Modified, Added: added, Deleted: deleted,
			Lines: change.Lines{Changed: max(added, deleted), Added: added, Deleted: deleted},
		})
	}
	return c
}

func number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// render writes findings as line:column-line:column in bytes from 1, the text
// under the span, and what is offered; * marks the preferred fix.
func render(in diagnostics.Input) string {
	var b strings.Builder
	text := in.Message.Text
	at := func(offset int) string {
		line := 1 + strings.Count(text[:offset], "\n")
		return fmt.Sprintf("%d:%d", line, offset-strings.LastIndexByte(text[:offset], '\n'))
	}
	for _, f := range diagnostics.Check(in) {
		fmt.Fprintf(&b, "%s-%s %s [%s] %q\n  %s\n", at(f.Span.Start), at(f.Span.End), f.Severity, f.Rule, text[f.Span.Start:f.Span.End], f.Message)
		for _, r := range f.Related {
			fmt.Fprintf(&b, "  related %s: %s\n", cmp.Or(r.Path, at(r.Span.Start)), r.Message)
		}
		for _, fix := range f.Fixes {
			mark := "-"
			if fix.Preferred {
				mark = "*"
			}
			fmt.Fprintf(&b, "  %s %s\n", mark, fix.Title)
		}
	}
	return b.String()
}

func section(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func has(a *txtar.Archive, name string) bool {
	for _, f := range a.Files {
		if f.Name == name {
			return true
		}
	}
	return false
}

func set(a *txtar.Archive, name, text string) {
	for i, f := range a.Files {
		if f.Name == name {
			if text == "" {
				a.Files = append(a.Files[:i], a.Files[i+1:]...)
				return
			}
			a.Files[i].Data = []byte(text)
			return
		}
	}
	if text != "" {
		a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(text)})
	}
}

// goldenInputs are the inputs of all cases, for other tests.
func goldenInputs(t *testing.T) map[string]diagnostics.Input {
	t.Helper()
	files := cases(t, "diagnostics", "presets")
	all := make(map[string]diagnostics.Input)
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(file)] = input(t, a)
	}
	return all
}
