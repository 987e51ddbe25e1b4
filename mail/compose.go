package mail

import (
	"strings"
)

// compose makes the message of the commit of a subject and what stands in the body, and
// finds the patch below it.
func (p *Patch) compose(subject string, subjectAt int, body *parts) {
	rest := newRest(body.text())
	for rest.line != "" && blank(rest.line) {
		rest.next()
	}
	// The author and the subject may stand in the body, where the mail is another's.
	for begin := rest.n; rest.line != ""; rest.next() {
		key, value, ok := strings.Cut(strings.TrimRight(rest.line, "\r\n"), ":")
		value = strings.TrimSpace(value)
		value = value[:min(len(value), maxHeader)]
		known := true
		switch strings.ToLower(strings.TrimPrefix(key[:min(len(key), 10)], ">")) {
		case "from":
			p.Name, p.Email = person(value)
		case "subject":
			subject, subjectAt = decoded(value), body.line(rest.n)
		case "date":
		default:
			known = false
		}
		if !ok || !known {
			if rest.n > begin && blank(rest.line) {
				rest.next()
			}
			break
		}
	}
	m := messageLines{mail: p.Line}
	m.add(cleanSubject(subject), subjectAt)
	m.blank = true
	for ; rest.line != "" && !beginsPatch(rest.line); rest.next() {
		m.add(strings.TrimRight(rest.line, " \t\r\n\f\v"), body.line(rest.n))
	}
	for rest.line != "" && !strings.HasPrefix(rest.line, "diff --git ") {
		rest.next()
	}
	p.Diff = rest.text
	p.Message, p.Cut, p.Lines = m.text.String(), m.cut, Lines{p.Line, m.below}
}

// rest is what is left of a text that is read line by line.
type rest struct {
	text string
	line string // the first of text, with its end; "" where nothing is left
	n    int    // its number, from 0
}

func newRest(text string) *rest {
	r := &rest{text: text}
	r.cut()
	return r
}

func (r *rest) next() {
	r.text = r.text[len(r.line):]
	r.n++
	r.cut()
}

func (r *rest) cut() { r.line = r.text[:strings.IndexByte(r.text, '\n')+1] }

// messageLines is a message as git keeps it: no blank lines at its ends, nor several in
// a row, nor blanks at the ends of lines.
type messageLines struct {
	mail  int // its line of the file
	text  strings.Builder
	below []int32 // as in Lines
	blank bool
	cut   bool // there is more than maxMessage
}

// add adds a line, that stands in a line of the file.
func (m *messageLines) add(line string, at int) {
	if line == "" {
		m.blank = true
		return
	}
	if m.blank && m.text.Len() > 0 {
		m.write("", at)
	}
	m.blank = false
	m.write(line, at)
}

func (m *messageLines) write(line string, at int) {
	room := maxMessage - m.text.Len()
	if m.cut = m.cut || len(line) >= room; m.cut {
		m.text.WriteString(line[:min(len(line), room)])
	} else {
		m.text.WriteString(line)
		m.text.WriteByte('\n')
	}
	if room > 0 {
		m.below = append(m.below, int32(at-m.mail))
	}
}

func blank(line string) bool { return strings.TrimSpace(line) == "" }

// beginsPatch tells whether a line ends the message: the divider, or a patch without
// one.
func beginsPatch(line string) bool {
	switch {
	case strings.HasPrefix(line, "diff -"), strings.HasPrefix(line, "Index: "):
		return true
	case !strings.HasPrefix(line, "---"):
		return false
	}
	rest := line[3:]
	return blank(rest) || rest[0] == ' ' && len(rest) > 1 && !blank(rest[1:2])
}

// cleanSubject takes off what mailing lists and mail programs put in front.
func cleanSubject(s string) string {
	for {
		s = strings.TrimLeft(s, " \t:")
		switch {
		case len(s) >= 3 && strings.EqualFold(s[:3], "re:"):
			s = s[3:]
		case strings.HasPrefix(s, "["):
			end := strings.IndexByte(s, ']')
			if end < 0 {
				return strings.Join(strings.Fields(s), " ")
			}
			s = s[end+1:]
		default:
			return strings.Join(strings.Fields(s), " ")
		}
	}
}
