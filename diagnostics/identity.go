package diagnostics

import (
	"strings"
)

// The identities that AI tools sign commits with, as of November 2026. A name
// that people bear, too, counts only with a tool's address or a model's name
// beside it: a human called Claude is nobody's tool.

var toolEmails = map[string]bool{
	"noreply@anthropic.com": true, "copilot@github.com": true, "cursoragent@cursor.com": true,
	"noreply@openai.com": true, "codex@openai.com": true, "aider@aider.chat": true, "noreply@aider.chat": true,
	"amp@ampcode.com": true, "noreply@opencode.ai": true, "qwen-coder@alibabacloud.com": true,
	"openhands@all-hands.dev": true, "goose@opensource.block.xyz": true, "noreply@codeium.com": true,
}

// GitHub's numbers of agent accounts; the names beside them change.
var toolAccounts = map[string]bool{
	"209825114": true, "215619710": true, "208546643": true, "198982749": true, "167198135": true,
	"223556219": true, "206951365": true, "215057067": true, "199175422": true, "176961590": true,
	"218195315": true, "208079219": true, "158243242": true, "205137888": true, "230936708": true,
	"201248094": true, "220155983": true,
}

var toolBots = compile(`(?i)^(anthropic-)?(claude(-code-action)?|copilot(-swe-agent)?|cursor|openai-codex|chatgpt-codex-connector|gemini-code-assist|gemini-cli|google-labs-jules|amazon-q-developer|devin-ai-integration|cline|continue|sourcegraph-cody|jetbrains-ai|openhands|opencode)\[bot\]$`)

var githubMail = compile(`^(?:(\d+)\+)?([^@]+)@users\.noreply\.github\.com$`)

// version is what stands behind a product's name: "Opus 4.5", "(1M context)".
const version = `(?:[ :/_-]*(?:\(.*\)|\[.*\]|code|opus|sonnet|haiku|fable|pro|flash|ultra|max|mini|nano|turbo|cli|agent|ai|coder|chat|large|small|v?\d[\w.-]*))*`

// product matches the beginning of a name that is a tool's and no person's.
var product = compile(`(?i)^(?:` + strings.Join([]string{
	`claude[ :/_-]*(?:code|opus|sonnet|haiku|fable|instant|agent|v?\d|claude)`,
	`(?:github |microsoft )?copilot\b`, `chat ?gpt`, `gpt-?[\do]`, `openai\b`, `anthropic\b`,
	`(?:google )gemini\b`, `gemini[ :/_-]+(?:cli|code|pro|flash|ultra|\d|gemini)`,
	`cursor[ _-]?(?:agent|ai|ide)\b`, `devin[ -]ai\b`, `windsurf\b`, `codeium\b`, `opencode\b`, `openhands\b`,
	`qwen`, `google jules`, `llama[ -]?\d`, `code ?llama`, `codestral`, `devstral`, `deepseek`,
	`grok[ -]?\d`, `kimi[ -]?k?\d`, `glm-?\d`, `amazon q\b`, `roo code`, `kilo code`,
	`replit agent`, `tabnine\b`, `jetbrains ai`,
	`(?:generic )?llm\b`, `(?:an? )?large language model`, `(?:an? )?ai(?: (?:assistant|agent|tool|model))?$`,
}, "|") + `)`)

// branded matches names that a person might bear, too, when nothing but a model
// or version stands behind them.
var branded = compile(`(?i)^(?:codex|aider|mistral|cline|kiro|junie)` + version + `$`)

// alone matches a name that is a tool's where no address or another name stands
// beside it.
var alone = compile(`(?i)^(?:claude|gemini|cursor|devin|jules|amp|goose|cody|bard|grok|kimi|continue)$`)

// suffixed matches what aider makes of the author's name.
var suffixed = compile(`(?i)\(aider\)$`)

// IsTool tells whether a person of a commit is an AI tool.
func IsTool(p Person) bool {
	name, mail := strings.TrimSpace(p.Name), strings.ToLower(strings.TrimSpace(p.Email))
	if toolEmails[mail] || toolBots.MatchString(name) || suffixed.MatchString(name) {
		return true
	}
	if m := githubMail().FindStringSubmatch(mail); m != nil {
		if toolAccounts[m[1]] || toolBots.MatchString(m[2]) {
			return true
		}
	}
	if product.MatchString(name) || branded.MatchString(name) {
		return true
	}
	return mail == "" && alone.MatchString(name)
}

// isToolValue tells whether a trailer's value names an AI: a person with an
// address, or a tool's name as the projects' grammars write it.
func isToolValue(value string) bool {
	if strings.HasPrefix(value, "[") && strings.HasSuffix(value, "]") {
		value = strings.TrimSpace(value[1 : len(value)-1])
	}
	p := person(value)
	if IsTool(p) {
		return true
	}
	if t := readTool(p.Name); p.Email == "" && t.model != "" && IsTool(Person{Name: t.name}) {
		return true // tool [model]
	}
	tool, model, ok := strings.Cut(p.Name, "/") // tool/model
	return ok && p.Email == "" && !strings.HasPrefix(model, "/") && (IsTool(Person{Name: tool}) || IsTool(Person{Name: model}))
}

// person reads "Name <address>"; what is none is a name without an address.
func person(value string) Person {
	open := strings.LastIndexByte(value, '<')
	end := strings.LastIndexByte(value, '>')
	if open < 0 || end < open {
		return Person{Name: strings.TrimSpace(value)}
	}
	return Person{strings.TrimSpace(value[:open]), value[open+1 : end]}
}

// named finds tools, models and vendors in a text about something else. Words
// that mean other things as well (cursor, Haiku, Gemini Lake) count only with a
// model's number or a product's word.
var named = compile(`(?i)\b(?:` + strings.Join([]string{
	`claude`, `anthropic`, `(?:github |microsoft )?copilot`, `chat ?gpt`, `gpt-?[\do][\w.-]*`, `openai`, `codex`,
	`google gemini`, `gemini[ -](?:cli|code assist|pro|flash|ultra|\d[\w.-]*)`, `cursor[ -](?:agent|ai|ide)`, `devin ai`,
	`(?:opus|haiku)[ -]\d[\w.-]*`, `sonnet`, `o[134]-(?:mini|preview|pro)`, `aider`, `windsurf`, `codeium`, `opencode`, `openhands`,
	`qwen[\w.-]*`, `llama[ -]?\d[\w.-]*`, `code ?llama`, `codestral`, `devstral`, `mistral`, `deepseek[\w.-]*`, `grok[ -]?\d[\w.-]*`,
	`kimi[ -]k?\d[\w.-]*`, `glm-?\d[\w.-]*`, `amazon q`, `kiro`, `roo code`, `kilo code`, `junie`, `tabnine`, `jetbrains ai`,
}, "|") + `)\b` + version)

// toolNames are the byte ranges of text that name a tool, model or vendor.
func toolNames(text string) [][]int {
	if alone.MatchString(strings.TrimSpace(text)) {
		return [][]int{{0, len(text)}}
	}
	return named().FindAllStringIndex(text, enough)
}
