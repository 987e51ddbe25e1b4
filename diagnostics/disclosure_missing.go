package diagnostics

import (
	"fmt"
	"strings"

	"colophon/message"
	"colophon/policy"
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
	check: checkDisclosureMissing,
}

func checkDisclosureMissing(j *judge) {
	d := &j.Policy.Disclosure
	if d.Trailer == "" || j.disclosed() {
		return
	}
	before := ""
	if d.Before != "" {
		before = " before " + d.Before
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
		j.report(Finding{
			Span:    span,
			Message: fmt.Sprintf("AI use is evident (%s: %s), and %s asks for the trailer `%s`%s to say where; add it.", e.Source, e.Text, j.Policy.Words(), d.Trailer, before),
			Fixes:   insert,
		})
	case j.Use == UseNone:
	case d.Ask == policy.AskAlways:
		j.report(Finding{
			Severity: Warning,
			Span:     j.where(),
			Message:  fmt.Sprintf("%s asks every message to say where AI was used; add `%s:`%s.", capital(j.Policy.Words()), d.Trailer, before),
			Fixes:    insert,
		})
	case d.Ask == policy.AskHint || d.Ask == "":
		fixes := insert
		if e, ok := j.noAI(); ok {
			fixes = append(fixes, Fix{Title: "No AI was used", Edits: []message.Edit{e}})
		}
		j.ask(Finding{
			Span:    j.where(),
			Message: fmt.Sprintf("If AI helped with this change, %s asks for `%s: %s`%s; if not, there is nothing to do.", j.Policy.Words(), d.Trailer, j.proposals()[0], before),
			Fixes:   fixes,
		})
	}
}

// noAI is the edit that notes that no AI was used, in a comment that git
// strips; ok is false where a comment would stay in the commit.
func (j *judge) noAI() (e message.Edit, ok bool) {
	m := j.Message
	line := m.Options.Comment + " " + NoAI + m.Newline()
	switch {
	case m.Options.StripsComments():
		at := 0
		for _, l := range m.Lines {
			if l.Paragraph >= 0 {
				at = l.Full.End
			}
		}
		if at == 0 {
			return message.Edit{Text: m.Newline() + line}, true
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
