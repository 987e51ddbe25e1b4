package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.lsp.dev/protocol"
)

// at puts the caret of a marked message into an open document.
func (e *editor) at(r *repo, marked string) protocol.Position {
	e.t.Helper()
	text, offset := cut(e.t, marked)
	e.opened(r.message(), "gitcommit", text)
	return positionAt(text, offset, e.caps.PositionEncoding)
}

// An item has nothing that the client has not announced, and its documentation at
// once where it cannot be asked for.
func TestCompletionItemFitsTheClient(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("core/a.c", 2)
	type item = protocol.ClientCompletionItemOptions
	for _, c := range []struct {
		name string
		can  *item
	}{
		{"nothing", nil},
		{"preselection", &item{PreselectSupport: new(true)}},
		{"commit characters", &item{CommitCharactersSupport: new(true)}},
		{"label details", &item{LabelDetailsSupport: new(true)}},
		{"Markdown", &item{DocumentationFormat: []protocol.MarkupKind{protocol.MarkupKindMarkdown}}},
		{"plain text first", &item{DocumentationFormat: []protocol.MarkupKind{protocol.MarkupKindPlainText, protocol.MarkupKindMarkdown}}},
		{"lazy", &item{ResolveSupport: protocol.ClientCompletionItemResolveOptions{Properties: []string{"detail", "documentation"}}}},
		{"lazy in other things", &item{ResolveSupport: protocol.ClientCompletionItemResolveOptions{Properties: []string{"detail"}}}},
	} {
		caps := capabilities()
		if c.can != nil {
			caps.TextDocument.Completion = &protocol.CompletionClientCapabilities{CompletionItem: c.can}
		}
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: caps})
		can := &e.srv.client
		var items []protocol.CompletionItem
		for _, marked := range []string{"s\n\nText.\n\n¦\n", "s\n\nText.\n\nAI-used-for: ¦\n", "s\n\nText.\n\nAI-used-for: code (¦\n"} {
			items = append(items, e.complete(r.message(), e.at(r, marked))...)
		}
		preselected := 0
		for _, it := range items {
			if on, _ := it.Preselect.Get(); on {
				preselected++
			}
			if len(it.CommitCharacters) > 0 && (!can.commitCharacters || it.Kind == protocol.CompletionItemKindProperty) {
				t.Errorf("%s: %q is taken by %q", c.name, it.Label, it.CommitCharacters)
			}
			if _, detail := it.Detail.Get(); it.LabelDetails != nil && !can.labelDetails || detail && can.labelDetails {
				t.Errorf("%s: %q has label details %v, or none where it could", c.name, it.Label, it.LabelDetails)
			}
			if it.Kind < 1 || it.Kind > protocol.CompletionItemKindReference {
				t.Errorf("%s: %q is of kind %v, which not all clients know", c.name, it.Label, it.Kind)
			}
			if it.InsertTextFormat == protocol.InsertTextFormatSnippet {
				t.Errorf("%s: %q is a snippet", c.name, it.Label)
			}
			switch doc := it.Documentation.(type) {
			case nil:
				if !can.lazyDocs || len(it.Data) == 0 {
					t.Errorf("%s: %q has no documentation and data %s", c.name, it.Label, it.Data)
				}
			case protocol.String:
				if can.lazyDocs || can.itemMarkdown || strings.Contains(string(doc), "`") {
					t.Errorf("%s: %q has plain documentation %q", c.name, it.Label, doc)
				}
			case *protocol.MarkupContent:
				if can.lazyDocs || !can.itemMarkdown || doc.Kind != protocol.MarkupKindMarkdown {
					t.Errorf("%s: %q has documentation %+v", c.name, it.Label, doc)
				}
			}
		}
		if want := map[bool]int{true: 3}[can.preselect]; preselected != want {
			t.Errorf("%s: %d items are preselected, want %d", c.name, preselected, want)
		}
	}
}

