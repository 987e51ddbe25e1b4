package policy

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"colophon/change"
)

// What a policy says of parts of the tree, and of this and that file.

func (f *facts) classes(c *Classes) {
	const topic = "files"
	for _, x := range []struct {
		patterns     []string
		these, those string
	}{
		{c.Test, "Tests are", "tests"}, {c.Documentation, "Documentation is", "documentation"},
		{c.Generated, "Generated files are", "generated"}, {c.Vendored, "Files from elsewhere are", "from elsewhere"},
	} {
		switch {
		case x.patterns == nil: // the usual ones
		case len(x.patterns) == 0:
			f.ours(topic, c.Mark != "", "No file counts as %s.", x.those)
		default:
			f.ours(topic, c.Mark != "", "%s %s.", x.these, coded(x.patterns))
		}
	}
	f.mark(topic, c.Mark)
}

func (f *facts) limit(l *SmallFix) {
	const topic = "size"
	if l == nil {
		return
	}
	where := ""
	if len(l.Zones) > 0 {
		where = " in " + inWords(l.Zones, "and")
	}
	f.ours(topic, l.Mark != "", "An AI-assisted fix%s has at most %s.", where, number(l.Lines, "counted line"))
	count := "the larger of the added and the deleted lines of each place in a file"
	switch l.Count {
	case "added":
		count = "the added lines"
	case "added+deleted":
		count = "the added and the deleted lines"
	}
	f.ours(topic, l.Mark != "", "Counted are %s; blank lines never count.", count)
	if len(l.LeaveOut) > 0 {
		var names []string
		for _, c := range l.LeaveOut {
			names = append(names, className(c))
		}
		f.ours(topic, l.Mark != "", "Left out are %s.", inWords(names, "and"))
	}
	if len(l.NotFor) > 0 {
		f.ours(topic, l.Mark == plainMark, "There is no limit where the disclosure notes that the change is %s.", inWords(l.NotFor, "or"))
	}
	if slices.Contains(l.Asks, "approval") {
		f.ours(topic, l.Mark == plainMark, "A recorded agreement lifts the limit.")
	}
	if l.Beyond != "" {
		f.add(topic, "%s", sentence(l.Beyond))
	}
	f.mark(topic, l.Mark)
}

// className is a class as a sentence names it.
func className(c Class) string {
	switch c {
	case Test:
		return "tests"
	case Generated, Vendored:
		return string(c) + " files"
	}
	return string(c)
}

func (f *facts) zones(p *Policy) {
	for i := range p.Zones {
		z := &p.Zones[i]
		topic := "the part " + z.Name
		except := ""
		if len(z.Except) > 0 {
			except = ", without " + coded(z.Except)
		}
		f.ours(topic, z.Mark != "", "The part %s is %s%s.", z.Name, coded(z.Paths), except)
		for _, text := range p.ZoneFacts(z) {
			f.ours(topic, z.Mark == plainMark, "%s", text)
		}
		f.mark(topic, z.Mark)
	}
}

// ZoneFacts is what a zone asks of an AI-assisted change, in plain sentences.
func (p *Policy) ZoneFacts(z *Zone) []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	switch z.Stance {
	case Decline:
		add("AI-generated content is not taken there.")
	case DeclineUnless:
		add("AI-generated content is not taken there without an agreement beforehand.")
	case Allow:
		add("AI may help there.")
	}
	if len(z.Kinds) > 0 {
		add("AI may help there with %s, and with nothing else.", inWords(z.Kinds, "and"))
	}
	if z.Asked("approval") {
		if p.Approval.Trailer == "" {
			add("An AI-assisted change there needs an agreement.")
		} else {
			add("An AI-assisted change there needs an agreement, recorded with `%s`.", p.Approval.Trailer)
		}
	}
	if z.Asked("attestation") {
		add("An AI-assisted change there comes with an attestation: %s.", inWords(labels(p.Attest.Asked(z)), "and"))
	}
	if z.Why != "" {
		add("The project asks for %s", ended(z.Why))
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
	const topic = "attestation"
	if len(a.Fields) == 0 {
		return
	}
	ours := a.Mark == plainMark
	where := fmt.Sprintf("in a section of the commit message headed `%s`", a.Heading)
	switch a.Form {
	case AttestTrailers:
		where = "in lines at the end of the commit message"
		if a.Before != "" {
			where += fmt.Sprintf(", in front of `%s`", a.Before)
		}
	case AttestRequest:
		where = fmt.Sprintf("in the section `%s` of the pull request", a.Heading)
	}
	f.ours(topic, ours, "A person answers %s.", where)
	for _, x := range a.Fields {
		label := x.Label
		if a.Form == AttestTrailers {
			label = x.Trailer
		}
		switch {
		case x.Statement != "":
			f.ours(topic, ours, "`%s:` is a statement to confirm: %q", label, x.Statement)
		default:
			f.ours(topic, ours, "`%s:` wants %s", label, ended(x.Write))
		}
	}
	for _, zone := range slices.Sorted(maps.Keys(a.For)) {
		where := "the part " + zone
		if slices.Contains(rings, zone) {
			where = zone + " parts"
		}
		var asked []Field
		for _, x := range a.Fields {
			if slices.Contains(a.For[zone], x.Name) {
				asked = append(asked, x)
			}
		}
		f.ours(topic, ours, "In %s it is asked for %s.", where, cmp.Or(inWords(labels(asked), "and"), "nothing"))
	}
	f.mark(topic, a.Mark)
}

