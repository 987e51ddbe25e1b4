package commit

import (
	"slices"
	"strings"

	"colophon/change"
)

// What bounds the search in a buffer that somebody else has written.
const (
	maxLists   = 32       // git writes three
	maxEntry   = 16 << 10 // bytes; more than four paths as long as a system takes them
	maxArrows  = 16       // in an entry
	maxFolders = 16       // where git may have been started
)

// folder is where git was started, as far as the entries of its lists have told:
// their paths are relative to it.
type folder struct {
	depth int    // how many folders below the top; -1: not known
	begin string // the outermost of them that are known, each with its slash
}

var (
	anywhere = folder{depth: -1}
	top      = folder{}
)

// names tells whether a path of a list, seen from the folder, is that of a file. It
// learns from it where the folder is.
func (d *folder) names(text, path string) bool {
	up := 0
	for strings.HasPrefix(text, "../") {
		up++
		text = text[len("../"):]
	}
	shared, ok := strings.CutSuffix(path, text)
	if !ok || text == "" || shared != "" && !strings.HasSuffix(shared, "/") {
		return false
	}
	depth := strings.Count(shared, "/") + up
	if d.depth >= 0 && d.depth != depth || !strings.HasPrefix(d.begin, shared) && !strings.HasPrefix(shared, d.begin) {
		return false
	}
	d.depth = depth
	if len(shared) > len(d.begin) {
		d.begin = shared
	}
	return true
}

// resolve is a path of a list from the top; "" where too little is known.
func (d *folder) resolve(text string) string {
	keep := d.depth
	if keep < 0 {
		return text
	}
	for strings.HasPrefix(text, "../") {
		keep--
		text = text[len("../"):]
	}
	at := 0
	for ; keep > 0; keep-- {
		i := strings.IndexByte(d.begin[at:], '/')
		if i < 0 {
			return ""
		}
		at += i + 1
	}
	if keep < 0 {
		return ""
	}
	return d.begin[:at] + text
}

// entry is an entry that has a label, read in all ways that it can be.
type entry struct {
	text   string
	start  int    // of the path, or of both
	path   string // all behind the label
	arrows []pair
}

// pair is an entry read as that of a renamed file.
type pair struct {
	old, path string
	at        int // where the second begins
}

func readEntry(text string) (e entry, ok bool) {
	start := labelEnd(text)
	if start == 0 || len(text) > maxEntry {
		return entry{}, false
	}
	e = entry{text: text, start: start, path: unquoted(text[start:])}
	for at := start; len(e.arrows) < maxArrows; {
		i := strings.Index(text[at:], arrow)
		if i < 0 {
			break
		}
		e.arrows = append(e.arrows, pair{unquoted(text[start : at+i]), unquoted(text[at+i+len(arrow):]), at + i + len(arrow)})
		at += i + 1
	}
	return e, true
}

// hit says where an entry has the path of a file, and that of the old one; -1: none.
type hit struct{ file, path, old int }

// hit finds a path in an entry, and where a file was renamed its old one.
func (e *entry) hit(d *folder, path, old string) (h hit, ok bool) {
	was := *d
	if old != "" {
		for _, p := range e.arrows {
			if d.names(p.path, path) && d.names(p.old, old) {
				return hit{path: p.at, old: e.start}, true
			}
			*d = was
		}
		return hit{}, false
	}
	if d.names(e.path, path) {
		return hit{path: e.start, old: -1}, true
	}
	if strings.Contains("/"+path, "/ ") {
		// Blanks that seem to fill up the label are the path's own.
		for at := e.start - 1; at > 0 && e.text[at] == ' ' && e.text[at-1] == ' '; at-- {
			if d.names(e.text[at:], path) {
				return hit{path: at, old: -1}, true
			}
		}
	}
	for _, p := range e.arrows { // without a look for renames, only the new file is known
		if d.names(p.path, path) {
			return hit{path: p.at, old: e.start}, true
		}
	}
	return hit{}, false
}

// sorted is the files of a change, and the order of their paths, in which git lists
// them.
type sorted struct {
	files []change.File
	order []int
	apart bool // each renamed file is two
}

func byPath(files []change.File) sorted {
	s := sorted{files: files, order: make([]int, len(files))}
	for i := range s.order {
		s.order[i] = i
	}
	slices.SortFunc(s.order, func(a, b int) int { return strings.Compare(files[a].Path, files[b].Path) })
	return s
}

// hit finds a file in an entry.
func (s sorted) hit(e *entry, d *folder, file int) (hit, bool) {
	f := &s.files[file]
	if s.apart {
		return e.hit(d, f.Path, "")
	}
	return e.hit(d, f.Path, f.From)
}

// named finds the file of each entry of a list. It is not ok if an entry names none.
// Of a list with as many entries as there are files the order says all; with part,
// only a list with fewer is taken. Either way it takes no longer than to read both a
// few times.
func (s sorted) named(list []string, part bool) (hits []hit, from folder, ok bool) {
	switch {
	case len(list) == 0 || len(list) > len(s.order) || part != (len(list) < len(s.order)):
		return nil, anywhere, false
	case !part:
		from = anywhere
		hits, ok = s.inOrder(list, &from)
		return hits, from, ok
	}
	first, ok := readEntry(list[0])
	if !ok {
		return nil, anywhere, false
	}
	tries := []folder{top}
	for _, i := range s.order {
		d := anywhere
		if _, ok := s.hit(&first, &d, i); ok && !slices.Contains(tries, d) {
			if tries = append(tries, d); len(tries) > maxFolders {
				break
			}
		}
	}
	for _, from := range tries {
		if hits, ok := s.inOrder(list, &from); ok {
			return hits, from, true
		}
	}
	return nil, anywhere, false
}

// inOrder goes through list and files at once.
func (s sorted) inOrder(list []string, from *folder) (hits []hit, ok bool) {
	order := s.order
	for n, text := range list {
		e, ok := readEntry(text)
		if !ok {
			return nil, false
		}
		found := false
		for !found && len(order) >= len(list)-n {
			i := order[0]
			order = order[1:]
			var h hit
			if h, found = s.hit(&e, from, i); found {
				h.file = i
				hits = append(hits, h)
			}
		}
		if !found {
			return nil, false
		}
	}
	return hits, true
}

// parted has each renamed file as a removal and an addition, as somebody sees it who
// has switched renames off.
func parted(files []change.File) sorted {
	var out []change.File
	for _, f := range files {
		if f.Status == change.Renamed {
			out = append(out, change.File{Path: f.From, Status: change.Deleted})
		}
		out = append(out, f)
	}
	s := byPath(out)
	s.apart = true
	return s
}
