package policy

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Fact is one thing that a policy means for a contributor, in a plain sentence
// that needs no knowledge of the policy's file.
type Fact struct{ Topic, Text string }

// Reading ends a fact that is Colophon's and not the project's own text.
const Reading = "(Colophon's reading)"

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
	f.patterns(p)
	f.severity(p)
	f.mark("the policy", p.Mark)
	return f
}

type facts []Fact

func (f *facts) add(topic, format string, args ...any) {
	*f = append(*f, Fact{topic, fmt.Sprintf(format, args...)})
}

// ours is add for a sentence that a mark may make Colophon's.
func (f *facts) ours(topic string, marked bool, format string, args ...any) {
	if marked {
		format += " " + Reading
	}
	f.add(topic, format, args...)
}

// mark gives the reason of a mark; one that is only set has its say in the facts.
func (f *facts) mark(topic string, m Interpretation) {
	switch {
	case m == "" || m == plainMark:
	case strings.Contains(string(m), "Colophon's reading"):
		f.add(topic, "%s", sentence(string(m)))
	default:
		f.add(topic, "%s %s", sentence(string(m)), Reading)
	}
}

// plainMark is what `interpretation: true` says.
const plainMark Interpretation = "this is Colophon's reading of the text"

func (f *facts) standing(p *Policy) {
	switch p.Status {
	case Proposed:
		f.add("standing", "The rules are proposed; the project has not adopted them.")
	case Retired:
		f.add("standing", "The rules are retired; the project has others today, or none.")
	case InForce:
		f.add("standing", "The rules are in force.")
	}
	if p.AppliesTo == "outsiders" {
		f.add("standing", "They are for people who are not named in MAINTAINERS or CODEOWNERS.")
	}
}

func (f *facts) stance(p *Policy) {
	s := &p.Stance
	const topic = "AI-generated content"
	type group struct {
		stance   Stance
		subjects []string
	}
	var groups []group
	for _, x := range []struct {
		subject string
		stance  Stance
	}{
		{"code", s.Of(Code)}, {"tests", s.Of(Test)}, {"documentation", s.Of(Documentation)},
		{"commit messages", s.CommitMessage}, {"cover letters", s.CoverLetter}, {"the text of pull requests", s.PullRequest},
		{"issues", s.Issue}, {"review", s.Review}, {"translations", s.Translation}, {"images, sound and the like", s.Media},
	} {
		i := slices.IndexFunc(groups, func(g group) bool { return g.stance == x.stance })
		switch {
		case x.stance == "": // nothing is said of it
		case i < 0:
			groups = append(groups, group{x.stance, []string{x.subject}})
		default:
			groups[i].subjects = append(groups[i].subjects, x.subject)
		}
	}
	for _, g := range groups {
		what := inWords(g.subjects, "and")
		switch g.stance {
		case Allow:
			f.add(topic, "AI may help with %s, under the rules below.", what)
		case Limited:
			f.add(topic, "AI may help with %s, within the bounds below.", what)
		case DeclineUnless:
			f.add(topic, "AI-generated content is not taken in %s, unless somebody who may agree did so beforehand.", what)
		case Decline:
			f.add(topic, "AI-generated content is not taken in %s.", what)
		}
	}
	if p.StanceWhy != "" && slices.ContainsFunc(groups, func(g group) bool { return g.stance.Declined() }) {
		f.add(topic, "The reason: %s", sentence(p.StanceWhy))
	}
	if a := p.Disclosure.Allowed; len(a) > 0 {
		f.add(topic, "That does not cover help with %s.", inWords(a, "and"))
	}
}

func (f *facts) disclosure(p *Policy) {
	const topic = "disclosure"
	d := &p.Disclosure
	if d.Trailer == "" {
		switch {
		case p.PullRequest.Wanted():
			f.add(topic, "A commit message need not say where AI helped; the pull request does.")
		case !p.Declines(): // nothing to say where nothing is taken
			f.add(topic, "A commit message need not say where AI helped.")
		}
		f.mark(topic, d.Mark)
		return
	}
	ours := d.Mark == plainMark
	f.ours(topic, ours, "Where AI helped, the commit message %s say so in a line at its end, such as `%s: %s`.", cmp.Or(d.Need, Must), d.Trailer, d.example())
	for _, a := range d.Also {
		f.ours(topic, ours, "A line `%s: …` says it as well%s.", a.Trailer, behind(", for ", a.For))
	}
	f.ours(topic, ours, "%s", d.looks())
	if len(d.NotListed) > 0 {
		f.ours(topic, ours, "Tools that everybody uses are not listed there: %s.", inWords(d.NotListed, "and"))
	}
	for _, old := range slices.Sorted(maps.Keys(d.Former)) {
		f.ours(topic, ours, "What was called %s is called %s today.", old, d.Former[old])
	}
	if d.NamesTool == Refused {
		f.ours(topic, ours, "It names no tool, model or vendor.")
	}
	if d.Before != "" {
		f.ours(topic, ours, "It stands in front of `%s`.", d.Before)
	}
	switch d.Number {
	case "one":
		f.ours(topic, ours, "A message has one such line.")
	case "per-tool":
		f.ours(topic, ours, "Each tool has a line of its own.")
	}
	switch d.Ask {
	case AskAlways:
		f.add(topic, "Colophon asks for it in every message.")
	case AskWhenEvident:
		f.add(topic, "Colophon asks for it only where something says that AI was used.")
	default:
		f.add(topic, "Colophon asks for it where something says that AI was used; while nothing is known, it gives one hint.")
	}
	if d.Background != "" {
		f.ours(topic, ours, "No disclosure is needed for %s.", strings.TrimRight(d.Background, "."))
	}
	if d.Attests != "" {
		f.ours(topic, ours, "%s", sentence(d.Attests))
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
		return fmt.Sprintf("Its value names the kinds of use, of %s, parted by commas, each with a note in parentheses if you like.", inWords(d.Kinds, "and"))
	case form.Name == Free && len(d.Kinds) == 0:
		return "Its value is any text."
	case form.Name == Free:
		return fmt.Sprintf("Its value is any text; the words %s are recognised.", inWords(d.Kinds, "and"))
	}
	return fmt.Sprintf("Its value has the form `%s`: %s", form.Looks, sentence(form.About))
}

