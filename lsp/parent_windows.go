package lsp

import "syscall"

// watchProcess returns a function that reports whether process pid is alive, or
// nil when there is no such process to watch.
//
// It holds the process open until our own ends, so that its number is not given
// to another one.
func watchProcess(pid int) (alive func() bool) {
	if pid <= 0 {
		return nil
	}
	process, err := syscall.OpenProcess(syscall.SYNCHRONIZE, false, uint32(pid))
	if err != nil {
		return nil
	}
	return func() bool {
		event, err := syscall.WaitForSingleObject(process, 0)
		return err == nil && event == syscall.WAIT_TIMEOUT
	}
}
