package message

import (
	"sort"
	"strings"
)

// Trailer is one trailer as git reads it.
type Trailer struct {
	Token     string // the key as written, without blanks around it
	Value     string // unfolded: one line, blanks trimmed
	TokenSpan Span
	ValueSpan Span   // from the first to the last byte of the value; empty after the separator if there is none
	Span      Span   // from the token to the end of the last line
	Lines     []Span // each line in full, with its ending, for an edit that takes the trailer out

	pieces []piece
	pad    string // blanks at the end of the last line, which git keeps when another is folded to it
}

// piece ties a stretch of Value to the text it was unfolded from.
type piece struct{ value, text, length int }

// Is tells whether the trailer has this token; git compares without case.
func (t Trailer) Is(token string) bool { return strings.EqualFold(t.Token, token) }

// At maps a span of Value to the text. Where the value is folded, the span
// covers the fold.
func (t Trailer) At(s Span) Span {
	start := t.offset(s.Start, false)
	return Span{start, max(start, t.offset(s.End, true))}
}

func (t Trailer) offset(i int, end bool) int {
	n := sort.Search(len(t.pieces), func(n int) bool {
		if end {
			return t.pieces[n].value >= i
		}
		return t.pieces[n].value > i
	})
	if n == 0 {
		return t.ValueSpan.Start
	}
	p := t.pieces[n-1]
	return p.text + min(i-p.value, p.length)
}

// markTrailers finds the trailer block by git's rules and the trailers in it.
// It works on the text as git will commit it: lines that go are not there.
func markTrailers(m *Message) {
	lines := committed(m)
	start, end := findBlock(lines, m.Options)
	m.end = m.Cut
	if end < len(lines) {
		m.end = lines[end].line.Start
	}
	// What git looks past at the end is no place to add to.
	for end > start && (blank(lines[end-1].text) || strings.HasPrefix(lines[end-1].text, m.Options.Comment)) {
		end--
	}
	if start >= end {
		return
	}
	last := -1 // the trailer that a folded line would belong to
	for i := start; i < end; i++ {
		l := lines[i]
		text := l.text
		if last >= 0 && (text == "" || space(text[0])) {
			if !blank(text) {
				m.Trailers[last].fold(l)
				l.line.Kind = Continuation
			}
			continue
		}
		last = -1
		if at := separator(text, m.Options.Separators); at >= 1 {
			m.Trailers = append(m.Trailers, newTrailer(l, at))
			last = len(m.Trailers) - 1
			l.line.Kind = TrailerLine
		} else if !blank(text) {
			l.line.Kind = Other
		}
	}
	m.Block = Span{lines[start].line.Start, lines[end-1].line.End}
}

// logical is a line that will be in the commit: text is what git sees of it,
// with newline as a file has it (only a verbatim message may lack the last).
type logical struct {
	line    *Line
	text    string
	newline bool
}

