package lsp

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/message"
)

// shown is the buffer that git opens in an editor, in a folder of the repository, with
// a message above it.
func (r *repo) shown(written, in string, args ...string) string {
	r.t.Helper()
	saved := filepath.Join(r.t.TempDir(), "buffer")
	cmd := exec.Command("git", append([]string{"commit"}, args...)...)
	cmd.Dir = r.path(in)
	cmd.Env = append(slices.Clone(r.env), "GIT_EDITOR=f() { cp \"$1\" '"+saved+"'; false; }; f")
	if out, err := cmd.CombinedOutput(); err == nil {
		r.t.Fatalf("git commit %q shows no editor:\n%s", args, out)
	}
	text, err := os.ReadFile(saved)
	must(r.t, err)
	return written + string(text)
}

// structured is a repository with a change of each kind, on a forge.
func structured(t *testing.T, policy string) *repo {
	r := newRepo(t, policy)
	r.write("core/take.c", numbered(40))
	r.write("old.c", numbered(20)+"old\n")
	r.write("gone.c", "gone\n")
	r.write("dir/sub.c", "sub\n")
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "Files")
	r.git("remote", "add", "origin", "git@github.com:example/project.git")
	r.write("core/take.c", strings.Replace(strings.Replace(numbered(40), "line 5\n", "new 5\nnew 5b\n", 1), "line 30\n", "", 1))
	r.git("mv", "old.c", "new name.c")
	r.git("rm", "-q", "gone.c")
	r.write("ü.c", "ü\n")
	r.git("add", "-A")
	r.write("dir/sub.c", "sub\nmore\n")
	r.write("un: tracked", "")
	return r
}

func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "line %d\n", i+1)
	}
	return b.String()
}

const structuredMessage = `core: take faster

It copied each item. This reverts commit 0123456789abcdef0123456789abcdef01234567.
See #12.

Second thoughts.

Fixes: 89abcdef0123 ("core: take")
Signed-off-by: Jo Doe <jo@example.org>
`

// textAt is what a range of an answer covers.
func textAt(t testing.TB, text string, r protocol.Range, enc protocol.PositionEncodingKind) string {
	t.Helper()
	return text[offsetAt(t, text, r.Start, enc):offsetAt(t, text, r.End, enc)]
}

// Over the wire, with real git: each feature answers, in the form that the client takes.
func TestStructure(t *testing.T) {
	r := structured(t, "")
	text := r.shown(structuredMessage, "", "-v")
	for _, rich := range []bool{true, false} {
		caps := capabilities()
		if rich {
			caps.TextDocument.DocumentSymbol = &protocol.DocumentSymbolClientCapabilities{HierarchicalDocumentSymbolSupport: new(true)}
			caps.TextDocument.Definition = &protocol.DefinitionClientCapabilities{LinkSupport: new(true)}
			caps.TextDocument.DocumentLink = &protocol.DocumentLinkClientCapabilities{TooltipSupport: new(true)}
			caps.TextDocument.FoldingRange = &protocol.FoldingRangeClientCapabilities{FoldingRange: &protocol.ClientFoldingRangeOptions{CollapsedText: new(true)}}
			caps.TextDocument.SemanticTokens = protocol.SemanticTokensClientCapabilities{
				Formats: []protocol.TokenFormat{protocol.TokenFormatRelative}, TokenTypes: []string{"keyword", "string"},
			}
		}
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: caps})
		u := r.message()
		e.opened(u, "gitcommit", text)
		doc := protocol.TextDocumentIdentifier{URI: u}
		at := func(s string) protocol.TextDocumentPositionParams {
			return position(u, positionAt(text, strings.Index(text, s), e.caps.PositionEncoding))
		}

		symbols, err := e.server.DocumentSymbol(t.Context(), &protocol.DocumentSymbolParams{TextDocument: doc})
		must(t, err)
		switch symbols := symbols.(type) {
		case protocol.DocumentSymbolSlice:
			if !rich || len(symbols) < 5 {
				t.Errorf("symbols: %+v", symbols)
			}
		case protocol.SymbolInformationSlice:
			if rich || len(symbols) < 15 || symbols[0].Location.URI != u {
				t.Errorf("symbols: %+v", symbols)
			}
		}
		folds, err := e.server.FoldingRanges(t.Context(), &protocol.FoldingRangeParams{TextDocument: doc})
		must(t, err)
		if len(folds) == 0 || (folds[0].CollapsedText != nil) != rich {
			t.Errorf("folds: %+v", folds)
		}
		links, err := e.server.DocumentLink(t.Context(), &protocol.DocumentLinkParams{TextDocument: doc})
		must(t, err)
		if len(links) == 0 || (links[0].Tooltip != nil) != rich {
			t.Errorf("links: %+v", links)
		}
		if (e.caps.SemanticTokensProvider != nil) != rich {
			t.Errorf("tokens are offered: %v", e.caps.SemanticTokensProvider)
		}
		tokens := func() int {
			if !rich {
				return 0 // it is not asked for what was not offered
			}
			got, err := e.server.SemanticTokensFull(t.Context(), &protocol.SemanticTokensParams{TextDocument: doc})
			must(t, err)
			return len(got.Data) / 5
		}
		if n := tokens(); n != 0 {
			t.Errorf("%d tokens, and nobody has asked for them", n)
		}
		must(t, e.server.DidChangeConfiguration(t.Context(), &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny(`{"tokens":true}`)}))
		if n := tokens(); n > 0 != rich {
			t.Errorf("%d tokens", n)
		}
		lights, err := e.server.DocumentHighlight(t.Context(), &protocol.DocumentHighlightParams{TextDocumentPositionParams: at("core/take.c")})
		must(t, err)
		if len(lights) != 5 { // the list, and four times in the patch
			t.Errorf("highlights: %+v", lights)
		}
		selections, err := e.server.SelectionRange(t.Context(), &protocol.SelectionRangeParams{TextDocument: doc, Positions: []protocol.Position{{}, at("jo@").Position}})
		must(t, err)
		if len(selections) != 2 || textAt(t, text, selections[1].Range, e.caps.PositionEncoding) != "jo" {
			t.Errorf("selections: %+v", selections)
		}
		definition, err := e.server.Definition(t.Context(), &protocol.DefinitionParams{TextDocumentPositionParams: at("+new 5b")})
		must(t, err)
		var target uri.URI
		var line uint32
		switch d := definition.(type) {
		case protocol.DefinitionLinkSlice:
			if !rich || textAt(t, text, *d[0].OriginSelectionRange, e.caps.PositionEncoding) != "+new 5b" {
				t.Errorf("definition: %+v", d)
			}
			target, line = d[0].TargetURI, d[0].TargetRange.Start.Line
		case *protocol.Location:
			if rich {
				t.Errorf("definition: %+v", d)
			}
			target, line = d.URI, d.Range.Start.Line
		}
		if target != r.uri("core/take.c") || line != 5 {
			t.Errorf("definition: %s:%d", target, line)
		}
		if linked, err := e.server.LinkedEditingRange(t.Context(), &protocol.LinkedEditingRangeParams{TextDocumentPositionParams: at("core/")}); err != nil || linked != nil {
			t.Errorf("linked: %+v, %v", linked, err)
		}
		edits, err := e.server.OnTypeFormatting(t.Context(), &protocol.DocumentOnTypeFormattingParams{TextDocument: doc, Position: at(` 89abcdef`).Position, Ch: ":"})
		must(t, err)
		if edits == nil || len(edits) > 0 {
			t.Errorf("without a policy: %+v", edits)
		}
	}
}

