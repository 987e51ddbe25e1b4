// Package change says what a commit contains: files, hunks, counted lines.
//
// It holds plain data and reads it from git's output. It runs no process, opens
// no file and knows no policy: which files count for what is decided elsewhere.
package change

// Change is what one commit contains. The files are in git's order.
type Change struct {
	Files []File
}

// Status says what happened to a file.
type Status string

// The statuses that git tells apart. TypeChanged is a file that became a
// symbolic link or a submodule, or back. Unmerged is a path with a conflict,
// which has no content yet that could be counted.
const (
	Added       Status = "added"
	Modified    Status = "modified"
	Deleted     Status = "deleted"
	Renamed     Status = "renamed"
	Copied      Status = "copied"
	TypeChanged Status = "type-changed"
	Unmerged    Status = "unmerged"
)

// File is one file of a change.
type File struct {
	// Path and From are bytes as git has them: separated by slashes, relative
	// to the top of the work tree, not necessarily UTF-8. From is empty unless
	// the file is renamed or copied.
	Path, From string
	Status     Status
	// Added and Deleted are lines, as `git diff --numstat` tells them; 0 when
	// Binary. They can be less than the sums over Hunks only when the status is
	// TypeChanged: git counts the difference, but shows a removal and an
	// addition.
	Added, Deleted int
	Binary         bool
	// OldMode and NewMode are six octal digits, "000000" where there is no file.
	OldMode, NewMode string
	// Hunks are in the order of the file, none when Binary. Files with a
	// thousand hunks or more have some of them merged, such that the sums and
	// Counted stay exact.
	Hunks []Hunk
}

// Hunk is one place of a file where lines were added, deleted or both, without
// any context. A blank line has nothing but white space; blank lines are part
// of Added and Deleted and told separately.
type Hunk struct {
	Added, Deleted, AddedBlank, DeletedBlank int
}

// Count is a way to count the lines of a change. Blank lines never count.
type Count string

const (
	// CountChanged takes max(added, deleted) of each hunk: a line that was
	// rewritten counts once. This is the default, and also what an empty or
	// unknown Count means.
	CountChanged Count = "changed"
	// CountAdded takes the added lines.
	CountAdded Count = "added"
	// CountAddedDeleted takes the added and the deleted lines: a line that was
	// rewritten counts twice.
	CountAddedDeleted Count = "added+deleted"
)

// Counted returns the number of lines of f under how. A binary file has none.
func (f File) Counted(how Count) int {
	if f.Binary {
		return 0
	}
	n := 0
	for _, h := range f.Hunks {
		n += h.counted(how)
	}
	return n
}

func (h Hunk) counted(how Count) int {
	added, deleted := h.Added-h.AddedBlank, h.Deleted-h.DeletedBlank
	switch how {
	case CountAdded:
		return added
	case CountAddedDeleted:
		return added + deleted
	default:
		return max(added, deleted)
	}
}

func (h Hunk) plus(o Hunk) Hunk {
	return Hunk{
		Added:        h.Added + o.Added,
		Deleted:      h.Deleted + o.Deleted,
		AddedBlank:   h.AddedBlank + o.AddedBlank,
		DeletedBlank: h.DeletedBlank + o.DeletedBlank,
	}
}
