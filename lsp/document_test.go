package lsp

import (
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
	"pgregory.net/rapid"
)

const docURI = uri.URI("file:///repo/.git/COMMIT_EDITMSG")

// newChange is a change of the range "line:character-line:character"; without one it
// is a change of the whole text.
func newChange(at, text string) protocol.TextDocumentContentChangeEvent {
	if at == "" {
		return &protocol.TextDocumentContentChangeWholeDocument{Text: text}
	}
	start, end, _ := strings.Cut(at, "-")
	return &protocol.TextDocumentContentChangePartial{Range: protocol.Range{Start: parsePosition(start), End: parsePosition(end)}, Text: text}
}

func newChanges(version int32, events ...protocol.TextDocumentContentChangeEvent) *protocol.DidChangeTextDocumentParams {
	p := &protocol.DidChangeTextDocumentParams{ContentChanges: events}
	p.TextDocument.URI, p.TextDocument.Version = docURI, version
	return p
}

func openDocument(t *testing.T, text string) (*documents, *observer.ObservedLogs) {
	t.Helper()
	core, logs := observer.New(zap.DebugLevel)
	docs := newDocuments(protocol.PositionEncodingKindUTF16, zap.New(core))
	doc, _ := docs.didOpen(protocol.TextDocumentItem{URI: docURI, LanguageID: "gitcommit", Version: 0, Text: text})
	if doc.uri != docURI || doc.languageID != "gitcommit" {
		t.Fatalf("opened %+v", doc)
	}
	return docs, logs
}

func TestDidChange(t *testing.T) {
	none := protocol.TextDocumentContentChangeEvent(nil)
	tests := []struct {
		name    string
		changes []protocol.TextDocumentContentChangeEvent
		want    string
		logged  string
	}{
		{"nothing", nil, "one\ntwo\n", ""},
		{"insert", []protocol.TextDocumentContentChangeEvent{newChange("0:3-0:3", "!")}, "one!\ntwo\n", ""},
		{"delete a line", []protocol.TextDocumentContentChangeEvent{newChange("0:0-1:0", "")}, "two\n", ""},
		{"append", []protocol.TextDocumentContentChangeEvent{newChange("2:0-2:0", "three\n")}, "one\ntwo\nthree\n", ""},
		{"whole", []protocol.TextDocumentContentChangeEvent{newChange("", "new")}, "new", ""},
		{"several, each on the result of the one before", []protocol.TextDocumentContentChangeEvent{
			newChange("0:0-0:0", "zero\n"), newChange("1:0-1:3", "1"), newChange("", "x\ny"), newChange("1:1-1:1", "z"),
		}, "x\nyz", ""},
		{"outside of the text", []protocol.TextDocumentContentChangeEvent{newChange("7:0-9:9", "three")}, "one\ntwo\nthree", ""},
		{"backwards, then a good one", []protocol.TextDocumentContentChangeEvent{
			newChange("1:0-0:0", "x"), newChange("0:0-0:0", "y"),
		}, "yone\ntwo\n", "change refused: its range ends before it starts"},
		{"none at all", []protocol.TextDocumentContentChangeEvent{none, newChange("0:0-0:0", "y")}, "yone\ntwo\n", "change refused: it has no text"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			docs, logs := openDocument(t, "one\ntwo\n")
			before, _ := docs.get(docURI)
			doc, ok := docs.didChange(newChanges(5, test.changes...))
			if !ok || doc.text != test.want || doc.lines.text != test.want || doc.version != 5 {
				t.Errorf("got %+v, want %q", doc, test.want)
			}
			if now, ok := docs.get(docURI); !ok || now != doc {
				t.Errorf("get returns %+v, want %+v", now, doc)
			}
			if before.text != "one\ntwo\n" || before.version != 0 {
				t.Errorf("the version before changed to %+v", before)
			}
			logged := ""
			for _, e := range logs.All() {
				logged += e.Message
			}
			if logged != test.logged {
				t.Errorf("logged %q, want %q", logged, test.logged)
			}
		})
	}
}

func TestNotOpen(t *testing.T) {
	docs, _ := openDocument(t, "text")
	if !docs.didClose(docURI) || docs.didClose(docURI) {
		t.Error("didClose does not say whether the document was open")
	}
	if doc, ok := docs.didChange(newChanges(2, newChange("", "new"))); ok {
		t.Errorf("changed a closed document: %+v", doc)
	}
	if doc, ok := docs.didChange(&protocol.DidChangeTextDocumentParams{}); ok {
		t.Errorf("changed a document without a name: %+v", doc)
	}
	if doc, ok := docs.get(docURI); ok {
		t.Errorf("got a closed document: %+v", doc)
	}
	if all := docs.all(); len(all) != 0 {
		t.Errorf("open documents: %+v", all)
	}
}

