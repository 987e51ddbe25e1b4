package repository

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const (
	timeLimit = 10 * time.Second
	waitDelay = time.Second // for what holds git's output open after git ended
	maxStderr = 4 << 10     // bytes
	lateShare = 10          // of the time limit, for each run after one that took too long
)

// command is one run of git.
type command struct {
	args  []string      // never a path of the repository: it could look like an option
	index string        // GIT_INDEX_FILE, "" for the default
	limit time.Duration // for this run; 0 is the repository's
	stdin string        // what git reads; "" is nothing
	find  bool          // git looks for the repository itself, and refuses one that it does not trust
	read  func(stdout io.Reader) error
}

// ErrTimeLimit says that git did not end in time.
var ErrTimeLimit = errors.New("git took too long")

// run runs git on the repository and hands its output to c.read, with a time
// limit. When git itself gives up, the error wraps [exec.ExitError] and has what
// git said.
//
// Whatever the repository's configuration says, git here starts no program (no
// hook, file system monitor, pager, external diff, text conversion, filter,
// transport or prompt), takes no lock and writes nothing. The arguments must be
// of a command that reads, and switch off what only options of that command can.
func (r *Repository) run(ctx context.Context, c command) error {
	name := c.name()
	if err := r.endless(); err != nil {
		return fmt.Errorf("run %s: %w", name, err)
	}
	limit := cmp.Or(c.limit, r.timeLimit)
	if r.late.Load() && c.limit == 0 {
		limit /= lateShare
	}
	late := fmt.Errorf("%w: more than %v", ErrTimeLimit, limit)
	ctx, cancel := context.WithTimeoutCause(ctx, limit, late)
	defer cancel()

	args := append([]string{"--git-dir=" + r.GitDir, "--no-pager"}, c.args...)
	dir := cmp.Or(r.WorkTree, r.GitDir)
	if c.find && (r.env.owner != ours || r.env.get("GIT_DIR") == "") {
		args, dir = args[1:], r.home
	}
	cmd := exec.CommandContext(ctx, r.git, args...)
	cmd.Dir = dir
	cmd.Env = r.env.forGit(safe()...)
	if c.find {
		cmd.Env = append(cmd.Env, "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
	}
	if c.index != "" {
		cmd.Env = append(cmd.Env, "GIT_INDEX_FILE="+c.index)
	}
	if c.stdin != "" {
		cmd.Stdin = strings.NewReader(c.stdin)
	}
	var stderr head
	cmd.Stderr = &stderr
	cmd.WaitDelay = waitDelay
	killGroup(cmd)

	stdout, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return fmt.Errorf("run %s: %w", name, err)
	}
	limitMemory(cmd.Process.Pid)
	readErr := c.read(stdout)
	stdout.Close() // git stops writing what nobody reads any more
	err = cmd.Wait()

	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil && (err != nil || readErr != nil):
		if errors.Is(context.Cause(ctx), ErrTimeLimit) {
			r.late.Store(true)
		}
		return fmt.Errorf("run %s: %w", name, context.Cause(ctx))
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return fmt.Errorf("run %s: %w%s", name, err, r.words(&stderr))
	case readErr != nil:
		return fmt.Errorf("run %s: %w%s", name, readErr, r.words(&stderr))
	case err != nil:
		return fmt.Errorf("run %s: %w%s", name, err, r.words(&stderr))
	}
	return nil
}

// ask returns what git says, of which it takes no more than most bytes.
func (r *Repository) ask(ctx context.Context, c command, most int64) (answer string, err error) {
	c.read = func(stdout io.Reader) error {
		text, err := io.ReadAll(io.LimitReader(stdout, most+1))
		if err == nil && int64(len(text)) > most {
			err = fmt.Errorf("%w: more than %d bytes", ErrLarge, most)
		}
		answer = string(text)
		return err
	}
	err = r.run(ctx, c)
	return answer, err
}

// name is the command without its settings and options, for errors.
func (c command) name() string {
	for i := 0; i < len(c.args); i++ {
		switch {
		case c.args[i] == "-c":
			i++
		case !strings.HasPrefix(c.args[i], "-"):
			return "git " + c.args[i]
		}
	}
	return "git"
}

// safe is the environment that keeps git from writing, fetching and asking.
func safe() []string {
	return []string{
		"LC_ALL=C",
		"GIT_OPTIONAL_LOCKS=0",
		"GIT_TERMINAL_PROMPT=0",
		// A partial clone fetches missing objects, by programs that its
		// configuration names. Older versions of git do not know the first of
		// these; by the second no transport is allowed.
		"GIT_NO_LAZY_FETCH=1",
		"GIT_ALLOW_PROTOCOL=none",
		// The commit will be made from the real objects.
		"GIT_NO_REPLACE_OBJECTS=1",
	}
}

// inert are settings that keep git from starting programs while it reads the
// index. An empty fsmonitor is off for all versions, "false" is the name of a
// program for older ones.
func inert(args ...string) []string {
	return append([]string{
		"-c", "core.fsmonitor=",
		"-c", "core.hooksPath=/dev/null",
	}, args...)
}

// head keeps the beginning of what is written to it.
type head struct {
	bytes.Buffer
}

func (h *head) Write(p []byte) (int, error) {
	h.Buffer.Write(p[:min(len(p), maxStderr-h.Len())])
	return len(p), nil
}

// words is what git said, unless that may be a private file's.
func (r *Repository) words(stderr *head) string {
	said := stderr.said()
	if path := r.linked(); said != "" && path != "" {
		return fmt.Sprintf(": git's words are left out, as %s lies elsewhere and they may quote it", path)
	}
	return said
}

// said is git's message in one line, such that it may go to a terminal: it can
// hold names from the repository.
func (h *head) said() string {
	text := strings.ToValidUTF8(strings.TrimSpace(h.String()), "?")
	if text == "" {
		return ""
	}
	return ": " + strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0:
			return '?'
		}
		return r
	}, text)
}
