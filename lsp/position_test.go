package lsp

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"go.lsp.dev/protocol"
	"pgregory.net/rapid"
)

var encodings = []protocol.PositionEncodingKind{
	protocol.PositionEncodingKindUTF8, protocol.PositionEncodingKindUTF16, protocol.PositionEncodingKindUTF32,
}

func TestNegotiate(t *testing.T) {
	tests := []struct {
		name   string
		client []protocol.PositionEncodingKind
		want   protocol.PositionEncodingKind
	}{
		{"says nothing", nil, "utf-16"},
		{"Neovim 0.12", []protocol.PositionEncodingKind{"utf-8", "utf-16", "utf-32"}, "utf-8"},
		{"VS Code", []protocol.PositionEncodingKind{"utf-16"}, "utf-16"},
		{"eglot 1.17", []protocol.PositionEncodingKind{"utf-32", "utf-8", "utf-16"}, "utf-32"},
		{"unknown first", []protocol.PositionEncodingKind{"utf-7", "utf-8"}, "utf-8"},
		{"unknown only", []protocol.PositionEncodingKind{"utf-7"}, "utf-16"},
	}
	for _, test := range tests {
		if got := negotiate(test.client); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

// parsePosition reads a position as line:character.
func parsePosition(s string) (p protocol.Position) {
	if _, err := fmt.Sscanf(s, "%d:%d", &p.Line, &p.Character); err != nil {
		panic(err)
	}
	return p
}

func TestOffset(t *testing.T) {
	// One row per position: its offset in UTF-8, UTF-16 and UTF-32.
	tests := []struct {
		name, text, at string
		want           [3]int
	}{
		{"start", "ab\ncd", "0:0", [3]int{0, 0, 0}},
		{"second line", "ab\ncd", "1:1", [3]int{4, 4, 4}},
		{"end", "ab\ncd", "1:2", [3]int{5, 5, 5}},
		{"behind the line", "ab\ncd", "0:9", [3]int{2, 2, 2}},
		{"behind the line, \\r\\n", "ab\r\ncd", "0:9", [3]int{2, 2, 2}},
		{"behind the line, \\r", "ab\rcd", "0:9", [3]int{2, 2, 2}},
		{"far behind the line", "ab\ncd", "0:4294967295", [3]int{2, 2, 2}},
		{"behind the last line", "ab\ncd", "1:9", [3]int{5, 5, 5}},
		{"behind the text", "ab\ncd", "2:0", [3]int{5, 5, 5}},
		{"far behind the text", "ab\ncd", "4294967295:4294967295", [3]int{5, 5, 5}},
		{"empty last line", "ab\n", "1:0", [3]int{3, 3, 3}},
		{"no text", "", "0:0", [3]int{0, 0, 0}},
		{"behind no text", "", "0:1", [3]int{0, 0, 0}},
		{"line after \\r", "a\rb", "1:0", [3]int{2, 2, 2}},
		{"line after \\r\\n", "a\r\nb", "1:0", [3]int{3, 3, 3}},
		{"line after \\n\\r", "a\n\rb", "2:0", [3]int{3, 3, 3}},
		{"line after \\r\\r\\n", "a\r\r\nb", "2:0", [3]int{4, 4, 4}},
		{"two bytes, before", "éa", "0:0", [3]int{0, 0, 0}},
		{"two bytes, 1", "éa", "0:1", [3]int{0, 2, 2}},
		{"two bytes, 2", "éa", "0:2", [3]int{2, 3, 3}},
		{"three bytes, 1", "漢a", "0:1", [3]int{0, 3, 3}},
		{"three bytes, 2", "漢a", "0:2", [3]int{0, 4, 4}},
		{"three bytes, 3", "漢a", "0:3", [3]int{3, 4, 4}},
		{"four bytes, 1", "😀a", "0:1", [3]int{0, 0, 4}},
		{"four bytes, 2", "😀a", "0:2", [3]int{0, 4, 5}},
		{"four bytes, 3", "😀a", "0:3", [3]int{0, 5, 5}},
		{"four bytes, 4", "😀a", "0:4", [3]int{4, 5, 5}},
		{"stray bytes, 1", "\x80\xffa", "0:1", [3]int{1, 1, 1}},
		{"stray bytes, 2", "\x80\xffa", "0:2", [3]int{2, 2, 2}},
		{"cut sequence, 1", "\xf0\x9f\x98", "0:1", [3]int{1, 1, 1}},
		{"cut sequence, 2", "\xf0\x9f\x98", "0:2", [3]int{2, 2, 2}},
		{"stray byte after a sequence", "é\x80a", "0:2", [3]int{2, 3, 3}},
	}
	for _, test := range tests {
		for i, enc := range encodings {
			if got := newLines(test.text, enc).offset(parsePosition(test.at)); got != test.want[i] {
				t.Errorf("%s: %s in %q, %s: got %d, want %d", test.name, test.at, test.text, enc, got, test.want[i])
			}
		}
	}
}

func TestPosition(t *testing.T) {
	tests := []struct {
		text   string
		offset int
		want   [3]string
	}{
		{"", 0, [3]string{"0:0", "0:0", "0:0"}},
		{"a", -1, [3]string{"0:0", "0:0", "0:0"}},
		{"a", 9, [3]string{"0:1", "0:1", "0:1"}},
		{"a\n", 2, [3]string{"1:0", "1:0", "1:0"}},
		{"a\r\nb", 1, [3]string{"0:1", "0:1", "0:1"}},
		{"a\r\nb", 2, [3]string{"0:1", "0:1", "0:1"}}, // between \r and \n
		{"a\r\nb", 3, [3]string{"1:0", "1:0", "1:0"}},
		{"é😀x", 2, [3]string{"0:2", "0:1", "0:1"}},
		{"é😀x", 4, [3]string{"0:2", "0:1", "0:1"}}, // inside of the emoji
		{"é😀x", 6, [3]string{"0:6", "0:3", "0:2"}},
		{"\xff\xffx", 2, [3]string{"0:2", "0:2", "0:2"}},
	}
	for _, test := range tests {
		for i, enc := range encodings {
			if got := newLines(test.text, enc).position(test.offset); got != parsePosition(test.want[i]) {
				t.Errorf("%d in %q, %s: got %d:%d, want %s", test.offset, test.text, enc, got.Line, got.Character, test.want[i])
			}
		}
	}
}

// naiveOffset is the straightforward way to find a position: it walks over all runes
// of the text. It knows nothing of bytes.
func naiveOffset(text []rune, p protocol.Position, enc protocol.PositionEncodingKind) int {
	i := 0
	for line := uint32(0); line < p.Line; i++ {
		if i == len(text) {
			return i
		}
		if text[i] == '\n' || text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			line++
		}
	}
	var at uint32
	for ; i < len(text) && text[i] != '\n' && text[i] != '\r'; i++ {
		switch enc {
		case protocol.PositionEncodingKindUTF8:
			at += uint32(utf8.RuneLen(text[i]))
		case protocol.PositionEncodingKindUTF16:
			at += uint32(len(utf16.Encode(text[i : i+1])))
		default:
			at++
		}
		if at > p.Character {
			return i
		}
	}
	return i
}

// naiveEdit is what an edit does to a text. It is not ok when the range ends
// before it starts.
func naiveEdit(text string, r protocol.Range, with string, enc protocol.PositionEncodingKind) (edited string, ok bool) {
	runes := []rune(text)
	start, end := naiveOffset(runes, r.Start, enc), naiveOffset(runes, r.End, enc)
	if start > end {
		return text, false
	}
	return string(runes[:start]) + with + string(runes[end:]), true
}

func genText(t *rapid.T, label string, most int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
		"a", "b", " ", "word", "\n", "\r\n", "\r", "\n", "é", "e\u0301", "漢", "\u2028", "\ufffd", "😀", "👩\u200d🚀", "\U0010ffff", "\x00",
	}), 0, most).Draw(t, label), "")
}

