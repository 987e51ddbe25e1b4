package message

import (
	"slices"
	"strings"
)

const cutMark = " ------------------------ >8 ------------------------\n"

// Parse reads text. It never fails: what is no message is an empty one.
func Parse(text string, o Options) *Message {
	o = o.normal()
	m := &Message{Text: text, Options: o, Cut: findCut(text, o)}
	m.Lines = splitLines(text[:m.Cut], o)
	markHeaders(m)
	markParagraphs(m)
	markTrailers(m)
	return m
}

// findCut is the offset of the scissors line that ends the message, or
// len(text).
func findCut(text string, o Options) int {
	if o.End != "" {
		return nextCut(text, o.End)
	}
	if o.Cut == CutNever && o.Cleanup != Scissors {
		return len(text)
	}
	mark := o.Comment + cutMark
	first := nextCut(text, mark)
	// Git looks no further than a NUL.
	if first == len(text) || strings.IndexByte(text[:first], 0) >= 0 {
		return len(text)
	}
	if o.Cut == CutAlways || o.Cleanup == Scissors {
		return first
	}
	for at := first; at < len(text); {
		rest := text[at+len(mark):]
		if rest == "" || strings.HasPrefix(rest, o.Comment) || strings.HasPrefix(rest, "diff ") {
			return first
		}
		at += len(mark) + nextCut(rest, mark)
	}
	return len(text)
}

// nextCut is the offset of the first scissors line, or len(text).
func nextCut(text, mark string) int {
	for from := 0; from < len(text); {
		i := strings.Index(text[from:], mark)
		if i < 0 {
			break
		}
		if at := from + i; at == 0 || text[at-1] == '\n' {
			return at
		}
		from += i + 1
	}
	return len(text)
}

func splitLines(text string, o Options) []Line {
	lines := make([]Line, 0, 1+strings.Count(text, "\n"))
	for at := 0; at < len(text); {
		next := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		l := Line{Span: Span{at, next}, Full: Span{at, next}, Kind: Body, Paragraph: -1}
		if o.Cleanup == Verbatim {
			l.End = at + len(strings.TrimSuffix(text[at:next], "\n"))
		} else {
			l.End = at + len(trimRight(text[at:next]))
		}
		switch {
		case o.Cleanup == Strip && strings.HasPrefix(text[at:next], o.Comment):
			l.Kind = Comment
		case blank(text[l.Start:l.End]):
			l.Kind = Blank
		}
		lines = append(lines, l)
		at = next
	}
	return lines
}

// markHeaders takes the header lines out of the message.
func markHeaders(m *Message) {
	for i := range m.Lines {
		l := &m.Lines[i]
		name, _, ok := strings.Cut(m.Slice(l.Span), ":")
		if !ok || !slices.Contains(m.Options.Headers, name) {
			if i > 0 && l.Kind == Blank {
				m.Start = l.Full.End
			}
			return
		}
		l.Kind = Comment
		m.Start = l.Full.End
	}
}

// markParagraphs numbers the paragraphs and finds the subject. Comment lines
// that git strips neither start nor end a paragraph.
func markParagraphs(m *Message) {
	open := false
	m.last = -1
	for i := range m.Lines {
		l := &m.Lines[i]
		switch l.Kind {
		case Comment:
			continue
		case Blank:
			open = false
			continue
		}
		if !open {
			m.last++
			open = true
		}
		l.Paragraph = m.last
		if m.last == 0 {
			l.Kind = Subject
			if m.Subject.Len() == 0 {
				m.Subject = l.Span
			}
		}
	}
}

// The space and alnum of git are ASCII only and know no vertical tab.
func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func alnum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// These are asked of every line, several times.

func trimRight(s string) string {
	for s != "" && space(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func trim(s string) string {
	for s != "" && space(s[0]) {
		s = s[1:]
	}
	return trimRight(s)
}

func blank(s string) bool { return trim(s) == "" }

// LeftComment is what begins the lines that git itself has left in a buffer: the
// scissors, or the remarks at its end, of which one line has nothing else. It is not
// ok where nothing looks like them.
func LeftComment(text string) (comment string, ok bool) {
	if at := strings.Index("\n"+text, cutMark); at > 0 {
		start := strings.LastIndexByte(text[:at-1], '\n') + 1
		return text[start : at-1], at-1 > start && alone(text[start:at-1])
	}
	const least = 4 // lines: some words on what to do, the branch, a list
	text = strings.TrimRight(text, " \t\r\n")
	var lines []string // of the last paragraph
	for len(lines) < 1000 {
		at := strings.LastIndexByte(text, '\n')
		l := trimRight(text[at+1:])
		if l == "" {
			break
		}
		lines = append(lines, l)
		if alone(l) && (comment == "" || len(l) < len(comment)) {
			comment = l
		}
		text = text[:max(at, 0)]
	}
	if comment == "" || len(lines) < least {
		return "", false
	}
	for _, l := range lines {
		rest, found := strings.CutPrefix(l, comment)
		if !found || rest != "" && !space(rest[0]) {
			return "", false
		}
	}
	return comment, true
}

// alone tells whether a line has no word and no blank.
func alone(line string) bool {
	return line != "" && !strings.ContainsFunc(line, func(r rune) bool { return r <= ' ' || r < 0x80 && alnum(byte(r)) })
}

// DetectComment guesses the comment character of a buffer that git wrote with
// core.commentChar=auto: the one before the scissors, else the one that starts
// the last line. It is "#" where neither is one of the characters git picks.
func DetectComment(text string) string {
	const candidates = "#;@!$%^&|:"
	comment, cut := "", len(text)
	for i := range candidates {
		if at := nextCut(text[:cut], candidates[i:i+1]+cutMark); at < cut {
			comment, cut = candidates[i:i+1], at
		}
	}
	if comment != "" {
		return comment
	}
	last := strings.TrimRight(text, "\r\n")
	last = last[strings.LastIndexByte(last, '\n')+1:]
	if last != "" && strings.IndexByte(candidates, last[0]) >= 0 {
		return last[:1]
	}
	return "#"
}
