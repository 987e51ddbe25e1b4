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

	pieces []piece // nil where Value stands in the text as it is
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
	if t.pieces == nil {
		return t.ValueSpan.Start + min(i, len(t.Value))
	}
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
	lines := commitLines(m)
	start, end := findBlock(lines, m.Options)
	m.end = m.Cut
	if end < len(lines.at) {
		m.end = lines.line(end).line.Start
	}
	// What git looks past at the end is no place to add to.
	for ; end > start; end-- {
		if text := lines.line(end - 1).text; !blank(text) && !strings.HasPrefix(text, m.Options.Comment) {
			break
		}
	}
	if start >= end {
		return
	}
	trailers := 0
	for i := start; i < end; i++ {
		if separator(lines.line(i).text, m.Options.Separators) >= 1 {
			trailers++
		}
	}
	if trailers > 0 {
		m.Trailers = make([]Trailer, 0, trailers)
	}
	spans := make([]Span, 0, end-start) // of all trailers: a message may be made of nothing else
	for i, next := start, start; i < end; i = next {
		next = i + 1
		l := lines.line(i)
		if at := separator(l.text, m.Options.Separators); at >= 1 {
			for next < end && folded(lines.line(next).text) {
				next++
			}
			var t Trailer
			t, spans = lines.trailer(i, next, at, spans)
			m.Trailers = append(m.Trailers, t)
		} else if !blank(l.text) {
			l.line.Kind = Other
		}
	}
	m.Block = Span{lines.line(start).line.Start, lines.line(end - 1).line.End}
}

// folded tells whether a line below a trailer goes on with it.
func folded(text string) bool { return text == "" || space(text[0]) }

// committed is what is left of the lines after git's cleanup, as `git log`
// reads it: from the first line that is not blank (interpret-trailers starts at
// the very first, which matters only to a verbatim message) to a NUL.
type committed struct {
	m   *Message
	at  []int32 // of m.Lines
	nul int     // where the last line ends early; -1 if it does not
}

// logical is a line that will be in the commit: text is what git sees of it,
// with newline as a file has it (only a verbatim message may lack the last).
type logical struct {
	line    *Line
	text    string
	newline bool
}

func (c *committed) line(i int) logical {
	l := &c.m.Lines[c.at[i]]
	if c.nul >= l.Start && c.nul < l.End {
		return logical{l, c.m.Text[l.Start:c.nul], false}
	}
	return logical{l, c.m.Text[l.Start:l.End], c.m.Options.Cleanup != Verbatim || l.Full.End > l.End}
}

func commitLines(m *Message) *committed {
	verbatim := m.Options.Cleanup == Verbatim
	c := &committed{m: m, at: make([]int32, 0, len(m.Lines)), nul: -1}
	for i := range m.Lines {
		l := &m.Lines[i]
		switch {
		case l.Kind == Comment:
			continue
		case l.Kind == Blank && (len(c.at) == 0 || !verbatim && c.line(len(c.at)-1).text == ""):
			continue
		}
		if nul := strings.IndexByte(m.Slice(l.Span), 0); nul > 0 {
			c.at, c.nul = append(c.at, int32(i)), l.Start+nul
			return c
		} else if nul == 0 {
			return c
		}
		c.at = append(c.at, int32(i))
	}
	for !verbatim && len(c.at) > 0 && c.line(len(c.at)-1).text == "" {
		c.at = c.at[:len(c.at)-1]
	}
	return c
}

// findBlock is the first line of the trailer block and the one behind its last.
// They are equal where git sees no block. The rules are those measured on
// git-interpret-trailers(1): the last paragraph, below an empty line; either
// every line a trailer, or one that git itself writes (or that is configured)
// and at least a quarter of the lines trailers; folded lines go with the line
// above; comment lines do not count.
func findBlock(lines *committed, o Options) (start, end int) {
	end = blockEnd(lines, o)
	trailers, others, folded := 0, 0, 0
	known, onlyBlank := false, true
	for i := end - 1; i >= 0; i-- {
		text := lines.line(i).text
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
func blockEnd(lines *committed, o Options) int {
	limit := len(lines.at)
	if o.Divider {
		for i := range limit {
			l := lines.line(i)
			if strings.HasPrefix(l.text, "---") && (len(l.text) > 3 && space(l.text[3]) || l.text == "---" && l.newline) {
				limit = i
				break
			}
		}
	}
	mark := o.Comment + strings.TrimSuffix(cutMark, "\n")
	for i := range limit {
		l := lines.line(i)
		if l.text == mark && l.newline {
			limit = i
			break
		}
	}
	tail := 0 // 0 means none: git cannot tell a tail at the very first line from none
	conflicts := false
	for i := 0; i < limit; i++ {
		l := lines.line(i)
		text := l.text
		switch {
		case strings.HasPrefix(text, o.Comment) || text == "" && l.newline:
			if tail == 0 {
				tail = i
			}
		case text == "Conflicts:" && l.newline:
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

// trailer is the one in the lines from first up to next, with the separator at some
// offset. Its own lines are added to spans.
func (c *committed) trailer(first, next, at int, spans []Span) (Trailer, []Span) {
	l := c.line(first)
	l.line.Kind = TrailerLine
	from := len(spans)
	spans = append(spans, l.line.Full)
	start := l.line.Start
	token := trim(l.text[:at])
	t := Trailer{
		Token:     token,
		TokenSpan: Span{start, start + len(token)},
		Span:      l.line.Span,
	}
	text, lead, pad := inner(l.text[at+1:])
	t.Value = text
	t.ValueSpan.Start = start + at + 1
	if text != "" {
		t.ValueSpan.Start += lead
	}
	t.ValueSpan.End = t.ValueSpan.Start + len(text)
	if next > first+1 {
		var value strings.Builder
		value.WriteString(text)
		if text != "" {
			t.pieces = append(make([]piece, 0, next-first), piece{0, t.ValueSpan.Start, len(text)})
		}
		for i := first + 1; i < next; i++ {
			l := c.line(i)
			if blank(l.text) {
				continue
			}
			l.line.Kind = Continuation
			spans = append(spans, l.line.Full)
			text, lead, more := inner(l.text)
			at := l.line.Start + lead
			if value.Len() > 0 {
				value.WriteString(pad)
				value.WriteByte(' ')
			} else {
				t.ValueSpan.Start = at
			}
			t.pieces = append(t.pieces, piece{value.Len(), at, len(text)})
			value.WriteString(text)
			pad = more
			t.ValueSpan.End = at + len(text)
			t.Span.End = l.line.End
		}
		t.Value = value.String()
	}
	t.Lines = spans[from:len(spans):len(spans)]
	return t, spans
}

// inner is a text without the blanks around it, how many are in front, and those behind,
// which git keeps where another line is folded to it.
func inner(s string) (text string, lead int, pad string) {
	text = strings.TrimLeft(s, " \t\r")
	lead = len(s) - len(text)
	text = trim(s)
	return text, lead, s[min(lead+len(text), len(s)):]
}
