package policy

import (
	"strings"
	"testing"
)

// Each grammar takes its own example, and what it writes itself once it is filled in.
func TestFormsTakeWhatTheyShow(t *testing.T) {
	for _, f := range Forms() {
		d := &Disclosure{Value: f.Name, Kinds: []string{"code", "tests"}}
		if f.Looks == "" || f.About == "" || f.Example == "" {
			t.Errorf("%s is not explained", f.Name)
		}
		for _, value := range []string{f.Example, d.Write(Help{Kinds: []string{"tests", "code"}, Tool: "Claude", Model: "Claude Opus 4.5", Other: []string{"sparse"}}), d.Write(Help{Kinds: []string{"code"}})} {
			filled := strings.NewReplacer("<agent>", "Claude", "<tool>", "Claude", "<model>", "opus-4.5", "<model and version>", "Opus 4.5", "<name>", "Jo", "<address>", "<jo@example.org>").Replace(value)
			if faults := d.Faults(filled); filled != "" && len(faults) > 0 {
				t.Errorf("%s refuses %q: %s", f.Name, filled, faults[0].Says)
			}
		}
	}
	if FormOf("") == nil || FormOf("").Name != Free || FormOf("wibble") != nil {
		t.Error("an empty name is not free, or an unknown one is something")
	}
}

// Faults point at the part that is wrong; the fix, where there is one, fits.
func TestFaults(t *testing.T) {
	basic := []string{"git", "gcc"}
	for _, c := range []struct {
		form        Grammar
		value, want string // each fault: what it points at, and the value that its fix makes of it
	}{
		{LLMTools, "LLM", ""},
		{LLMTools, "LLM coccinelle sparse", ""},
		{LLMTools, "llm coccinelle", "[llm]→LLM coccinelle"},
		{LLMTools, "LLM git", "[git]→LLM"},
		{LLMTools, "LLM GCC sparse", "[GCC]→LLM sparse"},
		{LLMTools, "LLM, coccinelle", "[LLM,]→LLM coccinelle"},
		{LLMTools, "LLM [coccinelle], sparse", "[[coccinelle],]→LLM coccinelle sparse"},
		{LLMTools, "Claude:claude-3-opus coccinelle sparse", "[Claude:claude-3-opus]→LLM coccinelle sparse"},
		{LLMTools, "Claude Code:GLM-5.2", "[ ]→LLM"},
		{LLMTools, "Claude Opus 4.5", "[Claude Opus 4.5]→LLM"},
		{LLMTools, "ChatGPT smatch", "[ChatGPT]→LLM smatch"},
		{LLMTools, "<agent>", "[<agent>]"},
		{AgentModelTools, "Claude:claude-3-opus coccinelle sparse", ""},
		{AgentModelTools, "Claude:claude-3-opus git", "[git]→Claude:claude-3-opus"},
		{AgentModelTools, "LLM coccinelle sparse", "[LLM]→<agent>:<model> coccinelle sparse"},
		{AgentModelTools, "Claude Code:GLM-5.2", "[ ]→Claude-Code:GLM-5.2"},
		{AgentModelTools, "Claude Code:GLM-5.2 sparse", "[ ]→Claude-Code:GLM-5.2 sparse"},
		{AgentModelTools, "Claude", "[Claude]→Claude:<model>"},
		{AgentModelTools, "Claude:", "[Claude:]→Claude:<model>"},
		{AgentModelTools, ":opus", "[:opus]→<agent>:opus"},
		{AgentModelTools, "Claude:<model>", "[<model>]"},
		{ToolParens, "Claude Code", ""},
		{ToolParens, "Claude Code (Opus 4.5)", ""},
		{ToolParens, "Claude Code [Opus 4.5]", "[[Opus 4.5]]→Claude Code (Opus 4.5)"},
		{ToolParens, "Claude:opus-4.5", "[Claude:opus-4.5]→Claude (opus-4.5)"},
		{ToolParens, "Claude (Opus 4.5", "[(Opus 4.5]→Claude (Opus 4.5)"},
		{ToolParens, "Claude ()", "[()]→Claude"},
		{ToolParens, "(Opus 4.5)", "[(Opus 4.5)]→<tool> (Opus 4.5)"},
		{ToolParens, "Claude (Opus 4.5) and more", "[ and more]"},
		{ToolParens, "Claude Opus 4.5)", "[)]"},
		{ToolParens, "Claude <noreply@anthropic.com>", "[<noreply@anthropic.com>]→Claude"},
		{ToolParens, "LLM", "[LLM]→<tool>"},
		{ToolModel, "claude-code", ""},
		{ToolModel, "claude-code claude-opus-4.5", ""},
		{ToolModel, "claude-code [claude-opus-4.5]", "[[claude-opus-4.5]]→claude-code claude-opus-4.5"},
		{ToolModel, "claude-code (claude-opus-4.5)", "[(claude-opus-4.5)]→claude-code claude-opus-4.5"},
		{ToolModel, "[claude-opus-4.5]", "[[claude-opus-4.5]]→<tool> claude-opus-4.5"},
		{ToolModel, "Claude:opus", "[Claude:opus]→Claude opus"},
		{ToolSlash, "Claude/opus-4.5", ""},
		{ToolSlash, "Claude", "[Claude]→Claude/<model>"},
		{ToolSlash, "Claude (opus)", "[Claude (opus)]→Claude/opus"},
		{ToolSlash, "/opus", "[/opus]→<tool>/opus"},
		{ToolModelVersion, "Claude Code (Claude Opus 4.5)", ""},
		{ToolModelVersion, "Claude Code, unspecified", ""},
		{ToolModelVersion, "Claude Code", "[Claude Code]→Claude Code (<model and version>)"},
		{Person, "Mary Miller <mary@example.org>", ""},
		{Person, "Mary Miller", "[Mary Miller]"},
		{Person, "Mary <mary>", "[<mary>]"},
		{Person, "<mary@example.org>", "[<mary@example.org>]"},
		{Link, "https://example.org/1", ""},
		{Link, "<20260528.1@example.org>", ""},
		{Link, "#12", ""},
		{Link, "owner/repo#12", ""},
		{Link, "see the list", "[see the list]"},
		{Free, "anything at all", ""},
		{Free, "<tool>", "[<tool>]"},
		{"", "", ""},
	} {
		d := &Disclosure{Value: c.form, NotListed: basic}
		var got []string
		for _, f := range d.Faults(c.value) {
			s := "[" + c.value[f.Span.Start:f.Span.End] + "]"
			if f.Fixable {
				s += "→" + c.value[:f.Instead.Start] + f.Write + c.value[f.Instead.End:]
			}
			if f.Says == "" || strings.HasSuffix(f.Says, ".") {
				t.Errorf("%q: %q does not go on after a name", c.value, f.Says)
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s %q:\n got %s\nwant %s", c.form, c.value, s, c.want)
		}
	}
}

func FuzzFaults(f *testing.F) {
	for _, form := range Forms() {
		f.Add(form.Example)
	}
	f.Add("a:b [c] (d) <e@f> LLM git,")
	f.Fuzz(func(t *testing.T, value string) {
		for _, form := range Forms() {
			d := &Disclosure{Value: form.Name, Kinds: []string{"code"}, NotListed: []string{"git"}}
			for _, fault := range d.Faults(value) {
				for _, s := range []struct{ start, end int }{{fault.Span.Start, fault.Span.End}, {fault.Instead.Start, fault.Instead.End}} {
					if s.start < 0 || s.end < s.start || s.end > len(value) {
						t.Fatalf("%s %q: span %v", form.Name, value, s)
					}
				}
			}
		}
	})
}
