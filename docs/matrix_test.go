package docs_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"colophon/change"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// vendors are what AI tools write into a commit by default, as of November 2026:
// the lines below the body, and the author where the tool commits by itself.
var vendors = []struct {
	name, below string
	author      diagnostics.Person
}{
	{"Claude Code", "🤖 Generated with [Claude Code](https://claude.com/claude-code)\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n", person},
	{"Claude Code, naming the model", "Co-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>\n", person},
	{"Claude Code on the web", "Co-Authored-By: Claude Opus 4.8 (1M context) <noreply@anthropic.com>\nClaude-Session: https://claude.ai/code/session_01\n", person},
	{"Copilot", "Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>\n", person},
	{"Copilot, the agent", "Co-authored-by: Jo Doe <jo@example.org>\nAgent-Logs-Url: https://github.com/o/r/sessions/1\n", diagnostics.Person{Name: "copilot-swe-agent[bot]", Email: "198982749+Copilot@users.noreply.github.com"}},
	{"Cursor", "Co-authored-by: Cursor <cursoragent@cursor.com>\n", person},
	{"Cursor, Made-with", "Made-with: Cursor\n", person},
	{"Codex", "Co-authored-by: Codex <noreply@openai.com>\n", person},
	{"aider", "Co-authored-by: aider (gpt-4o) <aider@aider.chat>\n", person},
	{"aider as author", "", diagnostics.Person{Name: "Jo Doe (aider)", Email: "jo@example.org"}},
	{"Amp", "Amp-Thread-ID: https://ampcode.com/threads/T-0198\nCo-authored-by: Amp <amp@ampcode.com>\n", person},
	{"opencode", "🤖 Generated with [opencode](https://opencode.ai)\n\nCo-Authored-By: opencode <noreply@opencode.ai>\n", person},
	{"Qwen Code", "Co-authored-by: Qwen-Coder <qwen-coder@alibabacloud.com>\n", person},
	{"OpenHands", "Co-authored-by: openhands <openhands@all-hands.dev>\n", person},
	{"Gemini CLI", "Co-Authored-By: gemini-cli <218195315+gemini-cli@users.noreply.github.com>\n", person},
	{"Devin", "", diagnostics.Person{Name: "devin-ai-integration[bot]", Email: "158243242+devin-ai-integration[bot]@users.noreply.github.com"}},
	{"Jules", "", diagnostics.Person{Name: "google-labs-jules[bot]", Email: "161369871+google-labs-jules[bot]@users.noreply.github.com"}},
	{"Replit", "Replit-Commit-Author: Agent\nReplit-Commit-Session-Id: 0e2a\n", person},
	{"Entire's share", "Entire-Attribution: 73% agent (146/200 lines)\n", person},
	{"Partio", "Partio-Checkpoint: a3b2c4d5e6f7\nPartio-Attribution: 9% agent\n", person},
	{"Entire", "Entire-Session: 2026-11-21-0e2a\nEntire-Agent: Claude Code\n", person},
}

var person = diagnostics.Person{Name: "Jo Doe", Email: "jo@example.org"}

// TestMatrix takes every tool's default through the fixes of every preset: the
// outcome passes there, or no fix is offered and the finding says why. It prints
// the table that docs/policies.md has.
func TestMatrix(t *testing.T) {
	var b strings.Builder
	b.WriteString("\n| preset | what the fixes make of it |\n|---|---|\n")
	for _, name := range policy.Presets() {
		p, err := policy.Preset(name)
		if err != nil {
			t.Fatal(err)
		}
		by := make(map[string][]string)
		var order []string
		for _, v := range vendors {
			text := "net: drop a dead store\n\nIt is never read.\n\n" + v.below
			if p.SignOff.Required {
				text += "Signed-off-by: Jo Doe <jo@example.org>\n"
			}
			outcome := convert(t, name+", "+v.name, diagnostics.Input{
				Message: message.Parse(text, message.Options{}), Policy: p, Author: v.author, Committer: person, Today: "2026-11-24",
				Files: p.Files(&change.Change{Files: []change.File{{Path: "net/e1000.c", Status: change.Modified, Added: 1, Lines: change.Lines{Changed: 1, Added: 1}}}}),
			})
			if by[outcome] == nil {
				order = append(order, outcome)
			}
			by[outcome] = append(by[outcome], v.name)
		}
		var cells []string
		for _, outcome := range order {
			who := strings.Join(by[outcome], ", ")
			if len(by[outcome]) == len(vendors) {
				who = "all"
			}
			cells = append(cells, outcome+" ("+who+")")
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", name, strings.Join(cells, "<br>"))
	}
	t.Log(b.String())
	const begin, end = "<!-- matrix -->\n", "<!-- end of matrix -->\n"
	page, err := os.ReadFile("policies.md")
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(page), begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("policies.md has no place for the matrix")
	}
	compare(t, "policies.md", head+begin+b.String()+"\n"+end+tail)
}

