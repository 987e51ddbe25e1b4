package lsp

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// The placeholders that stand for what is not known.
const (
	fillLink    = "<link>"
	fillModel   = "<model>"
	fillVersion = "<model and version>"
)

// completeValue offers what a grammar without kinds allows at the caret: the whole
// value with the names that the message has evidence of, or the part that comes next.
// No name of a tool is made up: what is not known is a placeholder.
func (o *offers) completeValue(ctx context.Context, c spot, g policy.Grammar) {
	if g == policy.Person {
		o.completePeople(ctx, c)
		return
	}
	span, lead := o.rest(c)
	typed := o.typed(span.Start, c)
	there := o.m.Slice(span)
	var a []about
	if form := policy.FormOf(g); form != nil {
		a = append(says("form", "about", form.About, "example", form.Example), o.aboutOrigin()...)
	}
	add := func(value string) {
		x := offer{
			label: value, kind: protocol.CompletionItemKindValue, span: span, text: lead + value, fill: fills(value),
			first: len(o.items) == 0, about: a, detail: o.policy().Words(),
		}
		if g == policy.Link {
			x.fill = []string{fillLink}
		}
		if len(x.fill) > 0 {
			x.detail = words.CompleteForm.With("policy", o.policy().Words())
			if known, _, _ := strings.Cut(value, x.fill[0]); !o.client.snippets && there != "" && len(known) <= len(there) {
				return // without tab stops it says no more than what is there
			}
		}
		o.add(x)
	}
	if g == policy.Link {
		if typed == "" {
			add(fillLink)
		}
		return
	}
	whole := ""
	for _, v := range diagnostics.Proposals(o.inputWithout(c)) {
		if v != there && begins(v, typed) {
			add(v)
			whole = v
		}
	}
	if next := nextPart(g, typed, o.triggered); next != "" && typed+next != whole && strings.TrimSpace(o.m.Text[c.at:c.end]) == "" {
		add(typed + next)
	}
}

// inputWithout is the input without the value that is being written: half a name is no
// evidence of a tool.
func (o *offers) inputWithout(c spot) diagnostics.Input {
	text, err := message.Apply(o.m.Text[:o.m.Cut], []message.Edit{{Span: message.Span{Start: c.value, End: c.end}}})
	if err != nil {
		return o.input()
	}
	options := o.m.Options
	options.Cut = message.CutNever // it is cut
	return o.known.input(message.Parse(text, options))
}

// begins tells whether a value goes on from what was typed.
func begins(value, typed string) bool {
	return len(typed) <= len(value) && strings.EqualFold(value[:len(typed)], typed)
}

// nextPart is what comes behind a tool's name that the person has written; "" where
// nothing has to. What may be left out is not pressed on who just typed a blank.
func nextPart(g policy.Grammar, typed string, triggered bool) string {
	tool := strings.TrimRight(typed, " \t")
	if tool == "" || strings.ContainsAny(typed, "<>") || strings.HasSuffix(tool, ":") && g != policy.AgentModelTools {
		return ""
	}
	model, blank := fillModel, " "
	if g == policy.ToolModelVersion {
		model, triggered = fillVersion, false // it must be there
	}
	if tool != typed {
		blank = ""
	}
	word := !strings.ContainsAny(typed, " \t:/([")
	switch g {
	case policy.AgentModelTools:
		switch {
		case word:
			return ":" + model
		case strings.HasSuffix(typed, ":") && strings.Count(typed, ":") == 1 && !strings.ContainsAny(typed, " \t"):
			return model
		}
	case policy.ToolSlash:
		switch {
		case strings.HasSuffix(typed, "/") && strings.Count(typed, "/") == 1:
			return model
		case word:
			return "/" + model
		}
	case policy.ToolParens, policy.ToolModelVersion:
		switch open := strings.IndexByte(typed, '('); {
		case open > 0 && open == len(typed)-1:
			return model + ")"
		case open < 0 && !triggered:
			return blank + "(" + model + ")"
		}
	case policy.ToolModel:
		if !strings.ContainsAny(tool, " \t") && !triggered {
			return blank + model
		}
	}
	return ""
}
