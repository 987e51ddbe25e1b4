package message

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// TestMain keeps rapid from leaving files of failed runs in the checkout; what
// it prints has the seed.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.nofailfile", "true"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// repo is an empty repository in which the installed git says what is right.
type repo struct {
	dir    string
	setup  setup
	config []string // -c options of every call
	base   string   // the commit that every commit is made on; none if empty
}

func newRepo(t testing.TB) *repo {
	t.Helper()
	r := &repo{dir: t.TempDir(), config: []string{
		"-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "fastimport.unpackLimit=1", "-c", "advice.detachedHead=false",
	}}
	for name, text := range map[string]string{"editor": editor, "message": "", "buffer": ""} {
		if err := os.WriteFile(filepath.Join(r.dir, name), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := r.git("", "init", "-q", "-b", "main", "--template="); err != nil {
		t.Fatal(err)
	}
	return r
}

// editor puts the prepared message where git's text was, or on top of it, and
// keeps what it wrote for the test to read.
const editor = `#!/bin/sh
if test -n "$ON_TOP"; then cat "$1" >>"$HOME/message"; fi
cp "$HOME/message" "$1" && cp "$1" "$HOME/buffer"
`

// git runs git and returns its standard output; an error carries the rest.
func (r *repo) git(stdin string, args ...string) (string, error) {
	return r.gitEnv(nil, stdin, args...)
}

func (r *repo) gitEnv(env []string, stdin string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "git", append(slices.Clone(r.config), args...)...)
	cmd.Dir = r.dir
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + r.dir, "LC_ALL=C",
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_AUTHOR_DATE=1700000000 +0000",
		"GIT_COMMITTER_NAME=C", "GIT_COMMITTER_EMAIL=c@example.org", "GIT_COMMITTER_DATE=1700000000 +0000",
		"GIT_EDITOR=" + filepath.Join(r.dir, "editor"),
	}, env...)
	cmd.Stdin = strings.NewReader(stdin)
	var errors bytes.Buffer
	cmd.Stderr = &errors
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("git %s: %w\n%s", strings.Join(args, " "), err, errors.String())
	}
	return string(out), err
}

// with is the repository under a setup's configuration.
func (r *repo) with(s setup) *repo {
	c := *r
	c.setup = s
	c.config = append(slices.Clone(r.config), s.config()...)
	return &c
}

// version is the major and minor number of the installed git.
func version(t testing.TB) (major, minor int) {
	t.Helper()
	out, err := newRepo(t).git("", "version")
	if err == nil {
		_, err = fmt.Sscanf(out, "git version %d.%d", &major, &minor)
	}
	if err != nil {
		t.Fatalf("git version %q: %v", out, err)
	}
	return major, minor
}

// modern tells whether git is 2.45 or later. Before, a comment could only
// begin with one ASCII character, and a scissors line below a divider brought
// the text between the two back into the message, or made git loop for ever.
func modern(t testing.TB) bool {
	major, minor := version(t)
	return major > 2 || major == 2 && minor >= 45
}

// setup is a message's surroundings, as git's configuration and as ours.
type setup struct {
	comment    string
	separators string
	trailers   []configuredTrailer
}

type configuredTrailer struct{ name, key string }

func (s setup) config() []string {
	var c []string
	set := func(name, value string) { c = append(c, "-c", name+"="+value) }
	if s.comment != "" {
		set("core.commentChar", s.comment)
	}
	if s.separators != "" {
		set("trailer.separators", s.separators)
	}
	for _, t := range s.trailers {
		if t.key == "" {
			set("trailer."+t.name+".ifexists", "add")
		} else {
			set("trailer."+t.name+".key", t.key)
		}
	}
	return c
}

func (s setup) options(c Cleanup) Options {
	o := Options{Comment: s.comment, Cleanup: c, Separators: s.separators}
	for _, t := range s.trailers {
		o.Keys = append(o.Keys, t.name)
		if t.key != "" {
			o.Keys = append(o.Keys, t.key)
		}
	}
	return o
}

// canonical is the token as git prints it: a configured trailer's key in place
// of anything that begins it or its name. The parser leaves the token as it was
// typed.
func (s setup) canonical(token string) string {
	begin := strings.TrimRight(token, "-")
	for _, t := range s.trailers {
		for _, k := range []string{t.name, t.key} {
			if k != "" && len(begin) <= len(k) && strings.EqualFold(begin, k[:len(begin)]) {
				if t.key != "" {
					return t.key
				}
				return token
			}
		}
	}
	return token
}

// printed is the trailers as `git interpret-trailers --parse` prints them.
func (s setup) printed(trailers []Trailer) string {
	separators := s.options("").normal().Separators
	var b strings.Builder
	for _, t := range trailers {
		token := s.canonical(t.Token)
		b.WriteString(token)
		if strings.IndexByte(separators, token[len(token)-1]) < 0 {
			b.WriteString(separators[:1] + " ")
		}
		b.WriteString(t.Value + "\n")
	}
	return b.String()
}

