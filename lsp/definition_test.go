package lsp

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

// Each line of real git's patch leads to the line of the file that it is about.
func TestDefinition(t *testing.T) {
	r := structured(t, "")
	outside := t.TempDir()
	must(t, os.WriteFile(outside+"/secret", []byte("x"), 0o666))
	must(t, os.Symlink(outside+"/secret", r.path("out.c")))
	r.git("add", "out.c")
	text := r.shown("Subject\n\ncore/take.c\n", "", "-v")
	e := startIn(r)
	u := r.message()
	e.opened(u, "gitcommit", text)
	definition := func(at int) string {
		t.Helper()
		d, err := e.server.Definition(t.Context(), &protocol.DefinitionParams{TextDocumentPositionParams: position(u, positionAt(text, at, e.caps.PositionEncoding))})
		must(t, err)
		if d == nil {
			return ""
		}
		l := d.(*protocol.Location)
		return fmt.Sprintf("%s:%d", strings.TrimPrefix(string(l.URI), string(r.uri(""))+"/"), l.Range.Start.Line+1)
	}
	for _, c := range []struct{ at, want string }{
		{"core/take.c\n", ""}, // in the body
		{"modified:   core", ""},
		{"core/take.c\n#", "core/take.c:1"},
		{"new name.c\n", "new%20name.c:1"},
		{"old.c ->", ""},
		{"gone.c\n", ""},
		{"sub.c\n", "dir/sub.c:1"},
		{"diff --git a/core", "core/take.c:1"},
		{"+++ b/core", "core/take.c:1"},
		{"@@ -2,7", "core/take.c:2"},
		{"-line 5\n", "core/take.c:5"},
		{"+new 5\n", "core/take.c:5"},
		{"+new 5b\n", "core/take.c:6"},
		{"-line 30\n", "core/take.c:31"},
		{" line 33\n", "core/take.c:33"},
		{"-gone\n", ""},
		{"rename to", "new%20name.c:1"},
		{"+ü\n", "%C3%BC.c:1"},
		{"+++ b/out.c", ""},
		{"# Everything below", ""},
	} {
		at := strings.Index(text, c.at)
		if at < 0 {
			t.Errorf("git does not show %q", c.at)
			continue
		}
		if got := definition(at); got != c.want {
			t.Errorf("%q: %s, want %s", c.at, got, c.want)
		}
	}
	// Each line of context and each new one is the line of the file that it shows.
	start := strings.Index(text, "@@ -2,7")
	content := strings.Split(strings.Replace(strings.Replace(numbered(40), "line 5\n", "new 5\nnew 5b\n", 1), "line 30\n", "", 1), "\n")
	for _, line := range strings.SplitAfter(text[start:strings.Index(text, "diff --git a/gone")], "\n") {
		if line != "" && (line[0] == '+' || line[0] == ' ') {
			var n int
			if _, err := fmt.Sscanf(definition(start), "core/take.c:%d", &n); err != nil || content[n-1] != strings.TrimSuffix(line[1:], "\n") {
				t.Errorf("%q leads to line %d (%v)", line, n, err)
			}
		}
		start += len(line)
	}
}
