package policy

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"colophon/words"
)

// Fact is one thing that a policy means for a contributor, in a plain sentence
// that needs no knowledge of the policy's file.
type Fact struct{ Topic, Text string }

// Reading ends a fact that is Colophon's and not the project's own text.
const Reading = string(words.ReadingBehind)

// Facts is a policy in plain sentences, in the order in which a contributor meets
// its topics.
func Facts(p *Policy) []Fact {
	var f facts
	f.standing(p)
	f.stance(p)
	f.disclosure(p)
	f.forbidden(p)
	f.signOff(&p.SignOff)
	f.classes(&p.Classes)
	f.zones(p)
	f.limit(p.Limits.SmallFix)
	f.approval(&p.Approval)
	f.attestation(&p.Attest)
	f.pullRequest(&p.PullRequest)
	f.issue(&p.Issue)
	f.patterns(p)
	f.series(&p.Series)
	f.severity(p)
	f.mark(string(words.TopicPolicy), p.Mark)
	return f
}

type facts []Fact

func (f *facts) add(topic, text string) {
	*f = append(*f, Fact{topic, text})
}

// ours is add for a sentence that a mark may make Colophon's.
func (f *facts) ours(topic string, marked bool, text string) {
	if marked {
		text += " " + Reading
	}
	f.add(topic, text)
}

// mark gives the reason of a mark; one that is only set has its say in the facts.
func (f *facts) mark(topic string, m Interpretation) {
	switch {
	case m == "" || m == plainMark:
	case strings.Contains(string(m), string(words.ColophonsReading)):
		f.add(topic, sentence(string(m)))
	default:
		f.ours(topic, true, sentence(string(m)))
	}
}

// plainMark is what `interpretation: true` says.
const plainMark = Interpretation(words.ReadingPlain)

func (f *facts) standing(p *Policy) {
	const topic = string(words.TopicStanding)
	switch p.Status {
	case Proposed:
		f.add(topic, words.FactProposed.String())
	case Retired:
		f.add(topic, words.FactRetired.String())
	case InForce:
		f.add(topic, words.FactInForce.String())
	}
	if p.AppliesTo == "outsiders" {
		f.add(topic, words.FactOutsiders.String())
	}
}

func (f *facts) stance(p *Policy) {
	s := &p.Stance
	const topic = string(words.TopicContent)
	type group struct {
		stance   Stance
		subjects []string
	}
	var groups []group
	for _, x := range []struct {
		subject words.Sentence
		stance  Stance
	}{
		{words.SubjectCode, s.Of(Code)}, {words.SubjectTests, s.Of(Test)}, {words.SubjectDocumentation, s.Of(Documentation)},
		{words.SubjectCommitMessage, s.CommitMessage}, {words.SubjectCoverLetter, s.CoverLetter},
		{words.SubjectPullRequest, s.PullRequest}, {words.SubjectIssue, s.Issue}, {words.SubjectReview, s.Review},
		{words.SubjectTranslation, s.Translation}, {words.SubjectMedia, s.Media},
	} {
		i := slices.IndexFunc(groups, func(g group) bool { return g.stance == x.stance })
		switch {
		case x.stance == "": // nothing is said of it
		case i < 0:
			groups = append(groups, group{x.stance, []string{x.subject.String()}})
		default:
			groups[i].subjects = append(groups[i].subjects, x.subject.String())
		}
	}
	for _, g := range groups {
		what := inWords(g.subjects, words.ListAll)
		switch g.stance {
		case Allow:
			f.add(topic, words.FactAllow.With("what", what))
		case Limited:
			f.add(topic, words.FactLimited.With("what", what))
		case DeclineUnless:
			f.add(topic, words.FactDeclineUnless.With("what", what))
		case Decline:
			f.add(topic, words.FactDecline.With("what", what))
		}
	}
	if p.StanceWhy != "" && slices.ContainsFunc(groups, func(g group) bool { return g.stance.Declined() }) {
		f.add(topic, words.FactReason.With("why", sentence(p.StanceWhy)))
	}
	if a := p.Disclosure.Allowed; len(a) > 0 {
		f.add(topic, words.FactAllowed.With("what", inWords(a, words.ListAll)))
	}
}

