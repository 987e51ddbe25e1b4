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
	largest        Place
	most           int // counted lines in largest

	keep    bool // where lines were added
	addedAt []Place
}

// addedLine notes a line that is not blank.
func (t *tally) addedLine(line int) {
	if !t.keep {
		return
	}
	if n := len(t.addedAt) - 1; n >= 0 && t.addedAt[n].Line+t.addedAt[n].Lines == uint32(line) {
		t.addedAt[n].Lines++
		return
	}
	if len(t.addedAt) <= maxRuns {
		t.addedAt = append(t.addedAt, Place{uint32(line), 1})
	}
}

// place notes a hunk if none before has more counted lines.
func (t *tally) place(at Place, counted int) {
	if counted > t.most {
		t.largest, t.most = at, counted
	}
}

// hunk reads "@@ -1,2 +3,4 @@ …" and exactly as many lines as that says. Changed
// lines with context between them are hunks of their own.
func (p *parser) hunk(t *tally) error {
	head, err := p.hunkHead()
	if err != nil {
		return err
	}
	deleted, added := head.deleted, head.added
	start, first, next := t.lines, head.first, head.first
	end := func() {
		counted := max(t.lines.Added-start.Added, t.lines.Deleted-start.Deleted)
		t.lines.Changed += counted
		t.place(Place{uint32(first), uint32(next - first)}, counted)
		start, first = t.lines, next
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
				t.addedLine(next)
			}
			next++
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
			next++
			first = next
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

// hunkHead is the numbers of lines in a hunk's head.
type hunkHead struct {
	deleted, added int
	first          int // of the lines added; without any, the line in front of which they were deleted
}

func (p *parser) hunkHead() (h hunkHead, err error) {
	head, cut := p.br.ReadSlice('\n')
	if cut != nil && !errors.Is(cut, bufio.ErrBufferFull) {
		return h, unexpected(cut)
	}
	rest, ok := bytes.CutPrefix(head, []byte("@@ -"))
	old, rest, ok2 := bytes.Cut(rest, []byte(" +"))
	recent, _, ok3 := bytes.Cut(rest, []byte(" @@"))
	if !ok || !ok2 || !ok3 {
		err = errors.New("not two ranges")
	}
	if err == nil {
		_, h.deleted, err = lineRange(old)
	}
	if err == nil {
		h.first, h.added, err = lineRange(recent)
	}
	if err == nil && h.added == 0 && h.deleted == 0 {
		err = errors.New("no lines")
	}
	if err != nil {
		return h, fmt.Errorf("hunk %s: %w", quote(head), err)
	}
	if h.added == 0 {
		h.first++ // git names the line before
	}
	if cut != nil { // the head ends with a line of the file, of any length
		err = p.skipLine()
	}
	return h, err
}

// lineRange takes the numbers from "1,2", and 1 and 1 from "1" alone.
func lineRange(b []byte) (start, size int, err error) {
	first, rest, ok := bytes.Cut(b, []byte(","))
	if start, err = count(first); err != nil || !ok {
		return start, 1, err
	}
	size, err = count(rest)
	return start, size, err
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
