package message

import (
	"runtime"
	"slices"
	"strings"
	"testing"
)

// A value of very many lines, which were put together one after the other: each then
// costs as much as all above it.
func TestManyFolds(t *testing.T) {
	cost := func(n int) uint64 {
		text := "x\n\nA: b\n" + strings.Repeat(" c\n", n)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		m := Parse(text, Options{})
		runtime.ReadMemStats(&after)
		if len(m.Trailers) != 1 || len(m.Trailers[0].Lines) != n+1 || m.Trailers[0].Value != "b"+strings.Repeat(" c", n) {
			t.Fatalf("%d trailers", len(m.Trailers))
		}
		if last := m.Trailers[0].At(Span{2 * n, 2*n + 1}); last != (Span{len(text) - 2, len(text) - 1}) {
			t.Errorf("the last line is at %v of %d", last, len(text))
		}
		return after.TotalAlloc - before.TotalAlloc
	}
	if few, many := cost(1000), cost(16000); many > 32*few {
		t.Errorf("16 times the lines take %d bytes, not %d", many, few)
	}
}

// Where nothing stands between its lines, a paragraph is a part of all lines; a comment
// is left out, and whoever adds to it spoils nothing.
func TestParagraph(t *testing.T) {
	m := Parse("a\nb\n\nc\n# d\ne\n\n# f\ng\n", Options{})
	for n, want := range map[int]string{-1: "", 0: "a b", 1: "c e", 2: "g", 3: ""} {
		var got []string
		for _, l := range m.Paragraph(n) {
			got = append(got, m.Slice(l.Span))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("paragraph %d is %q", n, got)
		}
	}
	before := slices.Clone(m.Lines)
	_ = append(m.Paragraph(0), Line{})
	if !slices.Equal(m.Lines, before) {
		t.Error("the lines have changed")
	}
	if o := m.Outline(); o.Lines != nil || o.Trailers != nil || o.Text != m.Text || o.Subject != m.Subject {
		t.Errorf("the outline is %+v", o)
	}
}
