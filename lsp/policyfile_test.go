package lsp

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

func (r *repo) policyFile() uri.URI { return r.uri(".colophon.yaml") }

// marked takes the marks around a range out of a text.
func marked(t testing.TB, text string) (plain string, start, end int) {
	t.Helper()
	before, rest, ok := strings.Cut(text, "«")
	in, after, ok2 := strings.Cut(rest, "»")
	if !ok || !ok2 {
		t.Fatalf("%q has no range", text)
	}
	return before + in + after, len(before), len(before) + len(in)
}

// looked waits until the server has looked around an open policy file once.
func (e *editor) looked(u uri.URI) {
	e.t.Helper()
	e.complete(u, protocol.Position{}) // its answer tells that what was sent before has come
	f := e.srv.policyFile(u)
	if f == nil {
		e.t.Fatalf("%s is not taken for a policy file", u)
	}
	arrives(e.t, "the first look around", f.looked)
}

// hoverPolicy opens a policy with a caret in it and asks there.
func (e *editor) hoverPolicy(u uri.URI, marked string) (text, about string) {
	e.t.Helper()
	plain, at := cut(e.t, marked)
	enc := e.caps.PositionEncoding
	e.open(u, "yaml", plain)
	e.looked(u)
	h, err := e.server.Hover(e.t.Context(), &protocol.HoverParams{TextDocumentPositionParams: position(u, positionAt(plain, at, enc))})
	must(e.t, err)
	if h == nil {
		return "", ""
	}
	return h.Contents.(*protocol.MarkupContent).Value, plain[offsetAt(e.t, plain, h.Range.Start, enc):offsetAt(e.t, plain, h.Range.End, enc)]
}

// One mistake is one diagnostic on exactly its node, also while nothing is saved;
// where it is clear what was meant, a fix writes it.
func TestPolicyFileProblems(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "version: 1\n")
	r.write("base.yaml", "version: 1\nextends: .colophon.yaml\n")
	for _, enc := range []protocol.PositionEncodingKind{protocol.PositionEncodingKindUTF16, protocol.PositionEncodingKindUTF8} {
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: withEncoding(enc)})
		for _, c := range []struct{ text, says, write string }{
			{"version: 1\n«projct»: Zoë 😀\n", "There is no key \"projct\" here; write `project`?", "project"},
			{"version: 1\r\nlimits: {small-fix: {beyond: '😀', «line»: 4}}\r\n", "There is no key \"line\" in `small-fix`; write `lines`?", "lines"},
			{"version: 1\nzones:\n  - {name: core, paths: [README]}\nlimits: {small-fix: {lines: 3, zones: [«cor»]}}\n", "There is no zone \"cor\", only core; write `core`?", "core"},
			{"version: 1\nzones:\n  - name: core\n    paths:\n      - README\n      - «\"a[\"» # no\n", "not a glob", ""},
			{"version: 1\npatterns:\n  - why: 'é'\n    match: «'(unclosed'»\n", "regular expression is wrong", ""},
			{"version: 1\nextends: «base.yaml»\n", "in a circle", ""},
			{"version: 1\nstatus: «merged»\n", "\"merged\" is none of in-force, proposed, retired.", ""},
			{"version: 1\nseverity: {«core-zon»: off}\n", "no rule", "core-zone"},
			{"version: 1\nsummary: «|»\n  a\nstatus: in-force\nas_of: x\n", "", "-"},
			{"«project: X»\n", "`version: 1`", ""},
			{"«»", "empty", ""},
			{"version: 1\nkinds: «[»\n", "", "-"},
		} {
			if c.write == "-" {
				continue
			}
			text, from, to := marked(t, c.text)
			u := r.policyFile()
			e.open(u, "yaml", text)
			d := last(e.untilVersion(u))
			if len(d) != 1 {
				t.Fatalf("%q: %v", text, ruleIDs(d))
			}
			want := protocol.Range{Start: positionAt(text, from, enc), End: positionAt(text, to, enc)}
			says := string(d[0].Message.(protocol.String))
			if source, _ := d[0].Source.Get(); d[0].Range != want || d[0].Severity != protocol.DiagnosticSeverityError || d[0].Code != protocol.String("policy-invalid") || source != "colophon" || !strings.Contains(strings.ToLower(says), strings.ToLower(c.says)) {
				t.Errorf("%q:\n  %v, severity %v: %s\n  want %v", text, d[0].Range, d[0].Severity, says, want)
			}
			fixes := e.actions(u, want, protocol.CodeActionContext{Only: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix}})
			if len(fixes) != 0 != (c.write != "") {
				t.Errorf("%q: %v", text, titles(fixes))
			}
			if c.write != "" && len(fixes) == 1 {
				if fixes[0].Title != "Write `"+c.write+"`" || fixes[0].IsPreferred == nil || len(fixes[0].Diagnostics) != 1 {
					t.Errorf("%q: %+v", text, fixes[0])
				}
				fixed := applyEdits(t, text, policyEdits(t, fixes[0]), enc)
				if fixed != text[:from]+c.write+text[to:] {
					t.Errorf("%q becomes %q", text, fixed)
				}
				e.change(u, fixed)
				for _, d := range last(e.untilVersion(u)) {
					t.Errorf("%q: %v", fixed, d.Message)
				}
			}
			e.close(u)
			e.until(u)
		}
	}
}