func (f *facts) disclosure(p *Policy) {
	const topic = string(words.TopicDisclosure)
	d := &p.Disclosure
	if d.Trailer == "" {
		switch {
		case p.PullRequest.Wanted():
			f.add(topic, words.FactNoDisclosureHere.String())
		case !p.Declines(): // nothing to say where nothing is taken
			f.add(topic, words.FactNoDisclosure.String())
		}
		f.mark(topic, d.Mark)
		return
	}
	ours := d.Mark == plainMark
	f.ours(topic, ours, words.FactDisclosure.With("must", string(cmp.Or(d.Need, Must)), "line", d.Trailer+": "+d.example()))
	for _, a := range d.Also {
		text := words.FactAlso.With("trailer", a.Trailer)
		if a.For != "" {
			text = words.FactAlsoFor.With("trailer", a.Trailer, "use", a.For)
		}
		f.ours(topic, ours, text)
	}
	f.ours(topic, ours, d.looks())
	if len(d.NotListed) > 0 {
		f.ours(topic, ours, words.FactNotListed.With("tools", inWords(d.NotListed, words.ListAll)))
	}
	for _, old := range slices.Sorted(maps.Keys(d.Former)) {
		f.ours(topic, ours, words.FactFormer.With("old", old, "new", d.Former[old]))
	}
	if d.NamesTool == Refused {
		f.ours(topic, ours, words.FactNamesNoTool.String())
	}
	if d.Before != "" {
		f.ours(topic, ours, words.FactBefore.With("trailer", d.Before))
	}
	switch d.Number {
	case "one":
		f.ours(topic, ours, words.FactOne.String())
	case "per-tool":
		f.ours(topic, ours, words.FactPerTool.String())
	}
	switch d.Ask {
	case AskAlways:
		f.add(topic, words.FactAskAlways.String())
	case AskWhenEvident:
		f.add(topic, words.FactAskEvident.String())
	default:
		f.add(topic, words.FactAskHint.String())
	}
	if d.Background != "" {
		f.ours(topic, ours, words.FactBackground.With("what", strings.TrimRight(d.Background, ".")))
	}
	if d.Attests != "" {
		f.ours(topic, ours, sentence(d.Attests))
	}
	f.mark(topic, d.Mark)
}

// example is a value as the project would like it.
func (d *Disclosure) example() string {
	form := FormOf(d.Value)
	if len(d.Kinds) > 0 && (form.Name == Kinds || form.Name == Free) {
		return strings.Join(d.Kinds[:min(2, len(d.Kinds))], ", ")
	}
	return form.Example
}

// looks says what the value looks like.
func (d *Disclosure) looks() string {
	form := FormOf(d.Value)
	switch {
	case form.Name == Kinds:
		return words.FactValueKinds.With("kinds", inWords(d.Kinds, words.ListAll))
	case form.Name == Free && len(d.Kinds) == 0:
		return words.FactValueFree.String()
	case form.Name == Free:
		return words.FactValueFreeKinds.With("kinds", inWords(d.Kinds, words.ListAll))
	}
	return words.FactValueForm.With("looks", form.Looks, "about", sentence(form.About))
}

func (f *facts) forbidden(p *Policy) {
	for i := range p.Forbidden {
		x := &p.Forbidden[i]
		what := ""
		switch {
		case x.Trailer != "" && x.When == "always":
			what = words.FactTrailerNever.With("trailer", x.Trailer)
		case x.Trailer != "":
			what = words.FactTrailerWithAI.With("trailer", x.Trailer)
		case x.Footer != "":
			what = words.FactFooter.String()
		default:
			what = words.FactIdentity.With("role", x.Identity)
		}
		what = because(what, x.Why)
		if x.Mark != "" && x.Mark != plainMark {
			what = words.ReadingBecause.With("fact", what, "why", strings.TrimRight(string(x.Mark), "."))
		}
		f.ours(string(words.TopicNotTaken), x.Mark == plainMark, what)
	}
}

