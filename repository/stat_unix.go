//go:build unix

package repository

import (
	"io/fs"
	"syscall"
)

// inode is the number of a file on its file system: new when git replaces it.
func inode(info fs.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Ino)
	}
	return 0
}
