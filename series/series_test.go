package series

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"

	"colophon/commit"
	"colophon/report"
	"colophon/repository"
)

// history makes a repository with so many commits, every third with an AI in it.
func history(t *testing.T, n int) *commit.Commit {
	t.Helper()
	dir := t.TempDir()
	env := append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	var in bytes.Buffer
	for i := range n {
		message := fmt.Sprintf("net: change %d\n\nText %d.\n\nSigned-off-by: Jo Doe <jo@example.org>\n", i, i)
		if i%3 == 0 {
			message += "Co-authored-by: Claude <noreply@anthropic.com>\n"
		}
		text := bytes.Repeat([]byte("int a;\n"), i%30)
		fmt.Fprintf(&in, "commit refs/heads/main\nauthor Jo Doe <jo@example.org> %d +0000\ncommitter Jo Doe <jo@example.org> %d +0000\ndata %d\n%s\nM 644 inline hw/net.c\ndata %d\n%s\n",
			1700000000+i, 1700000000+i, len(message), message, len(text), text)
	}
	for _, c := range []struct {
		args  []string
		stdin []byte
	}{{args: []string{"init", "-q", "-b", "main"}}, {args: []string{"fast-import", "--quiet"}, stdin: in.Bytes()}} {
		git := exec.Command("git", c.args...)
		git.Dir, git.Env, git.Stdin = dir, env, bytes.NewReader(c.stdin)
		if out, err := git.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", c.args, err, out)
		}
	}
	c, err := commit.Open(t.Context(), filepath.Join(dir, ".git"), commit.Options{Env: env, Policy: "qemu-2026-09", Near: []string{dir}, Blind: true})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func all(t *testing.T, c *commit.Commit, workers int) (commits []report.Commit) {
	t.Helper()
	err := Judge(t.Context(), c, Options{Range: repository.Range{Revisions: "main"}, Workers: workers}, func(one *report.Commit) error {
		commits = append(commits, *one)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return commits
}

// However many judge at a time, the commits come in git's order, with the same findings.
func TestOrder(t *testing.T) {
	const n = 700 // more than may be ahead
	c := history(t, n)
	one := all(t, c, 1)
	if len(one) != n {
		t.Fatalf("%d commits", len(one))
	}
	found := 0
	for i := range one {
		if want := fmt.Sprintf("net: change %d", n-1-i); one[i].Subject != want {
			t.Fatalf("commit %d is %q, not %q", i, one[i].Subject, want)
		}
		if (len(one[i].Findings) > 0) != ((n-1-i)%3 == 0) {
			t.Errorf("%q has %d findings", one[i].Subject, len(one[i].Findings))
		}
		found += len(one[i].Findings)
	}
	if many := all(t, c, 5); !reflect.DeepEqual(one, many) {
		t.Error("with five workers something else comes out")
	}
}

// Whoever has enough ends it, and so does the person.
func TestEnd(t *testing.T) {
	c := history(t, 600)
	enough := errors.New("enough")
	for _, stop := range []int{1, 5, 300} {
		n := 0
		err := Judge(t.Context(), c, Options{Range: repository.Range{Revisions: "main"}}, func(*report.Commit) error {
			if n++; n == stop {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) || n != stop {
			t.Errorf("after %d of %d: %v", n, stop, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		n = 0
		err = Judge(ctx, c, Options{Range: repository.Range{Revisions: "main"}}, func(*report.Commit) error {
			if n++; n == stop {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) || n < stop || n > stop+1 {
			t.Errorf("cancelled after %d of %d: %v", n, stop, err)
		}
		cancel()
	}
}
