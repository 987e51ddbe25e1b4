package lsp

import (
	"strings"
	"testing"
)

func TestHighlights(t *testing.T) {
	patch := "# ------------------------ >8 ------------------------\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-a.c\n+x\ndiff --git a/o b/n\nrename from o\nrename to n\n"
	block := "x\n\nBody\n\nCc: Jo Doe <jo@example.org>\nreviewed-by: Jo <JO@example.org>\nCC: b <b@c>\n"
	for _, c := range []struct{ name, text, want string }{
		{"token", strings.Replace(block, "Cc", "C¦c", 1), "Cc CC"},
		{"the other one", strings.Replace(block, "CC", "CC¦", 1), "Cc CC"},
		{"person", strings.Replace(block, "Jo Doe", "Jo¦ Doe", 1), "Jo Doe <jo@example.org> Jo <JO@example.org>"},
		{"address", strings.Replace(block, "b@c", "b@¦c", 1), "b <b@c>"},
		{"text", strings.Replace(block, "Body", "Bo¦dy", 1), ""},
		{"subject", "C¦c: x\n\nCc: x\n", ""},
		{"path of a list", "x\n#\tmodified:   a¦.c\n" + patch, "a.c a/a.c b/a.c a/a.c b/a.c"},
		{"path of the patch", "x\n#\tmodified:   a.c\n" + strings.Replace(patch, "+++ b/a", "+++ b/¦a", 1), "a.c a/a.c b/a.c a/a.c b/a.c"},
		{"the old name", "x\n" + strings.Replace(patch, "from o", "from ¦o", 1), "o"},
		{"content of the patch", "x\n" + strings.Replace(patch, "-a.c", "-a¦.c", 1), ""},
		{"list without a patch", "x\n#\tmodified:   a¦\n#\n#\tmodified:   a\n#\tmodified:   b\n", "a a"},
		{"nothing", "¦", ""},
	} {
		text, at := cut(t, c.text)
		p := pageOf(t, everything, "", text)
		var got []string
		for _, s := range p.highlights(at) {
			got = append(got, p.m.Slice(s))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
	long := "x\n\n" + strings.Repeat("Cc: Jo <jo@example.org>\n", 3000)
	for _, at := range []int{4, 10} {
		if n := len(pageOf(t, everything, "", long).highlights(at)); n != maxHighlights {
			t.Errorf("%d highlights", n)
		}
	}
}
