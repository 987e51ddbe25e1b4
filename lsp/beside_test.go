package lsp

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// calm fails if diagnostics other than these come within some looks of the server.
func (e *editor) calm(rules ...string) {
	e.t.Helper()
	quiet := time.After(3 * lookAgain)
	for {
		select {
		case p := <-e.screen.published:
			if !slices.Equal(ruleIDs(p.Diagnostics), rules) {
				e.t.Fatalf("diagnostics %v, want %v to stay", ruleIDs(p.Diagnostics), rules)
			}
		case <-quiet:
			return
		}
	}
}

// Other processes lock the index, write one half, or break it: what is shown stays,
// and what they stage in the end is followed.
func TestIndexOfOthers(t *testing.T) {
	t.Parallel()
	r := newRepo(t, examplePolicy)
	r.stage("net/e1000.c", 4)
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", disclosed)
	e.until(u, "small-fix-limit")

	index := r.path(".git/index")
	whole, err := os.ReadFile(index)
	must(t, err)
	must(t, os.WriteFile(index+".lock", nil, 0o666))
	must(t, os.WriteFile(index+".lock", whole[:len(whole)/2], 0o666))
	e.calm("small-fix-limit")
	must(t, os.Remove(index+".lock"))
	must(t, os.WriteFile(index, whole[:len(whole)/2], 0o666))
	time.Sleep(lookAgain + lookAgain/2) // one look
	must(t, os.WriteFile(index, whole, 0o666))
	e.calm("small-fix-limit")

	r.git("reset", "-q")
	begin := time.Now()
	e.until(u)
	if d := time.Since(begin); d > patience/2 { // two seconds, on a machine that is not busy
		t.Errorf("followed after %v", d)
	}
}

// A commit that git makes from an index of its own, and its end.
func TestCommitBeside(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		exits string
		then  []string
	}{
		{"aborted", "1", nil},
		// The message is no other one now that it is that of HEAD.
		{"made", "0", []string{"small-fix-limit"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRepo(t, examplePolicy)
			r.stage("net/e1000.c", 1)
			r.git("commit", "-qm", "One line")
			r.stage("net/e1000.c", 9)
			r.git("reset", "-q")
			done, message := filepath.Join(t.TempDir(), "done"), r.path(".git/COMMIT_EDITMSG")
			must(t, os.RemoveAll(message))
			r.write("given", disclosed)
			cmd := exec.Command("git", "commit", "-q", "-a", "-e", "-F", "given")
			cmd.Dir = r.dir
			cmd.Env = append(slices.Clone(r.env), "GIT_EDITOR=touch '"+done+".open'; while [ ! -e '"+done+"' ]; do sleep 0.05; done; exit "+tt.exits+"; :")
			must(t, cmd.Start())
			for begin := time.Now(); !exists(done + ".open"); time.Sleep(time.Millisecond) {
				if time.Since(begin) > patience {
					t.Fatal("git does not start its editor")
				}
			}
			text, err := os.ReadFile(message)
			must(t, err)
			e := startIn(r)
			e.open(r.message(), "gitcommit", string(text))
			e.until(r.message(), "small-fix-limit")
			must(t, os.WriteFile(done, nil, 0o666))
			_ = cmd.Wait() // it fails where the editor does
			if tt.then == nil {
				e.until(r.message())
			} else {
				e.calm(tt.then...)
			}
		})
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
