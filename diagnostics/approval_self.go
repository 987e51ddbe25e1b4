package diagnostics

import "fmt"

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
		if a.fault == nil && samePerson(a.by, j.author()) {
			f := Finding{
				Span:    a.trailer.At(whole(a.trailer.Value)),
				Message: fmt.Sprintf("`%s` names the author of this change; %s wants somebody else's agreement here", a.trailer.Token, j.Policy.Words()),
			}
			if who := ownersWords(j.owners()); who != "" {
				f.Message += ", such as that of " + who
			}
			f.Message += "."
			j.report(f)
		}
	}
}

// author is the author of the change, or, where that is not known, the committer.
func (j *judge) author() Person {
	if j.Author == (Person{}) {
		return j.Committer
	}
	return j.Author
}
