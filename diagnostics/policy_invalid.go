package diagnostics

var policyInvalid = &Rule{
	ID:       "policy-invalid",
	Severity: Error,
	Summary:  "The policy file cannot be used.",
	Why: `A policy is read strictly: an unknown key, a value that no rule could use, a pattern
that is none, a zone that is not there or a circle of ` + "`extends`" + ` is an error at the
exact place, with the word that is probably meant. While the policy cannot be used,
messages are not judged: in the editor the one finding says so, and the commands end
with status 2.

` + "`colophon policy validate`" + ` prints every problem of a file; in the editor they stand in
the file itself.`,
	Fix: "In the policy file: writes the word that is meant, where that is clear.",
	Bad: []Example{{
		Policy: "version: 1\nproject: Example\ndisclosre: {trailer: AI-used-for}\n", Says: "A slip in a key.",
		Message: "queue: drop a dead store\n\nIt is never read.\n",
	}},
	Good: []Example{{
		Policy: "version: 1\nproject: Example\ndisclosure: {trailer: AI-used-for}\n", Says: "As it is meant.",
		Message: "queue: drop a dead store\n\nIt is never read.\n\nAI-used-for: code\n",
	}},
}
