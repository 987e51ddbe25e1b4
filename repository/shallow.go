package repository

import (
	"errors"
	"io/fs"
	"strings"
)

// maxShallow is how much is read of the list of commits at which a clone is cut, in bytes.
const maxShallow = 16 << 20

// CutAt tells commits, by their ids in full, of which this clone does not have the parents;
// nil where it has its whole history. Where nobody can tell which these are, it may be any.
func (r *Repository) CutAt() func(id string) bool {
	text, err := ReadInside(r.CommonDir, "shallow", maxShallow)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return func(string) bool { return true }
	}
	ids := make(map[string]bool)
	for id := range strings.FieldsSeq(string(text)) {
		ids[id] = true
	}
	return func(id string) bool { return ids[id] }
}