func genPosition(t *rapid.T, label, text string) protocol.Position {
	return protocol.Position{
		Line:      rapid.Uint32Range(0, uint32(strings.Count(text, "\n")+strings.Count(text, "\r")+2)).Draw(t, label+" line"),
		Character: rapid.OneOf(rapid.Uint32Range(0, 12), rapid.Just(uint32(1<<32-1))).Draw(t, label+" character"),
	}
}

// TestEditsLikeNaive: documents and edits of all kinds, against the naive way.
func TestEditsLikeNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		enc := rapid.SampledFrom(encodings).Draw(t, "encoding")
		want := genText(t, "text", 30)
		l := newLines(want, enc)
		for range rapid.IntRange(1, 20).Draw(t, "edits") {
			r := protocol.Range{Start: genPosition(t, "start", want), End: genPosition(t, "end", want)}
			with := genText(t, "new", 6)
			edited, wantOK := naiveEdit(want, r, with, enc)
			start, end, ok := l.span(r)
			if ok != wantOK {
				t.Fatalf("span %v of %q: ok is %v", r, want, ok)
			}
			if !ok {
				continue
			}
			l = l.splice(start, end, with)
			if l.text != edited {
				t.Fatalf("%v of %q replaced by %q: got %q, want %q", r, want, with, l.text, edited)
			}
			if fresh := newLines(edited, enc); !slices.Equal(l.starts, fresh.starts) {
				t.Fatalf("lines of %q after an edit: %v, want %v", edited, l.starts, fresh.starts)
			}
			want = edited
		}
	})
}