func policyEdits(t testing.TB, a *protocol.CodeAction) []protocol.TextEdit {
	t.Helper()
	if a.Edit == nil || len(a.Edit.DocumentChanges) != 1 {
		t.Fatalf("%s: %+v", a.Title, a.Edit)
	}
	var edits []protocol.TextEdit
	for _, x := range a.Edit.DocumentChanges[0].(*protocol.TextDocumentEdit).Edits {
		edits = append(edits, *x.(*protocol.TextEdit))
	}
	return edits
}

// A file in .github is one, a name that is only like it is none.
func TestPolicyFileNames(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "")
	e := startIn(r)
	for name, is := range map[string]bool{".colophon.yaml": true, ".github/.colophon.yaml": true, "colophon.yaml": false, ".colophon.yml": false} {
		u := r.uri(name)
		e.open(u, "plaintext", "wibble")
		if is {
			e.until(u, "policy-invalid")
			e.close(u)
			e.until(u)
		} else {
			if h, err := e.server.Hover(t.Context(), &protocol.HoverParams{TextDocumentPositionParams: position(u, protocol.Position{})}); h != nil || err != nil {
				t.Errorf("%s: %v, %v", name, h, err)
			}
			e.close(u)
		}
	}
	// The file that the client's setting names.
	own := r.path("mine/rules.yaml")
	e = start(t, r.env, &protocol.InitializeParams{Capabilities: capabilities(), InitializationOptions: protocol.LSPAny(`{"policy":"` + own + `"}`)})
	e.open(uri.File(own), "yaml", "wibble")
	e.until(uri.File(own), "policy-invalid")
}

// A pattern that matches nothing is a hint, until a file comes that it matches.
func TestPolicyFileGlobs(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "")
	r.stage("core/a.c", 1)
	r.stage("core/sub/b.c", 1)
	e := startIn(r)
	u := r.policyFile()
	text := "version: 1\nclasses:\n  test: ['*_test.c', \"core/**\"]\nzones:\n  - name: core\n    paths: [core/sub/, 'src/**']\n"
	e.open(u, "yaml", text)
	d := last(e.until(u, "policy-unmatched", "policy-unmatched"))
	at := strings.Index(text, "'*_test.c'")
	if want := (protocol.Range{Start: positionAt(text, at, "utf-16"), End: positionAt(text, at+10, "utf-16")}); d[0].Range != want || d[0].Severity != protocol.DiagnosticSeverityHint {
		t.Errorf("%+v", d[0])
	}
	for mark, want := range map[string]string{
		"cor¦e/**": "`core/**` matches 2 of the 3 files that git tracks:\n\n- `core/a.c`\n- `core/sub/b.c`",
		"sr¦c/**":  "`src/**` matches none of the 3 files",
		"su¦b/":    "`core/sub/` matches 1 file",
	} {
		marked := strings.Replace(text, strings.Replace(mark, "¦", "", 1), mark, 1)
		if got, _ := e.hoverPolicy(u, marked); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q", mark, got)
		}
	}
	e.until(u, "policy-unmatched", "policy-unmatched") // the hovers opened it anew
	r.stage("core/a_test.c", 1)
	e.until(u, "policy-unmatched")
	e.change(u, strings.Replace(text, ", 'src/**'", "", 1))
	e.until(u)
}