func (f *facts) signOff(s *SignOff) {
	const topic = string(words.TopicSignOff)
	if s.Required {
		f.add(topic, words.FactSignOff.String())
	}
	if s.ByAuthor {
		f.add(topic, words.FactSignOffOwn.String())
	}
	if s.ByAI == Refused {
		f.add(topic, words.FactSignOffTool.String())
	}
	if s.Codeveloped {
		f.add(topic, words.FactCodeveloped.String())
	}
	if s.Why != "" && (s.Required || s.ByAuthor || s.ByAI == Refused || s.Codeveloped) {
		f.add(topic, words.FactReason.With("why", sentence(s.Why)))
	}
}

func (f *facts) approval(a *Approval) {
	const topic = string(words.TopicAgreement)
	if a.Trailer == "" {
		return
	}
	who := words.FactApprovalOther.String()
	switch a.By {
	case "maintainers":
		who = words.FactApprovalMaintainers.String()
	case "people":
		who = inWords(a.People, words.ListAny)
	}
	text := words.FactApproval.With("who", who, "trailer", a.Trailer, "example", FormOf(cmp.Or(a.Value, Person)).Example)
	f.ours(topic, a.Mark == plainMark, text)
	f.mark(topic, a.Mark)
}

func (f *facts) patterns(p *Policy) {
	for _, x := range p.Patterns {
		where := words.FactInMessage
		switch x.In {
		case "subject":
			where = words.FactInSubject
		case "body":
			where = words.FactInBody
		case "trailers":
			where = words.FactInTrailers
		}
		must := words.FactPatternAbsent
		if x.Must == "be-there" {
			must = words.FactPatternThere
		}
		what := must.With("where", where.String(), "what", cmp.Or(x.Name, words.FactPatternNone.String()), "pattern", x.Match)
		f.add(string(words.TopicWording), because(what, x.Why))
	}
}

func (f *facts) series(s *Series) {
	const topic = string(words.TopicSeries)
	if s.Merges == "check" {
		f.add(topic, words.FactMerges.String())
	}
	switch s.Fixups {
	case "check":
		f.add(topic, words.FactFixups.String())
	case "forbidden":
		f.add(topic, words.FactNoFixups.String())
	}
}

func (f *facts) severity(p *Policy) {
	for _, rule := range slices.Sorted(maps.Keys(p.Severity)) {
		says := map[string]words.Sentence{
			"off": words.FactRuleOff, "error": words.FactRuleError, "warning": words.FactRuleWarning,
			"info": words.FactRuleInfo, "hint": words.FactRuleHint,
		}[p.Severity[rule]]
		f.add(string(words.TopicWeight), says.With("rule", rule))
	}
}

// inWords is a list as a sentence has it.
func inWords(list []string, how words.Sentence) string {
	if n := len(list); n > 1 {
		return how.With("first", strings.Join(list[:n-1], ", "), "last", list[n-1])
	}
	return strings.Join(list, "")
}

func coded(patterns []string) string {
	var list []string
	for _, p := range patterns {
		list = append(list, "`"+p+"`")
	}
	return inWords(list, words.ListAll)
}

// because is a fact with its reason, where one is given, as a sentence.
func because(fact, why string) string {
	if why != "" {
		fact = words.FactBecause.With("fact", fact, "why", why)
	}
	return sentence(fact)
}

// sentence begins with a capital and ends with a full stop. A name in code keeps
// its case.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + ended(s[1:])
}

func ended(s string) string {
	if s != "" && strings.Contains(".!?", s[len(s)-1:]) {
		return s
	}
	return s + "."
}
