package repository

import (
	"cmp"
	"context"
	"fmt"
	"os/exec"
)

// GitVersion is the version of the git that is installed.
type GitVersion struct{ Major, Minor int }

// AtLeast tells whether v is major.minor or later.
func (v GitVersion) AtLeast(major, minor int) bool {
	return v.Major > major || v.Major == major && v.Minor >= minor
}

// Version asks a git for its version, outside of any repository's configuration. An
// empty name is the git on PATH.
func Version(ctx context.Context, git string) (GitVersion, error) {
	ctx, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, cmp.Or(git, "git"), "version")
	out, err := cmd.Output()
	var v GitVersion
	if err == nil {
		_, err = fmt.Sscanf(string(out), "git version %d.%d", &v.Major, &v.Minor)
	}
	if err != nil {
		return v, fmt.Errorf("run git version: %w", err)
	}
	return v, nil
}
