package diagnostics

import "colophon/words"

var approvalSelf = &Rule{
	ID:       "approval-self",
	Severity: Error,
	Summary:  "The person who granted the agreement is the author.",
	Why: `An agreement is somebody else's. People are told apart by their e-mail address, and
by their name where one of the two has none.`,
	Bad: []Example{{
		Policy: examplePolicy, Author: Person{"Jo Doe", "jo@example.org"}, Files: added("include/queue.h", 3),
		Says:    "The author is Jo Doe.",
		Message: "queue: shorten the lookup\n\nIt was slow.\n\nAI-used-for: code\nAI-exception-granted-by: Jo Doe <jo@example.org>\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	Good: []Example{{
		Policy: examplePolicy, Author: Person{"Jo Doe", "jo@example.org"}, Files: added("include/queue.h", 3), Owners: exampleOwners,
		Says:    "The author is Jo Doe, and Mary maintains the file.",
		Message: "queue: shorten the lookup\n\nIt was slow.\n\nAI-used-for: code\nAI-exception-granted-by: Mary Maintainer <mary@example.org>\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check: checkApprovalSelf,
}

func checkApprovalSelf(j *judge) {
	for _, a := range j.approvals() {
		if a.says != "" || !samePerson(a.by, j.author()) {
			continue
		}
		says, who := words.ApprovalSelf, ownersWords(j.owners())
		if who != "" {
			says = words.ApprovalSelfAsk
		}
		j.report(Finding{
			Span:    a.trailer.At(whole(a.trailer.Value)),
			Message: says.With("trailer", a.trailer.Token, "project", j.Policy.Words(), "people", who),
		})
	}
}

// author is the author of the change, or, where that is not known, the committer.
func (j *judge) author() Person {
	if j.Author == (Person{}) {
		return j.Committer
	}
	return j.Author
}
