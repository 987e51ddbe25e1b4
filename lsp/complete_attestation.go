package lsp

import (
	"slices"
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
		if a, there = o.headed(c); !there {
			return false
		}
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
	lead := typed[:len(typed)-len(strings.TrimLeft(typed, " \t-*+"))]
	for _, x := range a.Missing {
		line := x.Line
		if bare, ok := strings.CutPrefix(line, "- "); ok && len(a.Answers) > 0 && !strings.HasPrefix(bare, "[") && o.bare(a.Answers[0]) {
			line = bare
		}
		o.add(offer{
			label: x.Field.Label, kind: protocol.CompletionItemKindField, detail: words.CompleteAsked.With("policy", o.policy().Words()), about: o.aboutField(x.Field),
			span: message.Span{Start: c.line.Start, End: c.end}, text: line, fill: unanswered(line), filter: lead + x.Field.Label,
		})
	}
	return true
}

// bare tells whether an answer has no bullet; then the next has none.
func (o *offers) bare(x diagnostics.Answer) bool {
	return strings.TrimSpace(o.m.Text[lineAround(o.m.Text, x.Label.Start).Start:x.Label.Start]) == ""
}

// headed is the attestation that would be there if an answer stood on this line: a
// heading alone may be any text.
func (o *offers) headed(c spot) (a diagnostics.Attested, ok bool) {
	p := o.policy()
	if p.Attest.Form == policy.AttestTrailers || len(p.Attest.Fields) == 0 || c.line.Start == 0 ||
		!diagnostics.IsHeading(o.m.Slice(lineAround(o.m.Text, c.line.Start-1)), p) {
		return a, false
	}
	with := func(f policy.Field) (diagnostics.Attested, bool) {
		text, err := message.Apply(o.m.Text, []message.Edit{{Span: message.Span{Start: c.line.Start, End: c.end}, Text: f.Label + ": x"}})
		if err != nil {
			return diagnostics.Attested{}, false
		}
		return diagnostics.AttestationOf(o.known.input(message.Parse(text, o.m.Options)))
	}
	for i, f := range p.Attest.Fields {
		b, there := with(f)
		if !there {
			return a, false
		}
		if i == 0 { // all but this one
			a.Heading, a.Missing = b.Heading, b.Missing
			continue
		}
		for _, x := range b.Missing {
			if x.Field.Name == p.Attest.Fields[0].Name {
				a.Missing = slices.Insert(a.Missing, 0, x)
			}
		}
		break
	}
	return a, true
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
