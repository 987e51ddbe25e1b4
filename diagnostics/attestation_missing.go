package diagnostics

import (
	"strings"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

var attestationMissing = &Rule{
	ID:       "attestation-missing",
	Severity: Warning,
	Summary:  "The zone asks for an attestation, and none is there.",
	Why: `A project may ask more of AI help near its heart than at its edge: which tool helped
with which parts, what it was asked, a human explanation, a statement that the author
understands the code. Of the zones that the change touches, the innermost decides what
is asked. While AI use is not known, this is at most a hint.`,
	Fix: "Inserts what the zone asks, where the project wants it, filled in as far as it is known; the rest is a placeholder for each answer, and [attestation-incomplete](attestation-incomplete.md) flags it until it is filled in.",
	Bad: []Example{{
		Policy: "numpy-zones", AI: Yes, Says: "Staged: numpy/_core/src/multiarray/item_selection.c. AI helped (`--ai yes`).",
		Message: "ENH: speed up take for contiguous arrays\n\nIt copied each item by itself.\n",
		Files:   added("numpy/_core/src/multiarray/item_selection.c", 12),
	}},
	Good: []Example{{
		Policy: "numpy-zones", AI: Yes, Says: "Staged: doc/source/user/basics.rst, which asks less.",
		Message: "DOC: explain take\n\nWith an example.\n\nAI use:\n- Tool: Claude Opus 4.5\n- Parts: docs, all of it\n",
		Files:   added("doc/source/user/basics.rst", 12),
	}},
	check:   checkAttestationMissing,
	request: requestAttestationMissing,
}

func checkAttestationMissing(j *judge) {
	z, fields := j.asksAttestation()
	if z == nil || j.Use == UseNone || len(fields) == 0 {
		return
	}
	a := &j.Policy.Attest
	if j.attested.known() {
		return
	}
	first, files := j.helped(z)
	says := j.ifAI(words.AttestIfAI, words.AttestMissing)
	_, span := j.codeClaim()
	f := Finding{Span: span}
	for _, p := range first {
		f.Related = append(f.Related, Related{Path: p.in(z), At: p.lines(z), Message: words.ZoneLabel.With("zone", z.Name)})
	}
	if a.Form == policy.AttestRequest {
		questions := j.requestTemplate(fields)
		if strings.Contains(j.Message.Text, questions) {
			return // the person has them
		}
		request := j.Policy.PullRequest.Noun()
		if e, ok := j.comment(words.RequestKeptText.With("request", request, "text", questions)); ok && j.Use != UseUnknown {
			f.Fixes = []Fix{{Title: words.ActionAttestRequest.With("request", request), Edits: []message.Edit{e}}}
		}
		says = j.ifAI(words.AttestElsewhereIf, words.AttestElsewhere)
		if j.Use != UseUnknown {
			f.Severity = Info
		}
	} else if j.brokenBlock() == nil && !j.unwritten() {
		edits, fill := j.template(fields)
		f.Fixes = []Fix{{Title: words.ActionAttest.With("zone", z.Name), Edits: edits, Fill: fill}}
	}
	asked := says.With("files", andOthers(first[0].in(z), files-1), "zone", z.Name, "project", j.Policy.Words(),
		"fields", labels(fields), "request", j.Policy.PullRequest.Noun(), "heading", a.Heading)
	f.Message = sentences(asked, j.reading(func(o *policy.Zone) bool { return o == z }))
	j.ask(f)
}

// labels names fields for a sentence.
func labels(fields []policy.Field) string {
	var names []string
	for _, f := range fields {
		names = append(names, strings.ToLower(f.Label))
	}
	return list(names, words.And)
}
