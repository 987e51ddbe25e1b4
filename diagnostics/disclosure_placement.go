package diagnostics

import (
	"slices"
	"strings"

	"colophon/message"
	"colophon/words"
)

var disclosurePlacement = &Rule{
	ID:       "disclosure-placement",
	Severity: Error,
	Summary:  "The disclosure stands where git does not see it, or where reviewers do not look for it.",
	Why: `Git takes only the last paragraph for trailers. A disclosure in the body, in an
earlier paragraph, in a comment or below the scissors is lost, however right it
looks. Some projects also say in front of which trailer it belongs; then one
that comes later is a warning.

A line that is indented by four blanks or more is an example and left alone.`,
	Fix: "Moves the line into the trailer block, in front of the sign-off where the policy wants it there.",
	Bad: []Example{{
		Policy:  "qemu-2026-09",
		Says:    "Two paragraphs look like trailers; git sees only the last.",
		Message: "tests: cover the empty queue\n\nIt crashed once.\n\nAI-used-for: tests\n\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}, {
		Policy:  "qemu-2026-09",
		Message: "tests: cover the empty queue\n\nIt crashed once.\n\nSigned-off-by: Jo Doe <jo@example.org>\nAI-used-for: tests\n",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-09",
		Message: "tests: cover the empty queue\n\nIt crashed once.\n\nAI-used-for: tests\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check: checkDisclosurePlacement,
}

func checkDisclosurePlacement(j *judge) {
	for _, c := range j.claims {
		if !c.exact && c.place != inComment {
			continue // disclosure-key comes first, and moves it too
		}
		why := j.misplaced(c)
		if why == "" {
			continue
		}
		f := Finding{Span: c.span, Message: why}
		switch {
		case c.place == inComment && (j.Use == UseNone || j.disclosed()):
			continue // the message says it without the comment, or says that there is nothing to say
		case c.place == inComment || c.place == inBlock:
			f.Severity = Warning
		}
		if edits := j.place(c); len(edits) > 0 {
			title := words.MoveTitle.With("trailer", c.want)
			if c.place == inBlock {
				title = words.PlaceBeforeTitle.With("trailer", c.want, "before", j.Policy.Disclosure.Before)
			}
			f.Fixes = []Fix{{
				Title:     title,
				Edits:     edits,
				Preferred: c.place != inComment, // a comment may be a note to oneself
			}}
		}
		if c.place == inComment {
			j.ask(f) // it may be a template's
			continue
		}
		j.report(f)
	}
}

// misplaced says what is wrong with where a disclosure stands; "" if nothing.
func (j *judge) misplaced(c claim) string {
	d := &j.Policy.Disclosure
	switch c.place {
	case inComment:
		return words.PlaceComment.With("trailer", c.want)
	case belowCut:
		return words.PlaceBelow.With("trailer", c.want)
	case inText:
		if j.brokenBlock().holds(c.span) || j.unwritten() {
			return "" // trailer-block mends the whole paragraph; or nothing is written yet
		}
		if c.para == j.Message.LastParagraph() && j.Message.Block.Len() > 0 {
			return words.PlaceIndented.String()
		}
		return words.NotInLastParagraph.With("trailer", c.want)
	}
	if before := j.firstOf(d.Before); before.Len() > 0 && c.span.Start > before.Start {
		return words.PlaceBefore.With("Project", j.Policy.Opening(), "trailer", c.want, "before", d.Before)
	}
	return ""
}

// firstOf is the first trailer with this token.
func (j *judge) firstOf(token string) message.Span {
	for _, t := range j.Message.Trailers {
		if token != "" && t.Value != "" && t.Is(token) {
			return t.Span
		}
	}
	return message.Span{}
}

// place is the edits that put a disclosure into the trailer block. A trailer that it
// has to stand in front of, and that git does not see either, comes along.
func (j *judge) place(c claim) []message.Edit {
	if j.brokenBlock() != nil {
		return nil // trailer-block comes first: a paragraph more would hide those trailers for good
	}
	return j.moveDown(c, j.lost(j.Policy.Disclosure.Before))
}

// moveDown is the edits that take a disclosure, and the entries that go with
// it, out and put them among the trailers.
func (j *judge) moveDown(c claim, with []entry) []message.Edit {
	out := []message.Edit{{Span: c.lines[0]}} // below the scissors there are no lines to keep apart
	if c.place != belowCut {
		lines := c.lines
		for _, e := range with {
			lines = append(slices.Clone(lines), e.lines()...)
		}
		out = j.Message.RemoveLines(lines)
	}
	edits := j.rewrite(out, func(m *message.Message) []message.Edit {
		return []message.Edit{m.AddTrailer(c.want, c.value, j.Policy.Disclosure.Before)}
	})
	for _, e := range with {
		text, err := message.Apply(j.Message.Text, edits)
		if err != nil {
			return nil
		}
		m := message.Parse(text, j.Message.Options)
		if text, err = message.Apply(text, []message.Edit{m.AddTrailer(e.token, e.value, "")}); err != nil {
			return nil
		}
		edits = message.Difference(j.Message.Text, text)
	}
	return edits
}

// lost are the entries with a token that git does not see as trailers.
func (j *judge) lost(token string) []entry {
	var es []entry
	for e := range entries(j.Message) {
		if len(es) < enough && strings.EqualFold(e.token, token) && e.folded == nil && e.value != "" {
			es = append(es, e)
		}
	}
	return es
}
