package lsp

import (
	"fmt"
	"strings"

	"go.lsp.dev/protocol"
)

// snippet is a text with a tab stop for each placeholder in it, in the syntax of
// the protocol. The placeholders come in their order; one that is not there is
// left out.
func snippet(text string, fill []string) string {
	var b strings.Builder
	stop := 0
	for _, placeholder := range fill {
		before, behind, ok := strings.Cut(text, placeholder)
		if !ok {
			continue
		}
		stop++
		fmt.Fprintf(&b, "%s${%d:%s}", escapeSnippet(before), stop, escapeSnippet(placeholder))
		text = behind
	}
	return b.String() + escapeSnippet(text)
}

var escapeSnippet = strings.NewReplacer(`\`, `\\`, `$`, `\$`, `}`, `\}`).Replace

// snippetEdit is an edit with tab stops.
func snippetEdit(e protocol.TextEdit, fill []string) *protocol.SnippetTextEdit {
	return &protocol.SnippetTextEdit{Range: e.Range, Snippet: protocol.StringValue{Kind: "snippet", Value: snippet(e.NewText, fill)}}
}
