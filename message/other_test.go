package message

import (
	"strings"
	"testing"
)

// Header lines of another program are in front of the message, and stay there.
func TestHeaders(t *testing.T) {
	o := Options{Headers: []string{"Patch", "Author", "Date"}}
	const head = "Patch:  one\nAuthor: Jo <jo@e.org>\nDate:   2026-11-27\n\n"
	for _, c := range []struct{ text, subject, clean, added string }{
		{head + "net: x\n\nbody\n", "net: x", "net: x\n\nbody\n", head + "net: x\n\nbody\n\nA: b\n"},
		{head + "Patch: is a word\n", "Patch: is a word", "Patch: is a word\n", head + "Patch: is a word\n\nA: b\n"},
		{"net: x\nPatch: y\n", "net: x", "net: x\nPatch: y\n", "net: x\nPatch: y\n\nA: b\n"},
		{"Patch:\n\nnet: x\n", "net: x", "net: x\n", "Patch:\n\nnet: x\n\nA: b\n"},
		{head + "\n\n# remark\n", "", "", head + "\n\nA: b\n\n\n# remark\n"},
		{head + "\nSigned-off-by: Jo <jo@e.org>\n", "Signed-off-by: Jo <jo@e.org>", "Signed-off-by: Jo <jo@e.org>\n", head + "\nSigned-off-by: Jo <jo@e.org>\nA: b\n"},
		{"Patch: one", "", "", "Patch: one\n\n\n\nA: b\n"},
		{"Patch: one\n", "", "", "Patch: one\n\n\n\nA: b\n"},
	} {
		m := Parse(c.text, o)
		if got := m.Slice(m.Subject); got != c.subject || m.Clean() != c.clean {
			t.Errorf("%q: subject %q, message %q", c.text, got, m.Clean())
		}
		got, err := Apply(c.text, []Edit{m.AddTrailer("A", "b", "")})
		if err != nil || got != c.added {
			t.Errorf("%q with a trailer is %q, %v; want %q", c.text, got, err, c.added)
		}
		if strings.HasPrefix(c.text, head) {
			got, err := Apply(c.text, []Edit{m.AddParagraph([]string{"p"})})
			if err != nil || !strings.HasPrefix(got, head) {
				t.Errorf("%q with a paragraph is %q, %v", c.text, got, err)
			}
		}
	}
	if m := Parse(head+"\nSigned-off-by: Jo <jo@e.org>\n", o); !m.Unwritten() {
		t.Error("a free line above a sign-off is not seen below header lines")
	}
	if m := Parse(head+"net: x  \n", Options{Headers: o.Headers, Cleanup: Verbatim}); m.Clean() != "net: x  \n" {
		t.Errorf("verbatim, the message is %q", m.Clean())
	}
	if m := Parse(head+"net: x\n", Options{}); m.Start != 0 || m.Slice(m.Subject) != "Patch:  one" {
		t.Error("git knows no header lines")
	}
}

// The line that ends the message in another program does so wherever it stands.
func TestEnd(t *testing.T) {
	const scissors = "# ------------------------ >8 ------------------------\n"
	o := Options{Comment: "JJ:", End: "JJ: ignore-rest", Cut: CutNever}
	for _, c := range []struct{ text, clean, below string }{
		{"x\nJJ: ignore-rest\ny\n", "x\n", "JJ: ignore-rest\ny\n"},
		{"x\nJJ: ignore-rest, really", "x\n", "JJ: ignore-rest, really"},
		{"x\n JJ: ignore-rest\n", "x\n JJ: ignore-rest\n", ""},
		{"x\n" + scissors + "diff \n", "x\n" + scissors + "diff\n", ""},
		{"JJ: ignore-rest\nx\n", "", "JJ: ignore-rest\nx\n"},
	} {
		if m := Parse(c.text, o); m.Clean() != c.clean || m.Below() != c.below {
			t.Errorf("%q: message %q, below %q", c.text, m.Clean(), m.Below())
		}
	}
}
