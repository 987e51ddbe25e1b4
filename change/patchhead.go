package change

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// head is what a patch says of a file in front of its hunks.
type head struct {
	file   File
	digits [2]uint8 // of Old and New; 0 without an index line
	names  []byte   // both, as the gitLine has them
	old    []byte   // the name after ---
	// What must follow: hunks, or a binary file as text.
	hunks, literal bool
	exact          bool // the similarity is 100%
}

// headLines are what git may begin a line of a head with.
var headLines = []string{
	"old mode ", "new mode ", "deleted file mode ", "new file mode ",
	"copy from ", "copy to ", "rename from ", "rename to ",
	"similarity index ", "dissimilarity index ", "index ",
	"--- ", "+++ ", "Binary files ", "GIT binary patch",
}

// head reads up to the first hunk.
func (p *patchParser) head() (*head, error) {
	line, err := p.text()
	if err != nil {
		return nil, err
	}
	h := &head{names: bytes.Clone(line)}
	for !h.hunks && !h.literal && !h.file.Binary {
		word := p.headLine()
		if word == "" {
			break
		}
		if line, err = p.text(); err == nil {
			err = p.set(h, word, line[len(word):])
		}
		if err != nil {
			return nil, err
		}
	}
	f := &h.file
	if f.Status == "" {
		f.Status = Modified
	}
	if !h.whole() {
		err = errLittle
	} else if f.Path == "" {
		f.Path, err = p.pathOf(h.names)
	}
	if err == errLittle {
		err = fmt.Errorf("%s: %w", quote(h.names), err)
		if cut := p.skipLine(); cut != nil { // the missing line may have been this one
			err = cut
		}
	}
	return h, err
}

var errLittle = errors.New("the head of this file says too little")

// headLine tells with what the next line begins, "" if it is not of a head.
func (p *patchParser) headLine() string {
	for _, word := range headLines {
		if p.next(word) {
			return word
		}
	}
	return ""
}

// set takes in a line.
func (p *patchParser) set(h *head, word string, value []byte) (err error) {
	f := &h.file
	switch word {
	case "old mode ":
		f.OldMode, err = mode(value)
	case "new mode ":
		f.NewMode, err = mode(value)
	case "deleted file mode ":
		f.NewMode = "000000"
		if f.OldMode, err = mode(value); err == nil {
			err = h.status(Deleted)
		}
	case "new file mode ":
		f.OldMode = "000000"
		if f.NewMode, err = mode(value); err == nil {
			err = h.status(Added)
		}
	case "rename from ", "copy from ":
		if f.From, err = p.name(value); err != nil {
			return err
		}
		if word[0] == 'r' {
			return h.status(Renamed)
		}
		return h.status(Copied)
	case "rename to ", "copy to ":
		f.Path, err = p.name(value)
	case "similarity index ":
		h.exact = string(value) == "100%"
	case "index ":
		return h.index(value)
	case "--- ":
		h.old = bytes.Clone(bytes.TrimSuffix(value, []byte("\t"))) // after a name with blanks
	case "+++ ":
		h.hunks = true
		return h.agree(bytes.TrimSuffix(value, []byte("\t")))
	case "Binary files ":
		f.Binary = true
		if !bytes.HasSuffix(value, []byte(" differ")) {
			err = fmt.Errorf("%s: not as git says that files differ", quote(value))
		}
	case "GIT binary patch":
		f.Binary, h.literal = true, true
	}
	return err
}

func (h *head) status(s Status) error {
	if h.file.Status != "" {
		return fmt.Errorf("%s is both %s and %s", quote(h.names), h.file.Status, s)
	}
	h.file.Status = s
	return nil
}

// index reads "abc..def", which a mode follows if it stays.
func (h *head) index(value []byte) (err error) {
	f := &h.file
	ids, stays, ok := bytes.Cut(value, []byte(" "))
	if ok {
		if f.OldMode, err = mode(stays); err != nil {
			return err
		}
		f.NewMode = f.OldMode
	}
	old, recent, _ := bytes.Cut(ids, []byte(".."))
	var digits [2]int
	if f.Old, digits[0], err = abbreviation(old); err != nil {
		return err
	}
	if f.New, digits[1], err = abbreviation(recent); err != nil {
		return err
	}
	h.digits = [2]uint8{uint8(digits[0]), uint8(digits[1])}
	return nil
}

