package lsp

import (
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"colophon/message"
)

func TestOnType(t *testing.T) {
	cutLine := "# ------------------------ >8 ------------------------\n"
	for _, c := range []struct {
		name, preset, text string
		want               bool
	}{
		{"the policy's token", "qemu-2026-09", "x\n\nAI-used-for:¦\n", true},
		{"in other letters", "qemu-2026-09", "x\n\nai-used-for:¦", true},
		{"a common token", "qemu-2026-09", "x\n\nBody\n\nCc: a\nSigned-off-by:¦\n# x\n", true},
		{"text behind it", "qemu-2026-09", "x\n\nSigned-off-by:¦Jo\n", true},
		{"a blank is there", "qemu-2026-09", "x\n\nSigned-off-by:¦ Jo\n", false},
		{"a tab is there", "qemu-2026-09", "x\n\nSigned-off-by:¦\tJo\n", false},
		{"Windows lines", "qemu-2026-09", "x\r\n\r\nSigned-off-by:¦\r\n", true},
		{"no policy", "", "x\n\nSigned-off-by:¦\n", false},
		{"another word", "qemu-2026-09", "x\n\nNote:¦\n", false},
		{"a word in front", "qemu-2026-09", "x\n\nsee Signed-off-by:¦\n", false},
		{"blanks in front", "qemu-2026-09", "x\n\nCc: a\n Signed-off-by:¦\n", false},
		{"second colon", "qemu-2026-09", "x\n\nSigned-off-by::¦\n", false},
		{"not behind a colon", "qemu-2026-09", "x\n\nSigned-off-by¦:\n", false},
		{"subject", "qemu-2026-09", "Signed-off-by:¦\n", false},
		{"subject's paragraph", "qemu-2026-09", "x\nSigned-off-by:¦\n", false},
		{"an earlier paragraph", "qemu-2026-09", "x\n\nSigned-off-by:¦\n\nCc: a\n", false},
		{"comment", "qemu-2026-09", "x\n\nCc: a\n# Signed-off-by:¦\n", false},
		{"the cut", "qemu-2026-09", "x\n\nCc: a\n" + cutLine + "# x\nSigned-off-by:¦\n", false},
		{"nothing", "qemu-2026-09", "¦", false},
		{"never taken", "linux-7.3", "x\n\n:¦\n", false},
	} {
		text, at := cut(t, c.text)
		p := pageOf(t, everything, c.preset, text)
		if got := p.policy() != nil && p.wantsBlank(at); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	p := pageOf(t, everything, "qemu-2026-09", "x\n\n# a\n\nCc:\n")
	p.m = message.Parse(p.doc.text, message.Options{Cleanup: message.Whitespace})
	if !p.wantsBlank(len("x\n\n# a\n\nCc:")) {
		t.Error("in the commit box it is the same")
	}
}

// What the person typed stays as it is, and only a colon is answered.
func TestOnTypeEdits(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	u := r.message()
	text := "Subject\n\nBödy\n\nai-used-for:\n"
	e.opened(u, "gitcommit", text)
	at := positionAt(text, strings.Index(text, ":")+1, e.caps.PositionEncoding)
	for _, c := range []struct{ ch, want string }{{":", "Subject\n\nBödy\n\nai-used-for: \n"}, {"x", text}} {
		edits, err := e.server.OnTypeFormatting(t.Context(), &protocol.DocumentOnTypeFormattingParams{
			TextDocument: protocol.TextDocumentIdentifier{URI: u}, Position: at, Ch: c.ch,
		})
		must(t, err)
		if got := applyEdits(t, text, edits, e.caps.PositionEncoding); got != c.want {
			t.Errorf("%s: %q", c.ch, got)
		}
	}
}
