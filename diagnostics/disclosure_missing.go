package diagnostics

import (
	"slices"
	"strings"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

var disclosureMissing = &Rule{
	ID:       "disclosure-missing",
	Severity: Error,
	Summary:  "AI use is evident, or the policy always asks, and no disclosure is there.",
	Why: `The project wants to know where AI helped, in a trailer of its own.

When something in the message or the identity of the author says that AI was
used, a missing disclosure is an error. When nothing is known, Colophon asks
once, as a hint, and the answer "no AI was used" takes one action: it leaves a
comment line, which git strips, and no trace in the history.`,
	Fix: "Inserts the trailer in front of the sign-off, with the kinds that the staged files suggest; or notes that no AI was used.",
	Bad: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nThe value is never read.\n\nSigned-off-by: Jo Doe <jo@example.org>\nCo-authored-by: Claude <noreply@anthropic.com>\n",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-09",
		Message: "hw/net: drop a dead store\n\nThe value is never read.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check:   checkDisclosureMissing,
	request: requestMissing,
	issue:   requestMissing,
}

func checkDisclosureMissing(j *judge) {
	d := &j.Policy.Disclosure
	if d.Trailer == "" {
		j.askInRequest()
		return
	}
	if j.disclosed() {
		return
	}
	wanted := func(trailer string) string {
		if d.Before != "" {
			return words.MissingBeforePiece.With("trailer", trailer, "before", d.Before)
		}
		return words.MissingTrailerPiece.With("trailer", trailer)
	}
	insert := j.insertions()
	switch {
	case j.Use == UseEvident:
		e := j.Evidence[0]
		span := j.where()
		for _, x := range j.Evidence {
			if x.InMessage() {
				e, span = x, x.Span
				break
			}
		}
		if replace := j.conversion(); len(replace) > 0 {
			for i := range insert {
				insert[i].Preferred = false
			}
			insert = append(replace, insert...)
		}
		j.report(Finding{
			Severity: needs(d.Need),
			Span:     span,
			Message:  j.whereOr(words.MissingEvidentWhere, words.MissingEvident).With("evidence", e.words(), "project", j.Policy.Words(), "trailer", wanted(d.Trailer)),
			Fixes:    insert,
		})
	case j.Use == UseNone, j.Use == UseDeclared:
	case j.asking() == policy.AskAlways:
		if none := "none"; j.brokenBlock() == nil {
			insert = append(insert, Fix{
				Title: words.ActionDisclose.With("trailers", quoted(d.Trailer, []string{none})),
				Edits: []message.Edit{j.Message.AddTrailer(d.Trailer, none, d.Before)},
			})
		}
		j.report(Finding{
			Severity: Warning,
			Span:     j.where(),
			Message:  j.whereOr(words.MissingAlwaysWhere, words.MissingAlways).With("Project", j.Policy.Opening(), "trailer", wanted(d.Trailer+":")),
			Fixes:    insert,
		})
	case j.asking() == policy.AskHint || j.asking() == "":
		choices, _ := j.choices()
		j.ask(Finding{
			Span:    j.where(),
			Message: words.MissingIfAI.With("project", j.Policy.Words(), "trailer", wanted(d.Trailer+": "+choices[0][0])),
			Fixes:   insert,
		})
	}
}

// whereOr chooses a sentence: a disclosure of kinds says where AI was used, another
// one that it was.
func (j *judge) whereOr(where, so words.Sentence) words.Sentence {
	if j.namesKinds() {
		return where
	}
	return so
}

// needs is how much a missing disclosure of evident use weighs.
func needs(n policy.Need) Severity {
	switch n {
	case policy.Should:
		return Warning
	case policy.May:
		return Info
	}
	return Error
}

// conversion is the fix that puts the project's disclosure in the place of what
// tools wrote into the message, in another project's form or their own.
func (j *judge) conversion() []Fix {
	var lines []message.Span
	what := words.WhatToolWrotePiece.String()
	for _, e := range j.Evidence {
		if !e.InMessage() || e.Source != "trailer" && e.Source != "footer" {
			continue
		}
		lines = append(lines, e.lines...)
		if e.token != "" && len(lines) == len(e.lines) {
			what = words.ThisTrailerPiece.With("trailer", e.token)
		} else {
			what = words.WhatToolWrotePiece.String()
		}
	}
	if len(lines) == 0 || j.said(trailerForbidden, footerForbidden, signoffByAI, codevelopedSignoff) {
		return nil // their fix mends this, too
	}
	return j.dropFix(lines, what)
}

// askInRequest tells, where AI use is known, that the project wants to hear of it
// in the pull request and not here.
func (j *judge) askInRequest() {
	q := &j.Policy.PullRequest
	if !q.Wanted() || q.Need == policy.May || j.Use != UseEvident && j.Use != UseDeclared || j.said(footerForbidden) || j.keptForRequest() {
		return
	}
	if slices.ContainsFunc(j.findings, func(f Finding) bool { return f.Rule == trailerForbidden.ID && j.isEvidence(f.Span) }) {
		return // that says it, too
	}
	says := words.ElsewhereRequest
	if q.Section != "" {
		says = words.ElsewhereSection
	}
	j.report(Finding{
		Severity: Info,
		Span:     j.evidencePlace(),
		Message:  says.With("Project", j.Policy.Opening(), "request", q.Noun(), "section", q.Section, "text", j.requestWords()),
	})
}

// comment is the edit that leaves a remark in a comment that git strips; ok is
// false where a comment would stay in the commit.
func (j *judge) comment(text string) (e message.Edit, ok bool) {
	m := j.Message
	line := m.Options.Comment + " " + text + m.Newline()
	switch {
	case m.Options.StripsComments():
		at := 0
		for _, l := range m.Lines {
			if l.Paragraph >= 0 {
				at = l.Full.End
			}
		}
		if at == 0 {
			return message.Edit{Span: message.Span{Start: m.Start, End: m.Start}, Text: m.Newline() + line}, true
		}
		if m.Text[at-1] != '\n' {
			line = m.Newline() + line
		}
		return message.Edit{Span: message.Span{Start: at, End: at}, Text: line}, true
	case m.Cut < len(m.Text):
		at := m.Cut + strings.IndexByte(m.Below(), '\n') + 1
		return message.Edit{Span: message.Span{Start: at, End: at}, Text: line}, true
	}
	return message.Edit{}, false
}
