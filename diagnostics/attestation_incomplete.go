package diagnostics

import (
	"cmp"
	"strings"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

var attestationIncomplete = &Rule{
	ID:       "attestation-incomplete",
	Severity: Warning,
	Summary:  "An answer of the attestation is missing, empty or still a placeholder.",
	Why: `An attestation is worth what the person wrote into it. Each field that the zone asks
is flagged until something stands there. Whether an answer is good is for people to
judge; Colophon reads none of it.`,
	Fix: "Adds the line for a field that is missing. What the author states is offered as words to confirm, and never written unasked.",
	Bad: []Example{{
		Policy: "numpy-zones", Says: "Staged: doc/source/user/basics.rst.",
		Message: "DOC: explain take\n\nWith an example.\n\nAI use:\n- Tool: Claude Opus 4.5\n- Parts: <core logic, tests, docs or refactoring, and where>\n",
		Files:   added("doc/source/user/basics.rst", 12),
	}},
	Good: []Example{{
		Policy: "numpy-zones", Says: "Staged: doc/source/user/basics.rst.",
		Message: "DOC: explain take\n\nWith an example.\n\nAI use:\n- Tool: Claude Opus 4.5\n- Parts: docs, all of it\n",
		Files:   added("doc/source/user/basics.rst", 12),
	}},
	check:   checkAttestationIncomplete,
	request: requestAttestationIncomplete,
}

func checkAttestationIncomplete(j *judge) {
	a := j.attested
	if !a.known() {
		return
	}
	zone, fields := j.asksAttestation()
	if zone == nil {
		// Nothing is asked, but what was begun is still told of.
		fields = nil
		for _, f := range j.Policy.Attest.Fields {
			if _, ok := a.answers[f.Name]; ok {
				fields = append(fields, f)
			}
		}
	}
	for i := range fields {
		if j.full() {
			return
		}
		f := &fields[i]
		ans, ok := a.answers[f.Name]
		if !ok {
			j.reportMissingField(a, f)
			continue
		}
		seed, open := j.seed(f)
		if !open {
			seed = "" // it is known, and right
		}
		says := ans.open(f, seed)
		if says == "" {
			continue
		}
		span := ans.value
		if span.Len() == 0 {
			span = ans.label
		}
		finding := Finding{Span: span, Message: says.With("field", f.Label, "project", j.Policy.Words(), "write", f.Write, "statement", f.Statement)}
		if f.Statement != "" && ans.box == "" {
			finding.Fixes = []Fix{{Title: words.AnswerStateTitle.With("statement", f.Statement), Edits: []message.Edit{j.answerEdit(ans, f.Statement)}}}
		}
		j.report(finding)
	}
}

// answerEdit writes an answer in place of what stands there.
func (j *judge) answerEdit(a answer, text string) message.Edit {
	span := a.value
	if span.Len() > 0 && strings.HasSuffix(j.Message.Slice(span), "\r") {
		span.End--
	}
	if span.Len() == 0 {
		for span.End < len(j.Message.Text) && (j.Message.Text[span.End] == ' ' || j.Message.Text[span.End] == '\t') {
			span.End++
		}
		text = " " + text
	}
	return message.Edit{Span: span, Text: text}
}

func (j *judge) reportMissingField(a attested, f *policy.Field) {
	finding := Finding{Span: a.heading, Message: words.AnswerMissing.With("Project", j.Policy.Opening(), "field", f.Label, "write", f.Write)}
	if f.Statement != "" {
		finding.Message = words.AnswerMissingState.With("Project", j.Policy.Opening(), "field", f.Label, "statement", f.Statement)
	}
	seed, open := j.seed(f)
	edits := []message.Edit{}
	if j.Policy.Attest.Form == policy.AttestTrailers {
		edits = append(edits, j.Message.AddTrailer(f.Trailer, seed, cmp.Or(j.Policy.Attest.Before, signedOffBy)))
	} else {
		line, _ := j.line(f)
		nl := j.Message.Newline()
		edit := message.Edit{Span: message.Span{Start: a.end, End: a.end}, Text: line + nl}
		if a.end > 0 && j.Message.Text[a.end-1] != '\n' {
			edit.Text = nl + line
		}
		edits = append(edits, edit)
	}
	fix := Fix{Title: words.AnswerAddTitle.With("field", f.Label), Edits: edits}
	if open {
		fix.Fill = []string{seed}
	}
	finding.Fixes = []Fix{fix}
	j.report(finding)
}
