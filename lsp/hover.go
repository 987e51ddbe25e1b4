package lsp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// Hover says what the thing under the caret means in this project: a trailer's
// key, an item of its value, or, on the first line, the commit as a whole.
func (s *server) Hover(ctx context.Context, p *protocol.HoverParams) (*protocol.Hover, error) {
	if f := s.policyFile(p.TextDocument.URI); f != nil {
		return f.hover(ctx, p.Position)
	}
	pg, err := s.judged(ctx, p.TextDocument.URI)
	if pg == nil {
		return nil, err
	}
	text, span := hoverAt(pg.m, pg.known, pg.at(p.Position))
	if text == "" {
		return nil, nil
	}
	r := pg.rng(span)
	return &protocol.Hover{Contents: s.markup(text), Range: &r}, nil
}

// markup is Markdown, or its plain reading for a client that shows none.
func (s *server) markup(text string) *protocol.MarkupContent {
	if s.client.markdown {
		return &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: text}
	}
	return &protocol.MarkupContent{Kind: protocol.MarkupKindPlainText, Value: strings.NewReplacer("`", "", "**", "").Replace(text)}
}

func hoverAt(m *message.Message, k *known, at int) (string, message.Span) {
	p := k.commit.Policy()
	if a, ok := diagnostics.AttestationOf(k.input(m)); ok {
		for _, x := range a.Answers {
			if x.Label.Contains(at) || x.Value.Len() > 0 && x.Value.Contains(at) {
				return hoverField(p, &x.Field), x.Label
			}
		}
		if a.Heading.Contains(at) {
			return "What " + p.Words() + " asks a person to state about AI help with this change." + origin(p, p.Attest.Mark), a.Heading
		}
	}
	for _, t := range m.Trailers {
		switch {
		case t.TokenSpan.Contains(at):
			return hoverKey(p, t.Token), t.TokenSpan
		case t.ValueSpan.Len() > 0 && t.ValueSpan.Contains(at) && p.Disclosure.Is(t.Token) && len(p.Disclosure.Kinds) > 0:
			for _, it := range p.Disclosure.Items(t.Value) {
				if span := t.At(it.Span); span.Contains(at) {
					return hoverItem(p, t.Value, it), span
				}
			}
		case t.ValueSpan.Contains(at):
			return hoverKey(p, t.Token), t.Span
		}
	}
	first := m.Subject
	if m.Empty() || m.Unwritten() {
		first = message.Span{}
	}
	if first.Contains(at) {
		return hoverCommit(k, m), first
	}
	return "", message.Span{}
}

// origin is where a rule comes from: status, date, source, and what is ours.
func origin(p *policy.Policy, ours policy.Interpretation) string {
	text := fmt.Sprintf("\n\n%s, %s", p.Name, strings.ReplaceAll(string(p.Status), "-", " "))
	if p.AsOf != "" {
		text += ", as of " + p.AsOf
	}
	if p.Source != "" {
		text += ": " + p.Source
	}
	if ours != "" {
		text += "\n\nColophon's interpretation: " + string(ours) + "."
	}
	return text
}

func hoverKey(p *policy.Policy, token string) string {
	d := &p.Disclosure
	if own := d.Own(token); own != "" {
		token = own
		text := fmt.Sprintf("`%s` says where AI was used with this change.", token)
		if form := policy.FormOf(d.Value); form != nil && d.Value != policy.Kinds && d.Value != "" {
			text = fmt.Sprintf("`%s` says that AI was used with this change. Its value: %s For example: `%s`.", token, form.About, form.Example)
		}
		for _, a := range d.Also {
			if strings.EqualFold(a.Trailer, token) && a.For != "" {
				text += fmt.Sprintf(" This one is for %s.", a.For)
			}
		}
		if d.Attests != "" {
			text += " " + d.Attests
		}
		if d.Value == policy.Kinds {
			text += fmt.Sprintf(" It takes %s, each with an optional note in parentheses.", strings.Join(d.Kinds, ", "))
		}
		if d.Background != "" {
			text += fmt.Sprintf(" Not needed for %s.", d.Background)
		}
		return text + origin(p, d.Mark)
	}
	if a := &p.Approval; a.Trailer != "" && strings.EqualFold(token, a.Trailer) {
		return fmt.Sprintf("`%s` records who agreed beforehand that AI helps with this change. Only that person can agree.", a.Trailer) + origin(p, a.Mark)
	}
	for _, f := range p.Forbidden {
		if f.Trailer != "" && strings.EqualFold(token, f.Trailer) {
			who := "with an AI in it "
			if f.When == "always" {
				who = ""
			}
			return fmt.Sprintf("`%s` %sis not taken here: %s.", f.Trailer, who, f.Why) + origin(p, "")
		}
	}
	if strings.EqualFold(token, "Signed-off-by") && p.SignOff.Required {
		return fmt.Sprintf("`Signed-off-by` certifies the Developer Certificate of Origin; %s.", p.SignOff.Why) + origin(p, "")
	}
	return ""
}

