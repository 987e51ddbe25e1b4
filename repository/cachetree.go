package repository

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"colophon/change"
)

// maxExtensions is how much of the end of an index is looked at, in bytes. Git's
// cache tree has some 30 for each folder.
const maxExtensions = 32 << 20

// Untouched tells whether the usual index is as a plain `git commit` left it when it
// opened the message: with the ids of all its trees noted at its end, which every
// change of the index strikes out. With files that are only intended to be added,
// and after a pre-commit hook that stages something, git leaves it otherwise.
func (r *Repository) Untouched() bool {
	size := int64(20)
	if r.objectFormat == "sha256" {
		size = 32
	}
	f, err := openRegular(r.Index())
	if err != nil {
		return true
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() < size {
		return true
	}
	from := max(0, info.Size()-maxExtensions)
	tail := make([]byte, info.Size()-size-from)
	if _, err := f.ReadAt(tail, from); err != nil {
		return true
	}
	tree := extension(tail, "TREE")
	if tree == nil {
		return false
	}
	// The root comes first: its name, which is empty, and the number of its
	// entries, which is -1 where it is struck out.
	count, _, _ := bytes.Cut(bytes.TrimPrefix(tree, []byte{0}), []byte(" "))
	n, err := strconv.Atoi(string(count))
	return err == nil && n >= 0
}

// extension finds one of the extensions at the end of an index. Nothing says where
// they begin; it is a place from which their sizes lead exactly to the end.
func extension(index []byte, name string) []byte {
	for at := len(index); at > 0; {
		if at = bytes.LastIndex(index[:at], []byte(name)); at < 0 {
			return nil
		}
		rest := index[at:]
		first := rest
		for len(rest) >= 8 {
			size := int64(binary.BigEndian.Uint32(rest[4:8]))
			if size > int64(len(rest)-8) {
				break
			}
			rest = rest[8+size:]
		}
		if len(rest) == 0 {
			return first[8 : 8+binary.BigEndian.Uint32(first[4:8])]
		}
	}
	return nil
}

// IntendsToAdd tells whether the index has files that are not to be part of a
// commit yet.
func (r *Repository) IntendsToAdd(ctx context.Context) bool {
	base, err := r.tree(ctx, Head)
	if err != nil {
		return false
	}
	count := func(visible string) (n int) {
		err := r.run(ctx, command{
			args:  inert("diff-index", "--cached", "-z", "--raw", "--no-renames", "--ignore-submodules=dirty", visible, base, "--"),
			index: r.Index(),
			read: func(stdout io.Reader) error {
				c, err := change.ReadRaw(stdout)
				if err == nil {
					n = len(c.Files)
				}
				return err
			},
		})
		if err != nil {
			return -1
		}
		return n
	}
	return count("--ita-invisible-in-index") != count("--ita-visible-in-index")
}

// HasHook tells whether git would run a hook: whether a file of this name is where
// hooks are. In the folder that `colophon hook install --global` makes there is one of
// every name; one that only runs the repository's own counts where there is an own one.
func (r *Repository) HasHook(cfg *Config, name string) bool {
	dir, configured := r.HooksPath(cfg)
	if !isFile(dir + "/" + name) {
		return false
	}
	if configured && !cfg.Foreign("core.hooksPath") && passesOn(dir+"/"+name) {
		return isFile(r.CommonDir + "/hooks/" + name)
	}
	return true
}

// passMark is what such a script says of itself, in its first lines. Package hook
// writes it.
const passMark = "\n# it only runs the repository's own hook\n"

func passesOn(path string) bool {
	f, err := openRegular(path)
	if err != nil {
		return false
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 1<<10))
	return err == nil && strings.Contains(string(text), passMark)
}

// HooksPath is the folder in which git looks for hooks, and whether core.hooksPath
// says so.
func (r *Repository) HooksPath(cfg *Config) (folder string, configured bool) {
	dir, ok := cfg.Get("core.hooksPath")
	if !ok {
		dir = r.CommonDir + "/hooks"
	}
	if rest, below := strings.CutPrefix(dir, "~/"); below && r.env.homeDir() != "" {
		dir = filepath.Join(r.env.homeDir(), rest)
	}
	return resolve(r.fromTop("."), dir), ok
}
