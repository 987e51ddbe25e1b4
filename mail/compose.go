package mail

import (
	"strings"
)

// compose makes the message of the commit of a subject and what stands in the body, and
// finds the patch below it.
func (p *Patch) compose(subject string, subjectAt int, body *parts) {
	lines := strings.SplitAfter(body.text.String(), "\n")
	if last := len(lines) - 1; lines[last] == "" {
		lines = lines[:last]
	}
	at := 0
	for at < len(lines) && blank(lines[at]) {
		at++
	}
	// The author and the subject may stand in the body, where the mail is another's.
	for begin := at; at < len(lines); at++ {
		key, value, ok := strings.Cut(strings.TrimRight(lines[at], "\r\n"), ":")
		value = strings.TrimSpace(value)
		known := true
		switch strings.ToLower(strings.TrimPrefix(key, ">")) {
		case "from":
			p.Name, p.Email = person(value)
		case "subject":
			subject, subjectAt = decoded(value), body.lines[at]
		case "date":
		default:
			known = false
		}
		if !ok || !known {
			if at > begin && blank(lines[at]) {
				at++
			}
			break
		}
	}
	end := at
	for end < len(lines) && !beginsPatch(lines[end]) {
		end++
	}
	for i := end; i < len(lines); i++ {
		if strings.HasPrefix(lines[i], "diff --git ") {
			p.Diff = strings.Join(lines[i:], "")
			break
		}
	}
	m := messageLines{}
	m.add(cleanSubject(subject), subjectAt)
	m.blank = true
	for i := at; i < end; i++ {
		m.add(strings.TrimRight(lines[i], " \t\r\n\f\v"), body.lines[i])
	}
	p.Message, p.from = m.text.String(), m.from
}

// messageLines is a message as git keeps it: no blank lines at its ends, nor several in
// a row, nor blanks at the ends of lines.
type messageLines struct {
	text  strings.Builder
	from  []int
	blank bool
}

func (m *messageLines) add(line string, at int) {
	if line == "" {
		m.blank = true
		return
	}
	if m.blank && m.text.Len() > 0 {
		m.text.WriteByte('\n')
		m.from = append(m.from, at)
	}
	m.blank = false
	m.text.WriteString(line + "\n")
	m.from = append(m.from, at)
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
