package diagnostics

import "colophon/words"

var footerForbidden = &Rule{
	ID:       "footer-forbidden",
	Severity: Error,
	Summary:  "A tool's advertisement or session link stands in the message.",
	Why: `Some tools write a line about themselves, or a link to a conversation, under the
messages they draft. A project that wants no tool named wants no such line.`,
	Fix: "Puts the project's own disclosure in its place, or removes it where one is there already.",
	Bad: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check: checkFooterForbidden,
	cover: checkFooterForbidden,
}

func checkFooterForbidden(j *judge) {
	f := j.Policy.ForbidsFooters()
	if f == nil {
		return
	}
	says := words.Footer
	if f.Why != "" {
		says = words.FooterWhy
	}
	for _, e := range j.Evidence {
		if e.Source != "footer" || j.full() {
			continue
		}
		j.report(Finding{
			Span:    e.Span,
			Message: sentences(says.With("Project", j.Policy.Opening(), "why", f.Why), j.instead()),
			Fixes:   j.dropFix(e.lines, words.ThisLinePiece.String()),
		})
	}
}
