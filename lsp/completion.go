package lsp

import (
	"context"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/diagnostics"
	"colophon/message"
)

// Completion offers the policy's trailer where a trailer can stand, and the
// kinds of use inside its value, those that the staged files suggest first.
func (s *server) Completion(_ context.Context, p *protocol.CompletionParams) (protocol.CompletionResult, error) {
	none := &protocol.CompletionList{Items: []protocol.CompletionItem{}}
	ses := s.session(p.TextDocument.URI)
	doc, ok := s.docs.get(p.TextDocument.URI)
	if ses == nil || !ok {
		return none, nil
	}
	k := ses.now()
	if k == nil || k.commit.Found == nil || k.commit.Policy().Disclosure.Trailer == "" {
		return none, nil
	}
	m := k.commit.Parse(doc.text)
	at := doc.lines.offset(p.Position)
	if at > m.Cut || m.Cut < len(m.Text) && at == m.Cut {
		return none, nil
	}
	none.Items = append(none.Items, complete(doc, k, m, at)...)
	return none, nil
}

func complete(doc *document, k *known, m *message.Message, at int) []protocol.CompletionItem {
	d := &k.commit.Policy().Disclosure
	line, ok := m.LineAt(at)
	if !ok {
		line = message.Line{Span: message.Span{Start: at, End: at}, Kind: message.Blank, Paragraph: -1}
	}
	if line.Kind == message.Comment {
		return nil
	}
	before := m.Text[line.Start:at]
	token, value, isTrailer := strings.Cut(before, ":")
	switch {
	case isTrailer && strings.EqualFold(strings.TrimSpace(token), d.Trailer):
		return completeKinds(doc, k, m, at-len(value), at)
	case !isTrailer && !strings.ContainsAny(before, " \t") && belowSubject(m, line):
		return completeKeys(doc, k, m, line, at)
	}
	return nil
}

// belowSubject tells whether a trailer may start on this line: below the
// subject, on an empty line or in the last paragraph.
func belowSubject(m *message.Message, line message.Line) bool {
	if m.Empty() || line.Kind == message.Subject || line.Start <= m.Subject.Start {
		return m.Unwritten() && line.Start > 0
	}
	return line.Kind == message.Blank || line.Paragraph == m.LastParagraph()
}

// completeKeys offers whole disclosures, the likeliest first, then the
// sign-off.
func completeKeys(doc *document, k *known, m *message.Message, line message.Line, at int) []protocol.CompletionItem {
	p := k.commit.Policy()
	end := at // the rest of the word is replaced, what stands behind it is not
	for end < line.End && m.Text[end] != ':' && m.Text[end] != ' ' {
		end++
	}
	if end < line.End && m.Text[end] == ':' {
		end++
		for end < line.End && m.Text[end] == ' ' {
			end++
		}
	}
	r := doc.lines.rng(line.Start, end)
	var items []protocol.CompletionItem
	add := func(text, detail string, first bool) {
		items = append(items, protocol.CompletionItem{
			Label: text, Kind: protocol.CompletionItemKindProperty, Detail: protocol.NewOptional(detail),
			SortText:  protocol.NewOptional(fmt.Sprintf("%02d", len(items))),
			Preselect: protocol.NewOptional(first),
			TextEdit:  &protocol.TextEdit{Range: r, NewText: text},
		})
	}
	if end > at && end <= line.End && line.End > end { // a value stands there already
		add(p.Disclosure.Trailer+": ", p.Words(), true)
	} else {
		for i, v := range diagnostics.Proposals(k.commit.Input(m, k.change)) {
			add(p.Disclosure.Trailer+": "+v, p.Words(), i == 0)
		}
	}
	if who := k.commit.Committer; p.SignOff.Required && who.Name != "" && who.Email != "" && !diagnostics.IsTool(who) {
		add(fmt.Sprintf("Signed-off-by: %s <%s>", who.Name, who.Email), "your sign-off", false)
	}
	return items
}

// completeKinds offers the kinds that the value does not name yet. The word at
// the caret is replaced; inside a note nothing is offered.
func completeKinds(doc *document, k *known, m *message.Message, start, at int) []protocol.CompletionItem {
	d := &k.commit.Policy().Disclosure
	lineEnd := start
	for lineEnd < len(m.Text) && m.Text[lineEnd] != '\n' && m.Text[lineEnd] != '\r' {
		lineEnd++
	}
	value := m.Text[start:lineEnd]
	if open := strings.Count(m.Text[start:at], "("); open > strings.Count(m.Text[start:at], ")") {
		return nil
	}
	from := start + strings.LastIndexAny(m.Text[start:at], ", \t)") + 1
	to := at
	for to < lineEnd && !strings.ContainsRune(", \t(", rune(m.Text[to])) {
		to++
	}
	there := make(map[string]bool)
	for _, it := range d.Items(value) {
		if name := (message.Span{Start: start + it.Name.Start, End: start + it.Name.End}); !name.Contains(at) {
			there[it.Kind] = true
		}
	}
	lead := ""
	if from == start { // directly behind the colon
		lead = " "
	}
	r := doc.lines.rng(from, to)
	var items []protocol.CompletionItem
	for _, kind := range proposedFirst(k, m) {
		if there[kind] {
			continue
		}
		items = append(items, protocol.CompletionItem{
			Label: kind, Kind: protocol.CompletionItemKindEnumMember,
			Detail:     protocol.NewOptional(k.commit.Policy().Words()),
			FilterText: protocol.NewOptional(lead + kind),
			SortText:   protocol.NewOptional(fmt.Sprintf("%02d", len(items))),
			Preselect:  protocol.NewOptional(len(items) == 0),
			TextEdit:   &protocol.TextEdit{Range: r, NewText: lead + kind},
		})
	}
	return items
}

// proposedFirst is every kind, those of the staged files in front.
func proposedFirst(k *known, m *message.Message) []string {
	var kinds []string
	seen := make(map[string]bool)
	for _, v := range diagnostics.Proposals(k.commit.Input(m, k.change)) {
		for kind := range strings.SplitSeq(v, ", ") {
			if !seen[kind] {
				seen[kind] = true
				kinds = append(kinds, kind)
			}
		}
	}
	return kinds
}
