package diagnostics

import (
	"cmp"
	"slices"

	"colophon/attribution"
	"colophon/change"
	"colophon/policy"
)

// Totals is what the rules need of the files of a change. With very many files it
// costs more than all else, and a keystroke does not alter it.
type Totals struct {
	classes []policy.Class // of the files, in the order in which they come
	sums    map[policy.Class]*sum
	zones   map[*policy.Zone]map[policy.Class]*touched
	parts   map[policy.Class]*part
	notes   []note // what records of AI tools say of them
}

// part is all files of one class.
type part struct {
	files, counted int
	first          string // path
}

// sum is the files of one class.
type sum struct {
	counted int
	partial bool     // lines are missing from counted
	largest []placed // no more than are shown, those with most lines first
}

// touched is the files of one class in one zone.
type touched struct {
	files int
	first []placed // no more than are shown
}

// placed is a file with its place among all.
type placed struct {
	at   int
	file *policy.File
}

// in is the path by which the file lies in a zone: its old one, where it was moved out.
func (p placed) in(z *policy.Zone) string {
	if p.file.From != "" && z.Pattern(p.file.Path) == "" {
		return p.file.From
	}
	return p.file.Path
}

// lines are those to look at, none where the file has left the zone.
func (p placed) lines(z *policy.Zone) change.Place {
	if p.in(z) != p.file.Path {
		return change.Place{}
	}
	return p.file.Largest
}

// How many files a finding names.
const (
	largestShown = 5
	touchedShown = 10
)

// Total works out the totals of a change: its files, where lines were added in them, and
// what AI tools noted; see Input.
func Total(files []policy.File, added map[string][]change.Place, records []attribution.Record) *Totals {
	t := total(files)
	t.notes = readRecords(files, added, records)
	return t
}

func total(files []policy.File) *Totals {
	t := &Totals{sums: make(map[policy.Class]*sum), zones: make(map[*policy.Zone]map[policy.Class]*touched), parts: make(map[policy.Class]*part)}
	for i := range files {
		f := &files[i]
		s := t.sums[f.Class]
		if s == nil {
			s = &sum{}
			t.sums[f.Class] = s
			t.classes = append(t.classes, f.Class)
			t.parts[f.Class] = &part{first: f.Path}
		}
		t.parts[f.Class].files++
		t.parts[f.Class].counted += f.Counted
		if !f.Unlimited {
			s.add(placed{i, f})
		}
		for _, z := range f.Zones {
			if t.zones[z] == nil {
				t.zones[z] = make(map[policy.Class]*touched)
			}
			in := t.zones[z][f.Class]
			if in == nil {
				in = &touched{}
				t.zones[z][f.Class] = in
			}
			if in.files++; len(in.first) < touchedShown {
				in.first = append(in.first, placed{i, f})
			}
		}
	}
	return t
}

func (s *sum) add(p placed) {
	s.counted += p.file.Counted
	s.partial = s.partial || p.file.Partial
	full := len(s.largest) == largestShown
	if p.file.Counted == 0 || full && s.largest[largestShown-1].file.Counted >= p.file.Counted {
		return
	}
	s.largest = largest(append(s.largest, p))
}

// largest sorts files by their lines and keeps as many as are shown.
func largest(files []placed) []placed {
	slices.SortFunc(files, func(a, b placed) int {
		return cmp.Or(cmp.Compare(b.file.Counted, a.file.Counted), cmp.Compare(a.at, b.at))
	})
	return files[:min(len(files), largestShown)]
}

// inZone is the first files of a zone in their order, and how many there are, of
// the classes that matter.
func (t *Totals) inZone(z *policy.Zone, matters func(policy.Class) bool) (first []placed, files int) {
	for class, in := range t.zones[z] {
		if matters(class) {
			first = append(first, in.first...)
			files += in.files
		}
	}
	slices.SortFunc(first, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
	return first[:min(len(first), touchedShown)], files
}
