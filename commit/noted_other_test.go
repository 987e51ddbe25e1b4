//go:build !unix

package commit

import "os"

func mkfifo(file string) error { return os.WriteFile(file, []byte("{"), 0o666) } // there are none
