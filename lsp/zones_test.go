package lsp

import (
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

// zonesPolicy asks much of the heart and little of the edge.
const zonesPolicy = `version: 1
project: Example
status: in-force
disclosure: {trailer: Assisted-by, value: agent-model-tools}
zones:
  - {name: heart, ring: inner, asks: [attestation, approval], paths: ["core/**"]}
  - {name: edge, ring: outer, asks: [attestation], paths: ["doc/**"]}
attestation:
  heading: AI use
  fields: [tool, parts, prompts, responsibility]
  for: {outer: [tool, parts]}
approval: {trailer: Approved-by, by: maintainers}
`

const helped = "core: speed up take\n\nIt copied each item by itself.\n\nAssisted-by: Claude:claude-opus-4.5\n"

func zonesRepo(t *testing.T) *repo {
	r := newRepo(t, zonesPolicy)
	r.write("MAINTAINERS", "Core\nM: Mary Maintainer <mary@example.org>\nM: Jo Doe <jo@example.org>\nF: core/\n")
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "Name the maintainers")
	r.stage("core/take.c", 3)
	return r
}

// The template comes with what is known; each open answer is told of at its place;
// filled in, nothing is left.
func TestAttestation(t *testing.T) {
	r := zonesRepo(t)
	for _, snippets := range []bool{false, true} {
		caps := capabilities()
		caps.Workspace.WorkspaceEdit.SnippetEditSupport = new(snippets)
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: caps})
		u := r.message()
		e.open(u, "gitcommit", helped)
		e.until(u, "approval-missing", "attestation-missing")
		i := slices.IndexFunc(e.actions(u, whole, protocol.CodeActionContext{}), func(a *protocol.CodeAction) bool {
			return a.Title == `Insert the attestation for the zone "heart"`
		})
		if i < 0 {
			t.Fatal("the template is not offered")
		}
		a := e.actions(u, whole, protocol.CodeActionContext{})[i]
		if a.IsPreferred != nil {
			t.Error("what has to be filled in is preferred")
		}
		edit := a.Edit.DocumentChanges[0].(*protocol.TextDocumentEdit).Edits[0]
		if snippets {
			s, ok := edit.(*protocol.SnippetTextEdit)
			if !ok || s.Snippet.Kind != "snippet" {
				t.Fatalf("%T is no edit with tab stops", edit)
			}
			for _, want := range []string{"- Tool: claude-opus-4.5\n", "- Parts: ${1:<which of: code (3 lines in core/take.c)>}", "- Prompts: ${2:<", "- Responsibility: ${3:<I understand this code"} {
				if !strings.Contains(s.Snippet.Value, want) {
					t.Errorf("no %q in %q", want, s.Snippet.Value)
				}
			}
			continue
		}
		text := applyEdits(t, helped, editsOf(t, a, u), protocol.PositionEncodingKindUTF16)
		e.change(u, text)
		shown := last(e.until(u, "attestation-incomplete", "attestation-incomplete", "attestation-incomplete", "approval-missing"))
		lines := strings.Split(text, "\n")
		for _, d := range shown[:3] {
			line := lines[d.Range.Start.Line]
			if got := line[d.Range.Start.Character:d.Range.End.Character]; !strings.HasPrefix(got, "<") || !strings.HasSuffix(line, got) {
				t.Errorf("%q is not the placeholder of %q", got, line)
			}
		}
		text = strings.NewReplacer(
			"<which of: code (3 lines in core/take.c)>", "all of core/take.c",
			"<the prompts, or a summary of them>", "one memcpy for each row",
			"<I understand this code, I can explain it, and I am responsible for it.>", "I understand this code, I can explain it, and I am responsible for it.",
		).Replace(text)
		e.change(u, text+"Approved-by: Mary Maintainer <mary@example.org>\n")
		e.until(u)
	}
}

