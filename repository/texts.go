package repository

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"colophon/change"
)

// Object names a text that git has: the content of a file of a change, or a file of the
// commit at HEAD.
type Object struct {
	name string
	id   bool // the name is the beginning of its id
}

// ObjectOf is the content of a file of a change.
func ObjectOf(id change.ObjectID) Object { return Object{fmt.Sprintf("%016x", uint64(id)), true} }

// AtHead is a file of the commit at HEAD, by its path from the top of the work tree.
func AtHead(path string) Object { return Object{name: "HEAD:" + path} }

// Texts hands each text on that git has, in the order asked for; the others are left out,
// and so is one of more than most bytes. It runs one git.
func (r *Repository) Texts(ctx context.Context, objects []Object, most int64, each func(i int, text string)) error {
	var asked strings.Builder
	for _, o := range objects {
		if strings.ContainsAny(o.name, "\r\n\x00") { // it would be two questions
			o.name = "HEAD:"
		}
		asked.WriteString(o.name + "\n")
	}
	err := r.run(ctx, command{args: inert("cat-file", "--batch"), stdin: asked.String(), read: func(stdout io.Reader) error {
		in := bufio.NewReader(stdout)
		for i := range objects {
			head, err := in.ReadString('\n')
			if err != nil {
				return err
			}
			f := strings.Fields(head)
			if len(f) != 3 || f[1] == "missing" || strings.HasSuffix(head, " missing\n") || strings.HasSuffix(head, " ambiguous\n") {
				continue
			}
			size, err := strconv.ParseInt(f[2], 10, 64)
			if err != nil {
				return fmt.Errorf("%q is no size", f[2])
			}
			another := objects[i].id && !strings.HasPrefix(f[0], objects[i].name) // a ref may have digits for its name
			if another || f[1] != "blob" || size > most {
				if _, err := io.CopyN(io.Discard, in, size+1); err != nil {
					return err
				}
				continue
			}
			text := make([]byte, size+1) // and a line break
			if _, err := io.ReadFull(in, text); err != nil {
				return err
			}
			each(i, string(text[:size]))
		}
		return nil
	}})
	if err != nil {
		return fmt.Errorf("read texts: %w", err)
	}
	return nil
}

// HasRef tells whether a ref is there, by its name in full.
func (r *Repository) HasRef(ctx context.Context, ref string) bool {
	if r.endlessRef(ref) {
		return true
	}
	_, err := r.ask(ctx, command{args: []string{"rev-parse", "--quiet", "--verify", "--end-of-options", ref}}, maxSmall)
	return err == nil
}

// endlessRef tells whether git would wait for a ref.
func (r *Repository) endlessRef(ref string) bool {
	return filepath.IsLocal(ref) && isEndless(filepath.Join(r.CommonDir, filepath.FromSlash(ref)))
}

// HeadID is the id of the commit at HEAD, in full; "" on a branch without one.
func (r *Repository) HeadID(ctx context.Context) string {
	if id := r.tip().id; IsID(id) && len(id) >= 40 { // a loose file tells
		return id
	}
	id, err := r.ask(ctx, command{args: []string{"rev-parse", "--quiet", "--verify", "HEAD^{commit}"}}, maxSmall)
	if id = strings.TrimSpace(id); err != nil || !IsID(id) {
		return ""
	}
	return id
}

// HeadTime is when the commit at HEAD was made; zero without one.
func (r *Repository) HeadTime(ctx context.Context) time.Time {
	text, err := r.ask(ctx, command{args: []string{"rev-list", "--max-count=1", "--timestamp", "HEAD", "--"}}, maxSmall)
	seconds, _, _ := strings.Cut(text, " ")
	at, wrong := strconv.ParseInt(seconds, 10, 64)
	if err != nil || wrong != nil {
		return time.Time{}
	}
	return time.Unix(at, 0)
}

// Note is what a note of a commit says, below a ref; "" where there is none.
func (r *Repository) Note(ctx context.Context, ref, commit string) (string, error) {
	if !IsID(commit) || !r.HasRef(ctx, ref) {
		return "", nil
	}
	if r.endlessRef(ref) {
		return "", fmt.Errorf("read %s: not a regular file", ref)
	}
	text, err := r.ask(ctx, command{args: inert(
		"-c", "log.mailmap=false", "log", "--no-walk", "--max-count=1", "--no-notes", "--notes="+ref, "--encoding=UTF-8", "--format=%N",
		"--no-show-signature", "--no-decorate", "--no-color", "--no-patch", commit, "--",
	)}, maxField)
	if err != nil {
		return "", fmt.Errorf("read the note of %.12s: %w", commit, err)
	}
	return strings.TrimRight(text, "\n"), nil
}

// ReadInside reads a file below a folder. Links that lead out of it are not followed, and
// nothing is read but a regular file of no more than most bytes; a longer one is [ErrLarge].
// Without the file the error is [fs.ErrNotExist].
func ReadInside(folder, name string, most int64) ([]byte, error) {
	text, size, err := readInside(folder, name, most)
	if err == nil && size > most {
		return nil, fmt.Errorf("read %s: %w: more than %d bytes", name, ErrLarge, most)
	}
	return text, err
}

// ReadInsideLines is ReadInside of a file to which lines are added: of a longer one, these
// are the last whole lines.
func ReadInsideLines(folder, name string, most int64) ([]byte, error) {
	text, size, err := readInside(folder, name, most)
	if size > most {
		_, text, _ = bytes.Cut(text, []byte("\n"))
	}
	return text, err
}

// readInside reads the end of a file, and tells how long it is.
func readInside(folder, name string, most int64) (end []byte, size int64, err error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, 0, err
	}
	defer root.Close()
	name = filepath.FromSlash(name)
	f, err := openRegularIn(root, name)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	size = info.Size()
	end, err = io.ReadAll(io.NewSectionReader(f, max(size-most, 0), min(size, most)))
	return end, size, err
}

// ErrLarge says that a file is longer than what is read of one.
var ErrLarge = errors.New("too large")

// Missing tells whether an error only says that there is no such file.
func Missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
