package mail

import (
	"fmt"
	"strings"
	"testing"
)

func TestPlace(t *testing.T) {
	for subject, want := range map[string]string{
		"[PATCH] a":                        "0/0 v1",
		"[PATCH 3/7] a":                    "3/7 v1",
		"[PATCH v2 03/17] a":               "3/17 v2",
		"[RFC PATCH v12 0/7] a":            "0/7 v12",
		"[PATCHv3 1/2] a":                  "1/2 v3",
		"[PATCH,V4,1/2] a":                 "1/2 v4",
		"Re: [list] [PATCH v2 1/2] a":      "1/2 v2 reply",
		"[1/2] [PATCH] a":                  "1/2 v1",
		"[PATCH net-next v2 1/2] a":        "1/2 v2",
		"[PATCH 4/3] a":                    "0/0 v1",
		"[PATCH 1/99999999999999999999] a": "0/0 v1",
		"[PATCH 6.1.y 1/2] a":              "1/2 v1",
		"[PATCH av2 1/2] a":                "1/2 v1",
		"[PATCH 1/2":                       "0/0 v1",
		"a [PATCH 1/2]":                    "0/0 v1",
		"":                                 "0/0 v1",
	} {
		p := &Patch{}
		p.place(subject)
		got := fmt.Sprintf("%d/%d v%d", p.Number, p.Of, p.Version)
		if p.Reply {
			got += " reply"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", subject, got, want)
		}
	}
}

func TestThreadAndAttachment(t *testing.T) {
	for header, want := range map[string]string{
		"Message-ID: <a@x>":                                                "a@x < ",
		"Message-ID: <a@x>\nIn-Reply-To: <b@x>":                            "a@x < b@x",
		"Message-ID: <a@x>\nIn-Reply-To: <c@x>\nReferences: <b@x>\n <c@x>": "a@x < b@x",
		"Message-ID:":    " < ",
		"References: <>": " < ",
	} {
		err := Read(strings.NewReader("From: a <a@b>\nSubject: s\n"+header+"\n\nx\n"), func(p *Patch) error {
			if got := p.ID + " < " + p.Thread; got != want {
				t.Errorf("%q: %q, want %q", header, got, want)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	for part, want := range map[string]string{
		"Content-Type: application/gzip; name=a.gz\n\nx":                                                          "a.gz",
		"Content-Type: application/zip\nContent-Disposition: attachment; filename=\"my fix.zip\"\n\nx":            "my fix.zip",
		"Content-Type: image/png\n\nx":                                                                            "image/png",
		"Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=a.patch\n\nx":          "",
		"Content-Type: text/html\n\nx":                                                                            "",
		"Content-Type: application/pgp-signature; name=a.asc\n\nx":                                                "",
		"Content-Type: multipart/mixed; boundary=y\n\n--y\nContent-Type: application/pdf; name=b.pdf\n\nx\n--y--": "b.pdf",
	} {
		err := Read(strings.NewReader("From: a <a@b>\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\ntext\n--x\n"+part+"\n--x--\n"), func(p *Patch) error {
			if p.Attached != want {
				t.Errorf("%q: %q, want %q", part, p.Attached, want)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
