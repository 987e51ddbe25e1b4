package diagnostics

import (
	"slices"
	"strings"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// Action is something that a person may do with a message though no finding asks for
// it. None is ever preferred, and none takes away what speaks of AI use without
// putting the project's own form in its place.
type Action struct {
	Fix
	ID       string    // the same as long as the action means the same
	Rewrites bool      // it changes what stands there, and does not only add to it
	Answer   Statement // to the question whether AI helped: Yes or No; "" for the others
	Says     Statement // the same where the edits alone do not say it; else ""
}

// Actions are what a person may do with a commit message, in the order in which they
// are offered.
func Actions(in Input) []Action {
	if in.Policy == nil || in.Message == nil || in.Kind.OnForge() || in.Kind == CoverLetter || strings.IndexByte(in.Message.Text[:in.Message.Cut], 0) >= 0 {
		return nil
	}
	j := newJudge(in)
	disclosures := j.convert()
	if len(disclosures) == 0 {
		disclosures = j.disclose()
	}
	all := slices.Concat(disclosures, j.attest(), j.answers(), j.signOff())
	for i := range all {
		all[i].Title = short(all[i].Title)
	}
	return slices.DeleteFunc(all, func(a Action) bool { return len(a.Edits) == 0 && a.Says == "" })
}

// disclose are the disclosures that this change is likely to have.
func (j *judge) disclose() []Action {
	d := &j.Policy.Disclosure
	if j.disclosed() && !j.onlyPeople() || j.brokenBlock() != nil {
		return nil
	}
	var all []Action
	if d.Trailer == "" {
		return nil
	}
	choices, fill := j.choices()
	for _, values := range choices {
		for _, token := range d.Tokens() {
			trailers := quoted(token, values)
			all = append(all, Action{ID: "disclose " + trailers, Fix: Fix{
				Title: words.ActionDisclose.With("trailers", trailers),
				Edits: j.withoutNoAI(func(m *message.Message) []message.Edit { return addAll(m, token, values, d.Before) }),
				Fill:  fill,
			}})
		}
	}
	return all
}

// convert puts the project's disclosure in the place of another project's, or of what
// tools write by themselves. A project that wants none in the message gets nothing
// taken out, and one that declines AI-generated content neither.
func (j *judge) convert() []Action {
	d := &j.Policy.Disclosure
	if d.Trailer == "" || j.disclosed() {
		return nil
	}
	var all []Action
	tokens, fixes := d.Tokens(), j.conversion()
	values, _ := j.disclosureValues()
	for i, f := range fixes[:min(len(fixes), len(tokens))] {
		trailers := quoted(tokens[i], values)
		all = append(all, Action{ID: "convert " + trailers, Rewrites: true, Fix: Fix{
			Title: words.ActionConvert.With("project", j.Policy.Who(), "trailers", trailers),
			Edits: f.Edits,
			Fill:  f.Fill,
		}})
	}
	return all
}

// attest is the questions of the zone that decides, whether or not AI use is declared
// yet.
func (j *judge) attest() []Action {
	z, fields := j.asksAttestation()
	if z == nil || len(fields) == 0 || j.attested.there || j.brokenBlock() != nil || j.unwritten() {
		return nil
	}
	if j.Policy.Attest.Form == policy.AttestRequest {
		noun, questions := j.Policy.PullRequest.Noun(), j.requestTemplate(fields)
		e, ok := j.comment(words.RequestKeptText.With("request", noun, "text", questions))
		if !ok || strings.Contains(j.Message.Text, questions) {
			return nil
		}
		return []Action{{ID: "attest", Fix: Fix{
			Title: words.ActionAttestRequest.With("request", noun),
			Edits: []message.Edit{e},
		}}}
	}
	a := Action{ID: "attest " + z.Name, Fix: Fix{Title: words.ActionAttest.With("zone", z.Name)}}
	a.Edits = j.withoutNoAI(func(m *message.Message) []message.Edit {
		then := judge{Input: j.Input, View: j.View}
		then.Message = m
		edits, fill := then.template(fields)
		a.Fill = fill
		return edits
	})
	return []Action{a}
}

// answers are the two answers to the question whether AI helped, as far as nothing in
// the message has answered it. Neither leaves a trace in history: that AI helped is
// noted beside the message, that it did not in a comment, or beside the message where
// a comment would stay.
func (j *judge) answers() []Action {
	onlySaid := !slices.ContainsFunc(j.Evidence, func(e Evidence) bool { return e.Source != "statement" })
	told := j.disclosed() && !j.onlyPeople() || j.attested.there
	if told || !onlySaid {
		return nil
	}
	var all []Action
	if j.Use == UseUnknown || j.Use == UseEvident {
		no := Action{ID: "no AI", Answer: No, Fix: Fix{Title: words.ActionNoAI.String()}}
		if e, ok := j.comment(NoAI); ok && !saysNone(j.Message) {
			no.Edits = []message.Edit{e}
		}
		if len(no.Edits) == 0 || j.Stated == Yes {
			no.Says = No
		}
		all = append(all, no)
	}
	if j.Use == UseUnknown || j.Use == UseNone {
		all = append(all, Action{ID: "AI", Rewrites: true, Answer: Yes, Says: Yes, Fix: Fix{
			Title: words.ActionAI.String(), Edits: j.noAIRemarks(),
		}})
	}
	return all
}

// signOff is the sign-off of the person who commits, where it is missing and the
// project does not refuse it. It is their own act.
func (j *judge) signOff() []Action {
	if j.brokenBlock() != nil {
		return nil
	}
	for e := range entries(j.Message) {
		if strings.EqualFold(e.token, signedOffBy) && samePerson(person(e.value), j.Committer) {
			return nil
		}
	}
	var all []Action
	for _, fix := range j.signFix("{trailer}", nil) {
		token, value, _ := strings.Cut(fix.Title, ": ")
		if slices.ContainsFunc(j.Policy.Forbidden, func(f policy.Forbidden) bool { return refuses(&f, entry{token: token, value: value}) }) {
			continue
		}
		fix.Title = words.ActionSignOff.With("trailer", fix.Title)
		all = append(all, Action{ID: "sign off", Fix: fix})
	}
	return all
}

// withoutNoAI is the edits that add something that speaks of AI help, and take the
// remark out that says there was none.
func (j *judge) withoutNoAI(add func(*message.Message) []message.Edit) []message.Edit {
	gone := j.noAIRemarks()
	if len(gone) == 0 {
		return add(j.Message)
	}
	return j.rewrite(gone, add)
}

// noAIRemarks is the edits that take out each line that saysNone finds.
func (j *judge) noAIRemarks() []message.Edit {
	m := j.Message
	var gone []message.Edit
	for _, l := range m.Lines {
		if l.Kind == message.Comment && SaysNone(m.Slice(l.Span), m.Options.Comment) {
			gone = append(gone, message.Edit{Span: l.Full})
		}
	}
	at := m.Cut
	for line := range strings.SplitAfterSeq(remarks(m), "\n") {
		if SaysNone(line, m.Options.Comment) {
			gone = append(gone, message.Edit{Span: message.Span{Start: at, End: at + len(line)}})
		}
		at += len(line)
	}
	return gone
}
