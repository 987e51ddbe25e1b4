package diagnostics

import (
	"cmp"

	"colophon/message"
	"colophon/words"
)

const signedOffBy = "Signed-off-by"

var signoffMissing = &Rule{
	ID:       "signoff-missing",
	Severity: Error,
	Summary:  "The project wants a person's Signed-off-by, and there is none.",
	Why: `With Signed-off-by a person certifies the Developer Certificate of Origin for
the whole change, including what AI helped with. Only a person can do that.

While no AI use is known, this is a hint: the project's own checks ask for
sign-offs, and Colophon does not stop a commit for one.`,
	Fix: "Offers to add yours. It is never applied unasked: signing is yours to do.",
	Bad: []Example{{
		Policy:  "qemu-2026-09",
		Message: "tests: cover the empty queue\n\nIt crashed once.\n\nAI-used-for: tests\n",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-09",
		Message: "tests: cover the empty queue\n\nIt crashed once.\n\nAI-used-for: tests\nSigned-off-by: Jo Doe <jo@example.org>\n",
	}},
	check: checkSignoffMissing,
}

func checkSignoffMissing(j *judge) {
	if !j.Policy.SignOff.Required || j.unwritten() {
		return
	}
	others := false
	for _, t := range j.Message.Trailers {
		if !t.Is(signedOffBy) || t.Value == "" || isToolValue(t.Value) {
			continue
		}
		if !j.Policy.SignOff.ByAuthor || j.Author == (Person{}) || samePerson(person(t.Value), j.Author) {
			return
		}
		others = true
	}
	f := Finding{Span: j.where()}
	if j.Use == UseUnknown || j.Use == UseNone {
		f.Severity = Hint
	}
	if lost, ok := j.lostSignoff(); ok {
		if j.brokenBlock().holds(lost.span) {
			return // trailer-block mends it
		}
		f.Span = lost.span
		f.Message = words.SignoffLost.String()
		f.Fixes = []Fix{{Title: words.SignoffLostTitle.String(), Preferred: true, Edits: j.rewrite(
			j.Message.RemoveLines(lost.lines()),
			func(m *message.Message) []message.Edit {
				return []message.Edit{m.AddTrailer(signedOffBy, lost.value, "")}
			})}}
		j.report(f)
		return
	}
	if others {
		f.Message = words.SignoffAuthor.With("Project", j.Policy.Opening(), "person", cmp.Or(j.Author.Name, j.Author.Email))
		j.report(f)
		return
	}
	f.Message = words.SignoffMissing.With("Project", j.Policy.Opening())
	f.Fixes = j.signFix(words.ActionSignOff, nil)
	j.report(f)
}

// lostSignoff is a person's sign-off where git sees no trailer.
func (j *judge) lostSignoff() (entry, bool) {
	for _, e := range j.lost(signedOffBy) {
		if !isToolValue(e.value) {
			return e, true
		}
	}
	return entry{}, false
}

// signFix offers the person's own sign-off, in the place of the lines that go.
// Whose it is must be known, and it must be a person.
func (j *judge) signFix(title words.Sentence, gone []message.Span) []Fix {
	p := j.Committer
	if p.Name == "" || p.Email == "" || IsTool(p) {
		return nil
	}
	value := p.String()
	edits := j.rewrite(j.Message.RemoveLines(gone), func(m *message.Message) []message.Edit {
		return []message.Edit{m.AddTrailer(signedOffBy, value, "")}
	})
	return []Fix{{Title: title.With("trailer", signedOffBy+": "+value), Edits: edits}}
}
