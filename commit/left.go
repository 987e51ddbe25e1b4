package commit

import (
	"crypto/sha256"
	"io"
	"slices"
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
	text := m.Text
	if at := strings.Index(m.Below(), "\ndiff --git "); at >= 0 {
		text = m.Text[:m.Cut+at+1]
		patch := m.Text[m.Cut+at+1:]
		p, err := change.ReadPatch(strings.NewReader(patch))
		// With nothing staged, -vv has the patch of the work tree alone.
		if err == nil && !p.WorkTree && onlyComments(m.Below()[:at+1], m.Options.Comment) {
			l.patch = p
			io.WriteString(sum, patch)
		}
	}
	entry := m.Options.Comment + "\t"
	in := false
	for line := range strings.SplitSeq(text, "\n") {
		path, ok := strings.CutPrefix(strings.TrimSuffix(line, "\r"), entry)
		if ok && !in {
			l.lists = append(l.lists, nil)
		}
		if in = ok; ok {
			last := &l.lists[len(l.lists)-1]
			*last = append(*last, strings.Clone(path)) // the text itself need not stay
			io.WriteString(sum, line)
		}
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
	for i, list := range l.lists {
		if len(list) == 0 {
			continue
		}
		for _, files := range [][]change.File{c.Files, parted(c.Files)} {
			if len(list) == len(files) && len(among(list, files)) == len(files) {
				return same + fit(min(i, 999))
			}
		}
	}
	return fitless
}

// listed is the part of a change that git listed, where it is more than that by
// now; it is not ok where git listed something that is not in it any more.
func (l *left) listed(c *change.Change) (part *change.Change, more []string, ok bool) {
	for _, list := range l.lists {
		kept := among(list, c.Files)
		if len(kept) == 0 {
			continue
		}
		part = &change.Change{}
		for i := range c.Files {
			if len(kept) > 0 && kept[0] == i {
				part.Files = append(part.Files, c.Files[i])
				kept = kept[1:]
			} else {
				more = append(more, c.Files[i].Path)
			}
		}
		return part, more, true
	}
	return nil, nil, false
}

// among finds the files that a list names; there are none if it names one that is
// not there. Git lists them in the order of their paths.
func among(list []string, files []change.File) (kept []int) {
	order := byPath(files)
	for _, entry := range list {
		at := slices.IndexFunc(order, func(i int) bool { return names(entry, files[i].Path) })
		if at < 0 {
			return nil
		}
		kept = append(kept, order[at])
		order = order[at+1:]
	}
	slices.Sort(kept)
	return kept
}

// byPath is the order of the files by their paths.
func byPath(files []change.File) []int {
	order := make([]int, len(files))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(files[a].Path, files[b].Path) })
	return order
}

// parted is the files with each rename as a removal and an addition, as somebody
// sees it who has switched renames off.
func parted(files []change.File) []change.File {
	var out []change.File
	for _, f := range files {
		if f.Status == change.Renamed {
			out = append(out, change.File{Path: f.From, Status: change.Deleted})
		}
		out = append(out, f)
	}
	return out
}

// names tells whether an entry of git's list ends with a path.
func names(entry, path string) bool {
	_, ok := pathAt(entry, path)
	return ok
}

// pathAt is where a path begins with which an entry of git's list ends. It may be
// quoted, and relative to the folder where git was started.
func pathAt(entry, path string) (start int, ok bool) {
	quoted := -1
	if strings.HasSuffix(entry, `"`) {
		quoted = strings.LastIndex(entry[:len(entry)-1], ` "`)
		if quoted < 0 {
			return 0, false
		}
		unquoted, err := change.Unquote([]byte(entry[quoted+1:]))
		if err != nil {
			return 0, false
		}
		entry = " " + string(unquoted)
	}
	for tail := path; ; {
		if rest, ok := strings.CutSuffix(entry, tail); ok {
			for strings.HasSuffix(rest, "../") {
				rest = strings.TrimSuffix(rest, "../")
			}
			if strings.HasSuffix(rest, " ") {
				if quoted >= 0 {
					return quoted + 1, true
				}
				return len(rest), true
			}
		}
		_, after, ok := strings.Cut(tail, "/")
		if !ok {
			return 0, false
		}
		tail = after
	}
}
