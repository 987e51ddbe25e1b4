package lsp

import (
	"bytes"
	words "encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// limits bound what is held of what a client sends, in bytes. A test may set
// others.
type limits struct {
	body     int // of a message, once its long strings are shortened
	document int // of a document that is kept whole
	head     int // of a longer document, and of a longer string in a message
	back     int // how far from the end of a head a line end is looked for
}

var theLimits = limits{body: maxBody, document: maxDocument, head: maxHead, back: 64 << 10}

// missing ends a string from which text is missing. It starts with a byte that
// no commit message can hold.
const (
	missing        = "\x00and more"
	missingEncoded = `\u0000and more`
)

// notJSON ends a shortened string that was malformed somewhere, perhaps where it
// is not kept: nobody is to take it for a good one. A line end is malformed behind
// anything, also behind half of an escape.
const notJSON = "\n"

// shortener takes in a JSON text piece by piece and keeps all of it, except that
// a string longer than limits.head is kept up to there only. The rest need not
// be JSON: whatever is wrong with it is wrong with what is kept, too.
type shortener struct {
	limits limits
	kept   []byte
	full   bool // more than limits.body would be kept; the rest is not looked at

	// Where in the text we are. The offsets are those of kept; -1: there is none.
	in        place
	start     int  // of the string
	lineEnd   int  // behind the last line end in the string
	escape    int  // of the last escape in the string
	high      int  // behind the last first half of a surrogate pair
	shortened bool // the rest of the string is not kept
	broken    bool // the string is malformed
	digits    int  // how many digits the escape has
	code      rune // what they say
}

// place is a state of the shortener.
type place int

const (
	outside place = iota // of strings
	inString
	inEscape // behind a backslash
	inDigits // behind a backslash and a u
)

// take takes in the next piece.
func (s *shortener) take(p []byte) {
	for len(p) > 0 && !s.full {
		n := 1
		switch s.in {
		case outside:
			n = s.takeOutside(p)
		case inString:
			n = s.takeInString(p)
		case inEscape:
			s.takeEscaped(p[0])
		case inDigits:
			n = s.takeDigit(p[0])
		}
		p = p[n:]
	}
}

// takeOutside takes in what comes before the next string, and its quote.
func (s *shortener) takeOutside(p []byte) (n int) {
	n = bytes.IndexByte(p, '"') + 1
	if n == 0 {
		s.keep(p)
		return len(p)
	}
	s.keep(p[:n])
	s.in, s.start = inString, len(s.kept)
	s.lineEnd, s.escape, s.high = -1, -1, -1
	s.broken = false
	return n
}

// takeInString takes in what means itself, or one byte that does not.
func (s *shortener) takeInString(p []byte) (n int) {
	if !s.shortened {
		// One byte more shows what stands at the cut. Any that follow would
		// only make the buffer larger.
		p = p[:min(len(p), s.start+s.limits.head+1-len(s.kept))]
	}
	if n = plain(p); n > 0 {
		s.keep(p[:n])
		s.escape = -1
		s.shorten()
		return n
	}
	switch p[0] {
	case '"':
		s.closeString()
	case '\\':
		s.escape = len(s.kept)
		s.keep(p[:1])
		s.in = inEscape
	default: // a control character
		s.broken = true
		s.keep(p[:1])
		s.shorten()
	}
	return 1
}

func (s *shortener) closeString() {
	if s.shortened {
		s.shortened = false
		if s.broken {
			s.keep([]byte(notJSON))
		} else {
			s.keep([]byte(missingEncoded))
		}
	}
	s.keep([]byte{'"'})
	s.in = outside
}

// takeEscaped takes in the byte behind a backslash.
func (s *shortener) takeEscaped(c byte) {
	s.keep([]byte{c})
	switch c {
	case 'u':
		s.in, s.digits, s.code = inDigits, 0, 0
		return
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
	default:
		s.broken = true
	}
	s.in = inString
	s.shorten()
	if c == 'n' && !s.shortened {
		s.lineEnd = len(s.kept)
	}
}

// takeDigit takes in c if it is a digit, and nothing otherwise.
func (s *shortener) takeDigit(c byte) (n int) {
	digit := strings.IndexByte("0123456789abcdefABCDEF", c)
	if digit < 0 {
		s.in, s.broken = inString, true
		s.shorten()
		return 0
	}
	if digit > 0xF {
		digit -= 6
	}
	s.keep([]byte{c})
	s.code = s.code<<4 | rune(digit)
	if s.digits++; s.digits < 4 {
		return 1
	}
	s.in = inString
	s.shorten()
	if utf16.IsSurrogate(s.code) && s.code < 0xDC00 && !s.shortened {
		s.high = len(s.kept)
	}
	return 1
}

// keep appends p, unless it belongs to the part of a string that is not kept.
func (s *shortener) keep(p []byte) {
	switch {
	case s.shortened:
	case len(s.kept)+len(p) > s.limits.body:
		s.full = true
	default:
		if least := len(s.kept) + len(p); least > cap(s.kept) {
			s.kept = larger(s.kept, least, s.limits.body)
		}
		s.kept = append(s.kept, p...)
	}
}

// shorten cuts the string where it has become too long: behind a line end if
// there is one, and else between two characters.
func (s *shortener) shorten() {
	end := s.start + s.limits.head
	if s.shortened || len(s.kept) <= end {
		return
	}
	if s.escape >= 0 {
		end = s.escape
	} else {
		end = s.characterStart(end)
	}
	if end == s.high {
		end -= len(`\ud800`)
	}
	if s.lineEnd >= max(s.start, end-s.limits.back) {
		end = s.lineEnd
	}
	s.kept = s.kept[:end]
	s.shortened = true
}

// characterStart is the start of the UTF-8 sequence that the byte at offset i may
// be part of. What follows i is not known, so any first byte counts.
func (s *shortener) characterStart(i int) int {
	for b := i; b >= max(s.start, i-utf8.UTFMax+1) && s.kept[b] >= utf8.RuneSelf; b-- {
		if utf8.RuneStart(s.kept[b]) {
			return b
		}
	}
	return i
}

// plain is how many bytes at the start of p mean themselves in a string: all but
// quotes, backslashes and control characters.
func plain(p []byte) int {
	const each, high = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i <= len(p)-8; i += 8 {
		// Eight at a time. The high bit of a byte that was not set becomes set when
		// something is taken from a byte that is less. That borrows from the bytes
		// above, so only the lowest that is found is right.
		x := words.LittleEndian.Uint64(p[i:])
		quote, backslash := x^'"'*each, x^'\\'*each
		found := ((x-' '*each)&^x | (quote-each)&^quote | (backslash-each)&^backslash) & high
		if found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(p); i++ {
		if c := p[i]; c < ' ' || c == '"' || c == '\\' {
			break
		}
	}
	return i
}

// larger returns buf with room for at least least bytes, and room that is at most
// most.
func larger(buf []byte, least, most int) []byte {
	grown := make([]byte, len(buf), min(most, max(least, 2*cap(buf), 64<<10)))
	copy(grown, buf)
	return grown
}

// beginning is what is kept of a text, and whether more of it follows.
func (m limits) beginning(text string) (head string, more bool) {
	head, more = strings.CutSuffix(text, missing)
	if len(head) > m.document {
		end := runeStart(head, m.head)
		if i := strings.LastIndexByte(head[max(0, end-m.back):end], '\n'); i >= 0 {
			end = max(0, end-m.back) + i + 1
		}
		head, more = strings.Clone(head[:end]), true // the text is not to stay in memory
	}
	if more {
		head = withoutReturn(head)
	}
	return head, more
}

// withoutReturn is a head that does not end in \r: its \n may follow, and then no
// line starts there.
func withoutReturn(head string) string { return strings.TrimRight(head, "\r") }
