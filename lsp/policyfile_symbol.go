package lsp

import (
	"strings"

	"go.lsp.dev/protocol"

	"colophon/policy"
)

// maxSymbolDepth is deeper than anything that the language nests.
const maxSymbolDepth = 12

var symbolKinds = map[policy.Kind]protocol.SymbolKind{
	policy.Text:    protocol.SymbolKindString,
	policy.Number:  protocol.SymbolKindNumber,
	policy.Truth:   protocol.SymbolKindBoolean,
	policy.List:    protocol.SymbolKindArray,
	policy.Mapping: protocol.SymbolKindModule,
}

// symbols are the keys of a policy file.
func (f *policyFile) symbols() []protocol.DocumentSymbol {
	doc, d := f.read()
	if d == nil {
		return nil
	}
	return symbolTree(doc, d.Symbols(), maxSymbolDepth)
}

func symbolTree(doc *document, symbols []policy.Symbol, depth int) []protocol.DocumentSymbol {
	out := []protocol.DocumentSymbol{}
	if depth == 0 {
		return out
	}
	for _, y := range symbols {
		one := protocol.DocumentSymbol{
			Name: strings.TrimSpace(y.Name), Kind: symbolKinds[y.Kind],
			Range: doc.lines.rng(y.Whole.Start, y.Whole.End), SelectionRange: doc.lines.rng(y.Span.Start, y.Span.End),
		}
		if one.Name == "" {
			one.Name = "–" // the protocol wants a name
		}
		if y.Detail != "" {
			one.Detail = &y.Detail
		}
		if len(y.Below) > 0 {
			one.Children = symbolTree(doc, y.Below, depth-1)
		}
		out = append(out, one)
	}
	return out
}
