package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"

	"colophon/change"
	"colophon/commit"
	"colophon/diagnostics"
	"colophon/policy"
)

// viewing is a client that shows lenses and hints.
func viewing() protocol.ClientCapabilities {
	c := capabilities()
	c.TextDocument.CodeLens = &protocol.CodeLensClientCapabilities{}
	c.TextDocument.InlayHint = &protocol.InlayHintClientCapabilities{}
	return c
}

func startViewing(r *repo, settings string) *editor {
	p := &protocol.InitializeParams{Capabilities: viewing()}
	if settings != "" {
		p.InitializationOptions = protocol.LSPAny(settings)
	}
	return start(r.t.(*testing.T), r.env, p)
}

// lenses are the titles of the lenses above a message.
func (e *editor) lenses(t *testing.T, r *repo, text string) []string {
	t.Helper()
	u := r.message()
	e.opened(u, "gitcommit", text)
	got, err := e.server.CodeLens(t.Context(), &protocol.CodeLensParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}})
	must(t, err)
	if got == nil {
		t.Fatal("no list")
	}
	var titles []string
	for _, l := range got {
		if l.Command.Command != commandExplain || string(l.Command.Arguments[0]) != strconv.Quote(string(u)) {
			t.Errorf("%q has the command %s %s", l.Command.Title, l.Command.Command, l.Command.Arguments)
		}
		titles = append(titles, l.Command.Title)
	}
	return titles
}

// limitPolicy has a limit and zones.
const limitPolicy = `version: 1
project: Example
status: in-force
extends: qemu-2026-09
limits: {small-fix: {lines: 9, leave_out: [test, documentation]}}
zones:
  - {name: block, paths: ["block/**"], asks: [approval]}
  - {name: net, paths: ["net/**"]}
approval: {trailer: Approved-by, by: maintainers}
`