func TestAll(t *testing.T) {
	docs := newDocuments(protocol.PositionEncodingKindUTF16, zap.NewNop())
	for _, u := range []uri.URI{"file:///c", "file:///a", "untitled:b"} {
		docs.didOpen(protocol.TextDocumentItem{URI: u})
	}
	docs.didClose("file:///a")
	docs.didOpen(protocol.TextDocumentItem{URI: "file:///b"})
	got := ""
	for _, doc := range docs.all() {
		got += string(doc.uri) + " "
	}
	if want := "file:///b file:///c untitled:b "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestShortenedDocument: of a document that is too long the beginning is known, and
// stays right whatever happens behind it.
func TestShortenedDocument(t *testing.T) {
	type events []protocol.TextDocumentContentChangeEvent
	const opened = "one\ntwo\nthree\nfour\nfive\n" // the first two lines are kept
	tests := []struct {
		name    string
		changes events
		want    string
		whole   bool
	}{
		{"nothing", nil, "one\ntwo\n", false},
		{"in the head", events{newChange("0:3-0:3", "!"), newChange("1:0-1:3", "2")}, "one!\n2\n", false},
		{"a line less", events{newChange("0:0-1:0", "")}, "two\n", false},
		{"up to the end of the head", events{newChange("1:0-2:0", "")}, "one\n", false},
		{"right behind the head", events{newChange("2:0-2:0", "x")}, "one\ntwo\n", false},
		{"behind the head", events{newChange("2:1-3:2", "x\n\n"), newChange("70:0-70:0", "x")}, "one\ntwo\n", false},
		{"over the end of the head", events{newChange("1:1-2:3", "x")}, "one\ntx", false},
		{"over the end of the head, then behind it", events{newChange("1:1-2:3", "x"), newChange("1:2-1:3", "y")}, "one\ntx", false},
		{"all of it, place by place", events{newChange("0:0-9:9", "x"), newChange("0:0-0:1", "new\n")}, "new\n", false},
		{"nothing is left", events{newChange("0:0-9:9", ""), newChange("0:0-0:0", "x")}, "", false},
		{"backwards", events{newChange("1:0-0:0", "x")}, "one\ntwo\n", false},
		{"backwards from behind the head", events{newChange("4:0-0:0", "x")}, "one\ntwo\n", false},
		{"the end becomes half of a line end", events{newChange("1:3-2:0", "\r")}, "one\ntwo", false},
		{"too long again", events{newChange("0:0-0:0", "zero\nand\n")}, "zero\nand\n", false},
		{"too long again, without a line end", events{newChange("0:0-0:0", "nothing but a long line")}, "nothing bu", false},
		{"a shortened text in the head", events{newChange("0:1-0:1", "x\ny"+missing)}, "ox\ny", false},
		{"a shortened text behind the head", events{newChange("3:1-3:1", "x\ny"+missing)}, "one\ntwo\n", false},
		{"a short one", events{newChange("", "short"), newChange("0:5-0:5", "er")}, "shorter", true},
		{"a longest one", events{newChange("", "fifteen bytes..")}, "fifteen bytes..", true},
		{"another long one", events{newChange("", "sixteen\nbytes...")}, "sixteen\n", false},
		{"another shortened one", events{newChange("", "short"+missing), newChange("0:5-0:5", "er")}, "short", false},
		{"a character at the cut", events{newChange("", "long line😀😀😀")}, "long line", false},
		{"line end in two", events{newChange("", "long line\r\nand more"), newChange("1:0-1:0", "x")}, "long line", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			core, logs := observer.New(zap.WarnLevel)
			docs := newDocuments(protocol.PositionEncodingKindUTF16, zap.New(core))
			docs.limits = limits{document: 15, head: 10, back: 8}
			if doc, whole := docs.didOpen(protocol.TextDocumentItem{URI: docURI, Text: opened}); doc.text != "one\ntwo\n" || whole || !doc.shortened {
				t.Fatalf("opened %+v", doc)
			}
			doc, ok := docs.didChange(newChanges(5, test.changes...))
			if !ok || doc.text != test.want || doc.shortened == test.whole || doc.version != 5 {
				t.Errorf("got %+v, want %q", doc, test.want)
			}
			if fresh := newLines(test.want, docs.encoding); doc.lines.text != test.want || !slices.Equal(doc.lines.starts, fresh.starts) {
				t.Errorf("the lines are %+v, want %+v", doc.lines, fresh)
			}
			if n := logs.FilterMessage("document too long, only its beginning is looked at").Len(); n != 1 {
				t.Errorf("%d log lines, want 1", n)
			}
		})
	}
}

