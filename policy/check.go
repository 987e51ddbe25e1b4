package policy

import (
	"maps"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"colophon/words"
)

// check tells what no rule could use although each value is right for itself.
func (r *reader) check(p *Policy) {
	d := &p.Disclosure
	if d.Value == Kinds && len(d.Kinds) == 0 && !r.unknown("disclosure") {
		r.at(words.ProblemNoKinds.String(), "disclosure", "value")
	}
	if d.Trailer == "" && len(d.Also) > 0 && !r.unknown("disclosure") {
		r.at(words.ProblemAlsoAlone.String(), "disclosure", "also")
	}
	seen := []string{strings.ToLower(d.Trailer)}
	for i := range d.Also {
		token := strings.ToLower(d.Also[i].Trailer)
		switch {
		case token == "":
			if r.whole("disclosure", "also", i) {
				r.at(words.ProblemAlsoTrailer.String(), "disclosure", "also", i)
			}
		case slices.Contains(seen, token):
			r.at(words.ProblemTrailerTwice.String(), "disclosure", "also", i)
		}
		seen = append(seen, token)
	}
	if d.Before != "" && slices.Contains(seen, strings.ToLower(d.Before)) {
		r.at(words.ProblemBeforeItself.String(), "disclosure", "before")
	}
	if slices.Contains(seen, "signed-off-by") {
		r.at(words.ProblemSignOffTrailer.String(), "disclosure", "trailer")
	}
	for i, k := range d.Kinds {
		if slices.Contains(d.Kinds[:i], k) {
			r.at(words.ProblemKindTwice.With("kind", quote(k)), "disclosure", "kinds", i)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.Former)) {
		today := d.Former[name]
		if len(d.Kinds) > 0 && !slices.Contains(d.Kinds, today) {
			r.atOne(today, d.Kinds, noKind(today, d.Kinds), "disclosure", "former", name)
		}
	}
	for i, f := range p.Forbidden {
		named := 0
		for _, s := range []string{f.Trailer, f.Footer, f.Identity} {
			if s != "" {
				named++
			}
		}
		if named != 1 && r.whole("forbidden", i) {
			r.at(words.ProblemForbiddenThings.String(), "forbidden", i)
		}
	}
	r.checkZones(p)
	r.checkAttestation(p)
	for i, x := range p.Patterns {
		if x.Match == "" && r.whole("patterns", i) {
			r.at(words.ProblemPatternMatch.String(), "patterns", i)
		}
	}
	size := 0
	for i, x := range p.Patterns {
		if size += programSize(x.Match); size > maxPrograms {
			r.at(words.ProblemRegexpsLarge.String(), "patterns", i)
			break
		}
	}
	if a := &p.Approval; a.Trailer == "" && (a.By != "" || a.Value != "" || len(a.People) > 0) && !r.unknown("approval") {
		r.at(words.ProblemApproval.String(), "approval")
	}
	if a := &p.Approval; a.By == "people" && len(a.People) == 0 && !r.unknown("approval") {
		r.at(words.ProblemPeople.String(), "approval", "by")
	}
	r.checkForgeText(&p.PullRequest.ForgeText, "pull_request")
	r.checkForgeText(&p.Issue.ForgeText, "issue")
	for i, x := range p.Detect {
		if x.File == "" || len(x.Says) == 0 {
			r.at(words.ProblemDetect.String(), "detect", i)
		}
	}
}

func (r *reader) checkForgeText(q *ForgeText, at string) {
	if q.Choose == "one" && len(q.Boxes) == 0 && !r.unknown(at) {
		r.at(words.ProblemChoose.String(), at, "choose")
	}
	for _, x := range []struct{ text, key string }{{q.Section, "section"}, {q.None, "none"}, {q.Called, "called"}} {
		if strings.Contains(x.text, "\n") {
			r.at(words.ProblemOneLine.With("key", x.key), at, x.key)
		}
	}
	for i, b := range q.Boxes {
		if b.Says == "" {
			r.at(words.ProblemBox.String(), at, "boxes", i)
		}
	}
}

// unknown tells whether what a key stands for cannot be said: what the file extends
// cannot be read, and that may have been there.
func (r *reader) unknown(key string) bool {
	return r.alone && (r.own.get(key) == nil || r.own.get(key).kind == mapping) || r.told(key)
}

// whole tells whether nothing is wrong below a node, so that what it lacks is lacking.
func (r *reader) whole(path ...any) bool { return !r.told(path...) }

// told tells whether there is a problem at a node or below it already.
func (r *reader) told(path ...any) bool {
	n := r.node(path...)
	if n == nil || n.place.File != r.file {
		return false
	}
	return slices.ContainsFunc(r.Problems, func(p Problem) bool {
		return p.Line > 0 && n.place.Span.Start <= p.Span.Start && p.Span.Start < max(n.place.Span.End, n.place.Span.Start+1)
	})
}

// node is the node of a path (keys and indexes), nil if there is none.
func (r *reader) node(path ...any) *node {
	n := r.all
	for _, step := range path {
		switch step := step.(type) {
		case string:
			n = n.get(step)
		case int:
			if n == nil || step >= len(n.items) {
				return nil
			}
			n = n.items[step]
		}
	}
	return n
}

