package diagnostics

import (
	"slices"
	"strconv"
	"strings"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// attested is the attestation that stands in a text.
type attested struct {
	there   bool
	heading message.Span // what says that it is one; of trailers, the first
	end     int          // where another answer would be added
	answers map[string]answer
}

// answer is what was written for one field.
type answer struct {
	label message.Span
	from  int          // where the answer can begin: behind the colon
	value message.Span // may be empty
	text  string       // folded lines joined
	box   string       // " " or "x" where a check box stands in front
}

// asksAttestation is the zone that decides what is attested, and what it asks; a nil zone:
// nothing is asked.
func (j *judge) asksAttestation() (*policy.Zone, []policy.Field) {
	if len(j.Policy.Attest.Fields) == 0 {
		return nil, nil
	}
	about := j.aboutClass()
	var zones []*policy.Zone
	for i := range j.Policy.Zones {
		if z := &j.Policy.Zones[i]; z.Asked("attestation") {
			if _, n := j.helpedIn(z, about); n > 0 {
				zones = append(zones, z)
			}
		}
	}
	z := policy.Innermost(zones)
	if z == nil {
		return nil, nil
	}
	return z, j.Policy.Attest.Asked(z)
}

// attestation reads what stands in the message.
func attestation(m *message.Message, p *policy.Policy) attested {
	switch a := &p.Attest; {
	case len(a.Fields) == 0:
		return attested{}
	case a.Form == policy.AttestTrailers:
		return attestedTrailers(m, a)
	default:
		return attestedSection(m, a)
	}
}

func attestedTrailers(m *message.Message, a *policy.Attestation) attested {
	out := attested{answers: make(map[string]answer)}
	for i := range m.Trailers {
		t := &m.Trailers[i]
		for _, f := range a.Fields {
			if !t.Is(f.Trailer) {
				continue
			}
			if !out.there {
				out.there, out.heading = true, t.TokenSpan
			}
			from := t.TokenSpan.End + 1 + strings.IndexAny(m.Text[t.TokenSpan.End:], m.Options.Separators)
			value := t.ValueSpan
			if value.Len() == 0 {
				value = message.Span{Start: from, End: from}
			}
			out.answers[f.Name] = answer{label: t.TokenSpan, from: from, value: value, text: t.Value}
		}
	}
	return out
}

// attestedSection reads a paragraph that begins with the heading, and those below
// it that begin with another answer.
func attestedSection(m *message.Message, a *policy.Attestation) attested {
	out := attested{answers: make(map[string]answer)}
	want := plainHeading(a.Heading)
	read := newAnswers(a)
	last := -1 // the last line that begins an answer: up to it, every paragraph belongs to one
	for i, l := range m.Lines {
		if _, _, ok := read.line(m.Slice(l.Span), l.Start); ok {
			last = i
		}
	}
	if last < 0 {
		return out
	}
	name := ""
	paragraph := -1
	for i, l := range m.Lines {
		text := m.Slice(l.Span)
		if l.Kind == message.Comment {
			continue
		}
		if !out.there {
			if (l.Kind == message.Body || l.Kind == message.Other) && plainHeading(text) == want {
				out.there, out.heading, out.end, paragraph = true, l.Span, l.Full.End, l.Paragraph
			}
			continue
		}
		if l.Paragraph < 0 {
			continue // an empty line, perhaps between two answers
		}
		indented := text != "" && (text[0] == ' ' || text[0] == '\t')
		field, ans, ok := read.line(text, l.Start)
		switch {
		case ok:
			name, paragraph = field, l.Paragraph
			out.answers[name] = ans
		case name == "" && l.Paragraph != paragraph:
			out.there, out.heading = false, message.Span{} // it was no heading
			if plainHeading(text) == want {
				out.there, out.heading, out.end, paragraph = true, l.Span, l.Full.End, l.Paragraph
			}
			continue
		case i > last && l.Paragraph != paragraph && !(indented && name != ""), i > last && l.Kind == message.TrailerLine:
			return out
		case name == "" && strings.Trim(text, "-=~ \t") == "":
			// a line under the heading
		case name != "":
			paragraph = l.Paragraph
			ans := out.answers[name]
			if ans.value.Len() == 0 {
				ans.value.Start = l.Start + len(text) - len(strings.TrimLeft(text, " \t"))
			}
			ans.value.End = l.End
			if len(ans.text) < 1000 { // no more is looked at
				ans.text = strings.TrimSpace(ans.text + " " + strings.TrimSpace(text))
			}
			out.answers[name] = ans
		}
		out.end = l.Full.End
	}
	return out
}

// IsHeading tells whether a line is the heading of the attestation that a policy asks for.
func IsHeading(line string, p *policy.Policy) bool {
	return p.Attest.Heading != "" && plainHeading(line) == plainHeading(p.Attest.Heading)
}

func plainHeading(s string) string { return strings.ToLower(strings.Trim(s, " \t\r#*_=:-")) }

// answers reads the lines of an attestation.
type answers struct {
	fields     []policy.Field
	statements []string // in plain words, of each field
}

func newAnswers(a *policy.Attestation) answers {
	r := answers{fields: a.Fields}
	for _, f := range a.Fields {
		r.statements = append(r.statements, plainWords(f.Statement))
	}
	return r
}

// line reads a line such as "- Tool: x" or "- [x] I understand …".
func (r answers) line(line string, start int) (name string, ans answer, ok bool) {
	rest := strings.TrimLeft(line, " \t")
	if bare, found := cutBullet(rest); found {
		rest = bare
	}
	if len(rest) >= 3 && rest[0] == '[' && rest[2] == ']' && strings.IndexByte(" xX", rest[1]) >= 0 {
		ans.box = strings.ToLower(rest[1:2])
		rest = strings.TrimLeft(rest[3:], " \t")
	}
	rest = strings.TrimLeft(rest, "*_") // a label may be set in bold
	at := len(line) - len(rest)
	if ans.box != "" {
		said := plainWords(rest[:min(len(rest), 500)])
		for i, f := range r.fields {
			if f.Statement != "" && strings.HasPrefix(said, r.statements[i]) {
				ans.label = message.Span{Start: start + at, End: start + len(strings.TrimRight(line, "\r"))}
				ans.value, ans.text, ans.from = ans.label, rest, ans.label.Start
				return f.Name, ans, true
			}
		}
	}
	if !strings.Contains(rest[:min(len(rest), 200)], ":") && !strings.Contains(rest[:min(len(rest), 200)], "：") {
		return "", answer{}, false // as most lines
	}
	for _, f := range r.fields {
		for _, label := range []string{f.Label, f.Name} {
			if label == "" || len(rest) <= len(label) || !strings.EqualFold(rest[:len(label)], label) {
				continue
			}
			behind := strings.TrimLeft(rest[len(label):], " \t*_")
			colon := len(":")
			if strings.HasPrefix(behind, "：") {
				colon = len("：")
			} else if !strings.HasPrefix(behind, ":") {
				continue
			}
			value := strings.TrimSpace(strings.Trim(behind[colon:], "*_"))
			ans.label = message.Span{Start: start + at, End: start + at + len(label)}
			ans.from = start + len(line) - len(strings.TrimLeft(behind[colon:], "*_"))
			from := start + len(line) - len(strings.TrimLeft(behind[colon:], " \t*_"))
			ans.value = message.Span{Start: from, End: from + len(value)}
			if value == "" {
				ans.value = message.Span{Start: ans.from, End: ans.from}
			}
			ans.text = value
			return f.Name, ans, true
		}
	}
	return "", answer{}, false
}

func cutBullet(s string) (string, bool) {
	if len(s) > 1 && strings.IndexByte("-*+", s[0]) >= 0 && (s[1] == ' ' || s[1] == '\t') {
		return strings.TrimLeft(s[1:], " \t"), true
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits > 0 && digits < 4 && len(s) > digits+1 && strings.IndexByte(".)", s[digits]) >= 0 && s[digits+1] == ' ' {
		return strings.TrimLeft(s[digits+1:], " \t"), true
	}
	return s, false
}

var spelledOut = strings.NewReplacer("i'm", "i am", "i’m", "i am", "it's", "it is", "it’s", "it is")

// plainWords is a sentence without what does not matter in it.
func plainWords(s string) string {
	s = spelledOut.Replace(strings.ToLower(s))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }), " ")
}

