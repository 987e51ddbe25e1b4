package lsp

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"colophon/change"
)

// hints asks for the hints of a message in a range.
func (e *editor) hints(t *testing.T, r *repo, text string, asked protocol.Range) []protocol.InlayHint {
	t.Helper()
	u := r.message()
	e.opened(u, "gitcommit", text)
	got, err := e.server.InlayHint(t.Context(), &protocol.InlayHintParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}, Range: asked})
	must(t, err)
	if got == nil {
		t.Fatal("no list")
	}
	return got
}

// hinted is the text as a person sees it: each hint stands at its place, behind a blank.
func hinted(t *testing.T, text string, hints []protocol.InlayHint, enc protocol.PositionEncodingKind) string {
	t.Helper()
	var edits []protocol.TextEdit
	for _, h := range hints {
		if h.PaddingLeft == nil || !*h.PaddingLeft {
			t.Errorf("%v touches the path", h.Label)
		}
		edits = append(edits, protocol.TextEdit{Range: protocol.Range{Start: h.Position, End: h.Position}, NewText: "  <" + string(h.Label.(protocol.String)) + ">"})
	}
	return applyEdits(t, text, edits, enc)
}

func TestHints(t *testing.T) {
	r := newRepo(t, limitPolicy)
	r.stage("block/io.c", 12)
	r.stage("net/ä 😀.c", 1)
	r.stage("tests/a.c", 30)
	r.write("blob", "\x00\x01")
	r.git("add", "-A")
	r.git("mv", "README", "docs.md")
	long := "block/" + strings.Repeat("a", 32) + ".c"
	longer := "block/" + strings.Repeat("b", 40) + ".c"
	longest := "block/" + strings.Repeat("c", 52) + ".c"
	for _, name := range []string{long, longer, longest} {
		r.stage(name, 3)
	}
	text := "s\n\n# Changes to be committed:\n" +
		"#\tnew file:   blob\n#\tnew file:   " + long + "\n#\tnew file:   " + longer + "\n#\tnew file:   " + longest + "\n#\tnew file:   block/io.c\n#\trenamed:    README -> docs.md\n" +
		"#\tnew file:   \"net/\\303\\244 \\360\\237\\230\\200.c\"\n#\tnew file:   tests/a.c\n#\n# Untracked files:\n#\tblock/other.c\n"
	want := strings.NewReplacer(
		"   blob\n", "   blob  <code, binary>\n",
		long+"\n", long+"  <code, 3 lines>\n",
		longer+"\n", longer+"  <code>\n",
		"block/io.c\n", "block/io.c  <code, 12 lines, zone block>\n",
		"docs.md\n", "docs.md  <docs, left out>\n",
		".c\"\n", ".c\"  <code, 1 line, zone net>\n",
		"tests/a.c\n", "tests/a.c  <test, left out>\n",
	).Replace(text)
	for _, enc := range []protocol.PositionEncodingKind{protocol.PositionEncodingKindUTF8, protocol.PositionEncodingKindUTF16} {
		caps := withEncoding(enc)
		caps.TextDocument.InlayHint = &protocol.InlayHintClientCapabilities{}
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: caps})
		hints := e.hints(t, r, text, whole)
		got := hinted(t, text, hints, enc)
		if got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", enc, got, want)
		}
		for line := range strings.Lines(got) {
			if w := width(strings.TrimSuffix(strings.Replace(line, "  <", " ", 1), ">\n")); strings.Contains(line, "<") && w > screenWidth {
				t.Errorf("%d columns: %s", w, line)
			}
		}
		// Without resolving, the tooltip comes at once.
		if tip, ok := hints[1].Tooltip.(protocol.String); !ok || !strings.Contains(string(tip), "counts as code") {
			t.Errorf("tooltip %v", hints[1].Tooltip)
		}
		// Only the range that is asked for.
		line := protocol.Range{Start: protocol.Position{Line: 7}, End: protocol.Position{Line: 8}}
		if got := e.hints(t, r, text, line); len(got) != 1 || got[0].Position.Line != 7 {
			t.Errorf("%s: of one line %v", enc, got)
		}
	}
}