// convert applies what is offered and says what became of the message.
func convert(t *testing.T, name string, in diagnostics.Input) string {
	t.Helper()
	before := in.Message.Text
	if bad(in) == nil {
		return "left as it is"
	}
	if in.Policy.Declines() {
		for _, f := range diagnostics.Check(in) {
			for _, fix := range f.Fixes {
				after := apply(t, in, fix)
				for _, line := range strings.Split(strings.TrimSpace(below(before)), "\n") {
					if !strings.Contains(after.Message.Text, line) {
						t.Errorf("%s: %q takes %q out although AI is declined", name, fix.Title, line)
					}
				}
			}
		}
		return "withheld: the project declines AI-generated content"
	}
	text, _ := diagnostics.FixAll(in)
	in.Message = message.Parse(text, in.Message.Options)
	rest := bad(in)
	if rest == nil {
		return outcome(before, in.Message.Text)
	}
	// What is left asks the person for something.
	i := slices.IndexFunc(rest.Fixes, func(f diagnostics.Fix) bool { return len(f.Fill) > 0 })
	switch {
	case i < 0 && rest.Rule == "identity-forbidden":
		return "withheld: git sets the author, and the finding says how"
	case i < 0:
		t.Errorf("%s: %s is left, without a fix: %s\n%s", name, rest.Rule, rest.Message, in.Message.Text)
		return "?"
	}
	in = apply(t, in, rest.Fixes[i])
	said := outcome(before, in.Message.Text) + ", which asks for " + strings.Join(rest.Fixes[i].Fill, ", ")
	filled := in.Message.Text
	for n, placeholder := range rest.Fixes[i].Fill {
		filled = strings.Replace(filled, placeholder, fmt.Sprintf("known-%d", n+1), 1)
	}
	in.Message = message.Parse(filled, in.Message.Options)
	if left := bad(in); left != nil {
		t.Errorf("%s: filled in, %s is left: %s\n%s", name, left.Rule, left.Message, filled)
		return "?"
	}
	return said
}

func apply(t *testing.T, in diagnostics.Input, fix diagnostics.Fix) diagnostics.Input {
	t.Helper()
	text, err := message.Apply(in.Message.Text, fix.Edits)
	if err != nil {
		t.Fatal(err)
	}
	in.Message = message.Parse(text, in.Message.Options)
	return in
}

// bad is the first finding that would not pass: a warning or worse.
func bad(in diagnostics.Input) *diagnostics.Finding {
	for _, f := range diagnostics.Check(in) {
		if f.Severity.AtLeast(diagnostics.Warning) {
			return &f
		}
	}
	return nil
}

func below(text string) string {
	_, rest, _ := strings.Cut(text, "never read.\n")
	return rest
}

// outcome is what stands below the body now and did not before.
func outcome(before, after string) string {
	var added []string
	comment := false
	for _, line := range strings.Split(below(after), "\n") {
		switch {
		case line == "" || strings.Contains(before, line):
		case strings.HasPrefix(line, "#"):
			comment = true
		default:
			added = append(added, "`"+line+"`")
		}
	}
	switch {
	case len(added) > 0:
		return strings.Join(added, " ")
	case comment:
		return "removed, with words for the pull request in a comment"
	}
	return "removed"
}
