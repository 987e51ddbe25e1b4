// Package change says what a commit contains: files and counted lines.
//
// It holds plain data and reads it from git's output. It runs no process, opens
// no file and knows no policy: which files count for what is decided elsewhere.
package change

// Change is what one commit contains. The files are in git's order.
type Change struct {
	Files []File
	// Attributes is what gitattributes say of paths of the change, by path; nil:
	// none, or nobody has looked. Reading a change does not look.
	Attributes map[string]Attributes
	// AddedAt is where lines were added that are not blank, in their order, by path, for
	// the files that [ReadLines] was asked for. One whose type changed has none, nor one
	// whose lines are too scattered to be kept.
	AddedAt map[string][]Place
}

// Attributes are what a project says of a file for those who show and count it.
type Attributes struct {
	Generated, Vendored, Documentation Mark
}

// Mark is what an attribute says: nothing, yes, or explicitly no.
type Mark int8

const (
	Unspecified Mark = iota
	Set
	Unset
)

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
	// Binary. Lines can have more than these only when the status is
	// TypeChanged: git counts the difference, but shows a removal and an
	// addition.
	Added, Deleted int
	Binary         bool
	// Partial says that the hunks were not read whole, so Lines is 0 and the real
	// number not known, while Added and Deleted are.
	Partial bool
	// OldMode and NewMode are six octal digits, "000000" where there is no file.
	OldMode, NewMode string
	// Old and New are what the file contained and will contain.
	Old, New ObjectID
	// Lines is nothing when Binary.
	Lines Lines
	// Largest is the hunk with the most counted lines; zero where nothing counts, and
	// where the type changed: that is no place in a text.
	Largest Place
}

// Place is lines of a file as it will be: the first of them, from 1, and how many.
// Where lines were only deleted, it has none, and stands where they were.
type Place struct{ Line, Lines uint32 }

// Lines are counted lines, blank ones left out: those with nothing but white
// space.
type Lines struct {
	// Changed is the sum over the hunks of max(added, deleted). A hunk is one
	// place of a file where lines were added, deleted or both, without context.
	Changed        int
	Added, Deleted int
}

func (f *File) setLargest(p Place) {
	if !f.Binary && f.Status != TypeChanged {
		f.Largest = p
	}
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
	switch how {
	case CountAdded:
		return f.Lines.Added
	case CountAddedDeleted:
		return f.Lines.Added + f.Lines.Deleted
	default:
		return f.Lines.Changed
	}
}
