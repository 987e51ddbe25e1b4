package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"colophon/hook"
	"colophon/repository"
)

// A script that only runs the repository's own hook is no hook of itself: what the two
// packages write and read is the same.
func TestScriptForAllIsNoHook(t *testing.T) {
	home := t.TempDir()
	for _, v := range []string{"GIT_CONFIG_GLOBAL=" + filepath.Join(home, "c"), "GIT_CONFIG_NOSYSTEM=1", "HOME=" + home, "GIT_DIR=", "GIT_INDEX_FILE="} {
		name, value, _ := strings.Cut(v, "=")
		t.Setenv(name, value)
	}
	os.Unsetenv("GIT_DIR") // put back by Setenv
	os.Unsetenv("GIT_INDEX_FILE")
	top, all := t.TempDir(), hook.Folder(filepath.Join(home, "all"))
	git := func(args ...string) {
		t.Helper()
		c := exec.Command("git", args...)
		c.Dir = top
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q")
	has := func(name string, want bool) {
		t.Helper()
		r, err := repository.Open(top, repository.Options{})
		if err != nil {
			t.Fatal(err)
		}
		cfg, err := r.Config(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := r.HasHook(cfg, name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if err := all.InstallForAll([]string{"commit-msg"}, "/x/colophon", false); err != nil {
		t.Fatal(err)
	}
	has("pre-commit", false)
	git("config", "--global", "core.hooksPath", "~/all")
	has("pre-commit", false)
	has("commit-msg", true)
	own := filepath.Join(top, ".git", "hooks", "pre-commit")
	if err := os.MkdirAll(filepath.Dir(own), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(own, []byte("#!/bin/sh\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	has("pre-commit", true)
	// What a repository says of itself does not hide its hook.
	if err := os.Remove(own); err != nil {
		t.Fatal(err)
	}
	git("config", "core.hooksPath", string(all))
	has("pre-commit", true)
}