func TestPolicyFileOutdated(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "")
	e := startIn(r)
	u := r.policyFile()
	e.open(u, "yaml", "version: 1\nrecheck_by: 2999-01-01\n")
	e.until(u)
	e.change(u, "version: 1\nrecheck_by: 2020-01-01\n")
	d := last(e.until(u, "policy-outdated"))
	if d[0].Severity != protocol.DiagnosticSeverityHint || d[0].Range.Start != (protocol.Position{Line: 1, Character: 12}) {
		t.Errorf("%+v", d[0])
	}
	e.change(u, "version: 1\nrecheck_by: 2020-01-01\nseverity: {policy-outdated: off}\n")
	e.until(u)
}

// Each case says what is offered first, and what the text becomes by that.
func TestPolicyFileCompletion(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "")
	r.stage("policies/base.yaml", 1)
	r.stage("docs/other.yaml", 1)
	e := startIn(r)
	u := r.policyFile()
	for _, c := range []struct{ marked, label, want string }{
		{"ver¦", "version", "version: "},
		{"version: 1\nproj¦ect: X\n", "project", "version: 1\nproject: X\n"},
		{"version: 1\n'proj¦': X\n", "project", "version: 1\nproject: X\n"},
		{"disclosure:\n  trailer: A\n  ne¦\n", "need", "disclosure:\n  trailer: A\n  need: \n"},
		{"disclosure:\n  need: sho¦uld\n", "should", "disclosure:\n  need: should\n"},
		{"disclosure:\n  need:¦\n", "must", "disclosure:\n  need: must\n"},
		{"disclosure:\n  value: agent¦-mod # c\n", "agent-model-tools", "disclosure:\n  value: agent-model-tools # c\n"},
		{"disclosure: {need: ¦}\n", "must", "disclosure: {need: must}\n"},
		{"status: \"pro¦\"\n", "proposed", "status: \"proposed\"\n"},
		{"signoff:\n  required: ¦\n", "true", "signoff:\n  required: true\n"},
		{"version: 1\nextends: qemu-2026¦-0\n", "qemu-2026-09", "version: 1\nextends: qemu-2026-09\n"},
		{"version: 1\nextends: ¦\n", "policies/base.yaml", "version: 1\nextends: policies/base.yaml\n"},
		{"severity:\n  core-¦\n", "core-zone", "severity:\n  core-zone: \n"},
		{"severity:\n  core-zone: ¦\n", "off", "severity:\n  core-zone: off\n"},
		{"zones:\n  - na¦\n", "name", "zones:\n  - name: \n"},
		{"zones:\n  - name: core\n    asks:\n      -¦\n", "approval", "zones:\n  - name: core\n    asks:\n      - approval\n"},
		{"zones:\n  - name: core\n    asks:\n      ¦\n", "attestation", "zones:\n  - name: core\n    asks:\n      - attestation\n"},
		{"zones:\n  - name: core\n    asks: ¦\n", "approval", "zones:\n  - name: core\n    asks: [approval]\n"},
		{"zones:\n  - {name: core, asks: [approval, ¦]}\n", "attestation", "zones:\n  - {name: core, asks: [approval, attestation]}\n"},
		{"zones:\n  - name: 'a: b'\n    paths: [x]\nlimits: {small-fix: {zones: [¦\n", "a: b", "zones:\n  - name: 'a: b'\n    paths: [x]\nlimits: {small-fix: {zones: [\"a: b\"\n"},
		{"attestation:\n  fields: [tool, res¦]\n", "responsibility", "attestation:\n  fields: [tool, responsibility]\n"},
		{"attestation:\n  fields: [tool, mine]\n  for:\n    inner: [¦]\n", "mine", "attestation:\n  fields: [tool, mine]\n  for:\n    inner: [mine]\n"},
		{"zones: [{name: core, paths: [a]}]\nattestation:\n  for:\n    ¦\n", "core", "zones: [{name: core, paths: [a]}]\nattestation:\n  for:\n    core: \n"},
		{"zones: [{name: core, paths: [a]}]\nattestation:\n  for:\n    ¦\n", "outer", "zones: [{name: core, paths: [a]}]\nattestation:\n  for:\n    outer: \n"},
		{"disclosure: {kinds: [code, tests]}\nzones: [{kinds: [code, ¦]}]\n", "tests", "disclosure: {kinds: [code, tests]}\nzones: [{kinds: [code, tests]}]\n"},
		{"approval:\n  interpretation: ¦\n", "true", "approval:\n  interpretation: true\n"},
		{"summary: é 😀\r\nstat¦\r\n", "status", "summary: é 😀\r\nstatus: \r\n"},
	} {
		text, at := cut(t, c.marked)
		e.open(u, "yaml", text)
		e.looked(u)
		items := e.complete(u, positionAt(text, at, "utf-16"))
		i := slices.IndexFunc(items, func(it protocol.CompletionItem) bool { return it.Label == c.label })
		if i < 0 {
			t.Errorf("%q: %v", c.marked, labels(items))
			continue
		}
		got := applyEdits(t, text, []protocol.TextEdit{*items[i].TextEdit.(*protocol.TextEdit)}, "utf-16")
		if got != c.want {
			t.Errorf("%q becomes %q", c.marked, got)
		}
	}
	for marked, without := range map[string]string{
		"version: 1\nproject: X\n¦\n":                                   "project",
		"zones:\n  - asks: [approval, ¦]\n":                             "approval",
		"# ver¦\n":                                                      "version",
		"version: 1\nextends: ¦\n":                                      "docs/other.yaml",
		"summary: vers¦\n":                                              "version",
		"severity: {core-zone: off, ¦}\n":                               "core-zone",
		"version: 1\nzones:\n  - name: a\n    ring: inner\n    ¦\n":     "ring",
		"attestation: {fields: [{name: x, label: y}, {label: z, ¦}]}\n": "label",
	} {
		text, at := cut(t, marked)
		e.open(u, "yaml", text)
		if got := labels(e.complete(u, positionAt(text, at, "utf-16"))); slices.Contains(got, without) {
			t.Errorf("%q: %v", marked, got)
		}
	}
	text := "version: 1\nseverity:\n  core-zone: ¦"
	plain, at := cut(t, text)
	e.open(u, "yaml", plain)
	if got := labels(e.complete(u, positionAt(plain, at, "utf-16"))); !slices.Equal(got, []string{"error", "warning", "info", "hint", "off"}) {
		t.Errorf("severities: %v", got)
	}
}

