//go:build unix

package hook

import (
	"os"
	"syscall"
)

// readAtOnce opens a pipe without waiting for one that writes to it.
const readAtOnce = os.O_RDONLY | syscall.O_NONBLOCK
