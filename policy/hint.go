package policy

import (
	"slices"
	"strings"
	"unicode/utf8"

	"colophon/message"
	"colophon/words"
)

// Hint is something in a policy file that is worth a look and keeps nothing from
// working. It needs to know the day or the repository.
type Hint struct {
	Problem
	Rule     string // policy-outdated or policy-unmatched
	Severity string // hint, unless the policy's own `severity` says otherwise; never off
}

// Hints are those of a draft. today is a date as YYYY-MM-DD; matches says how many of
// the files that git tracks a pattern takes in, and ok is false where that is not
// known (yet).
func (d *Draft) Hints(today string, matches func(pattern string) (n int, ok bool)) []Hint {
	var hints []Hint
	add := func(rule string, p Problem) {
		severity := "hint"
		if d.Policy != nil && d.Policy.Severity[rule] != "" {
			severity = d.Policy.Severity[rule]
		}
		if severity != "off" {
			hints = append(hints, Hint{p, rule, severity})
		}
	}
	for _, g := range d.Globs() {
		if n, ok := matches(g.Pattern); ok && n == 0 {
			add("policy-unmatched", Problem{Position: d.position(g.Span), Msg: words.PolicyUnmatched.With("pattern", g.Pattern)})
		}
	}
	if day, at, ok := d.Value("recheck_by"); ok && misses("date", day) == "" && today > day {
		what := words.PolicyOutdatedProject.String()
		if link, _, ok := d.Value("source"); ok {
			what = link
		}
		add("policy-outdated", Problem{Position: d.position(at), Msg: words.PolicyOutdated.With("day", day, "source", what)})
	}
	slices.SortStableFunc(hints, func(a, b Hint) int { return a.Span.Start - b.Span.Start })
	return hints
}

// position is where a span of the text begins, as people and editors name it.
func (d *Draft) position(s message.Span) Position {
	before := d.text[:min(s.Start, len(d.text))]
	start := strings.LastIndexByte(before, '\n') + 1
	return Position{File: d.file, Line: 1 + strings.Count(before, "\n"), Column: 1 + utf8.RuneCountInString(before[start:]), Span: s}
}
