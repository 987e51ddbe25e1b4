package policy

import (
	"slices"
	"strings"

	"colophon/message"
	"colophon/words"
)

// The two forms that the Linux kernel's Assisted-by has had.

var llmTools = Form{
	Name: LLMTools, Looks: "LLM [tool …]", Example: "LLM coccinelle sparse",
	About: words.FormLLMTools.String(),
	faults: func(d *Disclosure, value string) []Fault {
		ws := wordsOf(value)
		if ws[0].text == "LLM" {
			return otherTools(d, ws[1:])
		}
		head := headOf(ws)
		f := Fault{
			Span: head.Span, Says: words.WantsLLM.String(),
			Instead: head.Span, Write: "LLM", Fixable: true, Sure: true,
		}
		if first := ws[0]; first.End < head.End && strings.Contains(head.text, ":") {
			f.Span = message.Span{Start: first.End, End: ws[1].Start}
			f.Says = words.WantsLLMOneWord.With("name", head.text)
		}
		return append([]Fault{f}, otherTools(d, after(ws, head.End))...)
	},
	write: func(_ *Disclosure, h Help) string { return strings.Join(append([]string{"LLM"}, h.Other...), " ") },
}

var agentModelTools = Form{
	Name: AgentModelTools, Looks: "agent:model [tool …]", Example: "Claude:claude-3-opus coccinelle sparse",
	About: words.FormAgentModelTools.String(),
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
			f.Says = words.WantsOneWord.String()
			f.Write, f.Sure = hyphened(agent)+":"+hyphened(model), true
		case both && agent != "":
			f.Says, f.Write = words.WantsModelBehind.String(), hyphened(agent)+":"+fillModel
		case both && model != "":
			f.Says, f.Write = words.WantsAgentInFront.String(), fillAgent+":"+hyphened(model)
		case vague(head.text):
			f.Says, f.Write = words.WantsAgentModel.String(), fillAgent+":"+fillModel
		default:
			f.Says = words.WantsAgentModel.String()
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
				Span: w.Span, Says: words.WantsNoBasicTool.With("tool", name),
				Instead: message.Span{Start: w.Start - 1, End: w.End}, Fixable: true, Sure: true,
			})
		case name != w.text:
			faults = append(faults, Fault{
				Span: w.Span, Says: words.WantsBlanks.With("tool", name),
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