func TestLenses(t *testing.T) {
	const body = "block: drop a dead store\n\nIt is never read.\n\n"
	for _, tt := range []struct {
		name, policy string
		files        map[string]int
		text         string
		want         string
	}{
		{"empty message", "extends: qemu-2026-09\nversion: 1\n", map[string]int{"block/io.c": 12, "tests/a.c": 30, "tests/b.c": 4}, "\n# Please enter\n",
			"AI: not said yet | 12 lines, AI limit 9 | QEMU (proposed) | left out: tests 34"},
		{"subject written", "extends: qemu-2026-09\nversion: 1\n", map[string]int{"block/io.c": 1}, body,
			"AI: not said yet | 1 line, AI limit 9 | QEMU (proposed)"},
		{"declared", limitPolicy, map[string]int{"block/io.c": 12}, body + "AI-used-for: tests, code (refactoring)\nSigned-off-by: Jo Doe <jo@example.org>\n",
			"AI: declared for code, tests | 12 lines, AI limit 9 | zone: block"},
		{"two zones", limitPolicy, map[string]int{"block/io.c": 2, "net/a.c": 2}, body, "AI: not said yet | 4 lines, AI limit 9 | zones: block, net | Example (in force)"},
		{"no AI said", limitPolicy, map[string]int{"block/io.c": 12, "docs/a.rst": 3}, body + "# Colophon: no AI was used\n",
			"AI: none, you said | lines: code 12, docs 3 | zone: block | Example (in force)"},
		{"evident", limitPolicy, map[string]int{"net/a.c": 12}, body + "Co-authored-by: Claude <noreply@anthropic.com>\n",
			"AI: seen in Co-authored-by, not declared | 12 lines, AI limit 9 | zone: net"},
		{"evident by a footer", "extends: linux-7.3\nversion: 1\n", map[string]int{"mm/a.c": 2}, body + "Generated with [Claude Code](https://claude.com/claude-code)\n",
			"AI: seen in a tool's footer, not declared | lines: code 2 | Linux (in force)"},
		{"declared without kinds", "extends: linux-7.3\nversion: 1\n", map[string]int{"mm/a.c": 2, "lib/tests/x.c": 1}, body + "Assisted-by: LLM sparse\n",
			"AI: declared | lines: code 2, tests 1 | Linux (in force)"},
		{"declines", "extends: qemu-decline\nversion: 1\n", map[string]int{"a.c": 2}, body, "AI: not taken here | lines: code 2 | QEMU (in force)"},
		{"declined", "extends: qemu-decline\nversion: 1\n", map[string]int{"a.c": 2}, body + "Co-authored-by: Claude <noreply@anthropic.com>\n",
			"AI: seen in Co-authored-by, not taken here | lines: code 2 | QEMU (in force)"},
		{"in the pull request", "extends: numpy\nversion: 1\n", map[string]int{"a.c": 2}, body, "AI: say it in the pull request | lines: code 2 | NumPy (in force)"},
		{"zones that attest", "extends: numpy-zones\nversion: 1\n", map[string]int{"numpy/_core/src/a.c": 2, "numpy/a.py": 7}, body,
			"AI: say it in the pull request | lines: code 9 | zones: inner, middle"},
		{"nothing staged", limitPolicy, nil, body, "AI: not said yet | no files in this commit | Example (in force)"},
		{"a binary file", "extends: qemu-2026-09\nversion: 1\n", map[string]int{"blob": -1}, body, "AI: not said yet | 0 lines, AI limit 9 | QEMU (proposed)"},
		{"no policy", "", map[string]int{"a.c": 2}, body, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRepo(t, tt.policy)
			for name, lines := range tt.files {
				if lines < 0 {
					r.write(name, "\x00\x01")
					r.git("add", name)
					continue
				}
				r.stage(name, lines)
			}
			e := startViewing(r, "")
			got := strings.Join(e.lenses(t, r, tt.text), factsApart)
			if got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// Where they stand, in each encoding. A client that sorts them by their place must not
// shuffle them.
func TestLensPlace(t *testing.T) {
	r := newRepo(t, limitPolicy)
	for _, enc := range []protocol.PositionEncodingKind{protocol.PositionEncodingKindUTF8, protocol.PositionEncodingKindUTF16} {
		caps := withEncoding(enc)
		caps.TextDocument.CodeLens = &protocol.CodeLensClientCapabilities{}
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: caps})
		for text, line := range map[string]uint32{"\n# x\n": 0, "\n\nSigned-off-by: Jo Doe <jo@example.org>\n": 0, "# x\n\n😀 sub\n": 2} {
			u := r.message()
			e.opened(u, "gitcommit", text)
			got, err := e.server.CodeLens(t.Context(), &protocol.CodeLensParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}})
			must(t, err)
			if len(got) < 3 {
				t.Fatalf("%q: %d lenses", text, len(got))
			}
			for i, l := range got {
				ahead := i == 0 && l.Range.Start.Character == 0 || i > 0 && l.Range.Start.Character > got[i-1].Range.Start.Character
				if l.Range.Start.Line != line || l.Range.End.Line != line || !ahead || l.Range.End.Character < l.Range.Start.Character {
					t.Errorf("%s, %q: lens %d has %v", enc, text, i, l.Range)
				}
				if line == 2 {
					offsetAt(t, text, l.Range.Start, enc) // not inside a character
				}
			}
			if want := positionAt("😀 sub", len("😀 sub"), enc).Character; line == 2 && got[0].Range.End.Character != want {
				t.Errorf("%s: the subject ends at %d, not %d", enc, got[0].Range.End.Character, want)
			}
		}
	}
}

// What the client does not show, or the person does not want, is not there.
func TestNothingToSee(t *testing.T) {
	r := newRepo(t, limitPolicy)
	r.stage("block/io.c", 12)
	const text = "s\n\n# Changes to be committed:\n#\tnew file:   block/io.c\n"
	for _, tt := range []struct {
		settings   string
		lens, hint bool
	}{
		{"", true, true},
		{`{"lens": false}`, false, true},
		{`{"hints": false}`, true, false},
		{`{"policy": "none"}`, false, false},
	} {
		e := startViewing(r, tt.settings)
		if got := e.lenses(t, r, text); (len(got) > 0) != tt.lens {
			t.Errorf("%s: lenses %q", tt.settings, got)
		}
		if got := e.hints(t, r, text, whole); (len(got) > 0) != tt.hint {
			t.Errorf("%s: hints %v", tt.settings, got)
		}
	}

	e := startIn(r)
	u := r.message()
	e.opened(u, "gitcommit", text)
	if e.caps.CodeLensProvider != nil || e.caps.InlayHintProvider != nil || len(e.caps.Experimental) > 0 {
		t.Errorf("it offers what the client has not said it shows: %+v", e.caps)
	}
	if _, err := e.server.CodeLens(t.Context(), &protocol.CodeLensParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}}); err == nil {
		t.Error("it answers what it has not offered")
	}
	if _, err := e.server.InlayHint(t.Context(), &protocol.InlayHintParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}, Range: whole}); err == nil {
		t.Error("it answers what it has not offered")
	}
}

