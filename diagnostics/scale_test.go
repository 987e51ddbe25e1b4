package diagnostics_test

import (
	"runtime"
	"strings"
	"testing"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// Messages that have a line for every few bytes of theirs, of which n are wanted.
func manyLines(n int) map[string]string {
	const head, trailers = "net: fix it\n\n", "AI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n"
	fill := func(s string) string { return strings.Repeat(s, n/len(s)) }
	return map[string]string{
		"a subject":              fill("a\n"),
		"a body":                 head + fill("a\n") + "\n" + trailers,
		"a block":                head + fill("a\n") + trailers,
		"trailers":               head + fill("a: b\n"),
		"trailers, one signed":   head + fill("a: b\n") + trailers,
		"trailers, no subject":   "\n" + fill("a: b\n"),
		"one folded":             head + "a: b\n" + fill(" c\n") + trailers,
		"each folded":            head + fill("a: b\n c\n") + trailers,
		"paragraphs":             head + fill("a\n\n") + trailers,
		"paragraphs of trailers": head + fill("a: b\n\n") + trailers,
		"blank":                  head + fill("\n") + trailers,
		"comments":               head + fill("# a\n") + trailers,
		"broken":                 head + fill("x-by: b\na\n"),
		"broken, commented":      head + fill("x-by: b\na\n# c\n"),
		"disclosures":            fill("AI-used-for: code\n"),
		"disclosures, lost":      head + fill("AI-used-for: code\n\n"),
		"signed, lost":           head + fill("Signed-off-by: a <a@b>\n\n") + "AI-used-for: code\n",
		"tools":                  head + fill("Co-authored-by: Claude <noreply@anthropic.com>\n"),
		"tools forbidden":        head + fill("Assisted-by: x\n"),
		"footers":                head + fill("Generated with [Claude Code](x)\n"),
	}
}

// allocated is how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// However a message is made up, what it costs to judge it grows with its length, and is
// not many times that.
func TestScale(t *testing.T) {
	p, err := policy.Preset("qemu-2026-09")
	if err != nil {
		t.Fatal(err)
	}
	const few, many = 32 << 10, 256 << 10
	const most = 1000 // bytes allocated for one of the message; expressions cost the most, with the race detector
	for _, o := range []message.Options{{}, {Cleanup: message.Verbatim, Cut: message.CutNever}} {
		small := manyLines(few)
		for name, text := range manyLines(many) {
			cost := func(text string) uint64 {
				return allocated(func() {
					diagnostics.Check(diagnostics.Input{Message: message.Parse(text, o), Policy: p})
				})
			}
			cost(small[name]) // what is made once
			a, b := cost(small[name])/few, cost(text)/many
			if b > most || b > 2*a+8 {
				t.Errorf("%s, %s: %d bytes for one of %d, %d for one of %d", name, o.Cleanup, a, few, b, many)
			}
		}
	}
}

// A finding names no more places than a person reads, and no fix keeps the text.
func TestBrokenLong(t *testing.T) {
	p, err := policy.Preset("qemu-2026-09")
	if err != nil {
		t.Fatal(err)
	}
	text := "net: fix it\n\n" + strings.Repeat("x-by: b\n", 1000) + "a\n"
	for _, f := range diagnostics.Check(diagnostics.Input{Message: message.Parse(text, message.Options{}), Policy: p}) {
		if f.Rule != "trailer-block" {
			continue
		}
		if n := len(f.Related); n != 20 {
			t.Errorf("%d places", n)
		}
		got, err := message.Apply(text, f.Fixes[0].Edits)
		if want := "net: fix it\n\na\n\n" + strings.Repeat("x-by: b\n", 1000); err != nil || got != want {
			t.Errorf("it becomes %.60q, %v", got, err)
		}
		return
	}
	t.Error("it is not found")
}
