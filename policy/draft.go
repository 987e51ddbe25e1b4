package policy

import (
	"encoding/json"
	"regexp"
	"slices"
	"sort"
	"strings"

	"colophon/message"
)

// inherited is what a policy hands on to one that extends it.
func (d *Draft) inherited() *node { return d.all.without("detect", "extends") }

// Readable tells whether the file is YAML, so that it has places to ask for.
func (d *Draft) Readable() bool { return d.own != nil }

// Spot is what stands at a place of a policy file.
type Spot struct {
	Path  []string     // the keys that lead there; items of lists add none
	Key   *Key         // what the language says of it; nil for an unknown key
	Span  message.Span // of the key, or of the value
	Value bool         // whether it is a value and not a key
	Text  string       // the key's name, or the value
	Named bool         // whether the policy chooses the key's name: a rule, a zone
}

// At is the key or the value at an offset of the file.
func (d *Draft) At(offset int) (Spot, bool) {
	if d.own == nil {
		return Spot{}, false
	}
	return spotIn(d.own, Language(), nil, offset)
}

func spotIn(n *node, k *Key, path []string, at int) (Spot, bool) {
	k = k.behind(n)
	switch n.kind {
	case mapping:
		for _, e := range n.entries {
			below := append(slices.Clone(path), e.name)
			if e.place.Span.Contains(at) {
				return Spot{Path: below, Key: k.Below(e.name), Span: e.place.Span, Text: e.name, Named: k != nil && k.Kind == Table}, true
			}
			if e.value.place.Span.Contains(at) {
				return spotIn(e.value, k.Below(e.name), below, at)
			}
		}
	case list:
		for _, item := range n.items {
			if item.place.Span.Contains(at) {
				return spotIn(item, k.Entry(), path, at)
			}
		}
	case scalar:
		return Spot{Path: path, Key: k, Span: n.place.Span, Value: true, Text: n.text}, true
	}
	return Spot{}, false
}

// behind is the key that a node is read by: a bare word may stand for a mapping.
func (k *Key) behind(n *node) *Key {
	if k != nil && k.Kind == Mapping && k.Short != "" && n.kind == scalar {
		return k.Key(k.Short)
	}
	return k
}

// Below is the key of that name below this one, nil where there is none, also
// below nil.
func (k *Key) Below(name string) *Key {
	if k == nil || k.Kind != Mapping && k.Kind != Table {
		return nil
	}
	return k.Key(name)
}

// Entry is what the entries of a list are read by, nil for what is no list.
func (k *Key) Entry() *Key {
	if k == nil || k.Kind != List {
		return nil
	}
	return k.Item
}

// Glob is a pattern of paths that stands in the file.
type Glob struct {
	Pattern string
	Span    message.Span
	Path    []string
}

// Globs are the patterns of the file itself that can be used, in their order.
func (d *Draft) Globs() []Glob {
	var globs []Glob
	var walk func(n *node, k *Key, path []string)
	walk = func(n *node, k *Key, path []string) {
		for _, e := range n.entries {
			walk(e.value, k.Below(e.name), append(slices.Clone(path), e.name))
		}
		for _, item := range n.items {
			walk(item, k.Entry(), path)
		}
		if n.kind == scalar && k != nil && k.Form == "glob" && misses("glob", n.text) == "" {
			globs = append(globs, Glob{n.text, n.place.Span, path})
		}
	}
	if d.own != nil {
		walk(d.own, Language(), nil)
	}
	return globs
}

