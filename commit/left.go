package commit

import (
	"crypto/sha256"
	"io"
	"strings"

	"colophon/change"
	"colophon/message"
)

// left is what git itself has left in the buffer about the commit: the lists of
// paths in its comments, of which the first that fits is what will be committed,
// and the patch that `git commit -v` puts below the scissors. Words are
// translated, so only the form counts: a comment, a tab, some words, a path.
type left struct {
	lists [][]string
	patch *change.Patch // nil: none, or none that can be read
	sum   [sha256.Size]byte
}

func (l *left) none() bool { return len(l.lists) == 0 && l.patch == nil }

func readLeft(m *message.Message) *left {
	l := &left{}
	sum := sha256.New()
	if at := strings.Index(m.Below(), "\ndiff --git "); at >= 0 {
		patch := m.Text[m.Cut+at+1:]
		p, err := change.ReadPatch(strings.NewReader(patch))
		// With nothing staged, -vv has the patch of the work tree alone.
		if err == nil && !p.WorkTree && onlyComments(m.Below()[:at+1], m.Options.Comment) {
			l.patch = p
			io.WriteString(sum, patch)
		}
	}
	for e := range entryLines(m) {
		if e.list == len(l.lists) {
			l.lists = append(l.lists, nil)
		}
		l.lists[e.list] = append(l.lists[e.list], strings.Clone(e.text)) // the text itself need not stay
		io.WriteString(sum, e.text)
		sum.Write([]byte{'\n'})
	}
	sum.Sum(l.sum[:0])
	return l
}

// onlyComments tells whether all that stands in front of a patch is git's remarks;
// with diff.submodule=log the patch begins in another way.
func onlyComments(text, comment string) bool {
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, comment) && strings.TrimSpace(line) != "" {
			return false
		}
	}
	return true
}

// labelled tells whether one of the lists says what became of each path. Others are
// of conflicts, of untracked files, or lines of advice.
func (l *left) labelled() bool {
	for _, list := range l.lists {
		for _, entry := range list {
			if strings.Contains(entry, "  ") || strings.Contains(entry, ": ") || strings.Contains(entry, "： ") {
				return true
			}
		}
	}
	return false
}

// fit says how well a change agrees with what git left. A smaller one is better.
type fit int

const (
	same    fit = 0    // plus the number of the list
	empty   fit = 1000 // nothing to compare
	fitless fit = 2000
)

// fits compares a change with what git left.
func (l *left) fits(c *change.Change) fit {
	if l.patch != nil {
		if l.patch.Fits(c) {
			return same
		}
		return fitless
	}
	if len(c.Files) == 0 {
		return empty
	}
	both := []sorted{byPath(c.Files), parted(c.Files)}
	for i, list := range l.lists {
		for _, files := range both {
			if _, _, ok := files.named(list, false); ok {
				return same + fit(min(i, 999))
			}
		}
	}
	return fitless
}

// listed is the part of a change that git listed, where it is more than that by
// now; it is not ok where git listed something that is not in it any more.
func (l *left) listed(c *change.Change) (part *change.Change, more []string, ok bool) {
	files := byPath(c.Files)
	for _, list := range l.lists[:min(len(l.lists), maxLists)] {
		for _, part := range []bool{false, true} {
			if hits, _, ok := files.named(list, part); ok {
				part, more := cutOut(c, hits)
				return part, more, true
			}
		}
	}
	return nil, nil, false
}

// cutOut is the part of a change that was found, and the paths that were not.
func cutOut(c *change.Change, hits []hit) (part *change.Change, more []string) {
	found := make([]bool, len(c.Files))
	for _, h := range hits {
		found[h.file] = true
	}
	part = &change.Change{AddedAt: c.AddedAt}
	for i, f := range c.Files {
		if found[i] {
			part.Files = append(part.Files, f)
		} else {
			more = append(more, f.Path)
		}
	}
	return part, more
}