// open says what is missing in an answer; "" if it says something. Whether it is
// true or good is for people to judge.
func (a answer) open(f *policy.Field, seed string) words.Sentence {
	text := strings.TrimSpace(a.text)
	says := func(write, state words.Sentence) words.Sentence {
		if f.Statement != "" {
			return state
		}
		return write
	}
	switch {
	case a.box == " ":
		return says(words.AnswerUnticked, words.AnswerUntickedState)
	case text == "", strings.Trim(text, ".…?-_ ") == "":
		return says(words.AnswerEmpty, words.AnswerEmptyState)
	case text == f.Placeholder(), seed != "" && text == seed, strings.Contains(text, f.Placeholder()), isPlaceholder(text):
		return says(words.AnswerPlaceholder, words.AnswerPlaceholderState)
	case f.Statement != "" && unconfirmed.MatchString(text):
		return words.AnswerUnconfirmedState
	}
	return ""
}

// unconfirmed matches answers that confirm nothing.
var unconfirmed = compile(`(?i)^(?:no|not yet|false|n/a|none|todo|tbd)\.?$`)

// isPlaceholder tells whether all of a text is one pair of angle brackets, and no
// address.
func isPlaceholder(text string) bool {
	switch strings.ToUpper(strings.TrimRight(text, ".:")) {
	case "TODO", "TBD", "FIXME", "XXX":
		return true
	}
	return len(text) > 2 && text[0] == '<' && text[len(text)-1] == '>' &&
		!strings.ContainsAny(text[1:len(text)-1], "<>@") && !strings.Contains(text, "://")
}