func TestPolicyFileHover(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "")
	e := startIn(r)
	u := r.policyFile()
	for marked, want := range map[string]string{
		"version: 1\ndisc¦losure: {trailer: A}\n":                                  "`disclosure`: How a commit message says where AI helped.\n\nIt takes a mapping.",
		"version: 1\nextends: qemu-2026-09\nlimits: {small-fix: {li¦nes: 3}}\n":    "`lines`: How many counted lines are still allowed.\n\nIt takes a number.\n\nFrom qemu-2026-09: `9`",
		"version: 1\nextends: qemu-2026-09\ndisclosure: {kin¦ds: [code]}\n":        "From qemu-2026-09: `[code, tests, docs, research]`",
		"version: 1\nextends: qemu-20¦26-09\n":                                     "**qemu-2026-09**, proposed, as of 20",
		"version: 1\nseverity: {core-¦zone: off}\n":                                "`core-zone`: ",
		"version: 1\ndisclosure: {value: llm-¦tools}\n":                            "`llm-tools`: ",
		"version: 1\nattestation: {fields: [to¦ol]}\n":                             "`tool`: Which tool and model helped",
		"version: 1\ndisclosure: [\n  x\nstatus: in-f¦orce\n":                      "`status`: Whether the project has adopted",
		"version: 1\nzones:\n  - name: a\n    paths: [\n  - name: b\n    ri¦ng: x": "`ring`: How near it is",
		"version: 1\nstance: al¦low\n":                                             "`stance`: Code, and what no other",
		"version: 1\n¦\n":                                                          "",
		"version: 1\nwib¦ble: 1\n":                                                 "",
		"version: 1\n# disc¦losure\n":                                              "",
	} {
		if got, _ := e.hoverPolicy(u, marked); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%q: %q", marked, got)
		}
	}
}

