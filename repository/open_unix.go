//go:build unix

package repository

import (
	"os"
	"syscall"
)

// readAtOnce opens a pipe without waiting for one that writes to it.
const readAtOnce = os.O_RDONLY | syscall.O_NONBLOCK