func (f *facts) pullRequest(q *PullRequest) {
	const topic = "pull request"
	ours := q.Mark == plainMark
	if q.Section != "" {
		f.ours(topic, ours, "The text of a pull request %s have a section `%s`.", cmp.Or(q.Need, Must), q.Section)
	} else if q.Words != "" {
		f.ours(topic, ours, "Where AI helped, the text of a pull request %s say so, such as: %s", cmp.Or(q.Need, Must), ended(strings.Join(strings.Fields(q.Words), " ")))
	}
	if len(q.Asks) > 0 {
		f.ours(topic, ours, "It says %s.", inWords(q.Asks, "and"))
	}
	if q.None != "" {
		f.ours(topic, ours, "Where no AI was used, it says `%s`; it is not left empty.", q.None)
	}
	for _, b := range q.Boxes {
		means := ""
		switch {
		case b.None:
			means = ", which says that no AI was used"
		case b.Kind != "":
			means = ", which stands for " + b.Kind
		}
		f.ours(topic, ours, "There is a box `%s`%s.", b.Says, means)
	}
	switch q.Choose {
	case "one":
		f.ours(topic, ours, "Exactly one of the boxes is ticked.")
	case "all":
		f.ours(topic, ours, "All of the boxes are ticked.")
	}
	if q.Link {
		f.ours(topic, ours, "A larger AI-assisted change links to an issue or a discussion.")
	}
	f.mark(topic, q.Mark)
}

// WhyClass says why ClassOf gives a path its class, as a clause.
func (p *Policy) WhyClass(name string, a change.Attributes) string {
	var c Classes
	if p != nil {
		c = p.Classes
	}
	out := ""
	for _, x := range []struct {
		class        Class
		mark         change.Mark
		given, usual []string
	}{
		{Generated, a.Generated, c.Generated, usualGenerated}, {Vendored, a.Vendored, c.Vendored, usualVendored},
		{Test, change.Unspecified, c.Test, usualTests}, {Documentation, a.Documentation, c.Documentation, usualDocumentation},
	} {
		whose, patterns := "the policy's pattern", x.given
		if patterns == nil {
			whose, patterns = "the usual pattern", x.usual
		}
		i := slices.IndexFunc(patterns, func(q string) bool { return match(q, name) })
		switch {
		case x.class == p.ClassOf(name, a) && x.mark == change.Set:
			return "gitattributes say so"
		case x.class == p.ClassOf(name, a):
			return fmt.Sprintf("by %s `%s`%s", whose, patterns[i], out)
		case x.mark == change.Unset && i >= 0 && out == "":
			out = fmt.Sprintf("; gitattributes say that it is not %s", x.class)
		}
	}
	return "no pattern of another class matches" + out
}

// Pattern is the zone's pattern that takes in a path; "" if it is not part of it.
func (z *Zone) Pattern(name string) string {
	i := slices.IndexFunc(z.Paths, func(q string) bool { return match(q, name) })
	if i < 0 || matchAny(z.Except, name) {
		return ""
	}
	return z.Paths[i]
}
