package policy

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"colophon/message"
)

// Position is a place in a policy file.
type Position struct {
	File         string // as the person would name it
	Line, Column int    // from 1; the column in characters. 0 where the file as a whole is meant
	Span         message.Span
}

// node is a part of a policy file, or of several that were merged.
type node struct {
	place Position
	kind  nodeKind
	text  string // of a scalar
	// plain says that a scalar stands there without quotes, so that YAML takes
	// true for a truth and 12 for a number.
	plain   bool
	entries []entry // of a mapping
	items   []*node // of a list
}

type nodeKind int

const (
	nothing nodeKind = iota // null
	scalar
	list
	mapping
)

// entry is a key with its value.
type entry struct {
	name  string
	place Position // of the key
	value *node
}

func (n *node) get(name string) *node {
	if n == nil {
		return nil
	}
	for _, e := range n.entries {
		if e.name == name {
			return e.value
		}
	}
	return nil
}

// builder turns the library's tree into ours. The library sees the text as plain
// gives it; the lines and columns that it tells are nearly always right.
type builder struct {
	file  string
	text  string
	lines []int // where each line begins
}

const bom = "\ufeff" // some editors put it in front of a text

func newBuilder(file string, text []byte) *builder {
	b := &builder{file: file, text: string(text), lines: []int{0}}
	if strings.HasPrefix(b.text, bom) {
		b.lines[0] = len(bom)
	}
	for i, c := range text {
		if c == '\n' {
			b.lines = append(b.lines, i+1)
		}
	}
	return b
}

// plain is the text without what the library miscounts: \r\n and a mark of the
// byte order. Lines, and columns within what it reads, stay as they are.
func plain(text string) []byte {
	return []byte(strings.ReplaceAll(strings.TrimPrefix(text, bom), "\r\n", "\n"))
}

// place is where a token begins, with the span of length bytes.
func (b *builder) place(p *token.Position, length int) Position {
	at := Position{File: b.file, Line: p.Line, Column: p.Column}
	at.Span.Start = b.offset(p.Line, p.Column)
	at.Span.End = min(at.Span.Start+length, len(b.text))
	return at
}

// offset is the byte of a line and a column in characters, both from 1.
func (b *builder) offset(line, column int) int {
	if line < 1 || line > len(b.lines) {
		return len(b.text)
	}
	at := b.lines[line-1]
	for ; column > 1 && at < len(b.text) && b.text[at] != '\n'; column-- {
		_, n := utf8.DecodeRuneInString(b.text[at:])
		at += n
	}
	return at
}

// scalar is the place of a scalar. The library is off by some columns behind a tag
// and in front of blanks at the end of a line, so the line is looked through.
func (b *builder) scalar(t *token.Token) Position {
	at := b.place(t.Position, 0)
	start := t.Value
	switch t.Type {
	case token.SingleQuoteType:
		start = "'"
	case token.DoubleQuoteType:
		start = `"`
	default:
		start, _, _ = strings.Cut(start, " ") // it may go on in the next line
	}
	if from := at.Span.Start; at.Line >= 1 && at.Line <= len(b.lines) && !strings.HasPrefix(b.text[from:], start) {
		begin := b.lines[at.Line-1]
		found := strings.LastIndex(b.text[begin:from], start)
		if found < 0 {
			if found = strings.Index(b.text[from:lineEnd(b.text, from)], start); found >= 0 {
				found += from - begin
			}
		}
		if found >= 0 {
			at.Span.Start = begin + found
			at.Column = 1 + utf8.RuneCountInString(b.text[begin:at.Span.Start])
		}
	}
	at.Span.End = at.Span.Start + b.scalarLength(at.Span.Start, t)
	return at
}

// scalarLength is how many bytes a scalar takes that begins at the offset.
func (b *builder) scalarLength(at int, t *token.Token) int {
	rest := b.text[at:]
	if rest == "" {
		return 0
	}
	if q := rest[0]; q == '"' || q == '\'' {
		for i := 1; i < len(rest); i++ {
			switch {
			case q == '"' && rest[i] == '\\':
				i++
			case rest[i] == q && q == '\'' && i+1 < len(rest) && rest[i+1] == q:
				i++
			case rest[i] == q:
				return i + 1
			}
		}
	}
	if n := folded(rest, t.Value); n > 0 {
		return n
	}
	return len(strings.TrimRight(rest[:lineEnd(rest, 0)], " \t\r"))
}

// folded is how many bytes a text without quotes takes, where a blank may stand
// for a line break with all blanks around it; 0 if it is another text.
func folded(text, value string) int {
	at := 0
	for _, word := range strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == '\n' }) {
		at += len(text[at:]) - len(strings.TrimLeft(text[at:], " \t\r\n"))
		if !strings.HasPrefix(text[at:], word) {
			return 0
		}
		at += len(word)
	}
	return at
}

