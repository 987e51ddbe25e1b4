package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// environment is that of every process that is measured: nobody's own git
// configuration, and nothing that git said to whoever runs this command.
func environment() []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") && v != echoVariable {
			env = append(env, v)
		}
	}
	return append(env, "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "LC_ALL=C")
}

// git runs git in a folder and returns its output.
func git(ctx context.Context, dir string, stdin io.Reader, args ...string) (string, error) {
	cmd := command(ctx, dir, "git", args...)
	cmd.Stdin = stdin
	var out, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, strings.TrimSpace(stderr.String()))
	}
	return strings.TrimSpace(out.String()), nil
}

func command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, environment()
	return cmd
}

// clock is how long a process takes from its start to its end. Its output is
// read, as its user would. An exit status that means something went wrong is an
// error; good says which mean that nothing did.
func clock(cmd *exec.Cmd, good ...int) (time.Duration, error) {
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	begin := time.Now()
	err := cmd.Run()
	took := time.Since(begin)
	code, err := exitCode(err)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", cmd.Args[0], err)
	}
	for _, g := range append(good, 0) {
		if code == g {
			return took, nil
		}
	}
	return 0, fmt.Errorf("%s: exit status %d: %s", strings.Join(cmd.Args, " "), code, strings.TrimSpace(out.String()))
}