func (f *facts) forbidden(p *Policy) {
	for i := range p.Forbidden {
		x := &p.Forbidden[i]
		what := ""
		switch {
		case x.Trailer != "" && x.When == "always":
			what = fmt.Sprintf("A line `%s: …` is not taken", x.Trailer)
		case x.Trailer != "":
			what = fmt.Sprintf("A line `%s: …` that names an AI is not taken", x.Trailer)
		case x.Footer != "":
			what = "What AI tools write about themselves, and links to conversations with them, are not taken in the message"
		default:
			what = fmt.Sprintf("An AI must not be the commit's %s", x.Identity)
		}
		what = sentence(what + behind(": ", x.Why))
		if x.Mark != "" && x.Mark != plainMark {
			what += fmt.Sprintf(" (Colophon's reading: %s)", strings.TrimRight(string(x.Mark), "."))
		}
		f.ours("not taken", x.Mark == plainMark, "%s", what)
	}
}

func (f *facts) signOff(s *SignOff) {
	const topic = "sign-off"
	if s.Required {
		f.add(topic, "The message has a person's `Signed-off-by`.")
	}
	if s.ByAuthor {
		f.add(topic, "The author's own `Signed-off-by` is there.")
	}
	if s.ByAI == Refused {
		f.add(topic, "No tool signs off.")
	}
	if s.Codeveloped {
		f.add(topic, "Each `Co-developed-by` is followed at once by the `Signed-off-by` of the same person.")
	}
	if s.Why != "" && (s.Required || s.ByAuthor || s.ByAI == Refused || s.Codeveloped) {
		f.add(topic, "The reason: %s", sentence(s.Why))
	}
}

func (f *facts) approval(a *Approval) {
	const topic = "agreement"
	if a.Trailer == "" {
		return
	}
	who := "somebody else than the author"
	switch a.By {
	case "maintainers":
		who = "a maintainer of the touched files"
	case "people":
		who = inWords(a.People, "or")
	}
	f.ours(topic, a.Mark == plainMark, "An agreement of %s is recorded as `%s: %s`.", who, a.Trailer, FormOf(cmp.Or(a.Value, Person)).Example)
	f.mark(topic, a.Mark)
}

func (f *facts) patterns(p *Policy) {
	for _, x := range p.Patterns {
		where := "message"
		if x.In != "" && x.In != where {
			where = map[string]string{"subject": "subject", "body": "message's body", "trailers": "trailers"}[x.In]
		}
		must := "must not have"
		if x.Must == "be-there" {
			must = "must have"
		}
		f.add("wording", "%s", sentence(fmt.Sprintf("The %s %s %s (`%s`)%s", where, must, cmp.Or(x.Name, "a line that matches"), x.Match, behind(": ", x.Why))))
	}
}

func (f *facts) severity(p *Policy) {
	for _, rule := range slices.Sorted(maps.Keys(p.Severity)) {
		switch s := p.Severity[rule]; s {
		case "off":
			f.add("weight", "Colophon does not report `%s`.", rule)
		default:
			f.add("weight", "Colophon reports `%s` as %s.", rule, map[string]string{"error": "an error", "warning": "a warning", "info": "a remark", "hint": "a hint"}[s])
		}
	}
}

// inWords is a list as a sentence has it.
func inWords(words []string, last string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " " + last + " " + words[n-1]
	}
	return strings.Join(words, "")
}

func coded(patterns []string) string {
	var list []string
	for _, p := range patterns {
		list = append(list, "`"+p+"`")
	}
	return inWords(list, "and")
}

func number(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

func behind(lead, text string) string {
	if text == "" {
		return ""
	}
	return lead + text
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
