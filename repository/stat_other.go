//go:build !unix

package repository

import "io/fs"

// inode is 0 where a file's number takes more than a stat to learn.
func inode(fs.FileInfo) uint64 { return 0 }
