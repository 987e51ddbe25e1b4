package lsp

import (
	"slices"
	"strings"

	"colophon/message"
	"colophon/policy"
)

// maxPolicy is more than a policy file may have, in bytes.
const maxPolicy = 64 << 10

// policyCaret is what can be typed at a place of a policy file.
type policyCaret struct {
	path   []string     // the keys that lead there
	key    *policy.Key  // what the keys are below, or the value is for; nil for an unknown one
	keys   bool         // a key of key can stand there
	values bool         // a value can stand there
	span   message.Span // the word at the caret
	colon  bool         // behind the word is a colon
	lead   string       // what has to stand in front: the blank behind a colon, a dash
	there  []string     // the keys or the words that are there already
	quoted bool         // the word is between quotes
}

// sketch makes a policy file out line by line, as far as it has been typed: the
// YAML is mostly broken where somebody is completing something.
type sketch struct {
	text  string
	at    int
	top   *level
	caret *policyCaret
	in    *level              // the level that caret is about
	words map[string][]string // the scalars by their path, without that at the caret
}

// level is a key or an item of a list that the lines below may belong to.
type level struct {
	up     *level
	column int // of the key or the dash, from 0; in brackets that of the line's key
	item   bool
	filled bool   // a scalar stands behind it
	close  byte   // in brackets, what closes them
	next   bool   // in brackets: a key or an item comes next
	value  *level // in braces: the key whose value comes next, or has come
	indent int    // of what is below; -1 while there is nothing
	path   []string
	key    *policy.Key
	below  []sketched
}

type sketched struct {
	text string
	span message.Span
}

// caretIn looks where in the policy language an offset is. It is not ok where
// nothing can be completed: in a remark, or behind a value.
func caretIn(text string, at int) (c *policyCaret, words map[string][]string, ok bool) {
	s := &sketch{text: text, at: at, words: make(map[string][]string)}
	if len(text) > maxPolicy {
		return nil, nil, false
	}
	s.top = &level{column: -1, indent: -1, key: policy.Language()}
	next := 0
	if strings.HasPrefix(text, "\ufeff") {
		next = len("\ufeff")
	}
	for next <= len(text) {
		next = max(s.line(next), next+1)
	}
	if s.caret == nil {
		return nil, s.words, false
	}
	for _, b := range s.in.below {
		if !b.span.Contains(at) {
			s.caret.there = append(s.caret.there, b.text)
		}
	}
	return s.caret, s.words, true
}

func (s *sketch) end(from int) int {
	if i := strings.IndexByte(s.text[from:], '\n'); i >= 0 {
		return from + i
	}
	return len(s.text)
}

func (s *sketch) blanks(from, end int) int {
	for from < end && (s.text[from] == ' ' || s.text[from] == '\t' || s.text[from] == '\r') {
		from++
	}
	return from
}

func (s *sketch) within(from, to int) bool { return from <= s.at && s.at <= to }

// place notes that the caret is in a level, where a key or a value goes.
func (s *sketch) place(l *level, from, to int, lead string) {
	c := &policyCaret{path: l.path, key: l.key, span: message.Span{Start: from, End: to}, lead: lead}
	if k := l.key; k != nil {
		c.keys = k.Kind == policy.Mapping || k.Kind == policy.Table
		c.values = !c.keys || k.Short != ""
	}
	s.caret, s.in = c, l
}

// longer is a path with one more key. Nothing in the language is nested deeper.
func longer(path []string, name string) []string {
	const deepest = 10
	if len(path) == deepest {
		return path
	}
	return append(slices.Clone(path), name)
}

// parent is the level that something at a column belongs to.
func (l *level) parent(column int) *level {
	for l.column >= column {
		l = l.up
	}
	return l
}

// line reads one line, and those that its value goes on in. It returns where the
// next one starts.
func (s *sketch) line(start int) int {
	end := s.end(start)
	p := s.blanks(start, end)
	if p == end {
		if s.within(start, end) {
			s.gap(start)
		}
		return end + 1
	}
	if s.text[p] == '#' || strings.HasPrefix(s.text[start:end], "---") || strings.HasPrefix(s.text[start:end], "...") {
		return end + 1
	}
	dash := false
	for s.text[p] == '-' && (p+1 == end || s.text[p+1] == ' ' || s.text[p+1] == '\r') {
		column := p - start
		for s.top.column > column || s.top.column == column && s.top.item {
			s.top = s.top.up
		}
		up := s.top
		if up.indent < 0 {
			up.indent = column
		}
		s.top = &level{up: up, column: column, item: true, indent: -1, path: up.path, key: up.key.Entry()}
		next := s.blanks(p+1, end)
		if s.within(p+1, next) {
			lead := ""
			if s.at == p+1 {
				lead = " "
			}
			s.place(s.top, s.at, s.at, lead)
			if !s.caret.keys {
				s.in = up
			}
		}
		if dash, p = true, next; p == end {
			return end + 1
		}
	}
	if c := s.text[p]; c == '[' || c == '{' {
		return s.brackets(p, s.top)
	}
	stop := s.key(p, end)
	if stop < 0 {
		return s.word(start, p, end, dash)
	}
	return s.entry(start, p, stop, end)
}

