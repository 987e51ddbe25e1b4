package message

import (
	"slices"
	"strings"
	"testing"
)

// fuzzOptions turns a number into options; all that matter are in reach.
func fuzzOptions(n uint16) Options {
	pick := func(of ...string) string {
		s := of[int(n)%len(of)]
		n /= uint16(len(of))
		return s
	}
	o := Options{
		Cleanup:    Cleanup(pick("strip", "whitespace", "scissors", "verbatim")),
		Comment:    pick("", ";", "//", "# "),
		Cut:        Cut(pick("", "always", "never")),
		Separators: pick("", ":=", "=#"),
		Divider:    pick("no", "yes") == "yes",
	}
	if pick("no", "yes") == "yes" {
		o.Keys = []string{"fix", "Fixes"}
	}
	o.End = pick("", "JJ: ignore-rest", "#"+strings.TrimSuffix(cutMark, "\n"))
	if pick("no", "yes") == "yes" {
		o.Headers = []string{"Patch", "From", "Key"}
	}
	return o
}

func addSeeds(f *testing.F) {
	for n := range uint16(40) {
		o := fuzzOptions(n * 13)
		f.Add(anyText(o.normal().Comment).Example(int(n)), n*13, []byte{byte(n), 1, 0, 2, 5, byte(n)})
	}
	for n := range uint16(6) { // each end, with headers and without
		o := fuzzOptions(n * 576)
		text := "Patch: one\nFrom: a\n\n" + anyText("#").Example(int(n)) + o.End + "\nbelow\n"
		f.Add(text, n*576, []byte{0, 1, 0, 2, 5, 1})
	}
}

func FuzzParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string, options uint16, _ []byte) {
		m := Parse(text, fuzzOptions(options))
		if err := checkMessage(m); err != nil {
			t.Fatal(err)
		}
		// The commit reads as the message did.
		o := m.Options
		o.Cleanup, o.Cut, o.End, o.Headers = Verbatim, CutNever, "", nil
		if again := Parse(m.Clean(), o); !slices.Equal(plainly(again.Trailers), plainly(m.Trailers)) {
			t.Fatalf("%q: %v, in the commit %v", text, m.Trailers, again.Trailers)
		}
		DetectComment(text)
	})
}

func FuzzEdits(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string, options uint16, script []byte) {
		var edits []Edit
		for i := 0; i+2 < len(script) && len(edits) < 8; i += 3 {
			at := int(script[i])
			edits = append(edits, Edit{Span{at, at + int(script[i+1])%8}, string(script[i+2 : i+3])})
		}
		if err := checkApply(text, edits); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(text, "\x00") {
			return // git refuses it
		}
		m := Parse(text, fuzzOptions(options))
		if m.Start == len(text) && !strings.HasSuffix(text, "\n") {
			return // no program ends a header so
		}
		n := newOne{token: "AI-used-for", value: "tests"}
		if options%2 == 0 {
			n.before = "Signed-off-by"
		}
		if _, err := checkAdd(m, n); err != nil {
			t.Fatal(err)
		}
		for i := range m.Trailers {
			if _, err := checkRemove(m, i); err != nil {
				t.Fatal(err)
			}
		}
		var lines []Span
		for i, l := range m.Lines {
			if i < len(script) && script[i]%2 == 0 {
				lines = append(lines, l.Full)
			}
		}
		if _, err := checkRemoveLines(m, lines); err != nil {
			t.Fatal(err)
		}
	})
}
