package diagnostics

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"colophon/change"
	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

var seriesSplit = &Rule{
	ID:       "series-split",
	Severity: Info,
	Summary:  "AI-assisted small fixes of one person are over the limit together.",
	Why: `A limit for a small fix is for a change as a whole. This rule adds up, within one
series, the commits of one author that are each within the limit, with the lines and
in the classes that [small-fix-limit](small-fix-limit.md) counts: a commit whose AI use
is not known, whose disclosure names only tests or documentation, that is mechanical,
or that has the agreement which lifts the limit does not count. Two are the least, since
each is within the limit by itself.

Whether they are one change is for people to say, so this is a remark: independent
fixes may well be sent together.

A series is a mailed one, with all its patches (by their numbers and their thread); or
the commits of a range that says where it begins (` + "`A..B`" + `), up to 100. A longer range
is history, and this rule is silent there, as it is where the policy has no
` + "`limits: small-fix`" + ` or ` + "`small-fix-limit`" + ` is off.`,
	Bad: []Example{{
		Policy: "qemu-2026-05",
		Says:   "Two patches of one author, with 15 and 12 lines of hw/net/e1000.c.",
		Series: []Example{
			{Message: "hw/net: count what is dropped\n\nNobody did.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n", Files: added("hw/net/e1000.c", 15)},
			{Message: "hw/net: show what is dropped\n\nIt is counted by now.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n", Files: added("hw/net/e1000.c", 12)},
		},
	}},
	Good: []Example{{
		Policy: "qemu-2026-05",
		Says:   "The same patches; the second is mechanical.",
		Series: []Example{
			{Message: "hw/net: count what is dropped\n\nNobody did.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n", Files: added("hw/net/e1000.c", 15)},
			{Message: "hw/net: give the counters one prefix\n\nThey had three.\n\nAI-used-for: code (refactoring)\nSigned-off-by: Jo Doe <jo@example.org>\n", Files: added("hw/net/e1000.c", 12)},
		},
	}},
	// It is judged by CheckSeries, since it is about no commit alone.
}

// Assisted counts the lines of code that AI helped to write, as small-fix-limit does: by
// the records of AI tools, where there are any. Without a limit these are all counted
// lines of a commit whose AI use is known. small tells whether it is a small fix because
// of the limit: within it, and by nobody's agreement. The input is one that Judge said v
// of.
func Assisted(in Input, v View) (lines int, small bool) {
	if in.Policy == nil || v.Use != UseDeclared && v.Use != UseEvident || len(in.Files) == 0 {
		return 0, false
	}
	j := seen(in, v)
	l := in.Policy.Limits.SmallFix
	by := claimedUnknown
	if l != nil {
		by, _ = j.codeClaim()
	}
	lines, _ = j.Totals.counted(l)
	noted, _, recorded := j.byRecords(l, by, "")
	if by == claimedMechanical || by == claimedOther && noted == 0 {
		return 0, false
	}
	if recorded {
		lines = noted
	}
	return lines, l != nil && lines <= l.Lines && !j.exempt() && !(slices.Contains(l.Asks, "approval") && j.approved())
}

// Member is a small fix of a series that AI helped with.
type Member struct {
	Name    string // how a finding names it: the commit's abbreviated id, or the file of a mail
	Line    int    // of that file, from 1; 0: Name is no file
	Subject string
	Span    message.Span // where a finding about it stands
	Author  Person
	Lines   int // as Assisted counts them
}

// SeriesFinding is a finding about a series; it stands at one of its members.
type SeriesFinding struct {
	Member int // the index
	Finding
}

// CheckSeries judges commits that are sent together, oldest first. There is at most one
// finding for each author, at the author's last commit.
func CheckSeries(p *policy.Policy, prefers Preferences, series []Member) []SeriesFinding {
	if p == nil || p.Limits.SmallFix == nil {
		return nil
	}
	j := &judge{Input: Input{Policy: p, Prefers: prefers}, rule: seriesSplit}
	if j.severity(seriesSplit.ID) == Off || j.severity(smallFixLimit.ID) == Off {
		return nil
	}
	var authors []string
	by := make(map[string][]int) // members
	for i := range series {
		who := strings.ToLower(cmp.Or(series[i].Author.Email, series[i].Author.Name))
		if who == "" || series[i].Lines == 0 {
			continue
		}
		if by[who] == nil {
			authors = append(authors, who)
		}
		by[who] = append(by[who], i)
	}
	var found []SeriesFinding
	for _, who := range authors {
		if f, ok := j.split(series, by[who]); ok {
			found = append(found, f)
		}
	}
	return found
}

// split adds up what one author has in a series.
func (j *judge) split(series []Member, own []int) (SeriesFinding, bool) {
	l := j.Policy.Limits.SmallFix
	counted := 0
	var others []Related
	for _, i := range own {
		m := &series[i]
		counted += m.Lines
		others = append(others, Related{
			Commit: m.Name, At: change.Place{Line: uint32(m.Line)},
			Message: words.SplitLabel.With("lines", countedLines(m.Lines), "subject", short(m.Subject)),
		})
	}
	if len(own) < 2 || counted <= l.Lines {
		return SeriesFinding{}, false
	}
	last := own[len(own)-1]
	author := series[last].Author
	over := words.SplitOver.With("Project", j.Policy.Opening(), "lines", countedLines(l.Lines), "count", strconv.Itoa(len(own)),
		"person", cmp.Or(author.Name, author.Email), "counted", strconv.Itoa(counted))
	j.findings = nil
	j.report(Finding{Span: series[last].Span, Message: sentences(over, l.Beyond), Related: others})
	return SeriesFinding{last, j.findings[0]}, true
}
