package diagnostics

import (
	"slices"
	"strings"

	"colophon/message"
	"colophon/policy"
)

// Glance is a commit at one glance: what it contains, counted as the limit counts it,
// and what is said of AI help.
type Glance struct {
	Known   bool // whether it is known what the commit contains
	Files   int
	Counted int  // lines that count for the limit; without one, all
	AI      int  // of Counted, those that AI wrote by a tool's record; -1: no record says
	Partial bool // lines are missing from Counted
	Limit   *policy.SmallFix
	Parts   []Part // by class
	Left    []Part // by class: what the limit leaves out
	Zones   []*policy.Zone

	State    State
	Kinds    []string // of the disclosures, in the policy's order
	Evidence Evidence // the first fact that says that AI was used; without a Source none
}

// Part is the files of one class.
type Part struct {
	Class policy.Class
	Files int
	Lines int // counted
}

// State is what is said of AI help, and whether the project still asks.
type State string

// The states.
const (
	StateQuiet      State = "quiet"      // nothing is asked, and nothing is known
	StateOpen       State = "open"       // the project asks, and nothing is said yet
	StateRequest    State = "request"    // the project asks in the pull request
	StateNone       State = "none"       // the person said that no AI was used
	StateDeclared   State = "declared"   // a disclosure is there
	StateEvident    State = "evident"    // a fact says it, and nothing more is asked
	StateUndeclared State = "undeclared" // a fact says it, and the disclosure is missing
	StateDeclined   State = "declined"   // it is said, and the project declines it
	StateDeclines   State = "declines"   // nothing is known, and the project declines it
)

// GlanceOf looks at a commit of which Judge said v and fs: what the rules ask is what
// counts as asked.
func GlanceOf(in Input, v View, fs []Finding) Glance {
	if in.Policy == nil || in.Message == nil {
		return Glance{State: StateQuiet}
	}
	j := seen(in, v)
	g := Glance{Known: in.Files != nil, Files: len(in.Files), Limit: in.Policy.Limits.SmallFix, Parts: []Part{}}
	g.Counted, g.Partial = j.Totals.counted(g.Limit)
	g.AI = -1
	if n := j.counting(g.Limit); n != nil {
		g.AI, _ = n.totals.counted(g.Limit)
	}
	for _, c := range []policy.Class{policy.Code, policy.Test, policy.Documentation, policy.Generated, policy.Vendored} {
		p := j.Totals.parts[c]
		if p == nil {
			continue
		}
		part := Part{c, p.files, p.counted}
		g.Parts = append(g.Parts, part)
		if g.Limit != nil && slices.Contains(g.Limit.LeaveOut, c) {
			g.Left = append(g.Left, part)
		}
	}
	for i := range in.Policy.Zones {
		if z := &in.Policy.Zones[i]; j.Totals.zones[z] != nil {
			g.Zones = append(g.Zones, z)
		}
	}
	if len(j.Evidence) > 0 {
		g.Evidence = j.Evidence[0]
	}
	kinds := j.declaredKinds()
	for _, k := range in.Policy.Disclosure.Kinds {
		if kinds[k] {
			g.Kinds = append(g.Kinds, k)
		}
	}
	g.State = j.state(fs)
	return g
}

func (j *judge) state(fs []Finding) State {
	found := func(rule *Rule) bool {
		return slices.ContainsFunc(fs, func(f Finding) bool { return f.Rule == rule.ID })
	}
	missing := found(disclosureMissing) && j.Policy.Disclosure.Trailer != ""
	switch declared := j.disclosed() && !j.disclosedNone() && !j.onlyPeople(); {
	case (j.Use == UseEvident || j.Use == UseDeclared) && found(aiDeclined):
		return StateDeclined
	case j.Use == UseNone:
		return StateNone
	case j.Use == UseDeclared, j.Use == UseEvident && declared && !missing:
		return StateDeclared
	case j.Use == UseEvident && missing:
		return StateUndeclared
	case j.Use == UseEvident:
		return StateEvident
	case missing:
		return StateOpen
	case j.declined():
		return StateDeclines
	case j.Policy.Disclosure.Trailer == "" && j.Policy.PullRequest.Wanted():
		return StateRequest
	}
	return StateQuiet
}

// counted is the lines that count for a limit, and whether some are missing from it.
// Without a limit all lines count.
func (t *Totals) counted(l *policy.SmallFix) (lines int, partial bool) {
	if l == nil {
		for _, p := range t.parts {
			lines += p.counted
		}
	}
	for class, s := range t.sums {
		if l != nil && slices.Contains(l.LeaveOut, class) {
			continue
		}
		partial = partial || s.partial
		if l != nil {
			lines += s.counted
		}
	}
	return lines, partial
}

// Where is the short name of the place that a piece of evidence comes from: a
// trailer's token, the record's tool, or its source.
func (e Evidence) Where() string {
	switch {
	case e.Noted != nil:
		return string(e.Noted.Source)
	case e.token != "":
		return e.token
	}
	return e.Source
}

// ToolNames are the places in a text that name an AI tool, a model or a vendor.
func ToolNames(text string) []message.Span {
	var spans []message.Span
	for _, at := range toolNames(text) {
		spans = append(spans, message.Span{Start: at[0], End: at[1]})
	}
	return spans
}

// PersonOf reads "Name <address>"; ai tells whether it is an AI tool.
func PersonOf(value string) (p Person, ai bool) { return person(value), isToolValue(value) }

// SaysNone tells whether a line, with or without the comment character, is the remark
// that no AI was used.
func SaysNone(line, comment string) bool {
	text := strings.TrimSpace(strings.TrimPrefix(line, comment))
	return strings.EqualFold(strings.TrimSuffix(text, "."), NoAI)
}
