package diagnostics

import (
	"slices"
	"strings"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// kinds are the kinds of use that the staged files suggest, in the policy's
// order. While the change is not known they are the policy's first.
func (j *judge) kinds() []string {
	staged := make(map[string]bool)
	for _, c := range j.classesHelped() {
		if k := j.kindOf(c); k != "" {
			staged[k] = true
		}
	}
	known := j.Policy.Disclosure.Kinds
	if len(known) == 0 {
		known = []string{"code", "tests", "docs"}
	}
	var kinds []string
	for _, k := range known {
		if staged[k] {
			kinds = append(kinds, k)
		}
	}
	if len(kinds) == 0 {
		kinds = known[:1]
	}
	return kinds
}

// kindOf is the kind of use that a class of files stands for, "" if none does.
func (j *judge) kindOf(c policy.Class) string {
	if len(j.Policy.Disclosure.Kinds) > 0 {
		return j.Policy.Disclosure.Kind(c)
	}
	return map[policy.Class]string{policy.Code: "code", policy.Test: "tests", policy.Documentation: "docs"}[c]
}

// Proposals are the values that a disclosure of this change could have, the
// likeliest first: all kinds that are staged, then each alone, then the others.
func Proposals(in Input) []string {
	j := newJudge(in)
	if !j.namesKinds() {
		values, _ := j.disclosureValues()
		return values[:1]
	}
	return j.proposals()
}

func (j *judge) proposals() []string {
	kinds := j.kinds()
	values := []string{strings.Join(kinds, ", ")}
	if len(kinds) > 1 {
		values = append(values, kinds...)
	}
	for _, k := range j.Policy.Disclosure.Kinds {
		if !strings.Contains(", "+strings.Join(values, ", ")+",", ", "+k+",") {
			values = append(values, k)
		}
	}
	return values
}

// namesKinds tells whether a disclosure here says which kinds of work AI helped with.
func (j *judge) namesKinds() bool {
	d := &j.Policy.Disclosure
	return d.Value == policy.Kinds || (d.Value == policy.Free || d.Value == "") && len(d.Kinds) > 0
}

// choices are what a disclosure could say: all kinds that are staged, then each alone;
// or, where tools are named, one value for each tool, together. fill is what of them
// is to be filled in.
func (j *judge) choices() (choices [][]string, fill []string) {
	if !j.namesKinds() {
		together, fill := j.disclosureValues()
		return [][]string{together}, fill
	}
	values := j.proposals()
	n := len(j.kinds())
	if n > 1 {
		n++
	}
	for _, v := range values[:n] {
		choices = append(choices, []string{v})
	}
	return choices, nil
}

// insertions are the fixes that add a disclosure, one per choice. The first
// is preferred if AI use is a fact; otherwise the person decides.
func (j *judge) insertions() []Fix {
	var fixes []Fix
	if j.brokenBlock() != nil {
		return nil // trailer-block comes first: a paragraph more would hide those trailers for good
	}
	choices, fill := j.choices()
	for i, vs := range choices {
		for n, token := range j.Policy.Disclosure.Tokens() {
			fixes = append(fixes, Fix{
				Title:     words.ActionDisclose.With("trailers", quoted(token, vs)),
				Edits:     addAll(j.Message, token, vs, j.Policy.Disclosure.Before),
				Preferred: i == 0 && n == 0 && j.Use == UseEvident && len(fill) == 0,
				Fill:      fill,
			})
		}
	}
	return fixes
}

// dropFix is the fix that takes lines about AI out. Where the policy has a
// disclosure and none is there yet, one takes their place; where it wants to know
// in the pull request, a comment keeps the words for that: what was said must not
// get lost. A project that declines AI content gets no fix: it would only hide it.
func (j *judge) dropFix(lines []message.Span, what string) []Fix {
	request := j.Policy.PullRequest.Noun()
	gone := j.Message.RemoveLines(lines)
	if j.declines() || j.brokenBlock() != nil && j.Policy.Disclosure.Trailer != "" {
		return nil // a paragraph more would hide the trailers of a broken block for good
	}
	if j.Kind == CoverLetter { // that AI helped stands in the commits
		return []Fix{{Title: words.RemoveTitle.With("lines", what), Edits: gone, Preferred: true}}
	}
	if j.Policy.Disclosure.Trailer == "" && j.Policy.PullRequest.Wanted() {
		if edits, ok := j.keepForRequest(gone); ok {
			return []Fix{{Title: words.RemoveKeepTitle.With("lines", what, "request", request), Edits: edits, Preferred: true}}
		}
	}
	if j.Policy.Disclosure.Trailer == "" || j.disclosed() {
		title := words.RemoveTitle.With("lines", what)
		if j.Policy.Disclosure.Trailer == "" && j.Policy.PullRequest.Wanted() {
			title = words.RemoveSayTitle.With("lines", what, "request", request, "text", j.requestWords())
		}
		return []Fix{{Title: title, Edits: gone, Preferred: true}}
	}
	values, fill := j.disclosureValues()
	var fixes []Fix
	for i, token := range j.Policy.Disclosure.Tokens() {
		fixes = append(fixes, Fix{
			Title:     words.ReplaceTitle.With("lines", what, "trailers", quoted(token, values)),
			Edits:     j.inPlace(lines, token, values),
			Preferred: i == 0 && len(fill) == 0,
			Fill:      fill,
		})
	}
	return fixes
}

// inPlace is the edits that put a disclosure where lines about AI stood: in the
// place of the first that is a trailer, unless the policy says where else.
func (j *judge) inPlace(lines []message.Span, token string, values []string) []message.Edit {
	d := &j.Policy.Disclosure
	var disclosures []string
	for _, v := range values {
		disclosures = append(disclosures, token+j.Message.Options.Separators[:1]+" "+v)
	}
	gone := j.Message.RemoveLines(lines)
	for _, t := range j.Message.Trailers {
		if d.Before != "" || len(t.Lines) == 0 || !slices.Contains(lines, t.Lines[0]) {
			continue
		}
		others := slices.DeleteFunc(slices.Clone(lines), func(s message.Span) bool { return slices.Contains(t.Lines, s) })
		span := t.Span
		if strings.HasSuffix(j.Message.Slice(span), "\r") {
			span.End-- // in a verbatim message it is part of the line
		}
		written := message.Edit{Span: span, Text: strings.Join(disclosures, j.Message.Newline())}
		text, err := message.Apply(j.Message.Text, append(j.Message.RemoveLines(others), written))
		if err == nil {
			return message.Difference(j.Message.Text, text)
		}
	}
	return j.rewrite(gone, func(m *message.Message) []message.Edit { return addAll(m, token, values, d.Before) })
}

// addAll is the edits that add a trailer for each value.
func addAll(m *message.Message, token string, values []string, before string) []message.Edit {
	if len(values) == 1 {
		return []message.Edit{m.AddTrailer(token, values[0], before)}
	}
	text, then := m.Text, m
	for _, v := range values {
		next, err := message.Apply(text, []message.Edit{then.AddTrailer(token, v, before)})
		if err != nil {
			return nil
		}
		text, then = next, message.Parse(next, m.Options)
	}
	return message.Difference(m.Text, text)
}

// quoted names trailers in a title.
func quoted(token string, values []string) string {
	var trailers []string
	for _, v := range values {
		trailers = append(trailers, "`"+token+": "+v+"`")
	}
	return list(trailers, words.And)
}

// declines tells whether the project declines AI-generated content in something that
// this commit contains, as far as that is known: then no fix takes out what speaks of
// it.
func (j *judge) declines() bool {
	stances := &j.Policy.Stance
	if len(j.Files) == 0 || slices.Contains(j.Totals.classes, policy.Code) {
		return stances.Code.Declined()
	}
	return slices.ContainsFunc(j.Totals.classes, func(c policy.Class) bool { return stances.Of(c).Declined() })
}

// keepForRequest is the edits that go with some others and leave the words for the
// pull request in a comment that git strips; ok is false where a comment would
// stay in the commit.
func (j *judge) keepForRequest(gone []message.Edit) (edits []message.Edit, ok bool) {
	text := j.requestWords()
	edits = j.rewrite(gone, func(m *message.Message) []message.Edit {
		var e message.Edit
		then := judge{Input: j.Input, View: j.View}
		then.Message = m
		if strings.Contains(m.Text[:m.Cut], text) {
			ok = true
			return nil
		}
		e, ok = then.comment(words.RequestKeptText.With("request", j.Policy.PullRequest.Noun(), "text", text))
		return []message.Edit{e}
	})
	return edits, ok
}

// keptForRequest tells whether a comment keeps the words for the pull request already.
func (j *judge) keptForRequest() bool {
	kept := words.RequestKeptText.With("request", j.Policy.PullRequest.Noun(), "text", j.requestWords())
	m := j.Message
	return m.Options.StripsComments() && strings.Contains(m.Text[:m.Cut], m.Options.Comment+" "+kept) || strings.Contains(remarks(m), kept)
}

// requestWords is the text for the pull request, or for the issue that this is, on one
// line.
func (j *judge) requestWords() string {
	q, _ := j.asks()
	text := strings.Join(strings.Fields(q.Words), " ")
	switch {
	case text != "":
		return text
	case len(q.Asks) > 0:
		return words.RequestText.With("asks", list(q.Asks, words.And))
	}
	return words.RequestOpenText.String()
}

// rewrite makes edits in two steps, the second on the outcome of the first, and
// returns them as one edit of what differs.
func (j *judge) rewrite(first []message.Edit, then func(*message.Message) []message.Edit) []message.Edit {
	text, err := message.Apply(j.Message.Text, first)
	if err == nil {
		text, err = message.Apply(text, then(message.Parse(text, j.Message.Options)))
	}
	if err != nil {
		return nil // the edits are our own; a fix without edits is not offered
	}
	return message.Difference(j.Message.Text, text)
}

// FixAll applies the preferred fix of the first finding that has one, judges
// again, and goes on until there is none. It returns the new text and the
// titles of what it did; a text that comes back ends it.
func FixAll(in Input) (text string, done []string) {
	seen := map[string]bool{in.Message.Text: true}
	for range maxFixes {
		next, title := fixOne(in, seen)
		if title == "" {
			break
		}
		seen[next] = true
		done = append(done, title)
		in.Message = message.Parse(next, in.Message.Options)
	}
	return in.Message.Text, done
}

// maxFixes is more than any message needs; every fix removes its finding.
const maxFixes = 50

func fixOne(in Input, seen map[string]bool) (text, title string) {
	for _, f := range Check(in) {
		for _, fix := range f.Fixes {
			if !fix.Preferred || len(fix.Edits) == 0 {
				continue
			}
			next, err := message.Apply(in.Message.Text, fix.Edits)
			if err == nil && !seen[next] {
				return next, fix.Title
			}
		}
	}
	return "", ""
}
