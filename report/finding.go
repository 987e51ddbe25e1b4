// Package report writes findings and what Colophon sees, for people and for
// programs. It judges nothing and asks nobody.
package report

import (
	"slices"
	"strings"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// Report is one judged message.
type Report struct {
	File     string // as the person named it; "-" for standard input
	Message  *message.Message
	LineOf   func(line int) int // where a line of the message stands in File, both from 1; nil: the same
	Found    *policy.Found      // nil: no policy
	View     diagnostics.View
	Files    []policy.File // the change; nil: not known
	Doubt    string        // as in diagnostics.Input
	Findings []diagnostics.Finding
}

// Of judges.
func Of(file string, in diagnostics.Input, found *policy.Found) Report {
	view, findings := diagnostics.Judge(in)
	return Report{
		File: file, Message: in.Message, Found: found, View: view,
		Files: in.Files, Doubt: in.Doubt, Findings: findings,
	}
}

// Reaches tells whether there is a finding of a severity or above; "never" has none.
func (r *Report) Reaches(level string) bool {
	return level != "never" && slices.ContainsFunc(r.Findings, func(f diagnostics.Finding) bool { return f.Severity.AtLeast(diagnostics.Severity(level)) })
}

// place is a position as people and editors name it: from 1, columns in bytes.
type place struct{ line, column int }

func at(text string, offset int) place {
	before := text[:offset]
	return place{1 + strings.Count(before, "\n"), offset - strings.LastIndexByte(before, '\n')}
}

// lineIn is the line of File for a line of the message.
func (r *Report) lineIn(line int) int {
	if r.LineOf == nil {
		return line
	}
	return r.LineOf(line)
}

// URL is where the policy stands, "" without one.
func (r *Report) URL() string {
	if r.Found == nil {
		return ""
	}
	return r.Found.Policy.Source
}
