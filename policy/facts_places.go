package policy

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"colophon/change"
	"colophon/words"
)

// What a policy says of parts of the tree, and of this and that file.

func (f *facts) classes(c *Classes) {
	const topic = string(words.TopicFiles)
	for _, x := range []struct {
		patterns   []string
		some, none words.Sentence
	}{
		{c.Test, words.FactTests, words.FactNoTests}, {c.Documentation, words.FactDocumentation, words.FactNoDocumentation},
		{c.Generated, words.FactGenerated, words.FactNoGenerated}, {c.Vendored, words.FactVendored, words.FactNoVendored},
	} {
		switch {
		case x.patterns == nil: // the usual ones
		case len(x.patterns) == 0:
			f.ours(topic, c.Mark != "", x.none.String())
		default:
			f.ours(topic, c.Mark != "", x.some.With("patterns", coded(x.patterns)))
		}
	}
	f.mark(topic, c.Mark)
}

func (f *facts) limit(l *SmallFix) {
	const topic = string(words.TopicSize)
	if l == nil {
		return
	}
	lines := words.CountedLines.With("n", strconv.Itoa(l.Lines))
	if l.Lines == 1 {
		lines = words.CountedLine.String()
	}
	limit := words.FactLimit.With("lines", lines)
	if len(l.Zones) > 0 {
		limit = words.FactLimitIn.With("zones", inWords(l.Zones, words.ListAll), "lines", lines)
	}
	f.ours(topic, l.Mark != "", limit)
	count := words.FactCountChanged
	switch l.Count {
	case "added":
		count = words.FactCountAdded
	case "added+deleted":
		count = words.FactCountBoth
	}
	f.ours(topic, l.Mark != "", count.String())
	if len(l.LeaveOut) > 0 {
		var names []string
		for _, c := range l.LeaveOut {
			names = append(names, className(c))
		}
		f.ours(topic, l.Mark != "", words.FactLeaveOut.With("classes", inWords(names, words.ListAll)))
	}
	if len(l.NotFor) > 0 {
		f.ours(topic, l.Mark == plainMark, words.FactNotFor.With("notes", inWords(l.NotFor, words.ListAny)))
	}
	if slices.Contains(l.Asks, "approval") {
		f.ours(topic, l.Mark == plainMark, words.FactLimitAgreement.String())
	}
	if l.Beyond != "" {
		f.add(topic, sentence(l.Beyond))
	}
	f.mark(topic, l.Mark)
}

// className is a class as a sentence names it.
func className(c Class) string {
	switch c {
	case Test:
		return words.ClassTests.String()
	case Generated, Vendored:
		return words.ClassFiles.With("class", string(c))
	}
	return string(c)
}

func (f *facts) zones(p *Policy) {
	for i := range p.Zones {
		z := &p.Zones[i]
		topic := words.TopicPart.With("zone", z.Name)
		text := words.FactZone.With("zone", z.Name, "paths", coded(z.Paths))
		if len(z.Except) > 0 {
			text = words.FactZoneExcept.With("zone", z.Name, "paths", coded(z.Paths), "except", coded(z.Except))
		}
		f.ours(topic, z.Mark != "", text)
		for _, text := range p.ZoneFacts(z) {
			f.ours(topic, z.Mark == plainMark, text)
		}
		f.mark(topic, z.Mark)
	}
}

// ZoneFacts is what a zone asks of an AI-assisted change, in plain sentences.
func (p *Policy) ZoneFacts(z *Zone) []string {
	var out []string
	add := func(text string) { out = append(out, text) }
	switch z.Stance {
	case Decline:
		add(words.FactZoneDecline.String())
	case DeclineUnless:
		add(words.FactZoneDeclineUnless.String())
	case Allow:
		add(words.FactZoneAllow.String())
	}
	if len(z.Kinds) > 0 {
		add(words.FactZoneKinds.With("kinds", inWords(z.Kinds, words.ListAll)))
	}
	if z.Asked("approval") {
		if p.Approval.Trailer == "" {
			add(words.FactZoneApproval.String())
		} else {
			add(words.FactZoneApprovalIn.With("trailer", p.Approval.Trailer))
		}
	}
	if z.Asked("attestation") {
		add(words.FactZoneAttestation.With("fields", inWords(labels(p.Attest.Asked(z)), words.ListAll)))
	}
	if z.Why != "" {
		add(words.FactZoneWhy.With("why", ended(z.Why)))
	}
	return out
}

func labels(fields []Field) []string {
	var out []string
	for _, x := range fields {
		out = append(out, x.Label)
	}
	return out
}

