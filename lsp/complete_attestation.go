package lsp

import (
	"fmt"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// completeAttestation offers, inside an attestation, the fields that are still
// missing at the start of a line, and behind a label what is known for it. ok is
// false outside any.
func completeAttestation(doc *document, k *known, m *message.Message, line message.Line, at int) (items []protocol.CompletionItem, ok bool) {
	a, there := diagnostics.AttestationOf(k.input(m))
	if !there {
		return nil, false
	}
	for _, x := range a.Answers {
		if x.Label.End >= at || x.Label.Start < line.Start || x.Label.End > line.End || x.Propose == "" {
			continue
		}
		start := x.From
		if start > at {
			continue
		}
		add := protocol.CompletionItem{
			Label: x.Propose, Kind: protocol.CompletionItemKindText, Detail: protocol.NewOptional(x.Field.Label),
			Documentation: protocol.String(x.Field.About),
			FilterText:    protocol.NewOptional(m.Text[start:at] + x.Propose),
			TextEdit:      &protocol.TextEdit{Range: doc.lines.rng(start, line.End), NewText: " " + x.Propose},
		}
		return []protocol.CompletionItem{add}, true
	}
	if k.commit.Policy().Attest.Form == policy.AttestTrailers || !inSection(m, a, line) {
		return nil, false
	}
	typed := m.Text[line.Start:at]
	if strings.Contains(typed, ":") {
		return nil, true
	}
	for i, x := range a.Missing {
		items = append(items, protocol.CompletionItem{
			Label: x.Field.Label, Kind: protocol.CompletionItemKindField, Detail: protocol.NewOptional("asked by " + k.commit.Policy().Words()),
			Documentation: protocol.String(x.Field.About),
			SortText:      protocol.NewOptional(fmt.Sprintf("%02d", i)),
			FilterText:    protocol.NewOptional(typed + x.Field.Label),
			TextEdit:      &protocol.TextEdit{Range: doc.lines.rng(line.Start, line.End), NewText: x.Line},
		})
	}
	return items, true
}

// inSection tells whether a line follows the heading without an empty one between,
// or is the empty one right behind the last answer.
func inSection(m *message.Message, a diagnostics.Attested, line message.Line) bool {
	last := a.Heading.End
	for _, x := range a.Answers {
		last = max(last, x.Value.End, x.Label.End)
	}
	if line.Start <= a.Heading.Start {
		return false
	}
	between := m.Text[min(last, line.Start):line.Start]
	return line.Start <= last || strings.Count(between, "\n") == 1
}
