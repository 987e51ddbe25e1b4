package diagnostics

import "testing"

// Tools by what they sign with, as seen in public commits; and the people who
// bear such names. The second half matters more: nobody is called a tool here.
func TestIsToolValue(t *testing.T) {
	for value, want := range map[string]bool{
		"Claude <noreply@anthropic.com>":                                             true,
		"Claude Opus 4.5 <noreply@anthropic.com>":                                    true,
		"Claude Opus 4.8 (1M context) <noreply@anthropic.com>":                       true,
		"Copilot <223556219+Copilot@users.noreply.github.com>":                       true,
		"Copilot <copilot@github.com>":                                               true,
		"copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>":        true,
		"renamed[bot] <209825114+renamed[bot]@users.noreply.github.com>":             true,
		"Cursor <cursoragent@cursor.com>":                                            true,
		"Codex <noreply@openai.com>":                                                 true,
		"aider (gpt-4o) <aider@aider.chat>":                                          true,
		"Amp <amp@ampcode.com>":                                                      true,
		"opencode <noreply@opencode.ai>":                                             true,
		"Qwen-Coder <qwen-coder@alibabacloud.com>":                                   true,
		"openhands <openhands@all-hands.dev>":                                        true,
		"gemini-cli <218195315+gemini-cli@users.noreply.github.com>":                 true,
		"google-labs-jules[bot] <1+google-labs-jules[bot]@users.noreply.github.com>": true,
		"Jo Doe (aider) <jo@example.org>":                                            true,
		"LLM":                                                                        true,
		"LLM coccinelle sparse":                                                      true,
		"Claude:claude-3-opus coccinelle":                                            true,
		"Claude Code:GLM-5.2":                                                        true,
		"ChatGPTv5":                                                                  true,
		"ChatGPT 5.2":                                                                true,
		"generic LLM chatbot":                                                        true,
		"Google Gemini":                                                              true,
		"Claude":                                                                     true,
		"GitHub Copilot":                                                             true,
		"AI":                                                                         true,

		"Jane Doe":                              false,
		"Jay Satiro":                            false,
		"Jay Satiro <raysatiro@yahoo.com>":      false,
		"Claude Dupont <claude@dupont.example>": false,
		"Claude <claude@dupont.example>":        false,
		"Jean-Claude Martin <jcm@example.org>":  false,
		"Devin Smith <devin@example.org>":       false,
		"Jules Verne <jules@example.org>":       false,
		"Cody Miller <cody@example.org>":        false,
		"Gemini Rossi <g@example.org>":          false,
		"Jane <jane@anthropic.com>":             false,
		"Ai Weiwei <ai@example.org>":            false,
		"dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>": false,
		"Mistral Dubois <m@example.org>":                                      false,
		"coccinelle":                                                          false,
		"":                                                                    false,
	} {
		if got := isToolValue(value); got != want {
			t.Errorf("%q: %v", value, got)
		}
	}
}

func TestToolNames(t *testing.T) {
	for text, want := range map[string]string{
		"Claude Opus 4.5":          "Claude Opus 4.5",
		"refactoring with Copilot": "Copilot",
		"gpt-4o-mini, by hand":     "gpt-4o-mini",
		"cursor":                   "cursor",
		"cursor handling":          "",
		"Gemini Lake workaround":   "",
		"gemini 2.5 pro":           "gemini 2.5 pro",
		"Haiku build fix":          "",
		"haiku 4.5":                "haiku 4.5",
		"opus codec":               "",
		"refactoring":              "",
		"prototype, llm":           "",
		"OpenAI's tool":            "OpenAI",
		"claudette":                "",
	} {
		got := ""
		for _, at := range toolNames(text) {
			got += text[at[0]:at[1]]
		}
		if got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

func TestFooters(t *testing.T) {
	for line, want := range map[string]bool{
		"🤖 Generated with [Claude Code](https://claude.com/claude-code)": true,
		"Generated with [opencode](https://opencode.ai)":                 true,
		"🤖 Generated with [opencode](https://opencode.ai)":               true,
		"Made-with: Cursor": true,
		"Claude-Session: https://claude.ai/code/session_01":           true,
		"Amp-Thread-ID: https://ampcode.com/threads/T-1":              true,
		"Agent-Logs-Url: https://github.com/x":                        true,
		"Replit-Commit-Author: Agent":                                 true,
		"Entire-Checkpoint: abc":                                      true,
		"https://claude.ai/code/session_01":                           true,
		"Generated with bison 3.8":                                    false,
		"The cursor is made by using a sprite.":                       false,
		"Generated by scripts/update-linux-headers.sh":                false,
		"See https://claude.ai/code for the tool this patch disables": false,
		"Created by using a cursor over the table":                    false,
	} {
		if got := isFooter(line); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}

func TestNearKey(t *testing.T) {
	for key, want := range map[string]string{
		"AI-used-for": "exact", "AI-Used-For": "near", "ai-used-for": "near", "AI used for": "near", "AI_used_for": "near",
		"Ai-use-for": "near", "AI-usedfor": "near", "AI-used-fro": "near", "AI-user-for": "near",
		"Fixes": "", "AI": "", "AI-assisted-by": "", "Aim": "", "Air-used": "", "Is-used-for": "",
	} {
		near, exact := nearKey(key, "AI-used-for")
		got := ""
		if near {
			got = "near"
		}
		if exact {
			got = "exact"
		}
		if got != want {
			t.Errorf("%q: %q, not %q", key, got, want)
		}
	}
}
