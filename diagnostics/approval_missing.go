package diagnostics

import (
	"fmt"
	"slices"
	"strings"

	"colophon/message"
	"colophon/policy"
)

var approvalMissing = &Rule{
	ID:       "approval-missing",
	Severity: Warning,
	Summary:  "The agreement that the policy asks for is not recorded.",
	Why: `Some changes want a maintainer's word before AI helps with them. Where the policy
names a trailer for it, the trailer records who gave it. The finding names the files
that need one and, where the project says so in MAINTAINERS or CODEOWNERS, whom to
ask. While AI use is not known, this is at most a hint.`,
	Fix: "Inserts the trailer with a place to write who agreed. Nobody's name is filled in: only that person can agree. The editor's completion offers the maintainers of the files.",
	Bad: []Example{{
		Policy: examplePolicy, Says: "Staged: include/queue.h, in a zone that asks for approval.",
		Message: "queue: shorten the lookup\n\nIt was slow.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("include/queue.h", 3),
	}},
	Good: []Example{{
		Policy: examplePolicy, Says: "Staged: the same, and Mary maintains it.", Author: Person{"Jo Doe", "jo@example.org"}, Owners: exampleOwners,
		Message: "queue: shorten the lookup\n\nIt was slow.\n\nAI-used-for: code\nAI-exception-granted-by: Mary Maintainer <mary@example.org>\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("include/queue.h", 3),
	}},
	check: checkApprovalMissing,
}

// A project with a zone that asks for approval, for the pages.
const (
	examplePolicy = `version: 1
project: Example
extends: qemu-2026-09
zones:
  - {name: core, paths: ["include/**"], asks: [approval]}
approval: {trailer: AI-exception-granted-by, by: maintainers}
`
	exampleOwners = "QUEUE\nM: Mary Maintainer <mary@example.org>\nF: include/\n"
)

func checkApprovalMissing(j *judge) {
	a := &j.Policy.Approval
	if a.Trailer == "" || j.Use == UseNone {
		return
	}
	all := j.approvals()
	for _, x := range all {
		if x.fault != nil {
			f := Finding{Span: x.trailer.Span, Message: fmt.Sprintf("%s %s.", j.Policy.Opening(), x.fault.Says)}
			if x.trailer.Value != "" {
				f.Span = x.trailer.At(x.fault.Span)
			}
			if who := ownersWords(j.owners()); who != "" {
				f.Message += " These files are maintained by " + who + "."
			}
			j.report(f)
		}
	}
	files, zones := j.forApproval()
	if len(all) > 0 || len(files) == 0 || len(zones) == 0 {
		return // without zones the project as a whole asks, and ai-declined says so
	}
	if lost := j.lost(a.Trailer); len(lost) > 0 && j.brokenBlock() == nil {
		f := Finding{Span: lost[0].span, Message: fmt.Sprintf("Git takes only the last paragraph for trailers and will not see this `%s`; move it down to them.", a.Trailer)}
		f.Fixes = []Fix{{Title: fmt.Sprintf("Move `%s` to the trailers", a.Trailer), Preferred: true, Edits: j.rewrite(
			j.Message.RemoveLines(lost[0].lines),
			func(m *message.Message) []message.Edit {
				return []message.Edit{m.AddTrailer(a.Trailer, lost[0].value, signedOffBy)}
			},
		)}}
		j.report(f)
		return
	}
	what := files[0].file.Path
	if n := len(files) - 1; n > 0 {
		what += " and " + number(n, "other file")
	}
	if len(zones) > 0 {
		what += fmt.Sprintf(" (zone %s)", strings.Join(zones, ", "))
	}
	text := fmt.Sprintf("%s wants an agreement before AI helps to change %s; record it with `%s:`", j.Policy.Words(), what, a.Trailer)
	if j.Use == UseUnknown {
		text = "If AI helped: " + text
	} else {
		text = j.Policy.Opening() + strings.TrimPrefix(text, j.Policy.Words())
	}
	if who := ownersWords(j.owners()); who != "" {
		text += ", after asking " + who
	}
	text += "."
	if slices.ContainsFunc(j.Policy.Zones, func(z policy.Zone) bool { return z.Mark != "" && slices.Contains(zones, z.Name) }) {
		text += " (Which paths these are is Colophon's reading.)"
	}
	_, span := j.codeClaim()
	f := Finding{Span: span, Message: text}
	for _, p := range files[:min(len(files), touchedShown)] {
		f.Related = append(f.Related, Related{Path: p.file.Path, Message: "needs an agreement"})
	}
	if j.Use != UseUnknown {
		f.Fixes = j.approvalFix()
	}
	j.ask(f)
}

// approvalFix inserts the trailer for an agreement, without anybody's name.
func (j *judge) approvalFix() []Fix {
	const fill = "<maintainer>"
	token := j.Policy.Approval.Trailer
	return []Fix{{
		Title: fmt.Sprintf("Insert `%s: %s`", token, fill),
		Edits: []message.Edit{j.Message.AddTrailer(token, fill, signedOffBy)},
		Fill:  []string{fill},
	}}
}