// agree compares the names of the --- and +++ lines with those of the gitLine.
func (h *head) agree(recent []byte) error {
	const none = "/dev/null"
	old, names := string(h.old), string(h.names)
	ok := names == old+" "+string(recent)
	switch h.file.Status {
	case Added:
		ok = old == none && strings.HasSuffix(names, " "+string(recent))
	case Deleted:
		ok = string(recent) == none && strings.HasPrefix(names, old+" ")
	}
	if !ok {
		return fmt.Errorf("%s becomes %s, but the first line is about %s", quote(h.old), quote(recent), quote(h.names))
	}
	return nil
}

// The contents that have no hunk: the empty one, in both kinds of repository.
const (
	emptySHA1   ObjectID = 0xe69de29bb2d1d643
	emptySHA256 ObjectID = 0x473a0f4c3be8a936
)

// whole tells whether the head can be all, or all in front of the hunks.
func (h *head) whole() bool {
	f := &h.file
	changed := h.digits[0] != 0
	switch {
	case (f.OldMode == "") != (f.NewMode == ""), (f.From == "") != (f.Path == ""):
		return false
	case h.hunks, f.Binary:
		return changed
	case f.Status == Added:
		return changed && empty(f.New, h.digits[1])
	case f.Status == Deleted:
		return changed && empty(f.Old, h.digits[0])
	case f.Status == Renamed, f.Status == Copied:
		return !changed && h.exact
	}
	return !changed && f.OldMode != ""
}

func empty(id ObjectID, digits uint8) bool {
	return emptySHA1.begins(id, int(digits)) || emptySHA256.begins(id, int(digits))
}

// pathOf takes the path from a gitLine with the same name twice. If the two differ
// it is by a prefix of one letter; otherwise there is none.
func (p *patchParser) pathOf(names []byte) (string, error) {
	middle := len(names) / 2
	if len(names)%2 == 0 || names[middle] != ' ' {
		return "", errLittle
	}
	old, err := Unquote(names[:middle])
	if err != nil {
		return "", err
	}
	recent, err := Unquote(names[middle+1:])
	if err != nil {
		return "", err
	}
	if !bytes.Equal(old, recent) {
		if len(old) < 2 || len(recent) < 2 || old[1] != '/' || !bytes.Equal(old[1:], recent[1:]) {
			return "", errLittle
		}
		p.patch.WorkTree = p.patch.WorkTree || recent[0] == 'w'
		recent = recent[2:]
	}
	return p.keep(recent)
}

// name reads a path to keep.
func (p *patchParser) name(b []byte) (string, error) {
	b, err := Unquote(b)
	if err != nil {
		return "", err
	}
	return p.keep(b)
}

// Unquote reads a name that git has put into quotation marks if it had to. Go's own
// unquoting would spoil bytes that are not UTF-8.
func Unquote(b []byte) ([]byte, error) {
	if len(b) == 0 || b[0] != '"' {
		return b, nil
	}
	in, ok := bytes.CutSuffix(b[1:], []byte(`"`))
	out := make([]byte, 0, len(in))
	for ok && len(in) > 0 {
		c := in[0]
		in = in[1:]
		switch c {
		case '"':
			ok = false
		case '\\':
			c, in, ok = escape(in)
		}
		out = append(out, c)
	}
	if !ok {
		return nil, fmt.Errorf("%s: not a quoted name", quote(b))
	}
	return out, nil
}

// escape reads what follows a backslash: a letter, or three octal digits.
func escape(in []byte) (c byte, rest []byte, ok bool) {
	if len(in) == 0 {
		return 0, nil, false
	}
	if at := strings.IndexByte(`abtnvfr"\`, in[0]); at >= 0 {
		return "\a\b\t\n\v\f\r\"\\"[at], in[1:], true
	}
	if len(in) < 3 {
		return 0, nil, false
	}
	n, err := strconv.ParseUint(string(in[:3]), 8, 8)
	return byte(n), in[3:], err == nil
}
