package lsp

import (
	"context"
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
	policy.Mapping: protocol.SymbolKindObject,
}

// DocumentSymbol lists the keys of a policy file.
func (s *server) DocumentSymbol(_ context.Context, p *protocol.DocumentSymbolParams) (protocol.DocumentSymbolResult, error) {
	f := s.policyFile(p.TextDocument.URI)
	if f == nil {
		return protocol.DocumentSymbolSlice{}, nil
	}
	doc, d := f.read()
	if d == nil {
		return protocol.DocumentSymbolSlice{}, nil
	}
	tree := symbolTree(doc, d.Symbols(), maxSymbolDepth)
	if s.client.symbolTree {
		return protocol.DocumentSymbolSlice(tree), nil
	}
	flat := protocol.SymbolInformationSlice{}
	var walk func(symbols []protocol.DocumentSymbol, in *string)
	walk = func(symbols []protocol.DocumentSymbol, in *string) {
		for i := range symbols {
			y := &symbols[i]
			flat = append(flat, protocol.SymbolInformation{
				BaseSymbolInformation: protocol.BaseSymbolInformation{Name: y.Name, Kind: y.Kind, ContainerName: in},
				Location:              protocol.Location{URI: doc.uri, Range: y.Range},
			})
			walk(y.Children, &y.Name)
		}
	}
	walk(tree, nil)
	return flat, nil
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
