package diagnostics

import "colophon/words"

var policyOutdated = &Rule{
	ID:       "policy-outdated",
	Severity: Info,
	Summary:  "The policy is past its re-check date.",
	Why: `Texts on AI change, and a policy says when somebody should read its project's text
again. After that date a disclosure that follows it may not be what the project wants
today. It is told only where AI use is declared or evident, and never stops a commit.`,
	Bad: []Example{{
		Policy: "version: 1\nextends: qemu-2026-09\nproject: Example\nas_of: 2026-01-01\nrecheck_by: 2026-04-01\n", Today: "2026-11-24", Says: "On 24 November 2026.",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	Good: []Example{{
		Policy: "version: 1\nextends: qemu-2026-09\nproject: Example\nas_of: 2026-01-01\nrecheck_by: 2027-04-01\n", Today: "2026-11-24", Says: "On the same day, with a later date.",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check:   checkPolicyOutdated,
	request: checkPolicyOutdated,
	issue:   checkPolicyOutdated,
}

func checkPolicyOutdated(j *judge) {
	p := j.Policy
	if p.RecheckBy == "" || j.Today <= p.RecheckBy || j.Use != UseDeclared && j.Use != UseEvident {
		return
	}
	says := words.Outdated
	switch {
	case p.AsOf != "" && p.Source != "":
		says = words.OutdatedSinceSource
	case p.AsOf != "":
		says = words.OutdatedSince
	case p.Source != "":
		says = words.OutdatedSource
	}
	j.report(Finding{
		Span:    j.evidencePlace(),
		Message: says.With("project", p.Words(), "date", p.AsOf, "recheck", p.RecheckBy, "source", p.Source),
	})
}
