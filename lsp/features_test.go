package lsp

import (
	"slices"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"colophon/commit"
	"colophon/message"
	"colophon/policy"
)

// everything is a client that takes all there is.
var everything = client{
	symbolTree: true, foldingText: true, linkTooltips: true, locationLinks: true, tokens: true,
	tokenTypes: []string{"property", "enumMember", "comment", "parameter", "string"},
}

// pageOf is an open message outside of any repository. A preset's name gives it a
// policy.
func pageOf(t testing.TB, c client, preset, text string) *page {
	t.Helper()
	if preset == "" {
		return pageUnder(c, nil, text)
	}
	p, err := policy.Preset(preset)
	must(t, err)
	return pageUnder(c, p, text)
}

func pageUnder(c client, p *policy.Policy, text string) *page {
	s := newServer(newConn(&pipes{}, zap.NewNop()), Options{Log: zap.NewNop()})
	s.client = c
	s.docs = newDocuments(c.encoding, s.log)
	doc, _ := s.docs.didOpen(protocol.TextDocumentItem{URI: "file:///m", Text: text})
	k := &known{commit: &commit.Commit{}}
	if p != nil {
		k.commit.Found = &policy.Found{Policy: p}
	}
	k.sort(nil)
	ses := &session{srv: s, uri: doc.uri, settings: settings{Tokens: new(true)}}
	return ses.page(doc, k)
}

// verbose is a message as `git commit -v` shows it, with something of everything.
const verbose = `core: make take faster

It copied each item by itself. This reverts commit 0123456789ab.
See also #12.

Fixes: 89abcdef0123 ("core: take")
AI-used-for: code (refactoring <model>),
 tests
Assisted-by: <tool> <model>
Signed-off-by: Jo Döe <jo@example.org>
Reviewed-by: 😀 <JO@example.org>
# Please enter the commit message for your changes. Lines starting
# with '#' will be ignored.
#
# Changes to be committed:
#	modified:   core/take.c
#	renamed:    old.c -> new.c
#
# Untracked files:
#	un: tracked
#
# ------------------------ >8 ------------------------
# Do not modify or remove the line above.
# Everything below it will be ignored.
diff --git a/core/take.c b/core/take.c
index 1111111..2222222 100644
--- a/core/take.c
+++ b/core/take.c
@@ -1,3 +1,4 @@
 one
-two
+TWO
+three
 four
@@ -10,0 +12 @@ f()
+five
diff --git a/old.c b/new.c
similarity index 100%
rename from old.c
rename to new.c
`

// checkFeatures runs everything that looks at the structure of a message at some
// places of it, and checks that what it says is part of the text.
func checkFeatures(t testing.TB, p *page, places []int) {
	t.Helper()
	end := p.rng(message.Span{Start: len(p.m.Text), End: len(p.m.Text)}).End
	inside := func(what string, r protocol.Range) {
		t.Helper()
		if before(r.End, r.Start) || before(end, r.End) {
			t.Fatalf("%s: %v is not part of the text, which ends at %v", what, r, end)
		}
		for _, pos := range []protocol.Position{r.Start, r.End} {
			if at := p.at(pos); p.doc.lines.position(at) != pos {
				t.Fatalf("%s: there is no position %v", what, pos)
			}
		}
	}
	checkSymbols(t, inside, p.symbols(), nil)
	c := &p.srv.client
	folds := p.folding(c)
	for i, f := range folds {
		if f.StartLine >= f.EndLine || f.EndLine > end.Line || i > 0 && folds[i-1].StartLine > f.StartLine {
			t.Fatalf("fold %d: %+v", i, f)
		}
		for _, other := range folds[:i] {
			if other.EndLine >= f.StartLine && other.EndLine < f.EndLine && len(folds) < 100 {
				t.Fatalf("folds overlap: %+v, %+v", other, f)
			}
		}
	}
	for _, l := range p.links(c, nil) {
		inside("link", l.Range)
		if l.Range.Start.Line != l.Range.End.Line || l.Target == nil || !strings.HasPrefix(string(*l.Target), "https://") {
			t.Fatalf("link %+v", l)
		}
	}
	checkTokens(t, p, inside)
	patch := p.patch()
	for _, at := range places {
		at = min(max(0, at), len(p.m.Text))
		for _, s := range p.highlights(at) {
			inside("highlight", p.rng(s))
		}
		texts := make(map[string]bool)
		for _, s := range p.linked(at) {
			inside("linked", p.rng(s))
			texts[p.m.Slice(s)] = true
		}
		if len(texts) > 1 {
			t.Fatalf("linked: %v", texts)
		}
		checkSelection(t, inside, p.selection(p.at(p.doc.lines.position(at)), patch), p.doc.lines.position(at))
		if p.policy() != nil && p.wantsBlank(at) && (at > p.m.Cut || at == 0 || p.m.Text[at-1] != ':') {
			t.Fatalf("a blank at %d", at)
		}
		if _, _, from := p.definition(at); true {
			inside("definition", p.rng(from))
		}
	}
}

