package lsp

import (
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"colophon/message"
)

// decoded are tokens as a client takes them: text/type.
func decoded(t *testing.T, p *page, in message.Span) string {
	t.Helper()
	types, _ := p.srv.client.legend()
	var at protocol.Position
	var out []string
	for d := range slices.Chunk(p.encoded(&p.srv.client, in), 5) {
		if d[0] > 0 {
			at.Character = 0
		}
		at = protocol.Position{Line: at.Line + d[0], Character: at.Character + d[1]}
		end := protocol.Position{Line: at.Line, Character: at.Character + d[2]}
		text := textAt(t, p.m.Text, protocol.Range{Start: at, End: end}, p.srv.client.encoding)
		out = append(out, text+"/"+types[d[3]])
	}
	return strings.Join(out, " ")
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ name, preset, text, want string }{
		{"nothing", "qemu-2026-09", "", ""},
		{"keys", "", "x: y\n\nx: y\n\nCc: 😀 <a@b>\nFixes:\n", "Cc/property Fixes/property"},
		{"kinds", "qemu-2026-09", "x\n\nAI-used-for: code (reng ü 😀), tests\n", "AI-used-for/property code/enumMember reng ü 😀/comment tests/enumMember"},
		{"no policy, no kinds", "", "x\n\nAI-used-for: code (reng), tests\n", "AI-used-for/property"},
		{"no kind", "qemu-2026-09", "x\n\nAI-used-for: cooking\n", "AI-used-for/property"},
		{"folded", "qemu-2026-09", "x\n\nAI-used-for: code (a\n  😀 b),\n tests\nCc: x\n", "AI-used-for/property code/enumMember a/comment 😀 b/comment tests/enumMember Cc/property"},
		{"folded, Windows lines", "qemu-2026-09", "x\r\n\r\nAI-used-for: code (a\r\n  b),\r\n tests\r\n", "AI-used-for/property code/enumMember a/comment b/comment tests/enumMember"},
		{"placeholder in a note", "qemu-2026-09", "x\n\nAI-used-for: code (a <model> b)\n", "AI-used-for/property code/enumMember <model>/parameter"},
		{"placeholders", "", "x\n\nAssisted-by: 😀 <tool> <model>\n", "Assisted-by/property <tool>/parameter <model>/parameter"},
		{"lists", "", "x\n# a\n#\trenamed:    ü -> 😀\n#\n#\tb c\n", "ü/string 😀/string b c/string"},
		{"subject and body are nobody's business", "qemu-2026-09", "AI-used-for: code\n\nAI-used-for: code\n\nText\n", ""},
	} {
		for _, enc := range encodings {
			client := everything
			client.encoding = enc
			p := pageOf(t, client, c.preset, c.text)
			if got := decoded(t, p, message.Span{Start: 0, End: len(c.text)}); got != c.want {
				t.Errorf("%s, %s: %q, want %q", c.name, enc, got, c.want)
			}
		}
	}
}

func TestTokensOfAPart(t *testing.T) {
	text := "x\n\nCc: a\nFixes: b\nLink: c\n"
	p := pageOf(t, everything, "", text)
	at := strings.Index(text, "Fixes")
	if got := decoded(t, p, message.Span{Start: at, End: at + 3}); got != "Fixes/property" {
		t.Errorf("%q", got)
	}
	p.set.Tokens = nil
	if got := decoded(t, p, message.Span{Start: 0, End: len(text)}); got != "" {
		t.Errorf("nobody has asked, and there is %q", got)
	}
}

// A client gets the types that it has colours for.
func TestLegend(t *testing.T) {
	for _, c := range []struct {
		takes []string
		types string
		index [tokenKinds]int
		offer bool
	}{
		{nil, "", [tokenKinds]int{-1, -1, -1, -1, -1}, false},
		{[]string{"regexp"}, "", [tokenKinds]int{-1, -1, -1, -1, -1}, false},
		{[]string{"string", "keyword"}, "keyword string", [tokenKinds]int{0, -1, 1, -1, 1}, true},
		{everything.tokenTypes, "property enumMember comment parameter string", [tokenKinds]int{0, 1, 2, 3, 4}, true},
	} {
		s := &server{client: client{tokens: true, tokenTypes: c.takes}}
		types, index := s.client.legend()
		if strings.Join(types, " ") != c.types || index != c.index || (s.semanticTokens() != nil) != c.offer {
			t.Errorf("%q: %q, %v", c.takes, types, index)
		}
		s.client.tokens = false
		if s.semanticTokens() != nil {
			t.Error("offered to a client that takes none")
		}
	}
}
