package mail

import (
	"runtime"
	"strings"
	"testing"
)

const diff = "---\ndiff --git a/f b/f\n+x\n"

func readOne(t *testing.T, raw string) (one *Patch) {
	t.Helper()
	if err := Read(strings.NewReader(raw), func(p *Patch) error { one = p; return nil }); err != nil {
		t.Fatal(err)
	}
	return one
}

// A message is bounded, as that of a commit is, and the patch below it is found.
func TestLongMessage(t *testing.T) {
	for more, cut := range map[int]bool{-1: false, 0: false, 1: true, 5000: true} {
		whole := "s\n\n" + strings.Repeat("a\n", maxMessage/2-1000)
		whole += strings.Repeat("b", maxMessage+more-len(whole)-1) + "\n"
		p := readOne(t, "Subject: s\n\n"+whole[len("s\n\n"):]+diff)
		if p.Cut != cut || p.Message != whole[:min(len(whole), maxMessage)] {
			t.Errorf("of %d bytes there are %d, cut: %v", len(whole), len(p.Message), p.Cut)
		}
		last := strings.Count(whole, "\n") // its subject stands in line 1, and an empty line below
		if at := p.Lines.At(last); at != last || p.Diff != diff[len("---\n"):] {
			t.Errorf("the last line is in line %d, not %d; the patch is %.20q", at, last, p.Diff)
		}
	}
	p := readOne(t, "Subject: "+strings.Repeat("s", maxMessage-100)+"\n\n"+strings.Repeat("\n\na\n", 100)+diff)
	if !p.Cut || len(p.Message) != maxMessage {
		t.Errorf("with a long subject there are %d bytes, cut: %v", len(p.Message), p.Cut)
	}
	err := Read(strings.NewReader("Subject: s\n"+strings.Repeat("A: b\n", maxHeader/5)+"\ntext\n"), func(*Patch) error { return nil })
	if want := "the mail that begins in line 1: its header has more than 1 MiB"; err == nil || err.Error() != want {
		t.Errorf("a long header: %v, want %s", err, want)
	}
	if p := readOne(t, "Message-ID: <"+strings.Repeat("a", 2000)+">\nIn-Reply-To: <a@b> <c@d>\nSubject: s\n\n"); p.ID != "" || p.Thread != "a@b" {
		t.Errorf("the ids are %q and %q", p.ID, p.Thread)
	}
}

// What it costs to read a mail is a few times its length, whatever its lines are.
func TestCost(t *testing.T) {
	const size = 4 << 20
	lines := func(s string) string { return strings.Repeat(s, size/len(s)) }
	for name, raw := range map[string]string{
		"a message": "Subject: s\n\n" + lines("a\n") + diff,
		"blank":     "Subject: s\n\n" + lines("a\n\n\n") + diff,
		"a patch":   "Subject: s\n\na\n" + diff + lines("+\n"),
		"no patch":  "Subject: s\n\na\n---\n" + lines("\n"),
		"headers":   "Subject: s\n\n" + lines("Subject: x\n") + diff,
		"parts":     "Subject: s\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n" + lines("a\n") + "--x--\n",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p := readOne(t, raw)
		runtime.ReadMemStats(&after)
		if cost := (after.TotalAlloc - before.TotalAlloc) / uint64(len(raw)); cost > 40 {
			t.Errorf("%s: %d bytes for one of the mail", name, cost)
		}
		if p.Lines.At(1) != 1 && name != "headers" {
			t.Errorf("%s: the subject is in line %d", name, p.Lines.At(1))
		}
	}
}
