package policy

import (
	"cmp"
	"strings"

	"colophon/message"
	"colophon/words"
)

// The forms that name a tool, and most of them a model.

var toolParens = Form{
	Name: ToolParens, Looks: "tool (model)", Example: "Claude Code (Claude Opus 4.5)",
	About:  words.FormToolParens.String(),
	faults: func(_ *Disclosure, value string) []Fault { return bracketed(value) },
	write:  func(_ *Disclosure, h Help) string { return inBrackets(h) },
}

var toolModel = Form{
	Name: ToolModel, Looks: "tool [model]", Example: "my-agent my-model-v1",
	About: words.FormToolModel.String(),
	faults: func(_ *Disclosure, value string) []Fault {
		if f, bad := namesTool(value); bad {
			return []Fault{f}
		}
		if tool, model, ok := oneWordPair(value, ":"); ok {
			return []Fault{{
				Span: whole(value), Says: words.WantsToolModel.String(),
				Instead: whole(value), Write: tool + " " + model, Fixable: true, Sure: true,
			}}
		}
		for _, pair := range []string{"[]", "()"} {
			open, end := strings.IndexByte(value, pair[0]), strings.LastIndexByte(value, pair[1])
			if open < 0 || end < open {
				continue
			}
			inside := strings.TrimSpace(value[open+1 : end])
			f := Fault{
				Span: message.Span{Start: open, End: end + 1}, Mild: true,
				Says:    words.WantsNoBrackets.String(),
				Instead: message.Span{Start: open, End: end + 1}, Write: inside, Fixable: inside != "", Sure: true,
			}
			if open == 0 {
				f.Mild, f.Says = false, words.WantsToolInFront.String()
				f.Instead, f.Write, f.Sure = whole(value), fillTool+" "+inside, false
			}
			return []Fault{f}
		}
		return nil
	},
	write: func(_ *Disclosure, h Help) string {
		tool := hyphened(cmp.Or(h.Tool, fillTool))
		if h.Model == "" || h.Model == h.Tool {
			return tool
		}
		return tool + " " + modelID(h.Model)
	},
}

func inBrackets(h Help) string {
	tool := cmp.Or(h.Tool, fillTool)
	if h.Model == "" || h.Model == h.Tool {
		return tool
	}
	return tool + " (" + h.Model + ")"
}

// bracketed are the faults of `tool (model)`.
func bracketed(value string) []Fault {
	const pair, wrong = "()", "[]"
	if f, bad := namesTool(value); bad {
		return []Fault{f}
	}
	if open := strings.IndexByte(value, wrong[0]); open > 0 && strings.HasSuffix(value, wrong[1:]) && !strings.ContainsAny(value, pair) {
		return []Fault{{
			Span: message.Span{Start: open, End: len(value)}, Says: words.WantsToolParens.String(),
			Instead: whole(value), Write: value[:open] + pair[:1] + value[open+1:len(value)-1] + pair[1:], Fixable: true, Sure: true,
		}}
	}
	if tool, model, ok := oneWordPair(value, ":"); ok {
		return []Fault{{
			Span: whole(value), Says: words.WantsToolParens.String(),
			Instead: whole(value), Write: inBrackets(Help{Tool: tool, Model: model}), Fixable: true, Sure: true,
		}}
	}
	open := strings.IndexByte(value, pair[0])
	if open < 0 {
		if end := strings.IndexByte(value, pair[1]); end >= 0 {
			return []Fault{{Span: message.Span{Start: end, End: end + 1}, Says: words.WantsOpened.String()}}
		}
		return nil
	}
	end := strings.IndexByte(value[open:], pair[1])
	inside := message.Span{Start: open, End: len(value)}
	if end < 0 {
		return []Fault{{
			Span: inside, Says: words.WantsClosed.String(),
			Instead: message.Span{Start: len(value), End: len(value)}, Write: pair[1:], Fixable: true, Sure: true,
		}}
	}
	end += open + 1
	inside.End = end
	switch {
	case strings.TrimSpace(value[:open]) == "":
		return []Fault{{Span: inside, Says: words.WantsToolInFront.String(), Instead: message.Span{Start: 0, End: open}, Write: fillTool + " ", Fixable: true}}
	case strings.TrimSpace(value[open+1:end-1]) == "":
		gone := message.Span{Start: len(strings.TrimRight(value[:open], " \t")), End: end}
		return []Fault{{Span: inside, Says: words.WantsModelOrNothing.String(), Instead: gone, Fixable: true, Sure: true}}
	case strings.TrimSpace(value[end:]) != "":
		return []Fault{{Span: message.Span{Start: end, End: len(value)}, Says: words.WantsNothingBehind.String()}}
	}
	return nil
}

