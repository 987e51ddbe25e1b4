package diagnostics

import (
	"cmp"
	"slices"
	"strings"

	"colophon/policy"
)

// tool is an AI tool as somebody named it. An empty part is not known.
type tool struct {
	name  string   // Claude
	model string   // Claude Opus 4.5
	other []string // analysis tools that were named beside it
}

// brands are the words with which a model's name begins, and the tool that runs
// it as people call it where nothing else is said.
var brands = compile(`(?i)^(claude|gemini|chatgpt|qwen|grok|kimi|codex|devin|mistral|deepseek)[ :/_-]+((?:opus|sonnet|haiku|fable|pro|flash|ultra|max|mini|k?v?\d).*)$`)

// models are names that speak of a model and of no tool.
var models = compile(`(?i)^(?:gpt-?[\do]|o[134]-|llama|codestral|devstral|glm-?\d|(?:opus|sonnet|haiku)\b)`)

// ofFooter are the tools whose footers name none.
var ofFooter = []struct{ start, name string }{
	{"claude-session", "Claude"}, {"amp-thread-id", "Amp"}, {"agent-logs-url", "Copilot"}, {"replit-", "Replit Agent"},
	{"https://claude.ai", "Claude"}, {"https://chatgpt.com", "ChatGPT"}, {"https://ampcode.com", "Amp"},
}

// accounts are the tools behind the accounts of bots.
var accounts = map[string]string{
	"copilot-swe-agent": "Copilot", "devin-ai-integration": "Devin", "google-labs-jules": "Jules", "claude-code-action": "Claude Code",
	"openai-codex": "Codex", "chatgpt-codex-connector": "Codex", "gemini-code-assist": "Gemini Code Assist",
	"amazon-q-developer": "Amazon Q", "sourcegraph-cody": "Cody", "jetbrains-ai": "JetBrains AI", "cursoragent": "Cursor",
}

// recorded are the tools by the short names that records have.
var recorded = map[string]string{
	"claude": "Claude", "claude-code": "Claude", "cursor": "Cursor", "copilot": "Copilot", "github-copilot": "Copilot", "windsurf": "Windsurf",
	"gemini": "Gemini", "codex": "Codex", "amp": "Amp", "droid": "Droid", "devin": "Devin", "continue": "Continue", "cline": "Cline",
}

// writtenAs is a tool by the name that people write.
func writtenAs(name string) string { return cmp.Or(recorded[strings.ToLower(name)], name) }

// inFooter is the name in "Generated with [Claude Code](…)".
var inFooter = compile(`(?i)(?:with|by|using):? \[?([^\](]+?)\]?(?:\(.*|https?:.*)?$`)

// toolOf reads what a piece of evidence says of the tool.
func toolOf(e Evidence) tool {
	switch e.Source {
	case "footer":
		text := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(e.Text), "🤖"))
		for _, f := range ofFooter {
			if len(text) >= len(f.start) && strings.EqualFold(text[:len(f.start)], f.start) {
				return tool{name: f.name}
			}
		}
		if token, value, ok := strings.Cut(text, ":"); ok && (strings.EqualFold(token, "made-with") || strings.EqualFold(token, "entire-agent")) {
			return readTool(strings.TrimSpace(value))
		}
		if m := inFooter().FindStringSubmatch(text); m != nil {
			return readTool(m[1])
		}
		return tool{}
	case "trailer":
		if strings.EqualFold(e.token, "AI-used-for") {
			return tool{}
		}
		return readTool(e.value)
	case "author", "committer":
		if _, name, ok := strings.Cut(e.Text, " ("); ok && strings.HasPrefix(name, "aider)") {
			return tool{name: "aider"}
		}
		return readTool(e.Text)
	}
	return tool{}
}