func TestHintTooltip(t *testing.T) {
	r := newRepo(t, limitPolicy)
	r.write(".gitattributes", "block/made.c linguist-generated\n")
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "x")
	r.stage("block/io.c", 12)
	r.stage("block/made.c", 5)
	p := &protocol.InitializeParams{Capabilities: viewing()}
	p.Capabilities.TextDocument.InlayHint.ResolveSupport.Properties = []string{"tooltip"}
	e := start(t, r.env, p)
	if o := e.caps.InlayHintProvider.(*protocol.InlayHintOptions); o.ResolveProvider == nil || !*o.ResolveProvider {
		t.Error("it does not say that it resolves")
	}
	hints := e.hints(t, r, "s\n\n#\tnew file:   block/io.c\n#\tnew file:   block/made.c\n", whole)
	if len(hints) != 2 {
		t.Fatalf("%d hints", len(hints))
	}
	for i, has := range [][]string{
		{"block/io.c counts as code: no pattern of another class matches.", "It counts with 12 lines: in each place of the file the larger of", "limit of 9 lines for AI-assisted code.", "Zone block, by the pattern block/**: An AI-assisted change there needs an agreement, recorded with Approved-by.", "Source: Example's policy (in force"},
		{"block/made.c counts as a generated file: gitattributes say so."},
	} {
		if hints[i].Tooltip != nil {
			t.Errorf("the tooltip of %v came unasked", hints[i].Label)
		}
		h, err := e.server.InlayHintResolve(t.Context(), &hints[i])
		must(t, err)
		tip, _ := h.Tooltip.(protocol.String)
		for _, want := range has {
			if !strings.Contains(string(tip), want) {
				t.Errorf("no %q in\n%s", want, tip)
			}
		}
	}
	// Of what is gone meanwhile nothing is said.
	e.close(r.message())
	if h, err := e.server.InlayHintResolve(t.Context(), &hints[0]); err != nil || h.Tooltip != nil {
		t.Errorf("%v, %v", h, err)
	}
}

// With very many files, no more hints are made than a screen can need, and they are
// those of the range.
func TestHintsOfManyFiles(t *testing.T) {
	const files = 20_000
	var list strings.Builder
	c := &change.Change{}
	for i := range files {
		path := fmt.Sprintf("block/%06d.c", i)
		fmt.Fprintf(&list, "#\tmodified:   %s\n", path)
		c.Files = append(c.Files, change.File{Path: path, Status: change.Modified, Lines: change.Lines{Changed: 1}})
	}
	p := goldenPage(t, map[string]string{"policy": "qemu-2026-09", "message": "s\n\n" + list.String(), "change": "1 0 a"})
	p.known.contents.Change = c
	p.known.files = p.policy().Files(c)
	if got := p.hints(whole); len(got) != mostHints {
		t.Errorf("%d hints", len(got))
	}
	r := protocol.Range{Start: protocol.Position{Line: 15_002}, End: protocol.Position{Line: 15_052}}
	got := p.hints(r)
	if len(got) != 50 || got[0].Position.Line != 15_002 {
		t.Errorf("%d hints, the first %v", len(got), got)
	}
}

// While somebody types, git's lists are not read again: they only move. What changes
// in them, or in the commit, is seen.
func TestEntriesMove(t *testing.T) {
	r := newRepo(t, limitPolicy)
	r.stage("block/io.c", 12)
	r.git("mv", "README", "a.md")
	r.git("add", "-A")
	e := startIn(r)
	const list = "# Changes to be committed:\n#\trenamed:    README -> a.md\n#\tnew file:   block/io.c\n"
	u := r.message()
	e.opened(u, "gitcommit", "")
	for _, text := range []string{
		"\n" + list, "s\n" + list, "subject\n\nA longer text.\n\n" + list, "#\tnew file:   block/io.c\n",
		"s\n# ------------------------ >8 ------------------------\n" + list, "s\n" + list + "# ------------------------ >8 ------------------------\ndiff --git a/x b/x\n#\tno list\n", "s\n", "",
		"a\n\n" + strings.Replace(list, "#\tnew file:   block/io.c\n", "#\tnew file:   block/io\n", 1), "b\n\n" + list,
		"c\n\n" + strings.Replace(list, "io.c", "ix.c", 1),
	} {
		e.change(u, text)
		e.settle(u)
		ses := e.srv.session(u)
		doc, _ := e.srv.docs.get(u)
		p := ses.page(doc, ses.now())
		got, want := p.entries(), p.known.commit.Entries(p.m, p.known.change())
		if len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\n%+v\nnot\n%+v", text, got, want)
		}
	}
}
