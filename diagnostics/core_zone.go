package diagnostics

import (
	"cmp"
	"slices"

	"colophon/policy"
	"colophon/words"
)

var coreZone = &Rule{
	ID:       "core-zone",
	Severity: Warning,
	Summary:  "An AI-assisted change touches a part of the tree that asks for more.",
	Why: `A policy may name zones: code that the rest depends on and that cannot simply be
thrown away. The finding lists the files and what the zone asks: an agreement that
no trailer records here, kinds of help that it does not take, or that it takes none.
What a trailer or an attestation can settle has rules of its own, such as
[approval-missing](approval-missing.md) and [attestation-missing](attestation-missing.md).

Few projects publish a list of paths; where a preset has one, it is marked as
Colophon's interpretation. While AI use is not known, this is at most a hint.`,
	Bad: []Example{{
		Policy:  "qemu-2026-05",
		Message: "accel: shorten the lookup\n\nIt was slow.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("accel/tcg/cpu-exec.c", 3),
		Says:    "Staged: accel/tcg/cpu-exec.c.",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-05",
		Message: "hw/net: drop a dead store\n\nIt is never read.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("hw/net/e1000.c", 3),
		Says:    "Staged: hw/net/e1000.c.",
	}},
	check: checkCoreZone,
}

func checkCoreZone(j *judge) {
	if j.Use == UseNone {
		return
	}
	for i := range j.Policy.Zones {
		z := &j.Policy.Zones[i]
		// What a trailer or an attestation settles is told by their own rules.
		settled := z.Asked("attestation") || z.Asked("approval") && j.Policy.Approval.Trailer != ""
		switch {
		case z.Stance == policy.Decline, z.Stance == policy.DeclineUnless && !j.approved(), !settled && len(z.Kinds) == 0:
			if first, files := j.helped(z); files > 0 {
				j.inZone(z, first, files)
			}
		case len(z.Kinds) > 0:
			j.otherKinds(z)
		}
	}
}

// helped is the files of a zone that AI may have helped with: the first of them,
// and how many there are. A disclosure that names only tests speaks of no code.
func (j *judge) helped(z *policy.Zone) (first []placed, files int) {
	return j.helpedIn(z, j.aboutClass())
}

// aboutClass tells of which classes of files the disclosures may speak.
func (j *judge) aboutClass() func(policy.Class) bool {
	kinds := j.declaredKinds()
	return func(c policy.Class) bool {
		kind := j.kindOf(c)
		return kinds == nil || kind == "" || kinds[kind]
	}
}

// otherKinds reports kinds of use that are declared and that a touched zone does
// not take.
func (j *judge) otherKinds(z *policy.Zone) {
	first, files := j.helped(z)
	if files == 0 {
		return
	}
	for _, c := range j.claims {
		if c.place == inComment {
			continue
		}
		for _, it := range j.Policy.Disclosure.Items(c.value) {
			class := classOf(it.Kind)
			if class == "" || slices.Contains(z.Kinds, it.Kind) {
				continue
			}
			if j.Totals.zones[z][class] == nil {
				continue // that help was elsewhere
			}
			f := Finding{
				Span:    c.at(it.Name),
				Message: words.ZoneKinds.With("zone", z.Name, "project", j.Policy.Words(), "kinds", list(z.Kinds, words.And), "kind", it.Kind, "file", first[0].in(z)),
			}
			for _, p := range first {
				f.Related = append(f.Related, Related{Path: p.in(z), At: p.lines(z), Message: words.ZoneLabel.With("zone", z.Name)})
			}
			j.report(f)
		}
	}
}

func (j *judge) inZone(z *policy.Zone, first []placed, files int) {
	_, span := j.codeClaim()
	says := j.ifAI(words.ZonePlainIfAI, words.ZonePlain)
	what := cmp.Or(z.Why, list(z.Asks, words.And))
	switch {
	case z.Stance == policy.Decline:
		says = j.ifAI(words.ZoneDeclinesIfAI, words.ZoneDeclines)
	case z.Stance == policy.DeclineUnless:
		says = j.ifAI(words.ZoneUnlessIfAI, words.ZoneUnless)
	case what != "":
		says = j.ifAI(words.ZoneAsksIfAI, words.ZoneAsks)
	}
	text := says.With("files", andOthers(first[0].in(z), files-1), "zone", z.Name, "project", j.Policy.Words(), "what", what)
	f := Finding{Span: span, Message: sentences(text, j.reading(func(o *policy.Zone) bool { return o == z }))}
	for _, p := range first {
		f.Related = append(f.Related, Related{Path: p.in(z), At: p.lines(z), Message: words.ZoneLabel.With("zone", z.Name)})
	}
	j.ask(f)
}

// declaredKinds are the kinds that the disclosures name; nil where none is
// there or one may mean anything.
func (j *judge) declaredKinds() map[string]bool {
	var kinds map[string]bool
	for _, c := range j.claims {
		if c.place == inComment {
			continue
		}
		for _, it := range j.Policy.Disclosure.Items(c.value) {
			if it.Kind == "" {
				return nil
			}
			if kinds == nil {
				kinds = make(map[string]bool)
			}
			kinds[it.Kind] = true
		}
	}
	return kinds
}
