package diagnostics

var commitContents = &Rule{
	ID:       "commit-contents",
	Severity: Info,
	Summary:  "What this commit will contain could not be told for certain, or not counted.",
	Why: `Git says nowhere on disk which files the commit being written will contain: an
amend looks like a new commit, and what is staged while the editor is open is not
part of it. Colophon finds out where it can (see [how it knows](../how-it-knows.md)).
Where it cannot, or where git took too long, the limit and the zones may be judged
by something else than this commit, and this finding says by what.

It is there only where the policy has a limit or zones, and not once it is said
that no AI was used. While AI use is not known, it is folded into the one hint.`,
	Bad: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("hw/net/e1000.c", 1),
		Doubt:   "Counting what is staged; this looks like an amend of 1f2e3d4 (hw/net: drop a dead store), whose own changes are not counted.",
		Says:    "Staged: hw/net/e1000.c. The message is that of the commit at HEAD.",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("hw/net/e1000.c", 1),
		Says:    "The same, where git itself says that it waits for a new commit.",
	}},
	check: checkCommitContents,
}

func checkCommitContents(j *judge) {
	if j.Doubt == "" || j.Use == UseNone || j.Policy.Limits.SmallFix == nil && len(j.Policy.Zones) == 0 {
		return
	}
	j.ask(Finding{Span: j.where(), Message: j.Doubt})
}
