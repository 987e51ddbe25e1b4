//go:build unix

package policy

import (
	"path/filepath"
	"syscall"
	"testing"
)

// Reading a pipe that nobody writes to would hold the editor up for ever.
func TestPipeInTheTree(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, FileName), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Find(Place{Root: dir}); err == nil {
		t.Error("a pipe was taken for a policy")
	}
}
