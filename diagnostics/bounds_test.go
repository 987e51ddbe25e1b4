package diagnostics_test

import (
	"strings"
	"testing"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// Messages that nobody writes must not cost what nobody would wait for: the
// findings and the length of their sentences have a bound.
func TestHostileMessages(t *testing.T) {
	p, err := policy.Preset("qemu-2026-09")
	if err != nil {
		t.Fatal(err)
	}
	const n = 5000
	for name, text := range map[string]string{
		"many disclosures":   "x\n\nbody\n\n" + strings.Repeat("AI-used-for: code\n\n", n),
		"many co-authors":    "x\n\n" + strings.Repeat("Co-authored-by: Claude <noreply@anthropic.com>\n", n),
		"many footers":       "x\n\n" + strings.Repeat("Generated with [Claude Code](x)\n", n),
		"many items":         "x\n\nAI-used-for: " + strings.Repeat("a,", n) + "\n",
		"a long item":        "x\n\nAI-used-for: " + strings.Repeat("é", n) + "\n",
		"many names":         "x\n\nAI-used-for: code (" + strings.Repeat("claude; ", n) + ")\n",
		"many parentheses":   "x\n\nAI-used-for: " + strings.Repeat("(", n) + "\n",
		"many folds":         "x\n\nAI-used-for: a\n" + strings.Repeat(" b,\n", n),
		"many lost sign-off": "x\n\n" + strings.Repeat("Signed-off-by: a <a@b>\n\n", n) + "AI-used-for: code\n",
	} {
		fs := diagnostics.Check(diagnostics.Input{Message: message.Parse(text, message.Options{}), Policy: p})
		if len(fs) == 0 || len(fs) > 100 {
			t.Errorf("%s: %d findings", name, len(fs))
		}
		for _, f := range fs {
			if len(f.Message) > 700 {
				t.Errorf("%s: a sentence of %d bytes", name, len(f.Message))
			}
		}
	}
}
