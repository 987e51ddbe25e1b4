package repository

import (
	"io"
	"os"
	"path/filepath"
)

// Fingerprint is a comparable value that stands for what [Repository.Diff]
// would return.
type Fingerprint struct {
	index stamp
	tail  [32]byte // the checksum at the end of the index
	head  tip
	refs  [3]stamp
}

// stamp is what a stat says about a file; all but the path is zero when there is
// none. Git replaces its files instead of writing into them, hence the inode:
// the size often stays, and the clock of the file system may be coarse.
type stamp struct {
	path  string
	size  int64
	mtime int64 // ns since 1970
	inode uint64
}

// Fingerprint looks at the index and at HEAD without a process, which takes some
// microseconds. While it is equal, an earlier result of Diff may be reused.
//
// It does not see changes of the configuration, of attributes (which make a file
// binary, or not) and of the environment; nor an index without a checksum
// (index.skipHash) that was written in place, with the same size, within one tick
// of the file system's clock.
func (r *Repository) Fingerprint() Fingerprint {
	index := r.Source().Index
	return Fingerprint{
		index: stampOf(index),
		tail:  tailOf(index),
		head:  r.tip(),
		refs: [3]stamp{
			stampOf(filepath.Join(r.CommonDir, "packed-refs")),
			stampOf(filepath.Join(r.CommonDir, "reftable", "tables.list")),
			stampOf(filepath.Join(r.GitDir, "reftable", "tables.list")),
		},
	}
}

func stampOf(path string) stamp {
	s := stamp{path: path}
	if info, err := os.Stat(path); err == nil {
		s.size, s.mtime, s.inode = info.Size(), info.ModTime().UnixNano(), inode(info)
	}
	return s
}

// tailOf returns the last bytes of a file. They are a SHA-1 with 12 bytes before
// it, or a SHA-256.
func tailOf(path string) (tail [32]byte) {
	f, err := openRegular(path)
	if err != nil {
		return tail
	}
	defer f.Close()
	if _, err := f.Seek(-int64(len(tail)), io.SeekEnd); err == nil {
		_, _ = io.ReadFull(f, tail[:]) // a file that shrinks meanwhile has another stamp next time
	}
	return tail
}

// SameHead tells whether HEAD is the same commit in both, as far as files tell.
func (f Fingerprint) SameHead(o Fingerprint) bool { return f.head == o.head && f.refs == o.refs }