// blockEnd is the end of a block scalar whose | or > stands at the offset.
func (b *builder) blockEnd(at int) int {
	end := lineEnd(b.text, at)
	indent := 0
	for next := end + 1; next < len(b.text); {
		stop := lineEnd(b.text, next)
		line := strings.TrimRight(b.text[next:stop], " \t\r")
		if blanks := len(line) - len(strings.TrimLeft(line, " ")); line != "" {
			if indent == 0 {
				indent = blanks
			}
			if blanks < indent || indent == 0 {
				break
			}
			end = next + len(line)
		}
		next = stop + 1
	}
	return end
}

func (b *builder) node(n ast.Node) *node {
	switch n := n.(type) {
	case *ast.MappingNode:
		m := &node{kind: mapping, place: b.place(begin(n), 0)}
		for _, v := range n.Values {
			m.entries = append(m.entries, b.entry(v))
		}
		m.end(b, n.End)
		return m
	case *ast.MappingValueNode:
		m := &node{kind: mapping, place: b.place(begin(n), 0), entries: []entry{b.entry(n)}}
		m.end(b, nil)
		return m
	case *ast.SequenceNode:
		l := &node{kind: list, place: b.place(n.Start.Position, 1)}
		for _, v := range n.Values {
			l.items = append(l.items, b.node(v))
		}
		l.end(b, n.End)
		return l
	case *ast.NullNode, nil:
		if n == nil {
			return &node{place: Position{File: b.file}}
		}
		at := b.place(n.GetToken().Position, len(n.GetToken().Value))
		if b.text[at.Span.Start:at.Span.End] != n.GetToken().Value {
			return &node{place: Position{File: b.file}} // nothing stands there
		}
		return &node{place: at}
	case *ast.LiteralNode:
		at := b.place(n.Start.Position, 1)
		if n.Value.Value != "" {
			at.Span.End = b.blockEnd(at.Span.Start)
		}
		return &node{kind: scalar, place: at, text: n.Value.Value}
	case *ast.TagNode:
		return b.node(n.Value)
	case *ast.StringNode:
		return &node{kind: scalar, place: b.scalar(n.Token), text: n.Value}
	default:
		t := n.GetToken()
		return &node{kind: scalar, place: b.scalar(t), text: t.Value, plain: true}
	}
}

// end gives a mapping or a list the span up to its last byte.
func (n *node) end(b *builder, closing *token.Token) {
	if closing != nil {
		at := b.offset(closing.Position.Line, closing.Position.Column)
		if at < len(b.text) && b.text[at] == closing.Value[0] {
			n.place.Span.End = at + 1
			return
		}
	}
	n.place.Span.End = max(n.place.Span.End, n.place.Span.Start)
	for _, e := range n.entries {
		n.place.Span.End = max(n.place.Span.End, e.place.Span.End)
		if e.value.place.File == n.place.File {
			n.place.Span.End = max(n.place.Span.End, e.value.place.Span.End)
		}
	}
	for _, i := range n.items {
		n.place.Span.End = max(n.place.Span.End, i.place.Span.End)
	}
}

func (b *builder) entry(v *ast.MappingValueNode) entry {
	t := v.Key.GetToken()
	at := b.scalar(t)
	value := b.node(v.Value)
	if value.kind == nothing && value.place.Line == 0 {
		value.place = at
	}
	return entry{name: t.Value, place: at, value: value}
}

// begin is where a node begins; the token of a mapping is its colon.
func begin(n ast.Node) *token.Position {
	switch m := n.(type) {
	case *ast.MappingNode:
		if m.IsFlowStyle && m.Start != nil {
			return m.Start.Position
		}
		if len(m.Values) > 0 {
			return m.Values[0].Key.GetToken().Position
		}
	case *ast.MappingValueNode:
		return m.Key.GetToken().Position
	}
	return n.GetToken().Position
}

// merged is what stands in over, on top of base: mappings key by key, anything
// else in place of what was there. A key with nothing behind it (~) takes back what
// the base says. Neither tree is changed.
func merged(base, over *node) *node {
	if base == nil || over == nil || base.kind != mapping || over.kind != mapping {
		if over == nil {
			return base
		}
		return over
	}
	out := *over
	out.entries = nil
	for _, e := range base.entries {
		if own := over.get(e.name); own == nil {
			out.entries = append(out.entries, e)
		}
	}
	for _, e := range over.entries {
		if e.value.kind == nothing {
			continue
		}
		e.value = merged(base.get(e.name), e.value)
		out.entries = append(out.entries, e)
	}
	return &out
}

// without is a mapping without some keys.
func (n *node) without(names ...string) *node {
	out := *n
	out.entries = slices.DeleteFunc(slices.Clone(n.entries), func(e entry) bool { return slices.Contains(names, e.name) })
	return &out
}