// What an action on `extends` writes out reads to the same policy.
func TestPolicyFileExtract(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "")
	e := startIn(r)
	u := r.policyFile()
	text := "# é 😀\r\nversion: 1\r\nextends: qemu-2026-09 # theirs\r\n\r\n# ours\r\nlimits: {small-fix: {lines: 3}}\r\n"
	e.open(u, "yaml", text)
	e.until(u)
	line := protocol.Range{Start: protocol.Position{Line: 2}, End: protocol.Position{Line: 2}}
	got := e.actions(u, line, protocol.CodeActionContext{})
	if len(got) != 1 || got[0].Title != "Extract the preset here" || *got[0].Kind != protocol.CodeActionKindRefactorInline {
		t.Fatalf("%v", titles(got))
	}
	out := applyEdits(t, text, policyEdits(t, got[0]), "utf-16")
	if strings.Contains(out, "extends") || !strings.Contains(out, "# ours\r\nlimits: {small-fix: {lines: 3, count: changed") {
		t.Errorf("%s", out)
	}
	e.change(u, out)
	for _, d := range last(e.untilVersion(u)) {
		if d.Severity == protocol.DiagnosticSeverityError {
			t.Errorf("%v", d.Message)
		}
	}
	if got := e.actions(u, whole, protocol.CodeActionContext{}); len(got) > 0 {
		t.Errorf("%v", titles(got))
	}
	e.change(u, text)
	for _, only := range []protocol.CodeActionKind{protocol.CodeActionKindQuickFix, kindFixAll} {
		if got := e.actions(u, whole, protocol.CodeActionContext{Only: []protocol.CodeActionKind{only}}); len(got) > 0 {
			t.Errorf("%s: %v", only, titles(got))
		}
	}
	if got := e.actions(u, protocol.Range{}, protocol.CodeActionContext{}); len(got) > 0 {
		t.Errorf("on another line: %v", titles(got))
	}
}

func TestPolicyFileSymbols(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "")
	text := "version: 1\nzones:\n  - name: core\n    paths: [a, b]\nattestation: {fields: [{name: ''}]}\n"
	for _, tree := range []bool{true, false} {
		caps := capabilities()
		caps.TextDocument.DocumentSymbol = &protocol.DocumentSymbolClientCapabilities{HierarchicalDocumentSymbolSupport: &tree}
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: caps})
		u := r.policyFile()
		e.open(u, "yaml", text)
		got, err := e.server.DocumentSymbol(t.Context(), &protocol.DocumentSymbolParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}})
		must(t, err)
		var names []string
		switch got := got.(type) {
		case protocol.DocumentSymbolSlice:
			var walk func(ss []protocol.DocumentSymbol, in string)
			walk = func(ss []protocol.DocumentSymbol, in string) {
				for _, s := range ss {
					names = append(names, in+s.Name)
					walk(s.Children, in+s.Name+".")
				}
			}
			walk(got, "")
			if !tree {
				t.Error("a tree for a client that knows none")
			}
		case protocol.SymbolInformationSlice:
			for _, s := range got {
				names = append(names, s.Name)
			}
			if tree {
				t.Error("no tree")
			}
		}
		want := []string{"version", "zones", "zones.core", "zones.core.name", "zones.core.paths", "attestation", "attestation.fields", "attestation.fields.–", "attestation.fields.–.name"}
		if !tree {
			want = []string{"version", "zones", "core", "name", "paths", "attestation", "fields", "–", "name"}
		}
		if !slices.Equal(names, want) {
			t.Errorf("%q", names)
		}
	}
}

