//go:build !unix

package repository

import "os"

// readAtOnce opens for reading: no file here is a pipe that would have us wait.
const readAtOnce = os.O_RDONLY
