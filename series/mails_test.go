package series

import (
	"fmt"
	"strings"
	"testing"

	"colophon/commit"
	"colophon/mail"
	"colophon/report"
)

// mailbox is a mail for each line of the form "ID PARENT [TAG] subject", - being none,
// each with one line of code that AI helped with, but for cover letters.
func mailbox(lines string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
		f := strings.SplitN(strings.TrimSpace(line), " ", 3)
		b.WriteString("From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\nFrom: Jo Doe <jo@example.org>\n")
		if f[0] != "-" {
			fmt.Fprintf(&b, "Message-ID: <%s>\n", f[0])
		}
		if f[1] != "-" {
			fmt.Fprintf(&b, "References: <%s>\n", strings.ReplaceAll(f[1], ",", "> <"))
		}
		fmt.Fprintf(&b, "Subject: %s\n\nText.\n\n", f[2])
		if strings.Contains(f[2], " 0/") || strings.HasPrefix(f[2], "Re:") {
			continue
		}
		b.WriteString("AI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n---\ndiff --git a/a.c b/a.c\nindex 0000000..1111111 100644\n--- a/a.c\n+++ b/a.c\n@@ -1,0 +2,8 @@\n" + strings.Repeat("+int a;\n", 8) + "-- \n2.39.5\n\n")
	}
	return b.String()
}

func judgeMails(t *testing.T, box string) (commits []*report.Commit) {
	t.Helper()
	c, err := commit.Open(t.Context(), t.TempDir(), commit.Options{Policy: "qemu-2026-09", Blind: true})
	if err != nil {
		t.Fatal(err)
	}
	m := NewMails(c, "", func(one *report.Commit) error { commits = append(commits, one); return nil })
	if err := mail.Read(strings.NewReader(box), func(p *mail.Patch) error { return m.Add("box", p) }); err != nil {
		t.Fatal(err)
	}
	if err := m.End(); err != nil {
		t.Fatal(err)
	}
	return commits
}

// Mails belong together by their thread; where a mail is in none, by their numbers.
func TestThreads(t *testing.T) {
	for name, c := range map[string]struct{ box, want string }{
		"in a thread": {`
			a0 - [PATCH 0/2] a
			a1 a0 [PATCH 1/2] one
			a2 a0 [PATCH 2/2] two`, "1 1 1*"},
		"each answers the one before": {`
			a0 - [PATCH 0/2] a
			a1 a0 [PATCH 1/2] one
			a2 a0,a1 [PATCH 2/2] two`, "1 1 1*"},
		"between one another": {`
			a0 - [PATCH 0/2] a
			b0 - [PATCH 0/2] b
			b1 b0 [PATCH 1/2] one
			a1 a0 [PATCH 1/2] one
			a2 a0 [PATCH 2/2] two
			b2 b0 [PATCH 2/2] two`, "1 2 2 1 1* 2*"},
		"a second version in the same thread": {`
			a1 - [PATCH 1/2] one
			a2 a1 [PATCH 2/2] two
			b1 a1 [PATCH v2 1/2] one
			b2 a1 [PATCH v2 2/2] two`, "1 1* 2 2*"},
		"without a thread": {`
			- - [PATCH 1/3] one
			- - [PATCH 2/3] two
			- - [PATCH 3/3] three
			- - [PATCH 1/3] one
			- - [RFC PATCHv2 2/3] two`, "1 1 1* 2 3"},
		"ids, but no thread": {`
			a1 - [PATCH 1/2] one
			a2 - [PATCH 2/2] two
			b1 - [PATCH 1/2] one`, "1 1* 2"},
		"without numbers": {`
			- - [PATCH] one
			- - [PATCH] two`, "1 1*"},
		"each by itself": {`
			a - [PATCH] one
			b - [PATCH] two`, "1 2"},
		"with what people answered": {`
			a1 - [PATCH 1/2] one
			x a1 Re: [PATCH 1/2] one
			a2 a1 [PATCH 2/2] two`, "1 1 1*"},
		"in disorder": {`
			a2 a0 [PATCH 2/2] two
			a0 - [PATCH 0/2] a
			a1 a0 [PATCH 1/2] one`, "1 1 1*"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, one := range judgeMails(t, mailbox(c.box)) {
				text := fmt.Sprint(one.Series.Number)
				for _, f := range one.Findings {
					if f.Rule == "series-split" {
						text += "*"
					}
				}
				got = append(got, text)
			}
			if got := strings.Join(got, " "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// An archive of any length is judged with some mails in hand; the order stays.
func TestWindow(t *testing.T) {
	var lines strings.Builder
	for i := range 2 * window {
		fmt.Fprintf(&lines, "- - [PATCH] fix %d\n", i)
	}
	commits := judgeMails(t, mailbox(lines.String()))
	found := 0
	for i, one := range commits {
		if one.Subject != fmt.Sprintf("fix %d", i) || one.Series.Number != 1 {
			t.Fatalf("mail %d is %q of series %d", i, one.Subject, one.Series.Number)
		}
		for _, f := range one.Findings {
			if f.Rule == "series-split" {
				found++
				if i != window || len(f.Related) != window+1 {
					t.Errorf("it stands at mail %d, of %d", i, len(f.Related))
				}
			}
		}
	}
	if len(commits) != 2*window || found != 1 {
		t.Errorf("%d mails, %d findings", len(commits), found)
	}
}