// The policy's source is a link, if it is a web address.
func TestPolicyFileLinks(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "")
	e := startIn(r)
	u := r.policyFile()
	e.open(u, "yaml", "")
	for source, want := range map[string]string{
		"https://a.org/b#c": "https://a.org/b#c", `"https://a.org/b"`: "https://a.org/b", "CONTRIBUTING.md": "", "javascript:x": "", "[a]": "", "": "",
	} {
		e.change(u, "version: 1\nproject: 🎉\nsource: "+source+"\nsummary: https://other.org\n")
		links, err := e.server.DocumentLink(t.Context(), &protocol.DocumentLinkParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}})
		must(t, err)
		got := ""
		for _, l := range links {
			got += string(*l.Target)
			if text := textAt(t, e.texts[u], l.Range, e.caps.PositionEncoding); text != source {
				t.Errorf("%s: the link is on %q", source, text)
			}
		}
		if got != want {
			t.Errorf("%s: leads to %q, want %q", source, got, want)
		}
	}
}

// A client that asks is told to ask again when the files are known, and when an
// extended file was mended beside us; and not for what it asks anyway.
func TestPolicyFilePull(t *testing.T) {
	t.Parallel()
	for _, refresh := range []bool{true, false} {
		r := newRepo(t, "")
		r.write("base.yaml", "version: 1\nwibble: 1\n")
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: pulling(refresh)})
		u := r.policyFile()
		e.open(u, "yaml", "version: 1\nclasses: {test: [nowhere]}\n")
		kind, rules, id := e.pull(u, "")
		if refresh && len(rules) == 0 {
			arrives(t, "a refresh", e.screen.refreshed)
			kind, rules, id = e.pull(u, id)
		}
		if kind != "full" || !slices.Equal(rules, []string{"policy-unmatched"}) {
			t.Errorf("%s %v", kind, rules)
		}
		if kind, _, again := e.pull(u, id); kind != "unchanged" || again != id {
			t.Errorf("%s %s", kind, again)
		}
		e.change(u, "version: 1\nextends: base.yaml\n")
		e.wantPull(u, "policy-invalid")
		r.write("base.yaml", "version: 1\n")
		for rules := []string{""}; refresh && len(rules) > 0; _, rules, _ = e.pull(u, "") {
			arrives(t, "a refresh", e.screen.refreshed)
		}
	}
}

// What counts of the file itself is what was typed, of the others what is on disk.
func TestPolicyFileExtendsDisk(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "version: 1\nwibble: on disk\n")
	r.write("base.yaml", "version: 1\nwibble: 1\n")
	e := startIn(r)
	u := r.policyFile()
	e.open(u, "yaml", "version: 1\nextends: base.yaml\n")
	e.until(u, "policy-invalid")
	r.write("base.yaml", "version: 1\n")
	e.until(u)
	must(t, os.Remove(r.path("base.yaml")))
	must(t, os.Symlink("/etc/passwd", r.path("base.yaml")))
	e.until(u, "policy-invalid")
	must(t, os.Remove(r.path("base.yaml")))
	r.write("base.yaml", "version: 1\n")
	e.until(u)
	must(t, os.Remove(r.path("base.yaml")))
	must(t, exec.Command("mkfifo", r.path("base.yaml")).Run())
	d := last(e.until(u, "policy-invalid"))
	if !strings.Contains(string(d[0].Message.(protocol.String)), "not a regular file") {
		t.Errorf("%v", d[0].Message)
	}
}

