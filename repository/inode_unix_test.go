//go:build unix

package repository_test

import (
	"fmt"
	"io/fs"
	"syscall"
)

func inode(info fs.FileInfo) string {
	return fmt.Sprint(info.Sys().(*syscall.Stat_t).Ino)
}
