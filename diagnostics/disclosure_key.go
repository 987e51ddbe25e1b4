package diagnostics

import (
	"colophon/message"
	"colophon/words"
)

var disclosureKey = &Rule{
	ID:       "disclosure-key",
	Severity: Warning,
	Summary:  "The disclosure's key is misspelt or a variant of the policy's.",
	Why: `Git compares tokens without case, people and scripts may not; and a key with
blanks in it is no trailer for git at all. Case, blanks, hyphens and up to two
slips of the finger are recognised.`,
	Fix: "Writes the key as the policy has it, in the place where git and the policy look for it.",
	Bad: []Example{{
		Policy:  "qemu-2026-09",
		Message: "tests: cover the empty queue\n\nIt crashed once.\n\nAI-Used-For: tests\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}, {
		Policy:  "qemu-2026-09",
		Message: "tests: cover the empty queue\n\nIt crashed once.\n\nAI used for: tests\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-09",
		Message: "tests: cover the empty queue\n\nIt crashed once.\n\nAI-used-for: tests\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check: checkDisclosureKey,
}

func checkDisclosureKey(j *judge) {
	for _, c := range j.claims {
		want := c.want
		if c.exact || c.place == inComment {
			continue
		}
		f := Finding{
			Span:    c.key,
			Message: words.KeyCase.With("Project", j.Policy.Opening(), "trailer", want),
		}
		if !c.known {
			f.Severity = Error // no script that looks for the trailer finds this one
			f.Message = words.KeyOther.With("key", j.Message.Slice(c.key), "project", j.Policy.Words(), "trailer", want)
		}
		edits := []message.Edit{{Span: c.key, Text: want}}
		if j.misplaced(c) != "" {
			edits = j.place(c)
		}
		f.Fixes = []Fix{{Title: words.WriteTitle.With("text", want), Edits: edits, Preferred: true}}
		j.report(f)
	}
}
