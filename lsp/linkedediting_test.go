package lsp

import "testing"

func TestLinkedEditing(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       int
	}{
		{"twice", "x\n\nAssisted-by: <to¦ol> <model>\nAI-Tool: <tool>\n", 2},
		{"twice in a value", "x\n\nAssisted-by: <tool> ¦<tool>\n", 2},
		{"at its end", "x\n\nAssisted-by: <tool>¦\nCc: <tool>\n", 2},
		{"once", "x\n\nAssisted-by: <tool> <mo¦del>\nAI-Tool: <tool>\n", 1},
		{"folded", "x\n\nAssisted-by: <model>\n  <mo¦del>\n", 2},
		{"an address", "x\n\nCc: Jo <a¦@b>\nCc: Jo <a@b>\n", 0},
		{"beside it", "x\n\nAssisted-by: a¦ <tool>\nCc: <tool>\n", 0},
		{"in the body", "x\n\n<too¦l> <tool>\n\nCc: <tool>\n", 0},
		{"in a comment", "x\n\nCc: <tool>\nCc: <tool>\n# <to¦ol>\n", 0},
		{"nothing", "¦", 0},
	} {
		text, at := cut(t, c.text)
		p := pageOf(t, everything, "", text)
		spans := p.linked(at)
		if len(spans) != c.want {
			t.Errorf("%s: %d, want %d", c.name, len(spans), c.want)
		}
		for _, s := range spans {
			if p.m.Slice(s) != p.m.Slice(spans[0]) {
				t.Errorf("%s: %q and %q", c.name, p.m.Slice(s), p.m.Slice(spans[0]))
			}
		}
	}
}