func (r *reader) checkZones(p *Policy) {
	seen := make(map[string]bool)
	for i, z := range p.Zones {
		switch {
		case z.Name == "" || len(z.Paths) == 0:
			if r.whole("zones", i) {
				r.at(words.ProblemZone.String(), "zones", i)
			}
		case seen[z.Name]:
			r.at(words.ProblemZoneTwice.With("zone", quote(z.Name)), "zones", i, "name")
		}
		seen[z.Name] = true
		for j, k := range z.Kinds {
			if !r.full() && len(p.Disclosure.Kinds) > 0 && !slices.Contains(p.Disclosure.Kinds, k) {
				r.atOne(k, p.Disclosure.Kinds, noKind(k, p.Disclosure.Kinds), "zones", i, "kinds", j)
			}
		}
		for j, a := range z.Asks {
			if a == "attestation" && len(p.Attest.Fields) == 0 && !r.unknown("attestation") {
				r.at(words.ProblemAsksAttest.String(), "zones", i, "asks", j)
			}
		}
	}
	l := p.Limits.SmallFix
	if l == nil {
		return
	}
	if l.Lines < 1 && !r.unknown("limits") && !r.told("limits", "small-fix", "lines") {
		r.at(words.ProblemLimit.String(), "limits", "small-fix", "lines")
	}
	for i, name := range l.Zones {
		r.zone(p, name, "limits", "small-fix", "zones", i)
	}
}

func zoneNames(p *Policy) []string {
	var names []string
	for _, z := range p.Zones {
		names = append(names, z.Name)
	}
	return names
}

func (r *reader) zone(p *Policy, name string, path ...any) {
	if p.Zone(name) != nil || r.unknown("zones") {
		return
	}
	names := zoneNames(p)
	msg := words.ProblemNoZones.With("zone", quote(name))
	if len(names) > 0 {
		msg = words.ProblemNoZone.With("zone", quote(name), "zones", some(names))
	}
	r.atOne(name, names, msg, path...)
}

func (r *reader) checkAttestation(p *Policy) {
	a := &p.Attest
	var names []string
	for i, f := range a.Fields {
		switch {
		case f.Name == "":
			if r.whole("attestation", "fields", i) {
				r.at(words.ProblemFieldName.String(), "attestation", "fields", i)
			}
		case slices.Contains(names, f.Name):
			r.at(words.ProblemFieldTwice.With("field", quote(f.Name)), "attestation", "fields", i)
		}
		names = append(names, f.Name)
		a.Fields[i] = f.complete()
		if c := a.Fields[i]; strings.ContainsAny(c.Name+c.Label+c.Write+c.Statement+c.Trailer, "\r\n<>") {
			r.at(words.ProblemFieldForm.String(), "attestation", "fields", i)
		}
	}
	if len(a.Fields) > 0 && a.Heading == "" {
		a.Heading = words.FieldHeading.String()
	}
	if strings.ContainsAny(a.Heading, "\r\n") {
		r.at(words.ProblemOneLine.With("key", "heading"), "attestation", "heading")
	}
	for _, zone := range slices.Sorted(maps.Keys(a.For)) {
		fields := a.For[zone]
		if r.full() {
			return
		}
		if !slices.Contains(rings, zone) {
			if p.Zone(zone) == nil && !r.unknown("zones") {
				r.atKey(zone, append(zoneNames(p), rings...), noZoneOrRing(zone, zoneNames(p)), "attestation", "for")
			}
		}
		for i, f := range fields {
			if !slices.Contains(names, f) && !r.unknown("attestation") {
				r.atOne(f, names, noField(f, names), "attestation", "for", zone, i)
			}
		}
	}
}

// maxPrograms bounds all patterns of a policy together, in instructions: a message is
// matched at each keystroke.
const maxPrograms = 1500

func programSize(expr string) int {
	parsed, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return 0
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return maxPrograms + 1
	}
	return len(prog.Inst)
}

// at tells of a problem at the node of a path (keys and indexes), or at its
// nearest parent. What stands in an extended file is told at `extends`.
func (r *reader) at(msg string, path ...any) *Problem {
	n := r.all
	at := Position{File: r.file}
	for _, step := range path {
		switch step := step.(type) {
		case string:
			n = n.get(step)
		case int:
			if n == nil || step >= len(n.items) {
				n = nil
			} else {
				n = n.items[step]
			}
		}
		if n == nil {
			break
		}
		at = n.place
	}
	return r.tell(at, msg)
}

func (r *reader) tell(at Position, msg string) *Problem {
	if at.File != r.file {
		msg = words.ProblemElsewhere.With("problem", msg, "file", at.File, "line", strconv.Itoa(at.Line))
		at = Position{File: r.file}
		if e := r.own.get("extends"); e != nil {
			at = e.place
		}
		r.problem(at, msg)
		return &Problem{} // what it means cannot be written here
	}
	at.Span.End = min(at.Span.End, lineEnd(r.text, at.Span.Start))
	return r.problem(at, msg)
}

// atOne is at, with the one that is meant.
func (r *reader) atOne(word string, of []string, msg string, path ...any) {
	r.at(msg, path...).meant(word, of)
}

// atKey is the same for a key of a table.
func (r *reader) atKey(key string, of []string, msg string, path ...string) {
	n := r.all
	for _, step := range path {
		n = n.get(step)
	}
	if n == nil {
		return
	}
	for _, e := range n.entries {
		if e.name == key {
			r.tell(e.place, msg).meant(key, of)
		}
	}
}