// FuzzOffsets: conversions of any position and offset in any bytes stay inside
// the text and agree with each other.
func FuzzOffsets(f *testing.F) {
	f.Add("a\r\nb\rc\n", uint32(1), uint32(1), 2, 4)
	f.Add("é😀\xff\x80\xf0\x9f\n", uint32(0), uint32(3), 1, 7)
	f.Add("", uint32(9), uint32(9), 9, -9)
	f.Add("\r\r\n\n\r", uint32(1<<32-1), uint32(0), 1, 3)
	f.Fuzz(func(t *testing.T, text string, line, character uint32, a, b int) {
		if len(text) > 1<<12 {
			return // the check of all boundaries is quadratic
		}
		a, b = min(max(0, a), len(text)), min(max(0, b), len(text))
		for _, enc := range encodings {
			l := newLines(text, enc)
			p := protocol.Position{Line: line, Character: character}
			o := l.offset(p)
			if o < 0 || o > len(text) {
				t.Fatalf("%s: offset of %v in %q is %d", enc, p, text, o)
			}
			q := l.position(o)
			if q.Line > p.Line || q.Line == p.Line && q.Character > p.Character {
				t.Errorf("%s: %v in %q became %v, which is later", enc, p, text, q)
			}
			if got := l.offset(q); got != o {
				t.Errorf("%s: %v in %q has offset %d, but after a round trip %d", enc, p, text, o, got)
			}
			for i := 0; ; {
				want := i
				if 0 < i && i < len(text) && text[i-1] == '\r' && text[i] == '\n' {
					want-- // there is no position between \r and \n
				}
				if got := l.offset(l.position(i)); got != want {
					t.Errorf("%s: offset %d in %q became %d", enc, i, text, got)
				}
				if i == len(text) {
					break
				}
				_, size := utf8.DecodeRuneInString(text[i:])
				i += size
			}
			start, end := min(a, b), max(a, b)
			spliced := l.splice(start, end, text)
			if fresh := newLines(text[:start]+text+text[end:], enc); spliced.text != fresh.text || !slices.Equal(spliced.starts, fresh.starts) {
				t.Errorf("%q put into itself at %d to %d: lines %v, want %v", text, start, end, spliced.starts, fresh.starts)
			}
		}
	})
}

// benchText is like a verbose commit message: prose, then a diff.
func benchText(size int) string {
	const line = "+\tif err := s.doSomething(ctx, \"näive\"); err != nil { // wait, what\n"
	return strings.Repeat(line, size/len(line)+1)[:size]
}

func benchSizes(b *testing.B, f func(b *testing.B, text string)) {
	for _, size := range []int{3_000, 1_000_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) { f(b, benchText(size)) })
	}
	b.Run("one line of 1000000", func(b *testing.B) { f(b, strings.ReplaceAll(benchText(1_000_000), "\n", " ")) })
}

func BenchmarkPosition(b *testing.B) {
	benchSizes(b, func(b *testing.B, text string) {
		l := newLines(text, protocol.PositionEncodingKindUTF16)
		for b.Loop() {
			l.offset(l.position(len(text) / 2))
		}
	})
}

func BenchmarkEdit(b *testing.B) {
	benchSizes(b, func(b *testing.B, text string) {
		b.Run("full", func(b *testing.B) {
			for b.Loop() {
				newLines(text, protocol.PositionEncodingKindUTF16)
			}
		})
		b.Run("keystroke", func(b *testing.B) {
			l := newLines(text, protocol.PositionEncodingKindUTF16)
			p := l.position(len(text) / 2)
			r := protocol.Range{Start: p, End: p}
			for b.Loop() {
				start, end, _ := l.span(r)
				l.splice(start, end, "x")
			}
		})
	})
}