func before(a, b protocol.Position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Character < b.Character
}

func encloses(outer, inner protocol.Range) bool {
	return !before(inner.Start, outer.Start) && !before(outer.End, inner.End)
}

func checkSymbols(t testing.TB, inside func(string, protocol.Range), symbols []protocol.DocumentSymbol, in *protocol.Range) {
	t.Helper()
	for i, y := range symbols {
		inside("symbol", y.Range)
		inside("symbol's name", y.SelectionRange)
		if strings.TrimSpace(y.Name) == "" || !encloses(y.Range, y.SelectionRange) || in != nil && !encloses(*in, y.Range) || y.Kind > protocol.SymbolKindArray {
			t.Fatalf("symbol %+v in %v", y, in)
		}
		if i > 0 && before(y.Range.Start, symbols[i-1].Range.End) {
			t.Fatalf("symbols overlap: %+v, %+v", symbols[i-1], y)
		}
		checkSymbols(t, inside, y.Children, &y.Range)
	}
}

func checkTokens(t testing.TB, p *page, inside func(string, protocol.Range)) {
	t.Helper()
	data := p.encoded(&p.srv.client, message.Span{Start: 0, End: len(p.m.Text)})
	types, _ := p.srv.client.legend()
	var at protocol.Position
	free := uint32(0)
	for d := range slices.Chunk(data, 5) {
		if d[0] > 0 {
			at.Character, free = 0, 0
		}
		at.Line, at.Character = at.Line+d[0], at.Character+d[1]
		r := protocol.Range{Start: at, End: protocol.Position{Line: at.Line, Character: at.Character + d[2]}}
		inside("token", r)
		if d[2] == 0 || at.Character < free || int(d[3]) >= len(types) {
			t.Fatalf("token %v at %v", d, at)
		}
		free = r.End.Character
	}
}

func checkSelection(t testing.TB, inside func(string, protocol.Range), s protocol.SelectionRange, at protocol.Position) {
	t.Helper()
	if !encloses(s.Range, protocol.Range{Start: at, End: at}) {
		t.Fatalf("%v does not hold %v", s.Range, at)
	}
	for {
		inside("selection", s.Range)
		if s.Parent == nil {
			return
		}
		if !encloses(s.Parent.Range, s.Range) || s.Parent.Range == s.Range {
			t.Fatalf("%v is not larger than %v", s.Parent.Range, s.Range)
		}
		s = *s.Parent
	}
}

// Every place of a real message, in every encoding, whole and cut short.
func TestFeatures(t *testing.T) {
	for _, enc := range encodings {
		c := everything
		c.encoding = enc
		for _, preset := range []string{"", "qemu-2026-09", "linux-7.3", "numpy-zones"} {
			for _, text := range []string{verbose, strings.ReplaceAll(verbose, "\n", "\r\n"), "", "\n", "Subject", "\n\nSigned-off-by: x"} {
				p := pageOf(t, c, preset, text)
				var all []int
				for at := range len(text) + 1 {
					all = append(all, at)
				}
				checkFeatures(t, p, all)
			}
		}
	}
}

