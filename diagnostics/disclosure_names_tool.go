package diagnostics

import (
	"strings"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

var disclosureNamesTool = &Rule{
	ID:       "disclosure-names-tool",
	Severity: Error,
	Summary:  "The disclosure names a tool, a model or a vendor, which the policy does not want.",
	Why: `Some projects want to know where AI was used and not which: the name helps no
reviewer and advertises a product. Words that mean other things too, such as
cursor or Haiku, count only beside a model's number or as the whole note.`,
	Fix: "Takes the name out, and the parentheses where nothing else stands in them.",
	Bad: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: code (Claude Opus 4.5)\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: code (refactoring)\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check: checkDisclosureNamesTool,
}

func checkDisclosureNamesTool(j *judge) {
	d := &j.Policy.Disclosure
	if d.NamesTool != policy.Refused {
		return
	}
	for _, c := range j.claims {
		if c.place != inBlock {
			continue
		}
		for _, it := range d.Items(c.value) {
			j.namesTool(c, it)
		}
	}
}

// namesTool reports the names in an item's note, or in the item itself.
func (j *judge) namesTool(c claim, it policy.Item) {
	part := it.Note
	if part.Len() == 0 {
		part = it.Span
	}
	text := c.value[part.Start:part.End]
	for _, at := range toolNames(text) {
		if j.full() {
			return
		}
		name := message.Span{Start: part.Start + at[0], End: part.Start + at[1]}
		f := Finding{
			Span:    c.at(name),
			Message: words.NamesTool.With("Project", j.Policy.Opening(), "name", strings.TrimSpace(text[at[0]:at[1]])),
		}
		if gone, ok := j.unname(c, it, name); ok {
			f.Fixes = []Fix{{Title: words.NamesToolTitle.String(), Edits: gone, Preferred: true}}
		}
		j.report(f)
	}
}

// unname is the edit that takes a name out of an item. ok is false where the
// name is all the item says.
func (j *judge) unname(c claim, it policy.Item, name message.Span) (edits []message.Edit, ok bool) {
	if it.Note.Len() == 0 {
		return nil, false
	}
	note := c.value[it.Note.Start:it.Note.End]
	var rest []string
	at := it.Note.Start
	for part := range strings.SplitAfterSeq(note, ",") {
		end := at + len(part)
		text := strings.TrimSpace(strings.TrimSuffix(part, ","))
		if name.Start < end && at < name.End {
			text = strings.TrimSpace(c.value[at:max(at, name.Start)])
			if tail := strings.Trim(c.value[min(name.End, end):end], " ,"); tail != "" {
				text = strings.TrimSpace(text + " " + tail)
			}
			for _, w := range []string{"with", "by", "using", "via", "from", "in"} {
				text = strings.TrimSpace(strings.TrimSuffix(" "+text, " "+w))
			}
		}
		if text != "" {
			rest = append(rest, text)
		}
		at = end
	}
	out := it.Note
	text := strings.Join(rest, ", ")
	if text == "" {
		out = message.Span{Start: it.Name.End, End: min(it.Note.End+1, len(c.value))}
	}
	return []message.Edit{{Span: c.at(out), Text: text}}, true
}
