package change

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Limits on what Read keeps. They are far above any real commit, and there so
// that a hostile repository cannot take all memory.
const (
	maxFiles    = 200_000
	maxField    = 64 << 10 // bytes of one path, and of the read buffer
	maxPaths    = 64 << 20 // bytes of all paths together
	maxHunks    = 1000     // of one file, before the rest is merged
	maxAllHunks = 1 << 20  // of all files together, before the rest is merged
)

// Read reads the output of
//
//	git diff-index --raw --numstat -z -p -U0 …
//
// (or diff-tree) with a single parent. That is one raw record and then one
// numstat record per file, a NUL, and the patch. Paths are taken from the
// records only and the patch is matched to them by order, so no path and no
// content can be mistaken for structure. The three parts must agree.
//
// Read works on a stream: what it keeps grows with the number of files and
// hunks (within bounds), never with the length of lines. Output that is cut
// short gives an error, [io.ErrUnexpectedEOF] where that is all one can say; but
// what git still had to say about a last file without hunks is not missed, so
// git's exit status counts too.
func Read(r io.Reader) (*Change, error) {
	p := parser{br: bufio.NewReaderSize(r, maxField)}
	if err := p.read(); err != nil {
		return nil, fmt.Errorf("read git's diff: %w", err)
	}
	return &Change{Files: p.files}, nil
}

type parser struct {
	br    *bufio.Reader
	files []File
	paths int // bytes of paths so far
	hunks int // kept so far
}

func (p *parser) read() error {
	for p.next(":") {
		if err := p.raw(); err != nil {
			return fmt.Errorf("raw record %d: %w", len(p.files)+1, err)
		}
	}
	if len(p.files) == 0 {
		return p.end()
	}
	for i := range p.files {
		if err := p.numstat(&p.files[i]); err != nil {
			return fmt.Errorf("numstat of %q: %w", p.files[i].Path, err)
		}
	}
	if b, err := p.br.ReadByte(); err != nil {
		return fmt.Errorf("before the patch: %w", unexpected(err))
	} else if b != 0 {
		return fmt.Errorf("before the patch: %q where a NUL should be", b)
	}
	for i := range p.files {
		if err := p.patch(&p.files[i]); err != nil {
			return fmt.Errorf("patch of %q: %w", p.files[i].Path, err)
		}
	}
	return p.end()
}

// raw reads ":100644 100755 <id> <id> M\0path\0", with a second path for renames
// and copies.
func (p *parser) raw() error {
	if len(p.files) == maxFiles {
		return fmt.Errorf("more than %d files", maxFiles)
	}
	field, err := p.field()
	if err != nil {
		return err
	}
	parts := bytes.Split(field[1:], []byte(" "))
	if len(parts) != 5 || len(parts[4]) == 0 {
		return fmt.Errorf("%s: not five fields", quote(field))
	}
	var f File
	if f.OldMode, err = mode(parts[0]); err != nil {
		return err
	}
	if f.NewMode, err = mode(parts[1]); err != nil {
		return err
	}
	if f.Status, err = status(parts[4][0]); err != nil {
		return err
	}
	if f.Status == Renamed || f.Status == Copied {
		if f.From, err = p.path(); err != nil {
			return err
		}
	}
	if f.Path, err = p.path(); err != nil {
		return err
	}
	p.files = append(p.files, f)
	return nil
}

// numstat reads "1\t2\tpath\0", or "1\t2\t\0from\0path\0" for renames and
// copies; the counts are "-" when git takes the file for binary.
func (p *parser) numstat(f *File) error {
	field, err := p.field()
	if err != nil {
		return err
	}
	added, rest, ok1 := bytes.Cut(field, []byte("\t"))
	deleted, path, ok2 := bytes.Cut(rest, []byte("\t"))
	if !ok1 || !ok2 {
		return fmt.Errorf("%s: not three fields", quote(field))
	}
	if string(added) == "-" && string(deleted) == "-" {
		f.Binary = true
	} else {
		if f.Added, err = count(added); err != nil {
			return err
		}
		if f.Deleted, err = count(deleted); err != nil {
			return err
		}
	}
	if f.From != "" {
		if len(path) != 0 {
			return fmt.Errorf("%s: one path, but the raw record has two", quote(path))
		}
		if err := p.same(f.From); err != nil {
			return err
		}
		return p.same(f.Path)
	}
	if string(path) != f.Path {
		return fmt.Errorf("path is %s", quote(path))
	}
	return nil
}

// same reads a path that must be want.
func (p *parser) same(want string) error {
	got, err := p.field()
	if err == nil && string(got) != want {
		return fmt.Errorf("path is %s, the raw record has %q", quote(got), want)
	}
	return err
}

// path reads a path to keep.
func (p *parser) path() (string, error) {
	field, err := p.field()
	if err != nil {
		return "", err
	}
	if len(field) == 0 {
		return "", errors.New("empty path")
	}
	if p.paths += len(field); p.paths > maxPaths {
		return "", fmt.Errorf("paths of more than %d bytes together", maxPaths)
	}
	return string(field), nil
}

// field reads up to a NUL, which it drops. The result is valid until the next
// read.
func (p *parser) field() ([]byte, error) {
	b, err := p.br.ReadSlice(0)
	if errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("%s…: field of more than %d bytes", quote(b), maxField)
	}
	if err != nil {
		return nil, unexpected(err)
	}
	return b[:len(b)-1], nil
}

// next tells whether the input goes on with prefix, and reads nothing.
func (p *parser) next(prefix string) bool {
	b, _ := p.br.Peek(len(prefix)) // what is wrong shows when it is read
	return string(b) == prefix
}

func (p *parser) end() error {
	switch _, err := p.br.Peek(1); err {
	case nil:
		rest, _ := p.br.Peek(min(p.br.Buffered(), 40))
		return fmt.Errorf("%s where the end should be", quote(rest))
	case io.EOF:
		return nil
	default:
		return err
	}
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// quote shows foreign bytes in an error: printable, and not too many.
func quote(b []byte) string {
	return strconv.Quote(string(b[:min(len(b), 80)]))
}

// mode checks a file mode and shares the strings of the usual ones, which
// matters with 100,000 files.
func mode(b []byte) (string, error) {
	switch string(b) {
	case "000000":
		return "000000", nil
	case "100644":
		return "100644", nil
	case "100755":
		return "100755", nil
	case "120000":
		return "120000", nil
	case "160000":
		return "160000", nil
	}
	if len(b) != 6 || len(bytes.Trim(b, "01234567")) != 0 {
		return "", fmt.Errorf("%s is not a file mode", quote(b))
	}
	return string(b), nil
}

func status(letter byte) (Status, error) {
	switch letter {
	case 'A':
		return Added, nil
	case 'M':
		return Modified, nil
	case 'D':
		return Deleted, nil
	case 'R':
		return Renamed, nil
	case 'C':
		return Copied, nil
	case 'T':
		return TypeChanged, nil
	case 'U':
		return Unmerged, nil
	}
	return "", fmt.Errorf("unknown status %q", letter)
}

// count reads a number of lines.
func count(b []byte) (int, error) {
	n, err := strconv.ParseInt(string(b), 10, strconv.IntSize)
	if err != nil || b[0] == '+' || b[0] == '-' {
		return 0, fmt.Errorf("%s is not a number of lines", quote(b))
	}
	return int(n), nil
}