// readTool reads a name as the projects' grammars and the tools themselves write
// it: "Claude Opus 4.5", "aider (gpt-4o)", "Claude:claude-3-opus sparse", "LLM".
func readTool(value string) tool {
	if strings.HasPrefix(value, "[") && strings.HasSuffix(value, "]") {
		value = strings.TrimSpace(value[1 : len(value)-1])
	}
	name := person(value).Name
	if name == "" {
		name = value
	}
	var t tool
	words := strings.Fields(name)
	for i, w := range words {
		if agent, model, ok := strings.Cut(w, ":"); ok && agent != "" && model != "" {
			t.name = strings.Join(append(slices.Clone(words[:i]), agent), " ")
			t.model, t.other = model, words[i+1:]
			return t.clean()
		}
	}
	switch {
	case len(words) > 0 && strings.EqualFold(words[0], "LLM"):
		return tool{other: words[1:]}
	case vagueTool.MatchString(name):
		return tool{}
	}
	for _, pair := range []string{"()", "[]"} {
		open := strings.IndexByte(name, pair[0])
		end := strings.LastIndexByte(name, pair[1])
		if open <= 0 || end < open {
			continue
		}
		inside := strings.TrimSpace(name[open+1 : end])
		name = strings.TrimSpace(name[:open])
		if inside != "" && !strings.Contains(strings.ToLower(inside), "context") && !strings.Contains(strings.ToLower(inside), "bot") {
			t.model = inside
		}
	}
	if tool, model, ok := strings.Cut(name, "/"); ok && t.model == "" && tool != "" && model != "" && !strings.HasPrefix(model, "/") {
		t.name, t.model = tool, model
		return t.clean()
	}
	switch m := brands().FindStringSubmatch(name); {
	case t.model != "":
		t.name = name
	case m != nil:
		t.name, t.model = m[1], name
	case models.MatchString(name):
		t.model = name
	default:
		t.name = name
	}
	return t.clean()
}

var vagueTool = compile(`(?i)^(?:(?:an? )?(?:generic )?(?:ai|llm|genai)(?: (?:assistant|agent|tool|model|chatbot))?|large language model|yes|true)$`)

// clean drops what is no name at all, and is kept short: it goes into edits.
func (t tool) clean() tool {
	for _, s := range []*string{&t.name, &t.model} {
		*s = strings.TrimSpace(strings.Trim(strings.ReplaceAll(*s, "[bot]", ""), " ,;<>"))
		if len(*s) > 60 || strings.ContainsAny(*s, "<>") {
			*s = ""
		}
	}
	if known := accounts[strings.ToLower(t.name)]; known != "" {
		t.name = known
	}
	t.other = t.other[:min(len(t.other), 8)]
	return t
}

// tools are the tools that the evidence, or a disclosure, names. What one line says
// of a tool is added to what another said: "Claude Code" and "Claude Opus 4.5" are one.
func (j *judge) tools() []tool {
	var all []tool
	take := func(t tool) {
		if t.name == "" && t.model == "" && len(t.other) == 0 {
			return
		}
		i := slices.IndexFunc(all, func(o tool) bool { return o.same(t) })
		if i < 0 {
			if len(all) < enough {
				all = append(all, t)
			}
			return
		}
		o := &all[i]
		if t.model != "" && o.model == "" {
			o.name, o.model = cmp.Or(t.name, o.name), t.model
		}
		o.name = cmp.Or(o.name, t.name)
		if len(o.other) == 0 {
			o.other = t.other
		}
	}
	for _, e := range j.Evidence[:min(len(j.Evidence), enough)] {
		if e.Noted != nil {
			for _, t := range e.Noted.Tools {
				take(tool{name: writtenAs(t.Name), model: t.Model})
			}
			continue
		}
		take(toolOf(e))
	}
	for _, c := range j.claims {
		if c.place != inComment && !c.none() && !c.person() && j.Policy.Disclosure.Value != policy.Kinds && c.value != "" {
			take(readTool(c.value))
		}
	}
	return all
}

// same tells whether two names may be those of one tool.
func (t tool) same(o tool) bool {
	first := func(name string) string {
		word, _, _ := strings.Cut(strings.TrimSpace(name), " ")
		return word
	}
	return first(t.name) == "" || first(o.name) == "" || strings.EqualFold(first(t.name), first(o.name))
}

// help is what is known of the help with this change: the kinds that the staged
// files suggest, and the first tool that is named.
func (j *judge) help() policy.Help {
	h := policy.Help{Kinds: j.kinds()}
	if all := j.tools(); len(all) > 0 {
		h.Tool, h.Model, h.Other = all[0].name, all[0].model, all[0].other
	}
	return h
}

// disclosureValues are the values that this change would be disclosed with, one for each
// tool where the project wants to know it, and what of them the person has to fill in.
func (j *judge) disclosureValues() (values, fill []string) {
	h := j.help()
	tools := j.tools()
	if d := &j.Policy.Disclosure; len(tools) == 0 || j.namesKinds() || d.Value == policy.LLMTools || d.Number == "one" {
		tools = []tool{{h.Tool, h.Model, h.Other}}
	}
	for _, t := range tools {
		h.Tool, h.Model, h.Other = t.name, t.model, t.other
		value := j.Policy.Disclosure.Write(h)
		if slices.Contains(values, value) {
			continue
		}
		values = append(values, value)
		for _, s := range policy.Placeholders(value) {
			fill = append(fill, value[s.Start:s.End])
		}
	}
	return values, fill
}
