package mail

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// maxParts is of how many parts a mail may be, and how deep they may lie in each other.
const (
	maxParts = 100
	maxDeep  = 8
)

// parts are the texts of a mail, decoded, one behind the other.
type parts struct {
	texts []part
	lines int // of all texts
	first int // of the file, where the body begins
	n     int
	other string // the first part that is not read, by its name
}

type part struct {
	text     string // each line with its end
	from     int    // its first line among those of all texts
	straight bool   // each line is a line of the file
}

// text is all texts.
func (t *parts) text() string {
	var texts []string
	for _, p := range t.texts {
		texts = append(texts, p.text)
	}
	return strings.Join(texts, "")
}

// line is the line of the file for one of all texts, from 0.
func (t *parts) line(n int) int {
	i := sort.Search(len(t.texts), func(i int) bool { return t.texts[i].from > n }) - 1
	if i < 0 || !t.texts[i].straight {
		return t.first
	}
	return t.first + n - t.texts[i].from
}

// add takes a part over. In one that is straight, each line is a line of the file.
func (t *parts) add(header textproto.MIMEHeader, body []byte, deep int, straight bool) error {
	if t.n++; t.n > maxParts || deep > maxDeep {
		return errors.New("too many parts")
	}
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		kind = "text/plain" // none, or one that is damaged: what git takes it for, too
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		r := multipart.NewReader(bytes.NewReader(body), params["boundary"])
		for {
			part, err := r.NextRawPart()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			inner, err := io.ReadAll(part)
			if err == nil {
				err = t.add(part.Header, inner, deep+1, false)
			}
			if err != nil {
				return err
			}
		}
	}
	if kind == "text/html" || strings.HasSuffix(kind, "-signature") {
		return nil // the same once more, or nothing to read
	}
	if !strings.HasPrefix(kind, "text/") && !isPatch(kind, header) {
		t.other = cmp.Or(t.other, fileName(header), decoded(params["name"]), kind)
		return nil
	}
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		body, _ = io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body))) // as far as it goes, as git does
		straight = false
	case "base64":
		body, _ = io.ReadAll(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(body)))
		straight = false
	}
	text := strings.ReplaceAll(utf8Of(body, params["charset"]), "\r\n", "\n")
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	t.texts = append(t.texts, part{text, t.lines, straight})
	t.lines += strings.Count(text, "\n")
	return nil
}

// isPatch tells whether an attachment is a patch, by its name: mail programs call it
// what they like.
func isPatch(kind string, header textproto.MIMEHeader) bool {
	if kind != "application/octet-stream" && kind != "application/x-patch" {
		return false
	}
	name := fileName(header)
	return strings.HasSuffix(name, ".patch") || strings.HasSuffix(name, ".diff")
}

// fileName is the name that an attachment has, "" without one.
func fileName(header textproto.MIMEHeader) string {
	_, params, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	return params["filename"]
}

// utf8Of is a text in UTF-8. Where the mail does not say what it is in, or nobody knows
// that, it stays as it is.
func utf8Of(text []byte, charset string) string {
	if charset == "" || utf8.Valid(text) && strings.EqualFold(charset, "utf-8") {
		return string(text)
	}
	e, err := htmlindex.Get(charset)
	if err != nil {
		return string(text)
	}
	out, err := e.NewDecoder().Bytes(text)
	if err != nil {
		return string(text)
	}
	return string(out)
}

var words = mime.WordDecoder{CharsetReader: func(charset string, in io.Reader) (io.Reader, error) {
	e, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return e.NewDecoder().Reader(in), nil
}}

// decoded is a header field as a person reads it.
func decoded(field string) string {
	if text, err := words.DecodeHeader(field); err == nil {
		return text
	}
	return field
}

// person reads who a mail is from.
func person(field string) (name, email string) {
	p := mail.AddressParser{WordDecoder: &words}
	if a, err := p.Parse(field); err == nil {
		return a.Name, a.Address
	}
	name, email, ok := strings.Cut(decoded(field), "<")
	switch {
	case !ok && !strings.Contains(name, "@"):
		return "", "" // no address is nobody
	case !ok:
		return "", strings.TrimSpace(name)
	}
	email, _, _ = strings.Cut(email, ">")
	return strings.Trim(name, ` "`), strings.TrimSpace(email)
}
