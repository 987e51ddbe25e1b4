package diagnostics

var policyUnmatched = &Rule{
	ID:       "policy-unmatched",
	Severity: Hint,
	Summary:  "A pattern in the policy file matches no file of this repository.",
	Why: `A path that was renamed, or a slip, leaves a zone or a class empty without a word.
In the policy file, and in ` + "`colophon policy validate`" + `, a pattern that matches none of the
files that git tracks is told of. It is a hint: a policy may be written for files to
come, or be shared by several repositories.

Nothing is said in a repository without tracked files, or with more than 200,000.`,
	Bad: []Example{{
		Policy: "version: 1\nproject: Example\nzones:\n  - {name: core, paths: [\"inlcude/**\"]}\n", Says: "The repository has `include/queue.h`.",
		Message: "queue: drop a dead store\n\nIt is never read.\n",
	}},
	Good: []Example{{
		Policy: "version: 1\nproject: Example\nzones:\n  - {name: core, paths: [\"include/**\"]}\n", Says: "As it is meant.",
		Message: "queue: drop a dead store\n\nIt is never read.\n",
	}},
}
