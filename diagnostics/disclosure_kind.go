package diagnostics

import (
	"slices"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

var disclosureKind = &Rule{
	ID:       "disclosure-kind",
	Severity: Info,
	Summary:  "The declared kinds and the staged files do not fit.",
	Why: `A disclosure says which parts of the change AI helped with. When it names tests
and no test is staged, or only documentation while nothing but code is staged,
one of the two is probably a slip. The same goes for a disclosure that does not name a
kind of files in which AI wrote by [a tool's record](../evidence.md). Nothing is said
while it is not known what the commit will contain.`,
	Bad: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: tests\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("hw/net/e1000.c", 1),
		Says:    "Staged: hw/net/e1000.c.",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-09",
		Message: "tests: cover the empty queue\n\nIt crashed once.\n\nAI-used-for: tests\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("tests/qtest/e1000-test.c", 12),
		Says:    "Staged: tests/qtest/e1000-test.c.",
	}},
	check:   checkDisclosureKind,
	request: requestKind,
}

func checkDisclosureKind(j *judge) {
	if len(j.Files) == 0 {
		return
	}
	staged := make(map[policy.Class]bool)
	for _, c := range j.Totals.classes {
		staged[c] = true
	}
	for _, c := range j.claims {
		if c.place != inBlock {
			continue
		}
		for _, it := range j.Policy.Disclosure.Items(c.value) {
			class := classOf(it.Kind)
			if class == "" || staged[class] {
				continue
			}
			j.report(Finding{
				Span:    c.at(it.Name),
				Message: map[policy.Class]words.Sentence{policy.Code: words.KindNoCode, policy.Test: words.KindNoTest, policy.Documentation: words.KindNoDocs}[class].String(),
			})
		}
	}
	j.unnamedKinds()
}

// unnamedKinds reports kinds of files in which AI wrote by a record and that the disclosures,
// which name others, do not name.
func (j *judge) unnamedKinds() {
	named := j.declaredKinds()
	i := slices.IndexFunc(j.claims, func(c claim) bool { return c.place == inBlock })
	if named == nil || i < 0 || !j.namesKinds() {
		return
	}
	c := j.claims[i]
	items := j.Policy.Disclosure.Items(c.value)
	for k := range j.Totals.notes {
		n := &j.Totals.notes[k]
		for _, class := range n.totals.classes {
			kind := j.kindOf(class)
			if kind == "" || named[kind] || len(items) == 0 {
				continue
			}
			named[kind] = true // once
			end := c.at(items[len(items)-1].Span).End
			j.report(Finding{
				Span:    c.at(items[0].Name),
				Message: words.KindNoted.With("source", string(n.Source), "class", inWords(class), "kind", kind),
				Fixes: []Fix{{
					Title: words.KindTitle.With("kind", kind), Preferred: true,
					Edits: []message.Edit{{Span: message.Span{Start: end, End: end}, Text: ", " + kind}},
				}},
			})
		}
	}
}

// inWords is what files of a class are.
func inWords(c policy.Class) string {
	switch c {
	case policy.Test:
		return words.ClassesTest.String()
	case policy.Generated:
		return words.ClassesGenerated.String()
	case policy.Vendored:
		return words.ClassesVendored.String()
	}
	return string(c)
}

// classOf is the class of files that a kind of use speaks of; "" for a kind,
// such as research, that leaves no file.
func classOf(kind string) policy.Class {
	switch kind {
	case "code":
		return policy.Code
	case "tests":
		return policy.Test
	case "docs":
		return policy.Documentation
	}
	return ""
}
