package commit

import (
	"iter"
	"strings"

	"colophon/change"
	"colophon/message"
)

// Entry is one path in the lists that git leaves in the comments of a message.
type Entry struct {
	Span message.Span // the path as it stands there, with its quotation marks
	From message.Span // the same of the old path of a file that is renamed; empty without
	// Path is relative to the top of the work tree, where that can be told: as it
	// stands there while the change is not known, and "" where git was started in a
	// folder that no list tells.
	Path string
	List int // number of the list, from 0
	// File is the file of the change that the entry names; nil in lists of what is not
	// committed, and while the change is not known.
	File *change.File
}

// Entries are the paths in the lists that git left in a message's comments, in their
// order. c is what the commit contains, nil where that is not known: the first list
// that agrees with it is that of what will be committed. Words are translated and
// paths may be relative to the folder where git was started, so an entry is known
// by how it ends.
func (c *Commit) Entries(m *message.Message, ch *change.Change) []Entry {
	lists := readLists(m)
	var all []Entry
	aligned := 0 // where the paths of labelled lists begin
	for n, list := range lists {
		width := 0
		if list.labelled(aligned) {
			aligned = list.width()
			width = aligned
		}
		for i, entry := range list.entries {
			e := entryOf(entry, list.starts[i], width)
			e.List = n
			all = append(all, e)
		}
	}
	if ch != nil {
		match(m, all, lists, ch)
	}
	return all
}

// remarks is the text in which git's lists can stand: all above the patch. With
// commit.cleanup=scissors they stand below the cut.
func remarks(m *message.Message) string {
	if at := strings.Index(m.Below(), "\ndiff --git "); at >= 0 {
		return m.Text[:m.Cut+at+1]
	}
	return m.Text
}

// advice is how a command begins that git sets as it sets a path, for who did not want
// to commit a merge or a cherry-pick.
const advice = "git update-ref -d "

// entryLine is a line of a list: the text behind comment character and tab, where
// that stands, and the number of the list.
type entryLine struct {
	list, start int
	text        string
}

// entryLines goes through all lists.
func entryLines(m *message.Message) iter.Seq[entryLine] {
	lead, text := m.Options.Comment+"\t", remarks(m)
	return func(yield func(entryLine) bool) {
		list, in := -1, false
		for at := 0; at < len(text); {
			end := len(text)
			if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
				end = at + i
			}
			entry, ok := strings.CutPrefix(strings.TrimSuffix(text[at:end], "\r"), lead)
			ok = ok && !strings.HasPrefix(entry, advice)
			if ok && !in {
				list++
			}
			if in = ok; ok && !yield(entryLine{list, at + len(lead), entry}) {
				return
			}
			at = end + 1
		}
	}
}

// entryList is one list, and where its entries stand.
type entryList struct {
	entries []string
	starts  []int
}

func readLists(m *message.Message) (lists []entryList) {
	for e := range entryLines(m) {
		if e.list == len(lists) {
			lists = append(lists, entryList{})
		}
		l := &lists[e.list]
		l.entries, l.starts = append(l.entries, e.text), append(l.starts, e.start)
	}
	return lists
}

// labelled tells whether each entry says what became of the file. Git pads its
// labels to one width; where only one blank stands behind, it may as well be a file
// with such a name, unless that width is the one of the list before.
func (l *entryList) labelled(aligned int) bool {
	close := false
	for _, e := range l.entries {
		end := labelEnd(e)
		if end == 0 {
			return false
		}
		close = close || !strings.HasSuffix(e[:end], "  ")
		if aligned > 0 && close && columns(e[:end]) != aligned {
			return false
		}
	}
	return true
}

// width is how wide the labels are with what fills them up. A path may begin with
// blanks of its own.
func (l *entryList) width() int {
	least := columns(l.entries[0][:labelEnd(l.entries[0])])
	for _, e := range l.entries[1:] {
		least = min(least, columns(e[:labelEnd(e)]))
	}
	return least
}

