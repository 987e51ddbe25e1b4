package repository

import (
	"syscall"
	"unsafe"
)

// maxMemory is what git may take besides the files that it maps, in bytes. It reads
// a branch or a list of attributes to the end, and either may be a link to /dev/zero.
const maxMemory = 2 << 30

// limitMemory bounds the memory of a process that has just begun. Git then ends
// with an error.
func limitMemory(pid int) {
	const rlimitData = 2
	limit := syscall.Rlimit{Cur: maxMemory, Max: maxMemory}
	// One that has ended already needs no limit.
	_, _, _ = syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(pid), rlimitData, uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
}
