package commit

import (
	"slices"
	"strings"

	"colophon/change"
	"colophon/message"
)

// Entry is one path in the lists that git leaves in the comments of a message.
type Entry struct {
	Span message.Span // the path as it stands there, with its quotation marks
	From message.Span // the same of the old path of a file that is renamed; empty without
	Path string       // relative to the top of the work tree; as it stands there where File is nil
	List int          // number of the list, from 0
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
	lead := m.Options.Comment + "\t"
	var all []Entry
	list, in := -1, false
	for at := 0; at < m.Cut; {
		end := len(m.Text)
		if i := strings.IndexByte(m.Text[at:], '\n'); i >= 0 {
			end = at + i
		}
		line := strings.TrimSuffix(m.Text[at:end], "\r")
		entry, ok := strings.CutPrefix(line, lead)
		if ok && !in {
			list++
		}
		if in = ok; ok {
			e := entryOf(entry, at+len(lead))
			e.List = list
			all = append(all, e)
		}
		at = end + 1
	}
	if ch != nil {
		c.match(m, all, ch)
	}
	return all
}

// match finds the list of what will be committed, and the file of each of its
// entries. Somebody who has switched renames off sees a removal and an addition.
func (c *Commit) match(m *message.Message, all []Entry, ch *change.Change) {
	for _, files := range [][]change.File{ch.Files, parted(ch.Files)} {
		order := byPath(files)
		for rest := all; len(rest) > 0; {
			n := 1
			for n < len(rest) && rest[n].List == rest[0].List {
				n++
			}
			if matchList(m, rest[:n], files, order) {
				return
			}
			rest = rest[n:]
		}
	}
}

// matchList gives each entry its file, unless one names none of the change.
func matchList(m *message.Message, list []Entry, files []change.File, order []int) bool {
	type found struct{ file, start int }
	var all []found
	for _, e := range list {
		line := lineOf(m.Text, e.Span)
		entry := m.Text[line.Start:line.End]
		n := slices.IndexFunc(order, func(i int) bool { return names(entry, files[i].Path) })
		if n < 0 {
			return false
		}
		start, _ := pathAt(entry, files[order[n]].Path)
		all = append(all, found{order[n], line.Start + start})
		order = order[n+1:]
	}
	for i, f := range all {
		e := &list[i]
		e.File, e.Path, e.Span.Start = &files[f.file], files[f.file].Path, f.start
		if e.File.From == "" {
			e.From = message.Span{}
		}
	}
	return true
}

// lineOf is the line of a span, from the tab in it that git puts in front of its
// label.
func lineOf(text string, s message.Span) message.Span {
	start := strings.LastIndexByte(text[:s.Start], '\n') + 1
	return message.Span{Start: start + strings.IndexByte(text[start:s.End], '\t') + 1, End: s.End}
}

// entryOf reads an entry without knowing the change: a label, if there is one, ends
// with a colon and blanks, and both paths of a renamed file are parted by an arrow.
func entryOf(entry string, at int) Entry {
	start := 0
	for _, colon := range []string{":", "："} {
		if i := strings.Index(entry, colon); i >= 0 && strings.HasPrefix(entry[i+len(colon):], " ") {
			start = i + len(colon)
			break
		}
	}
	start += len(entry[start:]) - len(strings.TrimLeft(entry[start:], " "))
	e := Entry{Span: message.Span{Start: at + start, End: at + len(entry)}}
	if i := strings.Index(entry[start:], arrow); i >= 0 {
		e.From = message.Span{Start: at + start, End: at + start + i}
		e.Span.Start += i + len(arrow)
	}
	e.Path = unquoted(entry[e.Span.Start-at:])
	return e
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
