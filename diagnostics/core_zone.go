package diagnostics

import (
	"fmt"
	"slices"
	"strings"

	"colophon/policy"
)

var coreZone = &Rule{
	ID:       "core-zone",
	Severity: Warning,
	Summary:  "An AI-assisted change touches a part of the tree that asks for more.",
	Why: `A policy may name zones: code that the rest depends on and that cannot simply be
thrown away. The finding lists the files and what the zone asks. Where the
policy names a trailer for a maintainer's agreement, that trailer settles it.

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
	kinds := j.declaredKinds()
	for i := range j.Policy.Zones {
		z := &j.Policy.Zones[i]
		if slices.Contains(z.Asks, "approval") && j.approved() {
			continue
		}
		first, files := j.Totals.inZone(z, func(c policy.Class) bool {
			kind := j.kindOf(c)
			return kinds == nil || kind == "" || kinds[kind]
		})
		if files > 0 {
			j.inZone(z, first, files)
		}
	}
}

func (j *judge) inZone(z *policy.Zone, first []placed, files int) {
	_, span := j.codeClaim()
	touched := first[0].file.Path
	if n := files - 1; n > 0 {
		touched += " and " + number(n, "other file")
	}
	verb := "lies"
	if files > 1 {
		verb = "lie"
	}
	text := fmt.Sprintf("%s %s in the zone %q of %s", touched, verb, z.Name, j.Policy.Words())
	if j.Use == UseUnknown {
		text = "If AI helped: " + text
	}
	switch {
	case z.Why != "":
		text += ", which asks for " + z.Why
	case len(z.Asks) > 0:
		text += ", which asks for " + strings.Join(z.Asks, " and ")
	}
	text += "."
	if z.Mark != "" {
		text += " (Which paths these are is Colophon's reading.)"
	}
	f := Finding{Span: span, Message: text}
	for _, p := range first {
		f.Related = append(f.Related, Related{Path: p.file.Path, Message: "in the zone " + z.Name})
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

// approved tells whether the trailer that records an agreement is there, with a
// person in it.
func (j *judge) approved() bool {
	token := j.Policy.Approval.Trailer
	for _, t := range j.Message.Trailers {
		if token != "" && t.Is(token) && t.Value != "" && !isToolValue(t.Value) {
			return true
		}
	}
	return false
}
