package mail

import (
	"bytes"
	"strings"
	"testing"
)

// Whatever a file holds: mails in their order, each line of a message in the file, and
// no message that git would tidy up.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"", "\n", "From 0 Mon Sep 17 00:00:00 2001\nFrom: a <a@b>\nSubject: [PATCH 1/2] s\n\nx\n\n---\ndiff --git a/f b/f\n",
		"Subject: =?utf-8?q?gr=C3=B6=C3=9Fe?=\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n=E4=\n\nFrom: Jo\n",
		"Content-Type: multipart/mixed; boundary=x\n\n--x\n\na\n--x\nContent-Transfer-Encoding: base64\n\nYQ==\n--x--\n",
		"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/mixed; boundary=y\n\n--y\n\n--y--\n--x",
		"A: b\n\nFrom: \nsubject: [x] [y\n\n>From 1\n--- a\n---\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		lines := bytes.Count(raw, []byte("\n")) + 1
		last := 0
		err := Read(bytes.NewReader(raw), func(p *Patch) error {
			if p.Line <= last || p.Line > lines {
				t.Errorf("a mail in line %d of %d, after %d", p.Line, lines, last)
			}
			last = p.Line
			text := strings.Split(p.Message, "\n")
			for i, line := range text {
				if at := p.Lines.At(i + 1); at < p.Line || at > lines+1 {
					t.Errorf("line %d of the message in line %d of %d", i+1, at, lines)
				}
				if strings.TrimRight(line, " \t\r\n\f\v") != line || i > 0 && i < len(text)-1 && line == "" && text[i-1] == "" {
					t.Errorf("line %d is %q in %q", i+1, line, p.Message)
				}
			}
			if p.Message != "" && !strings.HasSuffix(p.Message, "\n") {
				t.Errorf("the message is %q", p.Message)
			}
			return nil
		})
		_ = err // a mail that cannot be read is one
	})
}
