package diagnostics

import (
	"cmp"
	"slices"
	"strings"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

var disclosureValue = &Rule{
	ID:       "disclosure-value",
	Severity: Error,
	Summary:  "The disclosure's value does not fit the policy's grammar.",
	Why: `A policy may fix what a disclosure's value looks like. QEMU's proposal of
September 2026 takes a comma list of kinds, each with an optional note in
parentheses; the finding points at the item that is none of them.

Where the project takes any text, as QEMU did in May 2026, a text that names no
known kind gets a hint and nothing more.`,
	Fix: "Writes the kind that is most likely meant, closes a parenthesis, or takes an empty or repeated item out.",
	Bad: []Example{{
		Policy:  "qemu-2026-09",
		Message: "tests: cover the empty queue\n\nIt crashed once.\n\nAI-used-for: testing\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}, {
		Policy:  "qemu-2026-05",
		Says:    "The one real line of that time: any text is taken, so this is a hint.",
		Message: "docs: collect the comments\n\nAs discussed.\n\nAI-used-for: collecting comments and updating patch\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-09",
		Message: "tests: cover the empty queue\n\nIt crashed once.\n\nAI-used-for: tests, code (refactoring)\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check:   checkDisclosureValue,
	request: requestValue,
	issue:   requestValue,
}

func checkDisclosureValue(j *judge) {
	d := &j.Policy.Disclosure
	j.numberOfDisclosures()
	for _, c := range j.claims {
		switch {
		case c.place != inBlock:
			continue // disclosure-placement and disclosure-key come first
		case c.value == "":
			j.emptyValue(c)
		case c.none() && d.Ask == policy.AskAlways:
			// the answer of a person who used none
		case c.none():
			j.report(Finding{
				Severity: Warning,
				Span:     c.valueSpan(),
				Message:  words.ValueNone.With("Project", j.Policy.Opening(), "trailer", c.want),
				Fixes:    []Fix{{Title: words.ValueNoneTitle.String(), Edits: j.removeNone(c), Preferred: true}},
			})
		case d.Value == policy.Kinds:
			items := d.Items(c.value)
			if len(items) == policy.MaxItems {
				j.report(Finding{Span: c.valueSpan(), Message: words.ValueTooMany.With("project", j.Policy.Words(), "kinds", list(d.Kinds, words.And))})
				continue
			}
			for i, it := range items {
				if it.Problem != "" {
					j.report(j.badItem(c, items, i))
				}
				if it.InNote != "" {
					j.report(j.badNote(c, it))
				}
			}
		case d.Value != "" && d.Value != policy.Free:
			for _, fault := range d.Faults(c.value) {
				j.report(j.badPart(c, fault))
			}
		case len(policy.Placeholders(c.value)) > 0:
			for _, fault := range d.Faults(c.value) {
				j.report(j.badPart(c, fault))
			}
		case len(d.Kinds) > 0 && !namesKind(d.Items(c.value)):
			j.report(Finding{
				Severity: Hint,
				Span:     c.valueSpan(),
				Message:  words.ValueNoKind.With("Project", j.Policy.Opening(), "kinds", list(d.Kinds, words.And)),
			})
		}
	}
}

// removeNone is the edits that take a disclosure of no use out. Where the person would
// be asked again, a comment that git strips keeps the answer.
func (j *judge) removeNone(c claim) []message.Edit {
	gone := j.Message.RemoveLines(c.lines)
	if ask := j.asking(); j.Use != UseNone || ask != policy.AskHint && ask != "" {
		return gone
	}
	return j.rewrite(gone, func(m *message.Message) []message.Edit {
		then := judge{Input: j.Input, View: j.View}
		then.Message = m
		if e, ok := then.comment(NoAI); ok && !saysNone(m) {
			return []message.Edit{e}
		}
		return nil
	})
}

// onlyKinds tells whether a value is a list of kinds of work, as another project
// writes it.
func onlyKinds(value string) bool {
	d := &policy.Disclosure{Value: policy.Kinds, Kinds: []string{"code", "tests", "docs", "research"}}
	return !slices.ContainsFunc(d.Items(value), func(it policy.Item) bool { return it.Kind == "" })
}

// numberOfDisclosures tells of more disclosures than the project wants, or of two
// tools in one.
func (j *judge) numberOfDisclosures() {
	d := &j.Policy.Disclosure
	first := -1
	for i, c := range j.claims {
		if c.place != inBlock || c.value == "" {
			continue
		}
		switch {
		case d.Number == "one" && first < 0:
			first = i
		case d.Number == "one":
			f := Finding{
				Severity: Warning, Span: c.span,
				Message: words.TrailerOnce.With("Project", j.Policy.Opening(), "trailer", d.Trailer),
				Related: []Related{{Span: j.claims[first].span, Message: words.TrailerFirstLabel.String()}},
			}
			if d.Value == policy.Kinds {
				joined := j.claims[first].value + ", " + c.value
				f.Fixes = []Fix{{Title: words.TrailerJoinTitle.With("trailer", d.Trailer, "value", joined), Preferred: true,
					Edits: append(j.Message.RemoveLines(c.lines), message.Edit{Span: j.claims[first].valueSpan(), Text: joined})}}
			}
			j.report(f)
		case d.Number == "per-tool":
			if at := strings.Index(c.value, ", "); at > 0 && !strings.ContainsAny(c.value[:at], "([") {
				rest := strings.TrimSpace(c.value[at+1:])
				own := j.Message.Newline() + c.want + j.Message.Options.Separators[:1] + " " + rest
				edits := []message.Edit{{Span: c.valueSpan(), Text: c.value[:at] + own}}
				j.report(Finding{
					Severity: Warning, Span: c.at(message.Span{Start: at, End: at + 1}),
					Message: words.TrailerPerTool.With("Project", j.Policy.Opening(), "trailer", c.want, "rest", rest),
					Fixes:   []Fix{{Title: words.TrailerOwnTitle.With("rest", rest), Edits: edits, Preferred: true}},
				})
			}
		}
	}
}

// badPart is the finding for a part of a value that misses the grammar. Where the
// value says enough of the tool, the fix writes all of it anew.
func (j *judge) badPart(c claim, fault policy.Fault) Finding {
	d := &j.Policy.Disclosure
	f := Finding{Span: c.at(fault.Span), Message: words.ValueFault.With("Project", j.Policy.Opening(), "says", fault.Says)}
	if fault.Mild {
		f.Severity = Info
	}
	if c.person() {
		f.Severity, f.Message = Warning, words.ValueFaultPerson.With("Project", j.Policy.Opening(), "says", fault.Says)
		if j.Use == UseUnknown || j.Use == UseNone {
			f.Severity = Hint
		}
		return f
	}
	if !fault.Fixable || strings.Contains(c.value, "://") {
		return f
	}
	value := c.value[:fault.Instead.Start] + fault.Write + c.value[fault.Instead.End:]
	sure := fault.Sure || fault.Instead.Len() == len(c.value)
	fill := policy.Placeholders(value)
	t := readTool(c.value)
	named := isToolValue(c.value) || strings.Contains(c.value, ":") || strings.HasPrefix(strings.ToUpper(c.value), "LLM")
	switch {
	case onlyKinds(c.value):
		// Another project's form, which names no tool.
		value = d.Write(policy.Help{Kinds: j.kinds()})
		fill, sure = policy.Placeholders(value), true
	case fault.Instead == whole(c.value) || len(fill) > 0:
		known := d.Write(policy.Help{Kinds: j.kinds(), Tool: t.name, Model: t.model, Other: t.other})
		if open := policy.Placeholders(known); len(open) < len(fill) || named && len(open) == len(fill) && len(open) > 0 {
			value, fill = known, open
		}
		sure = sure && named
	case d.Value == policy.LLMTools && fault.Write == "LLM":
		sure = sure && named
	}
	if d.Value == policy.LLMTools && fault.Write == "LLM" && !named && !onlyKinds(c.value) {
		return f // it may be a person's name
	}
	fix := Fix{
		Title:     words.WriteTitle.With("text", value),
		Edits:     []message.Edit{{Span: c.valueSpan(), Text: value}},
		Preferred: len(fill) == 0 && sure,
	}
	for _, s := range fill {
		fix.Fill = append(fix.Fill, value[s.Start:s.End])
	}
	f.Fixes = []Fix{fix}
	return f
}

func namesKind(items []policy.Item) bool {
	for _, it := range items {
		if it.Kind != "" {
			return true
		}
	}
	return false
}

func (j *judge) emptyValue(c claim) {
	f := Finding{
		Span:    c.key,
		Message: j.whatToWrite(c.want),
	}
	values, fill := j.proposals(), []string(nil)
	if !j.namesKinds() {
		values, fill = j.disclosureValues()
		values = values[:1]
	}
	for i, v := range values {
		end := c.trailer.ValueSpan.Start
		f.Fixes = append(f.Fixes, Fix{
			Title:     words.WriteTitle.With("text", v),
			Edits:     []message.Edit{{Span: message.Span{Start: c.key.End, End: end}, Text: j.Message.Options.Separators[:1] + " " + v}},
			Preferred: i == 0 && j.Use == UseEvident && len(fill) == 0,
			Fill:      fill,
		})
	}
	j.report(f)
}

// whatToWrite tells of a trailer without a value what goes there.
func (j *judge) whatToWrite(token string) string {
	d := &j.Policy.Disclosure
	switch form := policy.FormOf(d.Value); {
	case len(d.Kinds) > 0:
		return words.ValueEmptyKinds.With("trailer", token, "project", j.Policy.Words(), "kinds", list(d.Kinds, words.Or))
	case form != nil && form.Name != policy.Free:
		return words.ValueEmptyForm.With("trailer", token, "project", j.Policy.Words(), "form", form.Looks, "example", form.Example)
	}
	return words.ValueEmpty.With("trailer", token, "project", j.Policy.Words())
}

// badItem is the finding for items[i], which misses the grammar.
func (j *judge) badItem(c claim, items []policy.Item, i int) Finding {
	it := items[i]
	d := &j.Policy.Disclosure
	name := c.value[it.Name.Start:it.Name.End]
	f := Finding{Span: c.at(it.Name)}
	fix := func(kind string, preferred bool) {
		f.Fixes = append(f.Fixes, Fix{Title: words.WriteTitle.With("text", kind), Edits: writeItem(c, items, i, kind), Preferred: preferred})
	}
	switch it.Problem {
	case policy.EmptyItem:
		f.Span = c.at(comma(c.value, it.Span.Start, i))
		f.Message = words.ValueComma.String()
		f.Fixes = []Fix{{Title: words.ValueCommaTitle.String(), Edits: writeItem(c, items, i, ""), Preferred: true}}
	case policy.Repeated:
		f.Severity = Warning
		f.Span = c.at(it.Span)
		f.Message = words.ValueTwice.With("item", c.value[it.Span.Start:it.Span.End])
		f.Fixes = []Fix{{Title: words.ValueTwiceTitle.String(), Edits: writeItem(c, items, i, ""), Preferred: true}}
	case policy.Spelling:
		f.Severity = Warning
		f.Message = words.ValueCase.With("Project", j.Policy.Opening(), "kind", it.Suggest)
		fix(it.Suggest, true)
	case policy.FormerOne:
		f.Severity = Hint
		f.Message = words.ValueFormer.With("item", name, "project", j.Policy.Words(), "kind", it.Suggest)
		fix(it.Suggest, true)
	default:
		f.Message = words.ValueUnknown.With("Project", j.Policy.Opening(), "kinds", list(d.Kinds, words.And), "item", name)
		if meant := cmp.Or(strings.Join(allKinds(d, name), ", "), it.Suggest); meant != "" {
			f.Message = words.ValueMeant.With("Project", j.Policy.Opening(), "kinds", list(d.Kinds, words.And), "item", name, "meant", meant)
			fix(meant, true)
			break
		}
		for _, k := range d.Kinds {
			named := d.NamesTool == policy.Refused && len(toolNames(name)) > 0 // which has no place in a note either
			if it.Name.End == it.Span.End && !strings.ContainsAny(name, "()") && !named {
				k += " (" + name + ")"
			}
			fix(k, false)
		}
	}
	return f
}

// writeItem is the edit that writes kinds in place of items[i], its note kept.
// What stands in the value already is not written twice.
func writeItem(c claim, items []policy.Item, i int, kinds string) []message.Edit {
	var before, after []string
	for n, it := range items {
		text := c.value[it.Span.Start:it.Span.End]
		switch {
		case n < i:
			before = append(before, text)
		case n > i:
			after = append(after, text)
		}
	}
	var own []string
	for k := range strings.SplitSeq(kinds, ", ") {
		k += c.value[items[i].Name.End:items[i].Span.End]
		if kinds != "" && !slices.Contains(before, k) && !slices.Contains(after, k) && !slices.Contains(own, k) {
			own = append(own, k)
		}
	}
	if len(own) > 0 {
		return []message.Edit{{Span: c.at(items[i].Span), Text: strings.Join(own, ", ")}}
	}
	rest := strings.Join(append(before, after...), ", ")
	if rest == "" {
		return nil
	}
	return []message.Edit{{Span: c.valueSpan(), Text: rest}}
}

// badNote is the finding for an item whose note does not end it.
func (j *judge) badNote(c claim, it policy.Item) Finding {
	if it.InNote == policy.Unclosed {
		end := message.Span{Start: it.Span.End, End: it.Span.End}
		note := c.value[it.Note.Start-1 : it.Span.End]
		missing := strings.Repeat(")", max(1, strings.Count(note, "(")-strings.Count(note, ")")))
		return Finding{
			Span:    c.at(message.Span{Start: it.Note.Start - 1, End: it.Span.End}),
			Message: words.NoteOpen.String(),
			Fixes:   []Fix{{Title: words.NoteOpenTitle.String(), Edits: []message.Edit{{Span: c.at(end), Text: missing}}, Preferred: true}},
		}
	}
	tail := message.Span{Start: it.Note.End + 1, End: it.Span.End}
	rest := strings.TrimSpace(c.value[tail.Start:tail.End])
	f := Finding{
		Span:    c.at(tail),
		Message: words.NoteGoesOn.With("rest", rest),
	}
	if n := j.Policy.Disclosure.Items(rest); len(n) == 1 && n[0].Problem == "" && n[0].InNote == "" {
		title, text := words.NoteGoesOnTitle.With("rest", rest), ", "+rest
		if value := c.value[:tail.Start] + text + c.value[tail.End:]; repeats(j.Policy.Disclosure.Items(value)) {
			title, text = words.NoteRepeatsTitle.With("rest", rest), ""
		}
		f.Fixes = []Fix{{Title: title, Edits: []message.Edit{{Span: c.at(tail), Text: text}}, Preferred: true}}
	}
	return f
}

func repeats(items []policy.Item) bool {
	return slices.ContainsFunc(items, func(it policy.Item) bool { return it.Problem == policy.Repeated })
}

// allKinds reads "code and tests" or "code; tests": kinds, but no comma list.
func allKinds(d *policy.Disclosure, text string) []string {
	var kinds []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t;/&+|", r) }) {
		if w == "and" {
			continue
		}
		it := d.Items(w)[0]
		if it.Kind == "" && it.Suggest == "" {
			return nil
		}
		if it.Problem != "" {
			it.Kind = it.Suggest
		}
		kinds = append(kinds, it.Kind)
	}
	if len(kinds) < 2 {
		return nil
	}
	return kinds
}

// comma is the one that makes the item at offset at, the i-th, an empty one.
func comma(value string, at, i int) message.Span {
	n := at + strings.IndexByte(value[at:], ',')
	if i > 0 {
		n = strings.LastIndexByte(value[:at], ',')
	}
	return message.Span{Start: n, End: n + 1}
}
