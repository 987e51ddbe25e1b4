package attribution

import (
	"strings"

	udiff "github.com/aymanbagabas/go-udiff"
)

// maxPlaced is how long a text may be whose lines are looked for in another one, in
// bytes.
const maxPlaced = 4 << 20

// Place finds the lines of a file in another text: what became of before. Lines that
// were changed since are nobody's, but for how they end: git may have changed that. A text
// that is too long to compare leaves the file Unplaced.
func (f File) Place(before, after string) File {
	switch before, after = plainEnds(before), plainEnds(after); {
	case before == after:
		return f
	case len(before) > maxPlaced || len(after) > maxPlaced:
		return f.Lost()
	}
	// What stays the same lies between the edits.
	var same []moved
	at, line, delta := 0, 1, 0
	stays := func(end int) {
		if n := strings.Count(before[at:end], "\n") + unended(before[at:end]); n > 0 {
			same = append(same, moved{Run{line, line + n - 1}, delta})
			line += n
		}
	}
	for _, e := range udiff.Lines(before, after) {
		stays(e.Start)
		gone := strings.Count(before[e.Start:e.End], "\n") + unended(before[e.Start:e.End])
		come := strings.Count(e.New, "\n") + unended(e.New)
		at, line, delta = e.End, line+gone, delta+come-gone
	}
	stays(len(before))
	f.AI, f.People = move(f.AI, same), move(f.People, same)
	return f
}

// plainEnds has each line end with a line feed alone.
func plainEnds(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// Lost is the file where its lines cannot be found again.
func (f File) Lost() File {
	f.Unplaced = f.Unplaced || len(f.AI) > 0
	f.AI, f.People = nil, nil
	return f
}

// unended is 1 for a text that ends within a line.
func unended(text string) int {
	if text == "" || strings.HasSuffix(text, "\n") {
		return 0
	}
	return 1
}

// moved is lines that are found again, so many further down.
type moved struct {
	Run
	by int
}

func move(runs []Run, same []moved) (out []Run) {
	var plain []Run
	for _, s := range same {
		plain = append(plain, s.Run)
	}
	i := 0
	Common(plain, runs, func(r Run) {
		for same[i].Last < r.First {
			i++
		}
		out = append(out, Run{r.First + same[i].by, r.Last + same[i].by})
	})
	return tidy(out)
}
