package diagnostics

import (
	"slices"

	"colophon/change"
	"colophon/message"
)

// Severity says how much a finding weighs.
type Severity string

// The severities. Error is a broken must of the policy; Hint is a question.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
	Hint    Severity = "hint"
)

// Off is what a policy writes to switch a rule off.
const Off Severity = "off"

var order = []Severity{Hint, Info, Warning, Error}

// AtLeast tells whether s weighs as much as o, or more.
func (s Severity) AtLeast(o Severity) bool { return slices.Index(order, s) >= slices.Index(order, o) }

// Finding is one thing to tell the person.
type Finding struct {
	Rule     string
	Severity Severity
	Span     message.Span // the exact bytes of the message it is about
	Message  string       // one plain sentence: what is wrong here, and what to do
	Related  []Related
	Fixes    []Fix

	IfAI bool // it only matters if AI helped, which is not known: the one hint that a person who used none can dismiss
}

// Related is a place that explains a finding: bytes of the message, a file of the
// change, or another commit of the series.
type Related struct {
	Path    string       // relative to the work tree's top; "" where Span or Commit is meant
	Commit  string       // as Member.Name; "" where it is about this commit
	At      change.Place // the lines of the file to look at; zero: all of it. Of a mail, its line in the file that Commit names
	Span    message.Span
	Message string
}

// Fix is one way out of a finding. Its edits leave a message that passes the
// rule and change nothing else.
type Fix struct {
	Title     string
	Edits     []message.Edit
	Preferred bool // safe to apply without asking which; at most one per finding

	// Fill are the placeholders in the new text, such as `<model>`, in their order:
	// what only the person knows. Until they are filled in, the message does not
	// pass, so such a fix is never preferred.
	Fill []string
}
