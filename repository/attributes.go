package repository

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"colophon/change"
)

const (
	maxAttributes     = 1 << 20 // bytes of a file that are looked through
	maxAllAttributes  = 64 << 20
	maxAttributeValue = 1 << 20 // bytes
	maxFolders        = 4096    // that are looked into for a .gitattributes
)

// fileAttributes are what git is asked for, in this order.
var fileAttributes = []string{"linguist-generated", "gitlab-generated", "linguist-vendored", "linguist-documentation"}

// Attributes is what gitattributes say of paths, which are as in [change.File]. Only
// those that something is said of are in it. gitlab-generated counts as generated.
// It is nil without a work tree.
//
// Mostly nobody says anything, and then no process is started: a file where git would
// look has to have the name of such an attribute in it, by the files in the work tree,
// not those that only the index has. Of more than 4096 folders only the first are
// looked into. cfg says where else git looks; nil is that no setting does.
func (r *Repository) Attributes(ctx context.Context, cfg *Config, paths []string) (map[string]change.Attributes, error) {
	if r.WorkTree == "" {
		return nil, nil
	}
	var inside []string
	for _, p := range paths {
		if isPlain(p) { // git would end with an error about another one
			inside = append(inside, p)
		}
	}
	said, err := r.attributesIn(ctx, cfg, inside)
	var found map[string]change.Attributes
	for said && err == nil && len(inside) > 0 {
		n := batch(inside)
		err = r.checkAttr(ctx, inside[:n], func(p string, a change.Attributes) {
			if found == nil {
				found = make(map[string]change.Attributes)
			}
			found[p] = a
		})
		inside = inside[n:]
	}
	if err != nil {
		return nil, fmt.Errorf("read attributes: %w", err)
	}
	return found, nil
}

// isPlain tells whether a path is one that git has, and not one that leads elsewhere.
func isPlain(p string) bool {
	return p != "." && path.Clean(p) == p && filepath.IsLocal(filepath.FromSlash(p)) && strings.IndexByte(p, 0) < 0
}

// attributesIn tells whether any file that git would read for paths has one of the
// attributes. It is an error if one is such that git would never have read it.
func (r *Repository) attributesIn(ctx context.Context, cfg *Config, paths []string) (said bool, err error) {
	if len(paths) == 0 {
		return false, nil
	}
	left := int64(maxAllAttributes)
	elsewhere, known := r.attributesFile(cfg)
	said = !known || mentions(filepath.Join(r.CommonDir, "info", "attributes"), &left) || elsewhere != "" && mentions(elsewhere, &left)
	var endless string
	for dir := range folders(paths) {
		if ctx.Err() != nil {
			return false, context.Cause(ctx)
		}
		file := filepath.Join(r.WorkTree, filepath.FromSlash(dir), ".gitattributes")
		info, err := os.Lstat(file)
		switch {
		case err != nil:
		case !info.Mode().IsRegular(): // git takes no links either; it did once
			if endless == "" && isEndless(file) {
				endless = file
			}
		case !said && inside(r.WorkTree, file):
			said = mentions(file, &left)
		}
	}
	if said && endless != "" {
		return false, fmt.Errorf("read %s: not a regular file", endless)
	}
	// To read attributes, git reads the index too.
	if said && isEndless(r.Index()) {
		return false, fmt.Errorf("read %s: not a regular file", r.Index())
	}
	return said, nil
}

// inside tells whether a file lies below a folder when all links are followed.
func inside(top, file string) bool {
	top, err := filepath.EvalSymlinks(top)
	real, err2 := filepath.EvalSymlinks(file)
	if err != nil || err2 != nil {
		return false
	}
	rel, err := filepath.Rel(top, real)
	return err == nil && filepath.IsLocal(rel)
}

// folders goes through the folders that lead to paths, each once; the top is "".
func folders(paths []string) func(yield func(dir string) bool) {
	return func(yield func(dir string) bool) {
		seen := map[string]bool{"": true}
		if !yield("") {
			return
		}
		for _, p := range paths {
			for i := range len(p) {
				if p[i] != '/' || seen[p[:i]] {
					continue
				}
				if len(seen) == maxFolders {
					return
				}
				seen[p[:i]] = true
				if !yield(p[:i]) {
					return
				}
			}
		}
	}
}

