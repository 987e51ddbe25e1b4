package lsp

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"colophon/policy"
)

// valueCase is a value that is being written, in a message that may speak of a tool.
type valueCase struct {
	marked string
	knows  string   // another trailer of the message
	want   []string // labels
	text   string   // what the first writes with tab stops; "" is its label
	plain  string   // what it writes without; nothing is offered where that stands there
}

const claude = "Co-authored-by: Claude Opus 4.5 <noreply@anthropic.com>"

var valueCases = map[policy.Grammar][]valueCase{
	policy.AgentModelTools: {
		{"¦", "", []string{"<agent>:<model>"}, "${1:<agent>}:${2:<model>}", ""},
		{"¦", claude, []string{"Claude:claude-opus-4.5"}, "", "Claude:claude-opus-4.5"},
		{"cl¦", claude, []string{"Claude:claude-opus-4.5", "cl:<model>"}, "", "Claude:claude-opus-4.5"},
		{"my-agent¦", "", []string{"my-agent:<model>"}, "my-agent:${1:<model>}", "my-agent:"},
		{"my-agent:¦", "", []string{"my-agent:<model>"}, "my-agent:${1:<model>}", "my-agent:"},
		{"my-agent:m¦", "", nil, "", ""},
		{"my-agent:m ¦", "", nil, "", ""},
		{"Claude:claude-opus-4.5¦", claude, nil, "", ""},
		{"x¦:y", "", nil, "", ""},
	},
	policy.LLMTools: {
		{"¦", "", []string{"LLM"}, "", "LLM"},
		{"L¦", claude, []string{"LLM"}, "", "LLM"},
		{"LLM¦", "", nil, "", ""},
		{"LLM ¦", "", nil, "", ""},
		{"LLM ¦", "Assisted-by: LLM sparse", []string{"LLM sparse"}, "", "LLM sparse"},
		{"Claude¦", "", nil, "", ""},
	},
	policy.ToolParens: {
		{"¦", "", []string{"<tool>"}, "${1:<tool>}", ""},
		{"¦", claude, []string{"Claude (Claude Opus 4.5)"}, "", "Claude (Claude Opus 4.5)"},
		{"My Tool¦", "", []string{"My Tool (<model>)"}, "My Tool (${1:<model>})", "My Tool ("},
		{"My Tool (¦", "", []string{"My Tool (<model>)"}, "My Tool (${1:<model>})", "My Tool ("},
		{"My Tool (m¦)", "", nil, "", ""},
		{"My Tool:¦", "", nil, "", ""},
	},
	policy.ToolModel: {
		{"¦", "", []string{"<tool>"}, "${1:<tool>}", ""},
		{"¦", claude, []string{"Claude claude-opus-4.5"}, "", "Claude claude-opus-4.5"},
		{"tool¦", "", []string{"tool <model>"}, "tool ${1:<model>}", "tool "},
		{"tool ¦", "", []string{"tool <model>"}, "tool ${1:<model>}", "tool "},
		{"tool m¦", "", nil, "", ""},
	},
	policy.ToolSlash: {
		{"¦", "", []string{"<tool>/<model>"}, "${1:<tool>}/${2:<model>}", ""},
		{"¦", claude, []string{"Claude/claude-opus-4.5"}, "", "Claude/claude-opus-4.5"},
		{"tool¦", "", []string{"tool/<model>"}, "tool/${1:<model>}", "tool/"},
		{"tool/¦", "", []string{"tool/<model>"}, "tool/${1:<model>}", "tool/"},
	},
	policy.ToolModelVersion: {
		{"¦", "", []string{"<tool> (<model and version>)"}, "${1:<tool>} (${2:<model and version>})", ""},
		{"T}$¦", "", []string{"T}$ (<model and version>)"}, `T\}\$ (${1:<model and version>})`, "T}$ ("},
	},
	policy.Free: {
		{"¦", "", []string{"<tool>"}, "${1:<tool>}", ""},
		{"¦", claude, []string{"Claude Opus 4.5"}, "", "Claude Opus 4.5"},
		{"some words¦", claude, nil, "", ""},
	},
	policy.Link: {
		{"¦", "", []string{"<link>"}, "${1:<link>}", ""},
		{"https:¦", "", nil, "", ""},
	},
	policy.Person: {
		{"¦", "", []string{"Ann <ann@example.org>"}, "", "Ann <ann@example.org>"},
		{"exa¦", "", []string{"Ann <ann@example.org>"}, "", "Ann <ann@example.org>"},
		{"nn¦ <", "", []string{"Ann <ann@example.org>"}, "", "Ann <ann@example.org>"},
	},
}

// Each grammar, part by part. What is not known is a tab stop, or is left out.
func TestCompleteValue(t *testing.T) {
	for _, form := range policy.Forms() {
		if form.Name == policy.Kinds {
			continue
		}
		cases := valueCases[form.Name]
		if len(cases) == 0 {
			t.Errorf("the grammar %s has no case", form.Name)
			continue
		}
		r := newRepo(t, "version: 1\nproject: Example\nas_of: 2026-11-21\nstatus: in-force\ndisclosure: {trailer: Assisted-by, value: "+string(form.Name)+"}\n")
		r.by("Ann", "ann@example.org", "One\n")
		for _, snippets := range []bool{true, false} {
			caps := completionClient(protocol.PositionEncodingKindUTF8)
			caps.TextDocument.Completion.CompletionItem.SnippetSupport = new(snippets)
			e := start(t, r.env, &protocol.InitializeParams{Capabilities: caps})
			for _, c := range cases {
				c.check(t, e, r, form.Name, snippets)
			}
		}
	}
}

