package main

import (
	"fmt"
	"strings"
	"testing"

	"colophon/change"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// BenchmarkCheck is what a keystroke costs without git, pipes and protocol. It
// parses too, because the text is new each time.
func BenchmarkCheck(b *testing.B) {
	p, err := policy.Preset(preset)
	if err != nil {
		b.Fatal(err)
	}
	diff := strings.Repeat("+    if (s->queue_len > 12) {\n", 4000)
	for _, bench := range []struct {
		name  string
		text  string
		files int
	}{
		{"3kB/declared/0files", declared, 0},
		{"3kB/declared/200files", declared, stagedFiles},
		{"3kB/undeclared/200files", undeclared, stagedFiles},
		{"3kB/declared/100000files", declared, manyFiles},
		{"1MB/declared/200files", verbose(declared, diff, verboseSize), stagedFiles},
		{"1MB/undeclared/200files", verbose(undeclared, diff, verboseSize), stagedFiles},
	} {
		staged := &change.Change{}
		for i := range bench.files {
			staged.Files = append(staged.Files, change.File{
				Path: filePath(i), Status: change.Modified, Added: 30, Deleted: 25,
				OldMode: "100644", NewMode: "100644", Lines: change.Lines{Changed: 30, Added: 30, Deleted: 25},
			})
		}
		files := p.Files(staged)
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m := message.Parse(bench.text, message.Options{})
				fs := diagnostics.Check(diagnostics.Input{Message: m, Policy: p, Files: files})
				if found(fs) != (bench.files > 0) {
					b.Fatalf("findings: %v", fs)
				}
			}
		})
	}
}

// found tells whether the finding is there that rests on what is staged: alone,
// or as part of the question whether AI helped.
func found(fs []diagnostics.Finding) bool {
	for _, f := range fs {
		if strings.Contains(f.Message, marker) {
			return true
		}
		for _, r := range f.Related {
			if strings.Contains(r.Message, marker) {
				return true
			}
		}
	}
	return false
}

// What the rows say must be what is measured.
func TestMessages(t *testing.T) {
	for trailers, text := range map[int]string{5: declared, 4: undeclared} {
		if n := len(text); n < 2800 || n > 3200 {
			t.Errorf("the message has %d bytes, not about 3 kB", n)
		}
		big := verbose(text, "diff --git a/x b/x\n+line\n", verboseSize)
		if n := len(big); n < verboseSize-1000 || n > verboseSize {
			t.Errorf("the verbose buffer has %d bytes, not about %d", n, verboseSize)
		}
		m := message.Parse(big, message.Options{Cleanup: message.Strip})
		if m.Cut > len(text) || len(m.Trailers) != trailers {
			t.Errorf("the buffer is cut at %d and has %d trailers", m.Cut, len(m.Trailers))
		}
	}
}

// The typist must write what an editor could: insertions and deletions that
// leave the text as it was after each round.
func TestTypist(t *testing.T) {
	ty := newTypist(declared)
	if len(ty.places) != 4 {
		t.Fatalf("places: %v", ty.places)
	}
	lines := strings.Split(declared, "\n")
	for i := range 2 * len(words) * len(ty.places) {
		var line, start, end int
		var text string
		params := string(ty.stroke("/m", i))
		at := strings.Index(params, `"start"`)
		if _, err := fmt.Sscanf(params[at:], `"start":{"line":%d,"character":%d},"end":{"line":%d,"character":%d}},"text":%q`, &line, &start, &line, &end, &text); err != nil {
			t.Fatalf("%s: %v", params, err)
		}
		if end > len(lines[line]) || (end == start) == (text == "") {
			t.Fatalf("%s: the line is %q", params, lines[line])
		}
		lines[line] = lines[line][:start] + text + lines[line][end:]
	}
	if got := strings.Join(lines, "\n"); got != declared {
		t.Errorf("the text is another one:\n%s", got)
	}
}
