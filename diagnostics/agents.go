package diagnostics

import (
	"strings"

	"colophon/words"
)

// agents are the variables that AI agents set for the programs which they run, with
// the agent's name; "" is one that names itself.
//
// Source: the variables that aiblame, another checker, goes by, as of September 2026.
var agents = []struct{ variable, name string }{
	{"CLAUDECODE", "Claude Code"},
	{"CODEX_SANDBOX", "Codex"},
	{"CODEX_THREAD_ID", "Codex"},
	{"CURSOR_AGENT", "Cursor's agent"},
	{"GEMINI_CLI", "Gemini CLI"},
	{"OPENCODE", "opencode"},
	{"AI_AGENT", ""},
}

// AgentsIn are the facts that the environment of a hook's process tells, in the form
// of os.Environ: which agents run this very commit. An empty variable says nothing, nor
// do 0 and false.
func AgentsIn(env []string) (found []Evidence) {
	seen := make(map[string]bool)
	for _, a := range agents {
		for _, v := range env {
			variable, value, _ := strings.Cut(v, "=")
			if variable != a.variable || value == "" || value == "0" || strings.EqualFold(value, "false") {
				continue
			}
			name := a.name
			if name == "" {
				name = words.EvidenceSomeAgentPiece.String()
			}
			if !seen[name] {
				seen[name] = true
				found = append(found, Evidence{Source: "environment", Text: words.EvidenceAgentPiece.With("agent", name, "variable", variable)})
			}
		}
	}
	return found
}
