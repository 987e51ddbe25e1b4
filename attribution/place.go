package attribution

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/aymanbagabas/go-udiff"
	"github.com/rogpeppe/go-internal/diff"
)

// maxPlaced is how long a text may be whose lines are looked for in another one, in
// bytes.
const maxPlaced = 1 << 20

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
	same := unchanged(before, after)
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

// moved is lines that are found again, so many further down.
type moved struct {
	Run
	by int
}

// unchanged is the lines that are in both texts, in their order. Between lines that are
// there once, of which there may be any number, the second library looks; it gives up
// where very many of the others differ.
func unchanged(before, after string) []moved {
	u := unifier{old: 1, new: 1}
	text := diff.Diff("", []byte(before), "", []byte(after))
	for range 3 { // the names
		_, text, _ = bytes.Cut(text, []byte("\n"))
	}
	for len(text) > 0 {
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		text = rest
		u.line(line)
	}
	u.change()
	u.stays(count(before) + 1 - u.old)
	return u.same
}

// unifier reads a unified diff.
type unifier struct {
	old, new   int // the next lines
	gone, come strings.Builder
	same       []moved
}

func (u *unifier) line(line []byte) {
	switch kind := line[0]; kind {
	case '-':
		u.gone.Write(line[1:])
		u.gone.WriteByte('\n')
	case '+':
		u.come.Write(line[1:])
		u.come.WriteByte('\n')
	case ' ':
		u.change()
		u.stays(1)
	case '@': // what lies between two hunks is the same
		u.change()
		u.stays(hunkStart(line) - u.old)
	}
}

// hunkStart is the first line of the old text in "@@ -3,4 +3,5 @@", or what would be.
func hunkStart(head []byte) int {
	at, size, _ := strings.Cut(strings.TrimPrefix(strings.Fields(string(head))[1], "-"), ",")
	start, _ := strconv.Atoi(at)
	if size == "0" {
		start++ // the line before is named
	}
	return start
}

func (u *unifier) stays(lines int) {
	if lines > 0 {
		u.same = append(u.same, moved{Run{u.old, u.old + lines - 1}, u.new - u.old})
		u.old, u.new = u.old+lines, u.new+lines
	}
}

// change looks for lines that stay the same within a part that was changed.
func (u *unifier) change() {
	gone, come := u.gone.String(), u.come.String()
	u.gone.Reset()
	u.come.Reset()
	end, endNew := u.old+count(gone), u.new+count(come)
	if gone != "" && come != "" {
		at := 0
		for _, e := range udiff.Lines(gone, come) {
			u.stays(count(gone[at:e.Start]))
			u.old, u.new = u.old+count(gone[e.Start:e.End]), u.new+count(e.New)
			at = e.End
		}
		u.stays(count(gone[at:]))
	}
	u.old, u.new = end, endNew
}

// count is how many lines a text has; the last may be without an end.
func count(text string) int {
	n := strings.Count(text, "\n")
	if text != "" && !strings.HasSuffix(text, "\n") {
		n++
	}
	return n
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
