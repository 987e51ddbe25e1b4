package lsp

import (
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"colophon/message"
)

// outline is a tree in the notation of the tests: name (detail) [children]; …
func outline(symbols []protocol.DocumentSymbol) string {
	var parts []string
	for _, y := range symbols {
		s := y.Name
		if y.Detail != nil {
			s += " (" + *y.Detail + ")"
		}
		if len(y.Children) > 0 {
			s += " [" + outline(y.Children) + "]"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

// What real git shows, part by part.
func TestSymbols(t *testing.T) {
	r := structured(t, "")
	const own = "core: take faster; Body (2 paragraphs); Trailers [Fixes (89abcdef0123 (\"core: take\")); Signed-off-by (Jo Doe <jo@example.org>)]"
	const lists = "Changes to be committed [core/take.c; gone.c; new name.c (old.c); ü.c]; Changes not staged for commit [dir/sub.c]; Untracked files [un: tracked]"
	const patch = "Patch [core/take.c [@@ -2,7 +2,8 @@ line 1; @@ -27,7 +28,6 @@ line 26]; gone.c [@@ -1 +0,0 @@]; new name.c; ü.c [@@ -0,0 +1 @@]]"
	for _, c := range []struct {
		name, want string
		config     []string
		in         string
		args       []string
	}{
		{"plain", own + "; " + lists, nil, "", nil},
		{"verbose", own + "; " + lists + "; " + patch, nil, "", []string{"-v"}},
		{"semicolon", own + "; " + lists, []string{"core.commentChar", ";"}, "", nil},
		{"scissors", own + "; " + lists + "; " + patch, []string{"commit.cleanup", "scissors"}, "", []string{"-v"}},
		{"below", own + "; " + strings.NewReplacer("; core", "; ../core", "[core", "[../core").Replace(
			"Changes to be committed [core/take.c; ../gone.c; ../new name.c (../old.c); ../ü.c]; Changes not staged for commit [sub.c]; Untracked files [../un: tracked]"), nil, "dir", nil},
	} {
		for i := 0; i+1 < len(c.config); i += 2 {
			r.git("config", c.config[i], c.config[i+1])
		}
		text := r.shown(structuredMessage, c.in, c.args...)
		p := pageOf(t, everything, "", text)
		if len(c.config) > 0 {
			o := message.Options{}
			switch c.config[0] {
			case "core.commentChar":
				o.Comment = c.config[1]
			case "commit.cleanup":
				o.Cleanup = message.Scissors
			}
			p.m = message.Parse(text, o)
			r.git("config", "--unset", c.config[0])
		}
		if got := outline(p.symbols()); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestSymbolsOfMessages(t *testing.T) {
	for _, c := range []struct{ name, preset, text, want string }{
		{"nothing", "", "", ""},
		{"only comments", "", "\n# x\n", ""},
		{"subject", "", "Subject\n", "Subject"},
		{"long subject", "", strings.Repeat("é", 100) + "\n", strings.Repeat("é", 60) + "…"},
		{"not begun", "", "\n\nSigned-off-by: x\n", ""},
		{"body", "", "Subject\n\nBody\ngoes on\n", "Subject; Body (Body)"},
		{"body around comments", "", "Subject\n\nBody\n# x\n#\tmodified:   a\nmore\n", "Subject; Body (Body) [x [a]]"},
		{"empty value", "", "Subject\n\nx:\n", "Subject; Trailers [x]"},
		{"attestation", "numpy-zones", "Subject\n\nAI use:\n- Tool: x\n  y\n- Parts: z\n\nSigned-off-by: x\n", "Subject; Body (AI use:) [AI use [Tool (x); Parts (z)]]; Trailers [Signed-off-by (x)]"},
	} {
		if got := outline(pageOf(t, everything, c.preset, c.text).symbols()); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
