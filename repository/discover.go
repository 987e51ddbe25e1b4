package repository

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// location is a git directory, and the folder whose .git led there ("" when the
// search began inside the git directory).
type location struct {
	gitDir, top string
}

// discover walks up from dir, as git does: first dir/.git, then dir itself.
func discover(dir string) (location, error) {
	for {
		dotGit := filepath.Join(dir, ".git")
		if isGitDir(dotGit) {
			return location{dotGit, dir}, nil
		}
		if isFile(dotGit) {
			gitDir, err := readGitFile(dotGit)
			if err != nil {
				return location{}, err
			}
			return location{gitDir, dir}, nil
		}
		if isGitDir(dir) {
			return location{gitDir: dir}, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return location{}, ErrNotFound
		}
		dir = parent
	}
}

// isGitDir tells a git directory from any other, by what git itself looks for.
// HEAD may be a symbolic link to a branch that does not exist yet.
func isGitDir(dir string) bool {
	if _, err := os.Lstat(filepath.Join(dir, "HEAD")); err != nil {
		return false
	}
	if isFile(filepath.Join(dir, "commondir")) {
		return true
	}
	return isDir(filepath.Join(dir, "objects")) && isDir(filepath.Join(dir, "refs"))
}

// readGitFile follows a .git file, as in a linked work tree or a submodule.
func readGitFile(path string) (string, error) {
	text, err := readSmall(path)
	if err != nil {
		return "", err
	}
	dir, ok := strings.CutPrefix(text, "gitdir: ")
	if !ok {
		return "", fmt.Errorf("read %s: it does not begin with \"gitdir: \"", path)
	}
	dir = resolve(filepath.Dir(path), dir)
	if !isGitDir(dir) {
		// Where is not quoted: the file may be a link to a private one.
		return "", fmt.Errorf("read %s: it leads to no git directory", path)
	}
	return filepath.EvalSymlinks(dir)
}

// commonDir follows the commondir file of a linked work tree.
func commonDir(gitDir string) (string, error) {
	path := filepath.Join(gitDir, "commondir")
	text, err := readSmall(path)
	if errors.Is(err, fs.ErrNotExist) {
		return gitDir, nil
	}
	if err != nil {
		return "", err
	}
	dir := resolve(gitDir, text)
	if !isDir(dir) {
		return "", fmt.Errorf("read %s: it leads to no folder", path)
	}
	return filepath.EvalSymlinks(dir)
}

// resolve makes a path absolute that git reads relative to base.
func resolve(base, path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(base, path)
}

const (
	maxSmall   = 1 << 20 // bytes
	maxMessage = 8 << 20
)

// readSmall reads one of git's own small files, without the newline at its end.
// It reads regular files only: a pipe put in their place would hang us.
func readSmall(path string) (string, error) {
	f, err := openRegular(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxSmall+1))
	if err != nil {
		return "", err
	}
	if len(b) > maxSmall {
		return "", fmt.Errorf("read %s: more than %d bytes", path, maxSmall)
	}
	return strings.TrimRight(string(b), "\r\n"), nil
}