// Without a repository, and without git, all but the counts of files is there.
func TestPolicyFileWithoutRepository(t *testing.T) {
	r := newRepo(t, "")
	dir, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	e := startIn(r)
	t.Setenv("PATH", t.TempDir())
	for _, u := range []uri.URI{uri.File(filepath.Join(dir, ".colophon.yaml")), uri.File(filepath.Join(dir, "not/there/.colophon.yaml")), r.policyFile()} {
		e.open(u, "yaml", "version: 1\nextends: qemu-2026-09\nclasses: {test: [nowhere]}\nprojct: X\n")
		e.until(u, "policy-invalid")
		e.looked(u)
		if got, _ := e.hoverPolicy(u, "version: 1\nextends: qemu-2026-09\nclasses: {test: [now¦here]}\nprojct: X\n"); !strings.Contains(got, "not known") {
			t.Errorf("%q", got)
		}
		e.until(u, "policy-invalid")
		e.change(u, "version: 1\nextends: other.yaml\n")
		d := last(e.until(u, "policy-invalid"))
		if says := string(d[0].Message.(protocol.String)); !strings.Contains(says, "no repository") && !strings.Contains(says, "no such file") {
			t.Errorf("%s", says)
		}
		e.close(u)
		e.until(u)
	}
}

// However a file is opened, closed and typed in, what stands at the end is right.
func TestPolicyFileOpenAndClose(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "")
	e := startIn(r)
	u := r.policyFile()
	for range 30 {
		e.open(u, "yaml", "version: 1\nwibble: 1\n")
		e.close(u)
	}
	e.open(u, "yaml", "version: 1\n")
	e.open(u, "yaml", "version: 1\nprojct: 1\n")
	for i := range 300 {
		e.change(u, "version: 1\nwibble: "+strings.Repeat("[", i)+"\n")
	}
	e.change(u, "version: 1\n")
	if d := last(e.untilVersion(u)); len(d) != 0 {
		t.Errorf("%v", ruleIDs(d))
	}
	e.close(u)
	for p := arrives(t, "the end", e.screen.published); len(p.Diagnostics) > 0; {
		p = arrives(t, "the end", e.screen.published)
	}
}

// Nothing hostile takes long or ends anything.
func TestPolicyFileHostile(t *testing.T) {
	t.Parallel()
	r := newRepo(t, "")
	e := startIn(r)
	u := r.policyFile()
	e.open(u, "yaml", "")
	for _, text := range []string{
		strings.Repeat("[", 1<<16), strings.Repeat("- ", 1<<15), strings.Repeat("x: &a\n", 4000), "version: 1\nproject: \xff\xfe\n", "\x00", "\ufeff", "%YAML 9.9\n---\n",
		strings.Repeat("version: 1\n", 1<<20), "version: 1\rproject: X\rstatus: x\r", "version: 1\nzones:\n" + strings.Repeat("  - {name: a, paths: ['**/*a*/**/*b*/**/*c*/**']}\n", 400),
		"version: 1\npatterns: [{match: '((a{1,9}){1,9}){1,9}'}]\n", "? a\n: b\n", "!!binary x", "- version: 1", "version: 1\n\tx: 1\n", "version: 1\nsummary: \"\\q\"\n",
	} {
		e.change(u, text)
		e.untilVersion(u)
		for _, p := range []protocol.Position{{}, {Line: 1, Character: 3}, {Line: 1 << 30}} {
			e.complete(u, p)
			_, err := e.server.Hover(t.Context(), &protocol.HoverParams{TextDocumentPositionParams: position(u, p)})
			must(t, err)
		}
		e.actions(u, whole, protocol.CodeActionContext{})
		_, err := e.server.DocumentSymbol(t.Context(), &protocol.DocumentSymbolParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}})
		must(t, err)
	}
}
