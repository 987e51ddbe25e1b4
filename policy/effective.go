package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// EffectiveLine is a line of a policy as it is once `extends` was followed.
type EffectiveLine struct {
	Text string // YAML
	File string // where it stands, as Position has it; "" for a line that no remark can follow
	Line int
}

// String is the line with where it came from as a remark.
func (l EffectiveLine) String() string {
	if l.File == "" {
		return l.Text
	}
	return fmt.Sprintf("%-46s # %s:%d", l.Text, oneLine(l.File), l.Line)
}

// Effective is the whole policy without `extends`, in the language's own order of
// keys; nil where the draft is no policy. The lines are a policy that says the same.
func (d *Draft) Effective() []EffectiveLine {
	if d.Policy == nil {
		return nil
	}
	var w effectiveWriter
	w.mapping(d.all.without("extends"), Language(), "")
	return w.lines
}

// EffectiveText is Effective as a file.
func (d *Draft) EffectiveText() []byte {
	var b strings.Builder
	for _, l := range d.Effective() {
		b.WriteString(l.String() + "\n")
	}
	return []byte(b.String())
}

type effectiveWriter struct{ lines []EffectiveLine }

func (w *effectiveWriter) line(at Position, text string) {
	// Behind a remark the line could be too long to be read again.
	if l := (EffectiveLine{text, at.File, at.Line}); len(l.String()) < maxLine {
		w.lines = append(w.lines, l)
		return
	}
	w.lines = append(w.lines, EffectiveLine{Text: text})
}

// mapping writes the entries of a mapping in the order of the language, those of
// a table in their own.
func (w *effectiveWriter) mapping(n *node, k *Key, indent string) {
	entries := slices.Clone(n.entries)
	order := func(e entry) int {
		return slices.IndexFunc(k.Keys, func(c *Key) bool { return c.Name == e.name })
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return order(a) - order(b) })
	for _, e := range entries {
		if e.value.kind != nothing {
			w.value(e.value, k.Key(e.name), e.place, indent+quoted(e.name)+":", indent)
		}
	}
}

// value writes what stands behind head: a key with its colon, or a dash.
func (w *effectiveWriter) value(n *node, k *Key, at Position, head, indent string) {
	switch n.kind {
	case nothing:
		w.line(at, head+" ~")
	case scalar:
		w.scalar(n, at, head, indent+"  ")
	case list:
		if len(n.items) == 0 {
			w.line(at, head+" []")
			return
		}
		w.line(at, head)
		for _, item := range n.items {
			w.item(item, k.Item, indent+"  ")
		}
	case mapping:
		if !slices.ContainsFunc(n.entries, func(e entry) bool { return e.value.kind != nothing }) {
			w.line(at, head+" {}")
			return
		}
		w.line(at, head)
		w.mapping(n, k, indent+"  ")
	}
}

// item writes an entry of a list; the first key of a mapping stands behind the dash.
func (w *effectiveWriter) item(n *node, k *Key, indent string) {
	if n.kind != mapping {
		w.value(n, k, n.place, indent+"-", indent)
		return
	}
	first := len(w.lines)
	w.mapping(n, k, indent+"  ")
	if len(w.lines) == first {
		w.line(n.place, indent+"- {}")
		return
	}
	l := &w.lines[first]
	l.Text = indent + "- " + l.Text[len(indent)+2:]
}

// maxScalar is how much of a text stands in one line.
const maxScalar = 1000

func (w *effectiveWriter) scalar(n *node, at Position, head, indent string) {
	text := n.text
	switch {
	case n.plain && text != "":
		w.line(at, head+" "+text)
	case strings.Contains(text, "\n") && isBlock(text):
		keep := "|-"
		if strings.HasSuffix(text, "\n") {
			keep = "|"
		}
		w.line(at, head+" "+keep)
		for l := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
			w.lines = append(w.lines, EffectiveLine{Text: strings.TrimRight(indent+l, " ")})
		}
	case len(text) > maxScalar:
		parts := chunks(text)
		for i, part := range parts {
			part = strconv.Quote(part)
			part = part[1 : len(part)-1]
			if part[0] == ' ' { // YAML would take it for indentation
				part = `\x20` + part[1:]
			}
			switch i {
			case 0:
				w.lines = append(w.lines, EffectiveLine{Text: head + ` "` + part + `\`})
			case len(parts) - 1:
				w.line(at, indent+part+`"`)
			default:
				w.lines = append(w.lines, EffectiveLine{Text: indent + part + `\`})
			}
		}
	default:
		w.line(at, head+" "+quoted(text))
	}
}

// isBlock tells whether lines can stand below a key as they are.
func isBlock(text string) bool {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i, l := range lines {
		edge := i == 0 || i == len(lines)-1
		if l == "" && edge || strings.TrimRight(l, " ") != l || edge && l[0] == ' ' || len(l) > maxScalar || !printed(l) {
			return false
		}
	}
	return true
}

// chunks cuts a long text into pieces that fit into a line each.
func chunks(text string) []string {
	const most = 400
	var parts []string
	for len(text) > most {
		cut := most
		for cut > 1 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		parts, text = append(parts, text[:cut]), text[cut:]
	}
	return append(parts, text)
}

// quoted is a text as a YAML scalar in one line.
func quoted(text string) string {
	if _, err := time.Parse(time.DateOnly, text); err == nil || text == "off" {
		return text // as people write them; only YAML 1.1 would take them for something else
	}
	if printed(text) && !strings.HasPrefix(text, "?") {
		if out, err := yaml.Marshal(text); err == nil {
			return strings.TrimSuffix(string(out), "\n")
		}
	}
	return strconv.Quote(text) // its escapes are all YAML's too
}

// printed tells whether a text has nothing that steers a terminal, ends a line or
// is taken for a blank.
func printed(text string) bool {
	for _, r := range text {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return false
		}
	}
	return true
}

// oneLine is a text that can stand in a remark.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(text, string(utf8.RuneError)))
}
