package lsp

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

// Twenty requests after each change, as VS Code may send them while a person moves
// the caret about.
func BenchmarkCodeActions(b *testing.B) {
	list := "# Please enter the commit message for your changes.\n#\n# Changes to be committed:\n"
	for i := range 40 {
		list += fmt.Sprintf("#\tmodified:   hw/net/a-rather-long-name-of-a-file-%d.c\n", i)
	}
	short := strings.Replace(wrong, "AI-used-for: testing\n", "AI-used-for: testing\nReviewed-by: Rae Roe <rae@example.org>\n", 1) + list
	const added = "+\tx = x + 1; /* a line of a patch that is shown below */\n"
	long := short + "# ------------------------ >8 ------------------------\n# Do not modify or remove the line above.\n" +
		"diff --git a/net/e1000.c b/net/e1000.c\nindex 111..222 100644\n--- a/net/e1000.c\n+++ b/net/e1000.c\n@@ -1,1 +1,20000 @@\n" +
		strings.Repeat(added, (1<<20)/len(added))
	for _, tt := range []struct {
		name, text string
		kind       protocol.CodeActionTriggerKind
	}{
		{"3kB/lightbulb", short, protocol.CodeActionTriggerKindAutomatic},
		{"3kB/invoked", short, protocol.CodeActionTriggerKindInvoked},
		{"1MB/lightbulb", long, protocol.CodeActionTriggerKindAutomatic},
		{"1MB/invoked", long, protocol.CodeActionTriggerKindInvoked},
	} {
		b.Run(tt.name, func(b *testing.B) {
			r := newRepo(b, examplePolicy)
			r.stage("net/e1000.c", 2)
			s := newServer(newConn(&pipes{}, zap.NewNop()), Options{Log: zap.NewNop(), Env: r.env})
			ctx, u := context.Background(), r.message()
			caps := lazy()
			caps.TextDocument.Diagnostic = &protocol.DiagnosticClientCapabilities{} // nothing is pushed
			_, err := s.Initialize(ctx, &protocol.InitializeParams{Capabilities: caps})
			must(b, err)
			must(b, s.DidOpen(ctx, &protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{
				URI: u, LanguageID: "gitcommit", Version: 1, Text: tt.text,
			}}))
			<-s.session(u).staged
			ask := &protocol.CodeActionParams{
				TextDocument: protocol.TextDocumentIdentifier{URI: u},
				Range:        protocol.Range{Start: protocol.Position{Line: 4}, End: protocol.Position{Line: 4}},
				Context:      protocol.CodeActionContext{TriggerKind: tt.kind},
			}
			for version := int32(2); b.Loop(); version++ {
				must(b, s.DidChange(ctx, &protocol.DidChangeTextDocumentParams{
					TextDocument: protocol.VersionedTextDocumentIdentifier{TextDocumentIdentifier: ask.TextDocument, Version: version},
					ContentChanges: []protocol.TextDocumentContentChangeEvent{&protocol.TextDocumentContentChangePartial{
						Range: protocol.Range{Start: protocol.Position{Line: 2}, End: protocol.Position{Line: 2}}, Text: "x",
					}},
				}))
				for range 20 {
					got, err := s.CodeAction(ctx, ask)
					must(b, err)
					if len(got) == 0 {
						b.Fatal("nothing is offered")
					}
				}
			}
			s.closeAll()
			s.looking.Wait()
		})
	}
}
