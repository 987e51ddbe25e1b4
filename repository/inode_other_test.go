//go:build !unix

package repository_test

import "io/fs"

func inode(fs.FileInfo) string { return "" }
