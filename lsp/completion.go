package lsp

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/message"
)

// triggers are the characters behind which something may be offered: a trailer's
// separator and the blank behind it, the comma between kinds, and the parenthesis
// of a note. In prose the answer to them is empty.
func triggers() []string { return []string{":", " ", ",", "("} }

// Completion offers what can stand at the caret: trailers where git will see them,
// and what this policy and the history know behind a trailer's colon.
func (s *server) Completion(ctx context.Context, p *protocol.CompletionParams) (protocol.CompletionResult, error) {
	list := &protocol.CompletionList{Items: []protocol.CompletionItem{}}
	if f := s.policyFile(p.TextDocument.URI); f != nil {
		list.Items = append(list.Items, f.complete(p.Position)...)
		return list, nil
	}
	pg, err := s.judged(ctx, p.TextDocument.URI)
	if pg == nil {
		return list, err
	}
	o := offers{page: pg, client: s.client, items: list.Items, triggered: p.Context.TriggerKind == protocol.CompletionTriggerKindTriggerCharacter}
	o.complete(ctx, pg.at(p.Position))
	list.Items, list.IsIncomplete = o.items, o.more
	return list, nil
}

// spot is the caret in its line.
type spot struct {
	line  message.Line
	at    int
	end   int    // of the line, without its ending
	token string // what stands in front of the separator; "" where there is none
	value int    // behind the separator
	odd   bool   // no trailer begins like this line
}

// typed is what stands in front of the caret.
func (o *offers) typed(from int, c spot) string { return o.m.Text[from:c.at] }

func (o *offers) complete(ctx context.Context, at int) {
	c, ok := o.spot(at)
	if !ok || o.completeAttestation(c) || c.odd {
		return
	}
	p := o.policy()
	switch {
	case c.token == "":
		o.completeKeys(c)
	case p.Approval.Trailer != "" && strings.EqualFold(c.token, p.Approval.Trailer):
		o.completeApproval(ctx, c)
	case p.Disclosure.Is(c.token) && len(p.Disclosure.Kinds) > 0:
		o.completeKinds(c)
	case p.Disclosure.Is(c.token):
		o.completeValue(ctx, c, p.Disclosure.Value)
	case c.line.Kind != message.TrailerLine && !o.m.Unwritten():
		// `Fixes:` or `Cc:` in prose
	case strings.EqualFold(c.token, "Fixes"):
		o.completeFixes(ctx, c)
	case namesPeople(c.token) && !forbids(p, c.token):
		o.completePeople(ctx, c)
	}
}

// spot finds the caret, unless it is where nothing is offered: in the subject, in a
// comment, below the scissors.
func (o *offers) spot(at int) (spot, bool) {
	m := o.m
	if at > m.Cut || m.Cut < len(m.Text) && at == m.Cut {
		return spot{}, false
	}
	line := lineAt(m, at)
	if line.Kind == message.Comment || line.Start == m.Subject.Start && !m.Empty() && !m.Unwritten() {
		return spot{}, false
	}
	// For the protocol a carriage return ends a line; git goes on behind it.
	start, end := o.doc.lines.line(int(o.doc.lines.position(at).Line))
	if start > line.Start || end < at {
		return spot{}, false
	}
	c := spot{line: line, at: at, end: end}
	before := m.Text[line.Start:at]
	colon := strings.IndexAny(before, m.Options.Separators)
	if colon < 0 {
		c.odd = strings.ContainsAny(before, " \t")
		return c, true
	}
	c.token = strings.TrimRight(before[:colon], " \t")
	c.value = line.Start + colon + 1
	c.odd = c.token == "" || strings.ContainsAny(c.token, " \t")
	return c, true
}

// lineAt is the line that the caret is on, blanks at its end included; behind
// the last line break that is an empty one.
func lineAt(m *message.Message, at int) message.Line {
	if n := len(m.Lines); n > 0 && at == m.Lines[n-1].Full.End && m.Text[at-1] != '\n' {
		return m.Lines[n-1]
	}
	if l, ok := m.LineAt(at); ok {
		return l
	}
	return message.Line{Span: message.Span{Start: at, End: at}, Kind: message.Blank, Paragraph: -1}
}

// rest is where a value begins that is replaced to the end of its line: behind the
// blanks that follow the colon, as far as the caret is not in front of them. What is
// missing there is lead.
func (o *offers) rest(c spot) (span message.Span, lead string) {
	from := c.value
	for from < c.at && (o.m.Text[from] == ' ' || o.m.Text[from] == '\t') {
		from++
	}
	if from == c.value {
		lead = " "
	}
	return message.Span{Start: from, End: c.end}, lead
}

// beside is how many trailers git sees but for one that begins there.
func beside(m *message.Message, at int) (n int) {
	for _, t := range m.Trailers {
		if t.Span.Start != at {
			n++
		}
	}
	return n
}

func paragraphs(m *message.Message) (n int) {
	for _, l := range m.Lines {
		n = max(n, l.Paragraph+1)
	}
	return n
}

// seen tells whether git will see the trailer that an edit writes, and no text
// beside it loses its paragraph to it. Above an unwritten subject the trailers
// wait for it, and leave a line free below it.
func seen(m *message.Message, e message.Edit) bool {
	text, err := message.Apply(m.Text[:m.Cut], []message.Edit{e})
	if err != nil {
		return false
	}
	options := m.Options
	options.Cut = message.CutNever // it is cut
	after := message.Parse(text, options)
	if beside(after, e.Span.Start) < beside(m, e.Span.Start) || m.Unwritten() && paragraphs(after) > paragraphs(m) {
		return false // it would begin a block of its own, and git sees the last one only
	}
	if after.Unwritten() {
		first := after.Paragraph(0)[0]
		return strings.Count(after.Text[:first.Start], "\n") > 1
	}
	above := message.Line{Kind: message.Blank}
	for _, l := range after.Lines {
		switch {
		case l.Start == e.Span.Start:
			return l.Kind == message.TrailerLine && (above.Kind != message.Other || lineAt(m, above.Start).Kind == message.Other)
		case l.Kind != message.Comment:
			above = l
		}
	}
	return false
}
