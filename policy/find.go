package policy

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"colophon/words"
)

// FileName is the policy file at the top of a work tree.
const FileName = ".colophon.yaml"

// FileNames are the places of the policy file below the top of a work tree, in
// the order in which they are looked at. The first that is there counts.
func FileNames() []string { return []string{FileName, ".github/" + FileName} }

// Place is where a policy may come from, in the order of precedence.
type Place struct {
	Setting string // the client's setting or --policy: a preset's name, a path, or "none"
	Config  string // git config colophon.policy: the same, a path relative to Root
	Foreign bool   // Config comes from the repository's own files, which somebody else may have written
	Root    string // the top of the work tree; "" if there is none
	Claimed bool   // only the repository's own files say that Root is its work tree
}

// Found is a policy and where it came from.
type Found struct {
	Policy *Policy
	File   string // the file that says so, to look at again; "" for a preset that was named
	From   string // in words: "--policy or the editor's setting", "git config colophon.policy", ".colophon.yaml", "docs/devel/llm-usage.rst"
}

// Find looks for the policy of a repository. Without one it returns nil and no
// error: Colophon is silent then. An *Error tells of a policy that is there but
// cannot be used.
func Find(p Place) (*Found, error) {
	for _, given := range []struct{ value, from, dir string }{
		{p.Setting, words.PolicyFromSetting.String(), ""},
		{p.Config, words.PolicyFromConfig.String(), p.Root},
	} {
		switch given.value {
		case "":
			continue
		case "none":
			return nil, nil
		}
		own, file, err := named(given.value, given.dir, p.Root)
		var invalid *Error
		if errors.As(err, &invalid) && given.value == p.Config && p.Foreign && (p.Claimed || !inside(p.Root, file)) {
			// A private file could have been named to have it quoted.
			return nil, &Error{File: given.value, Path: file, Msg: words.ProblemForeign.String()}
		}
		if err != nil {
			return nil, err
		}
		return &Found{own, file, given.from}, nil
	}
	if p.Root == "" {
		return nil, nil
	}
	root, err := os.OpenRoot(p.Root)
	if err != nil {
		return nil, nil // a work tree that is gone has no policy
	}
	defer root.Close()
	for _, name := range FileNames() {
		own, err := inRepository(root, name)
		if err == nil {
			return &Found{own, filepath.Join(p.Root, filepath.FromSlash(name)), name}, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return detect(root)
}

// named is the policy of a preset's name, an alias or a path, and the file that
// was read or that decided.
func named(value, dir, top string) (p *Policy, file string, err error) {
	if !isPath(value) {
		if slices.Contains(Aliases(), value) {
			if value, file = resolve(value, top); file != "" {
				file = filepath.Join(top, filepath.FromSlash(file))
			}
		}
		p, err := Preset(value)
		if err != nil {
			msg := err.Error()
			if nearPreset(value) == "" {
				msg = words.ProblemPresetPath.With("problem", msg)
			}
			return nil, "", &Error{File: value, Msg: msg}
		}
		return p, file, nil
	}
	if home, err := os.UserHomeDir(); err == nil && strings.HasPrefix(value, "~/") {
		value = filepath.Join(home, value[2:])
	}
	if dir != "" && !filepath.IsAbs(value) {
		value = filepath.Join(dir, value)
	}
	p, err = readNamed(value, top)
	var invalid *Error
	if errors.As(err, &invalid) {
		invalid.Path = value
	}
	return p, value, err
}

// inside tells whether a file surely lies in a folder, whatever links lead there.
func inside(dir, file string) bool {
	if file == "" {
		return true // a preset
	}
	dir, err := filepath.EvalSymlinks(dir)
	real, err2 := filepath.EvalSymlinks(file)
	if err != nil || err2 != nil {
		return false
	}
	rel, err := filepath.Rel(dir, real)
	return err == nil && filepath.IsLocal(rel)
}

// readNamed reads the policy of a path. What it extends is looked for from the top of
// the work tree that it lies in, or, elsewhere, from its own folder.
func readNamed(path, top string) (*Policy, error) {
	dir, name := filepath.Dir(path), filepath.Base(path)
	if top != "" && inside(top, path) {
		if rel, err := filepath.Rel(top, path); err == nil && filepath.IsLocal(rel) {
			dir, name = top, rel
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, &Error{File: path, Msg: reason(err)}
	}
	defer root.Close()
	p, err := inRepository(root, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &Error{File: path, Msg: words.ProblemNoFile.String()}
	}
	return p, err
}

func isPath(value string) bool {
	return strings.ContainsAny(value, `/\`) || strings.HasSuffix(value, ".yaml") || strings.HasSuffix(value, ".yml")
}

// inRepository reads a policy below root, which no path and no symbolic link
// can leave. A file that is not there is fs.ErrNotExist.
func inRepository(root *os.Root, name string) (*Policy, error) {
	text, err := readFile(root, name, maxSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	if err != nil {
		return nil, &Error{File: name, Msg: reason(err)}
	}
	d := Read(name, text, root)
	return d.Policy, d.Err()
}

// Read reads the text of a policy file, as an editor may show it. What it extends
// is looked for below root; with a nil root only presets can be extended.
func Read(name string, text []byte, root *os.Root) *Draft {
	return readChain(name, text, root, nil)
}

// maxChain is how many files may extend one another.
const maxChain = 5

func readChain(name string, text []byte, root *os.Root, before []string) *Draft {
	chain := append(slices.Clone(before), filepath.ToSlash(filepath.Clean(name)))
	r := reader{Draft: Draft{file: name, text: string(text)}}
	r.follow = func(base string) (*Draft, error) {
		clean := filepath.ToSlash(filepath.Clean(filepath.FromSlash(base)))
		switch {
		case slices.Contains(Aliases(), base):
			return nil, errors.New(words.ProblemAlias.With("name", quote(base), "presets", strings.Join(aliases[base].presets, ", ")))
		case !isPath(base):
			return presetDraft(base)
		case root == nil:
			return nil, errors.New(words.ProblemNowhere.With("file", base))
		case slices.Contains(chain, clean):
			return nil, errors.New(words.ProblemCircle.With("files", strings.Join(append(chain, clean), " → ")))
		case len(chain) >= maxChain:
			return nil, errors.New(words.ProblemChain.With("most", strconv.Itoa(maxChain-1)))
		}
		text, err := readFile(root, filepath.FromSlash(base), maxSize)
		if err != nil {
			return nil, errors.New(words.ProblemUnread.With("file", base, "why", reason(err)))
		}
		d := readChain(base, text, root, chain)
		return d, d.Err()
	}
	return r.read()
}

// readFile reads at most max+1 bytes of a regular file; a pipe or a device in a
// repository must not hold us up.
func readFile(root *os.Root, name string, max int64) ([]byte, error) {
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New(words.ProblemNotRegular.String())
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, max+1))
}

// reason is an error without the path, which the sentence has already.
func reason(err error) string {
	var p *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return words.ProblemNoFile.String()
	case errors.As(err, &p):
		return p.Err.Error()
	}
	return err.Error()
}
