//go:build editors

package desk

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func place(t *testing.T) *Place {
	bin, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return &Place{t: t, editor: "ed", version: "1", bin: bin, results: filepath.Join(bin, "results")}
}

// A flow that fails is run once more, in another home, and both runs are told of; what
// a run proved counts only if it came to its end.
func TestFlowIsRunAgain(t *testing.T) {
	p := place(t)
	var homes []string
	p.Flow("commit", func(d *Desk) {
		homes = append(homes, d.Home)
		d.Proves(Hover)
		if len(homes) == 1 {
			d.Fatalf("the first\nin many words")
		}
		d.Proves(Fixes)
	})
	f, err := os.Open(p.results)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var got []Result
	for d := json.NewDecoder(f); ; {
		var r Result
		if err := d.Decode(&r); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
	}
	if len(got) != 2 || got[0].Failure != "the first" || got[0].Proved != nil || got[1].Failure != "" || got[1].Run != 2 || len(got[1].Proved) != 2 {
		t.Errorf("the results are %+v", got)
	}
	if len(homes) != 2 || homes[0] == homes[1] {
		t.Errorf("the homes are %q", homes)
	}
}

// TestMain is also the program that goes on until its input ends.
func TestMain(m *testing.M) {
	if os.Getenv("COLOPHON_WAITS") != "" {
		_, _ = io.Copy(io.Discard, os.Stdin) // to its end, whatever that is
		return
	}
	os.Exit(m.Run())
}

// A server that is left is seen, by its program and not by its name.
func TestRunning(t *testing.T) {
	p := place(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	ours, other := filepath.Join(p.bin, "colophon"), filepath.Join(t.TempDir(), "colophon")
	for _, file := range []string{ours, other} {
		if err := os.WriteFile(file, program, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	start := func(file string) (end func()) {
		c := exec.Command(file)
		c.Env = append(os.Environ(), "COLOPHON_WAITS=1")
		in, err := c.StdinPipe()
		if err == nil {
			err = c.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		return func() {
			in.Close()
			if err := c.Wait(); err != nil {
				t.Error(err)
			}
		}
	}
	defer start(other)()
	if left := p.running(); len(left) > 0 {
		t.Errorf("another's program counts: %q", left)
	}
	end := start(ours)
	if left := p.running(); len(left) != 1 {
		t.Errorf("of one that runs there is %q", left)
	}
	end()
	if left := p.running(); len(left) > 0 {
		t.Errorf("after its end there is %q", left)
	}
}
