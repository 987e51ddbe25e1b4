package repository_test

import (
	"strconv"
	"strings"

	"colophon/change"
)

// sameAsCommit compares what was staged with the commit at HEAD, as `git show`
// tells it, and the counted lines with a simple reading of its patch.
func (s *sandbox) sameAsCommit(t interface {
	Helper()
	Errorf(string, ...any)
}, got *change.Change) {
	t.Helper()
	rows := s.numstat()
	if len(rows) != len(got.Files) {
		t.Errorf("%d files, git show has %d:\n%+v\n%q", len(got.Files), len(rows), got.Files, rows)
		return
	}
	sections := naiveSections(s.git("show", "--format=", "-U0", "HEAD"))
	for i, f := range got.Files {
		if row := rowOf(f); row != rows[i] {
			t.Errorf("file %d is %q, git show has %q", i, row, rows[i])
		}
		take := 1
		if f.Status == change.TypeChanged {
			take = 2
		}
		if len(sections) < take {
			t.Errorf("%q: the patch has no section for it", f.Path)
			return
		}
		for _, how := range []change.Count{change.CountChanged, change.CountAdded, change.CountAddedDeleted} {
			want := 0
			for _, section := range sections[:take] {
				want += naiveCount(section, how)
			}
			if f.Binary {
				want = 0
			}
			if n := f.Counted(how); n != want {
				t.Errorf("%q: counted %d lines as %q, want %d", f.Path, n, how, want)
			}
		}
		sections = sections[take:]
	}
	if len(sections) != 0 {
		t.Errorf("the patch has sections that belong to no file: %q", sections)
	}
}

// row is a file as numstat and raw tell it together.
type row struct {
	added, deleted, from, path, modes, letter string
}

func rowOf(f change.File) row {
	r := row{strconv.Itoa(f.Added), strconv.Itoa(f.Deleted), f.From, f.Path, f.OldMode + " " + f.NewMode, ""}
	if f.Binary {
		r.added, r.deleted = "-", "-"
	}
	r.letter = map[change.Status]string{
		change.Added: "A", change.Modified: "M", change.Deleted: "D", change.Renamed: "R",
		change.Copied: "C", change.TypeChanged: "T", change.Unmerged: "U",
	}[f.Status]
	return r
}

// numstat asks git for both lists on their own.
func (s *sandbox) numstat() []row {
	s.t.Helper()
	var rows []row
	fields := strings.Split(s.git("show", "--format=", "--numstat", "-z", "HEAD"), "\x00")
	for len(fields) > 1 {
		counts := strings.SplitN(fields[0], "\t", 3)
		r := row{added: counts[0], deleted: counts[1], path: counts[2]}
		fields = fields[1:]
		if r.path == "" {
			r.from, r.path, fields = fields[0], fields[1], fields[2:]
		}
		rows = append(rows, r)
	}
	fields = strings.Split(s.git("show", "--format=", "--raw", "-z", "HEAD"), "\x00")
	for i := range rows {
		head := strings.Fields(strings.TrimPrefix(fields[0], ":"))
		rows[i].modes, rows[i].letter = head[0]+" "+head[1], head[4][:1]
		fields = fields[2:]
		if rows[i].from != "" {
			fields = fields[1:]
		}
	}
	return rows
}

// naiveSections splits a patch by its first characters alone; lines of content
// have one more character before them.
func naiveSections(patch string) [][]string {
	var sections [][]string
	for line := range strings.SplitSeq(patch, "\n") {
		if strings.HasPrefix(line, "diff --git ") {
			sections = append(sections, nil)
		}
		if n := len(sections); n > 0 {
			sections[n-1] = append(sections[n-1], line)
		}
	}
	return sections
}

func naiveCount(section []string, how change.Count) int {
	total, added, deleted, inHunk := 0, 0, 0, false
	flush := func() {
		switch how {
		case change.CountAdded:
			total += added
		case change.CountAddedDeleted:
			total += added + deleted
		default:
			total += max(added, deleted)
		}
		added, deleted = 0, 0
	}
	for _, line := range section {
		switch {
		case strings.HasPrefix(line, "@@ "):
			flush()
			inHunk = true
		case !inHunk || strings.TrimLeft(line, " \t\r\v\f") == "" || strings.Trim(line[1:], " \t\r\v\f") == "":
		case line[0] == '+':
			added++
		case line[0] == '-':
			deleted++
		}
	}
	flush()
	return total
}
