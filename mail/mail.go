// Package mail reads patches as they are mailed: what `git format-patch` writes, and
// mailboxes of it, in whatever encoding mail programs have given them. It reads them as
// `git am` does, and applies nothing.
package mail

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"net/textproto"
	"strconv"
	"strings"
)

// How long a mail may be, in bytes: far above any real patch.
const (
	maxMail    = 64 << 20
	maxHeader  = 1 << 20
	maxMessage = 1 << 20 // the rest is left out, as it is of a commit's message
	maxID      = 998     // what a line may have
)

// Patch is one mail.
type Patch struct {
	Line        int // of the file, from 1, where the mail begins
	ID          string
	Name, Email string // of the author
	Message     string // of the commit: the subject without "[PATCH]", and what stands above the patch; at most 1 MiB
	Cut         bool   // the message goes on behind that
	Lines       Lines  // where those of Message stand
	Diff        string // from its first "diff --git" line on; empty: a cover letter, or another mail
	Attached    string // the name of the first part that was not read, since it is neither text nor a patch; "" is none

	// Its place in a series, as "[PATCH v2 3/7]" says: 3, 7 and 2. Without that Number
	// and Of are 0, and Version is 1.
	Number, Of, Version int

	Thread string // the Message-ID that its thread begins with, as far as the mail says; "" where it answers none
	Reply  bool   // the subject says that it answers a mail: "Re: [PATCH 1/2] ..."
}

// Cover tells whether it is the cover letter of a series.
func (p *Patch) Cover() bool { return p.Diff == "" && p.Of > 0 && p.Number == 0 && !p.Reply }

// Lines are the lines of a message, in the file that the mail is in. They are all that is
// needed of a mail that was read, and take 4 bytes each.
type Lines struct {
	first int     // that of the mail
	below []int32 // how many below it each stands
}

// At is the line of the file in which a line of the message stands, both from 1. Where
// an encoding has moved the lines, it is the first of the mail's body.
func (l Lines) At(line int) int {
	if line < 1 || line > len(l.below) {
		return l.first
	}
	return l.first + int(l.below[line-1])
}

// Read reads a file with one mail, or a mailbox, and hands each mail on. It ends with
// the first error, of each or of a mail that cannot be read; that names the mail's line.
func Read(r io.Reader, each func(*Patch) error) error {
	in := bufio.NewReaderSize(r, 64<<10)
	var one bytes.Buffer
	first := 1 // line of the mail's header
	flush := func() error {
		defer one.Reset()
		if len(bytes.TrimSpace(one.Bytes())) == 0 {
			return nil
		}
		p, err := read(one.Bytes(), first)
		if err != nil {
			return fmt.Errorf("the mail that begins in line %d: %w", first, err)
		}
		return each(p)
	}
	box := false
	for line := 1; ; line++ {
		text, err := readLine(in)
		switch {
		case isFrom(text) && (line == 1 || box):
			if err := flush(); err != nil {
				return err
			}
			box, first = true, line+1
		case one.Len()+len(text) > maxMail || errors.Is(err, bufio.ErrBufferFull):
			return fmt.Errorf("the mail that begins in line %d has more than %d MiB", first, maxMail>>20)
		default:
			one.Write(text)
		}
		if errors.Is(err, io.EOF) {
			return flush()
		}
		if err != nil {
			return err
		}
	}
}

// readLine reads a line with its end. One that is longer than a mail is ErrBufferFull.
func readLine(in *bufio.Reader) (line []byte, err error) {
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) || len(line) > maxMail {
			return line, err
		}
	}
}

// isFrom tells whether a line parts the mails of a mailbox: "From ", somebody, and a
// time of day with a year behind it.
func isFrom(line []byte) bool {
	if !bytes.HasPrefix(line, []byte("From ")) {
		return false
	}
	text := string(bytes.TrimSpace(line))
	colon := strings.LastIndexByte(text, ':')
	if colon < 0 || !timeOfDay(text[:colon]) {
		return false
	}
	_, rest, _ := strings.Cut(text[colon:], " ")
	rest = strings.TrimLeft(rest, " ")
	end := 0
	for end < len(rest) && rest[end] >= '0' && rest[end] <= '9' {
		end++
	}
	year, err := strconv.Atoi(rest[:end])
	return err == nil && year > 90
}

// timeOfDay tells whether a text ends with the hours and minutes of a time.
func timeOfDay(text string) bool {
	const form = "0:00"
	if len(text) < len(form) {
		return false
	}
	for i, c := range text[len(text)-len(form):] {
		if (form[i] == '0') != (c >= '0' && c <= '9') || form[i] == ':' && c != ':' {
			return false
		}
	}
	return true
}

// read reads one mail, whose header begins in a line of the file.
func read(raw []byte, first int) (*Patch, error) {
	if headerLen(raw) > maxHeader {
		return nil, fmt.Errorf("its header has more than %d MiB", maxHeader>>20)
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	header := textproto.MIMEHeader(m.Header)
	n, err := io.Copy(io.Discard, m.Body)
	if err != nil {
		return nil, err
	}
	body := raw[len(raw)-int(n):]
	texts := &parts{first: first + bytes.Count(raw[:len(raw)-len(body)], []byte("\n"))}
	if err := texts.add(header, body, 0, true); err != nil {
		return nil, err
	}
	p := &Patch{Line: first, ID: messageID(header.Get("Message-Id")), Attached: strings.Clone(texts.other)}
	p.Thread = cmp.Or(messageID(header.Get("References")), messageID(header.Get("In-Reply-To")))
	p.Name, p.Email = person(header.Get("From"))
	subject := decoded(header.Get("Subject"))
	p.place(subject)
	p.compose(subject, first+subjectLine(raw), texts)
	p.Name, p.Email = strings.Clone(p.Name), strings.Clone(p.Email) // they are kept for longer than the mail
	return p, nil
}

// headerLen is how long the header of a mail is: up to the first empty line.
func headerLen(raw []byte) (n int) {
	for line := range bytes.Lines(raw) {
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			break
		}
		n += len(line)
	}
	return n
}

// messageID is the first Message-ID of a field, without its brackets; "" for what is none.
func messageID(field string) string {
	for id := range strings.FieldsSeq(field) {
		if len(id) > maxID {
			break
		}
		return strings.Clone(strings.Trim(id, "<>"))
	}
	return ""
}

// subjectLine is how many lines stand in front of the subject in a header.
func subjectLine(raw []byte) (above int) {
	for line := range bytes.Lines(raw) {
		if len(line) >= len("subject:") && strings.EqualFold(string(line[:len("subject:")]), "subject:") {
			return above
		}
		above++
	}
	return 0
}