func TestAttestationHelp(t *testing.T) {
	r := zonesRepo(t)
	e := startIn(r)
	u := r.message()
	for marked, want := range map[string]string{
		"s\n\nAI us¦e:\n- Tool: x 1\n\nAssisted-by: a:b\n":                     "asks a person to state",
		"s\n\nAI use:\n- To¦ol: x 1\n\nAssisted-by: a:b\n":                     "Which tool and model helped",
		"s\n\nAI use:\n- Responsibility: ¦yes\n\nAssisted-by: a:b\n":           "To confirm: “I understand this code",
		"s\n\nText.\n\nAppr¦oved-by: Mary Maintainer <mary@example.org>\n":     "records who agreed beforehand",
		"s\n\nText.\n\nAssi¦sted-by: Claude:claude-opus-4.5\nSigned-off-by: x": "one word without blanks",
	} {
		if text, _ := e.hover(t, u, marked); !strings.Contains(text, want) {
			t.Errorf("%q: no %q in\n%s", marked, want, text)
		}
	}
	for _, c := range []struct {
		text string
		at   protocol.Position
		want []string
	}{
		{"s\n\nText.\n\nApproved-by: \n", protocol.Position{Line: 4, Character: 13}, []string{"Mary Maintainer <mary@example.org>"}},
		{"s\n\nText.\n\nAssisted-by: \n", protocol.Position{Line: 4, Character: 13}, []string{"<agent>:<model>"}},
		{"s\n\nAI use:\n- Tool: x 1\n\n\nAssisted-by: a:b\n", protocol.Position{Line: 4}, []string{"Parts", "Prompts", "Responsibility"}},
		{"s\n\nAI use:\n- Tool: x 1\n- Responsibility: \n\nAssisted-by: a:b\n", protocol.Position{Line: 4, Character: 18}, []string{"I understand this code, I can explain it, and I am responsible for it."}},
		{"s\n\nAI use:\n\n\nAssisted-by: a:b\n", protocol.Position{Line: 3}, []string{"Tool", "Parts", "Prompts", "Responsibility"}},
		{"s\n\nAI in use:\n\n\nAssisted-by: a:b\n", protocol.Position{Line: 3}, nil},
		{"s\n\nText.\n\nA\n", protocol.Position{Line: 4, Character: 1}, slices.Concat([]string{"Assisted-by: <agent>:<model>", "Approved-by: ", signOff}, common)},
	} {
		e.opened(u, "gitcommit", c.text)
		if got := labels(e.complete(u, c.at)); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, not %q", c.text, got, c.want)
		}
		e.close(u)
	}
}

// Another answer is written as those above it, and is found by what was typed.
func TestAnotherAnswer(t *testing.T) {
	r := zonesRepo(t)
	e := startIn(r)
	for above, bullet := range map[string]string{"- Tool: x 1": "- ", "Tool: x 1": "", "": "- "} {
		text, offset := cut(t, "s\n\nAI use:\n"+strings.TrimLeft(above+"\n", "\n")+bullet+"Pr¦\n\nAssisted-by: a:b\n")
		e.opened(r.message(), "gitcommit", text)
		items := e.complete(r.message(), positionAt(text, offset, e.caps.PositionEncoding))
		i := slices.Index(labels(items), "Prompts")
		if i < 0 {
			t.Errorf("below %q: %q", above, labels(items))
			continue
		}
		filter, ok := items[i].FilterText.Get()
		if !ok {
			filter = items[i].Label
		}
		if want := bullet + "Prompts"; filter != want {
			t.Errorf("below %q: looked for by %q, not %q", above, filter, want)
		}
		got := applyEdits(t, text, []protocol.TextEdit{*items[i].TextEdit.(*protocol.TextEdit)}, e.caps.PositionEncoding)
		if !strings.Contains(got, "\n"+bullet+"Prompts:") {
			t.Errorf("below %q:\n%s", above, got)
		}
	}
}

func TestSnippet(t *testing.T) {
	for _, c := range []struct {
		text string
		fill []string
		want string
	}{
		{"a", nil, "a"},
		{"<x>:<y> z", []string{"<x>", "<y>"}, "${1:<x>}:${2:<y>} z"},
		{"<y> <x>", []string{"<x>", "<y>"}, "<y> ${1:<x>}"},
		{`$a \ } <x}>`, []string{"<x}>"}, `\$a \\ \} ${1:<x\}>}`},
		{"none", []string{"<x>"}, "none"},
	} {
		if got := snippet(c.text, c.fill); got != c.want {
			t.Errorf("%q: %q, not %q", c.text, got, c.want)
		}
	}
}
