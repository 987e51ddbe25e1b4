package diagnostics

import "fmt"

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
		why := ""
		if f.Why != "" {
			why = ", because " + f.Why
		}
		j.report(Finding{
			Span:    j.where(),
			Message: fmt.Sprintf("The %s of this commit is %s; %s takes no AI as %s%s. `git commit --amend --reset-author` makes it yours.", p.who, p.Name, j.Policy.Words(), p.who, why),
		})
	}
}
