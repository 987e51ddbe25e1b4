// Package diagnostics is the only place that judges: it looks at a parsed
// message, the policy, the change and what is known of AI use, and returns
// findings with their fixes.
//
// It is pure. It reads no file, runs nothing, keeps no state, and never guesses
// from prose or code style whether AI wrote something.
package diagnostics

import (
	"cmp"
	"slices"
	"strings"

	"colophon/attribution"
	"colophon/change"
	"colophon/maintainers"
	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// Input is everything a judgement rests on.
type Input struct {
	Message   *message.Message
	Policy    *policy.Policy            // nil: no policy, no findings
	Files     []policy.File             // the change, as Policy.Files sorts it; nil: not known (yet), and rules about it keep silent
	Totals    *Totals                   // of Files, as Total works them out; nil: not yet
	Doubt     string                    // a sentence about what is not certain of Files, or not counted; "" where nothing is
	Stated    Statement                 // what the person said outside the message
	Facts     []Evidence                // that AI was used, found outside the message
	Added     map[string][]change.Place // where lines were added, as in change.Change.AddedAt
	Records   []attribution.Record      // what AI tools noted of Files
	Unread    []Unread                  // records that do not count
	Prefers   Preferences               // what the person wishes for their own screen
	Author    Person                    // zero: not known
	Committer Person

	Kind        Kind              // what Message is the text of
	Made        bool              // the commit was made: nobody writes it any more
	Maintainers *maintainers.List // nil: the project names none, or it is not known
	Today       string            // YYYY-MM-DD; "": not known, and no policy is outdated
}

// Kind is what a text is for. An empty one is a commit message.
type Kind string

// The kinds of texts.
const (
	CommitMessage Kind = "commit"
	PullRequest   Kind = "pull-request" // Markdown, with a title of its own elsewhere
	Issue         Kind = "issue"        // the same, without a change that it brings
	CoverLetter   Kind = "cover-letter" // of a series that is mailed: nothing is asked of it
)

// OnForge tells whether such a text stands on the project's forge and not in git.
func (k Kind) OnForge() bool { return k == PullRequest || k == Issue }

// Statement is what the person says of AI use with --ai, a setting or an editor's action.
type Statement string

// The statements. An empty one is Auto.
const (
	Auto Statement = "auto"
	Yes  Statement = "yes"
	No   Statement = "no"
)

// Person is a name and an e-mail address; either may be empty.
type Person struct{ Name, Email string }

// String is the person as a trailer names one.
func (p Person) String() string { return p.Name + " <" + p.Email + ">" }

// Check judges. The findings come in the order of their place in the message.
func Check(in Input) []Finding {
	if in.Policy == nil || in.Message == nil {
		return nil
	}
	_, fs := Judge(in)
	return fs
}

// Judge is Check with what the findings rest on. There has to be a message.
func Judge(in Input) (View, []Finding) {
	if in.Policy == nil {
		return Look(in), nil
	}
	j := newJudge(in)
	return j.View, j.judge()
}

func (j *judge) judge() []Finding {
	in := j.Input
	if strings.IndexByte(in.Message.Text[:in.Message.Cut], 0) >= 0 {
		return nil // git refuses a message with a NUL in it, and says so
	}
	if j.exempt() || in.Kind == Issue && !in.Policy.Issue.Asked() {
		return nil
	}
	for _, r := range Rules() {
		if j.severity(r.ID) == Off {
			continue
		}
		check := r.check
		switch in.Kind {
		case PullRequest:
			check = r.request
		case Issue:
			check = r.issue
		case CoverLetter:
			check = r.cover
		}
		if j.rule = r; check != nil {
			check(j)
		}
	}
	fs := oneHint(j.unasked(j.findings))
	j.dismissible(fs)
	j.keepTrailers(fs)
	slices.SortStableFunc(fs, func(a, b Finding) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return fs
}

// judge is one run of the rules.
type judge struct {
	Input
	View
	rule     *Rule
	findings []Finding
	asked    []maintainers.Owner // what owners found; nil: it has not looked
	broken   *broken             // what brokenBlock found, once it has sought
	sought   bool
}

// exempt tells whether the rules are not for the author.
func (j *judge) exempt() bool {
	if j.Policy.AppliesTo != "outsiders" || j.Maintainers == nil || j.Author == (Person{}) {
		return false
	}
	return j.Maintainers.Names(j.Author.Name, j.Author.Email)
}

// said tells whether a rule has a finding already.
func (j *judge) said(rules ...*Rule) bool {
	return slices.ContainsFunc(j.findings, func(f Finding) bool {
		return slices.ContainsFunc(rules, func(r *Rule) bool { return r.ID == f.Rule })
	})
}

func newJudge(in Input) *judge { return seen(in, Look(in)) }

// seen is a judge who has looked already.
func seen(in Input, v View) *judge {
	if in.Totals == nil {
		in.Totals = Total(in.Files, in.Added, in.Records)
	}
	return &judge{Input: in, View: v}
}

// report adds a finding of the current rule. The severity is the rule's own or
// the policy's, unless the finding brings one.
func (j *judge) report(f Finding) {
	f.Rule = j.rule.ID
	if f.Severity == "" {
		f.Severity = j.rule.Severity
	}
	f.Message = short(f.Message)
	for i := range f.Fixes {
		f.Fixes[i].Title = short(f.Fixes[i].Title)
	}
	f.Fixes = slices.DeleteFunc(f.Fixes, func(x Fix) bool { return len(x.Edits) == 0 })
	if s := j.severity(f.Rule); s != "" {
		f.Severity = s
	}
	j.findings = append(j.findings, f)
}

// full tells whether the current rule has said enough.
func (j *judge) full() bool {
	n := 0
	for _, f := range j.findings {
		if f.Rule == j.rule.ID {
			n++
		}
	}
	return n >= enough
}

// ask adds a finding that matters only if AI helped. While that is not known it
// is a hint, whatever the policy says.
func (j *judge) ask(f Finding) {
	f.IfAI = j.Use == UseUnknown
	j.report(f)
	if f.IfAI {
		j.findings[len(j.findings)-1].Severity = Hint
	}
}

// oneHint folds the hints that only matter if AI helped into the first of them:
// a person who used none is asked once, not three times.
func oneHint(fs []Finding) []Finding {
	first := slices.IndexFunc(fs, func(f Finding) bool { return f.IfAI && f.Rule == disclosureMissing.ID })
	if first < 0 {
		first = slices.IndexFunc(fs, func(f Finding) bool { return f.IfAI })
	}
	if first < 0 {
		return fs
	}
	hint := fs[first]
	var kept []Finding
	for i, f := range fs {
		if !f.IfAI || i == first {
			kept = append(kept, f)
			continue
		}
		hint.Related = append(hint.Related, Related{Span: f.Span, Message: f.Message})
		hint.Related = append(hint.Related, f.Related...)
		for _, fix := range f.Fixes {
			fix.Preferred = false
			hint.Fixes = append(hint.Fixes, fix)
		}
	}
	kept[slices.IndexFunc(kept, func(f Finding) bool { return f.IfAI })] = hint
	return kept
}

// dismissible gives the one hint the answer that no AI was used, where the text has
// a place for it.
func (j *judge) dismissible(fs []Finding) {
	for i := range fs {
		if !fs[i].IfAI || slices.ContainsFunc(fs[i].Fixes, func(f Fix) bool { return f.Title == words.ActionNoAI.String() }) {
			continue
		}
		if e, ok := j.comment(NoAI); ok && !j.Kind.OnForge() {
			fs[i].Fixes = append(fs[i].Fixes, Fix{Title: words.ActionNoAI.String(), Edits: []message.Edit{e}})
		}
	}
}

// ifAI chooses a sentence: while AI use is not known, one that begins with "If AI
// helped".
func (j *judge) ifAI(unknown, known words.Sentence) words.Sentence {
	if j.Use == UseUnknown {
		return unknown
	}
	return known
}

// where is the place of a finding about the message as a whole.
func (j *judge) where() message.Span {
	if j.unwritten() {
		return message.Span{}
	}
	return j.Message.Subject
}

// unwritten tells whether there is no message yet that could be wrong.
func (j *judge) unwritten() bool { return j.Message.Empty() || j.Message.Unwritten() }