// hoverField says what an answer of an attestation is for.
func hoverField(p *policy.Policy, f *policy.Field) string {
	text := f.About
	if text == "" {
		text = sentence(f.Write)
	}
	if f.Statement != "" {
		text += fmt.Sprintf(" To confirm: “%s”", f.Statement)
	}
	return text + origin(p, p.Attest.Mark)
}

func hoverItem(p *policy.Policy, value string, it policy.Item) string {
	d := &p.Disclosure
	if it.Kind == "" {
		if d.Value != policy.Kinds {
			return fmt.Sprintf("Any text is taken here; a kind in it (%s) would be recognised.", strings.Join(d.Kinds, ", ")) + origin(p, d.Mark)
		}
		return fmt.Sprintf("`%s` is none of %s.", value[it.Name.Start:it.Name.End], strings.Join(d.Kinds, ", ")) + origin(p, d.Mark)
	}
	text := fmt.Sprintf("`%s`: %s", it.Kind, kindMeans(it.Kind))
	if l := p.Limits.SmallFix; l != nil && it.Note.Len() > 0 && l.Mechanical(value[it.Note.Start:it.Note.End]) {
		text += " The note makes it a mechanical change, for which the line limit does not count."
	}
	return text + origin(p, d.Mark)
}

// kindMeans says in a sentence what a kind of use stands for.
func kindMeans(kind string) string {
	switch kind {
	case "code":
		return "AI helped to write code that is part of this commit."
	case "tests":
		return "AI helped to write tests that are part of this commit."
	case "docs":
		return "AI helped to write documentation that is part of this commit."
	case "research":
		return "AI helped to look into something; what it wrote is not part of this commit."
	}
	return "a kind of use that this policy names."
}

// hoverCommit is the commit at one glance.
func hoverCommit(k *known, m *message.Message) string {
	p := k.commit.Policy()
	view := diagnostics.Look(k.input(m))
	text := fmt.Sprintf("**%s** (%s): %s", p.Name, strings.ReplaceAll(string(p.Status), "-", " "), p.Summary)
	switch {
	case k.change() == nil:
		text += "\n\nWhat this commit contains is not known yet."
	case len(k.files) == 0:
		text += "\n\nNothing is staged."
	default:
		text += "\n\nThis commit: " + contains(k.files) + "."
		if l := p.Limits.SmallFix; l != nil {
			counted := 0
			for _, f := range k.files {
				if !slices.Contains(l.LeaveOut, f.Class) {
					counted += f.Counted
				}
			}
			text += fmt.Sprintf(" Counted for the limit: %d of %d lines.", counted, l.Lines)
		}
		if zones := zoneNames(k.files); len(zones) > 0 {
			text += " Zones: " + strings.Join(zones, ", ") + "."
		}
	}
	if k.contents != nil && k.contents.Doubt != "" {
		text += "\n\n" + k.contents.Doubt
	}
	text += fmt.Sprintf("\n\nAI use: %s.", view.Use)
	for _, e := range view.Evidence {
		text += fmt.Sprintf(" (%s: %s)", e.Source, e.Text)
	}
	var ours policy.Interpretation
	if p.Limits.SmallFix != nil {
		ours = p.Limits.SmallFix.Mark
	}
	return text + origin(p, ours) + "\n\nFound in: " + k.commit.Found.From
}

// contains sums the files up by class.
func contains(files []policy.File) string {
	counted := make(map[policy.Class]int)
	n := make(map[policy.Class]int)
	for _, f := range files {
		counted[f.Class] += f.Counted
		n[f.Class]++
	}
	var parts []string
	for _, c := range []policy.Class{policy.Code, policy.Test, policy.Documentation, policy.Generated, policy.Vendored} {
		if n[c] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d lines in %d", c, counted[c], n[c]))
		}
	}
	return strings.Join(parts, ", ")
}

func zoneNames(files []policy.File) []string {
	var names []string
	for _, f := range files {
		for _, z := range f.Zones {
			if !slices.Contains(names, z.Name) {
				names = append(names, z.Name)
			}
		}
	}
	return names
}
