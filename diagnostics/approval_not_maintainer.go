package diagnostics

import (
	"cmp"
	"slices"

	"colophon/maintainers"
	"colophon/words"
)

var approvalNotMaintainer = &Rule{
	ID:       "approval-not-maintainer",
	Severity: Error,
	Summary:  "The person who granted the agreement does not maintain these files.",
	Why: `Where the policy wants the agreement of a maintainer, each file that needs one has
to have a maintainer among those who agreed. Who maintains a file is read from the
checkout's MAINTAINERS (the M: lines, as the Linux kernel and QEMU write them) or
CODEOWNERS. Nothing is said of files that nobody is named for, as long as the person
maintains something, nor of teams, whose members are not known here.`,
	Bad: []Example{{
		Policy: examplePolicy, Author: Person{"Jo Doe", "jo@example.org"}, Files: added("include/queue.h", 3), Owners: exampleOwners,
		Says:    "Mary maintains the file.",
		Message: "queue: shorten the lookup\n\nIt was slow.\n\nAI-used-for: code\nAI-exception-granted-by: Pat Passer-by <pat@example.org>\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	Good: []Example{{
		Policy: examplePolicy, Author: Person{"Jo Doe", "jo@example.org"}, Files: added("include/queue.h", 3), Owners: exampleOwners,
		Says:    "Mary maintains the file.",
		Message: "queue: shorten the lookup\n\nIt was slow.\n\nAI-used-for: code\nAI-exception-granted-by: Mary Maintainer <mary@example.org>\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check: checkApprovalNotMaintainer,
}

func checkApprovalNotMaintainer(j *judge) {
	var given []approval
	for _, a := range j.approvals() {
		if a.says == "" && !samePerson(a.by, j.author()) {
			given = append(given, a)
		}
	}
	if len(given) == 0 || j.Policy.Approval.Value == "link" {
		return
	}
	switch by := j.Policy.Approval.By; {
	case by == "people":
		for _, a := range given {
			if !slices.ContainsFunc(j.Policy.Approval.People, func(p string) bool { return samePerson(person(p), a.by) }) {
				j.reportNotMaintainer(a, words.AgreedNotListed, "", nil, j.owners())
			}
		}
		return
	case by == "anyone", j.Maintainers == nil:
		return
	}
	var open []Related
	var wanted []maintainers.Owner
	var nobody []placed // files that nobody is named for
	var first approval
	files, _ := j.forApproval()
	for _, p := range files {
		owners := j.Maintainers.Of(p.file.Path)
		if len(owners) == 0 {
			nobody = append(nobody, p)
			continue
		}
		if slices.ContainsFunc(owners, func(o maintainers.Owner) bool { return o.Team }) || anyOf(given, owners) {
			continue
		}
		open = append(open, Related{Path: p.file.Path, At: p.file.Largest, Message: words.MaintainersLabel.With("people", ownersWords(owners))})
		for _, o := range owners {
			if len(wanted) < touchedShown && !slices.Contains(wanted, o) {
				wanted = append(wanted, o)
			}
		}
	}
	// For files that nobody is named for, anybody who maintains something will do.
	anybody := slices.ContainsFunc(given, func(a approval) bool { return j.Maintainers.Names(a.by.Name, a.by.Email) })
	if (j.Files == nil || len(open) == 0 && len(nobody) > 0) && !anybody {
		first = given[0]
		j.reportNotMaintainer(first, words.AgreedNotInFile, "", nil, nil)
		return
	}
	if len(open) == 0 {
		return
	}
	// The one who maintains none of the files is the one to look at.
	first = given[0]
	for _, a := range given {
		if !slices.ContainsFunc(files, func(p placed) bool { return anyOf([]approval{a}, j.Maintainers.Of(p.file.Path)) }) {
			first = a
			break
		}
	}
	j.reportNotMaintainer(first, words.AgreedNotMaintainer, andOthers(open[0].Path, len(open)-1), open[:min(len(open), touchedShown)], wanted)
}

func anyOf(given []approval, owners []maintainers.Owner) bool {
	return slices.ContainsFunc(given, func(a approval) bool {
		return slices.ContainsFunc(owners, func(o maintainers.Owner) bool { return o.Is(a.by.Name, a.by.Email) })
	})
}

func (j *judge) reportNotMaintainer(a approval, says words.Sentence, files string, related []Related, wanted []maintainers.Owner) {
	where := ""
	if j.Maintainers != nil {
		where = j.Maintainers.File
	}
	j.report(Finding{
		Span: a.trailer.At(whole(a.trailer.Value)),
		Message: says.With("person", cmp.Or(a.by.Name, a.by.Email), "project", j.Policy.Words(),
			"file", where, "files", files, "people", ownersWords(wanted)),
		Related: related,
	})
}
