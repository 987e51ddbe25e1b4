package message

import (
	"fmt"
	"strings"
	"testing"
)

const benchTrailers = "AI-used-for: tests,\n  docs\nReviewed-by: B <b@example.org>\nSigned-off-by: A <a@example.org>\n"

func BenchmarkParse(b *testing.B) {
	body := strings.Repeat("A line of prose that is about as long as such lines are, that is all.\n", 36)
	status := "\n# Please enter the commit message for your changes.\n#\n" + strings.Repeat("#\tmodified:   a/path/to/a/file.c\n", 8)
	small := "Subject of a message\n\n" + body + "\n" + benchTrailers + status

	var diff strings.Builder
	for i := 0; diff.Len() < 1<<20; i++ {
		fmt.Fprintf(&diff, "diff --git a/file%d.c b/file%[1]d.c\n--- a/file%[1]d.c\n+++ b/file%[1]d.c\n@@ -1,40 +1,40 @@\n%s", i,
			strings.Repeat(" context\n-# gone: x\n+# come: y\n", 40))
	}
	big := small + "#" + cutMark + "# Do not modify or remove the line above.\n" + diff.String()

	for _, bench := range []struct{ name, text string }{{"3kB", small}, {"1MBVerbose", big}} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(len(bench.text)))
			b.ReportAllocs()
			for b.Loop() {
				if m := Parse(bench.text, Options{}); len(m.Trailers) != 3 {
					b.Fatalf("trailers: %v", m.Trailers)
				}
			}
		})
	}
}