// The commit box of VS Code is no file and has no comments.
func TestLensInTheCommitBox(t *testing.T) {
	r := newRepo(t, limitPolicy)
	r.stage("block/io.c", 12)
	e := startViewing(r, "")
	u, err := uri.Parse("vscode-scm:git/scm0/input?rootUri=" + string(uri.File(r.dir)))
	must(t, err)
	e.opened(u, "scminput", "")
	got, err := e.server.CodeLens(t.Context(), &protocol.CodeLensParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}})
	must(t, err)
	if len(got) == 0 || got[0].Command.Title != "AI: not said yet" {
		t.Errorf("%+v", got)
	}
}

// Neovim, before version 0.12, has lenses behind the subject: they share the line.
func TestLensBehindTheSubject(t *testing.T) {
	r := newRepo(t, "extends: qemu-2026-09\nversion: 1\n")
	r.stage("block/io.c", 12)
	subject := "block: " + strings.Repeat("x", 43)
	for _, tt := range []struct {
		name, version string
		want          string
	}{
		{"Neovim", "0.7.2", "AI: not said yet"},
		{"Neovim", "0.11.4", "AI: not said yet"},
		{"Neovim", "0.12.0", "AI: not said yet | 12 lines, AI limit 9 | QEMU (proposed)"},
		{"Neovim", "1.0.0", "AI: not said yet | 12 lines, AI limit 9 | QEMU (proposed)"},
		{"Visual Studio Code", "1.120.0", "AI: not said yet | 12 lines, AI limit 9 | QEMU (proposed)"},
	} {
		e := start(t, r.env, &protocol.InitializeParams{
			Capabilities: viewing(), ClientInfo: protocol.ClientInfo{Name: tt.name, Version: protocol.NewOptional(tt.version)},
		})
		if got := strings.Join(e.lenses(t, r, subject+"\n"), factsApart); got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.name, tt.version, got, tt.want)
		}
	}
}

// Before git has answered, the lens says so; where git cannot tell, too.
func TestLensBeforeChange(t *testing.T) {
	r := newRepo(t, limitPolicy)
	git := holdGit(t)
	p := &protocol.InitializeParams{Capabilities: viewing()}
	p.Capabilities.Workspace.CodeLens = &protocol.CodeLensWorkspaceClientCapabilities{RefreshSupport: new(true)}
	e := start(t, r.env, p)
	u := r.message()
	e.open(u, "gitcommit", "s\n")
	e.until(u, "disclosure-missing", "signoff-missing")
	got, err := e.server.CodeLens(t.Context(), &protocol.CodeLensParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}})
	must(t, err)
	if len(got) != 3 || got[1].Command.Title != "what is staged is not known yet" {
		t.Errorf("%+v", got)
	}
	git.letGo()
}

// golden are the cases of package diagnostics as a page, for a look at what is shown.
func golden(t *testing.T) map[string]*page {
	t.Helper()
	files, err := filepath.Glob("../testdata/diagnostics/*.txtar")
	if err != nil || len(files) < 50 {
		t.Fatalf("%d cases: %v", len(files), err)
	}
	pages := make(map[string]*page)
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		must(t, err)
		sections := make(map[string]string)
		for _, f := range a.Files {
			sections[f.Name] = string(f.Data)
		}
		if p := goldenPage(t, sections); p != nil {
			pages[strings.TrimSuffix(filepath.Base(file), ".txtar")] = p
		}
	}
	return pages
}

// goldenPage is the page of a case; nil for one that is about a pull request.
func goldenPage(t *testing.T, sections map[string]string) *page {
	t.Helper()
	if strings.Contains(sections["known"], "kind:") {
		return nil
	}
	c := &commit.Commit{Found: &policy.Found{Policy: goldenPolicy(t, sections["policy"]), From: "a test"}}
	k := &known{commit: c}
	if _, ok := sections["change"]; ok {
		k.contents = &commit.Contents{Change: goldenChange(t, sections["change"])}
	}
	k.sort(nil)
	text := sections["message"]
	srv := newServer(&conn{}, Options{Log: zap.NewNop()})
	doc := &document{uri: "file:///x/.git/COMMIT_EDITMSG", text: text, lines: newLines(text, protocol.PositionEncodingKindUTF16)}
	return (&session{srv: srv}).page(doc, k)
}

