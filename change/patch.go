package change

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Patch is a change as a patch tells it. Compared with what Read gives:
//
//   - Old and New have only the digits that the patch has, and are 0 where it has
//     none, as for a file that was renamed or changed its mode and nothing else;
//     see [Patch.Fits].
//   - OldMode and NewMode are empty where the patch does not tell them, and Binary
//     is not told of a file whose content stays.
//   - Added and Deleted are the lines of the patch: what was read of them when
//     Partial, and everything removed and added when the status is TypeChanged.
type Patch struct {
	Change
	// Whole is false when the input ended too early. Then the last file may be
	// Partial, or only the removal of a changed type, and one of which not even the
	// head was read is left out.
	Whole bool
	// WorkTree says that the prefixes are those of a comparison with the work
	// tree. It is not what is committed: `git commit -vv --allow-empty` shows that
	// alone.
	WorkTree bool

	digits [][2]uint8 // of Old and New, for each file
}

// ReadPatch reads a patch as `git commit -v` leaves it below the scissors, from its
// first "diff --git" line on: with any context and any of git's prefixes, and with
// the line endings of any editor. It ends at the first line that is not part of a
// patch, such as the comment in front of the second patch of `git commit -vv`.
//
// It works on a stream, within the bounds of Read. A patch that is cut short is no
// error (see Patch.Whole), unless it has not even one "diff --git "; a cut in front
// of a hunk or of the next such line is not noticed. Anything that is not
// understood is an error: what diff.submodule can make of a submodule, a combined
// diff of a merge.
func ReadPatch(r io.Reader) (*Patch, error) {
	p := patchParser{parser: newParser(r)}
	err := p.expect(gitLine)
	if err == nil {
		err = p.read()
		p.patch.Whole = err == nil
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read a patch: %w", err)
	}
	return &p.patch, nil
}

// Fits tells whether the patch stands for c, a change from Read or ReadRaw that
// looked for renames: for all of it if the patch is whole, otherwise for some of
// it. Paths and modes must be the same, and contents as far as the patch has
// digits of them; lines are not compared.
func (p *Patch) Fits(c *Change) bool {
	if len(p.Files) > len(c.Files) || p.Whole && len(p.Files) < len(c.Files) {
		return false
	}
	byPath := make(map[string]*File, len(c.Files)) // diff.orderFile has other orders
	for i := range c.Files {
		byPath[c.Files[i].Path] = &c.Files[i]
	}
	for i := range p.Files {
		f := byPath[p.Files[i].Path]
		if f == nil || !p.fits(i, f) {
			return false
		}
		delete(byPath, f.Path)
	}
	return true
}

// fits compares file i, whose path is that of f.
func (p *Patch) fits(i int, f *File) bool {
	own, digits := &p.Files[i], p.digits[i]
	if own.From != f.From || own.OldMode != "" && (own.OldMode != f.OldMode || own.NewMode != f.NewMode) {
		return false
	}
	if digits[0] == 0 { // the content stays
		return own.Status == f.Status && f.Old == f.New
	}
	return f.Old.begins(own.Old, int(digits[0])) && f.New.begins(own.New, int(digits[1]))
}

type patchParser struct {
	parser
	patch Patch
}

// read goes on after the first gitLine.
func (p *patchParser) read() error {
	for more := true; more; {
		if len(p.patch.Files) == maxFiles {
			return fmt.Errorf("more than %d files", maxFiles)
		}
		var err error
		if more, err = p.file(); err != nil {
			return fmt.Errorf("file %d: %w", len(p.patch.Files)+1, err)
		}
	}
	return nil
}

// file reads one file, after its gitLine, and tells whether another follows.
func (p *patchParser) file() (more bool, err error) {
	h, err := p.head()
	if err != nil {
		return false, err
	}
	f := &h.file
	switch {
	case h.hunks:
		err = p.hunks(f)
	case h.literal:
		err = p.literal()
	case !f.Binary:
		// Nothing but the next line tells that this was all of the head.
		if more, err = p.more(); err == nil {
			p.add(h)
		}
		return more, err
	}
	p.add(h)
	if err != nil {
		return false, err
	}
	return p.more()
}

// add takes over a file. Git shows a changed type as a removal and an addition.
func (p *patchParser) add(h *head) {
	f := h.file
	if n := len(p.patch.Files) - 1; n >= 0 && f.Status == Added {
		last := &p.patch.Files[n]
		if last.Status == Deleted && last.Path == f.Path && last.OldMode[:2] != f.NewMode[:2] {
			last.Status = TypeChanged
			last.NewMode, last.New, p.patch.digits[n][1] = f.NewMode, f.New, h.digits[1]
			last.Binary = last.Binary || f.Binary
			last.Partial = f.Partial && !last.Binary
			last.Added, last.Lines.Added = f.Added, f.Lines.Added
			last.Lines.Changed += f.Lines.Changed
			last.Largest = Place{}
			if last.Binary {
				last.Added, last.Deleted = 0, 0
			}
			if last.Binary || last.Partial {
				last.Lines = Lines{}
			}
			return
		}
	}
	p.patch.Files = append(p.patch.Files, f)
	p.patch.digits = append(p.patch.digits, h.digits)
}

// hunks reads all hunks of f.
func (p *patchParser) hunks(f *File) error {
	var t tally
	var err error
	for more := true; more && err == nil; more = p.next("@") {
		err = p.hunk(&t)
	}
	f.Added, f.Deleted = t.added, t.deleted
	if f.Partial = err != nil; !f.Partial {
		f.Lines = t.lines
		f.setLargest(t.largest)
	}
	return err
}

// literal reads what follows "GIT binary patch": the new content and perhaps the
// old one, each ended by an empty line.
func (p *patchParser) literal() error {
	for first := true; first || p.next("literal ") || p.next("delta "); first = false {
		for {
			line, err := p.text()
			if err != nil {
				return err
			}
			if len(line) == 0 {
				break
			}
		}
	}
	return nil
}

// more reads the line after a file, as far as that tells whether it is a gitLine.
// Any other ends the patch, unless it looks like a part of one.
func (p *patchParser) more() (bool, error) {
	if p.next(gitLine) {
		return true, p.expect(gitLine)
	}
	b, err := p.br.Peek(1)
	switch {
	case err == io.EOF:
		return false, nil
	case err != nil:
		return false, err
	}
	part := strings.IndexByte("+- @\\", b[0]) >= 0 && !p.next("-- \n") // a signature, in mail
	for _, s := range []string{"diff ", "Submodule ", "* Unmerged path "} {
		part = part || p.next(s)
	}
	line, _ := p.br.Peek(min(p.br.Buffered(), 40))
	shown := quote(line)
	if err := p.skipLine(); err != nil {
		return false, err
	}
	if part {
		return false, fmt.Errorf("%s where the next file should be", shown)
	}
	return false, nil
}

// text reads a line that is not content, and drops its end. The result is valid
// until the next read.
func (p *patchParser) text() ([]byte, error) {
	b, err := p.br.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("%s…: line of more than %d bytes", quote(b), maxField)
	}
	if err != nil {
		return nil, unexpected(err)
	}
	return bytes.TrimSuffix(b[:len(b)-1], []byte("\r")), nil // git quotes a name with \r
}