// seed is what stands for a field before the person writes: what is known, or a
// placeholder with what could help.
func (j *judge) seed(f *policy.Field) (text string, fill bool) {
	switch f.Name {
	case "tool":
		h := j.help()
		if h.Model != "" && strings.ContainsAny(h.Model, "0123456789") {
			if h.Tool != "" && !strings.Contains(strings.ToLower(h.Model), strings.ToLower(h.Tool)) {
				return h.Tool + " (" + h.Model + ")", false
			}
			return h.Model, false
		}
	case "parts":
		if parts := j.parts(); parts != "" {
			return words.AttestationPartText.With("parts", parts), true
		}
	}
	return f.Placeholder(), true
}

// parts is what the commit contains, per class: the person says which of it AI
// helped with.
func (j *judge) parts() string {
	var parts []string
	for _, c := range []policy.Class{policy.Code, policy.Test, policy.Documentation} {
		p := j.Totals.parts[c]
		if p == nil || strings.ContainsAny(p.first, "<>\r\n") {
			continue
		}
		where := p.first
		switch others := p.files - 1; {
		case others == 1:
			where = words.AttestFilesPiece.With("file", where)
		case others > 1:
			where = words.AttestManyPiece.With("file", where, "count", strconv.Itoa(others))
		}
		lines := words.AttestLinesPiece.With("count", strconv.Itoa(p.counted))
		if p.counted == 1 {
			lines = words.AttestLinePiece.String()
		}
		parts = append(parts, words.AttestPartPiece.With("class", string(c), "lines", lines, "files", where))
	}
	return strings.Join(parts, "; ")
}

