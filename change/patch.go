package change

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
)

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
	s := section{limit: maxHunks}
	for range sections {
		if err := p.section(f, &s); err != nil {
			return err
		}
	}
	if f.Binary {
		return nil // but one side of a changed type may have hunks: they say nothing
	}
	if f.Status != TypeChanged && (s.sum.Added != f.Added || s.sum.Deleted != f.Deleted) {
		return fmt.Errorf("%d added and %d deleted lines, but numstat has %d and %d",
			s.sum.Added, s.sum.Deleted, f.Added, f.Deleted)
	}
	f.Hunks = s.all()
	p.hunks += len(f.Hunks)
	return nil
}

// section gathers the hunks of one file.
//
// Beyond the limit hunks are merged into two, one of those with more additions
// and one of those with more deletions: among hunks of the same kind, the sum of
// the maxima is the maximum of the sums, so Counted stays exact.
type section struct {
	hunks []Hunk
	limit int
	rest  [2]Hunk
	sum   Hunk
}

func (s *section) add(h Hunk) {
	s.sum = s.sum.plus(h)
	if len(s.hunks) < s.limit {
		s.hunks = append(s.hunks, h)
		return
	}
	kind := 0
	if h.Deleted-h.DeletedBlank > h.Added-h.AddedBlank {
		kind = 1
	}
	s.rest[kind] = s.rest[kind].plus(h)
}

func (s *section) all() []Hunk {
	for _, h := range s.rest {
		if h != (Hunk{}) {
			s.hunks = append(s.hunks, h)
		}
	}
	return s.hunks
}

// section reads from a "diff --git" line to the next one. Before the hunks there
// are only lines that begin with a word of git's; paths in them are quoted as
// soon as they hold a newline.
func (p *parser) section(f *File, s *section) error {
	const start = "diff --git "
	if err := p.expect(start); err != nil {
		return err
	}
	if err := p.skipLine(); err != nil {
		return err
	}
	if p.hunks >= maxAllHunks || f.Binary {
		s.limit = 0
	}
	for inHunks := false; ; {
		b, err := p.br.Peek(1)
		if err != nil {
			return nil // the end, or an error that the next read gives
		}
		switch first := b[0]; {
		case first == '*', p.next(start):
			return nil
		case first == '@':
			h, err := p.hunk()
			if err != nil {
				return err
			}
			s.add(h)
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

// hunk reads "@@ -1,2 +3,4 @@ …" and exactly as many lines as that says.
func (p *parser) hunk() (Hunk, error) {
	head, cut := p.br.ReadSlice('\n')
	if cut != nil && !errors.Is(cut, bufio.ErrBufferFull) {
		return Hunk{}, unexpected(cut)
	}
	h, err := hunkSize(head)
	if err != nil {
		return Hunk{}, err
	}
	if cut != nil { // the head ends with a line of the file, of any length
		if err := p.skipLine(); err != nil {
			return Hunk{}, err
		}
	}
	for added, deleted := h.Added, h.Deleted; added > 0 || deleted > 0; {
		sign, blank, err := p.line()
		switch {
		case err != nil:
			return Hunk{}, err
		case sign == '+' && added > 0:
			added--
			if blank {
				h.AddedBlank++
			}
		case sign == '-' && deleted > 0:
			deleted--
			if blank {
				h.DeletedBlank++
			}
		case sign == '\\': // "\ No newline at end of file"
		default:
			return Hunk{}, fmt.Errorf("a line that begins with %q, %d added and %d deleted lines before the end of a hunk", sign, added, deleted)
		}
	}
	if p.next(`\`) {
		return h, p.skipLine()
	}
	return h, nil
}

// hunkSize takes the number of added and deleted lines from a hunk's head.
func hunkSize(head []byte) (Hunk, error) {
	var h Hunk
	rest, ok := bytes.CutPrefix(head, []byte("@@ -"))
	old, rest, ok2 := bytes.Cut(rest, []byte(" +"))
	recent, _, ok3 := bytes.Cut(rest, []byte(" @@"))
	var err error
	if !ok || !ok2 || !ok3 {
		err = errors.New("not two ranges")
	}
	if err == nil {
		h.Deleted, err = rangeSize(old)
	}
	if err == nil {
		h.Added, err = rangeSize(recent)
	}
	if err == nil && h == (Hunk{}) {
		err = errors.New("no lines")
	}
	if err != nil {
		return Hunk{}, fmt.Errorf("hunk %s: %w", quote(head), err)
	}
	return h, nil
}

// rangeSize takes the 2 of "1,2", and 1 of "1" alone.
func rangeSize(b []byte) (int, error) {
	start, size, ok := bytes.Cut(b, []byte(","))
	if _, err := count(start); err != nil {
		return 0, err
	}
	if !ok {
		return 1, nil
	}
	return count(size)
}

// line reads a line of content. It returns the first byte, and whether the rest
// is blank.
func (p *parser) line() (sign byte, blank bool, err error) {
	part, err := p.br.ReadSlice('\n')
	if len(part) == 0 {
		return 0, false, unexpected(err)
	}
	sign, blank = part[0], isBlank(part[1:])
	for errors.Is(err, bufio.ErrBufferFull) {
		part, err = p.br.ReadSlice('\n')
		blank = blank && isBlank(part)
	}
	return sign, blank, unexpected(err)
}

func (p *parser) skipLine() error {
	_, err := p.br.ReadSlice('\n')
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = p.br.ReadSlice('\n')
	}
	return unexpected(err)
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

func isBlank(b []byte) bool {
	for _, c := range b {
		switch c {
		case ' ', '\t', '\n', '\v', '\f', '\r':
		default:
			return false
		}
	}
	return true
}
