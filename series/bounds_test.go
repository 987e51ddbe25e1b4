package series

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"colophon/commit"
	"colophon/mail"
	"colophon/report"
)

// inUse is how many bytes are in use.
func inUse() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func mails(t *testing.T, each func(*report.Commit) error) *Mails {
	t.Helper()
	c, err := commit.Open(t.Context(), t.TempDir(), commit.Options{Policy: "qemu-2026-09", Blind: true})
	if err != nil {
		t.Fatal(err)
	}
	return NewMails(c, "", each)
}

func add(t *testing.T, m *Mails, message, diff string) {
	t.Helper()
	raw := "From: Jo Doe <jo@example.org>\nSubject: [PATCH] s\n\n" + message + "---\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1,0 +2,9 @@\n" + diff
	if err := mail.Read(strings.NewReader(raw), func(p *mail.Patch) error { return m.Add("box", p) }); err != nil {
		t.Fatal(err)
	}
}

// A mail that is held back is held without its patch, and its message without what was
// parsed of it.
func TestHeldMails(t *testing.T) {
	const n = 60
	m := mails(t, func(*report.Commit) error { return nil })
	add(t, m, "x\n", "+x\n")
	before := inUse()
	for range n {
		add(t, m, "x\n", strings.Repeat("+int a;\n", 64<<10))
	}
	if used := inUse() - before; used > n*(16<<10) {
		t.Errorf("%d mails are held in %d bytes", n, used)
	}
	before = inUse()
	const lines = 32 << 10
	for range n {
		add(t, m, strings.Repeat("a\n", lines), "+x\n")
	}
	if used := inUse() - before; len(m.queue) != 2*n+1 || used > n*lines*8 { // 2 for the text, 4 for its places
		t.Errorf("%d long ones are held in %d bytes", n, used)
	}
	runtime.KeepAlive(m)
}

// What is held is weighed with what it really takes, and mails go when that is too much.
func TestWeight(t *testing.T) {
	var body strings.Builder
	for i := range 5 << 10 {
		fmt.Fprintf(&body, "line %d\n", i)
	}
	for name, message := range map[string]string{
		"lines":     strings.Repeat("a\n", 100<<10),
		"tools":     strings.Repeat("Co-authored-by: Claude <noreply@anthropic.com>\n", 4<<10),
		"misplaced": strings.Repeat("AI-used-for: code\n\n", 20) + body.String() + "\nSigned-off-by: Jo Doe <jo@example.org>\n",
	} {
		m := mails(t, func(*report.Commit) error { return nil })
		before := inUse()
		for range 6 {
			add(t, m, message, "+x\n")
		}
		used := inUse() - before
		if m.bytes > mostBytes || used > 2*int64(m.bytes)+(1<<20) {
			t.Errorf("%s: %d mails weigh %d and take %d bytes", name, len(m.queue), m.bytes, used)
		}
		if err := m.End(); err != nil || m.bytes != 0 {
			t.Errorf("%s: in the end they weigh %d, %v", name, m.bytes, err)
		}
	}
}

// Messages of any length come in their order, however many judge, and with nothing that
// was parsed of them.
func TestLongMessages(t *testing.T) {
	c := longHistory(t, []int{10, aheadBytes / 2, 2 * aheadBytes, 10, aheadBytes, 3, aheadBytes / 3, aheadBytes / 3, aheadBytes / 3, 1})
	for _, workers := range []int{1, 7} {
		var got []string
		for _, one := range all(t, c, "main", workers) {
			got = append(got, fmt.Sprint(one.Subject, " ", one.Cut))
			if one.Message.Lines != nil || one.Message.Trailers != nil {
				t.Errorf("%s has its lines", one.Subject)
			}
		}
		want := "s9 false, s8 false, s7 false, s6 false, s5 false, s4 true, s3 false, s2 true, s1 false, s0 false"
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("%d workers: %s", workers, got)
		}
	}
}
