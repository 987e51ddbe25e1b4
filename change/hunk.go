package change

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
)

// tally adds up the hunks of a file.
type tally struct {
	added, deleted int // with blank lines, as numstat has them
	lines          Lines
}

// hunk reads "@@ -1,2 +3,4 @@ …" and exactly as many lines as that says. Changed
// lines with context between them are hunks of their own.
func (p *parser) hunk(t *tally) error {
	deleted, added, err := p.hunkHead()
	if err != nil {
		return err
	}
	start := t.lines
	end := func() {
		t.lines.Changed += max(t.lines.Added-start.Added, t.lines.Deleted-start.Deleted)
		start = t.lines
	}
	for added > 0 || deleted > 0 {
		sign, blank, err := p.line()
		switch {
		case err != nil:
			return err
		case sign == '+' && added > 0:
			added--
			t.added++
			if !blank {
				t.lines.Added++
			}
		case sign == '-' && deleted > 0:
			deleted--
			t.deleted++
			if !blank {
				t.lines.Deleted++
			}
		case added > 0 && deleted > 0 && (sign == ' ' || blank && (sign == '\n' || sign == '\r')):
			// diff.suppressBlankEmpty, and many an editor, take the blank away
			// from an empty line of context.
			added--
			deleted--
			end()
		case sign == '\\': // "\ No newline at end of file"
		default:
			return fmt.Errorf("a line that begins with %q, %d added and %d deleted lines before the end of a hunk", sign, added, deleted)
		}
	}
	end()
	if p.next(`\`) {
		return p.skipLine()
	}
	return nil
}

// hunkHead takes the numbers of lines from a hunk's head.
func (p *parser) hunkHead() (deleted, added int, err error) {
	head, cut := p.br.ReadSlice('\n')
	if cut != nil && !errors.Is(cut, bufio.ErrBufferFull) {
		return 0, 0, unexpected(cut)
	}
	rest, ok := bytes.CutPrefix(head, []byte("@@ -"))
	old, rest, ok2 := bytes.Cut(rest, []byte(" +"))
	recent, _, ok3 := bytes.Cut(rest, []byte(" @@"))
	if !ok || !ok2 || !ok3 {
		err = errors.New("not two ranges")
	}
	if err == nil {
		deleted, err = rangeSize(old)
	}
	if err == nil {
		added, err = rangeSize(recent)
	}
	if err == nil && added == 0 && deleted == 0 {
		err = errors.New("no lines")
	}
	if err != nil {
		return 0, 0, fmt.Errorf("hunk %s: %w", quote(head), err)
	}
	if cut != nil { // the head ends with a line of the file, of any length
		err = p.skipLine()
	}
	return deleted, added, err
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
