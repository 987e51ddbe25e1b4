package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// The repository that most rows are measured in: about the files of git.git, and
// a commit that is larger than anybody should make it.
const (
	allFiles    = 4500
	stagedFiles = 200
	spots       = 10 // places of one staged file, with about 6 changed lines each
)

// preset is the policy that everything is judged by. It has a limit for a small
// fix, which marker relies on, and of all presets the most patterns.
const preset = "qemu-2026-05"

// repository is a generated repository with a commit being written.
type repository struct {
	dir     string
	message string // the path of COMMIT_EDITMSG
	diff    string // what is staged, as `git commit -v` shows it
}

// large returns the repository of allFiles; the first call makes it.
func (b *bench) large(ctx context.Context) (*repository, error) {
	if b.repo == nil {
		r, err := generate(ctx, filepath.Join(b.dir, "large"))
		if err != nil {
			return nil, fmt.Errorf("generate a repository: %w", err)
		}
		b.repo = r
	}
	return b.repo, nil
}

// create makes an empty repository with a policy and a person.
func create(ctx context.Context, dir string) (*repository, error) {
	if _, err := git(ctx, "", nil, "init", "-q", "-b", "main", dir); err != nil {
		return nil, err
	}
	for _, set := range [][2]string{{"user.name", "Jo Doe"}, {"user.email", "jo@example.org"}, {"colophon.policy", preset}} {
		if _, err := git(ctx, dir, nil, "config", set[0], set[1]); err != nil {
			return nil, err
		}
	}
	r := &repository{dir: dir, message: filepath.Join(dir, ".git", "COMMIT_EDITMSG")}
	return r, os.WriteFile(r.message, []byte(declared), 0o666)
}

// generate makes the same repository each time: the committed files in one pack,
// as after a clone, the staged ones as `git add` leaves them. The other files are
// not checked out, because nothing that is measured looks at them.
func generate(ctx context.Context, dir string) (*repository, error) {
	r, err := create(ctx, dir)
	if err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(1, 2))
	var stream, staged bytes.Buffer
	fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter Jo Doe <jo@example.org> 1700000000 +0000\ndata 5\nbegin")
	for i := range allFiles {
		path, lines := filePath(i), source(random, 60+random.IntN(300))
		text := strings.Join(lines, "")
		fmt.Fprintf(&stream, "\nM 100644 inline %s\ndata %d\n%s", path, len(text), text)
		if i*stagedFiles%allFiles < stagedFiles {
			full := filepath.Join(dir, filepath.FromSlash(path))
			if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
				return nil, err
			}
			if err := os.WriteFile(full, []byte(strings.Join(rework(random, lines), "")), 0o666); err != nil {
				return nil, err
			}
			fmt.Fprintln(&staged, path)
		}
	}
	stream.WriteString("\n")
	if _, err := git(ctx, dir, &stream, "fast-import", "--quiet"); err != nil {
		return nil, err
	}
	for _, args := range [][]string{{"repack", "-adq", "--window=2"}, {"read-tree", "HEAD"}} {
		if _, err := git(ctx, dir, nil, args...); err != nil {
			return nil, err
		}
	}
	if _, err := git(ctx, dir, &staged, "update-index", "--stdin"); err != nil {
		return nil, err
	}
	r.diff, err = git(ctx, dir, nil, "diff", "--cached")
	return r, err
}

// ordinary makes a repository with three files staged.
func ordinary(ctx context.Context, dir string) (*repository, error) {
	r, err := create(ctx, dir)
	if err != nil {
		return nil, err
	}
	if _, err := git(ctx, dir, nil, "commit", "-q", "--allow-empty", "-m", "begin"); err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(3, 4))
	for _, name := range []string{"queue.c", "queue.h", "README"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.Join(source(random, 30), "")), 0o666); err != nil {
			return nil, err
		}
	}
	_, err = git(ctx, dir, nil, "add", "-A")
	return r, err
}

// filePath spreads files over folders such as those of a large C project: some
// are tests, some documentation, some lie where a policy has a zone.
func filePath(i int) string {
	tops := []string{"hw/net", "hw/scsi", "hw/core", "block", "accel/tcg", "target/arm", "target/riscv", "include/hw",
		"migration", "net", "util", "ui", "tests/unit", "tests/qtest", "docs/devel"}
	ends := []string{"c", "c", "c", "h"}
	top := tops[i%len(tops)]
	end := ends[i/len(tops)%len(ends)]
	if top == "docs/devel" {
		end = "rst"
	}
	return fmt.Sprintf("%s/%s%d/%s-%03d.%s", top, nouns[i/7%len(nouns)], i/900, nouns[i/3%len(nouns)], i, end)
}

var nouns = []string{"queue", "buffer", "device", "state", "timer", "bus", "region", "request", "packet", "entry", "lock", "clock", "cache", "page", "vector"}

// forms are lines of C; each %s is a noun, each %d a number.
var forms = []string{
	"static int %s_%s_%d(struct %s *s, size_t len)\n", "{\n", "}\n", "\n", "\n",
	"    if (s->%s_len > %d) {\n", "        return -EINVAL;\n", "    }\n",
	"    s->%s = %s_new(s->%s, %d);\n", "    for (i = 0; i < %d; i++) {\n",
	"        %s_put(&s->%s[i], %d);\n", "    /* the %s is taken while the %s is held */\n",
	"    trace_%s_%s(s, %d);\n", "    g_free(s->%s);\n", "    return %d;\n",
	"#define %s_MAX_%s %d\n", "    assert(s->%s == %d);\n",
}

// source is some lines that look like C.
func source(random *rand.Rand, n int) []string {
	lines := make([]string, n)
	for i := range lines {
		form := forms[random.IntN(len(forms))]
		var args []any
		for at := 0; at+1 < len(form); at++ {
			switch form[at : at+2] {
			case "%s":
				args = append(args, nouns[random.IntN(len(nouns))])
			case "%d":
				args = append(args, random.IntN(400))
			}
		}
		lines[i] = fmt.Sprintf(form, args...)
	}
	return lines
}

// rework replaces, adds and removes some lines at each spot.
func rework(random *rand.Rand, lines []string) []string {
	var out []string
	part := len(lines) / spots
	for i := range spots {
		end := (i + 1) * part
		if i == spots-1 {
			end = len(lines)
		}
		here := lines[i*part : end]
		at := random.IntN(max(1, len(here)-5))
		gone := min(random.IntN(6), len(here)-at)
		out = append(out, here[:at]...)
		out = append(out, source(random, 1+random.IntN(6))...)
		out = append(out, here[at+gone:]...)
	}
	return out
}