// committed is what is left of the lines after git's cleanup, as `git log`
// reads it: from the first line that is not blank (interpret-trailers starts at
// the very first, which matters only to a verbatim message) to a NUL.
func committed(m *Message) []logical {
	verbatim := m.Options.Cleanup == Verbatim
	lines := make([]logical, 0, len(m.Lines))
	for i := range m.Lines {
		l := &m.Lines[i]
		switch {
		case l.Kind == Comment:
			continue
		case l.Kind == Blank && (len(lines) == 0 || !verbatim && lines[len(lines)-1].text == ""):
			continue
		}
		text := m.Slice(l.Span)
		if i := strings.IndexByte(text, 0); i > 0 {
			return append(lines, logical{l, text[:i], false})
		} else if i == 0 {
			return lines
		}
		lines = append(lines, logical{l, text, !verbatim || l.Full.End > l.End})
	}
	for !verbatim && len(lines) > 0 && lines[len(lines)-1].text == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// findBlock is the first line of the trailer block and the one behind its last.
// They are equal where git sees no block. The rules are those measured on
// git-interpret-trailers(1): the last paragraph, below an empty line; either
// every line a trailer, or one that git itself writes (or that is configured)
// and at least a quarter of the lines trailers; folded lines go with the line
// above; comment lines do not count.
func findBlock(lines []logical, o Options) (start, end int) {
	end = blockEnd(lines, o)
	trailers, others, folded := 0, 0, 0
	known, onlyBlank := false, true
	for i := end - 1; i >= 0; i-- {
		text := lines[i].text
		switch {
		case strings.HasPrefix(text, o.Comment):
			others += folded
			folded = 0
			continue
		case blank(text):
			if onlyBlank {
				continue
			}
			others += folded
			if known && trailers*3 >= others || trailers > 0 && others == 0 {
				return i + 1, end
			}
			return end, end
		}
		onlyBlank = false
		if gitWrites(text) {
			trailers++
			folded = 0
			known = true
			continue
		}
		at := separator(text, o.Separators)
		switch {
		case at >= 1:
			trailers++
			folded = 0
			known = known || configured(text[:at], o.Keys)
		case space(text[0]):
			folded++
		default:
			others += 1 + folded
			folded = 0
		}
	}
	return end, end
}

// blockEnd leaves out what git does not take for the message: from a divider
// on, from a scissors line on, and comment and empty lines (and an old style
// list of conflicts) at the end.
func blockEnd(lines []logical, o Options) int {
	limit := len(lines)
	if o.Divider {
		for i, l := range lines {
			if strings.HasPrefix(l.text, "---") && (len(l.text) > 3 && space(l.text[3]) || l.text == "---" && l.newline) {
				limit = i
				break
			}
		}
	}
	mark := o.Comment + strings.TrimSuffix(cutMark, "\n")
	for i, l := range lines[:limit] {
		if l.text == mark && l.newline {
			limit = i
			break
		}
	}
	tail := 0 // 0 means none: git cannot tell a tail at the very first line from none
	conflicts := false
	for i := 0; i < limit; i++ {
		text := lines[i].text
		switch {
		case strings.HasPrefix(text, o.Comment) || text == "" && lines[i].newline:
			if tail == 0 {
				tail = i
			}
		case text == "Conflicts:" && lines[i].newline:
			conflicts = true
			if tail == 0 {
				tail = i
			}
		case conflicts && strings.HasPrefix(text, "\t"):
		case tail != 0:
			tail, conflicts = 0, false
		}
	}
	if tail != 0 {
		return tail
	}
	return limit
}

// gitWrites tells the lines that git itself puts into a trailer block.
func gitWrites(line string) bool {
	return strings.HasPrefix(line, "Signed-off-by: ") || strings.HasPrefix(line, "(cherry picked from commit ")
}

// configured tells whether the token belongs to a configured trailer; git takes
// the beginning of a name for the name.
func configured(token string, keys []string) bool {
	for _, k := range keys {
		if len(token) <= len(k) && strings.EqualFold(token, k[:len(token)]) {
			return true
		}
	}
	return false
}

// separator is the offset of the character between token and value, below 1
// where the line is no trailer. A token is letters, digits and hyphens; blanks
// may stand before the separator.
func separator(line, separators string) int {
	blanks := false
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case strings.IndexByte(separators, c) >= 0:
			return i
		case !blanks && (alnum(c) || c == '-'):
		case i > 0 && (c == ' ' || c == '\t'):
			blanks = true
		default:
			return -1
		}
	}
	return -1
}

func newTrailer(l logical, at int) Trailer {
	start := l.line.Start
	token := trim(l.text[:at])
	value := l.text[at+1:]
	lead := len(value) - len(strings.TrimLeft(value, " \t\r"))
	t := Trailer{
		Token:     token,
		TokenSpan: Span{start, start + len(token)},
		Span:      l.line.Span,
		Lines:     []Span{l.line.Full},
	}
	text := trim(value)
	from := start + at + 1 + lead
	t.Value = text
	t.ValueSpan = Span{from, from + len(text)}
	if text == "" {
		t.ValueSpan = Span{start + at + 1, start + at + 1}
		return t
	}
	t.pieces = []piece{{0, from, len(text)}}
	t.pad = value[lead+len(text):]
	return t
}

// fold adds a continuation line to the value.
func (t *Trailer) fold(l logical) {
	lead := len(l.text) - len(strings.TrimLeft(l.text, " \t\r"))
	text := trim(l.text)
	from := l.line.Start + lead
	if t.Value != "" {
		t.Value += t.pad + " "
	} else {
		t.ValueSpan.Start = from
	}
	t.pieces = append(t.pieces, piece{len(t.Value), from, len(text)})
	t.Value += text
	t.pad = l.text[lead+len(text):]
	t.ValueSpan.End = from + len(text)
	t.Span.End = l.line.End
	t.Lines = append(t.Lines, l.line.Full)
}