// A comma takes a kind and nothing else: it is what comes behind one, and nobody
// begins a line or a name with it.
func TestCompletionCommitCharacters(t *testing.T) {
	r := peopleRepo(t)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(protocol.PositionEncodingKindUTF8)})
	for marked, want := range map[string]int{"¦": 0, "AI-used-for: ¦": 4, "AI-used-for: code (¦": 0, "Reviewed-by: ¦": 0, "Fixes: ¦": 0} {
		got := 0
		for _, it := range e.completeRead(r.message(), e.at(r, "s\n\nText.\n\n"+marked+"\n")).Items {
			if len(it.CommitCharacters) > 0 {
				got++
			}
		}
		if got != want {
			t.Errorf("%s: a comma takes %d items, want %d", marked, got, want)
		}
	}
}

// Documentation comes when it is asked for, even when the document has long been
// closed, and changes nothing else.
func TestCompletionResolve(t *testing.T) {
	r := peopleRepo(t)
	r.by("Ann [x](https://evil.example) <b>", "ann@example.org", "core: ![pixel](https://evil.example/p.png) `code` <img src=x>\n")
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(protocol.PositionEncodingKindUTF8)})
	var items []protocol.CompletionItem
	for _, marked := range []string{"¦", "AI-used-for: ¦", "AI-used-for: code (¦", "Reviewed-by: ¦", "Fixes: ¦"} {
		items = append(items, e.completeRead(r.message(), e.at(r, "s\n\nText.\n\n"+marked+"\n")).Items...)
	}
	e.close(r.message())
	found := make(map[string]bool)
	for _, it := range items {
		if it.Documentation != nil || len(it.Data) == 0 {
			t.Errorf("%q has documentation %v and data %s", it.Label, it.Documentation, it.Data)
		}
		asked := it
		got, err := e.server.CompletionResolve(t.Context(), &asked)
		must(t, err)
		doc, ok := got.Documentation.(*protocol.MarkupContent)
		if !ok || doc.Value == "" {
			t.Errorf("%q is explained by %v", it.Label, got.Documentation)
			continue
		}
		for _, bad := range []string{"](", "<", "{", "}"} {
			if strings.Contains(meant.ReplaceAllString(doc.Value, ""), bad) {
				t.Errorf("%q: %q is Markdown in\n%s", it.Label, bad, doc.Value)
			}
		}
		for _, want := range []string{
			"as Example's policy wants it", "as of 2026-11-21", "Only they can say so", "AI helped to write code", "for which the line limit of Example's policy",
			"Named 4 times; commits read: 8.", "pixel", "by Zoë Ångström on ",
		} {
			found[want] = found[want] || strings.Contains(doc.Value, want)
		}
		got.Documentation = nil
		if !reflect.DeepEqual(normal(t, got), normal(t, &it)) {
			t.Errorf("%q came back as %+v, not %+v", it.Label, got, it)
		}
	}
	for text, was := range found {
		if !was {
			t.Errorf("no item is explained by %q", text)
		}
	}
}

// meant is what is escaped in Markdown.
var meant = regexp.MustCompile(`\\.`)

func normal(t *testing.T, it *protocol.CompletionItem) map[string]any {
	t.Helper()
	b, err := protocol.Marshal(it)
	must(t, err)
	var m map[string]any
	must(t, json.Unmarshal(b, &m))
	return m
}

