package policy

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"colophon/words"
)

const (
	// maxSize bounds a policy file; every preset is below 8 KiB.
	maxSize = 64 << 10

	// The YAML library takes time or memory with the square of how deep lists are
	// nested and how many lines there are: seconds and gigabytes for a hostile file
	// of maxSize. Within these bounds it is milliseconds.
	maxBrackets = 500
	maxLines    = 4000
	maxLine     = 2000 // bytes

	maxList     = 500 // entries of one list or table
	maxProblems = 50  // nobody mends more at once
)

// Draft is a policy file as it was read, right or wrong.
type Draft struct {
	Policy   *Policy   // nil where the file cannot be used
	Problems []Problem // in the order of their places

	file string
	text string
	own  *node  // what stands in the file; nil where it is no YAML
	base *Draft // what it extends, if that can be used
	all  *node  // own, with what it extends
}

// Err is the first problem that keeps the policy from being used, or nil.
func (d *Draft) Err() error {
	if d.Policy != nil {
		return nil
	}
	e := &Error{File: d.file}
	e.All = d.Problems
	if len(e.All) > 0 {
		e.Line, e.Column, e.Msg = e.All[0].Line, e.All[0].Column, e.All[0].Msg
	}
	return e
}

// reader reads one file, on top of the policy that it extends.
type reader struct {
	Draft
	follow func(name string) (*Draft, error) // what `extends` names
	alone  bool                              // what it extends cannot be read
}

// read never fails: what is wrong stands in the draft.
func (r *reader) read() *Draft {
	if r.parse(); r.own != nil {
		r.decode()
	}
	slices.SortStableFunc(r.Problems, func(a, b Problem) int { return a.Span.Start - b.Span.Start })
	return &r.Draft
}

func (r *reader) problem(at Position, msg string) *Problem {
	if r.full() {
		return &Problem{}
	}
	r.Problems = append(r.Problems, Problem{Position: at, Msg: msg})
	return &r.Problems[len(r.Problems)-1]
}

// full tells whether enough is told.
func (r *reader) full() bool { return len(r.Problems) >= maxProblems }

func (r *reader) broken() bool {
	return len(r.Problems) > 0
}

// parse makes a tree of the text, or a problem.
func (r *reader) parse() {
	b := newBuilder(r.file, []byte(r.text))
	if !r.bounded(b) {
		return
	}
	f, err := parser.ParseBytes(plain(r.text), 0)
	if err != nil {
		r.yamlProblem(b, err)
		return
	}
	switch {
	case len(f.Docs) == 0 || f.Docs[0].Body == nil:
		r.problem(Position{File: r.file}, words.ProblemEmpty.String())
		return
	case len(f.Docs) > 1:
		r.problem(Position{File: r.file}, words.ProblemDocuments.String())
		return
	}
	body := f.Docs[0].Body
	var v aliasFinder
	ast.Walk(&v, body)
	if v.found != nil {
		r.problem(b.place(v.found.GetToken().Position, 1), words.ProblemAliases.String())
		return
	}
	n := b.node(body)
	if n.kind != mapping {
		r.problem(n.place, words.ProblemNoMapping.String())
		return
	}
	r.own = n
}

// bounded refuses a file that would cost more to read than it is worth.
func (r *reader) bounded(b *builder) bool {
	text := []byte(r.text)
	whole := Position{File: r.file}
	if len(text) > maxSize {
		r.problem(whole, words.ProblemSize.With("most", strconv.Itoa(maxSize>>10)))
		return false
	}
	if bytes.Count(text, []byte("["))+bytes.Count(text, []byte("{")) > maxBrackets {
		r.problem(whole, words.ProblemBrackets.With("most", strconv.Itoa(maxBrackets)))
		return false
	}
	n := 0
	for line := range bytes.Lines(text) {
		n++
		at := b.place(&token.Position{Line: n, Column: 1}, len(bytes.TrimRight(line, "\r\n")))
		switch {
		case len(line) > maxLine:
			r.problem(at, words.ProblemLine.With("most", strconv.Itoa(maxLine)))
			return false
		case n > maxLines:
			r.problem(at, words.ProblemLines.With("most", strconv.Itoa(maxLines)))
			return false
		}
	}
	return true
}

type aliasFinder struct{ found ast.Node }

func (v *aliasFinder) Visit(n ast.Node) ast.Visitor {
	switch n.Type() {
	case ast.AnchorType, ast.AliasType, ast.MergeKeyType:
		if v.found == nil {
			v.found = n
		}
		return nil
	}
	return v
}

func (r *reader) yamlProblem(b *builder, err error) {
	at, msg := Position{File: r.file}, err.Error()
	var y yaml.Error
	if errors.As(err, &y) {
		msg = y.GetMessage()
		if t := y.GetToken(); t != nil {
			at = b.place(t.Position, max(1, len(strings.TrimSpace(t.Value))))
		}
	}
	msg, _, _ = strings.Cut(msg, "\n")
	r.problem(at, words.ProblemYAML.With("why", msg))
}

// decode checks the tree and fills the policy in.
func (r *reader) decode() {
	if v := r.own.get("version"); v == nil || v.kind != scalar || v.text != "1" {
		at := Position{File: r.file}
		if v != nil {
			at = v.place
		}
		r.problem(at, words.ProblemVersion.String())
	}
	own := &Policy{}
	r.fill(r.own, Language(), reflect.ValueOf(own).Elem())
	r.all = r.own
	if extends := r.own.get("extends"); extends != nil && own.Extends != "" {
		base, err := r.follow(own.Extends)
		if err != nil {
			p := r.problem(extends.place, ofBase(err))
			p.base = errors.As(err, new(*Error))
			p.Write = near(own.Extends, Presets())
			r.alone = true
		} else {
			r.base = base
			r.all = merged(base.inherited(), r.own)
		}
	}
	// What does not fit is told already; the rest is checked as well, so that
	// nobody mends one problem to see the next.
	told := len(r.Problems)
	p := &Policy{}
	r.fill(r.all, Language(), reflect.ValueOf(p).Elem())
	r.Problems = r.Problems[:told]
	p.Name, p.Extends = r.file, own.Extends
	r.check(p)
	if !r.broken() {
		r.Policy = p
	}
}