// TestGrowsTooLong: what is typed into a document may be too much, too.
func TestGrowsTooLong(t *testing.T) {
	docs, logs := openDocument(t, strings.Repeat("# x\n", maxDocument/4))
	check := func(step string, want, wantLog int) {
		t.Helper()
		doc, ok := docs.get(docURI)
		if !ok || len(doc.text) != want || doc.shortened != (wantLog > 0) {
			t.Errorf("%s: %d bytes are kept (shortened: %v), want %d", step, len(doc.text), doc.shortened, want)
		}
		if n := logs.Len(); n != wantLog {
			t.Errorf("%s: %d log lines, want %d", step, n, wantLog)
		}
	}
	check("opened with the greatest length", maxDocument, 0)
	docs.didChange(newChanges(1, newChange("0:0-0:1", "y")))
	check("edited without growing", maxDocument, 0)
	docs.didChange(newChanges(2, newChange("0:0-0:0", "new\n"), newChange("0:0-1:0", "")))
	check("edited beyond, and back", maxHead-4, 1)
	docs.didChange(newChanges(3, newChange("0:0-0:0", "abc")))
	check("typed into", maxHead-1, 1)
}

// TestShortenedLikeNaive: what is known of a document is what it begins with, line
// by line, whatever the client does with what is not known.
func TestShortenedLikeNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		enc := rapid.SampledFrom(encodings).Draw(t, "encoding")
		docs := newDocuments(enc, zap.NewNop())
		docs.limits = limits{document: rapid.IntRange(20, 40).Draw(t, "document"), head: 20, back: rapid.IntRange(0, 20).Draw(t, "back")}
		sent := func(text string) string { // as the stream may leave it
			if len(text) > 5 && rapid.Bool().Draw(t, "shortened") {
				return text[:runeStart(text, rapid.IntRange(0, len(text)).Draw(t, "at"))] + missing
			}
			return text
		}
		whole := genText(t, "text", 40)
		docs.didOpen(protocol.TextDocumentItem{URI: docURI, Text: sent(whole)})
		for version := range rapid.Int32Range(1, 8).Draw(t, "notifications") {
			var events []protocol.TextDocumentContentChangeEvent
			for range rapid.IntRange(0, 4).Draw(t, "changes") {
				text := genText(t, "new", 12)
				if rapid.IntRange(0, 9).Draw(t, "whole") == 0 {
					events, whole = append(events, newChange("", sent(text))), text
					continue
				}
				r := protocol.Range{Start: genPosition(t, "start", whole), End: genPosition(t, "end", whole)}
				events = append(events, &protocol.TextDocumentContentChangePartial{Range: r, Text: sent(text)})
				whole, _ = naiveEdit(whole, r, text, enc)
			}
			doc, ok := docs.didChange(newChanges(version, events...))
			if !ok || !strings.HasPrefix(whole, doc.text) || !doc.shortened && doc.text != whole || len(doc.text) > docs.limits.document {
				t.Fatalf("got %+v of %q", doc, whole)
			}
			if all := newLines(whole, enc).starts; len(doc.lines.starts) > len(all) || !slices.Equal(doc.lines.starts, all[:len(doc.lines.starts)]) {
				t.Fatalf("the lines of %q are %v, those of %q are %v", doc.text, doc.lines.starts, whole, all)
			}
		}
	})
}

// TestNotificationsLikeNaive: several changes per notification, some of the
// whole text, in all encodings.
func TestNotificationsLikeNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		enc := rapid.SampledFrom(encodings).Draw(t, "encoding")
		want := genText(t, "text", 20)
		docs := newDocuments(enc, zap.NewNop())
		docs.didOpen(protocol.TextDocumentItem{URI: docURI, Text: want})
		for version := range rapid.Int32Range(1, 8).Draw(t, "notifications") {
			var events []protocol.TextDocumentContentChangeEvent
			for range rapid.IntRange(0, 4).Draw(t, "changes") {
				text := genText(t, "new", 6)
				if rapid.IntRange(0, 9).Draw(t, "whole") == 0 {
					events, want = append(events, newChange("", text)), text
					continue
				}
				r := protocol.Range{Start: genPosition(t, "start", want), End: genPosition(t, "end", want)}
				events = append(events, &protocol.TextDocumentContentChangePartial{Range: r, Text: text})
				want, _ = naiveEdit(want, r, text, enc)
			}
			doc, ok := docs.didChange(newChanges(version, events...))
			if !ok || doc.text != want || doc.version != version {
				t.Fatalf("got %+v, want %q", doc, want)
			}
		}
	})
}

func BenchmarkDidChange(b *testing.B) {
	benchSizes(b, func(b *testing.B, text string) {
		docs := newDocuments(protocol.PositionEncodingKindUTF16, zap.NewNop())
		docs.didOpen(protocol.TextDocumentItem{URI: docURI, Text: text})
		p := newChanges(1, newChange("3:5-3:5", "x"), newChange("3:5-3:6", ""))
		for b.Loop() {
			docs.didChange(p)
		}
	})
}
