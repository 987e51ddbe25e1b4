package diagnostics

import (
	"fmt"
	"strings"

	"colophon/message"
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
		if c.place == inBlock || c.place == inComment {
			f.Severity = Warning
		}
		if edits := j.place(c); len(edits) > 0 {
			f.Fixes = []Fix{{
				Title:     fmt.Sprintf("Move `%s` to where git and %s look for it", j.Policy.Disclosure.Trailer, j.Policy.Who()),
				Edits:     edits,
				Preferred: c.place != inComment, // a comment may be a note to oneself
			}}
		}
		j.report(f)
	}
}

// misplaced says what is wrong with where a disclosure stands; "" if nothing.
func (j *judge) misplaced(c claim) string {
	d := &j.Policy.Disclosure
	switch c.place {
	case inComment:
		return fmt.Sprintf("Git strips this comment, so the commit will not say it; `%s` belongs among the trailers.", d.Trailer)
	case belowCut:
		return fmt.Sprintf("Git drops everything below the scissors; `%s` belongs among the trailers above.", d.Trailer)
	case inText:
		if j.brokenBlock().holds(c.span) || j.unwritten() {
			return "" // trailer-block mends the whole paragraph; or nothing is written yet
		}
		if c.para == j.Message.LastParagraph() && j.Message.Block.Len() > 0 {
			return "Git reads this indented line as part of the one above it; it must start at the first column."
		}
		return fmt.Sprintf("Git takes only the last paragraph for trailers and will not see `%s` here; move it down to them.", d.Trailer)
	}
	if before := j.firstOf(d.Before); before.Len() > 0 && c.span.Start > before.Start {
		return fmt.Sprintf("%s wants `%s` before `%s`.", capital(j.Policy.Words()), d.Trailer, d.Before)
	}
	return ""
}

// firstOf is the first line above the cut that has this token, trailer or not.
func (j *judge) firstOf(token string) message.Span {
	var first message.Span
	for _, e := range j.entries {
		if token != "" && strings.EqualFold(e.token, token) && (first.Len() == 0 || e.span.Start < first.Start) {
			first = e.span
		}
	}
	return first
}

// place is the edits that put a disclosure into the trailer block.
func (j *judge) place(c claim) []message.Edit {
	var out []message.Edit
	if c.place == belowCut {
		out = []message.Edit{{Span: c.lines[0]}}
	} else {
		out = j.Message.RemoveLines(c.lines)
	}
	value := c.value
	if c.trailer != nil {
		value = c.trailer.Value
	}
	return j.rewrite(out, func(m *message.Message) []message.Edit {
		return []message.Edit{j.add(m, value)}
	})
}
