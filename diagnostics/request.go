package diagnostics

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"colophon/message"
	"colophon/policy"
	"colophon/pullrequest"
	"colophon/words"
)

// request is the text of a pull request, or of an issue, as the rules see it.
type request struct {
	text    *pullrequest.Text
	section *pullrequest.Section // where AI use is told; nil: there is none
	boxes   []requestBox         // those the policy knows, in the order of the text
	written string               // what stands in the section besides the boxes, and besides what a tool wrote
	tools   []Evidence           // the lines in which a tool speaks of itself
	none    bool                 // it says that no AI was used
	some    bool                 // it says that AI was used
}

// requestBox is a check box with what the policy makes of it.
type requestBox struct {
	pullrequest.Box
	means *policy.Box
}

// mostBoxes is how many boxes of a text are looked at.
const mostBoxes = 500

// asks is what the policy asks of the text, and what the project calls that: of an issue
// if it is one, else of the pull request.
func (in *Input) asks() (q *policy.ForgeText, noun string) {
	if in.Kind == Issue {
		return &in.Policy.Issue.ForgeText, in.Policy.Issue.Noun()
	}
	return &in.Policy.PullRequest.ForgeText, in.Policy.PullRequest.Noun()
}

// readRequest reads the section and the boxes that a policy asks for.
func readRequest(m *message.Message, q *policy.ForgeText) request {
	r := request{text: pullrequest.Parse(m.Text)}
	r.tools = r.byTools(m)
	boxes := r.text.Boxes
	if q.Section != "" {
		if r.section = r.text.Section(q.Section); r.section != nil {
			r.written = r.byPerson()
			boxes = r.section.Boxes
		} else {
			boxes = nil
		}
	}
	var says []string
	for _, b := range q.Boxes {
		says = append(says, plainWords(b.Says))
	}
	for _, b := range boxes[:min(len(boxes), mostBoxes)] {
		text := plainWords(b.Text)
		for i := range q.Boxes {
			if strings.HasPrefix(text, says[i]) {
				r.boxes = append(r.boxes, requestBox{b, &q.Boxes[i]})
				break
			}
		}
	}
	for _, b := range r.boxes {
		if b.Checked {
			r.none = r.none || b.means.None
			r.some = r.some || !b.means.None
		}
	}
	switch {
	case len(r.boxes) > 0:
	case r.saysNone(q):
		r.none = true
	case r.section != nil && r.written != "" && !isPlaceholder(r.written):
		r.some = true
	case r.section == nil && r.repeats(q):
		r.some = true
	}
	return r
}

// byTools finds a tool's footers, and the trailers that give a tool credit. What stands in
// a comment of a template, or in a block of code, is an example.
func (r *request) byTools(m *message.Message) (all []Evidence) {
	for _, l := range m.Lines {
		if l.Span.End > r.text.Read {
			break
		}
		text := m.Slice(l.Span)
		e := Evidence{Source: "footer", Text: strings.TrimSpace(text), Span: l.Span}
		if !isFooter(text) {
			token, value, ok := trailerLine(text)
			if !ok || !isCredit(token) || !isToolValue(value) {
				continue
			}
			e.Source, e.token, e.value = "trailer", token, value
		}
		if !within(l.Span, r.text.Comments) && !within(l.Span, r.text.Code) {
			all = append(all, e)
		}
	}
	return all
}

// within tells whether a span begins in one of several, which are apart and in order.
func within(s message.Span, all []message.Span) bool {
	i := sort.Search(len(all), func(i int) bool { return all[i].End > s.Start })
	return i < len(all) && all[i].Start <= s.Start
}

// byPerson is what a person wrote in the section. "Assisted-by: Claude" alone may be the
// answer; footers, co-authors and sign-offs are what tools add to any text.
func (r *request) byPerson() string {
	var tools, added []message.Span
	for _, e := range r.tools {
		tools = append(tools, e.Span)
		if e.Source == "footer" || strings.HasPrefix(strings.ToLower(e.token), "co-") || strings.EqualFold(e.token, signedOffBy) {
			added = append(added, e.Span)
		}
	}
	return cmp.Or(r.text.Written(r.section.Body, tools...), r.text.Written(r.section.Body, added...))
}

