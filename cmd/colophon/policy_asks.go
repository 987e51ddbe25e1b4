package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"colophon/maintainers"
	"colophon/policy"
)

// asksOf is what a policy asks of a change to a file that AI helped with, in plain
// sentences. Owners is nil where the project names none.
func asksOf(p *policy.Policy, f policy.File, owners *maintainers.List) []policy.Fact {
	var a asks
	a.content(p, f)
	a.disclosure(p, f)
	a.size(p, f)
	for _, z := range f.Zones {
		for _, text := range p.ZoneFacts(z) {
			a.add("zone", "In the zone %s: %s", z.Name, text)
		}
	}
	a.agreement(p, f, owners)
	a.attestation(p, f)
	if len(a) == 0 {
		a.add("content", "The policy asks nothing of an AI-assisted change here.")
	}
	return a
}

type asks []policy.Fact

func (a *asks) add(topic, format string, args ...any) {
	*a = append(*a, policy.Fact{Topic: topic, Text: fmt.Sprintf(format, args...)})
}

func (a *asks) content(p *policy.Policy, f policy.File) {
	why := ""
	if p.StanceWhy != "" {
		why = ", because " + strings.TrimRight(p.StanceWhy, ".")
	}
	switch p.Stance.Of(f.Class) {
	case policy.Decline:
		a.add("content", "%s takes no AI-generated content here%s.", upper(p.Words()), why)
	case policy.DeclineUnless:
		a.add("content", "%s takes AI-generated content here only after an agreement%s.", upper(p.Words()), why)
	case policy.Limited:
		a.add("content", "AI may help here, within the policy's bounds.")
	}
	if len(*a) > 0 && p.Stance.Of(f.Class).Declined() && len(p.Disclosure.Allowed) > 0 {
		a.add("content", "That does not cover help with %s.", and(p.Disclosure.Allowed))
	}
}

func (a *asks) disclosure(p *policy.Policy, f policy.File) {
	for _, fact := range policy.Facts(p) {
		// The first sentence of each says what is wanted; the others are its form.
		if fact.Topic == "disclosure" && p.Disclosure.Trailer != "" && !a.has("disclosure") {
			text := fact.Text
			if kind := kindFor(p.Disclosure.Kinds, f.Class); kind != "" {
				text = fmt.Sprintf("If AI helped, the commit message %s say so in a line at its end, here `%s: %s`.", cmp.Or(p.Disclosure.Need, policy.Must), p.Disclosure.Trailer, kind)
			}
			a.add("disclosure", "%s", text)
		}
		if fact.Topic == "pull request" && !a.has("pull request") {
			a.add("pull request", "%s", fact.Text)
		}
	}
}

func (a *asks) has(topic string) bool {
	return slices.ContainsFunc(*a, func(f policy.Fact) bool { return f.Topic == topic })
}

// kindFor is the kind of use that a file of a class suggests, "" if none does.
func kindFor(kinds []string, c policy.Class) string {
	word := map[policy.Class]string{policy.Code: "code", policy.Test: "test", policy.Documentation: "doc"}[c]
	i := slices.IndexFunc(kinds, func(k string) bool { return word != "" && strings.HasPrefix(strings.ToLower(k), word) })
	if i < 0 {
		return ""
	}
	return kinds[i]
}

func (a *asks) size(p *policy.Policy, f policy.File) {
	l := p.Limits.SmallFix
	switch {
	case l == nil:
	case slices.Contains(l.LeaveOut, f.Class):
		a.add("size", "Its lines do not count towards the limit of %d for an AI-assisted fix: %s is left out.", l.Lines, f.Class)
	case f.Unlimited:
		a.add("size", "Its lines do not count towards the limit of %d for an AI-assisted fix, which is for %s.", l.Lines, and(l.Zones))
	default:
		text := fmt.Sprintf("Its lines count towards the limit of %d for an AI-assisted fix", l.Lines)
		if len(l.NotFor) > 0 {
			text += ", unless the disclosure notes that the change is " + strings.Join(l.NotFor, " or ")
		}
		a.add("size", "%s.", text)
		if l.Beyond != "" {
			a.add("size", "%s", l.Beyond)
		}
	}
}

// agreement says who may agree, where anything asks for that.
func (a *asks) agreement(p *policy.Policy, f policy.File, owners *maintainers.List) {
	asked := p.Stance.Of(f.Class) == policy.DeclineUnless || slices.ContainsFunc(f.Zones, func(z *policy.Zone) bool {
		return z.Asked("approval") || z.Stance == policy.DeclineUnless
	})
	if !asked {
		return
	}
	if p.Approval.Trailer == "" {
		a.add("agreement", "The policy has no line in the message for that agreement; ask the maintainers before you begin.")
		return
	}
	who := "anyone but the author"
	switch p.Approval.By {
	case "maintainers":
		who = "a maintainer of the file: " + maintainersOf(f.Path, owners)
	case "people":
		who = strings.Join(p.Approval.People, " or ")
	}
	a.add("agreement", "The agreement stands in the message as `%s: …`. It comes from %s.", p.Approval.Trailer, who)
}

// maintainersOf names who maintains a path and by which file.
func maintainersOf(path string, owners *maintainers.List) string {
	if owners == nil {
		return "the project has no MAINTAINERS or CODEOWNERS that says who that is"
	}
	file := owners.File
	if owners.Then != "" {
		file += " and " + owners.Then
	}
	var names []string
	for _, o := range owners.Of(path) {
		name := o.Name
		switch {
		case o.Handle != "" && name == "":
			name = "@" + o.Handle
		case o.Email != "" && name != "":
			name += " <" + o.Email + ">"
		case o.Email != "":
			name = o.Email
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return file + " names nobody for this path"
	}
	return strings.Join(names, ", ") + " (by " + file + ")"
}

func (a *asks) attestation(p *policy.Policy, f policy.File) {
	z := policy.Innermost(f.Zones)
	if z == nil {
		return
	}
	where := fmt.Sprintf("the commit message, in a section headed `%s`", p.Attest.Heading)
	switch p.Attest.Form {
	case policy.AttestTrailers:
		where = "lines at the end of the commit message"
	case policy.AttestRequest:
		where = fmt.Sprintf("the section `%s` of the pull request", p.Attest.Heading)
	}
	a.add("attestation", "The attestation stands in %s:", where)
	for _, field := range p.Attest.Asked(z) {
		label := field.Label
		if p.Attest.Form == policy.AttestTrailers {
			label = field.Trailer
		}
		if field.Statement != "" {
			a.add("attestation", "`%s: %s`", label, field.Statement)
			continue
		}
		a.add("attestation", "`%s: %s`", label, field.Placeholder())
	}
}

func and(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// upper begins a sentence.
func upper(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
