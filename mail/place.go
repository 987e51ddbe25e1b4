package mail

import (
	"strconv"
	"strings"
)

// place reads what a subject says in front about the mail's place in a series.
func (p *Patch) place(subject string) {
	p.Version = 1
	for {
		subject = strings.TrimLeft(subject, " \t:")
		switch {
		case len(subject) >= 3 && strings.EqualFold(subject[:3], "re:"):
			p.Reply, subject = true, subject[3:]
		case strings.HasPrefix(subject, "["):
			tag, rest, ok := strings.Cut(subject[1:], "]")
			if !ok {
				return
			}
			for word := range strings.FieldsSeq(strings.ReplaceAll(tag, ",", " ")) {
				p.placeWord(word)
			}
			subject = rest
		default:
			return
		}
	}
}

// placeWord takes in a word such as v2, PATCHv2 or 3/7.
func (p *Patch) placeWord(word string) {
	if number, of, ok := strings.Cut(word, "/"); ok {
		n, all := small(number), small(of)
		if n >= 0 && all > 0 && n <= all {
			p.Number, p.Of = n, all
		}
		return
	}
	lower := strings.ToLower(word)
	if v := small(strings.TrimPrefix(strings.TrimPrefix(lower, "patch"), "v")); v > 0 && strings.Contains(lower, "v") {
		p.Version = v
	}
}

// small reads a number of at most four digits; -1 is none.
func small(s string) int {
	if len(s) == 0 || len(s) > 4 || strings.Trim(s, "0123456789") != "" {
		return -1
	}
	n, _ := strconv.Atoi(s) // it has nothing but digits
	return n
}
