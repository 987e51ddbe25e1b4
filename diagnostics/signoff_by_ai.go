package diagnostics

import (
	"strings"

	"colophon/policy"
	"colophon/words"
)

var signoffByAI = &Rule{
	ID:       "signoff-by-ai",
	Severity: Error,
	Summary:  "An AI signs off; only a person can.",
	Why: `Signed-off-by certifies the Developer Certificate of Origin. A tool cannot
certify anything, so its sign-off is void, and a person's is still missing.`,
	Fix: "Takes the tool's sign-off out and discloses the use instead; your own sign-off is offered, never added unasked.",
	Bad: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: code\nSigned-off-by: Claude <noreply@anthropic.com>\n",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check: checkSignoffByAI,
}

func checkSignoffByAI(j *judge) {
	if j.Policy.SignOff.ByAI != policy.Refused {
		return
	}
	for e := range entries(j.Message) {
		if !strings.EqualFold(e.token, signedOffBy) || j.full() || !isToolValue(e.value) {
			continue
		}
		says := words.SignoffByAI
		if j.Policy.SignOff.Why != "" {
			says = words.SignoffByAIWhy
		}
		f := Finding{
			Span:    e.span,
			Message: says.With("project", j.Policy.Words(), "why", j.Policy.SignOff.Why),
			Fixes:   j.dropFix(e.lines(), words.ThisSignoffPiece.String()),
		}
		if !j.Policy.Declines() {
			f.Fixes = append(f.Fixes, j.signFix(words.SignoffInsteadTitle, e.lines())...)
		}
		j.report(f)
	}
}
