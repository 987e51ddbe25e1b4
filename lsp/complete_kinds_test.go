package lsp

import (
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

// A kind may be several words, of which some are written. One that is a kind by itself
// is done.
func TestCompleteKindOfWords(t *testing.T) {
	r := newRepo(t, "version: 1\nproject: Example\nas_of: 2026-11-21\nstatus: in-force\n"+
		"disclosure: {trailer: AI-used-for, value: kinds, kinds: [code, data entry, code review]}\n")
	e := startIn(r)
	for marked, want := range map[string]string{
		"data ¦": "data entry", "code, data en¦": "code, data entry", "data e¦n, code": "data entry, code", "data ent¦ (x)": "data entry (x)",
		"Data e¦": "data entry", "code d¦": "code, data entry", "code re¦": "code review",
	} {
		text, offset := cut(t, "s\n\nText.\n\nAI-used-for: "+marked+"\n")
		e.opened(r.message(), "gitcommit", text)
		items := e.complete(r.message(), positionAt(text, offset, e.caps.PositionEncoding))
		i := slices.IndexFunc(items, func(it protocol.CompletionItem) bool {
			return strings.Contains(want, it.Label) && strings.Contains(it.Label, " ")
		})
		if i < 0 {
			t.Errorf("%s: %q", marked, labels(items))
			continue
		}
		got := applyEdits(t, text, []protocol.TextEdit{*items[i].TextEdit.(*protocol.TextEdit)}, e.caps.PositionEncoding)
		if !strings.Contains(got, "AI-used-for: "+want+"\n") {
			t.Errorf("%s: got\n%s", marked, got)
		}
	}
}
