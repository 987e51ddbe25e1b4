package lsp

import (
	"context"
	"slices"
	"strings"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// trailer is about what the caret is on: the key, a kind or its note, a tool, a
// person, a commit; else the trailer as a whole.
func (x *explainer) trailer(ctx context.Context, t *message.Trailer, at int) ([]string, message.Span) {
	key := x.key(t.Token)
	if t.TokenSpan.Contains(at) || t.ValueSpan.Len() == 0 || !t.ValueSpan.Contains(at) {
		return key, t.TokenSpan
	}
	d := &x.policy().Disclosure
	if d.Is(t.Token) && !negativeValue(t.Value) {
		if paragraphs, span := x.tool(t, at); paragraphs != nil {
			return paragraphs, span
		}
		if len(d.Kinds) > 0 {
			for _, it := range d.Items(t.Value) {
				if span := t.At(it.Span); span.Contains(at) {
					return x.item(t.Value, it), span
				}
			}
		}
		return key, t.Span
	}
	if paragraphs, span := x.hash(ctx, t.ValueSpan, at); paragraphs != nil {
		return paragraphs, span
	}
	if who := x.person(t.Value); who != nil {
		return append(who, key...), t.ValueSpan
	}
	return key, t.Span
}

// negativeValue tells whether a disclosure says that there is nothing to disclose.
func negativeValue(value string) bool {
	switch strings.ToLower(strings.TrimSuffix(value, ".")) {
	case "no", "none", "nothing", "n/a":
		return true
	}
	return false
}

// key is about a trailer's key.
func (x *explainer) key(token string) []string {
	p := x.policy()
	if own := p.Disclosure.Own(token); own != "" {
		return x.disclosureKey(own)
	}
	for i := range p.Forbidden {
		f := &p.Forbidden[i]
		if f.Trailer == "" || !strings.EqualFold(token, f.Trailer) {
			continue
		}
		says := words.HoverKeyForbiddenAI
		if f.When == "always" {
			says = words.HoverKeyForbidden
		}
		return append([]string{
			says.With("Policy", x.v.text(p.Opening()), "key", x.v.code(f.Trailer), "why", x.v.prose(strings.TrimRight(f.Why, ". "))),
		}, x.source(f.Mark)...)
	}
	switch a := &p.Approval; {
	case a.Trailer != "" && strings.EqualFold(token, a.Trailer):
		return append([]string{words.HoverKeyApproval.With("key", x.v.code(a.Trailer))}, x.source(a.Mark)...)
	case strings.EqualFold(token, "Signed-off-by") && p.SignOff.Required:
		paragraphs := []string{words.HoverKeySignOff.With("key", x.v.code("Signed-off-by"))}
		if why := strings.TrimRight(p.SignOff.Why, ". "); why != "" {
			paragraphs = append(paragraphs, words.HoverKeySignOffWhy.With("Policy", x.v.text(p.Opening()), "why", x.v.prose(why)))
		}
		return append(paragraphs, x.source("")...)
	case strings.EqualFold(token, "Signed-off-by"):
		return []string{words.HoverKeySignOff.With("key", x.v.code("Signed-off-by"))}
	}
	if slices.ContainsFunc(commonKeys[:], func(k string) bool { return strings.EqualFold(k, token) }) {
		says, _ := explanation(strings.ToLower(token))
		return []string{says.String()}
	}
	return nil
}

func (x *explainer) disclosureKey(token string) []string {
	d := &x.policy().Disclosure
	says := words.HoverKeyThat
	if d.Value == policy.Kinds {
		says = words.HoverKeyWhere
	}
	paragraphs := []string{says.With("key", x.v.code(token))}
	var rules []string
	for _, a := range d.Also {
		if strings.EqualFold(a.Trailer, token) && a.For != "" {
			rules = append(rules, words.HoverKeyFor.With("use", x.v.prose(a.For)))
		}
	}
	if d.Value == policy.Kinds {
		rules = append(rules, words.HoverKeyKinds.With("kinds", x.v.text(strings.Join(d.Kinds, ", "))))
	} else if form := policy.FormOf(d.Value); form != nil && d.Value != "" {
		rules = append(rules, words.HoverKeyForm.With("about", form.About, "example", x.v.code(form.Example)))
	}
	if d.Background != "" {
		rules = append(rules, words.HoverKeyBackground.With("use", x.v.prose(d.Background)))
	}
	paragraphs = append(paragraphs, strings.Join(rules, " "), x.v.prose(d.Attests))
	return append(paragraphs, x.source(d.Mark)...)
}

// item is about a kind of use and its note.
func (x *explainer) item(value string, it policy.Item) []string {
	p := x.policy()
	d := &p.Disclosure
	kinds := x.v.text(strings.Join(d.Kinds, ", "))
	if it.Kind == "" {
		says := words.HoverKindFree.With("kinds", kinds)
		if d.Value == policy.Kinds {
			says = words.HoverKindNone.With("kind", x.v.code(value[it.Name.Start:it.Name.End]), "kinds", kinds, "policy", x.v.text(p.Words()))
		}
		return append([]string{says}, x.source(d.Mark)...)
	}
	paragraphs := []string{words.HoverKind.With("kind", x.v.code(it.Kind), "means", kindMeans(it.Kind))}
	if it.Note.Len() > 0 {
		note := words.HoverNote
		if l := p.Limits.SmallFix; l != nil && l.Mechanical(value[it.Note.Start:it.Note.End]) {
			note = words.HoverNoteMechanical
		}
		paragraphs = append(paragraphs, note.String())
	}
	return append(paragraphs, x.source(d.Mark)...)
}

// kindMeans says in a sentence what a kind of use stands for.
func kindMeans(kind string) string {
	switch kind {
	case "code":
		return words.HoverKindCode.String()
	case "tests":
		return words.HoverKindTests.String()
	case "docs":
		return words.HoverKindDocs.String()
	case "research":
		return words.HoverKindResearch.String()
	}
	return words.HoverKindOwn.String()
}

// tool is about the part of a value that names a tool, a model, or what stands for
// them in the project's grammar.
func (x *explainer) tool(t *message.Trailer, at int) ([]string, message.Span) {
	p := x.policy()
	d := &p.Disclosure
	if d.NamesTool == policy.Refused {
		for _, s := range diagnostics.ToolNames(t.Value) {
			if span := t.At(s); span.Contains(at) {
				return append([]string{
					words.HoverToolName.With("part", x.v.code(t.Value[s.Start:s.End])),
					words.HoverToolUnwanted.With("Policy", x.v.text(p.Opening())),
				}, x.source(d.Mark)...), span
			}
		}
	}
	form := policy.FormOf(d.Value)
	for _, part := range partsOf(d.Value, t.Value) {
		if span := t.At(part.Span); span.Contains(at) && form != nil {
			return append([]string{
				part.says.With("part", x.v.code(t.Value[part.Start:part.End])),
				words.HoverToolForm.With("Policy", x.v.text(p.Opening()), "looks", x.v.code(form.Looks), "example", x.v.code(form.Example)),
			}, x.source(d.Mark)...), span
		}
	}
	return nil, message.Span{}
}

// part is a piece of a value with what it is in the grammar.
type part struct {
	message.Span
	says words.Sentence
}

// partsOf reads a value as its grammar has it. A value that does not fit has no parts;
// a finding says so.
func partsOf(g policy.Grammar, value string) []part {
	if len(policy.FaultsOf(g, &policy.Disclosure{}, value)) > 0 {
		return nil
	}
	switch g {
	case policy.LLMTools:
		return wordParts(value, words.HoverToolLLM)
	case policy.AgentModelTools:
		parts := wordParts(value, words.HoverToolModel)
		if colon := strings.IndexByte(value, ':'); len(parts) > 0 && colon > 0 && colon < parts[0].End {
			model := parts[0]
			agent := part{message.Span{Start: model.Start, End: colon}, words.HoverToolAgent}
			model.Start = colon + 1
			parts = slices.Concat([]part{agent, model}, parts[1:])
		}
		return parts
	case policy.ToolParens, policy.ToolModelVersion:
		return splitParts(value, "(")
	case policy.ToolSlash:
		return splitParts(value, "/")
	case policy.ToolModel:
		return splitParts(value, " ")
	}
	return nil
}

// wordParts is the first word, and analysis tools behind it.
func wordParts(value string, first words.Sentence) []part {
	var parts []part
	for at := 0; at < len(value); {
		end := len(value)
		if i := strings.IndexAny(value[at:], " \t"); i >= 0 {
			end = at + i
		}
		if end > at {
			says := words.HoverToolAnalysis
			if len(parts) == 0 {
				says = first
			}
			parts = append(parts, part{message.Span{Start: at, End: end}, says})
		}
		at = end + 1
	}
	return parts
}

// splitParts is a tool and the model behind a separator.
func splitParts(value, separator string) []part {
	i := strings.Index(value, separator)
	if i < 0 {
		return []part{{message.Span{End: len(value)}, words.HoverToolTool}}
	}
	trimmed := func(start, end int) message.Span {
		s := value[start:end]
		start += len(s) - len(strings.TrimLeft(s, " ("))
		return message.Span{Start: start, End: max(start, start+len(strings.Trim(s, " ()")))}
	}
	return []part{{trimmed(0, i), words.HoverToolTool}, {trimmed(i+len(separator), len(value)), words.HoverToolModel}}
}