// A document that is no commit message has no structure that we know of.
func TestStructureOfOthers(t *testing.T) {
	r := structured(t, "")
	e := startIn(r)
	u := r.uri("README")
	e.open(u, "gitcommit", structuredMessage)
	doc := protocol.TextDocumentIdentifier{URI: u}
	if got, err := e.server.DocumentSymbol(t.Context(), &protocol.DocumentSymbolParams{TextDocument: doc}); err != nil || fmt.Sprint(got) != "[]" {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := e.server.FoldingRanges(t.Context(), &protocol.FoldingRangeParams{TextDocument: doc}); err != nil || got == nil || len(got) > 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := e.server.DocumentLink(t.Context(), &protocol.DocumentLinkParams{TextDocument: doc}); err != nil || got == nil || len(got) > 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := e.server.SelectionRange(t.Context(), &protocol.SelectionRangeParams{TextDocument: doc}); err != nil || got == nil || len(got) > 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := e.server.Definition(t.Context(), &protocol.DefinitionParams{TextDocumentPositionParams: position(u, protocol.Position{})}); err != nil || got != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

// In the commit box a line with the comment character is text, and of a message whose
// end is not known nobody can tell the trailers.
func TestStructureOfHalfAMessage(t *testing.T) {
	p := pageOf(t, everything, "qemu-2026-09", "Subject\n\nBody\n\nSigned-off-by: Jo <jo@example.org>\n")
	if len(p.trailers()) != 1 || p.trailerAt(len("Subject\n\nBody\n\nSig")) == nil {
		t.Error("the trailer is not seen")
	}
	p.doc.shortened = true
	if p.trailers() != nil || p.trailerAt(len("Subject\n\nBody\n\nSig")) != nil || p.wantsBlank(len("Subject\n\nBody\n\nSigned-off-by:")) {
		t.Error("a trailer in the middle of a message")
	}
	if got := outline(p.symbols()); got != "Subject; Body (2 paragraphs)" {
		t.Error(got)
	}
	box := pageOf(t, everything, "", "Subject\n\n# Body\n#\tx: y\n")
	box.m = message.Parse(box.doc.text, message.Options{Cleanup: message.Whitespace})
	if got := outline(box.symbols()); !strings.HasPrefix(got, "Subject; Body (# Body)") {
		t.Error(got)
	}
	if got := box.folding(&everything); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}