// ForgeKind is the kind of a text whose writer does not say: that in which the policy's
// section, or a box that it knows, stands. That is a pull request where both do, and, not
// ok, where none does.
func ForgeKind(in Input) (kind Kind, ok bool) {
	if in.Policy == nil {
		return PullRequest, false
	}
	for _, kind := range []Kind{PullRequest, Issue} {
		in.Kind = kind
		q, _ := in.asks()
		if r := readRequest(in.Message, q); r.section != nil || len(r.boxes) > 0 {
			return kind, true
		}
	}
	return PullRequest, false
}

// saysNone tells whether what is written is the negative form, or one as short.
func (r *request) saysNone(q *policy.ForgeText) bool {
	said := plainWords(r.written)
	if said == "" {
		return false
	}
	wanted := plainWords(q.None)
	return wanted != "" && strings.HasPrefix(said, wanted) && len(said) < len(wanted)+40 ||
		slices.Contains(saidNone, said)
}

// saidNone are short ways to say that no AI was used, as plainWords has them.
var saidNone = []string{"no", "none", "no ai", "no ai used", "no ai was used", "no ai tools used", "no ai tools were used", "none used", "not used", "n a"}

// repeats tells whether the text holds the words that the project gives for it,
// outside any section.
func (r *request) repeats(q *policy.ForgeText) bool {
	given := plainWords(q.Words)
	if i := strings.IndexByte(q.Words, '<'); i >= 0 {
		given = plainWords(q.Words[:i])
	}
	return len(given) > 20 && strings.Contains(plainWords(r.text.Text[:r.text.Read]), given)
}

// mentions tells whether the text speaks of AI at all. Where the project fixes no
// place and no words, that is for its people to read, and nothing is missing.
func (r *request) mentions() bool {
	text := r.text.Text[:r.text.Read]
	return speaksOfAI.MatchString(text) || len(toolNames(text)) > 0
}

var speaksOfAI = compile(`(?i)\b(?:AI|LLMs?|GPT|generative|machine[- ]generated)\b`)

// view is what the text says of AI use.
func (r *request) view(in Input) View {
	v := View{Use: UseUnknown}
	if in.Stated == Yes {
		v.Evidence = []Evidence{{Source: "statement", Text: words.EvidenceStatedPiece.String()}}
	}
	v.Evidence = append(v.Evidence, r.tools[:min(len(r.tools), enough)]...)
	if IsTool(in.Author) {
		v.Evidence = append(v.Evidence, Evidence{Source: "author", Text: in.Author.String()})
	}
	for _, f := range in.Facts {
		if f.Source != "commit" || !r.some { // what the commits say is declared then
			v.Evidence = append(v.Evidence, f)
		}
	}
	switch {
	case len(v.Evidence) > 0:
		v.Use = UseEvident
	case r.some:
		v.Use = UseDeclared
	case r.none, in.Stated == No:
		v.Use = UseNone
	}
	return v
}

// heading is the place of a finding about the section: its heading, or the
// beginning of the text where it is missing.
func (r *request) heading() message.Span {
	if r.section == nil {
		end := strings.IndexByte(r.text.Text, '\n')
		if end < 0 {
			end = len(r.text.Text)
		}
		return message.Span{Start: 0, End: end}
	}
	return r.section.Heading
}

// readRequest is what Look has read, or, for another text, what stands there.
func (j *judge) readRequest() request {
	if j.request != nil {
		return *j.request
	}
	q, _ := j.asks()
	return readRequest(j.Message, q)
}

// InCommit is the first fact by which AI use is evident in a commit that a pull request
// brings, for Input.Facts of its text. name is the commit's abbreviated id. Without one, ok
// is false.
func InCommit(name string, in Input) (fact Evidence, ok bool) {
	v := Look(in)
	if len(v.Evidence) == 0 {
		return Evidence{}, false
	}
	return Evidence{Source: "commit", Text: short(words.EvidenceCommitPiece.With("commit", name, "evidence", v.Evidence[0].words()))}, true
}