var toolSlash = Form{
	Name: ToolSlash, Looks: "tool/model", Example: "ClaudeCode/claude-opus-4.5",
	About: words.FormToolSlash.String(),
	faults: func(_ *Disclosure, value string) []Fault {
		if f, bad := namesTool(value); bad {
			return []Fault{f}
		}
		tool, model, ok := strings.Cut(value, "/")
		f := Fault{Span: whole(value), Says: words.WantsSlash.String(), Instead: whole(value), Fixable: true}
		switch {
		case ok && strings.TrimSpace(tool) != "" && strings.TrimSpace(model) != "":
			return nil
		case ok && strings.TrimSpace(tool) == "":
			f.Write = fillTool + "/" + strings.TrimSpace(model)
		case ok:
			f.Write = strings.TrimSpace(tool) + "/" + fillModel
		default:
			f.Write = value + "/" + fillModel
			if open := strings.IndexAny(value, "([:"); open > 0 {
				f.Write = strings.TrimSpace(value[:open]) + "/" + strings.Trim(value[open:], "()[]: ")
			}
		}
		return []Fault{f}
	},
	write: func(_ *Disclosure, h Help) string {
		model := fillModel
		if h.Model != "" {
			model = modelID(h.Model)
		}
		return cmp.Or(h.Tool, fillTool) + "/" + model
	},
}

var toolModelVersion = Form{
	Name: ToolModelVersion, Looks: "tool, model and version", Example: "Claude Code (Claude Opus 4.5)",
	About: words.FormToolModelVersion.String(),
	faults: func(_ *Disclosure, value string) []Fault {
		if f, bad := namesTool(value); bad {
			return []Fault{f}
		}
		unnamed := strings.Contains(strings.ToLower(value), "unspecified")
		parts := strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" \t,/:()[]", r) })
		if len(parts) >= 2 && (unnamed || strings.ContainsAny(value, "0123456789")) {
			return nil
		}
		return []Fault{{
			Span: whole(value), Says: words.WantsModelVersion.String(),
			Instead: whole(value), Write: value + " (" + fillVersion + ")", Fixable: true,
		}}
	},
	write: func(_ *Disclosure, h Help) string {
		return cmp.Or(h.Tool, fillTool) + " (" + cmp.Or(h.Model, fillVersion) + ")"
	},
}

// namesTool finds what no tool's name is: an address beside it, or only the word
// LLM.
func namesTool(value string) (f Fault, bad bool) {
	if vague(value) || strings.HasPrefix(value, "LLM ") {
		return Fault{
			Span: whole(value), Says: words.WantsTool.String(),
			Instead: whole(value), Write: fillTool, Fixable: true,
		}, true
	}
	open, end := strings.LastIndexByte(value, '<'), strings.LastIndexByte(value, '>')
	if open >= 0 && end > open {
		name := strings.TrimRight(value[:open], " \t")
		return Fault{
			Span: message.Span{Start: open, End: end + 1}, Says: words.WantsNoAddress.String(),
			Instead: message.Span{Start: len(name), End: len(value)}, Fixable: name != "", Sure: true,
		}, true
	}
	return Fault{}, false
}

// oneWordPair reads `agent:model` as another project writes it.
func oneWordPair(value, sep string) (tool, model string, ok bool) {
	if strings.ContainsAny(value, " \t([") {
		return "", "", false
	}
	tool, model, ok = strings.Cut(value, sep)
	return tool, model, ok && tool != "" && model != ""
}
