package diagnostics

import (
	"fmt"
	"strings"

	"colophon/message"
	"colophon/policy"
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
	text := fmt.Sprintf("%s in the zone %q of %s", lies(first, files, z), z.Name, j.Policy.Words())
	if j.Use == UseUnknown {
		text = "If AI helped: " + text
	}
	text += ", which asks for an attestation: " + list(labels(fields), "and")
	_, span := j.codeClaim()
	f := Finding{Span: span}
	for _, p := range first {
		f.Related = append(f.Related, Related{Path: p.in(z), Message: "in the zone " + z.Name})
	}
	if a.Form == policy.AttestRequest {
		words := j.requestTemplate(fields)
		if strings.Contains(j.Message.Text, words) {
			return // the person has the questions
		}
		if e, ok := j.comment("Colophon: for the " + j.Policy.PullRequest.Noun() + ": " + words); ok && j.Use != UseUnknown {
			f.Fixes = []Fix{{Title: fmt.Sprintf("Keep the questions for the %s in a comment", j.Policy.PullRequest.Noun()), Edits: []message.Edit{e}}}
		}
		text += fmt.Sprintf("; say it in the %s, under %q", j.Policy.PullRequest.Noun(), a.Heading)
		if j.Use != UseUnknown {
			f.Severity = Info
		}
	} else if j.brokenBlock() == nil && !j.unwritten() {
		edits, fill := j.template(fields)
		f.Fixes = []Fix{{Title: fmt.Sprintf("Insert the attestation for the zone %q", z.Name), Edits: edits, Fill: fill}}
	}
	f.Message = text + "."
	if z.Mark != "" {
		f.Message += " (Which paths these are is Colophon's reading.)"
	}
	j.ask(f)
}

// lies says where files lie: "a.c and 2 other files lie".
func lies(first []placed, files int, z *policy.Zone) string {
	if files > 1 {
		return first[0].in(z) + " and " + number(files-1, "other file") + " lie"
	}
	return first[0].in(z) + " lies"
}

func labels(fields []policy.Field) []string {
	var words []string
	for _, f := range fields {
		words = append(words, strings.ToLower(f.Label))
	}
	return words
}
