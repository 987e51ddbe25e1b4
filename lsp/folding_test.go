package lsp

import (
	"fmt"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

// foldsOf is what is folded in the notation of the tests: the first and the last line
// of each, as text.
func foldsOf(text string, folds []protocol.FoldingRange) string {
	lines := strings.Split(text, "\n")
	var b strings.Builder
	for _, f := range folds {
		fmt.Fprintf(&b, "%s: %s … %s\n", f.Kind, lines[f.StartLine], lines[f.EndLine])
	}
	return b.String()
}

func TestFolding(t *testing.T) {
	r := structured(t, "")
	text := r.shown(structuredMessage, "", "-v")
	const want = `comment: # Please enter the commit message for your changes. Lines starting … #
comment: # ------------------------ >8 ------------------------ … # Everything below it will be ignored.
region: diff --git a/core/take.c b/core/take.c …  line 33
region: @@ -2,7 +2,8 @@ line 1 …  line 8
region: @@ -27,7 +28,6 @@ line 26 …  line 33
region: diff --git a/gone.c b/gone.c … -gone
region: @@ -1 +0,0 @@ … -gone
region: diff --git a/old.c b/new name.c … rename to new name.c
region: diff --git "a/\303\274.c" "b/\303\274.c" … +ü
region: @@ -0,0 +1 @@ … +ü
`
	p := pageOf(t, client{}, "", text)
	if got := foldsOf(text, p.folding(&client{})); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	for _, f := range p.folding(&client{}) {
		if f.StartCharacter != nil || f.EndCharacter != nil || f.CollapsedText != nil {
			t.Errorf("more than lines: %+v", f)
		}
	}
	if f := p.folding(&client{foldingText: true})[0]; f.CollapsedText == nil || *f.CollapsedText != fmt.Sprintf("… %d lines", f.EndLine-f.StartLine) {
		t.Errorf("the text: %+v", f)
	}
	// Of a few, those that hold the others.
	if got := foldsOf(text, p.folding(&client{foldingLimit: 4})); strings.Contains(got, "@@") || strings.Count(got, "comment") != 2 || strings.Count(got, "diff") != 2 {
		t.Errorf("four: %s", got)
	}
}

func TestFoldingOfMessages(t *testing.T) {
	block := "Cc: a\nCc: b\nCc: c\nCc: d\nSigned-off-by: e\n"
	for _, c := range []struct{ name, preset, text, want string }{
		{"nothing", "", "", ""},
		{"one line of comment", "", "Subject\n# x\n", ""},
		{"comments between text", "", "Subject\n# a\n# b\nmore\n# c\n# d\n", "comment: # a … # b\ncomment: # c … # d\n"},
		{"few trailers", "", "Subject\n\nCc: a\nCc: b\nCc: c\nCc: d\n", ""},
		{"many trailers", "", "Subject\n\n" + block + "# x\n# y\n", "region: Cc: a … Signed-off-by: e\ncomment: # x … # y\n"},
		{"attestation", "numpy-zones", "Subject\n\nAI use:\n- Tool: x\n  y\n- Parts: z\n\nBody\n", "region: AI use: … - Parts: z\n"},
		{"no policy, no attestation", "", "Subject\n\nAI use:\n- Tool: x\n  y\n- Parts: z\n\nBody\n", ""},
	} {
		p := pageOf(t, client{}, c.preset, c.text)
		if got := foldsOf(c.text, p.folding(&client{})); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
