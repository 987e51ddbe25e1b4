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
	"strings"
	"testing"

	"colophon/commit"
	"colophon/report"
	"colophon/repository"
)

// history makes a repository with so many commits, every third with an AI in it.
func history(t *testing.T, n int) *commit.Commit {
	t.Helper()
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
	return imported(t, in.Bytes())
}

// longHistory makes one whose messages have so many bytes in their bodies.
func longHistory(t *testing.T, bodies []int) *commit.Commit {
	t.Helper()
	var in bytes.Buffer
	for i, n := range bodies {
		message := fmt.Sprintf("s%d\n\n%s\n", i, strings.Repeat("a\n", n)[:n])
		fmt.Fprintf(&in, "commit refs/heads/main\ncommitter Jo Doe <jo@example.org> %d +0000\ndata %d\n%s\n", 1700000000+i, len(message), message)
	}
	return imported(t, in.Bytes())
}

// imported makes a repository of what git fast-import reads.
func imported(t *testing.T, stream []byte) *commit.Commit {
	t.Helper()
	dir := t.TempDir()
	env := append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	for _, c := range []struct {
		args  []string
		stdin []byte
	}{{args: []string{"init", "-q", "-b", "main"}}, {args: []string{"fast-import", "--quiet"}, stdin: stream}} {
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

func all(t *testing.T, c *commit.Commit, revisions string, workers int) (commits []report.Commit) {
	t.Helper()
	err := Judge(t.Context(), c, Options{Range: repository.Range{Revisions: revisions}, Workers: workers}, func(one *report.Commit) error {
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
	one := all(t, c, "main", 1)
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
	if many := all(t, c, "main", 5); !reflect.DeepEqual(one, many) {
		t.Error("with five workers something else comes out")
	}
}

// Small fixes are added up in a range that says where it begins, up to a bound, and the
// finding is the same however many judge at a time.
func TestSplit(t *testing.T) {
	c := history(t, 130)
	for revisions, want := range map[string]bool{"main": false, "main~100..main": true, "main~101..main": false, "main~3..main": false, "main~45...main": true} {
		one := all(t, c, revisions, 1)
		found := -1
		for i := range one {
			for _, f := range one[i].Findings {
				if f.Rule != "series-split" {
					continue
				}
				if found >= 0 {
					t.Errorf("%s: a second finding", revisions)
				}
				found = i
				for _, r := range f.Related {
					if len(r.Commit) != 12 || r.Path != "" {
						t.Errorf("%s: related is %+v", revisions, r)
					}
				}
				if f.Related[len(f.Related)-1].Commit != one[i].File {
					t.Errorf("%s: it stands at %s, the last is %+v", revisions, one[i].File, f.Related[len(f.Related)-1])
				}
			}
		}
		if (found >= 0) != want {
			t.Errorf("%s: found at %d", revisions, found)
		}
		if many := all(t, c, revisions, 7); !reflect.DeepEqual(one, many) {
			t.Errorf("%s: with seven workers something else comes out", revisions)
		}
	}
}

// What is held back is told where git fails in the middle, and nothing comes twice where
// the reader has enough.
func TestHeld(t *testing.T) {
	c := history(t, 60)
	n := 0
	enough := errors.New("enough")
	err := Judge(t.Context(), c, Options{Range: repository.Range{Revisions: "main~50..main"}}, func(*report.Commit) error {
		if n++; n == 20 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || n != 20 {
		t.Errorf("after %d: %v", n, err)
	}
	h := held{each: func(*report.Commit) error { n++; return nil }}
	n = 0
	for range mostHeld {
		if err := h.add(&report.Commit{Report: report.Report{Message: c.ParseMade("x\n")}}); err != nil || n != 0 {
			t.Fatalf("%d were handed on: %v", n, err)
		}
	}
	if err := h.add(&report.Commit{Report: report.Report{Message: c.ParseMade("x\n")}}); err != nil || n != mostHeld+1 {
		t.Errorf("%d were handed on: %v", n, err)
	}
	h, n = held{each: h.each}, 0
	if err := h.add(&report.Commit{Report: report.Report{Message: c.ParseMade(strings.Repeat("x", mostBytes+1))}}); err != nil || n != 1 {
		t.Errorf("%d were handed on of a message that is too long to be held: %v", n, err)
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