// labelEnd is where an entry's path begins: behind a label, its colon and blanks; 0
// without.
func labelEnd(entry string) int {
	for i, r := range entry {
		if r != ':' && r != '：' {
			continue
		}
		behind := i + len(string(r))
		if blanks := len(entry[behind:]) - len(strings.TrimLeft(entry[behind:], " ")); blanks > 0 {
			return behind + blanks
		}
	}
	return 0
}

// columns is how wide a label is on the screen, as git counts it.
func columns(label string) (n int) {
	for _, r := range label {
		n++
		if r >= 0x1100 && r <= 0x115F || r >= 0x2E80 && r <= 0xA4CF || r >= 0xAC00 && r <= 0xD7A3 ||
			r >= 0xF900 && r <= 0xFAFF || r >= 0xFE30 && r <= 0xFE6F || r >= 0xFF00 && r <= 0xFF60 {
			n++
		}
	}
	return n
}

// entryOf reads an entry without knowing the change: behind a label of that width an
// arrow parts both paths of a renamed file. 0: there are no labels.
func entryOf(entry string, at, width int) Entry {
	start := 0
	if width > 0 {
		start = labelEnd(entry)
		for n := columns(entry[:start]); n > width && entry[start-1] == ' '; n-- {
			start--
		}
	}
	e := Entry{Span: message.Span{Start: at + start, End: at + len(entry)}}
	if i := arrowAt(entry[start:]); width > 0 && i >= 0 {
		e.From = message.Span{Start: at + start, End: at + start + i}
		e.Span.Start = e.From.End + len(arrow)
	}
	e.Path = unquoted(entry[e.Span.Start-at:])
	return e
}

// arrowAt is where the first of two paths ends, -1 for one path.
func arrowAt(text string) int {
	from := 0
	if strings.HasPrefix(text, `"`) {
		for from = 1; from < len(text) && text[from] != '"'; from++ {
			if text[from] == '\\' {
				from++
			}
		}
		from = min(from+1, len(text))
		if !strings.HasPrefix(text[from:], arrow) {
			return -1
		}
	}
	if i := strings.Index(text[from:], arrow); i >= 0 {
		return from + i
	}
	return -1
}

const arrow = " -> "

// unquoted is a path without the quotation marks that git gives to some.
func unquoted(text string) string {
	if strings.HasPrefix(text, `"`) {
		if path, err := change.Unquote([]byte(text)); err == nil {
			return string(path)
		}
	}
	return text
}

// match finds the list of what will be committed and the file of each of its
// entries. Somebody who has switched renames off sees a removal and an addition.
func match(m *message.Message, all []Entry, lists []entryList, ch *change.Change) {
	whole := []sorted{byPath(ch.Files), parted(ch.Files)}
	for _, part := range []bool{false, true} {
		at := 0
		for _, list := range lists[:min(len(lists), maxLists)] {
			for _, files := range whole {
				if hits, from, ok := files.named(list.entries, part); ok {
					for i := range all {
						all[i].of(m, from)
					}
					take(all[at:at+len(list.entries)], list, hits, files.files)
					return
				}
			}
			at += len(list.entries)
			if part && list.labelled(0) {
				break // another list of this kind is of what is not committed
			}
		}
	}
}

// of corrects an entry once it is known where git was started, for lists of what is
// not committed: nothing is renamed there.
func (e *Entry) of(m *message.Message, from folder) {
	if e.From.Len() > 0 {
		e.Span.Start, e.From = e.From.Start, message.Span{}
		e.Path = unquoted(m.Slice(e.Span))
	}
	e.Path = from.resolve(e.Path)
}

// take gives the entries of a list their files.
func take(list []Entry, of entryList, hits []hit, files []change.File) {
	for i, h := range hits {
		e := &list[i]
		at := of.starts[i]
		e.File, e.Path = &files[h.file], files[h.file].Path
		e.Span.Start, e.From = at+h.path, message.Span{}
		if h.old >= 0 {
			e.From = message.Span{Start: at + h.old, End: at + h.path - len(arrow)}
		}
	}
}
