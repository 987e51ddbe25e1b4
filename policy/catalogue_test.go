package policy

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what is said now into testdata")

// What a policy file is told, what a value is, and what a policy means, sentence by
// sentence: a case is some lines, then what comes of them behind arrows. A line
// "@3 x" stands for three lines "x".
func TestSentences(t *testing.T) {
	root := extended(t)
	var all []string
	for _, g := range []struct {
		file string
		says func(text string) []string
	}{
		{"problems.txt", func(text string) []string { return problemsIn(text, root) }},
		{"values.txt", faultsIn},
		{"facts.txt", func(text string) []string { return factsIn(t, text) }},
	} {
		file := filepath.Join("testdata", g.file)
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for block := range strings.SplitSeq(strings.TrimSpace(string(raw)), "\n\n") {
			given, _, _ := strings.Cut(block, "\n→ ")
			said := g.says(repeated(given))
			all = append(all, said...)
			now := given
			for _, s := range said {
				now += "\n→ " + s
			}
			if now != block && !*update {
				t.Errorf("%s:\n%s\nnow is\n%s", g.file, block, now)
			}
			out = append(out, now)
		}
		if *update {
			if err := os.WriteFile(file, []byte(strings.Join(out, "\n\n")+"\n"), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	everyOneIsSaid(t, all)
}

// everyOneIsSaid finds sentences of the catalogue that no case brings about.
func everyOneIsSaid(t *testing.T, said []string) {
	elsewhere := map[string]bool{
		"ProblemSize": true, "ProblemLine": true, // they need long lines: TestErrorsPointAtTheirPlace
		"ProblemForeign": true, "ProblemPresetPath": true, // by Find only
		"ProblemRegexp": true, // the parser has no other errors
	}
	files, err := filepath.Glob("../words/catalogue*.go")
	if err != nil {
		t.Fatal(err)
	}
	place := regexp.MustCompile(`\\\{\w+\\\}`)
	seen := 0
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			c, ok := n.(*ast.ValueSpec)
			if !ok || len(c.Values) != 1 {
				return true
			}
			name := c.Names[0].Name
			value, ok := c.Values[0].(*ast.BasicLit)
			if !ok || elsewhere[name] || !strings.HasPrefix(name, "Problem") && !strings.HasPrefix(name, "Wants") && !strings.HasPrefix(name, "Fact") {
				return true
			}
			text, err := strconv.Unquote(value.Value)
			if err != nil {
				t.Fatal(err)
			}
			seen++
			pattern := regexp.MustCompile(place.ReplaceAllString(regexp.QuoteMeta(text), ".+"))
			for _, s := range said {
				if pattern.MatchString(s) {
					return true
				}
			}
			t.Errorf("no case says %s: %s", name, text)
			return true
		})
	}
	if seen < 100 {
		t.Errorf("only %d sentences found", seen)
	}
}

func repeated(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		n := 1
		if count, rest, ok := strings.Cut(line, " "); ok && strings.HasPrefix(line, "@") {
			n, _ = strconv.Atoi(count[1:]) // 0 would show
			line = rest
		}
		b.WriteString(strings.Repeat(line+"\n", n))
	}
	return b.String()
}

// extended is a folder with files that a policy may extend.
func extended(t *testing.T) *os.Root {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"typo.yaml":   "version: 1\nprojct: X\n",
		"empty.yaml":  "",
		"circle.yaml": "version: 1\nextends: ./p.yaml\n",
		"four.yaml":   "version: 1\nextends: ./three.yaml\n",
		"three.yaml":  "version: 1\nextends: ./two.yaml\n",
		"two.yaml":    "version: 1\nextends: ./one.yaml\n",
		"one.yaml":    "version: 1\nextends: ./none.yaml\n",
		"zone.yaml":   "version: 1\nzones: [{name: core, paths: [a]}]\nlimits: {small-fix: {lines: 3, zones: [core]}}\n",
		"sub/x.yaml":  "",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root
}

func problemsIn(text string, root *os.Root) []string {
	if strings.HasPrefix(text, "# outside") {
		root = nil
	}
	d := Read("p.yaml", []byte(text), root)
	var out []string
	for _, p := range d.Problems {
		out = append(out, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Msg))
	}
	for _, h := range d.Hints("2026-11-21", func(string) (int, bool) { return 0, strings.HasPrefix(text, "# files") }) {
		out = append(out, fmt.Sprintf("%d:%d %s", h.Line, h.Column, h.Msg))
	}
	return out
}

// faultsIn takes a grammar and a value: "llm-tools: Claude git".
func faultsIn(text string) []string {
	form, value, _ := strings.Cut(strings.TrimSpace(text), ": ")
	d := &Disclosure{NotListed: []string{"git"}}
	var out []string
	for _, f := range FaultsOf(Grammar(form), d, value) {
		out = append(out, f.Says)
	}
	return out
}

func factsIn(t *testing.T, text string) []string {
	t.Helper()
	p, err := decodeText("version: 1\n" + text)
	if err != nil {
		t.Errorf("%s: %v", text, err)
		return nil
	}
	var out []string
	for _, f := range Facts(p) {
		out = append(out, f.Topic+": "+f.Text)
	}
	return out
}