// FuzzFeatures: whatever stands in a document, what is said of its structure is part of
// it, and nests.
func FuzzFeatures(f *testing.F) {
	f.Add(verbose, "qemu-2026-09", 100, 2000)
	f.Add(strings.ReplaceAll(verbose, "\n", "\r\n"), "linux-7.3", 300, 900)
	f.Add(strings.ReplaceAll(verbose, "\n", "\n\r"), "", 1, 2)
	f.Add("a\n\nb: <model>\nc: <model>\r\rd: <model>\xff\n", "numpy-zones", 5, 20)
	f.Add("# ------------------------ >8 ------------------------\n#\tx: y -> z\ndiff --git a/x b/x\n@@ -1 +1,9 @@\n+\r\n", "", 60, 90)
	presets := make(map[string]*policy.Policy) // others are none
	for _, name := range []string{"qemu-2026-09", "linux-7.3", "numpy-zones"} {
		p, err := policy.Preset(name)
		must(f, err)
		presets[name] = p
	}
	f.Fuzz(func(t *testing.T, text, preset string, one, other int) {
		c := everything
		c.encoding = encodings[uint(one)%3]
		c.foldingLimit = max(0, other%50)
		p := pageUnder(c, presets[preset], text)
		checkFeatures(t, p, []int{one % (len(text) + 1), other % (len(text) + 1), len(text)})
	})
}

// However long a document is: to look at all of it at each line would take minutes; a
// machine that is busy takes seconds.
func TestFeaturesAreLinear(t *testing.T) {
	hunk := "@@ -1,3 +1,3 @@ f()\n one\n-two\n+TWO\n three\n"
	for _, c := range []struct{ name, head, each string }{
		{"patch", verbose, "diff --git a/a b/a\n--- a/a\n+++ b/a\n" + strings.Repeat(hunk, 20)},
		{"one hunk", verbose + "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,1 +1,999999 @@\n", strings.Repeat("+x = 1; // ünd\n", 50)},
		{"list", "\n", strings.Repeat("#\tmodified:   some/folder/file.c\n", 20)},
		{"trailers", "Subject\n\n", strings.Repeat("Signed-off-by: Jo <jo@example.org>\n", 10)},
		{"placeholders", "Subject\n\nx: y\n", strings.Repeat("Assisted-by: <tool> <model>\n", 10)},
		{"one line", "Subject\n\nAI-used-for: ", strings.Repeat("code (x <model>), 😀", 50)},
		{"one line of commits", "Subject\n\n", strings.Repeat("commit 0123456789 #12 ", 50)},
		{"comments", "Subject\n", strings.Repeat("# x\n\n", 50)},
		{"body", "x", strings.Repeat("word word\n\n", 50)},
	} {
		text := c.head + strings.Repeat(c.each, 1600)
		begin := time.Now()
		took := timed(t, text)
		t.Logf("%s (%d kB): %v", c.name, len(text)>>10, took)
		if all := time.Since(begin); all > 40*time.Second {
			t.Errorf("%s: %v", c.name, all)
		}
	}
}

// timed runs each feature once.
func timed(t *testing.T, text string) map[string]time.Duration {
	p := pageOf(t, everything, "qemu-2026-09", text)
	took := make(map[string]time.Duration)
	for name, run := range map[string]func(){
		"symbols":    func() { p.symbols() },
		"folds":      func() { p.folding(&everything) },
		"links":      func() { p.links(&everything, nil) },
		"tokens":     func() { p.encoded(&everything, message.Span{End: len(text)}) },
		"highlights": func() { p.highlights(len(text) / 2) },
		"selection":  func() { p.selection(len(text)/2, p.patch()) },
		"linked":     func() { p.linked(len(text) - 3) },
		"blank":      func() { p.wantsBlank(len(text) / 2) },
		"definition": func() { p.definition(len(text) - 2) },
	} {
		begin := time.Now()
		run()
		took[name] = time.Since(begin)
	}
	return took
}
