package diagnostics

import (
	"slices"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
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
		if x.says == "" {
			continue
		}
		more := ""
		if who := ownersWords(j.owners()); who != "" {
			more = words.ApprovalMaintainers.With("people", who)
		}
		j.report(Finding{Span: x.at, Message: sentences(x.says, more)})
	}
	files, zones := j.forApproval()
	if len(all) > 0 || len(files) == 0 || len(zones) == 0 {
		return // without zones the project as a whole asks, and ai-declined says so
	}
	if lost := j.lost(a.Trailer); len(lost) > 0 && j.brokenBlock() == nil {
		f := Finding{Span: lost[0].span, Message: words.NotInLastParagraph.With("trailer", a.Trailer)}
		f.Fixes = []Fix{{Title: words.MoveTitle.With("trailer", a.Trailer), Preferred: true, Edits: j.rewrite(
			j.Message.RemoveLines(lost[0].lines()),
			func(m *message.Message) []message.Edit {
				return []message.Edit{m.AddTrailer(a.Trailer, lost[0].value, signedOffBy)}
			},
		)}}
		j.report(f)
		return
	}
	_, span := j.codeClaim()
	f := Finding{Span: span, Message: sentences(j.wantsAgreement(files, zones), j.reading(func(z *policy.Zone) bool { return slices.Contains(zones, z.Name) }))}
	for _, p := range files[:min(len(files), touchedShown)] {
		f.Related = append(f.Related, Related{Path: p.file.Path, At: p.file.Largest, Message: words.ApprovalLabel.String()})
	}
	if j.Use != UseUnknown {
		f.Fixes = j.approvalFix()
	}
	j.ask(f)
}

// wantsAgreement says which files need an agreement, and whom to ask.
func (j *judge) wantsAgreement(files []placed, zones []string) string {
	in := words.ApprovalZonePiece.With("zone", zones[0])
	if len(zones) > 1 {
		in = words.ApprovalZonesPiece.With("zones", list(zones, words.And))
	}
	who := ownersWords(j.owners())
	says := j.ifAI(words.ApprovalIfAI, words.ApprovalMissing)
	if who != "" {
		says = j.ifAI(words.ApprovalIfAIAsk, words.ApprovalMissingAsk)
	}
	return says.With("project", j.Policy.Words(), "Project", j.Policy.Opening(), "files", andOthers(files[0].file.Path, len(files)-1),
		"zones", in, "trailer", j.Policy.Approval.Trailer, "people", who)
}

// reading says so where the paths of such a zone are our reading of the project's text.
func (j *judge) reading(which func(*policy.Zone) bool) string {
	for i := range j.Policy.Zones {
		if z := &j.Policy.Zones[i]; z.Mark != "" && which(z) {
			return words.ReadingOfPaths.String()
		}
	}
	return ""
}

// approvalFix inserts the trailer for an agreement, without anybody's name.
func (j *judge) approvalFix() []Fix {
	fill := words.ApprovalPersonText.String()
	token := j.Policy.Approval.Trailer
	return []Fix{{
		Title: words.ActionDisclose.With("trailers", quoted(token, []string{fill})),
		Edits: []message.Edit{j.Message.AddTrailer(token, fill, signedOffBy)},
		Fill:  []string{fill},
	}}
}
