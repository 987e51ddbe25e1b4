package diagnostics

import "colophon/words"

var identityForbidden = &Rule{
	ID:       "identity-forbidden",
	Severity: Error,
	Summary:  "The commit's author or committer is an AI, which this project does not take.",
	Why: `Some agents commit under an account of their own. A project that wants a person to
answer for each change takes no such author or committer. Identities are known names
and addresses of tools, never guesses.

The author is set with ` + "`git commit --amend --author='Name <address>'`" + ` or
` + "`--reset-author`" + `, by the person who answers for the change.`,
	Bad: []Example{{
		Policy: "version: 1\nproject: Example\nforbidden: [{identity: author, why: a person answers for each change}]\n",
		Author: Person{"copilot-swe-agent[bot]", "198982749+Copilot@users.noreply.github.com"}, Says: "The author is copilot-swe-agent[bot].",
		Message: "queue: drop a dead store\n\nIt is never read.\n",
	}},
	Good: []Example{{
		Policy: "version: 1\nproject: Example\nforbidden: [{identity: author, why: a person answers for each change}]\n",
		Author: Person{"Jo Doe", "jo@example.org"}, Says: "The author is Jo Doe.",
		Message: "queue: drop a dead store\n\nIt is never read.\n",
	}},
	check: checkIdentityForbidden,
}

func checkIdentityForbidden(j *judge) {
	for _, p := range []struct {
		who string
		Person
	}{{"author", j.Author}, {"committer", j.Committer}} {
		f := j.Policy.ForbidsIdentity(p.who)
		if f == nil || !IsTool(p.Person) {
			continue
		}
		says, next := words.IdentityAuthor, words.IdentityAuthorNext
		if p.who == "committer" {
			says, next = words.IdentityCommitter, words.IdentityCommitterNext
		}
		switch {
		case f.Why == "":
		case p.who == "committer":
			says = words.IdentityCommitterWhy
		default:
			says = words.IdentityAuthorWhy
		}
		j.report(Finding{
			Span:    j.where(),
			Message: sentences(says.With("name", p.Name, "project", j.Policy.Words(), "why", f.Why), next.String()),
		})
	}
}