// fill reads a node into a Go value, key by key, and tells what does not fit.
func (r *reader) fill(n *node, k *Key, v reflect.Value) {
	if n.kind == nothing {
		return
	}
	for v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	switch k.Kind {
	case Mapping:
		r.fillMapping(n, k, v)
	case Table:
		if n.kind != mapping {
			r.wants(n, k)
			return
		}
		r.fillTable(n, k, v)
	case List:
		if n.kind != list {
			r.wants(n, k)
			return
		}
		if len(n.items) > k.Most {
			r.problem(n.items[k.Most].place, words.ProblemEntries.With("most", strconv.Itoa(k.Most)))
			return
		}
		s := reflect.MakeSlice(v.Type(), len(n.items), len(n.items))
		for i, item := range n.items {
			r.fill(item, k.Item, s.Index(i))
		}
		v.Set(s)
	default:
		if n.kind != scalar {
			r.wants(n, k)
			return
		}
		r.fillScalar(n, k, v)
	}
}

func (r *reader) wants(n *node, k *Key) {
	msg := words.ProblemTakesHere.With("what", k.Takes())
	if k.Name != "" {
		msg = words.ProblemTakes.With("key", k.Name, "what", k.Takes())
	}
	at := n.place
	if n.kind != scalar {
		at.Span.End = min(at.Span.End, lineEnd(r.text, at.Span.Start))
	}
	p := r.problem(at, msg)
	if k.Kind == List && n.kind == scalar {
		p.Write = "[" + r.text[n.place.Span.Start:n.place.Span.End] + "]"
	}
}

func lineEnd(text string, at int) int {
	at = min(at, len(text))
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(text)
}

func (r *reader) fillMapping(n *node, k *Key, v reflect.Value) {
	if n.kind != mapping {
		if n.kind == scalar && k.Short != "" {
			n = &node{kind: mapping, place: n.place, entries: []entry{{k.Short, n.place, n}}}
		} else {
			r.wants(n, k)
			return
		}
	}
	fields := reflect.VisibleFields(v.Type()) // an embedded struct's keys stand beside the others
	for _, e := range n.entries {
		c := k.Key(e.name)
		if c == nil {
			r.unknownKey(e, k)
			continue
		}
		for _, f := range fields {
			if f.Tag.Get("yaml") == e.name {
				r.fill(e.value, c, v.FieldByIndex(f.Index))
			}
		}
	}
}

func (r *reader) unknownKey(e entry, k *Key) {
	var names []string
	for _, c := range k.Keys {
		names = append(names, c.Name)
	}
	msg := words.ProblemKey.With("key", quote(e.name))
	if k.Name != "" {
		msg = words.ProblemKeyIn.With("key", quote(e.name), "in", k.Name)
	}
	p := r.problem(e.place, msg)
	if p.meant(e.name, names); p.Write == "" {
		p.Msg = words.ProblemKeys.With("problem", p.Msg, "keys", some(names))
	}
}

func (r *reader) fillTable(n *node, k *Key, v reflect.Value) {
	if len(n.entries) > maxList {
		r.problem(n.place, words.ProblemEntries.With("most", strconv.Itoa(maxList)))
		return
	}
	m := reflect.MakeMap(v.Type())
	for _, e := range n.entries {
		if e.value.kind == nothing {
			continue // it only takes back what an extended policy says
		}
		if k.Names == "rule" && !slices.Contains(Rules, e.name) {
			p := r.problem(e.place, words.ProblemRule.With("rule", quote(e.name)))
			if p.meant(e.name, Rules); p.Write == "" {
				p.Msg = words.ProblemRules.With("problem", p.Msg)
			}
			continue
		}
		one := reflect.New(v.Type().Elem()).Elem()
		r.fill(e.value, k.Item, one)
		m.SetMapIndex(reflect.ValueOf(e.name), one)
	}
	v.Set(m)
}

func (r *reader) fillScalar(n *node, k *Key, v reflect.Value) {
	switch {
	case k.Form == "mark":
		switch {
		case n.plain && n.text == "true":
			v.SetString(string(plainMark))
		case !n.plain || n.text != "false":
			v.SetString(n.text)
		}
	case k.Kind == Truth:
		if !n.plain || n.text != "true" && n.text != "false" {
			r.wants(n, k)
			return
		}
		v.SetBool(n.text == "true")
	case k.Kind == Number:
		i, err := strconv.Atoi(n.text)
		if err != nil || i < 0 || i > 1_000_000 {
			r.wants(n, k)
			return
		}
		v.SetInt(int64(i))
	default:
		if len(k.OneOf) > 0 && !slices.Contains(k.OneOf, n.text) {
			msg := words.ProblemNoneOf.With("value", quote(n.text), "words", strings.Join(k.OneOf, ", "))
			r.problem(n.place, msg).meant(n.text, k.OneOf)
			return
		}
		if strings.IndexFunc(n.text, unprintable) >= 0 {
			r.problem(n.place, words.ProblemControl.String())
			return
		}
		if why := misses(k.Form, n.text); why != "" {
			r.problem(n.place, why)
			return
		}
		v.SetString(n.text)
	}
}
