package lsp

import (
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// kindSpot is the word at the caret where a kind can stand.
type kindSpot struct {
	span   message.Span // of the word, and of blanks in front of it where a comma is missing
	typed  string       // the word
	items  string       // what stands in front of it
	behind string       // and behind it
	gap    string       // the blanks in span
	lead   string       // what is missing in front: a blank behind the colon, a comma behind the item before
	there  map[string]bool
}

// kindSpot is not ok where the word runs on: a kind in front of it would be no item.
func (o *offers) kindSpot(c spot) (k kindSpot, ok bool) {
	text := o.m.Text
	d := &o.policy().Disclosure
	from := c.value + strings.LastIndexAny(text[c.value:c.at], ", \t)") + 1
	item := c.value + strings.LastIndexAny(text[c.value:c.at], ",)") + 1
	for item < from && (text[item] == ' ' || text[item] == '\t') {
		item++
	}
	if item < from && begun(d.Kinds, text[item:c.at]) {
		from = item
	}
	to := c.at
	for to < c.end && !strings.ContainsRune(", \t(", rune(text[to])) {
		to++
	}
	k = kindSpot{
		span: message.Span{Start: from, End: to}, typed: text[from:to], items: strings.TrimRight(text[c.value:from], " \t"),
		behind: strings.TrimLeft(text[to:c.end], " \t"), there: make(map[string]bool),
	}
	strict := d.Value == policy.Kinds
	if strict && k.typed == "" && strings.HasPrefix(k.behind, "(") && k.items != "" && !strings.HasSuffix(k.items, ",") {
		return k, false // between a kind and its note, which is no other's
	}
	if strict && k.behind != "" && k.behind[0] != ',' && k.behind[0] != '(' {
		return k, false
	}
	for _, value := range []string{text[c.value:from], text[to:c.end]} {
		for _, it := range d.Items(value) {
			k.there[it.Kind] = true
		}
	}
	switch {
	case from == c.value:
		k.lead = " "
	case strict && k.items != "" && !strings.HasSuffix(k.items, ","):
		k.lead = ", "
		k.span.Start = c.value + len(k.items)
		k.gap = text[k.span.Start:from]
	}
	return k, true
}

// begun tells whether words begin a kind of several words, and are none by themselves.
func begun(kinds []string, words string) bool {
	return slices.ContainsFunc(kinds, func(kind string) bool { return len(kind) > len(words) && begins(kind, words) }) &&
		!slices.ContainsFunc(kinds, func(kind string) bool { return strings.EqualFold(kind, strings.TrimRight(words, " \t")) })
}

// completeKinds offers the kinds that the value does not name yet, all that are staged
// at once in front, and the notes that this policy knows. Inside a note it offers notes
// alone. The word at the caret is replaced.
func (o *offers) completeKinds(c spot) {
	before := o.m.Text[c.value:c.at]
	if strings.Count(before, "(") > strings.Count(before, ")") {
		o.completeNote(c)
		return
	}
	k, ok := o.kindSpot(c)
	if !ok {
		return
	}
	who := o.policy().Words()
	staged, all := o.proposedKinds()
	left := func(kinds []string) []string {
		return slices.DeleteFunc(slices.Clone(kinds), func(kind string) bool { return k.there[kind] })
	}
	add := func(value, detail string, comma bool, a []about) {
		o.add(offer{
			label: value, kind: protocol.CompletionItemKindValue, detail: detail, span: k.span, text: k.lead + value, filter: k.gap + value,
			first: len(o.items) == 0 && !(o.triggered && k.lead == ", "), comma: comma, about: append(a, o.aboutOrigin()...),
		})
	}
	noted := strings.HasPrefix(k.behind, "(")
	if together := left(staged); len(together) > 1 && !noted {
		add(strings.Join(together, ", "), words.CompleteStaged.String(), false, says("disclosure", "policy", who))
	}
	strict := o.policy().Disclosure.Value == policy.Kinds // in a free text a comma may be just that
	for _, kind := range left(all) {
		detail := who
		if slices.Contains(staged, kind) && o.known.change() != nil {
			detail = words.CompleteStaged.String()
		}
		add(kind, detail, strict, says("kind", "kind", kind, "means", kindMeans(kind)))
	}
	if strict && !noted {
		o.notesBehind(c, k)
	}
}

// notesBehind offers notes for the kind that ends at the caret, or in front of the
// blank that was typed behind it.
func (o *offers) notesBehind(c spot, k kindSpot) {
	d := &o.policy().Disclosure
	switch {
	case slices.Contains(d.Kinds, k.typed) && k.gap == "" && c.at == k.span.End:
		// the kind itself is the word
	case k.typed == "" && k.gap != "":
		last := d.Items(strings.TrimLeft(k.items, " \t"))
		if it := last[len(last)-1]; it.Kind == "" || it.Note.Len() > 0 {
			return
		}
		k.lead = " "
	default:
		return
	}
	for _, note := range o.notes() {
		label := strings.TrimLeft(k.typed+" ("+note+")", " ")
		o.add(offer{
			label: label, kind: protocol.CompletionItemKindValue, detail: words.CompleteMechanical.String(), span: k.span,
			text: k.lead + label, filter: k.gap + label, about: says("note", "policy", o.policy().Words()),
		})
	}
}

// completeNote offers notes alone. The part of the note at the caret is replaced, and
// the note closed where it is open.
func (o *offers) completeNote(c spot) {
	text := o.m.Text
	from := c.value + strings.LastIndexAny(text[c.value:c.at], "(,;") + 1
	for from < c.at && (text[from] == ' ' || text[from] == '\t') {
		from++
	}
	to := c.end
	if i := strings.IndexAny(text[c.at:c.end], ",;()"); i >= 0 {
		to = c.at + i
	}
	end := ""
	rest := text[to:c.end]
	if closed := strings.IndexByte(rest, ')'); closed < 0 || strings.Contains(rest[:closed], "(") {
		end = ")"
	}
	for to > c.at && (text[to-1] == ' ' || text[to-1] == '\t') {
		to--
	}
	for i, note := range o.notes() {
		o.add(offer{
			label: note, kind: protocol.CompletionItemKindValue, detail: words.CompleteMechanical.String(), span: message.Span{Start: from, End: to},
			text: note + end, first: i == 0, about: says("note", "policy", o.policy().Words()),
		})
	}
}

// notes are those that make a change mechanical in this policy.
func (o *offers) notes() []string {
	if l := o.policy().Limits.SmallFix; l != nil {
		return l.NotFor
	}
	return nil
}

// proposedKinds are the kinds of the staged files, and every kind with those in front.
func (o *offers) proposedKinds() (staged, all []string) {
	values := diagnostics.Proposals(o.input())
	staged = strings.Split(values[0], ", ")
	for _, v := range values {
		for kind := range strings.SplitSeq(v, ", ") {
			if !slices.Contains(all, kind) {
				all = append(all, kind)
			}
		}
	}
	return staged, all
}