// gap is the caret in a line of blanks.
func (s *sketch) gap(start int) {
	column := s.at - start
	l := s.top.parent(column)
	switch {
	case l.filled || l.indent >= 0 && l.indent != column:
	case l.key != nil && l.key.Kind == policy.List && !l.item:
		s.place(l, s.at, s.at, "- ")
	default:
		s.place(l, s.at, s.at, "")
	}
}

// key is the end of the key that begins at p: its colon; -1 if it is none.
func (s *sketch) key(p, end int) int {
	i := p
	if q := s.text[p]; q == '"' || q == '\'' {
		if i = s.closing(p); i < 0 || i > end {
			return -1
		}
	}
	for ; i < end; i++ {
		switch {
		case s.text[i] == ':' && (i+1 == end || strings.IndexByte(" \t\r", s.text[i+1]) >= 0):
			return i
		case s.text[i] == '#' && i > p && s.text[i-1] == ' ':
			return -1
		}
	}
	return -1
}

// closing is behind the quote that closes the one at p, or -1.
func (s *sketch) closing(p int) int {
	for i := p + 1; i < len(s.text); i++ {
		switch {
		case s.text[p] == '"' && s.text[i] == '\\':
			i++
		case s.text[i] == s.text[p]:
			return i + 1
		}
	}
	return -1
}

// word is a line without a key: the beginning of one, an item, or a value that
// stands below its key.
func (s *sketch) word(start, p, end int, dash bool) int {
	to := s.remark(p, end)
	l := s.top
	if !dash {
		l = s.top.parent(p - start)
	}
	if l.filled {
		return end + 1
	}
	typing := s.within(p, to)
	if l.key == nil || l.key.Kind != policy.Mapping && l.key.Kind != policy.Table || l.key.Short != "" {
		typing = s.scalar(l, p, to)
		if l.item {
			l.up.below = append(l.up.below, sketched{strings.Trim(s.text[p:to], `'"`), message.Span{Start: p, End: to}})
		}
		if l.item || !typing {
			l.filled = true
		}
		if typing && l.item && !s.caret.keys {
			s.in = l.up
		}
		if typing && l.key != nil && l.key.Kind == policy.List {
			s.caret.lead = "- "
		}
		return end + 1
	}
	if typing {
		s.place(l, p, to, "")
	}
	return end + 1
}

// remark is where a value ends that no quote or bracket ends.
func (s *sketch) remark(p, end int) int {
	if i := strings.Index(s.text[p:end], " #"); i >= 0 {
		end = p + i
	}
	return p + len(strings.TrimRight(s.text[p:end], " \t\r"))
}

// scalar takes a value in, and tells whether the caret is in it.
func (s *sketch) scalar(l *level, from, to int) bool {
	text := strings.Trim(s.text[from:to], `'"`)
	if s.within(from, to) {
		s.place(l, from, to, "")
		q := s.text[from]
		closed := to > from+1 && s.text[to-1] == q
		if (q == '"' || q == '\'') && s.at > from && (s.at < to || !closed) {
			s.caret.quoted = true
			s.caret.span.Start++
			if closed {
				s.caret.span.End--
			}
		}
		return true
	}
	path := strings.Join(l.path, ".")
	s.words[path] = append(s.words[path], text)
	return false
}

// entry is a line with a key.
func (s *sketch) entry(start, p, colon, end int) int {
	column := p - start
	up := s.top.parent(column)
	if up.indent < 0 {
		up.indent = column
	}
	name := strings.Trim(strings.TrimRight(s.text[p:colon], " "), `'"`)
	span := message.Span{Start: p, End: colon}
	up.below = append(up.below, sketched{name, span})
	if s.within(p, colon) {
		s.place(up, p, colon, "")
		s.caret.values, s.caret.colon = false, true
	}
	l := &level{up: up, column: column, indent: -1, path: longer(up.path, name), key: up.key.Below(name)}
	s.top = l
	v := s.blanks(colon+1, end)
	if s.within(colon+1, v) {
		lead := ""
		if s.at == colon+1 {
			lead = " "
		}
		s.place(l, s.at, s.at, lead)
		s.behindColon(l)
	}
	if v == end || s.text[v] == '#' {
		return end + 1
	}
	switch s.text[v] {
	case '|', '>':
		l.filled = true
		return s.block(end+1, column)
	case '[', '{':
		return s.brackets(v, l)
	}
	to := s.remark(v, end)
	if q := s.text[v]; q == '"' || q == '\'' {
		if to = s.closing(v); to < 0 {
			to = s.remark(v, end)
		}
	}
	l.filled = true
	if s.scalar(l, v, to) {
		s.behindColon(l)
	}
	return s.end(min(to, len(s.text))) + 1
}

// behindColon is the caret where the value of a key stands in the same line: a
// mapping needs a line of its own, a list brackets.
func (s *sketch) behindColon(l *level) {
	s.caret.keys = false
	if l.key != nil && l.key.Kind == policy.List {
		s.caret.lead += "["
	}
}

// block leaves out a block scalar, the caret in it included.
func (s *sketch) block(next, column int) int {
	for next < len(s.text) {
		end := s.end(next)
		p := s.blanks(next, end)
		if p < end && p-next <= column {
			return next
		}
		if p == end && s.within(next, end) && s.at-next <= column {
			s.gap(next) // to the left of it
		}
		next = end + 1
	}
	return next
}
