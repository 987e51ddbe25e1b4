package repository

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// Personal is what git's configuration says where no repository has a say in it.
type Personal struct {
	// HooksPath is core.hooksPath, with a "~" at its beginning resolved; it may be
	// relative. It is empty where it is not set, or set to nothing.
	HooksPath string
	// Scope says who has set it: system, global (the person) or command (the
	// environment). It is empty where nobody has.
	Scope string
	// File is what `git config --global` writes to, and New whether it is to be made.
	File string
	New  bool

	env environment
}

// ReadPersonal asks git. An error has git's words, or says that the person's
// configuration is no file that git could write.
func ReadPersonal(ctx context.Context) (*Personal, error) {
	p := &Personal{env: newEnvironment(nil)}
	answer, err := p.config(ctx, "--show-scope", "--type=path", "-z", "--get", "core.hooksPath")
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) { // 1: not set
		return nil, fmt.Errorf("read git's configuration: %w", err)
	}
	p.Scope, answer, _ = strings.Cut(answer, "\x00")
	p.HooksPath, _, _ = strings.Cut(answer, "\x00")
	p.File = p.env.globalFile()
	info, err := os.Stat(p.File)
	p.New = err != nil
	if err == nil && !info.Mode().IsRegular() {
		// Git would put a file in its place: in that of /dev/null, too.
		return nil, fmt.Errorf("read git's configuration: %s is not a regular file", p.File)
	}
	return p, nil
}

// SetHooksPath sets core.hooksPath for all repositories of the person.
func (p *Personal) SetHooksPath(ctx context.Context, folder string) error {
	if _, err := p.config(ctx, "--global", "core.hooksPath", filepath.ToSlash(folder)); err != nil {
		return fmt.Errorf("set core.hooksPath: %w", err)
	}
	return nil
}

// UnsetHooksPath takes core.hooksPath out where it is this folder, and nothing else. A
// file that was made for it, as made says, goes when nothing else is in it.
func (p *Personal) UnsetHooksPath(ctx context.Context, folder string, made bool) error {
	value := "^" + regexp.QuoteMeta(filepath.ToSlash(folder)) + "$"
	var exit *exec.ExitError
	switch _, err := p.config(ctx, "--global", "--unset-all", "core.hooksPath", value); {
	case errors.As(err, &exit) && exit.ExitCode() == 5: // there is none
		return nil
	case err != nil:
		return fmt.Errorf("unset core.hooksPath: %w", err)
	}
	if info, err := os.Lstat(p.File); made && err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		return os.Remove(p.File)
	}
	return nil
}

// config runs git config outside of any repository.
func (p *Personal) config(ctx context.Context, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, "git", append([]string{"config"}, args...)...)
	cmd.Env = p.env.forGit("LC_ALL=C", "GIT_DIR="+os.DevNull)
	var stderr head
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return string(out), fmt.Errorf("run git config: %w%s", err, stderr.said())
	}
	return string(out), nil
}

// globalFile is what `git config --global` writes to.
func (e environment) globalFile() string {
	for _, v := range e.vars {
		if file, ok := strings.CutPrefix(v, "GIT_CONFIG_GLOBAL="); ok {
			return file
		}
	}
	home := filepath.Join(e.homeDir(), ".gitconfig")
	xdg := e.get("XDG_CONFIG_HOME")
	if xdg == "" {
		xdg = filepath.Join(e.homeDir(), ".config")
	}
	xdg = filepath.Join(xdg, "git", "config")
	if _, err := os.Stat(home); err != nil {
		if _, err := os.Stat(xdg); err == nil {
			return xdg
		}
	}
	return home
}

// homeDir is the person's folder, "" where the environment does not say.
func (e environment) homeDir() string {
	home := e.get("HOME")
	if home == "" && runtime.GOOS == "windows" {
		home = e.get("USERPROFILE")
	}
	return home
}