// logged is the trailers as trailersFormat has `git log` print them.
func (s setup) logged(trailers []Trailer) string {
	var b strings.Builder
	for i, t := range trailers {
		if i > 0 {
			b.WriteByte(3)
		}
		b.WriteString(s.canonical(t.Token) + "\x02" + t.Value)
	}
	return b.String()
}

const trailersFormat = "%(trailers:only,unfold,key_value_separator=%x02,separator=%x03)"

// parseAll asks interpret-trailers about many texts in one process. A text of
// our own after each tells where its answer ends.
func (r *repo) parseAll(texts []string, divider bool) ([]string, error) {
	mark := "End-of-answer" + r.setup.options("").normal().Separators[:1] + " 1\n"
	args := []string{"interpret-trailers", "--parse"}
	if !divider {
		args = append(args, "--no-divider")
	}
	write := func(name, text string) error {
		args = append(args, name)
		return os.WriteFile(filepath.Join(r.dir, name), []byte(text), 0o600)
	}
	for i, text := range texts {
		if err := write(fmt.Sprintf("text%d", i), text); err != nil {
			return nil, err
		}
		if err := write("mark", "Mark\n\n"+mark); err != nil {
			return nil, err
		}
	}
	out, err := r.git("", args...)
	if err != nil {
		return nil, err
	}
	answers := strings.Split(out, mark)
	if len(answers) != len(texts)+1 {
		return nil, fmt.Errorf("%d answers to %d texts", len(answers)-1, len(texts))
	}
	return answers[:len(texts)], nil
}

// logAll makes a commit of each message, byte for byte, and asks `git log` for
// their trailers.
func (r *repo) logAll(messages []string) ([]string, error) {
	const branch = "refs/heads/imported"
	b := strings.Builder{}
	b.WriteString("reset " + branch + "\n\n")
	for _, m := range messages {
		fmt.Fprintf(&b, "commit %s\ncommitter C <c@example.org> 1700000000 +0000\ndata %d\n%s\n", branch, len(m), m)
	}
	if _, err := r.git(b.String(), "fast-import", "--quiet", "--force"); err != nil {
		return nil, err
	}
	out, err := r.git("", "log", "--reverse", "--format="+trailersFormat+"%x04", branch)
	if err != nil {
		return nil, err
	}
	answers := strings.Split(out, "\x04\n")
	if len(answers) != len(messages)+1 {
		return nil, fmt.Errorf("%d answers to %d messages", len(answers)-1, len(messages))
	}
	return answers[:len(messages)], nil
}

// change gives every later commit something in its buffer: a staged file, and
// more in the work tree.
func (r *repo) change() error {
	for _, text := range []string{"one\n", "two\n", "three\n"} {
		if err := os.WriteFile(filepath.Join(r.dir, "file"), []byte(text), 0o600); err != nil {
			return err
		}
		var err error
		switch text {
		case "one\n":
			if _, err = r.git("", "add", "file"); err == nil {
				_, _, err = r.commit("Base\n", false)
			}
		case "two\n":
			_, err = r.git("", "add", "file")
		}
		if err != nil {
			return err
		}
	}
	base, err := r.git("", "rev-parse", "HEAD")
	r.base = base
	return err
}

// commit lets git make a commit of text as if it had been typed in the editor
// (on top of what git put there), and returns the raw message and the buffer as
// the editor left it.
func (r *repo) commit(text string, onTop bool, args ...string) (raw, buffer string, err error) {
	if err := os.WriteFile(filepath.Join(r.dir, "message"), []byte(text), 0o600); err != nil {
		return "", "", err
	}
	if r.base != "" {
		if err := os.WriteFile(filepath.Join(r.dir, ".git/refs/heads/main"), []byte(r.base), 0o600); err != nil {
			return "", "", err
		}
	}
	var env []string
	if onTop {
		env = []string{"ON_TOP=1"}
	}
	_, err = r.gitEnv(env, "", append([]string{"commit", "-q", "--allow-empty", "--allow-empty-message"}, args...)...)
	left, readErr := os.ReadFile(filepath.Join(r.dir, "buffer"))
	if readErr != nil {
		return "", "", readErr
	}
	if err != nil {
		return "", string(left), err
	}
	object, err := r.git("", "cat-file", "commit", "HEAD")
	_, raw, _ = strings.Cut(object, "\n\n")
	return raw, string(left), err
}

// latin1 is what git makes of a message that is not UTF-8 when it commits it:
// it takes every byte that does not fit for Latin-1.
func latin1(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		c, n := utf8.DecodeRuneInString(s)
		if c == utf8.RuneError && n == 1 {
			c = rune(s[0])
		}
		b.WriteRune(c)
		s = s[n:]
	}
	return b.String()
}

// contentStart is the text from its first line that is not blank, where `git
// log` begins to read.
func contentStart(text string) string {
	for text != "" {
		line, rest, _ := strings.Cut(text, "\n")
		if !blank(line) {
			break
		}
		text = rest
	}
	return text
}
