package attribution

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// TraceFile is where the reference implementation of Agent Trace keeps its records, seen
// from the top of the work tree. The specification leaves that open.
const TraceFile = ".agent-trace/traces.jsonl"

// Trace says when a record of Agent Trace was made.
type Trace struct {
	Revision string    // the commit that it names, "" for none; in full
	Time     time.Time // zero: it does not say
}

type traceContributor struct {
	Type  string `json:"type"`
	Model string `json:"model_id"`
}

type traceRecord struct {
	Version string `json:"version"`
	Time    string `json:"timestamp"`
	VCS     *struct {
		Type     string `json:"type"`
		Revision string `json:"revision"`
	} `json:"vcs"`
	Tool *struct {
		Name string `json:"name"`
	} `json:"tool"`
	Files list[traceFile] `json:"files"`
}

type traceFile struct {
	Path          string                  `json:"path"`
	Conversations list[traceConversation] `json:"conversations"`
}

type traceConversation struct {
	Contributor *traceContributor `json:"contributor"`
	Ranges      list[traceRange]  `json:"ranges"`
}

type traceRange struct {
	First       int               `json:"start_line"`
	Last        int               `json:"end_line"`
	Contributor *traceContributor `json:"contributor"`
}

// ReadTraces reads records of Agent Trace, one JSON object a line, and gathers what those
// say that are wanted. Lines are those of the files as they were when a record was made;
// help by AI and by both counts as AI's. Errors are as those of [ReadNote].
//
// Source: Agent Trace 0.1.0, January 2026, and its reference implementation, which writes
// "1.0" for the version.
//
// A line that cannot be read takes nothing from the others: the record comes beside the
// error then, which is that of the first.
func ReadTraces(text []byte, wanted func(Trace) bool) (*Record, error) {
	b := traces{record: &Record{Source: AgentTrace}, at: make(map[string]int)}
	var failed error
	for line := range bytes.Lines(text) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		switch err := b.line(line, wanted); {
		case errors.Is(err, ErrLarge):
			return nil, err
		case failed == nil:
			failed = err
		}
	}
	r := b.record
	for i := range r.Files {
		f := &r.Files[i]
		f.AI = tidy(f.AI)
		f.People = without(tidy(f.People), f.AI)
	}
	r.Files = slices.DeleteFunc(r.Files, func(f File) bool { return len(f.AI)+len(f.People) == 0 })
	return r, failed
}

// traces gathers one record after the other.
type traces struct {
	record *Record
	at     map[string]int // the files in it, by path
	runs   int
}

func (b *traces) line(line []byte, wanted func(Trace) bool) error {
	var t traceRecord
	if err := readJSON(line, &t, "a line"); err != nil {
		return err
	}
	if major, _, _ := strings.Cut(t.Version, "."); major != "0" && major != "1" {
		return fmt.Errorf("%w: version is %s", ErrForeign, strconv.QuoteToASCII(t.Version[:min(len(t.Version), 40)]))
	}
	if t.VCS != nil && t.VCS.Type != "git" || !wanted(t.trace()) {
		return nil
	}
	return b.add(&t)
}

func (b *traces) add(t *traceRecord) error {
	for i := range t.Files {
		file := &t.Files[i]
		if path.Clean(file.Path) != file.Path || path.IsAbs(file.Path) {
			continue
		}
		f, err := b.file(file.Path)
		if err != nil {
			return err
		}
		for _, c := range file.Conversations {
			for _, g := range c.Ranges {
				r := Run{g.First, g.Last}
				if !r.valid() {
					return errNoLines
				}
				if b.runs++; b.runs > maxRuns {
					return ErrLarge
				}
				by := cmp.Or(g.Contributor, c.Contributor, &traceContributor{})
				switch by.Type {
				case "ai", "mixed":
					f.AI = append(f.AI, r)
					b.record.addTool(t.tool(), by.Model[strings.LastIndexByte(by.Model, '/')+1:])
				case "human":
					f.People = append(f.People, r)
				}
			}
		}
	}
	return nil
}

// file is what the record has of a path.
func (b *traces) file(path string) (*File, error) {
	i, ok := b.at[path]
	if !ok {
		if i = len(b.record.Files); i == maxFiles {
			return nil, ErrLarge
		}
		b.at[path] = i
		b.record.Files = append(b.record.Files, File{Path: path})
	}
	return &b.record.Files[i], nil
}

func (t *traceRecord) trace() (when Trace) {
	if t.VCS != nil {
		when.Revision = t.VCS.Revision
	}
	when.Time, _ = time.Parse(time.RFC3339, t.Time)
	return when
}

func (t *traceRecord) tool() string {
	if t.Tool == nil {
		return ""
	}
	return t.Tool.Name
}