func (c *valueCase) check(t *testing.T, e *editor, r *repo, g policy.Grammar, snippets bool) {
	t.Helper()
	knows := ""
	if c.knows != "" {
		knows = c.knows + "\n"
	}
	text, offset := cut(t, "s\n\nText.\n\n"+knows+"Assisted-by: "+c.marked+"\n")
	u := r.message()
	e.opened(u, "gitcommit", text)
	at := positionAt(text, offset, protocol.PositionEncodingKindUTF8)
	items := e.completeRead(u, at).Items
	want := c.want
	typed, _, _ := strings.Cut(c.marked, caret)
	if !snippets && typed != "" && c.plain == typed {
		want = nil
	}
	if got := labels(items); !slices.Equal(got, want) {
		t.Errorf("%s, %q, snippets %v: %q, want %q", g, c.marked, snippets, got, want)
		return
	}
	for i, it := range items {
		e.applied(t, text, it, at)
		e.filtered(t, text, it, at)
		written := strings.TrimLeft(it.TextEdit.(*protocol.TextEdit).NewText, " ")
		want := c.plain
		if snippets {
			want = cmp.Or(c.text, c.want[0])
		}
		if i == 0 && written != want {
			t.Errorf("%s, %q, snippets %v: writes %q, want %q", g, c.marked, snippets, written, want)
		}
		if !snippets && strings.Contains(written, "<") && g != policy.Person {
			t.Errorf("%s, %q: a client without tab stops is left with %q", g, c.marked, written)
		}
	}
}

// A blank typed behind a tool's name presses no model on anybody, where there may be
// none; a part that must come is offered.
func TestCompleteValueTriggered(t *testing.T) {
	for _, c := range []struct {
		grammar policy.Grammar
		marked  string
		by      string
		want    []string
	}{
		{policy.ToolModel, "tool ¦", " ", nil},
		{policy.ToolParens, "tool ¦", " ", nil},
		{policy.ToolParens, "tool (¦", "(", []string{"tool (<model>)"}},
		{policy.AgentModelTools, "agent:¦", ":", []string{"agent:<model>"}},
		{policy.ToolModelVersion, "tool ¦", " ", []string{"tool (<model and version>)"}},
	} {
		r := newRepo(t, "version: 1\ndisclosure: {trailer: Assisted-by, value: "+string(c.grammar)+"}\n")
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(protocol.PositionEncodingKindUTF8)})
		text, offset := cut(t, "s\n\nText.\n\nAssisted-by: "+c.marked+"\n")
		e.opened(r.message(), "gitcommit", text)
		list := e.completeList(&protocol.CompletionParams{
			TextDocumentPositionParams: position(r.message(), positionAt(text, offset, protocol.PositionEncodingKindUTF8)),
			Context:                    protocol.CompletionContext{TriggerKind: protocol.CompletionTriggerKindTriggerCharacter, TriggerCharacter: &c.by},
		})
		if got := labels(list.Items); !slices.Equal(got, c.want) {
			t.Errorf("%s, %q: %q, want %q", c.grammar, c.marked, got, c.want)
		}
	}
}

// Half a name that is being written is no evidence of a tool, and one of another
// line is.
func TestCompleteValueKey(t *testing.T) {
	r := newRepo(t, "version: 1\ndisclosure: {trailer: Assisted-by, value: agent-model-tools}\nsignoff: {required: true}\n")
	for snippets, want := range map[bool]string{true: "Assisted-by: ${1:<agent>}:${2:<model>}", false: "Assisted-by: "} {
		caps := completionClient(protocol.PositionEncodingKindUTF8)
		caps.TextDocument.Completion.CompletionItem.SnippetSupport = new(snippets)
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: caps})
		text, offset := cut(t, "s\n\nText.\n\nA¦\n")
		e.opened(r.message(), "gitcommit", text)
		items := e.complete(r.message(), positionAt(text, offset, protocol.PositionEncodingKindUTF8))
		if len(items) == 0 || items[0].Label != "Assisted-by: <agent>:<model>" || items[0].TextEdit.(*protocol.TextEdit).NewText != want {
			t.Errorf("snippets %v: %+v", snippets, items)
		}
	}
}

// The trailers of an attestation are keys of the policy.
func TestCompleteAttestationKeys(t *testing.T) {
	r := newRepo(t, strings.Replace(zonesPolicy, "heading: AI use", "form: trailers", 1))
	r.stage("core/take.c", 3)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(protocol.PositionEncodingKindUTF8)})
	text, offset := cut(t, "s\n\nText.\n\nAI-Tool: x\n¦\n")
	e.opened(r.message(), "gitcommit", text)
	at := positionAt(text, offset, protocol.PositionEncodingKindUTF8)
	items := e.complete(r.message(), at)
	want := []string{"Assisted-by: x:<model>", "Approved-by: ", "AI-Parts: ", "AI-Prompts: ", "AI-Responsibility: ", signOff}
	if got := labels(items); len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
		t.Errorf("%q, want %q first", got, want)
	}
	for _, it := range items {
		e.applied(t, text, it, at)
	}
}
