package diagnostics

import (
	"cmp"
	"strings"

	"colophon/words"
)

const codevelopedBy = "Co-developed-by"

var codevelopedSignoff = &Rule{
	ID:       "codeveloped-signoff",
	Severity: Error,
	Summary:  "A Co-developed-by is not followed by the sign-off of the same person.",
	Why: `Who developed a change with others certifies the Developer Certificate of Origin for
it, too: in the kernel each Co-developed-by is followed at once by the Signed-off-by
of the same person. Since a tool cannot sign off, it cannot be a co-developer either.`,
	Fix: "Puts the project's own disclosure in the place of a tool. A person's sign-off is never added: it is theirs to give.",
	Bad: []Example{{
		Policy:  "linux-7.3",
		Message: "net: drop a dead store\n\nIt is never read.\n\nAssisted-by: LLM\nCo-developed-by: Claude <noreply@anthropic.com>\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}, {
		Policy:  "linux-7.3",
		Message: "net: drop a dead store\n\nIt is never read.\n\nCo-developed-by: Mary Miller <mary@example.org>\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	Good: []Example{{
		Policy:  "linux-7.3",
		Message: "net: drop a dead store\n\nIt is never read.\n\nCo-developed-by: Mary Miller <mary@example.org>\nSigned-off-by: Mary Miller <mary@example.org>\nAssisted-by: LLM\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check: checkCodevelopedSignoff,
}

func checkCodevelopedSignoff(j *judge) {
	if !j.Policy.SignOff.Codeveloped {
		return
	}
	for i, t := range j.Message.Trailers {
		if j.full() || !t.Is(codevelopedBy) || t.Value == "" {
			continue
		}
		if isToolValue(t.Value) {
			if strings.EqualFold(j.Policy.Disclosure.Trailer, codevelopedBy) || j.said(trailerForbidden) {
				continue
			}
			j.report(Finding{
				Span:    t.Span,
				Message: words.CodevelopedByAI.With("Project", j.Policy.Opening()),
				Fixes:   j.dropFix(t.Lines, words.ThisTrailerPiece.With("trailer", t.Token)),
			})
			continue
		}
		if next := i + 1; next < len(j.Message.Trailers) {
			n := j.Message.Trailers[next]
			if n.Is(signedOffBy) && samePerson(person(t.Value), person(n.Value)) {
				continue
			}
		}
		who := person(t.Value)
		j.report(Finding{
			Severity: j.unlessAI(Hint),
			Span:     t.Span,
			Message:  words.CodevelopedOpen.With("Project", j.Policy.Opening(), "person", cmp.Or(who.Name, who.Email)),
		})
	}
}

// unlessAI is a milder severity for what is not about AI, while none is known.
func (j *judge) unlessAI(s Severity) Severity {
	if j.Use == UseUnknown || j.Use == UseNone {
		return s
	}
	return ""
}
