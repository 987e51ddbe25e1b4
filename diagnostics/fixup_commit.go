package diagnostics

import (
	"strings"

	"colophon/message"
	"colophon/words"
)

var fixupCommit = &Rule{
	ID:       "fixup-commit",
	Severity: Warning,
	Summary:  "A commit that is to be squashed into another is still by itself.",
	Why: `A subject that begins with ` + "`fixup! `, `squash! ` or `amend! `" + ` is a note for
` + "`git rebase --autosquash`" + `, which makes the commit part of another one. A policy with
` + "`series: {fixups: forbidden}`" + ` takes none: what is pushed or mailed is what stays.

It is judged where commits were made: in a range, in what is pushed, in mailed
patches. While the message is written it is silent.`,
	Bad: []Example{{
		Policy:  "version: 1\nproject: Example\nseries: {fixups: forbidden}\n",
		Message: "fixup! queue: drop a dead store\n",
		Made:    true,
		Says:    "It is one of the commits of a range.",
	}},
	Good: []Example{{
		Policy:  "version: 1\nproject: Example\nseries: {fixups: forbidden}\n",
		Message: "queue: drop a dead store\n\nIt is never read.\n",
		Made:    true,
		Says:    "It is what the rebase leaves.",
	}},
	check: checkFixupCommit,
}

func checkFixupCommit(j *judge) {
	if !j.Made || j.Policy.Series.Fixups != "forbidden" {
		return
	}
	if mark := fixupMark(j.Message); mark.Len() > 0 {
		j.report(Finding{Span: mark, Message: words.FixupCommit.With("Project", j.Policy.Opening())})
	}
}

// IsFixup tells whether `git rebase --autosquash` would make a commit part of another.
func IsFixup(m *message.Message) bool { return fixupMark(m).Len() > 0 }

// fixupMark is the word that says so, with its exclamation mark.
func fixupMark(m *message.Message) message.Span {
	subject := m.Slice(m.Subject)
	for _, mark := range []string{"fixup!", "squash!", "amend!"} {
		if strings.HasPrefix(subject, mark+" ") {
			return message.Span{Start: m.Subject.Start, End: m.Subject.Start + len(mark)}
		}
	}
	return message.Span{}
}
