package lsp

import (
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// hover opens a message with a caret in it and asks there. range is the text
// that the answer is about.
func (e *editor) hover(t *testing.T, u uri.URI, marked string) (text, about string) {
	t.Helper()
	message, offset := cut(t, marked)
	enc := e.caps.PositionEncoding
	e.opened(u, "gitcommit", message)
	h, err := e.server.Hover(t.Context(), &protocol.HoverParams{
		TextDocumentPositionParams: position(u, positionAt(message, offset, enc)),
	})
	must(t, err)
	if h == nil {
		return "", ""
	}
	return h.Contents.(*protocol.MarkupContent).Value,
		message[offsetAt(t, message, h.Range.Start, enc):offsetAt(t, message, h.Range.End, enc)]
}

func TestHover(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("core/main.c", 2)
	r.stage("net/e1000.c", 3)
	r.stage("docs/a.rst", 7)
	e := startIn(r)
	const origin = "\n\n.colophon.yaml, in force, as of 2026-11-21: https://example.org/ai"
	for _, tt := range []struct {
		name, marked string
		about        string
		has          []string
	}{
		{"key", "s 😀\n\nText.\n\nAI-us¦ed-for: code\n", "AI-used-for",
			[]string{"`AI-used-for` says where AI was used with this change.", "states that this use followed the policy.", "It takes code, tests, docs, research,", "Not needed for completion", origin}},
		{"key in another case", "s\n\nText.\n\n¦ai-used-FOR: code\n", "ai-used-FOR", []string{"`AI-used-for` says"}},
		{"kind", "s\n\nText.\n\nAI-used-for: code, te¦sts (😀)\n", "tests (😀)", []string{"`tests`: AI helped to write tests that are part of this commit.", origin}},
		{"kind behind a wide character", "s\n\nText.\n\nAI-used-for: code (😀), docs¦\n", "docs", []string{"`docs`: "}},
		{"mechanical", "s\n\nText.\n\nAI-used-for: code (¦refactoring of x)\n", "code (refactoring of x)", []string{"`code`: ", "for which the line limit does not count"}},
		{"no kind", "s\n\nText.\n\nAI-used-for: pl¦ay\n", "play", []string{"`play` is none of code, tests, docs, research."}},
		{"folded value", "s\n\nText.\n\nAI-used-for: code,\n  te¦sts\n", "tests", []string{"`tests`: "}},
		{"forbidden", "s\n\nText.\n\nCo-authored-by¦: Claude <c@example.org>\n", "Co-authored-by", []string{"`Co-authored-by` with an AI in it is not taken here: say where", origin}},
		{"forbidden value", "s\n\nText.\n\nAssisted-by: Clau¦de\n", "Assisted-by: Claude", []string{"`Assisted-by` with an AI in it"}},
		{"sign-off", "s\n\nText.\n\nSigned-off-by: J¦o Doe <jo@example.org>\n", "Signed-off-by: Jo Doe <jo@example.org>", []string{"certifies the Developer Certificate of Origin; the person who signs off answers"}},
		{"first line", "hw/n¦et 😀\n\nText.\n", "hw/net 😀", []string{
			"**.colophon.yaml** (in force): AI may help",
			"This commit: code 5 lines in 2, documentation 7 lines in 1. Counted for the limit: 5 of 3 lines. Zones: core.",
			"AI use: unknown.", "Colophon's interpretation: a rule of thumb", origin, "Found in: .colophon.yaml"}},
		{"first line, AI evident", "¦s\n\nText.\n\nAssisted-by: Claude\n", "s", []string{"AI use: evident. (trailer: Assisted-by: Claude)"}},
		{"empty message", "¦\n# Please enter\n", "", []string{"This commit: code 5 lines"}},
		{"first line below comments", "# Please enter\n\nsub¦ject\n", "subject", []string{"This commit: code 5 lines"}},

		{"prose", "s\n\nText¦ with AI-used-for: code in it.\n\nMore.\n", "", nil},
		{"second line of the first paragraph", "s\nmo¦re\n\nText.\n", "", nil},
		{"trailer without a meaning here", "s\n\nText.\n\nReview¦ed-by: Jo Doe <jo@example.org>\n", "", nil},
		{"a disclosure that git does not see", "s\n\nAI-used-¦for: code\n\nText.\n", "", nil},
		{"comment", "s\n\nText.\n# AI-used-¦for: code\n", "", nil},
		{"below the scissors", "s\n\nText.\n# ------------------------ >8 ------------------------\n# Do not modify\nAI-used¦-for: code\n", "", nil},
		{"empty line", "s\n¦\nText.\n", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, about := e.hover(t, r.message(), tt.marked)
			if (text == "") != (len(tt.has) == 0) {
				t.Fatalf("got %q", text)
			}
			if about != tt.about {
				t.Errorf("it is about %q, want %q", about, tt.about)
			}
			for _, has := range tt.has {
				if !strings.Contains(text, has) {
					t.Errorf("no %q in\n%s", has, text)
				}
			}
		})
	}
}

func TestHoverOfProposal(t *testing.T) {
	r := newRepo(t, "extends: qemu-2026-05\nversion: 1\n")
	e := startIn(r)
	for marked, want := range map[string]string{
		"s\n\nText.\n\nAI-used-for: wri¦ting\n": "Any text is taken here; a kind in it (code, tests, docs, research) would be recognised.",
		"¦s\n\nText.\n":                         "Nothing is staged.",
		"s¦\n\nAI-used-for: code\n":             "(proposed): AI may help",
	} {
		if text, _ := e.hover(t, r.message(), marked); !strings.Contains(text, want) {
			t.Errorf("%q: no %q in\n%s", marked, want, text)
		}
	}
}

// Before git has answered, hover says so.
func TestHoverBeforeChange(t *testing.T) {
	r := newRepo(t, examplePolicy)
	git := holdGit(t)
	e := startIn(r)
	e.open(r.message(), "gitcommit", disclosed)
	e.until(r.message())
	h, err := e.server.Hover(t.Context(), &protocol.HoverParams{TextDocumentPositionParams: position(r.message(), protocol.Position{})})
	must(t, err)
	if text := h.Contents.(*protocol.MarkupContent).Value; !strings.Contains(text, "is not known yet") {
		t.Error(text)
	}
	git.letGo()
}

func TestHoverForms(t *testing.T) {
	r := newRepo(t, examplePolicy)
	for _, tt := range []struct {
		formats []protocol.MarkupKind
		want    protocol.MarkupKind
	}{
		{nil, protocol.MarkupKindPlainText},
		{[]protocol.MarkupKind{protocol.MarkupKindPlainText, protocol.MarkupKindMarkdown}, protocol.MarkupKindPlainText},
		{[]protocol.MarkupKind{protocol.MarkupKindMarkdown, protocol.MarkupKindPlainText}, protocol.MarkupKindMarkdown},
	} {
		c := capabilities()
		c.TextDocument.Hover.ContentFormat = tt.formats
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: c})
		e.opened(r.message(), "gitcommit", disclosed)
		for _, line := range []uint32{0, 4} {
			h, err := e.server.Hover(t.Context(), &protocol.HoverParams{TextDocumentPositionParams: position(r.message(), protocol.Position{Line: line})})
			must(t, err)
			got := h.Contents.(*protocol.MarkupContent)
			if got.Kind != tt.want || strings.ContainsAny(got.Value, "`*") != (tt.want == protocol.MarkupKindMarkdown) {
				t.Errorf("%v: %s %q", tt.formats, got.Kind, got.Value)
			}
		}
	}
}
