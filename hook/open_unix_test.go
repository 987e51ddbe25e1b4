//go:build unix

package hook

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A pipe in the place of a script holds nobody up, also one that comes after the look.
func TestPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "commit-msg")
	if err := syscall.Mkfifo(pipe, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, read := range map[string]func(string) ([]byte, error){"at first": read, "after the look": readNow} {
		done := make(chan error, 1)
		go func() {
			_, err := read(pipe)
			done <- err
		}()
		select {
		case err := <-done:
			if err == nil {
				t.Errorf("%s: a pipe is read", name)
			}
		case <-time.After(10 * time.Second):
			t.Errorf("%s: it waits", name)
		}
	}
}
