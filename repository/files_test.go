package repository_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"colophon/repository"
)

func TestTracked(t *testing.T) {
	s := newSandbox(t)
	open := func() *repository.Repository {
		r, err := repository.Open(s.dir, repository.Options{Env: s.env})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if got, err := open().Tracked(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("of nothing: %v, %v", got, err)
	}
	for _, name := range []string{"b/ü \"x\"\n", "a b", "B", "b/c/d"} {
		s.stage("100644", name, "x\n")
	}
	s.write("untracked", "x")
	got, err := open().Tracked(t.Context())
	if want := []string{"B", "a b", "b/c/d", "b/ü \"x\"\n"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := open().Tracked(ctx); err == nil {
		t.Error("a list although nobody waits for it")
	}
}

// A file in conflict is one file, and what is configured runs nothing.
func TestTrackedOfAConflict(t *testing.T) {
	s := newSandbox(t)
	ran := filepath.Join(t.TempDir(), "ran")
	s.git("config", "core.fsmonitor", "touch '"+ran+"'; false")
	blob := strings.TrimSpace(s.gitWith("x\n", nil, "hash-object", "-w", "--stdin"))
	s.gitWith("100644 "+blob+" 1\tf\n100644 "+blob+" 2\tf\n100644 "+blob+" 3\tf\n", nil, "update-index", "--index-info")
	os.Remove(ran)
	r, err := repository.Open(s.dir, repository.Options{Env: s.env})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := r.Tracked(t.Context()); err != nil || !slices.Equal(got, []string{"f"}) {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := os.Stat(ran); err == nil {
		t.Error("a program of the configuration was run")
	}
}
