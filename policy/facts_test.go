package policy

import (
	"strings"
	"testing"
	"unicode/utf8"

	"colophon/change"
)

func factsOf(t *testing.T, text string) string {
	t.Helper()
	p, err := decodeText("version: 1\n" + text)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range Facts(p) {
		b.WriteString(f.Topic + ": " + f.Text + "\n")
	}
	return b.String()
}

func TestFacts(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "AI-generated content: AI may help with code, tests and documentation, under the rules below.\ndisclosure: A commit message need not say where AI helped.\n"},
		{"status: proposed", "standing: The rules are proposed; the project has not adopted them.\n"},
		{"stance: {code: decline, tests: allow, review: decline}\nwhy: nobody knows whose it is", "content is not taken in code, documentation and review.\nAI-generated content: AI may help with tests, under the rules below.\nAI-generated content: The reason: Nobody knows whose it is.\n"},
		{"disclosure: {trailer: Assisted-by, value: llm-tools, need: should, not_listed: [git, vim]}",
			"disclosure: Where AI helped, the commit message should say so in a line at its end, such as `Assisted-by: LLM coccinelle sparse`.\n" +
				"disclosure: Its value has the form `LLM [tool …]`: The word LLM"},
		{"disclosure: {trailer: AI-used-for, value: kinds, kinds: [code, tests, docs], number: one, before: Signed-off-by, names_tool: forbidden}",
			"such as `AI-used-for: code, tests`.\ndisclosure: Its value names the kinds of use, of code, tests and docs, separated by commas"},
		{"disclosure: {trailer: A-b, interpretation: true}", "such as `A-b: a generic LLM chatbot`. (Colophon's reading)\n"},
		{"disclosure: {trailer: A-b, interpretation: the name is ours}", "disclosure: The name is ours. (Colophon's reading)\n"},
		{"forbidden: [{trailer: Co-authored-by, why: no tools}, {trailer: X, when: always}, {footer: tool}, {identity: author}]",
			"not taken: A line `Co-authored-by: …` that names an AI is not taken: no tools.\nnot taken: A line `X: …` is not taken.\nnot taken: What AI tools write about themselves, and links to conversations with them, are not taken in the message.\nnot taken: An AI must not be the commit's author.\n"},
		{"signoff: {required: true, by_ai: forbidden, why: a person answers}", "sign-off: The message has a person's `Signed-off-by`.\nsign-off: No tool signs off.\nsign-off: The reason: A person answers.\n"},
		{"classes: {test: [a, b], vendored: [], interpretation: true}", "files: Tests are `a` and `b`. (Colophon's reading)\nfiles: No file counts as from elsewhere. (Colophon's reading)\n"},
		{"zones: [{name: core, paths: [a], asks: [approval], interpretation: the list is ours}]\napproval: {trailer: OK-by, by: maintainers}",
			"the part core: The part core is `a`. (Colophon's reading)\nthe part core: An AI-assisted change there needs an agreement, recorded with `OK-by`.\nthe part core: The list is ours. (Colophon's reading)\nagreement: An agreement of a maintainer of the touched files is recorded as `OK-by: Mary Maintainer <mary@example.org>`.\n"},
		{"limits: {small-fix: {lines: 1, leave_out: [test, generated], not_for: [mechanical, refactoring], asks: [approval]}}",
			"size: An AI-assisted fix has at most 1 counted line.\n"},
		{"zones: [{name: core, ring: inner, paths: [a], asks: [attestation]}]\nattestation: {fields: [tool, responsibility], for: {inner: [tool]}}",
			"An AI-assisted change there comes with an attestation: Tool.\n"},
		{"patterns: [{match: 'x+', name: a prompt, in: body, why: take it out}]", "wording: The message's body must not have a prompt (`x+`): take it out.\n"},
		{"pull_request: {section: AI use, none: No AI, boxes: [{says: I used, kind: code}], choose: one, link: true}", "pull request: Exactly one of the boxes is ticked.\n"},
		{"severity: {core-zone: off}", "weight: Colophon does not report `core-zone`.\n"},
	} {
		if got := factsOf(t, c.text); !strings.Contains(got, c.want) {
			t.Errorf("%s:\ngot\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
}

// Facts are for people who will never see the file.
func TestFactsArePlain(t *testing.T) {
	for _, name := range Presets() {
		p, err := Preset(name)
		if err != nil {
			t.Fatal(err)
		}
		facts := Facts(p)
		if len(facts) < 3 {
			t.Errorf("%s has only %d facts", name, len(facts))
		}
		seen := make(map[Fact]bool)
		for _, f := range facts {
			if seen[f] {
				t.Errorf("%s says twice: %s", name, f.Text)
			}
			seen[f] = true
			if f.Topic == "" || !strings.ContainsAny(f.Text[len(f.Text)-1:], ".!?)\"") || strings.Contains(f.Text, "  ") || strings.ContainsAny(f.Text, "\n") || !utf8.ValidString(f.Text) {
				t.Errorf("%s: %s: %q is no plain sentence", name, f.Topic, f.Text)
			}
			for _, key := range []string{"names_tool", "leave_out", "small-fix:", "when-evident", "not_listed", "by_ai", "%!"} {
				if strings.Contains(f.Text, key) {
					t.Errorf("%s: %q speaks our YAML", name, f.Text)
				}
			}
		}
	}
}

func TestWhyClass(t *testing.T) {
	p, err := decodeText("version: 1\nclasses: {generated: [\"*.gen\"]}\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path string
		said change.Attributes
		want string
	}{
		{"a.gen", change.Attributes{}, "generated by the policy's pattern `*.gen`"},
		{"a.gen", change.Attributes{Generated: change.Unset}, "code no pattern of another class matches; gitattributes say that it is not generated"},
		{"docs/a.gen", change.Attributes{Generated: change.Unset}, "documentation by the usual pattern `**/docs/**`; gitattributes say that it is not generated"},
		{"a.c", change.Attributes{Vendored: change.Set}, "vendored gitattributes say so"},
		{"a_test.go", change.Attributes{}, "test by the usual pattern `*_test.*`"},
		{"go.sum", change.Attributes{}, "code no pattern of another class matches"},
	} {
		if got := string(p.ClassOf(c.path, c.said)) + " " + p.WhyClass(c.path, c.said); got != c.want {
			t.Errorf("%s: %s, not %s", c.path, got, c.want)
		}
	}
	var none *Policy
	if got := none.WhyClass("go.sum", change.Attributes{}); got != "by the usual pattern `go.sum`" {
		t.Error(got)
	}
}