func (f *facts) attestation(a *Attestation) {
	const topic = string(words.TopicAttestation)
	if len(a.Fields) == 0 {
		return
	}
	ours := a.Mark == plainMark
	where := words.FactAttestSection.With("heading", a.Heading)
	switch {
	case a.Form == AttestTrailers && a.Before != "":
		where = words.FactAttestBefore.With("trailer", a.Before)
	case a.Form == AttestTrailers:
		where = words.FactAttestTrailers.String()
	case a.Form == AttestRequest:
		where = words.FactAttestRequest.With("heading", a.Heading)
	}
	f.ours(topic, ours, where)
	for _, x := range a.Fields {
		label := x.Label
		if a.Form == AttestTrailers {
			label = x.Trailer
		}
		switch {
		case x.Statement != "":
			f.ours(topic, ours, words.FactStatement.With("label", label, "statement", strconv.Quote(x.Statement)))
		default:
			f.ours(topic, ours, words.FactField.With("label", label, "what", ended(x.Write)))
		}
	}
	for _, zone := range slices.Sorted(maps.Keys(a.For)) {
		var asked []Field
		for _, x := range a.Fields {
			if slices.Contains(a.For[zone], x.Name) {
				asked = append(asked, x)
			}
		}
		f.ours(topic, ours, askedIn(zone, asked))
	}
	f.mark(topic, a.Mark)
}

// askedIn says which fields a zone, or a ring of zones, asks for.
func askedIn(zone string, asked []Field) string {
	fields := inWords(labels(asked), words.ListAll)
	switch ring := slices.Contains(rings, zone); {
	case ring && len(asked) == 0:
		return words.FactRingNoFields.With("ring", zone)
	case ring:
		return words.FactRingFields.With("ring", zone, "fields", fields)
	case len(asked) == 0:
		return words.FactZoneNoFields.With("zone", zone)
	}
	return words.FactZoneFields.With("zone", zone, "fields", fields)
}

func (f *facts) pullRequest(q *PullRequest) {
	const topic = string(words.TopicPullRequest)
	f.forgeText(topic, &q.ForgeText, q.Noun())
	if q.Link {
		f.ours(topic, q.Mark == plainMark, words.FactRequestLink.String())
	}
	f.mark(topic, q.Mark)
}

func (f *facts) issue(q *Issue) {
	const topic = string(words.TopicIssue)
	f.forgeText(topic, &q.ForgeText, q.Noun())
	f.mark(topic, q.Mark)
}

func (f *facts) forgeText(topic string, q *ForgeText, noun string) {
	ours := q.Mark == plainMark
	must := string(cmp.Or(q.Need, Must))
	if q.Section != "" {
		f.ours(topic, ours, words.FactRequestSection.With("request", noun, "must", must, "section", q.Section))
	} else if q.Words != "" {
		example := ended(strings.Join(strings.Fields(q.Words), " "))
		f.ours(topic, ours, words.FactRequestWords.With("request", noun, "must", must, "words", example))
	}
	if len(q.Asks) > 0 {
		f.ours(topic, ours, words.FactRequestAsks.With("what", inWords(q.Asks, words.ListAll)))
	}
	if q.None != "" {
		f.ours(topic, ours, words.FactRequestNone.With("words", q.None))
	}
	for _, b := range q.Boxes {
		text := words.FactBox.With("box", b.Says)
		switch {
		case b.None:
			text = words.FactBoxNone.With("box", b.Says)
		case b.Kind != "":
			text = words.FactBoxKind.With("box", b.Says, "kind", b.Kind)
		}
		f.ours(topic, ours, text)
	}
	switch q.Choose {
	case "one":
		f.ours(topic, ours, words.FactBoxesOne.String())
	case "all":
		f.ours(topic, ours, words.FactBoxesAll.String())
	}
}

// WhyClass says why ClassOf gives a path its class, as a clause.
func (p *Policy) WhyClass(name string, a change.Attributes) string {
	var c Classes
	if p != nil {
		c = p.Classes
	}
	kept := Class("") // the class that gitattributes keep it from
	but := func(why string) string {
		if kept == "" {
			return why
		}
		return words.ClassNotBecause.With("because", why, "class", string(kept))
	}
	for _, x := range []struct {
		class        Class
		mark         change.Mark
		given, usual []string
	}{
		{Generated, a.Generated, c.Generated, usualGenerated}, {Vendored, a.Vendored, c.Vendored, usualVendored},
		{Test, change.Unspecified, c.Test, usualTests}, {Documentation, a.Documentation, c.Documentation, usualDocumentation},
	} {
		by, patterns := words.ClassByPolicy, x.given
		if patterns == nil {
			by, patterns = words.ClassByUsual, x.usual
		}
		i := slices.IndexFunc(patterns, func(q string) bool { return match(q, name) })
		switch {
		case x.class == p.ClassOf(name, a) && x.mark == change.Set:
			return words.ClassByGit.String()
		case x.class == p.ClassOf(name, a):
			return but(by.With("pattern", patterns[i]))
		case x.mark == change.Unset && i >= 0 && kept == "":
			kept = x.class
		}
	}
	return but(words.ClassByNone.String())
}

// Pattern is the zone's pattern that takes in a path; "" if it is not part of it.
func (z *Zone) Pattern(name string) string {
	i := slices.IndexFunc(z.Paths, func(q string) bool { return match(q, name) })
	if i < 0 || matchAny(z.Except, name) {
		return ""
	}
	return z.Paths[i]
}
