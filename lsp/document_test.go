package lsp

import (
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

// TestTooLong: a document that became too long is not known any more, until it
// is sent as a whole. To go on with the text before would point at wrong places.
func TestTooLong(t *testing.T) {
	huge := strings.Repeat("x", maxDocument)
	docs, logs := openDocument(t, huge+"x")
	check := func(step string, wantOK bool, wantLog int) {
		t.Helper()
		doc, ok := docs.get(docURI)
		if ok != wantOK || len(docs.all()) == 1 != wantOK {
			t.Errorf("%s: ok is %v", step, ok)
		}
		if !ok && doc != nil && doc.text != "" {
			t.Errorf("%s: %d bytes are kept", step, len(doc.text))
		}
		if n := logs.FilterMessage("document too long, it is ignored").Len(); n != wantLog {
			t.Errorf("%s: %d log lines, want %d", step, n, wantLog)
		}
	}
	check("opened", false, 1)
	docs.didChange(newChanges(1, newChange("0:0-0:1", "")))
	check("edited while it is not known", false, 1)
	docs.didChange(newChanges(2, newChange("", huge)))
	check("sent with the greatest length", true, 1)
	docs.didChange(newChanges(3, newChange("0:0-0:1", "y")))
	check("edited without growing", true, 1)
	docs.didChange(newChanges(4, newChange("0:0-0:0", "y"), newChange("0:0-0:1", "")))
	check("edited beyond, and back", false, 2)
	docs.didChange(newChanges(5, newChange("", "short"), newChange("0:5-0:5", "er")))
	check("sent anew", true, 2)
	if doc, _ := docs.get(docURI); doc.text != "shorter" || doc.languageID != "gitcommit" {
		t.Errorf("the document is %+v", doc)
	}
	docs.didOpen(protocol.TextDocumentItem{URI: docURI, Text: "again"})
	if doc, ok := docs.get(docURI); !ok || doc.text != "again" {
		t.Errorf("opened a second time, the document is %+v", doc)
	}
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