// requestMissing is disclosure-missing in a pull request or an issue.
func requestMissing(j *judge) {
	q, _ := j.asks()
	if !q.Wanted() {
		return
	}
	r := j.readRequest()
	switch {
	case r.none || r.some:
		if r.none && !r.some && j.Use == UseEvident {
			j.report(Finding{Severity: needs(q.Need), Span: r.heading(), Message: words.RequestContradicts.With("evidence", j.Evidence[0].words(), "project", j.Policy.Words())})
		}
		return
	case j.Use == UseNone && q.None == "" && !noneBox(q), q.Section == "" && r.mentions():
		return
	}
	f := Finding{Span: r.heading(), Severity: needs(q.Need)}
	if j.Use != UseEvident && len(q.Boxes) > 0 && r.section != nil && !noneBox(q) {
		return // ticking none says that there was none
	}
	if q.Section == "" && j.Use != UseEvident {
		f.Severity = Hint
	}
	f.Message = j.requestAsks(&r)
	if j.Use == UseUnknown && q.None == "" && !noneBox(q) && f.Severity != Hint {
		f.Severity = Hint
	}
	f.Fixes = j.requestFixes(&r)
	j.report(f)
}

// requestAsks says what is missing there, and how it is known that AI helped.
func (j *judge) requestAsks(r *request) string {
	q, noun := j.asks()
	var says words.Sentence
	none, evident := q.None, ""
	if j.Use == UseEvident {
		none = ""
		if e := j.Evidence[0]; e.Source != "statement" { // which is the person's own
			evident = words.RequestEvident.With("evidence", e.words())
		}
	}
	switch {
	case q.Section == "" && j.Use == UseEvident:
		says = words.RequestMissing
	case q.Section == "":
		says = words.RequestIfAI
	case len(q.Boxes) > 0 && r.section != nil:
		says = words.RequestNoBox
	case r.section == nil && none == "":
		says = words.RequestNoSection
	case r.section == nil:
		says = words.RequestNoSectionNone
	case none == "":
		says = words.RequestEmpty
	default:
		says = words.RequestEmptyNone
	}
	return sentences(says.With("Project", j.Policy.Opening(), "project", j.Policy.Words(), "request", noun, "section", q.Section,
		"asks", cmp.Or(list(q.Asks, words.And), words.RequestHowPiece.String()), "none", none, "text", j.requestWords()), evident)
}

func noneBox(q *policy.ForgeText) bool {
	return slices.ContainsFunc(q.Boxes, func(b policy.Box) bool { return b.None })
}

// requestFixes write the section, or into it, what the person then completes.
func (j *judge) requestFixes(r *request) []Fix {
	q, _ := j.asks()
	if len(q.Boxes) > 0 {
		return nil // which box is for the person to say
	}
	nl := j.Message.Newline()
	insert := func(text string) message.Edit {
		if r.section != nil {
			at := r.section.Heading.End
			if i := strings.IndexByte(r.text.Text[at:], '\n'); i >= 0 {
				at += i + 1
			} else {
				text = nl + text
			}
			return message.Edit{Span: message.Span{Start: at, End: at}, Text: nl + text + nl}
		}
		head := ""
		if q.Section != "" {
			head = "#### " + q.Section + nl + nl
		}
		end := len(r.text.Text)
		lead := nl
		switch {
		case end == 0:
			lead = ""
		case !strings.HasSuffix(r.text.Text, "\n"):
			lead = nl + nl
		}
		return message.Edit{Span: message.Span{Start: end, End: end}, Text: lead + head + text + nl}
	}
	var fixes []Fix
	if q.None != "" && j.Use != UseEvident {
		fixes = append(fixes, Fix{Title: words.RequestNoneTitle.With("none", q.None), Edits: []message.Edit{insert(q.None)}})
	}
	if q.Words != "" {
		text := j.requestWords()
		fixes = append(fixes, Fix{Title: words.RequestUsedTitle.String(), Edits: []message.Edit{insert(text)}, Fill: bracketed(text)})
	}
	return fixes
}

