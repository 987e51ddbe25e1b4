package policy

import (
	"reflect"
	"slices"
	"strings"

	"colophon/message"
	"colophon/words"
)

// Extends is what the file extends, and the place of that key and its value. It
// is not ok where it extends nothing that can be used.
func (d *Draft) Extends() (name string, at message.Span, ok bool) {
	if d.own == nil || d.base == nil {
		return "", at, false
	}
	for _, e := range d.own.entries {
		if e.name == "extends" {
			return e.value.text, message.Span{Start: e.place.Span.Start, End: e.value.place.Span.End}, true
		}
	}
	return "", at, false
}

// Standalone is the file without `extends`: what it inherits is written out, and
// all that stood in it stays as it was. It is not ok where nothing is extended, or
// what comes out would not read to the same policy.
func (d *Draft) Standalone() (edits []message.Edit, ok bool) {
	_, extends, ok := d.Extends()
	if !ok || d.Policy == nil {
		return nil, false
	}
	x := extraction{own: d.text, eol: "\n", texts: make(map[string]string)}
	if strings.Contains(d.text, "\r\n") {
		x.eol = "\r\n"
	}
	for b := d.base; b != nil; b = b.base {
		x.texts[b.file] = strings.ReplaceAll(b.text, "\r\n", "\n")
		if x.texts[b.file] != b.text {
			return nil, false // its places are those of another text
		}
	}
	x.edits = append(x.edits, x.remove(extends))
	x.complete(d.own, d.base.inherited(), words.PolicyFileExtractRemark.With("preset", d.base.file))
	text, err := message.Apply(d.text, x.edits)
	if err != nil {
		return nil, false
	}
	after := Read(d.file, []byte(text), nil)
	return x.edits, after.Policy != nil && same(after.Policy, d.Policy)
}

// same tells whether two policies ask for the same, wherever that was read.
func same(a, b *Policy) bool {
	x, y := *a, *b
	x.Name, x.Extends, x.Detect = "", "", nil
	y.Name, y.Extends, y.Detect = "", "", nil
	return reflect.DeepEqual(&x, &y)
}

// extraction collects the edits that write out what a policy inherits.
type extraction struct {
	own   string
	eol   string
	texts map[string]string // of the extended files
	edits []message.Edit
}

func (x *extraction) insert(at int, text string) {
	x.edits = append(x.edits, message.Edit{Span: message.Span{Start: at, End: at}, Text: strings.ReplaceAll(text, "\n", x.eol)})
}

// remove takes a key with its value out: whole lines, or what stands between two
// commas.
func (x *extraction) remove(s message.Span) message.Edit {
	start, end := lineStart(x.own, s.Start), lineEnd(x.own, s.End)
	before, after := strings.TrimPrefix(x.own[start:s.Start], bom), strings.TrimSpace(x.own[s.End:end])
	if strings.TrimSpace(before) == "" && (after == "" || after[0] == '#') && x.own[start] != '{' {
		return message.Edit{Span: message.Span{Start: s.Start - len(before), End: min(end+1, len(x.own))}}
	}
	rest := x.own[s.End:]
	if trimmed := strings.TrimLeft(rest, " \t\r\n"); strings.HasPrefix(trimmed, ",") {
		rest = strings.TrimLeft(trimmed[1:], " ")
		s.End = len(x.own) - len(rest)
	} else {
		head := strings.TrimRight(x.own[:s.Start], " \t\r\n")
		s.Start = len(strings.TrimSuffix(head, ","))
	}
	return message.Edit{Span: s}
}

func lineStart(text string, at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }

// complete adds to a mapping of the file what only the base has. What is nested
// comes first: it may end at the same place.
func (x *extraction) complete(own, base *node, headline string) {
	var missing []entry
	for _, e := range base.entries {
		there := own.get(e.name)
		switch {
		case there == nil:
			missing = append(missing, e)
		case there.kind == mapping && e.value.kind == mapping:
			x.complete(there, e.value, "")
		}
	}
	if len(missing) == 0 {
		return
	}
	if x.own[own.place.Span.Start] == '{' {
		x.completeFlow(own, missing, headline != "")
		return
	}
	at, column := lineEnd(x.own, own.place.Span.End), own.entries[0].place.Column
	if headline != "" {
		at = len(x.own)
	}
	var b strings.Builder
	if at > 0 && x.own[at-1] != '\n' {
		b.WriteByte('\n')
	}
	if headline != "" {
		b.WriteString("\n" + headline + "\n")
	}
	apart := false // what has several lines stands by itself
	for i, e := range missing {
		text := x.block(e, column)
		several := strings.Count(text, "\n") > 1
		if headline != "" && i > 0 && (several || apart) {
			b.WriteByte('\n')
		}
		b.WriteString(text)
		apart = several
	}
	text := b.String()
	if at < len(x.own) {
		text = strings.TrimSuffix(text, "\n") // that of the line is still there
		if at > 0 && x.own[at-1] == '\r' {
			at--
		}
	}
	x.insert(at, text)
}

func (x *extraction) completeFlow(own *node, missing []entry, lines bool) {
	at := own.place.Span.End - 1
	var parts []string
	for _, e := range missing {
		parts = append(parts, Scalar(e.name)+": "+flow(e.value))
	}
	gap := " "
	if lines { // no line is longer than is read
		gap = "\n  "
	}
	text := strings.Join(parts, ","+gap)
	if before := strings.TrimRight(x.own[:at], " \t\r\n"); len(own.entries) > 0 && !strings.HasSuffix(before, ",") {
		text = "," + gap + text
	}
	x.insert(at, text)
}

// block is an entry of the base as whole lines from a column on: as they stand
// there, with the remarks above, where they come from one file.
func (x *extraction) block(e entry, column int) string {
	indent := strings.Repeat(" ", column-1)
	text, ok := x.texts[e.place.File]
	start := 0
	if ok {
		start = lineStart(text, e.place.Span.Start)
	}
	switch {
	case ok && pure(e.value, e.place.File) && strings.TrimSpace(text[start:e.place.Span.Start]) == "":
		for start > 0 {
			above := lineStart(text, start-1)
			if !strings.HasPrefix(strings.TrimSpace(text[above:start]), "#") {
				break
			}
			start = above
		}
		end := lineEnd(text, max(e.place.Span.End, e.value.place.Span.End))
		return shifted(text[start:end], indent, e.place.Column-1)
	case e.value.kind == mapping && len(e.value.entries) > 0:
		out := indent + Scalar(e.name) + ":\n"
		for _, below := range e.value.entries {
			out += x.block(below, column+2)
		}
		return out
	}
	return indent + Scalar(e.name) + ": " + flow(e.value) + "\n"
}

// pure tells whether all of a node stands in one file.
func pure(n *node, file string) bool {
	return n.place.File == file &&
		!slices.ContainsFunc(n.entries, func(e entry) bool { return e.place.File != file || !pure(e.value, file) })
}

// shifted moves lines from one column to another.
func shifted(text, indent string, from int) string {
	var b strings.Builder
	for line := range strings.Lines(text + "\n") {
		blanks := min(from, len(line)-len(strings.TrimLeft(line, " ")))
		if line = line[blanks:]; line != "\n" {
			b.WriteString(indent)
		}
		b.WriteString(line)
	}
	return b.String()
}
