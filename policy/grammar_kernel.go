package policy

import (
	"fmt"
	"slices"
	"strings"

	"colophon/message"
)

// The two forms that the Linux kernel's Assisted-by has had.

var llmTools = Form{
	Name: LLMTools, Looks: "LLM [tool …]", Example: "LLM coccinelle sparse",
	About: "The word LLM, then the analysis tools that helped, parted by blanks. No agent and no model is named.",
	faults: func(d *Disclosure, value string) []Fault {
		ws := wordsOf(value)
		if ws[0].text == "LLM" {
			return otherTools(d, ws[1:])
		}
		head := headOf(ws)
		f := Fault{
			Span: head.Span, Says: "wants `LLM` as the first word, and no agent or model",
			Instead: head.Span, Write: "LLM", Fixable: true, Sure: true,
		}
		if first := ws[0]; first.End < head.End && strings.Contains(head.text, ":") {
			f.Span = message.Span{Start: first.End, End: ws[1].Start}
			f.Says = fmt.Sprintf("wants `LLM` as the first word, and no agent or model; `%s` is even two words, by this blank", head.text)
		}
		return append([]Fault{f}, otherTools(d, after(ws, head.End))...)
	},
	write: func(_ *Disclosure, h Help) string { return strings.Join(append([]string{"LLM"}, h.Other...), " ") },
}

var agentModelTools = Form{
	Name: AgentModelTools, Looks: "agent:model [tool …]", Example: "Claude:claude-3-opus coccinelle sparse",
	About: "The agent and the model's version as one word without blanks, then the analysis tools that helped, parted by blanks.",
	faults: func(d *Disclosure, value string) []Fault {
		ws := wordsOf(value)
		head := headOf(ws)
		agent, model, both := strings.Cut(head.text, ":")
		f := Fault{Span: head.Span, Instead: head.Span, Fixable: true}
		switch {
		case both && agent != "" && model != "" && head.End == ws[0].End:
			return otherTools(d, ws[1:])
		case both && agent != "" && model != "":
			f.Span = message.Span{Start: ws[0].End, End: ws[1].Start}
			f.Says = "wants agent and model as one word, `agent:model`; this blank makes two of it"
			f.Write, f.Sure = hyphened(agent)+":"+hyphened(model), true
		case both && agent != "":
			f.Says, f.Write = "wants the model behind the colon, as in `agent:model`", hyphened(agent)+":"+fillModel
		case both && model != "":
			f.Says, f.Write = "wants the agent in front of the colon, as in `agent:model`", fillAgent+":"+hyphened(model)
		case vague(head.text):
			f.Says, f.Write = "wants the agent and the model's version as one word, `agent:model`", fillAgent+":"+fillModel
		default:
			f.Says = "wants the agent and the model's version as one word, `agent:model`"
			f.Write = agentModel(Help{Tool: head.text})
		}
		return append([]Fault{f}, otherTools(d, after(ws, head.End))...)
	},
	write: func(_ *Disclosure, h Help) string {
		return strings.Join(append([]string{agentModel(h)}, h.Other...), " ")
	},
}

func agentModel(h Help) string {
	agent, model := fillAgent, fillModel
	if h.Tool != "" {
		agent = hyphened(h.Tool)
	}
	if h.Model != "" {
		model = modelID(h.Model)
	}
	return agent + ":" + model
}

// headOf is the part of a value that names agent and model, or what stands there
// in place of them: up to the word with the colon, or to the first analysis tool.
func headOf(ws []word) word {
	n := 1
	for i, w := range ws {
		if strings.Contains(w.text, ":") {
			n = i + 1
			break
		}
	}
	if n == 1 && !strings.Contains(ws[0].text, ":") && !vague(ws[0].text) {
		for n < len(ws) && !slices.Contains(analysisTools, strings.ToLower(strings.Trim(ws[n].text, ",[]"))) {
			n++
		}
	}
	var texts []string
	for _, w := range ws[:n] {
		texts = append(texts, w.text)
	}
	return word{message.Span{Start: ws[0].Start, End: ws[n-1].End}, strings.Join(texts, " ")}
}

func after(ws []word, end int) []word {
	for i, w := range ws {
		if w.Start >= end {
			return ws[i:]
		}
	}
	return nil
}

// analysisTools are the tools that stand behind the agent in kernel commits. The
// list only helps to tell where a name ends; any other tool may be named, too.
var analysisTools = []string{
	"coccinelle", "sparse", "smatch", "clang-tidy", "cppcheck", "checkpatch", "syzkaller", "syzbot", "coverity", "codeql",
	"git", "gcc", "clang", "make", "vim", "emacs",
}

// otherTools are the faults of a list of tools.
func otherTools(d *Disclosure, ws []word) []Fault {
	var faults []Fault
	for _, w := range ws {
		name := strings.Trim(w.text, ",[]")
		switch {
		case slices.ContainsFunc(d.NotListed, func(basic string) bool { return strings.EqualFold(basic, name) }):
			faults = append(faults, Fault{
				Span: w.Span, Says: fmt.Sprintf("does not list basic tools; take `%s` out", name),
				Instead: message.Span{Start: w.Start - 1, End: w.End}, Fixable: true, Sure: true,
			})
		case name != w.text:
			faults = append(faults, Fault{
				Span: w.Span, Says: fmt.Sprintf("parts its tools by blanks alone; write `%s`", name),
				Instead: w.Span, Write: name, Fixable: name != "", Sure: true,
			})
		}
	}
	return faults
}

// vague tells whether a word says that AI helped, and nothing of which.
func vague(text string) bool {
	switch strings.ToLower(text) {
	case "llm", "ai", "an llm", "an ai", "genai", "yes", "true":
		return true
	}
	return false
}

func hyphened(name string) string { return strings.Join(strings.Fields(name), "-") }

// modelID is a model's name as the tools spell it: claude-opus-4.5.
func modelID(name string) string { return strings.ToLower(hyphened(name)) }