// bracketed are the placeholders of a text that a policy gives.
func bracketed(text string) []string {
	var fill []string
	for {
		open := strings.IndexByte(text, '<')
		if open < 0 {
			return fill
		}
		end := strings.IndexByte(text[open:], '>')
		if end < 0 {
			return fill
		}
		if s := text[open : open+end+1]; isPlaceholder(s) {
			fill = append(fill, s)
		}
		text = text[open+end+1:]
	}
}

// requestValue is disclosure-value in a pull request or an issue: boxes that do not fit
// one another, and placeholders.
func requestValue(j *judge) {
	q, _ := j.asks()
	r := j.readRequest()
	var ticked []requestBox
	for _, b := range r.boxes {
		if b.Checked {
			ticked = append(ticked, b)
		}
	}
	switch {
	case q.Choose == "one" && len(ticked) > 1:
		j.report(Finding{Span: ticked[1].Mark, Message: words.BoxOnlyOne.With("Project", j.Policy.Opening()),
			Related: []Related{{Span: ticked[0].Mark, Message: words.BoxOtherLabel.String()}}})
	case q.Choose == "all":
		for _, b := range r.boxes {
			if !b.Checked && !j.full() {
				j.report(Finding{Span: b.Mark, Message: words.BoxEach.With("Project", j.Policy.Opening())})
			}
		}
	case r.none && r.some:
		j.report(Finding{Span: ticked[0].Mark, Message: words.BoxContradiction.String()})
	}
	if r.section == nil {
		return
	}
	body, from := r.text.Slice(r.section.Body), 0
	for _, s := range bracketed(body) {
		if j.full() || strings.Contains(s, "!--") || strings.HasPrefix(s, "</") || !strings.Contains(s, " ") && !strings.Contains(q.Words, s) {
			continue // markup, and not a text to fill in
		}
		from += strings.Index(body[from:], s)
		at := r.section.Body.Start + from
		from += len(s)
		j.report(Finding{Span: message.Span{Start: at, End: at + len(s)}, Message: words.RequestPlaceholder.String()})
	}
}

// requestKind is disclosure-kind in a pull request: boxes against the files.
func requestKind(j *judge) {
	if len(j.Files) == 0 {
		return
	}
	r := j.readRequest()
	for _, b := range r.boxes {
		class := classOf(b.means.Kind)
		if !b.Checked || class == "" || slices.Contains(j.Totals.classes, class) {
			continue
		}
		says := map[policy.Class]words.Sentence{policy.Code: words.BoxNoCode, policy.Test: words.BoxNoTest, policy.Documentation: words.BoxNoDocs}[class]
		j.report(Finding{Span: b.Mark, Message: says.String()})
	}
}

// requestAttestation reads the attestation in the text of a pull request.
func (j *judge) requestAttestation() (attested, *policy.Zone, []policy.Field) {
	z, fields := j.asksAttestation()
	return j.attested, z, fields
}

func requestAttestationMissing(j *judge) {
	if j.Policy.Attest.Form != policy.AttestRequest {
		return
	}
	a, z, fields := j.requestAttestation()
	if z == nil || j.Use == UseNone || a.known() {
		return
	}
	nl := j.Message.Newline()
	lead := nl
	if text := j.Message.Text; text != "" && !strings.HasSuffix(text, "\n") {
		lead = nl + nl
	}
	lines := []string{lead + "## " + j.Policy.Attest.Heading, ""}
	var fill []string
	for i := range fields {
		line, open := j.line(&fields[i])
		if lines = append(lines, line); open != "" {
			fill = append(fill, open)
		}
	}
	end := message.Span{Start: len(j.Message.Text), End: len(j.Message.Text)}
	j.ask(Finding{
		Span:  j.where(),
		Fixes: []Fix{{Title: words.ActionAttest.With("zone", z.Name), Edits: []message.Edit{{Span: end, Text: strings.Join(lines, nl) + nl}}, Fill: fill}},
		Message: j.ifAI(words.AttestRequestIfAI, words.AttestRequest).With("zone", z.Name, "project", j.Policy.Words(),
			"heading", j.Policy.Attest.Heading, "fields", labels(fields)),
	})
}

func requestAttestationIncomplete(j *judge) {
	if j.Policy.Attest.Form == policy.AttestRequest {
		checkAttestationIncomplete(j)
	}
}
