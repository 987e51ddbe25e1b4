package diagnostics

import (
	"colophon/policy"
	"colophon/words"
)

var disclosureKind = &Rule{
	ID:       "disclosure-kind",
	Severity: Info,
	Summary:  "The declared kinds and the staged files do not fit.",
	Why: `A disclosure says which parts of the change AI helped with. When it names tests
and no test is staged, or only documentation while nothing but code is staged,
one of the two is probably a slip. Nothing is said while it is not known what
the commit will contain.`,
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
