package diagnostics

import "colophon/words"

var recordUnread = &Rule{
	ID:       "record-unread",
	Severity: Info,
	Summary:  "What an AI tool noted of this change could not be read.",
	Why: `Some tools note which lines AI wrote (see [the records of AI tools](../evidence.md)).
A record that is cut short, or of a form that Colophon does not know, says nothing: the
change is judged as if it were not there, and this says so, once. It never makes a check
fail, and nothing has to be done about it.`,
	Bad: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("hw/net/e1000.c", 1),
		Unread:  []Unread{{Source: "git-ai", Why: words.UnreadBrokenPiece.String()}},
		Says:    "Staged: 1 line of hw/net/e1000.c, and half a file in git-ai's working log.",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("hw/net/e1000.c", 1),
		Says:    "The same, with a working log that can be read, or none.",
	}},
	check: checkRecordUnread,
}

func checkRecordUnread(j *judge) {
	for _, u := range j.Unread {
		j.report(Finding{Span: j.where(), Message: words.UnreadRecord.With("source", u.Source, "why", u.Why)})
	}
}
