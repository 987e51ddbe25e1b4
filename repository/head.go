package repository

import (
	"bufio"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
)

// tip is what HEAD is on disk.
type tip struct {
	head string // what the file HEAD says
	ref  string // the branch it leads to, "" when detached
	id   string // the commit, as far as loose files tell
}

// tip follows HEAD through the loose files: its own, and that of the branch,
// which a linked work tree has in CommonDir. It reads a few bytes.
func (r *Repository) tip() tip {
	t := tip{}
	t.head, _ = readSmall(filepath.Join(r.GitDir, "HEAD"))
	t.id = t.head
	for range 5 { // git's own limit for branches that stand for branches
		name, ok := strings.CutPrefix(t.id, "ref:")
		if !ok {
			return t
		}
		t.ref, t.id = strings.TrimSpace(name), ""
		if !strings.HasPrefix(t.ref, "refs/") || !filepath.IsLocal(t.ref) {
			return t
		}
		text, err := readSmall(filepath.Join(r.GitDir, t.ref))
		if errors.Is(err, fs.ErrNotExist) {
			text, _ = readSmall(filepath.Join(r.CommonDir, t.ref))
		}
		t.id = text
	}
	return t
}

// born tells whether HEAD surely has a commit. It is false also when branches
// are kept in a way that only git knows.
func (r *Repository) born() bool {
	t := r.tip()
	return t.id != "" || t.ref != "" && r.packed(t.ref)
}

// packed tells whether packed-refs has a branch.
func (r *Repository) packed(ref string) bool {
	f, err := openRegular(filepath.Join(r.CommonDir, "packed-refs"))
	if err != nil {
		return false
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if _, name, ok := strings.Cut(lines.Text(), " "); ok && name == ref {
			return true
		}
	}
	return false
}
