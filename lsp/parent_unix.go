//go:build unix

package lsp

import (
	"os"
	"syscall"
)

// watchProcess returns a function that reports whether process pid is alive, or
// nil when there is no such process to watch.
func watchProcess(pid int) (alive func() bool) {
	if pid <= 0 {
		return nil // for kill these are groups of processes
	}
	if os.Getppid() == pid {
		// When our parent ends, someone else becomes our parent. That is seen
		// at once, while its number may live on in a zombie or a new process.
		return func() bool { return os.Getppid() == pid }
	}
	return func() bool {
		err := syscall.Kill(pid, 0)
		return err == nil || err == syscall.EPERM // someone else's, but alive
	}
}
