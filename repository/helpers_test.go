package repository_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"colophon/change"
	"colophon/repository"
)

// TestMain makes this binary an editor as well: with resultFile set, git has
// started it, and it tells what a real editor would see at this moment.
func TestMain(m *testing.M) {
	if file := os.Getenv(resultFile); file != "" {
		os.Exit(edit(file, os.Args[len(os.Args)-1]))
	}
	os.Exit(m.Run())
}

const resultFile = "COLOPHON_TEST_RESULT"

// seen is what the editor found out.
type seen struct {
	Repository *repository.Repository
	Change     *change.Change
	Author     repository.Identity
	Err        string
}

func edit(result, document string) int {
	var s seen
	err := func() (err error) {
		if s.Repository, err = repository.Open(document, repository.Options{}); err != nil {
			return err
		}
		if s.Change, err = s.Repository.Diff(context.Background(), s.Repository.Source(), nil); err != nil {
			return err
		}
		cfg, err := s.Repository.Config(context.Background())
		if err == nil {
			s.Author, _ = s.Repository.Author(cfg)
		}
		return err
	}()
	if err != nil {
		s.Err = err.Error()
	}
	b, err := json.Marshal(s)
	if err == nil {
		err = os.WriteFile(result, b, 0o666)
	}
	if err == nil {
		err = os.WriteFile(document, []byte("From the editor\n"), 0o666)
	}
	if err != nil {
		return 1
	}
	return 0
}

// sandbox is a work tree with a repository, and git free of this machine's
// settings.
type sandbox struct {
	t   testing.TB
	dir string
	env []string
}

// outside is the environment of a process that git did not start.
func outside() []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") && !strings.HasPrefix(v, "EMAIL=") {
			env = append(env, v)
		}
	}
	return append(env, "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
}

func people() []string {
	return []string{
		"GIT_AUTHOR_NAME=A U Thor", "GIT_AUTHOR_EMAIL=author@example.org", "GIT_AUTHOR_DATE=1700000000 +0000",
		"GIT_COMMITTER_NAME=C O Mitter", "GIT_COMMITTER_EMAIL=committer@example.org", "GIT_COMMITTER_DATE=1700000000 +0000",
	}
}

func newSandbox(t testing.TB, initArgs ...string) *sandbox {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := &sandbox{t: t, dir: filepath.Join(dir, "work"), env: append(outside(), people()...)}
	s.mkdir(".")
	s.git(append([]string{"init", "-q", "-b", "main"}, initArgs...)...)
	return s
}

// in is the same sandbox at another folder.
func (s *sandbox) in(dir string) *sandbox {
	return &sandbox{t: s.t, dir: s.path(dir), env: s.env}
}

func (s *sandbox) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(s.dir, name)
}

func (s *sandbox) git(args ...string) string {
	s.t.Helper()
	return s.gitWith("", nil, args...)
}

func (s *sandbox) gitWith(stdin string, env []string, args ...string) string {
	s.t.Helper()
	cmd := s.command(args...)
	cmd.Env = append(cmd.Env, env...)
	cmd.Stdin = strings.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("git %q: %v\n%s", args, err, stderr.Bytes())
	}
	return string(out)
}

func (s *sandbox) command(args ...string) *exec.Cmd {
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = s.dir, s.env[:len(s.env):len(s.env)]
	return cmd
}

func (s *sandbox) write(name, text string) {
	s.t.Helper()
	s.mkdir(filepath.Dir(name))
	if err := os.WriteFile(s.path(name), []byte(text), 0o666); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sandbox) mkdir(name string) {
	s.t.Helper()
	if err := os.MkdirAll(s.path(name), 0o777); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sandbox) commitAll() {
	s.t.Helper()
	s.git("add", "-A")
	s.git("commit", "-q", "--allow-empty", "-m", "A commit")
}

// stage puts a file in the index without the work tree, so that its name may be
// one that this file system does not take.
func (s *sandbox) stage(mode, name, text string) {
	s.t.Helper()
	id := strings.TrimSpace(s.gitWith(text, nil, "hash-object", "-w", "--stdin"))
	s.gitWith(mode+" "+id+"\t"+name+"\x00", nil, "update-index", "-z", "--index-info")
}

func (s *sandbox) open(path string) *repository.Repository {
	s.t.Helper()
	r, err := repository.Open(s.path(path), repository.Options{Env: s.env})
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func (s *sandbox) staged() *change.Change {
	s.t.Helper()
	r := s.open(".")
	c, err := r.Diff(s.t.Context(), r.Source(), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// commitInEditor runs git commit with this binary as the editor.
func (s *sandbox) commitInEditor(args ...string) seen {
	s.t.Helper()
	result := filepath.Join(s.t.TempDir(), "result")
	self, err := os.Executable()
	if err != nil {
		s.t.Fatal(err)
	}
	s.gitWith("", []string{
		"GIT_EDITOR='" + filepath.ToSlash(self) + "'",
		resultFile + "=" + result,
	}, args...)
	b, err := os.ReadFile(result)
	if err != nil {
		s.t.Fatal(err)
	}
	var found seen
	if err := json.Unmarshal(b, &found); err != nil {
		s.t.Fatal(err)
	}
	if found.Err != "" {
		s.t.Fatalf("in the editor: %s", found.Err)
	}
	return found
}
