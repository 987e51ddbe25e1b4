package lsp

import (
	"strings"

	"go.lsp.dev/protocol"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// completeAttestation offers, inside an attestation, the fields that are still
// missing at the start of a line, and behind a label what is known for it. It tells
// whether the caret is in one, where nothing else can stand.
func (o *offers) completeAttestation(c spot) bool {
	m := o.m
	a, there := diagnostics.AttestationOf(o.input())
	if !there {
		return false
	}
	for _, x := range a.Answers {
		if x.Label.End >= c.at || x.Label.Start < c.line.Start || x.Label.End > c.line.End || x.Propose == "" || x.From > c.at {
			continue
		}
		o.add(offer{
			label: x.Propose, kind: protocol.CompletionItemKindText, detail: x.Field.Label, about: o.aboutField(x.Field),
			span: message.Span{Start: x.From, End: c.end}, text: " " + x.Propose, filter: m.Text[x.From:c.at] + x.Propose,
		})
		return true
	}
	if o.policy().Attest.Form == policy.AttestTrailers || !inSection(m, a, c.line) {
		return false
	}
	typed := m.Text[c.line.Start:c.at]
	if strings.Contains(typed, ":") || o.triggered {
		return true
	}
	for _, x := range a.Missing {
		o.add(offer{
			label: x.Field.Label, kind: protocol.CompletionItemKindField, detail: words.CompleteAsked.With("policy", o.policy().Words()), about: o.aboutField(x.Field),
			span: message.Span{Start: c.line.Start, End: c.end}, text: x.Line, fill: unanswered(x.Line), filter: typed + x.Field.Label,
		})
	}
	return true
}

func (o *offers) aboutField(f policy.Field) []about {
	return append(says("text", "text", f.About), o.aboutOrigin()...)
}

// unanswered is what a line of an attestation leaves to be filled in.
func unanswered(line string) []string {
	start, end := strings.IndexByte(line, '<'), strings.LastIndexByte(line, '>')
	if start < 0 || end < start {
		return nil
	}
	return []string{line[start : end+1]}
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