// What is no data of ours comes back as it is.
func TestCompletionResolveHostile(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(protocol.PositionEncodingKindUTF8)})
	many := `[` + strings.Repeat(`{"says":"person","with":["times","1","commits","2"]},`, 10000) + `{}]`
	for _, data := range []string{
		``, `null`, `1`, `"x"`, `{}`, `[]`, `[1]`, `[null]`, `[{"says":"nonesuch"}]`, `[{"says":1}]`, `{"says":"person"}`, `[[[[[[]]]]]]`,
	} {
		got, err := e.server.CompletionResolve(t.Context(), &protocol.CompletionItem{Label: "x", Data: protocol.LSPAny(data)})
		must(t, err)
		if got.Documentation != nil || got.Label != "x" {
			t.Errorf("%s: %+v", data, got)
		}
	}
	for data, want := range map[string]string{
		`[{"says":"person"}]`:                                "Named {times} times; commits read: {commits}.",
		`[{"says":"person","with":["times"]}]`:               "Named {times} times; commits read: {commits}.",
		`[{"says":"person","with":["times","{commits}"]}]`:   "Named {commits} times; commits read: {commits}.",
		`[{"says":"text","with":["text","a\n# *b*\u0000"]}]`: `a # \*b\*`,
	} {
		got, err := e.server.CompletionResolve(t.Context(), &protocol.CompletionItem{Label: "x", Data: protocol.LSPAny(data)})
		must(t, err)
		if doc, ok := got.Documentation.(*protocol.MarkupContent); !ok || doc.Value != want {
			t.Errorf("%s: %+v", data, got.Documentation)
		}
	}
	got, err := e.server.CompletionResolve(t.Context(), &protocol.CompletionItem{Label: "x", Data: protocol.LSPAny(many)})
	must(t, err)
	if doc := got.Documentation.(*protocol.MarkupContent); len(doc.Value) > 1000 {
		t.Errorf("%d bytes of documentation", len(doc.Value))
	}
	kept := protocol.String("its own")
	got, err = e.server.CompletionResolve(t.Context(), &protocol.CompletionItem{Label: "x", Documentation: kept, Data: protocol.LSPAny(`[{"says":"fixes"}]`)})
	must(t, err)
	if got.Documentation != protocol.InlayHintTooltip(kept) {
		t.Errorf("documentation became %v", got.Documentation)
	}
}

// An item of a policy file has its documentation, and keeps it.
func TestCompletionResolvePolicyFile(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(protocol.PositionEncodingKindUTF8)})
	u := r.uri(".colophon.yaml")
	e.open(u, "yaml", "version: 1\n")
	items := e.complete(u, protocol.Position{Line: 1})
	if len(items) == 0 {
		t.Fatal("no items")
	}
	got, err := e.server.CompletionResolve(t.Context(), &items[0])
	must(t, err)
	if got.Documentation != items[0].Documentation || got.Documentation == nil {
		t.Errorf("%v became %v", items[0].Documentation, got.Documentation)
	}
}

// Who types one of the trigger characters elsewhere is left alone.
func TestCompletionTriggers(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("core/a.c", 2)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(protocol.PositionEncodingKindUTF8)})
	if want := []string{":", " ", ",", "("}; !slices.Equal(e.caps.CompletionProvider.TriggerCharacters, want) || !yes(e.caps.CompletionProvider.ResolveProvider) {
		t.Errorf("completion is offered as %+v", e.caps.CompletionProvider)
	}
	for _, c := range []struct {
		marked string
		want   bool
	}{
		{"core:¦", false}, {"core: ¦", false}, {"add (¦", false}, {"s\n\nSome ¦", false}, {"s\n\nText,¦", false}, {"s\n\nText (¦\n", false},
		{"s\n\nNote:¦\n", false}, {"s\n\nText.\n\nNote: ¦\n", false}, {"s\n\n- Fixes: ¦\n", false}, {"s\n\n ¦\n", false}, {"s\n\n,¦", false}, {"s\n\nText.\n\n:¦", false},
		{"s\n\nText.\n\n# AI-used-for: ¦\n", false}, {"\n\n ¦\n# x\n", false},
		{"s\n\nText.\n\n# ------------------------ >8 ------------------------\n# Do not modify\ndiff --git a b\n+AI-used-for: ¦\n", false},
		{"s\n\nText.\n\nAI-used-for:¦\n", true}, {"s\n\nText.\n\nAI-used-for: ¦\n", true}, {"s\n\nText.\n\nAI-used-for: docs,¦\n", true}, {"s\n\nText.\n\nAI-used-for: code (¦\n", true},
	} {
		text, offset := cut(t, c.marked)
		e.opened(r.message(), "gitcommit", text)
		by := text[offset-1 : offset]
		list := e.completeList(&protocol.CompletionParams{
			TextDocumentPositionParams: position(r.message(), positionAt(text, offset, protocol.PositionEncodingKindUTF8)),
			Context:                    protocol.CompletionContext{TriggerKind: protocol.CompletionTriggerKindTriggerCharacter, TriggerCharacter: &by},
		})
		if got := len(list.Items) > 0; got != c.want {
			t.Errorf("%q: %q", c.marked, labels(list.Items))
		}
	}
}

