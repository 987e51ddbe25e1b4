//go:build editors

package desk

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Result is one run of a flow, one line of JSON in the file of results.
type Result struct {
	Editor  string  `json:"editor"`
	Version string  `json:"version"`
	Flow    string  `json:"flow"`
	Run     int     `json:"run"` // 2 where the first failed
	Seconds float64 `json:"seconds"`
	Failure string  `json:"failure,omitempty"`
	// Proved is what was seen to work in this run.
	Proved []Feature `json:"proved,omitempty"`
}

// Feature is what a person gets in an editor.
type Feature string

// What the table of the editors has a column for.
const (
	Findings   Feature = "findings"
	Fixes      Feature = "fixes"
	Hover      Feature = "hover"
	Completion Feature = "completion"
	Glance     Feature = "glance" // the lens above the subject, or a status line
	Hints      Feature = "hints"
	PolicyFile Feature = "policy file"
	Ends       Feature = "ends" // no way of leaving leaves a server
)

// Features are all of them, in the order of the columns.
var Features = []Feature{Findings, Fixes, Hover, Completion, Glance, Hints, PolicyFile, Ends}

// Proves notes that a feature was seen to work: call it once it was.
func (d *Desk) Proves(features ...Feature) { d.proved = append(d.proved, features...) }

// Flow runs what a person does with the server on record, and once more where it
// fails.
func (p *Place) Flow(name string, do func(*Desk)) { p.flow(name, true, do) }

func (p *Place) flow(name string, traced bool, do func(*Desk)) {
	p.t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
		for run := 1; ; run++ {
			r := Result{Editor: p.editor, Version: p.version, Flow: name, Run: run}
			p.once(t, &r, traced, do)
			said := r.Failure
			r.Failure, _, _ = strings.Cut(said, "\n")
			p.report(t, r)
			switch {
			case said == "":
				return
			case run == 2:
				t.Fatalf("run 2: %s", said)
			}
			t.Logf("run 1: %s", said)
		}
	})
}

// once is one run, in a home and a repository of its own.
func (p *Place) once(t *testing.T, r *Result, traced bool, do func(*Desk)) {
	start := time.Now()
	d := &Desk{}
	defer func() {
		r.Seconds = time.Since(start).Seconds()
		if f := recover(); f != nil {
			said, ok := f.(failure)
			if !ok {
				panic(f)
			}
			r.Failure = string(said)
			d.keep(t, r.Run)
		}
		for _, undo := range d.undo {
			undo()
		}
		if r.Failure == "" {
			r.Proved = d.proved
		}
	}()
	d = newDesk(p, t, traced)
	do(d)
}

// keep saves what tells why a run failed: the screens, and what editor and server
// said to each other.
func (d *Desk) keep(t *testing.T, run int) {
	dir := t.ArtifactDir()
	screens := strings.Join(d.seen, "\n----\n")
	trace, _ := os.ReadFile(d.trace()) // a server that never started has none
	for name, text := range map[string]string{"screens.txt": screens, "trace.jsonl": string(trace)} {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("run%d-%s", run, name)), []byte(text), 0o600); err != nil {
			t.Error(err)
		}
	}
	if d.shot != nil {
		if err := d.shot(filepath.Join(dir, fmt.Sprintf("run%d-screen.png", run))); err != nil {
			t.Logf("no picture of the screen: %v", err)
		}
	}
	t.Logf("kept in %s (go test -artifacts keeps it for good)", dir)
}

func (p *Place) report(t *testing.T, r Result) {
	line, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s", line)
	if p.results == "" {
		return
	}
	f, err := os.OpenFile(p.results, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(append(line, '\n')); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}
