package lsp

import (
	"context"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// Completion offers the policy's trailer where a trailer can stand, and the
// kinds of use inside its value, those that the staged files suggest first.
func (s *server) Completion(ctx context.Context, p *protocol.CompletionParams) (protocol.CompletionResult, error) {
	none := &protocol.CompletionList{Items: []protocol.CompletionItem{}}
	if f := s.policyFile(p.TextDocument.URI); f != nil {
		none.Items = append(none.Items, f.complete(p.Position)...)
		return none, nil
	}
	pg, err := s.judged(ctx, p.TextDocument.URI)
	if pg == nil {
		return none, err
	}
	doc, k, m, at := pg.doc, pg.known, pg.m, pg.at(p.Position)
	if at > m.Cut || m.Cut < len(m.Text) && at == m.Cut {
		return none, nil
	}
	none.Items = append(none.Items, complete(doc, k, m, at)...)
	return none, nil
}

func complete(doc *document, k *known, m *message.Message, at int) []protocol.CompletionItem {
	d := &k.commit.Policy().Disclosure
	line := lineAt(m, at)
	if line.Kind == message.Comment || line.Start == m.Subject.Start && !m.Empty() && !m.Unwritten() {
		return nil
	}
	if items, ok := completeAttestation(doc, k, m, line, at); ok {
		return items
	}
	before := m.Text[line.Start:at]
	colon := strings.IndexAny(before, m.Options.Separators)
	switch {
	case colon >= 0 && k.commit.Policy().Approval.Trailer != "" && strings.EqualFold(strings.TrimSpace(before[:colon]), k.commit.Policy().Approval.Trailer):
		return completePeople(doc, k, m, line.Start+colon+1, at)
	case colon >= 0 && d.Is(strings.TrimSpace(before[:colon])):
		if len(d.Kinds) == 0 {
			return completeValue(doc, k, m, line.Start+colon+1, at)
		}
		return completeKinds(doc, k, m, line.Start+colon+1, at)
	case colon < 0 && !strings.ContainsAny(before, " \t"):
		return completeKeys(doc, k, m, line, at)
	}
	return nil
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

// completeKeys offers whole disclosures, the likeliest first, then the
// sign-off, where git will see them.
func completeKeys(doc *document, k *known, m *message.Message, line message.Line, at int) []protocol.CompletionItem {
	p := k.commit.Policy()
	seps := m.Options.Separators
	colon := seps[:1] + " "
	// The rest of the word is replaced, and a separator behind it.
	end := max(at, line.Start+len(strings.TrimRight(m.Slice(line.Full), "\r\n")))
	rest := m.Text[at:end]
	if i := strings.IndexAny(rest, seps+" \t"); i >= 0 {
		rest = rest[i:]
	} else {
		rest = ""
	}
	value := strings.TrimLeft(rest, " \t")
	isTrailer := value != "" && strings.Contains(seps, value[:1])
	if isTrailer {
		value = strings.TrimLeft(value[1:], " \t")
	} else if value != "" {
		return nil // text, and the caret in its first word
	}
	span := message.Span{Start: line.Start, End: end - len(value)}
	r := doc.lines.rng(span.Start, span.End)
	var items []protocol.CompletionItem
	add := func(text, detail string, first bool) {
		if !seen(m, message.Edit{Span: span, Text: text}) {
			return
		}
		items = append(items, protocol.CompletionItem{
			Label: text, Kind: protocol.CompletionItemKindProperty, Detail: protocol.NewOptional(detail),
			SortText:  protocol.NewOptional(fmt.Sprintf("%02d", len(items))),
			Preselect: protocol.NewOptional(first),
			TextEdit:  &protocol.TextEdit{Range: r, NewText: text},
		})
	}
	if value != "" { // it stays
		for i, token := range p.Disclosure.Tokens() {
			add(token+colon, p.Words(), i == 0)
		}
		return items
	}
	for i, v := range diagnostics.Proposals(k.input(m)) {
		for n, token := range p.Disclosure.Tokens() {
			add(token+colon+v, p.Words(), i == 0 && n == 0)
		}
	}
	if token := p.Approval.Trailer; token != "" {
		add(token+colon, "a maintainer's agreement", false)
	}
	if who := k.commit.Committer; p.SignOff.Required && who.Name != "" && who.Email != "" && !diagnostics.IsTool(who) {
		if text := fmt.Sprintf("Signed-off-by%s%s <%s>", colon, who.Name, who.Email); !strings.Contains(m.Text[:m.Cut], text) {
			add(text, "your sign-off", false)
		}
	}
	return items
}

// seen tells whether git will see the trailer that an edit writes, and no text
// beside it loses its paragraph to it. Above an unwritten subject the trailers
// wait for it.
func seen(m *message.Message, e message.Edit) bool {
	text, err := message.Apply(m.Text, []message.Edit{e})
	if err != nil {
		return false
	}
	after := message.Parse(text, m.Options)
	if after.Unwritten() {
		return true
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

// completeKinds offers the kinds that the value does not name yet. The word at
// the caret is replaced; inside a note nothing is offered.
func completeKinds(doc *document, k *known, m *message.Message, start, at int) []protocol.CompletionItem {
	d := &k.commit.Policy().Disclosure
	if strings.Count(m.Text[start:at], "(") > strings.Count(m.Text[start:at], ")") {
		return nil
	}
	end := at + len(m.Text[at:])
	if i := strings.IndexAny(m.Text[at:], "\r\n"); i >= 0 {
		end = at + i
	}
	from := start + strings.LastIndexAny(m.Text[start:at], ", \t)") + 1
	to := at
	for to < end && !strings.ContainsRune(", \t(", rune(m.Text[to])) {
		to++
	}
	behind := strings.TrimLeft(m.Text[to:end], " \t")
	if d.Value == policy.Kinds && behind != "" && behind[0] != ',' && behind[0] != '(' {
		return nil // the word runs on; a kind in front of it would be no item
	}
	there := make(map[string]bool)
	for _, value := range []string{m.Text[start:from], m.Text[to:end]} {
		for _, it := range d.Items(value) {
			there[it.Kind] = true
		}
	}
	// What is missing in front of the word: a blank behind the colon, a comma
	// behind the item before.
	lead, gap := "", ""
	items := strings.TrimRight(m.Text[start:from], " \t")
	switch {
	case from == start:
		lead = " "
	case d.Value == policy.Kinds && items != "" && !strings.HasSuffix(items, ","):
		lead = ", "
		gap = m.Text[start+len(items) : from]
		from = start + len(items)
	}
	r := doc.lines.rng(from, to)
	var offered []protocol.CompletionItem
	for _, kind := range proposedFirst(k, m) {
		if there[kind] {
			continue
		}
		offered = append(offered, protocol.CompletionItem{
			Label: kind, Kind: protocol.CompletionItemKindEnumMember,
			Detail:     protocol.NewOptional(k.commit.Policy().Words()),
			FilterText: protocol.NewOptional(gap + kind), // what stands in the range is its beginning
			SortText:   protocol.NewOptional(fmt.Sprintf("%02d", len(offered))),
			Preselect:  protocol.NewOptional(len(offered) == 0),
			TextEdit:   &protocol.TextEdit{Range: r, NewText: lead + kind},
		})
	}
	return offered
}

// completeValue offers what this change's disclosure would say in a grammar that
// names tools.
func completeValue(doc *document, k *known, m *message.Message, start, at int) []protocol.CompletionItem {
	end := len(m.Text)
	if i := strings.IndexAny(m.Text[at:], "\r\n"); i >= 0 {
		end = at + i
	}
	var items []protocol.CompletionItem
	for _, v := range diagnostics.Proposals(k.input(m)) {
		items = append(items, protocol.CompletionItem{
			Label: v, Kind: protocol.CompletionItemKindValue, Detail: protocol.NewOptional(k.commit.Policy().Words()),
			FilterText: protocol.NewOptional(m.Text[start:at] + v),
			TextEdit:   &protocol.TextEdit{Range: doc.lines.rng(start, end), NewText: " " + v},
		})
	}
	return items
}

// proposedFirst is every kind, those of the staged files in front.
func proposedFirst(k *known, m *message.Message) []string {
	var kinds []string
	seen := make(map[string]bool)
	for _, v := range diagnostics.Proposals(k.input(m)) {
		for kind := range strings.SplitSeq(v, ", ") {
			if !seen[kind] {
				seen[kind] = true
				kinds = append(kinds, kind)
			}
		}
	}
	return kinds
}
