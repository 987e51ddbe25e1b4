package mail

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// git runs git in a folder; what it reads is text.
func git(t *testing.T, dir, text string, args ...string) string {
	t.Helper()
	c := exec.Command("git", args...)
	c.Dir, c.Stdin = dir, strings.NewReader(text)
	c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=Jörg Doe", "GIT_AUTHOR_EMAIL=jo@example.org", "GIT_COMMITTER_NAME=Jo", "GIT_COMMITTER_EMAIL=jo@example.org")
	out, err := c.Output()
	if err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return string(out)
}

var messages = []string{
	"net: drop a dead store\n\nThe value is never read.\n\nSigned-off-by: Jo Doe <jo@example.org>\n",
	"Größe 😀: a subject that is so long that a header has to be folded, and then once more, since it is long\n\nText 😀.\n",
	"only a subject\n",
	"with a list\n\n- one\n\n\n- two   \n  --- not a divider\n\nAI-used-for: code\n",
	"From in the body\n\nFrom: here to there\n\nFrom me to you\n",
	"[tag] a tag of its own\n\nThat `git am` takes off.\n",
	"subject\nover two lines\n\n# no comment\n>quoted\n",
}

// A mailbox gives the messages and the people that `git mailinfo` finds in it, in every
// form that format-patch and mail programs give it.
func TestAsGitReadsIt(t *testing.T) {
	dir := t.TempDir()
	git(t, dir, "", "init", "-q")
	for i, m := range messages {
		if err := os.WriteFile(filepath.Join(dir, "f"), []byte(strings.Repeat("größe\n", i+1)), 0o600); err != nil {
			t.Fatal(err)
		}
		git(t, dir, "", "add", "f")
		git(t, dir, m, "commit", "-q", "--cleanup=verbatim", "-F", "-")
	}
	format := func(args ...string) string {
		return git(t, dir, "", append([]string{"format-patch", "--stdout", "--root"}, append(args, "HEAD")...)...)
	}
	plain := format()
	for name, box := range map[string]string{
		"plain":       plain,
		"v3, cover":   format("-v3", "--cover-letter"),
		"inline":      format("--inline"),
		"attached":    format("--attach"),
		"from":        format("--from=Somebody Else <else@example.org>"),
		"CRLF":        strings.ReplaceAll(plain, "\n", "\r\n"),
		"base64":      encoded(t, plain, "base64"),
		"quoted":      encoded(t, plain, "quoted-printable"),
		"latin1":      latin1(plain),
		"one":         strings.SplitN(plain, "\n", 2)[1][:strings.Index(strings.SplitN(plain, "\n", 2)[1], "\nFrom ")+1],
		"reply":       strings.ReplaceAll(plain, "Subject: [PATCH", "Subject: Re: [RFC] [PATCH"),
		"no encoding": format("--no-encode-email-headers"),
	} {
		t.Run(name, func(t *testing.T) {
			var got []*Patch
			if err := Read(strings.NewReader(box), func(p *Patch) error { got = append(got, p); return nil }); err != nil {
				t.Fatal(err)
			}
			want := asGit(t, dir, box)
			if len(got) != len(want) {
				t.Fatalf("%d mails, git finds %d", len(got), len(want))
			}
			for i, p := range got {
				w := want[i]
				if p.Message != w.message {
					t.Errorf("mail %d: the message is\n%q, git finds\n%q", i, p.Message, w.message)
				}
				if p.Name != w.name || p.Email != w.email {
					t.Errorf("mail %d: it is from %q %q, git finds %q %q", i, p.Name, p.Email, w.name, w.email)
				}
				if (p.Diff == "") != (w.diff == "") || p.Diff != "" && !strings.HasPrefix(p.Diff, "diff --git ") {
					t.Errorf("mail %d: the patch is %.40q, git finds %.40q", i, p.Diff, w.diff)
				}
			}
		})
	}
}

// parted is what format-patch puts in front of each mail.
var parted = regexp.MustCompile(`\nFrom ([0-9a-f]{40}) `)

type mailinfo struct{ name, email, message, diff string }

func asGit(t *testing.T, dir, box string) (all []mailinfo) {
	t.Helper()
	out := t.TempDir()
	file := filepath.Join(out, "box")
	if err := os.WriteFile(file, []byte(box), 0o600); err != nil {
		t.Fatal(err)
	}
	git(t, out, "", "mailsplit", "-b", "-o"+out, "--keep-cr", file)
	mails, err := filepath.Glob(filepath.Join(out, "0*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		raw, err := os.ReadFile(m)
		if err != nil {
			t.Fatal(err)
		}
		info := git(t, dir, strings.ReplaceAll(string(raw), "\r\n", "\n"), "mailinfo", m+".msg", m+".patch")
		var i mailinfo
		subject := ""
		for line := range strings.Lines(info) {
			key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
			switch key {
			case "Author":
				i.name = value
			case "Email":
				i.email = value
			case "Subject":
				subject = value
			}
		}
		text, err := os.ReadFile(m + ".msg")
		if err != nil {
			t.Fatal(err)
		}
		diff, err := os.ReadFile(m + ".patch")
		if err != nil {
			t.Fatal(err)
		}
		i.message = git(t, dir, subject+"\n\n"+string(text), "stripspace")
		if at := bytes.Index(diff, []byte("diff --git ")); at >= 0 {
			i.diff = string(diff[at:])
		}
		all = append(all, i)
	}
	return all
}

// encoded gives every mail's body an encoding, as a mail program does.
func encoded(t *testing.T, box, encoding string) string {
	t.Helper()
	var out strings.Builder
	for _, mail := range parted.Split("\n"+box, -1)[1:] {
		header, body, _ := strings.Cut(mail, "\n\n")
		var lines []string
		for line := range strings.SplitSeq(header, "\n") {
			if key, _, _ := strings.Cut(line, ":"); key != "Content-Transfer-Encoding" && key != "Content-Type" && key != "MIME-Version" {
				lines = append(lines, line)
			}
		}
		fmt.Fprintf(&out, "From 0 %s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: %s\n\n", strings.Join(lines, "\n"), encoding)
		var b bytes.Buffer
		if encoding == "base64" {
			for text := base64.StdEncoding.EncodeToString([]byte(body)); text != ""; {
				n := min(76, len(text))
				b.WriteString(text[:n] + "\n")
				text = text[n:]
			}
		} else {
			w := quotedprintable.NewWriter(&b)
			if _, err := w.Write([]byte(body)); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
		out.WriteString(strings.TrimRight(strings.ReplaceAll(b.String(), "\r\n", "\n"), "\n") + "\n\n")
	}
	return out.String()
}

// latin1 is the bodies in an older encoding, where they have nothing that it lacks.
func latin1(box string) string {
	box = strings.ReplaceAll(box, " 😀", "")
	box = strings.ReplaceAll(box, "charset=UTF-8", "charset=ISO-8859-1")
	return strings.ReplaceAll(box, "größe", "gr\xf6\xdfe")
}
