package change

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Limits on what is kept. They are far above any real commit, and there so that a
// hostile repository cannot take all memory.
const (
	maxFiles = 200_000
	maxField = 64 << 10 // bytes of one path, and of the read buffer
	maxPaths = 64 << 20 // bytes of all paths together
	maxRuns  = 1 << 20  // of added lines, in all files together
)

// gitLine begins a file's section of a patch.
const gitLine = "diff --git "

// Read reads the output of
//
//	git diff-index --raw --numstat -z -p -U0 …
//
// (or diff-tree) with a single parent. That is one raw record and then one
// numstat record per file, a NUL, and the patch. Paths are taken from the
// records only and the patch is matched to them by order, so no path and no
// content can be mistaken for structure. The three parts must agree.
//
// Read works on a stream: what it keeps grows with the number of files (within
// bounds), never with the length of lines. Output that is cut short gives an error,
// [io.ErrUnexpectedEOF] where that is all one can say; but what git still had to
// say about a last file without hunks is not missed, so git's exit status counts
// too.
//
// Where the records were whole and only the patch was not, the change comes beside
// the error. The files that the patch did not get to are Partial then, unless they
// have no lines to count: those that are binary or unmerged, and those without any
// line added or deleted that keep their type.
func Read(r io.Reader) (*Change, error) { return ReadLines(r, nil) }

// ReadLines is Read that keeps where lines were added in the files that are wanted, by
// their path; nil wants none.
func ReadLines(r io.Reader, wanted func(path string) bool) (*Change, error) {
	p := newParser(r)
	p.wanted = wanted
	if err := p.records(); err != nil {
		return nil, fmt.Errorf("read git's diff: %w", err)
	}
	err := p.patches()
	c := &Change{Files: p.files, AddedAt: p.addedAt}
	if err != nil {
		return c, fmt.Errorf("read git's diff: %w", err)
	}
	return c, nil
}

// ReadRaw reads the output of
//
//	git diff-index --raw -z …
//
// (or diff-tree) with a single parent: the files without any lines. Output that is
// cut short between two records is not noticed, so git's exit status counts too.
func ReadRaw(r io.Reader) (*Change, error) {
	p := newParser(r)
	err := p.raws()
	if err == nil {
		err = p.end()
	}
	if err != nil {
		return nil, fmt.Errorf("read git's list of files: %w", err)
	}
	return &Change{Files: p.files}, nil
}

type parser struct {
	br    *bufio.Reader
	files []File
	paths int // bytes of paths so far

	wanted  func(path string) bool // whose lines are kept; nil: nobody's
	addedAt map[string][]Place
	runs    int // in addedAt
}

func newParser(r io.Reader) parser {
	return parser{br: bufio.NewReaderSize(r, maxField)}
}

// records reads what comes before the patch.
func (p *parser) records() error {
	if err := p.raws(); err != nil {
		return err
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
	return nil
}

func (p *parser) raws() error {
	for p.next(":") {
		if err := p.raw(); err != nil {
			return fmt.Errorf("raw record %d: %w", len(p.files)+1, err)
		}
	}
	return nil
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
	if f.Old, err = objectID(parts[2]); err != nil {
		return err
	}
	if f.New, err = objectID(parts[3]); err != nil {
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
	return p.keep(field)
}

// keep makes a path of b.
func (p *parser) keep(b []byte) (string, error) {
	if len(b) == 0 {
		return "", errors.New("empty path")
	}
	if p.paths += len(b); p.paths > maxPaths {
		return "", fmt.Errorf("paths of more than %d bytes together", maxPaths)
	}
	return string(b), nil
}

// patches reads the patch.
func (p *parser) patches() error {
	for i := range p.files {
		if err := p.patch(&p.files[i]); err != nil {
			left := p.files[i:]
			for j := range left {
				f := &left[j]
				f.Partial = !f.Binary && f.Status != Unmerged && (f.Added != 0 || f.Deleted != 0 || f.Status == TypeChanged)
			}
			return fmt.Errorf("patch of %q: %w", p.files[i].Path, err)
		}
	}
	return p.end()
}

// patch reads what the patch has for f. Git writes one section per file; two
// for a changed type, a removal and an addition; and one line for a conflict.
func (p *parser) patch(f *File) error {
	if f.Status == Unmerged {
		// The one place where git writes a path into a patch unquoted: it may
		// hold newlines, so it is not read as lines.
		return p.expect("* Unmerged path " + f.Path + "\n")
	}
	sections := 1
	if f.Status == TypeChanged {
		sections = 2
	}
	t := tally{keep: p.wanted != nil && sections == 1 && p.wanted(f.Path)}
	for range sections {
		if err := p.section(&t); err != nil {
			return err
		}
	}
	if f.Binary {
		return nil // but one side of a changed type may have hunks: they say nothing
	}
	// A changed type has more lines in the patch, as many on either side.
	if t.added-f.Added != t.deleted-f.Deleted || t.added != f.Added && f.Status != TypeChanged {
		return fmt.Errorf("%d added and %d deleted lines, but numstat has %d and %d",
			t.added, t.deleted, f.Added, f.Deleted)
	}
	f.Lines = t.lines
	f.setLargest(t.largest)
	if t.keep && p.runs+len(t.addedAt) <= maxRuns {
		if p.addedAt == nil {
			p.addedAt = make(map[string][]Place)
		}
		p.runs += len(t.addedAt)
		p.addedAt[f.Path] = t.addedAt
	}
	return nil
}

// section reads from a "diff --git" line to the next one. Before the hunks there
// are only lines that begin with a word of git's; paths in them are quoted as
// soon as they hold a newline.
func (p *parser) section(t *tally) error {
	if err := p.expect(gitLine); err != nil {
		return err
	}
	if err := p.skipLine(); err != nil {
		return err
	}
	for inHunks := false; ; {
		b, err := p.br.Peek(1)
		if err != nil {
			return nil // the end, or an error that the next read gives
		}
		switch first := b[0]; {
		case first == '*', inHunks && first == 'd', p.next(gitLine):
			return nil // to the next section, be it cut short
		case first == '@':
			if err := p.hunk(t); err != nil {
				return err
			}
			inHunks = true
		case inHunks:
			return fmt.Errorf("a line that begins with %q after the end of a hunk", first)
		default:
			if err := p.skipLine(); err != nil {
				return err
			}
		}
	}
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

// expect reads exactly want.
func (p *parser) expect(want string) error {
	b, err := p.br.Peek(len(want))
	if string(b) == want {
		_, err = p.br.Discard(len(want))
		return err
	}
	if err != nil {
		return unexpected(err)
	}
	return fmt.Errorf("%s where %q should be", quote(b), want)
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
