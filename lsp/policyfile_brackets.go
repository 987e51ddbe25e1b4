package lsp

import (
	"strings"

	"colophon/message"
)

// brackets reads what stands in brackets from p on, as the value of a level, up to
// where they close or, if they do not, to the next line that is not in them.
func (s *sketch) brackets(p int, owner *level) int {
	open := func(at int, of *level) *level {
		l := &level{up: of, column: owner.column, path: of.path, key: of.key, close: ']', next: true, indent: -1}
		if s.text[at] == '{' {
			l.close = '}'
		}
		return l
	}
	owner.filled = true
	in := open(p, owner)
	for i := p + 1; ; {
		from := i
		stop, remark, out := s.inside(i, owner)
		if s.within(from, stop) && !remark && in.next {
			s.inBrackets(in, s.at, s.at)
		}
		if out {
			return stop
		}
		if stop >= len(s.text) {
			return stop + 1
		}
		i = stop
		switch c := s.text[i]; c {
		case ',':
			in.next, in.value = true, nil
			i++
		case ']', '}':
			if in = in.up; in == nil || in == owner {
				return s.rest(i + 1)
			}
			for in.close == 0 && in != owner {
				in = in.up
			}
			if in == owner {
				return s.rest(i + 1)
			}
			in.next, in.value = false, nil
			i++
		case '[', '{':
			of := in.value
			if of == nil {
				of = &level{up: in, path: in.path, key: in.key.Entry(), column: owner.column, indent: -1}
			}
			of.up = in
			in.next = false
			in = open(i, of)
			i++
		case ':':
			in.next = in.value != nil
			i++
		default:
			i = s.piece(in, i)
		}
	}
}

// rest is the next line, unless the brackets were a key's beginning.
func (s *sketch) rest(i int) int { return s.end(min(i, len(s.text))) + 1 }

// inside goes over blanks, line ends and remarks in brackets. out says that a line
// stands there that cannot be in them: somebody is still typing.
func (s *sketch) inside(i int, owner *level) (stop int, remark, out bool) {
	for i < len(s.text) {
		switch c := s.text[i]; {
		case c == ' ' || c == '\t' || c == '\r':
			i++
		case c == '#' && i > 0 && strings.IndexByte(" \t\n", s.text[i-1]) >= 0:
			end := s.end(i)
			remark = remark || s.at > i && s.at <= end
			i = end
		case c == '\n':
			end := s.end(i + 1)
			p := s.blanks(i+1, end)
			if p < end && p-i-1 <= max(owner.column, 0) && strings.IndexByte("]},#", s.text[p]) < 0 {
				return i + 1, remark || s.at > i, true
			}
			i++
		default:
			return i, remark, false
		}
	}
	return i, remark, false
}

// piece is a scalar in brackets: a key, its value, or an item.
func (s *sketch) piece(in *level, from int) int {
	to := from
	if q := s.text[from]; q == '"' || q == '\'' {
		if to = s.closing(from); to < 0 {
			to = s.end(from)
		}
	} else {
		for to < len(s.text) && strings.IndexByte(",[]{}\n", s.text[to]) < 0 && !strings.HasPrefix(s.text[to:], " #") {
			if s.text[to] == ':' && (to+1 == len(s.text) || strings.IndexByte(" ,[]{}\r\n", s.text[to+1]) >= 0) {
				break
			}
			to++
		}
		to = from + len(strings.TrimRight(s.text[from:to], " \t\r"))
		if to == from {
			return from + 1
		}
	}
	name := strings.Trim(s.text[from:to], `'"`)
	span := message.Span{Start: from, End: to}
	switch {
	case in.close == '}' && in.value == nil:
		in.below = append(in.below, sketched{name, span})
		if s.within(from, to) {
			s.inBrackets(in, from, to)
			s.caret.colon = strings.HasPrefix(strings.TrimLeft(s.text[to:], " "), ":")
		}
		in.value = &level{up: in, path: longer(in.path, name), key: in.key.Below(name), column: in.column, indent: -1}
	case in.close == '}':
		if s.scalar(in.value, from, to) {
			s.behindColon(in.value)
		}
	default:
		in.below = append(in.below, sketched{name, span})
		if s.scalar(&level{path: in.path, key: in.key.Entry()}, from, to) {
			s.caret.keys, s.in = false, in
		}
	}
	in.next = false
	return to
}

// inBrackets is the caret where a key, its value or an item comes next.
func (s *sketch) inBrackets(in *level, from, to int) {
	switch {
	case in.close == '}' && in.value != nil:
		s.place(in.value, from, to, "")
		s.behindColon(in.value)
		if from > 0 && s.text[from-1] == ':' {
			s.caret.lead = " " + s.caret.lead
		}
	case in.close == '}':
		s.place(in, from, to, "")
		s.caret.values = false
	default:
		s.place(&level{path: in.path, key: in.key.Entry()}, from, to, "")
		s.caret.keys, s.in = false, in
	}
}
