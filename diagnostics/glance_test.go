package diagnostics_test

import (
	"slices"
	"testing"

	"colophon/change"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// What the glance says of AI help is what the rules found.
func TestGlanceState(t *testing.T) {
	const signOff = "Signed-off-by: Jo Doe <jo@example.org>\n"
	const co = "Co-authored-by: Claude <noreply@anthropic.com>\n"
	for _, tt := range []struct {
		preset, trailers string
		stated           diagnostics.Statement
		prefers          diagnostics.Asking
		want             diagnostics.State
		kinds            []string
	}{
		{preset: "qemu-2026-09", trailers: signOff, want: diagnostics.StateOpen},
		{preset: "qemu-2026-09", trailers: signOff, prefers: diagnostics.AskNever, want: diagnostics.StateQuiet},
		{preset: "qemu-2026-09", trailers: signOff, stated: diagnostics.No, want: diagnostics.StateNone},
		{preset: "qemu-2026-09", trailers: signOff, stated: diagnostics.Yes, want: diagnostics.StateUndeclared},
		{preset: "qemu-2026-09", trailers: "AI-used-for: docs, code\n" + signOff, want: diagnostics.StateDeclared, kinds: []string{"code", "docs"}},
		{preset: "qemu-2026-09", trailers: "AI-used-for: code\n" + signOff, stated: diagnostics.Yes, want: diagnostics.StateDeclared, kinds: []string{"code"}},
		{preset: "qemu-2026-09", trailers: "AI-used-for: none\n" + signOff, want: diagnostics.StateNone},
		{preset: "qemu-2026-09", trailers: signOff + co, want: diagnostics.StateUndeclared},
		{preset: "linux-7.3", trailers: "Assisted-by: LLM sparse\n" + signOff, want: diagnostics.StateDeclared},
		{preset: "numpy", want: diagnostics.StateRequest},
		{preset: "numpy", trailers: co, want: diagnostics.StateEvident},
		{preset: "qemu-decline", trailers: signOff, want: diagnostics.StateDeclines},
		{preset: "qemu-decline", trailers: signOff + co, want: diagnostics.StateDeclined},
		{preset: "qemu-decline", trailers: signOff, stated: diagnostics.No, want: diagnostics.StateNone},
	} {
		p, err := policy.Preset(tt.preset)
		if err != nil {
			t.Fatal(err)
		}
		in := diagnostics.Input{
			Policy: p, Stated: tt.stated, Prefers: diagnostics.Preferences{Ask: tt.prefers},
			Message: message.Parse("net: drop a dead store\n\nIt is never read.\n\n"+tt.trailers, message.Options{}),
			Files:   p.Files(&change.Change{Files: []change.File{{Path: "net/a.c", Lines: change.Lines{Changed: 3}}}}),
		}
		view, fs := diagnostics.Judge(in)
		g := diagnostics.GlanceOf(in, view, fs)
		if g.State != tt.want || !slices.Equal(g.Kinds, tt.kinds) {
			t.Errorf("%s, %q, %s: %s %q, not %s", tt.preset, tt.trailers, tt.stated, g.State, g.Kinds, tt.want)
		}
	}
	if g := diagnostics.GlanceOf(diagnostics.Input{}, diagnostics.View{}, nil); g.State != diagnostics.StateQuiet || g.Known {
		t.Errorf("without a policy: %+v", g)
	}
}
