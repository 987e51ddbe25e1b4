package diagnostics

import (
	"slices"
	"strings"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

var trailerForbidden = &Rule{
	ID:       "trailer-forbidden",
	Severity: Error,
	Summary:  "A trailer that this project forbids, such as an AI as co-author.",
	Why: `The same trailer is wanted in one project and a breach in the next. A policy
lists what it refuses; where it refuses a trailer only for AI, a person's name in
it is left alone: curl's ` + "`Assisted-by: Jane Doe`" + ` is a human. AI identities are
known names and addresses of tools, never guesses.`,
	Fix: "Puts the project's own disclosure in its place, or removes it where one is there already.",
	Bad: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nSigned-off-by: Jo Doe <jo@example.org>\nCo-Authored-By: Claude <noreply@anthropic.com>\n",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-09",
		Says:    "A person as co-author is fine.",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: code\nCo-authored-by: Claude Dupont <claude@dupont.example>\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check: checkTrailerForbidden,
	cover: checkTrailerForbidden,
}

func checkTrailerForbidden(j *judge) {
	for e := range entries(j.Message) {
		for _, f := range j.Policy.Forbidden {
			if f.Trailer == "" || j.full() || !refuses(&f, e) {
				continue
			}
			says, why := words.ForbiddenAI, words.ForbiddenAIWhy
			if f.When != "" && f.When != "ai" || !strings.EqualFold(f.Trailer, e.token) {
				says, why = words.Forbidden, words.ForbiddenWhy
			}
			if f.Why != "" {
				says = why
			}
			this := words.ThisTrailerPiece.With("trailer", e.token)
			fixes := j.dropFix(e.lines(), this)
			instead := j.instead()
			if mild := j.Policy.Severity[j.rule.ID]; f.Mark != "" && instead == "" && j.Policy.Disclosure.Trailer == "" && (mild == "info" || mild == "hint") {
				fixes = nil // that it is refused is our reading, and nothing would take its place
			}
			if !j.isEvidence(e.span) {
				instead = ""
				// It says nothing of AI, so nothing takes its place.
				fixes = []Fix{{Title: words.RemoveTitle.With("lines", this), Edits: j.Message.RemoveLines(e.lines()), Preferred: true}}
			}
			j.report(Finding{
				Span:    e.span,
				Message: sentences(says.With("Project", j.Policy.Opening(), "trailer", e.token, "why", f.Why), instead),
				Fixes:   fixes,
			})
			break
		}
	}
}

// isEvidence tells whether a line of the message is evidence of AI use.
func (j *judge) isEvidence(s message.Span) bool {
	return slices.ContainsFunc(j.Evidence, func(e Evidence) bool { return e.InMessage() && e.Span == s })
}

// instead says where a project that wants nothing in the message wants to hear of
// AI use, with words for it; "" where that is the message.
func (j *judge) instead() string {
	if j.Policy.Disclosure.Trailer != "" || !j.Policy.PullRequest.Wanted() || j.declines() {
		return ""
	}
	return words.SayInRequest.With("request", j.Policy.PullRequest.Noun(), "text", j.requestWords())
}

// refuses tells whether a line is what an entry of the policy refuses.
func refuses(f *policy.Forbidden, e entry) bool {
	if !strings.EqualFold(f.Trailer, e.token) {
		return f.Similar && isDisclosure(e.token) && !isNegative(e.value)
	}
	switch f.When {
	case "always":
		return true
	case "unless-person":
		p := person(e.value)
		return p.Email == "" || IsTool(p)
	}
	return isToolValue(e.value)
}
