//go:build unix

package maintainers

import (
	"path/filepath"
	"syscall"
	"testing"
)

func TestPipe(t *testing.T) {
	for _, name := range []string{"MAINTAINERS", "CODEOWNERS"} {
		root := tree(t, map[string]string{"x": ""})
		if err := syscall.Mkfifo(filepath.Join(root.Name(), name), 0o666); err != nil {
			t.Fatal(err)
		}
		if l, err := Read(root); l != nil || err == nil || err.Error() != "read "+name+": it is not a regular file" {
			t.Errorf("%v, %v", l, err)
		}
	}
}