// attributesFile is the file that holds for all repositories of a person, "" for
// none. It is not known where only git can tell where a setting leads.
func (r *Repository) attributesFile(cfg *Config) (file string, known bool) {
	home := r.env.homeDir()
	set := false
	if cfg != nil {
		file, set = cfg.Get("core.attributesFile")
	}
	if !set {
		dir := r.env.get("XDG_CONFIG_HOME")
		if dir == "" && home != "" {
			dir = filepath.Join(home, ".config")
		}
		if dir == "" {
			return "", true
		}
		return r.fromTop(filepath.Join(dir, "git", "attributes")), true
	}
	if rest, ok := strings.CutPrefix(file, "~/"); ok && home != "" {
		return r.fromTop(filepath.Join(home, rest)), true
	}
	if file != "" && strings.IndexByte("~%:", file[0]) >= 0 {
		return "", false // of another person, below git itself, or only if it is there
	}
	if file == "" {
		return "", true
	}
	return r.fromTop(file), true
}

// mentions tells whether the beginning of a file names one of the attributes. A macro
// stands for one only where its definition, which git takes from the same files,
// names it. No more than left bytes are read, and taken from it.
func mentions(file string, left *int64) bool {
	f, err := openRegular(file)
	if err != nil {
		return false
	}
	defer f.Close()
	text, _ := io.ReadAll(io.LimitReader(f, min(maxAttributes, *left))) // git will say what is wrong with it
	*left -= int64(len(text))
	return bytes.Contains(text, []byte("linguist-")) || bytes.Contains(text, []byte("gitlab-generated"))
}

// batch is how many of the paths fit on one command line.
func batch(paths []string) int {
	room := 256 << 10
	if runtime.GOOS == "windows" {
		room = 24 << 10
	}
	for i, p := range paths {
		if room -= len(p) + 16; room < 0 {
			return max(i, 1)
		}
	}
	return len(paths)
}

// checkAttr asks git and hands on what is said of each path. Git answers in the order
// of the question; by its name a path need not be known again, as on a Mac git changes
// how its letters are composed.
func (r *Repository) checkAttr(ctx context.Context, paths []string, found func(path string, a change.Attributes)) error {
	// The work tree is where git runs, whatever the settings say.
	args := append(inert("--work-tree=.", "check-attr", "-z"), fileAttributes...)
	args = append(args, "--") // behind which nothing looks like an option
	return r.run(ctx, command{
		args: append(args, paths...),
		read: func(stdout io.Reader) error {
			fields := bufio.NewScanner(stdout)
			fields.Buffer(nil, maxAttributeValue)
			fields.Split(upToNUL)
			for _, p := range paths {
				var marks [4]change.Mark
				for i, name := range fileAttributes {
					var record [3]string // path, attribute, value
					for j := range record {
						if !fields.Scan() {
							return cmp.Or(fields.Err(), io.ErrUnexpectedEOF)
						}
						record[j] = fields.Text()
					}
					if record[1] != name {
						return fmt.Errorf("an answer about %q, not %s", record[1], name)
					}
					marks[i] = mark(record[2])
				}
				a := change.Attributes{Generated: either(marks[0], marks[1]), Vendored: marks[2], Documentation: marks[3]}
				if a != (change.Attributes{}) {
					found(p, a)
				}
			}
			if fields.Scan() {
				return errors.New("more answers than questions")
			}
			return fields.Err()
		},
	})
}

func upToNUL(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return 0, nil, io.ErrUnexpectedEOF
	}
	return 0, nil, nil
}

// mark reads a value as code hosts do.
func mark(value string) change.Mark {
	switch value {
	case "set", "true":
		return change.Set
	case "unset", "false":
		return change.Unset
	}
	return change.Unspecified
}

// either is what two attributes that mean the same say: one yes is enough.
func either(a, b change.Mark) change.Mark {
	if a == change.Unspecified || b == change.Set {
		return b
	}
	return a
}
