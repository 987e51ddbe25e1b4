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

// builder turns the library's tree into ours.
type builder struct {
	file  string
	text  string
	lines []int // where each line begins
}

func newBuilder(file string, text []byte) *builder {
	b := &builder{file: file, text: string(text), lines: []int{0}}
	for i, c := range text {
		if c == '\n' {
			b.lines = append(b.lines, i+1)
		}
	}
	return b
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
	line, _, _ := strings.Cut(rest, "\n")
	if n := len(t.Value); n > 0 && strings.HasPrefix(line, t.Value) {
		return n
	}
	return len(strings.TrimRight(line, " \t\r"))
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
		return &node{place: b.place(n.GetToken().Position, len(n.GetToken().Value))}
	case *ast.LiteralNode:
		return &node{kind: scalar, place: b.place(n.Start.Position, 1), text: n.Value.Value}
	case *ast.TagNode:
		return b.node(n.Value)
	case *ast.StringNode:
		at := b.place(n.Token.Position, 0)
		at.Span.End = at.Span.Start + b.scalarLength(at.Span.Start, n.Token)
		return &node{kind: scalar, place: at, text: n.Value}
	default:
		t := n.GetToken()
		at := b.place(t.Position, len(t.Value))
		return &node{kind: scalar, place: at, text: t.Value, plain: true}
	}
}

// end gives a mapping or a list the span up to its last byte.
func (n *node) end(b *builder, closing *token.Token) {
	if closing != nil {
		n.place.Span.End = b.offset(closing.Position.Line, closing.Position.Column) + 1
		return
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
	at := b.place(t.Position, 0)
	at.Span.End = at.Span.Start + b.scalarLength(at.Span.Start, t)
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
