package policy

import (
	"strings"

	"colophon/message"
	"colophon/words"
)

// Grammar names the form of a disclosure's value. An empty one is Free.
type Grammar string

// The grammars.
const (
	Kinds            Grammar = "kinds"
	LLMTools         Grammar = "llm-tools"
	AgentModelTools  Grammar = "agent-model-tools"
	ToolParens       Grammar = "tool-parens-model"
	ToolModel        Grammar = "tool-model"
	ToolSlash        Grammar = "tool-slash-model"
	ToolModelVersion Grammar = "tool-model-version"
	Free             Grammar = "free"
	Person           Grammar = "person"
	Link             Grammar = "link"
)

// Form is a grammar as people know it, with what reads and writes it.
type Form struct {
	Name    Grammar
	Looks   string // as people write it
	About   string // one sentence
	Example string // a value that fits

	faults func(*Disclosure, string) []Fault
	write  func(*Disclosure, Help) string
}

// Fault is one place where a value misses its grammar. Spans are bytes of the
// value (unfolded, trimmed).
type Fault struct {
	Span    message.Span // what is wrong, exactly
	Says    string       // goes on after the policy's name: "wants `LLM` as the first word"
	Instead message.Span // what the fix replaces
	Write   string       // by what
	Fixable bool         // whether Instead and Write mean anything
	Sure    bool         // whether the fix needs nobody to look at it
	Mild    bool         // whether everybody understands what is meant all the same
}

// Help is what is known of AI help with a change. Empty strings are not known.
type Help struct {
	Kinds []string // of use, in the policy's words
	Tool  string   // a tool's name: Claude Code
	Model string   // a model's name with its version: Claude Opus 4.5
	Other []string // analysis tools, such as coccinelle
}

// Forms are the grammars, in the order in which they are documented.
func Forms() []Form {
	return []Form{
		kindsForm, llmTools, agentModelTools, toolParens, toolModel, toolSlash, toolModelVersion, freeForm, personForm, linkForm,
	}
}

// FormOf is the form of that name; the one of Free for an empty name, and nil for
// a name that is none.
func FormOf(g Grammar) *Form {
	if g == "" {
		g = Free
	}
	for _, f := range Forms() {
		if f.Name == g {
			return &f
		}
	}
	return nil
}

// Faults are the places where a value misses the grammar of the disclosure, the
// first few of them. The grammar Kinds has Items for that.
func (d *Disclosure) Faults(value string) []Fault { return FaultsOf(d.Value, d, value) }

// FaultsOf is the same for any grammar. Of d only what the grammar needs counts.
func FaultsOf(g Grammar, d *Disclosure, value string) []Fault {
	f := FormOf(g)
	if f == nil || f.faults == nil || strings.TrimSpace(value) == "" {
		return nil
	}
	if open := Placeholders(value); len(open) > 0 {
		var faults []Fault
		for _, s := range open {
			faults = append(faults, Fault{Span: s, Says: words.WantsFilled.With("placeholder", value[s.Start:s.End])})
		}
		return faults
	}
	faults := f.faults(d, value)
	return faults[:min(len(faults), MaxItems)]
}

// Write is a value that says what is known, with placeholders for what is not.
func (d *Disclosure) Write(h Help) string {
	f := FormOf(d.Value)
	if f == nil || f.write == nil {
		return ""
	}
	return f.write(d, h)
}

// The placeholders that a written value may hold.
const (
	fillAgent   = "<agent>"
	fillTool    = "<tool>"
	fillModel   = "<model>"
	fillVersion = "<model and version>"
	fillPerson  = "<name> <address>"
)

// Placeholders are the spans of what a person still has to fill in.
func Placeholders(text string) []message.Span {
	var spans []message.Span
	for at := 0; at < len(text) && len(spans) < MaxItems; {
		i := strings.IndexByte(text[at:], '<')
		if i < 0 {
			break
		}
		at += i
		next := at + 1
		for _, p := range []string{fillAgent, fillTool, fillModel, fillVersion, "<name>", "<address>", "<maintainer>"} {
			if strings.HasPrefix(text[at:], p) {
				next = at + len(p)
				spans = append(spans, message.Span{Start: at, End: next})
				break
			}
		}
		at = next
	}
	return spans
}

// word is one of the words of a value.
type word struct {
	message.Span
	text string
}

func wordsOf(value string) []word {
	var ws []word
	start := -1
	for i := 0; i <= len(value); i++ {
		blank := i == len(value) || value[i] == ' ' || value[i] == '\t'
		switch {
		case !blank && start < 0:
			start = i
		case blank && start >= 0:
			ws = append(ws, word{message.Span{Start: start, End: i}, value[start:i]})
			start = -1
		}
	}
	return ws
}

func whole(value string) message.Span { return message.Span{Start: 0, End: len(value)} }

// kindsForm is read by Items.
var kindsForm = Form{
	Name: Kinds, Looks: "kind (note), kind …", Example: "code (refactoring), tests",
	About: words.FormKinds.String(),
	write: func(_ *Disclosure, h Help) string { return strings.Join(h.Kinds, ", ") },
}

var freeForm = Form{
	Name: Free, Looks: "any text", Example: "a generic LLM chatbot",
	About:  words.FormFree.String(),
	faults: func(*Disclosure, string) []Fault { return nil },
	write: func(d *Disclosure, h Help) string {
		switch {
		case len(d.Kinds) > 0:
			return strings.Join(h.Kinds, ", ")
		case h.Model != "" && h.Tool != "" && !strings.Contains(strings.ToLower(h.Model), strings.ToLower(h.Tool)):
			return h.Tool + " (" + h.Model + ")"
		case h.Model != "":
			return h.Model
		case h.Tool != "":
			return h.Tool
		}
		return fillTool
	},
}
