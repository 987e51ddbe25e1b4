package diagnostics

import (
	"fmt"
	"strings"

	"colophon/message"
	"colophon/policy"
)

// kinds are the kinds of use that the staged files suggest, in the policy's
// order. While the change is not known they are the policy's first.
func (j *judge) kinds() []string {
	staged := make(map[string]bool)
	for _, c := range j.Totals.classes {
		if k := j.kindOf(c); k != "" {
			staged[k] = true
		}
	}
	known := j.Policy.Disclosure.Kinds
	if len(known) == 0 {
		known = []string{"code", "tests", "docs"}
	}
	var kinds []string
	for _, k := range known {
		if staged[k] {
			kinds = append(kinds, k)
		}
	}
	if len(kinds) == 0 {
		kinds = known[:1]
	}
	return kinds
}

// kindOf is the kind of use that a class of files stands for, "" if none does.
func (j *judge) kindOf(c policy.Class) string {
	if len(j.Policy.Disclosure.Kinds) > 0 {
		return j.Policy.Disclosure.Kind(c)
	}
	return map[policy.Class]string{policy.Code: "code", policy.Test: "tests", policy.Documentation: "docs"}[c]
}

// Proposals are the values that a disclosure of this change could have, the
// likeliest first: all kinds that are staged, then each alone, then the others.
func Proposals(in Input) []string { return newJudge(in).proposals() }

func (j *judge) proposals() []string {
	kinds := j.kinds()
	values := []string{strings.Join(kinds, ", ")}
	if len(kinds) > 1 {
		values = append(values, kinds...)
	}
	for _, k := range j.Policy.Disclosure.Kinds {
		if !strings.Contains(", "+strings.Join(values, ", ")+",", ", "+k+",") {
			values = append(values, k)
		}
	}
	return values
}

// insertions are the fixes that add a disclosure, one per proposal. The first
// is preferred if AI use is a fact; otherwise the person decides.
func (j *judge) insertions() []Fix {
	var fixes []Fix
	values := j.proposals()
	if n := len(j.kinds()); n > 1 {
		values = values[:n+1]
	} else {
		values = values[:1]
	}
	for i, v := range values {
		fixes = append(fixes, Fix{
			Title:     fmt.Sprintf("Insert `%s: %s`", j.Policy.Disclosure.Trailer, v),
			Edits:     []message.Edit{j.add(j.Message, v)},
			Preferred: i == 0 && j.Use == UseEvident,
		})
	}
	return fixes
}

func (j *judge) add(m *message.Message, value string) message.Edit {
	return m.AddTrailer(j.Policy.Disclosure.Trailer, value, j.Policy.Disclosure.Before)
}

// move is the edits that take lines out and put the disclosure where it
// belongs.
func (j *judge) move(lines []message.Span, value string) []message.Edit {
	return j.rewrite(j.Message.RemoveLines(lines), func(m *message.Message) []message.Edit {
		return []message.Edit{j.add(m, value)}
	})
}

// drop is the edits that take lines about AI out. Where the policy has a
// disclosure and none is there yet, one takes their place: what was said must
// not get lost.
func (j *judge) drop(lines []message.Span) (edits []message.Edit, value string) {
	if j.Policy.Disclosure.Trailer == "" || j.disclosed() {
		return j.Message.RemoveLines(lines), ""
	}
	value = strings.Join(j.kinds(), ", ")
	return j.move(lines, value), value
}

// dropFix is drop as a fix. A project that declines AI content gets none: that
// would only hide it.
func (j *judge) dropFix(lines []message.Span, what string) []Fix {
	if j.Policy.Declines() {
		return nil
	}
	edits, value := j.drop(lines)
	title := "Remove " + what
	if value != "" {
		title = fmt.Sprintf("Replace %s by `%s: %s`", what, j.Policy.Disclosure.Trailer, value)
	}
	return []Fix{{Title: title, Edits: edits, Preferred: true}}
}

// rewrite makes edits in two steps, the second on the outcome of the first, and
// returns them as one edit of what differs.
func (j *judge) rewrite(first []message.Edit, then func(*message.Message) []message.Edit) []message.Edit {
	text, err := message.Apply(j.Message.Text, first)
	if err == nil {
		text, err = message.Apply(text, then(message.Parse(text, j.Message.Options)))
	}
	if err != nil {
		return nil // the edits are our own; a fix without edits is not offered
	}
	return message.Difference(j.Message.Text, text)
}

// FixAll applies the preferred fix of the first finding that has one, judges
// again, and goes on until there is none. It returns the new text and the
// titles of what it did; a text that comes back ends it.
func FixAll(in Input) (text string, done []string) {
	seen := map[string]bool{in.Message.Text: true}
	for range maxFixes {
		next, title := fixOne(in, seen)
		if title == "" {
			break
		}
		seen[next] = true
		done = append(done, title)
		in.Message = message.Parse(next, in.Message.Options)
	}
	return in.Message.Text, done
}

// maxFixes is more than any message needs; every fix removes its finding.
const maxFixes = 50

func fixOne(in Input, seen map[string]bool) (text, title string) {
	for _, f := range Check(in) {
		for _, fix := range f.Fixes {
			if !fix.Preferred || len(fix.Edits) == 0 {
				continue
			}
			next, err := message.Apply(in.Message.Text, fix.Edits)
			if err == nil && !seen[next] {
				return next, fix.Title
			}
		}
	}
	return "", ""
}