func goldenPolicy(t *testing.T, text string) *policy.Policy {
	t.Helper()
	if text = strings.TrimSpace(text); !strings.Contains(text, "\n") {
		p, err := policy.Preset(text)
		must(t, err)
		return p
	}
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, policy.FileName), []byte(text+"\n"), 0o666))
	found, err := policy.Find(policy.Place{Root: dir})
	must(t, err)
	return found.Policy
}

// goldenChange reads "added deleted path" lines.
func goldenChange(t *testing.T, text string) *change.Change {
	t.Helper()
	c := &change.Change{}
	for line := range strings.Lines(strings.TrimSpace(text)) {
		var f change.File
		_, err := fmt.Sscanf(line, "%d %d %s", &f.Added, &f.Deleted, &f.Path)
		must(t, err)
		f.Lines = change.Lines{Changed: max(f.Added, f.Deleted), Added: f.Added, Deleted: f.Deleted}
		c.Files = append(c.Files, f)
	}
	return c
}

// Every lens is one fact and all together fit a line of 80 columns; the largest facts
// are not cut, and the first of them is always there.
func TestGlanceFits(t *testing.T) {
	for name, p := range golden(t) {
		g := p.glance()
		for columns := screenWidth; columns >= 16; columns -= 16 {
			texts := g.within(columns)
			if got := width(strings.Join(texts, factsApart)); got > columns {
				t.Errorf("%s: %d columns of %d: %q", name, got, columns, texts)
			}
			for _, text := range texts {
				if !isFact(g, text) {
					t.Errorf("%s: %q is no whole fact", name, text)
				}
			}
		}
		if texts := g.within(screenWidth); len(texts) < 2 || texts[0] != g.facts[0].text {
			t.Errorf("%s: %q", name, texts)
		}
		for _, f := range p.known.files {
			for columns := screenWidth; columns > 0; columns-- {
				label := hintLabel(p.policy(), &f, columns)
				if width(label) > columns || !strings.HasPrefix(hintLabel(p.policy(), &f, 1000), label) || strings.HasSuffix(label, ",") {
					t.Errorf("%s: %q in %d columns", name, label, columns)
				}
			}
		}
	}
}

func isFact(g glance, text string) bool {
	for _, f := range g.facts {
		if text == f.text || text == f.short {
			return true
		}
	}
	return false
}

// What the glance counts is what the limit counts.
func TestGlanceCountsAsTheLimit(t *testing.T) {
	checked := 0
	for name, p := range golden(t) {
		in := p.input()
		in.Stated = diagnostics.Yes // so that no hint is folded into another
		for _, f := range diagnostics.Check(in) {
			if f.Rule != "small-fix-limit" {
				continue
			}
			checked++
			if g := p.glance(); !strings.Contains(f.Message, strconv.Itoa(g.Counted)) || g.Counted <= g.Limit.Lines && !g.Partial {
				t.Errorf("%s: %d lines at a glance; %s", name, g.Counted, f.Message)
			}
		}
	}
	if checked < 5 {
		t.Errorf("only %d cases are over a limit", checked)
	}
}

// A name from a policy is a name, whatever stands in it.
func TestHostileNames(t *testing.T) {
	r := newRepo(t, `version: 1
project: "x ![a](https://evil.example/a.png)"
extends: qemu-2026-09
zones:
  - {name: "z [a](command:evil) <b>", paths: ["**"]}
`)
	r.stage("a.c", 2)
	e := startViewing(r, "")
	got := strings.Join(e.lenses(t, r, "s\n"), factsApart)
	if want := "AI: not said yet | 2 lines, AI limit 9 | zone: z [a](command:evil) <b> | "; !strings.HasPrefix(got+factsApart, want) {
		t.Errorf("%q", got)
	}
	if got := cleaned("a\n\tb\x00\x07\u202ec\xff\u2028d"); got != "a  bc?d" {
		t.Errorf("%q", got)
	}
}

func TestWidth(t *testing.T) {
	for text, want := range map[string]int{"": 0, "abc": 3, "é": 1, "e\u0301": 1, "日本": 4, "😀": 2, "\ta": 9, "ab\t": 8} {
		if got := width(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestCountsInWords(t *testing.T) {
	for got, want := range map[string]string{
		lineWords(0, false): "0 lines", lineWords(1, false): "1 line", lineWords(2, false): "2 lines",
		lineWords(1, true): "more than 1 line", lineWords(2, true): "more than 2 lines",
		leftWords([]diagnostics.Part{{Class: policy.Test}}):                                                           "tests",
		leftWords([]diagnostics.Part{{Class: policy.Test}, {Class: policy.Documentation}, {Class: policy.Generated}}): "tests, documentation and generated files",
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}
