package diagnostics

import (
	"slices"
	"strconv"
	"strings"

	"colophon/attribution"
	"colophon/change"
	"colophon/policy"
	"colophon/words"
)

// Unread is a record of an AI tool that does not count, and why.
type Unread struct {
	Source string // as [attribution.Source]
	Why    string // a verb and what follows
}

// Noted is what one record says of the lines of a change.
type Noted struct {
	Source attribution.Source
	Tools  []attribution.Tool
	Lines  int // added lines, not blank, that a tool wrote
	People int // the same of a known person
	Of     int // all of them
	Files  []NotedFile
}

// NotedFile is a file in which a tool wrote lines of the change.
type NotedFile struct {
	Path  string
	Lines int  // as Noted.Lines; those of the whole file where Whole
	Whole bool // which lines it wrote is not known
}

// note is a record with what follows from it for the rules.
type note struct {
	Noted
	totals *Totals // of the files that a tool wrote in, its lines being all that count
}

// readRecords works out what the records say of a change. Those that say nothing of it are left
// out, and so is what they say of lines that were there before.
func readRecords(files []policy.File, added map[string][]change.Place, records []attribution.Record) (notes []note) {
	if len(added) == 0 {
		return nil
	}
	of := 0
	for i := range files {
		of += files[i].Lines.Added
	}
	for i := range records {
		r := &records[i]
		n := note{Noted: Noted{Source: r.Source, Tools: r.Tools, Of: of}}
		said := make(map[string]*attribution.File, len(r.Files))
		for k := range r.Files {
			said[r.Files[k].Path] = &r.Files[k]
		}
		var helped []policy.File
		for k := range files {
			f := files[k]
			s, places := said[f.Path], added[f.Path]
			if s == nil || len(places) == 0 {
				continue
			}
			n.People += common(s.People, places)
			by := NotedFile{Path: f.Path, Lines: common(s.AI, places)}
			switch {
			case s.Unplaced:
				by.Whole, by.Lines = true, f.Lines.Added
			case by.Lines == 0:
				continue
			default:
				f.Counted = by.Lines
			}
			n.Lines += by.Lines
			n.Files = append(n.Files, by)
			helped = append(helped, f)
		}
		if len(helped) > 0 {
			n.totals = total(helped)
			notes = append(notes, n)
		}
	}
	return notes
}

// common is how many lines are in both.
func common(runs []attribution.Run, places []change.Place) (lines int) {
	if len(runs) == 0 {
		return 0
	}
	at := make([]attribution.Run, len(places))
	for i, p := range places {
		at[i] = attribution.Run{First: int(p.Line), Last: int(p.Line + p.Lines - 1)}
	}
	attribution.Common(at, runs, func(r attribution.Run) { lines += r.Last - r.First + 1 })
	return lines
}

// evidence is a record as a fact.
func (n *note) evidence() Evidence {
	says := words.EvidenceRecordPiece
	if n.uncertain() {
		says = words.EvidenceRecordFilesPiece
	}
	return Evidence{
		Source: "record", Noted: &n.Noted,
		Text: says.With("source", string(n.Source), "lines", strconv.Itoa(n.Lines), "all", strconv.Itoa(n.Of)),
	}
}

// uncertain tells whether it is not known of some file which lines a tool wrote.
func (n *note) uncertain() bool {
	return slices.ContainsFunc(n.Files, func(f NotedFile) bool { return f.Whole })
}

// helpedIn is the first files of a zone that AI helped with, and how many there are: by the
// records, where there are any, and otherwise those of the classes that matter.
func (j *judge) helpedIn(z *policy.Zone, matters func(policy.Class) bool) (first []placed, files int) {
	notes := j.Totals.notes
	if len(notes) == 0 {
		return j.Totals.inZone(z, matters)
	}
	seen := make(map[string]bool)
	for i := range notes {
		some, n := notes[i].totals.inZone(z, func(policy.Class) bool { return true })
		files = max(files, n)
		for _, p := range some {
			if !seen[p.file.Path] {
				seen[p.file.Path] = true
				first = append(first, p)
			}
		}
	}
	return first[:min(len(first), touchedShown)], max(files, len(seen))
}

// byRecords is how many lines of those that count for a limit a tool wrote, of so many, and
// by which record, in words. Where several say so, the one that says the most decides, and
// each is told. ok is false where none says anything of what the disclosures claim.
func (j *judge) byRecords(l *policy.SmallFix, by claimed, all string) (counted int, says string, ok bool) {
	best := j.counting(l)
	if best == nil {
		return 0, "", false
	}
	counted, _ = best.totals.counted(l)
	if counted == 0 && by == claimedCode { // the person knows of more
		return 0, "", false
	}
	first := words.LimitNotedPiece.With("count", strconv.Itoa(counted), "all", all, "source", string(best.Source))
	if best.uncertain() {
		first = words.LimitUpToPiece.With("lines", first)
	}
	parts := []string{first}
	for i := range j.Totals.notes {
		if n := &j.Totals.notes[i]; n != best {
			other, _ := n.totals.counted(l)
			parts = append(parts, words.LimitOtherPiece.With("count", strconv.Itoa(other), "source", string(n.Source)))
		}
	}
	return counted, strings.Join(parts, ", "), true
}

// counting is the record with the most lines that count for a limit; nil without any.
func (j *judge) counting(l *policy.SmallFix) (best *note) {
	most := -1
	for i := range j.Totals.notes {
		n := &j.Totals.notes[i]
		if counted, _ := n.totals.counted(l); counted > most {
			best, most = n, counted
		}
	}
	return best
}

// classesHelped are the classes of the files that AI helped with by the records, in the
// order in which they come; all where there is no record.
func (j *judge) classesHelped() (classes []policy.Class) {
	if len(j.Totals.notes) == 0 {
		return j.Totals.classes
	}
	for i := range j.Totals.notes {
		for _, c := range j.Totals.notes[i].totals.classes {
			if !slices.Contains(classes, c) {
				classes = append(classes, c)
			}
		}
	}
	return classes
}
