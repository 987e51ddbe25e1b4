package lsp

import (
	"sort"
	"strings"
	"unicode/utf8"

	"go.lsp.dev/protocol"
)

// negotiate picks how positions are counted: the first of the client's
// encodings that we know. A client that names none counts in UTF-16.
func negotiate(client []protocol.PositionEncodingKind) protocol.PositionEncodingKind {
	for _, enc := range client {
		switch enc {
		case protocol.PositionEncodingKindUTF8, protocol.PositionEncodingKindUTF16, protocol.PositionEncodingKindUTF32:
			return enc
		}
	}
	return protocol.PositionEncodingKindUTF16
}

// lines converts between byte offsets in a text and the protocol's positions.
// It never changes.
//
// A line ends at \n, \r\n or \r. A byte that is not valid UTF-8 counts as one
// unit in every encoding.
type lines struct {
	text     string
	encoding protocol.PositionEncodingKind
	starts   []uint32 // byte offset of each line's first byte, the first is 0; maxDocument fits
}

func newLines(text string, enc protocol.PositionEncodingKind) *lines {
	starts := make([]uint32, 1, 1+strings.Count(text, "\n"))
	return &lines{text: text, encoding: enc, starts: appendStarts(starts, text, 1, len(text))}
}

// splice returns the lines of the text in which new stands in place of the
// bytes from start to end. It looks for line ends in new only, so that a
// keystroke in a long text is cheap.
func (l *lines) splice(start, end int, new string) *lines {
	text := l.text[:start] + new + l.text[end:]

	// Whether a line starts at an offset depends on the bytes before and after
	// it and nothing else. So nothing changes for starts before start and after
	// end, but at both edges a \r may have found or lost its \n.
	head := max(1, l.firstStart(start))
	tail := l.firstStart(end + 1)
	starts := make([]uint32, 0, head+len(l.starts)-tail+1+len(new)/32)
	starts = append(starts, l.starts[:head]...)
	starts = appendStarts(starts, text, start, start+len(new))
	shift := len(new) - (end - start)
	for _, s := range l.starts[tail:] {
		starts = append(starts, uint32(int(s)+shift))
	}
	return &lines{text: text, encoding: l.encoding, starts: starts}
}

// firstStart is the first line that starts at an offset or behind it.
func (l *lines) firstStart(offset int) int {
	return sort.Search(len(l.starts), func(n int) bool { return int(l.starts[n]) >= offset })
}

// appendStarts appends the line starts of text from offset first to offset
// last, both included, except for the one at 0.
func appendStarts(starts []uint32, text string, first, last int) []uint32 {
	// The end of the line before first may be the byte before first.
	i := max(0, first-1)
	returns := strings.IndexByte(text[i:last], '\r') >= 0
	for i < last {
		eol := last
		n := strings.IndexByte(text[i:last], '\n')
		if n >= 0 {
			eol = i + n
		}
		for returns {
			r := strings.IndexByte(text[i:eol], '\r')
			if r < 0 {
				break
			}
			i += r + 1
			if i < len(text) && text[i] == '\n' {
				break // the \n ends this line
			}
			starts = append(starts, uint32(i))
		}
		if n < 0 {
			break
		}
		i = eol + 1
		starts = append(starts, uint32(i))
	}
	return starts
}

// line returns where the content of line n, counted from 0, starts and ends.
// The line's end is not part of it.
func (l *lines) line(n int) (start, end int) {
	start = int(l.starts[n])
	if n == len(l.starts)-1 {
		return start, len(l.text)
	}
	end = int(l.starts[n+1]) - 1
	if end > start && l.text[end] == '\n' && l.text[end-1] == '\r' {
		end--
	}
	return start, end
}

// offset returns the byte offset of a position. A position behind its line is
// taken for the line's end, one behind the text for the text's end, one inside
// of a code point for the code point's start.
func (l *lines) offset(p protocol.Position) int {
	if uint64(p.Line) >= uint64(len(l.starts)) {
		return len(l.text)
	}
	start, end := l.line(int(p.Line))
	content := l.text[start:end]
	if l.encoding == protocol.PositionEncodingKindUTF8 {
		if uint64(p.Character) >= uint64(len(content)) {
			return end
		}
		return start + runeStart(content, int(p.Character))
	}
	return start + l.unitsToBytes(content, int64(p.Character))
}

// position returns the position of a byte offset. An offset outside of the text
// is taken for the nearest one inside, one inside of a code point for the code
// point's start, one inside of \r\n for the \r.
func (l *lines) position(offset int) protocol.Position {
	offset = min(max(0, offset), len(l.text))
	n := l.firstStart(offset+1) - 1
	start, end := l.line(n)
	content := l.text[start:end]
	character := runeStart(content, min(offset, end)-start)
	if l.encoding != protocol.PositionEncodingKindUTF8 {
		character = l.units(content[:character])
	}
	return protocol.Position{Line: uint32(n), Character: uint32(character)}
}

// rng returns the range between two byte offsets.
func (l *lines) rng(start, end int) protocol.Range {
	return protocol.Range{Start: l.position(start), End: l.position(end)}
}

// span returns the byte offsets of a range. It is not ok when the range ends
// before it starts.
func (l *lines) span(r protocol.Range) (start, end int, ok bool) {
	start, end = l.offset(r.Start), l.offset(r.End)
	return start, end, start <= end
}

// runeStart returns the start of the code point that the byte at offset i is
// part of. At the end of s it returns i.
func runeStart(s string, i int) int {
	if i >= len(s) || utf8.RuneStart(s[i]) {
		return i
	}
	// A valid sequence has at most three bytes behind its first. Stray ones
	// stand for themselves.
	for b := i - 1; b >= max(0, i-3); b-- {
		if utf8.RuneStart(s[b]) {
			if _, size := utf8.DecodeRuneInString(s[b:]); b+size > i {
				return b
			}
			break
		}
	}
	return i
}

// unitsToBytes returns how many bytes of s its first units make up, rounded
// down to whole code points.
func (l *lines) unitsToBytes(s string, units int64) int {
	i := 0
	for i < len(s) {
		if s[i] < utf8.RuneSelf {
			if units == 0 {
				break
			}
			units--
			i++
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		if size == 4 && l.encoding == protocol.PositionEncodingKindUTF16 {
			units-- // the first of a surrogate pair
		}
		if units <= 0 {
			break
		}
		units--
		i += size
	}
	return i
}

// units counts the units of s, which must be whole code points.
func (l *lines) units(s string) int {
	n := utf8.RuneCountInString(s)
	if l.encoding == protocol.PositionEncodingKindUTF32 || n == len(s) {
		return n
	}
	for i := range len(s) {
		if s[i] < 0xF0 {
			continue // not the first of four bytes, which UTF-16 counts twice
		}
		if _, size := utf8.DecodeRuneInString(s[i:]); size == 4 {
			n++
		}
	}
	return n
}
