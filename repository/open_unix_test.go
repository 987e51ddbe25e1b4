//go:build unix

package repository

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A pipe that takes the place of a file after the look at it holds nobody up.
func TestPipeAfterTheLook(t *testing.T) {
	dir := t.TempDir()
	file, pipe := filepath.Join(dir, "file"), filepath.Join(dir, "pipe")
	if err := os.WriteFile(file, []byte("text"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(pipe, 0o666); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	look := func(string) (fs.FileInfo, error) { return os.Stat(file) }
	for name, open := range map[string]func() (*os.File, error){
		"pipe":         func() (*os.File, error) { return openRegular(pipe) },
		"pipe in root": func() (*os.File, error) { return openRegularIn(root, "pipe") },
		"late":         func() (*os.File, error) { return regular(pipe, look, openNow) },
		"late in root": func() (*os.File, error) { return regular("pipe", look, openNowIn(root)) },
		"folder":       func() (*os.File, error) { return openRegular(dir) },
		"folder late":  func() (*os.File, error) { return regular(dir, look, openNow) },
	} {
		done := make(chan error, 1)
		go func() {
			_, err := open()
			done <- err
		}()
		select {
		case err := <-done:
			if err == nil || errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: %v", name, err)
			}
		case <-time.After(10 * time.Second):
			t.Errorf("%s: it waits", name)
		}
	}
	for name, open := range map[string]func(string) (*os.File, error){
		"path": func(name string) (*os.File, error) { return openRegular(filepath.Join(dir, name)) },
		"root": func(name string) (*os.File, error) { return openRegularIn(root, name) },
	} {
		if _, err := open("none"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
		f, err := open("file")
		if err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 5)
		if n, _ := f.Read(b); string(b[:n]) != "text" {
			t.Errorf("%s: %q", name, b[:n])
		}
		f.Close()
	}
}