// Matching are those of some paths that a pattern matches. The paths are sorted,
// and relative to the top of the work tree. more is asked now and then whether to
// go on; where it says no, the answer is not ok.
func Matching(pattern string, paths []string, more func() bool) (found []string, ok bool) {
	if misses("glob", pattern) != "" {
		return nil, true
	}
	// Only the paths that begin as the pattern does can match it.
	anchored := strings.TrimPrefix(pattern, "/")
	if i := strings.IndexAny(anchored, `*?[{\`); strings.Contains(anchored, "/") || strings.HasSuffix(pattern, "/") {
		begin := anchored
		if i >= 0 {
			begin = anchored[:i]
		}
		from := sort.SearchStrings(paths, begin)
		paths = paths[from:]
		n := sort.Search(len(paths), func(i int) bool { return !strings.HasPrefix(paths[i], begin) })
		paths = paths[:n]
	}
	for i, p := range paths {
		if i%256 == 255 && !more() {
			return nil, false
		}
		if match(pattern, p) {
			found = append(found, p)
		}
	}
	return found, true
}

// Symbol is a key of the file with what stands below it.
type Symbol struct {
	Name   string
	Detail string       // a scalar's text
	Kind   Kind         // Text for any scalar that is neither Number nor Truth
	Whole  message.Span // the key with its value
	Span   message.Span // the key; of an item, what names it
	Below  []Symbol
}

// Symbols are the keys of the file as a tree. Items of lists have the name that
// they give themselves; words in a list are the detail of its key.
func (d *Draft) Symbols() []Symbol {
	if d.own == nil {
		return nil
	}
	return symbolsOf(d.own)
}

func symbolsOf(n *node) []Symbol {
	var out []Symbol
	for _, e := range n.entries {
		s := Symbol{Name: e.name, Span: e.place.Span, Whole: e.place.Span}
		s.Whole.End = max(s.Whole.End, e.value.place.Span.End)
		s.of(e.value)
		out = append(out, s)
	}
	for _, item := range n.items {
		if item.kind != mapping || len(item.entries) == 0 {
			continue
		}
		// A zone or a field by its name, a forbidden thing by what it is.
		by := item.entries[0]
		for _, e := range item.entries {
			if e.name == "name" {
				by = e
			}
		}
		s := Symbol{Name: by.value.text, Whole: item.place.Span, Span: by.value.place.Span}
		s.of(item)
		out = append(out, s)
	}
	return out
}

func (s *Symbol) of(n *node) {
	switch n.kind {
	case mapping:
		s.Kind = Mapping
	case list:
		s.Kind = List
		var words []string
		for _, item := range n.items {
			if item.kind == scalar {
				words = append(words, item.text)
			}
		}
		s.Detail = clip(strings.Join(words, ", "))
	case scalar:
		s.Detail, _, _ = strings.Cut(clip(n.text), "\n")
		switch {
		case n.plain && (n.text == "true" || n.text == "false"):
			s.Kind = Truth
		case n.plain:
			s.Kind = Number
		}
	}
	s.Below = symbolsOf(n)
}

// Inherited is what the extended policies say at a path of keys, as YAML, and
// which of them says so. It is not ok for mappings, and for what stands in lists:
// these are replaced whole.
func (d *Draft) Inherited(path ...string) (text, from string, ok bool) {
	if d.base == nil {
		return "", "", false
	}
	n := d.base.inherited()
	for _, name := range path {
		n = n.get(name)
	}
	if n == nil || n.kind == mapping || n.kind == nothing {
		return "", "", false
	}
	return flow(n), n.place.File, true
}

// Value is the text and the place of a scalar of the file itself.
func (d *Draft) Value(path ...string) (text string, at message.Span, ok bool) {
	n := d.own
	for _, name := range path {
		n = n.get(name)
	}
	if n == nil || n.kind != scalar {
		return "", message.Span{}, false
	}
	return n.text, n.place.Span, true
}

// Words are what other keys can name: those of a list of words, and the names of
// a list of mappings, with what is inherited.
func (d *Draft) Words(path ...string) []string {
	n := d.all
	for _, name := range path {
		n = n.get(name)
	}
	var words []string
	if n == nil {
		return nil
	}
	for _, item := range n.items {
		if name := item.get("name"); name != nil {
			item = name
		}
		if item.kind == scalar {
			words = append(words, item.text)
		}
	}
	return words
}

// Files are the files that the draft was read from besides its own, as they are
// named in `extends`. Presets are not among them.
func (d *Draft) Files() []string {
	var files []string
	for b := d.base; b != nil; b = b.base {
		if isPath(b.file) {
			files = append(files, b.file)
		}
	}
	if e := d.own.get("extends"); d.base == nil && e != nil && isPath(e.text) {
		files = append(files, e.text) // it may be mended
	}
	return files
}

// Mend is the edit that writes what a problem says should stand there. It is not
// ok where nothing is proposed, or what comes out would be no YAML.
func (d *Draft) Mend(p Problem) (message.Edit, bool) {
	if p.Write == "" || p.Line == 0 || p.Span.Len() == 0 {
		return message.Edit{}, false
	}
	e := message.Edit{Span: p.Span, Text: p.Write}
	if there := d.text[p.Span.Start:p.Span.End]; p.Write != "["+there+"]" {
		e.Text = Scalar(p.Write)
	}
	text, err := message.Apply(d.text, []message.Edit{e})
	r := reader{Draft: Draft{file: d.file, text: text}}
	if err == nil {
		r.parse()
	}
	return e, r.own != nil
}

// bare is a text that YAML takes for itself, wherever it stands.
var bare = regexp.MustCompile(`^[A-Za-z0-9_./]([A-Za-z0-9_./@+ -]*[A-Za-z0-9_./@+-])?$`)

// Scalar is a text as it is written in YAML, with quotes where it needs them.
func Scalar(text string) string {
	switch strings.ToLower(text) {
	case "true", "false", "null":
	default:
		if bare.MatchString(text) {
			return text
		}
	}
	var b strings.Builder
	e := json.NewEncoder(&b) // what JSON quotes, YAML reads
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a string always has a form
	return strings.TrimSuffix(b.String(), "\n")
}

// flow is a node in one line.
func flow(n *node) string {
	var parts []string
	switch n.kind {
	case mapping:
		for _, e := range n.entries {
			parts = append(parts, Scalar(e.name)+": "+flow(e.value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case list:
		for _, item := range n.items {
			parts = append(parts, flow(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case scalar:
		if n.plain {
			return n.text
		}
		return Scalar(n.text)
	}
	return "~"
}

// UsualField is a field of attestations that a policy can name without more words.
func UsualField(name string) (f Field, ok bool) {
	for _, u := range usualFields {
		if u.Name == name {
			return u, true
		}
	}
	return Field{}, false
}

// Rings are the rings of zones, from the heart outwards.
func Rings() []string { return slices.Clone(rings) }