// line is the line for a field in a section.
func (j *judge) line(f *policy.Field) (text, fill string) {
	seed, open := j.seed(f)
	if open {
		fill = seed
	}
	bullet := "- "
	if strings.HasPrefix(bullet, j.Message.Options.Comment) {
		bullet = "* " // the other would make a comment of it
	}
	return bullet + f.Label + ": " + seed, fill
}

// template is the edit that inserts the answers that are asked, and what is left
// to fill in.
func (j *judge) template(fields []policy.Field) (edits []message.Edit, fill []string) {
	a := &j.Policy.Attest
	m := j.Message
	if a.Form == policy.AttestTrailers {
		before := a.Before
		if before == "" {
			before = signedOffBy
		}
		text := m.Text
		for i := range fields {
			seed, open := j.seed(&fields[i])
			if open {
				fill = append(fill, seed)
			}
			next, err := message.Apply(text, []message.Edit{m.AddTrailer(fields[i].Trailer, seed, before)})
			if err != nil {
				return nil, nil
			}
			text = next
			m = message.Parse(text, m.Options)
		}
		return message.Difference(j.Message.Text, text), fill
	}
	lines := []string{a.Heading + ":"}
	if strings.HasSuffix(a.Heading, ":") {
		lines[0] = a.Heading
	}
	for i := range fields {
		line, open := j.line(&fields[i])
		if lines = append(lines, line); open != "" {
			fill = append(fill, open)
		}
	}
	return []message.Edit{m.AddParagraph(lines)}, fill
}

// requestTemplate is the same as a text for the pull request.
func (j *judge) requestTemplate(fields []policy.Field) string {
	var questions []string
	for i := range fields {
		questions = append(questions, fields[i].Label+": "+fields[i].Placeholder())
	}
	return strings.Join(questions, "; ")
}

// known tells whether the message speaks of AI use by an attestation.
func (a attested) known() bool { return a.there && len(a.answers) > 0 && !a.none() }

// none tells whether the attestation says that no tool helped.
func (a attested) none() bool {
	tool, ok := a.answers["tool"]
	return ok && tool.text != "" && isNegative(tool.text)
}

// missing are the fields that are asked and have no answer at all.
func (a attested) missing(fields []policy.Field) []policy.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f policy.Field) bool { _, ok := a.answers[f.Name]; return ok })
}

// Attested is the attestation of a message for those who explain and complete it.
type Attested struct {
	Heading message.Span
	Answers []Answer
	Missing []Answer // fields that are asked and not there; their spans are empty
}

// Answer is one field with what stands there.
type Answer struct {
	Field        policy.Field
	Label, Value message.Span
	From         int    // where the answer can begin: behind the colon
	Propose      string // what could stand there: what is known, or the statement to confirm; "" if nothing is
	Line         string // the field's whole line, for a section
}

// AttestationOf reads the attestation of a message; ok is false where none is there.
func AttestationOf(in Input) (out Attested, ok bool) {
	if in.Policy == nil || in.Message == nil {
		return Attested{}, false
	}
	j := newJudge(in)
	a := j.attested
	if !a.there {
		return Attested{}, false
	}
	out.Heading = a.heading
	answerOf := func(f policy.Field) Answer {
		seed, open := j.seed(&f)
		line, _ := j.line(&f)
		x := Answer{Field: f, Propose: f.Statement, Line: line}
		switch {
		case !open:
			x.Propose = seed
		case f.Name == "parts":
			x.Propose = j.parts()
		}
		return x
	}
	for _, f := range in.Policy.Attest.Fields {
		if ans, ok := a.answers[f.Name]; ok {
			x := answerOf(f)
			x.Label, x.Value, x.From = ans.label, ans.value, ans.from
			out.Answers = append(out.Answers, x)
		}
	}
	_, fields := j.asksAttestation()
	for _, f := range a.missing(fields) {
		out.Missing = append(out.Missing, answerOf(f))
	}
	return out, true
}
