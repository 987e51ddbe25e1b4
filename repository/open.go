package repository

import (
	"fmt"
	"io/fs"
	"os"
)

// openRegular opens a file for reading, and nothing but a regular one: a pipe would have
// us wait. An error about what it is quotes the path; without the file it is
// [fs.ErrNotExist].
func openRegular(path string) (*os.File, error) {
	return regular(path, os.Stat, openNow)
}

// openRegularIn is openRegular of a file below a folder that no link leads out of.
func openRegularIn(root *os.Root, name string) (*os.File, error) {
	return regular(name, root.Stat, openNowIn(root))
}

func openNow(path string) (*os.File, error) { return os.OpenFile(path, readAtOnce, 0) }

func openNowIn(root *os.Root) func(name string) (*os.File, error) {
	return func(name string) (*os.File, error) { return root.OpenFile(name, readAtOnce, 0) }
}

// regular looks twice: some devices do something when they are opened, and between a
// look and the opening another file can take the place of this one.
func regular(name string, stat func(string) (fs.FileInfo, error), open func(string) (*os.File, error)) (*os.File, error) {
	info, err := stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, notRegular(name)
	}
	f, err := open(name)
	if err != nil {
		return nil, err
	}
	info, err = f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = notRegular(name)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

func notRegular(name string) error { return fmt.Errorf("read %s: not a regular file", name) }
