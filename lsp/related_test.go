package lsp

import (
	"fmt"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

// What explains a finding points into the files: at the largest hunk of each, in the
// order of their lines.
func TestRelatedPlaces(t *testing.T) {
	r := newRepo(t, examplePolicy)
	lines := make([]string, 40)
	for i := range lines {
		lines[i] = fmt.Sprintf("a = %d;\n", i)
	}
	r.write("core/old.c", strings.Join(lines, ""))
	r.git("add", "core/old.c")
	r.git("commit", "-q", "-m", "Before")
	lines[1] = "b = 1;\n"                                 // a hunk of one line
	lines[20], lines[21], lines[22] = "c\n", "d\n", "e\n" // and the largest, from line 21 on
	r.write("core/old.c", strings.Join(lines[:35], ""))   // and lines that go at the end: five, which is more
	r.git("add", "core/old.c")
	r.stage("other.c", 2)
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", "net: change it\n\nIt was wrong.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n")
	type place struct {
		uri         string
		first, last uint32
	}
	got := make(map[string][]place)
	for _, d := range last(e.until(u, "small-fix-limit", "core-zone")) {
		for _, rel := range d.RelatedInformation {
			got[string(d.Code.(protocol.String))] = append(got[string(d.Code.(protocol.String))], place{string(rel.Location.URI), rel.Location.Range.Start.Line, rel.Location.Range.End.Line})
		}
	}
	old, other := string(r.uri("core/old.c")), string(r.uri("other.c"))
	for rule, want := range map[string][]place{
		"small-fix-limit": {{old, 35, 35}, {other, 0, 2}}, // where the five lines were
		"core-zone":       {{old, 35, 35}},
	} {
		if len(got[rule]) != len(want) {
			t.Errorf("%s: %v, want %v", rule, got[rule], want)
			continue
		}
		for i := range want {
			if got[rule][i] != want[i] {
				t.Errorf("%s: %v, want %v", rule, got[rule][i], want[i])
			}
		}
	}
}

// A client that keeps data has with a diagnostic what its fixes are, and can have one
// made without asking for actions.
func TestFixesInData(t *testing.T) {
	r := newRepo(t, examplePolicy)
	c := capabilities()
	c.TextDocument.PublishDiagnostics.DataSupport = new(true)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: c})
	u := r.message()
	e.open(u, "gitcommit", misspelt)
	for _, d := range last(e.until(u, "disclosure-value")) {
		if got := string(d.Data); !strings.HasPrefix(got, `{"fixes":[{"id":"`) || !strings.Contains(got, "\"title\":\"Write `code`\"") {
			t.Errorf("data %s", got)
		}
	}
}
