package diagnostics

import (
	"fmt"
	"strings"

	"colophon/policy"
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
	for _, e := range j.entries {
		if !strings.EqualFold(e.token, signedOffBy) || j.full() || !isToolValue(e.value) {
			continue
		}
		f := Finding{
			Span:    e.span,
			Message: fmt.Sprintf("An AI cannot sign off; %s wants the sign-off of a person", j.Policy.Who()),
		}
		if why := j.Policy.SignOff.Why; why != "" {
			f.Message += ", because " + why
		}
		f.Message += "."
		f.Fixes = j.dropFix(e.lines, "this sign-off")
		if !j.Policy.Declines() {
			f.Fixes = append(f.Fixes, j.signFix("Replace it by `%s`", e.lines)...)
		}
		j.report(f)
	}
}