// heldLog is a git whose log stops until the test lets it go on.
func heldLog(t *testing.T) *held {
	t.Helper()
	git, err := exec.LookPath("git")
	must(t, err)
	dir := t.TempDir()
	h := &held{t: t, fifo: filepath.Join(dir, "go")}
	must(t, exec.Command("mkfifo", h.fifo).Run())
	script := fmt.Sprintf("#!/bin/sh\nfor a; do\n\tif [ \"$a\" = log ]; then read -r _ <'%s'; fi\ndone\nexec '%s' \"$@\"\n", h.fifo, git)
	must(t, os.WriteFile(filepath.Join(dir, "git"), []byte(script), 0o777))
	t.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
	return h
}

// While git reads the history, what is known is offered and the client told to ask
// again; a second request starts no second git.
func TestCompletionWaitsNotForHistory(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.by("Ann", "ann@example.org", "One\n")
	h := heldLog(t)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(protocol.PositionEncodingKindUTF8)})
	at := e.at(r, "s\n\nText.\n\nSigned-off-by: ¦\n")
	for range 2 {
		list := e.completeList(&protocol.CompletionParams{TextDocumentPositionParams: position(r.message(), at)})
		if !list.IsIncomplete || !slices.Equal(labels(list.Items), []string{"Jo Doe <jo@example.org>"}) {
			t.Errorf("while git reads: %v, %q", list.IsIncomplete, labels(list.Items))
		}
	}
	h.letGo()
	want := []string{"Jo Doe <jo@example.org>", "Ann <ann@example.org>"}
	if got := labels(e.completeRead(r.message(), at).Items); !slices.Equal(got, want) {
		t.Errorf("afterwards: %q, want %q", got, want)
	}
}

// A git that does not end is ended with the session, and a request that is cancelled
// meanwhile harms none after it.
func TestCompletionCancelled(t *testing.T) {
	r := newRepo(t, examplePolicy)
	heldLog(t)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(protocol.PositionEncodingKindUTF8)})
	at := e.at(r, "s\n\nText.\n\nReviewed-by: ¦\n")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _ = e.server.Completion(ctx, &protocol.CompletionParams{TextDocumentPositionParams: position(r.message(), at)})
	if got := e.complete(r.message(), e.at(r, "s\n\nText.\n\nAI-used-for: ¦\n")); len(got) == 0 {
		t.Error("nothing is offered after a cancelled request")
	}
	e.complete(r.message(), e.at(r, "s\n\nText.\n\nReviewed-by: ¦\n")) // git is running when the server is told to leave
}

// Many requests in a row, each for another text, are all answered right.
func TestCompletionInARow(t *testing.T) {
	r := peopleRepo(t)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(protocol.PositionEncodingKindUTF8)})
	want := labels(e.completeRead(r.message(), e.at(r, "s\n\nText.\n\nReviewed-by: ¦\n")).Items)
	at := e.at(r, "s\n\nText.\n\nReviewed-by: ¦\n")
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			got, err := e.server.Completion(t.Context(), &protocol.CompletionParams{TextDocumentPositionParams: position(r.message(), at)})
			list, ok := got.(*protocol.CompletionList)
			if err != nil || !ok || !slices.Equal(labels(list.Items), want) {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
	wg.Wait()
}

// A long list is cut, and the client told that there is more.
func TestCompletionIsBounded(t *testing.T) {
	r := newRepo(t, examplePolicy)
	for i := range 60 {
		r.by(fmt.Sprintf("P%02d", i), fmt.Sprintf("p%d@example.org", i), "x\n")
	}
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(protocol.PositionEncodingKindUTF8)})
	list := e.completeRead(r.message(), e.at(r, "s\n\nText.\n\nReviewed-by: ¦\n"))
	if len(list.Items) != maxOffers || !list.IsIncomplete {
		t.Errorf("%d items, incomplete: %v", len(list.Items), list.IsIncomplete)
	}
	list = e.completeRead(r.message(), e.at(r, "s\n\nText.\n\nReviewed-by: P00¦\n"))
	if got := labels(list.Items); !slices.Equal(got, []string{"P00 <p0@example.org>"}) {
		t.Errorf("the oldest is found as %q", got)
	}
}
