package diagnostics

import (
	"slices"
	"strings"

	"colophon/policy"
	"colophon/words"
)

var aiDeclined = &Rule{
	ID:       "ai-declined",
	Severity: Error,
	Summary:  "The project declines content that AI generated, and AI use is declared or evident.",
	Why: `A project may decline AI-generated content altogether. Then nothing helps but to
know it before the change is sent. Colophon offers no fix: one that removes the
line would only hide what it says.

Uses that leave nothing in the contribution may be outside the policy; a
disclosure that names only those is no finding.`,
	Bad: []Example{{
		Policy:  "qemu-decline",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nCo-authored-by: Claude <noreply@anthropic.com>\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	Good: []Example{{
		Policy:  "qemu-decline",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: research\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check:   checkAIDeclined,
	request: requestDeclined,
}

func checkAIDeclined(j *judge) {
	if !j.declined() {
		return
	}
	allowed := j.Policy.Disclosure.Allowed
	var fixes []Fix
	here, known := words.DeclinedHere, words.DeclinedKnown
	switch {
	case j.Policy.Stance.Code != policy.DeclineUnless:
	case j.Policy.Approval.Trailer == "":
		here, known = words.DeclinedUnlessHere, words.DeclinedUnlessKnown
	default:
		here, known = words.DeclinedUnlessTrailerHere, words.DeclinedUnlessTrailerKnown
		fixes = j.approvalFix()
	}
	for _, e := range j.Evidence {
		if j.full() || isDisclosure(e.token) && onlyAllowed(e.value, allowed) {
			continue
		}
		f := Finding{Span: j.where(), Message: j.declinedWords(known, e.words())}
		if e.InMessage() {
			f.Span, f.Message = e.Span, j.declinedWords(here, "")
		}
		f.Fixes, fixes = fixes, nil
		j.report(f)
	}
	for _, c := range j.claims {
		if c.place != inComment && !onlyAllowed(c.value, allowed) {
			j.report(Finding{Span: c.span, Message: j.declinedWords(here, ""), Fixes: fixes})
			fixes = nil
		}
	}
}

// declinedWords says that the project declines what AI generated, why, and what it
// does not mean by that.
func (j *judge) declinedWords(says words.Sentence, evidence string) string {
	because, outside := "", ""
	if j.Policy.StanceWhy != "" {
		because = words.DeclinedBecausePiece.With("why", j.Policy.StanceWhy)
	}
	if allowed := j.Policy.Disclosure.Allowed; len(allowed) > 0 {
		outside = words.DeclinedOutsidePiece.With("uses", list(allowed, words.Or))
	}
	return says.With("evidence", evidence, "project", j.Policy.Words(), "trailer", j.Policy.Approval.Trailer,
		"because", because, "outside", outside)
}

// declined tells whether the project declines AI help with what this commit
// contains, as far as that is known, and no agreement is recorded.
func (j *judge) declined() bool {
	stances := &j.Policy.Stance
	about := j.aboutClass()
	by := stances.Of(policy.Code)
	if len(j.Files) > 0 && (j.declaredKinds() != nil || !slices.Contains(j.Totals.classes, policy.Code)) {
		// Beside code, help that names no kind may have been with the code alone.
		by = policy.Allow
		for _, c := range j.Totals.classes {
			if s := stances.Of(c); about(c) && (s == policy.Decline || s == policy.DeclineUnless && by != policy.Decline) {
				by = s
			}
		}
	}
	return by == policy.Decline || by == policy.DeclineUnless && !j.approved()
}

// onlyAllowed tells whether every item of a disclosure is a use that the policy
// does not cover.
func onlyAllowed(value string, allowed []string) bool {
	if value == "" {
		return false
	}
	for item := range strings.SplitSeq(value, ",") {
		item, _, _ = strings.Cut(item, "(")
		if !slices.Contains(allowed, strings.ToLower(strings.TrimSpace(item))) {
			return false
		}
	}
	return true
}

// requestDeclined is the same for the text of a pull request, where the place that
// tells of AI use is a section or a box.
func requestDeclined(j *judge) {
	if !j.declined() || j.Use != UseDeclared && j.Use != UseEvident {
		return
	}
	r := j.readRequest()
	says := words.DeclinedRequest.With("Project", j.Policy.Opening())
	if len(j.Evidence) > 0 && j.Evidence[0].Source == "commit" { // which is not here
		says = j.declinedWords(words.DeclinedKnown, j.Evidence[0].words())
	}
	j.report(Finding{Span: r.heading(), Message: says})
}
