// Package attribution reads what AI tools note of who wrote which lines: git-ai's notes
// and working log, and Agent Trace.
//
// It is pure: whoever has the records hands over their bytes. They come from anybody, so
// all that is kept is bounded, and a record that is not whole is an error and says
// nothing.
package attribution

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Source is a kind of record, by the name that people know it by.
type Source string

// The sources.
const (
	GitAI      Source = "git-ai"
	AgentTrace Source = "Agent Trace"
)

// Record is what one source notes of one commit.
type Record struct {
	Source Source
	Tools  []Tool // those that wrote something, each once
	Files  []File // each path once
}

// Tool is an AI tool as a record names it. Either part may be empty.
type Tool struct{ Name, Model string }

// File is what a record notes of one file. Lines that it does not name were written by
// nobody knows whom.
type File struct {
	Path   string // relative to the top of the work tree, with slashes
	AI     []Run  // lines that a tool wrote or that it and a person did, in order and apart
	People []Run  // other lines that a person is known to have written, in order and apart
	// Text is the SHA-256 of the text whose lines these are, in hexadecimal digits; ""
	// where the record does not say.
	Text string
	// Unplaced says that AI wrote something here, but it is not known where that is in
	// the text that matters.
	Unplaced bool
}

// Run is lines of a text, from 1; both are part of it.
type Run struct{ First, Last int }

func (r Run) valid() bool { return 1 <= r.First && r.First <= r.Last && r.Last <= math.MaxInt32 }

// Bounds of what is kept of one record. They are far above any real commit.
const (
	maxFiles = 100_000
	maxRuns  = 1_000_000
	maxTools = 64
	maxName  = 200 // bytes of a tool's or a model's name
)

// Why a record says nothing. All errors of this package are one of these, with details.
var (
	ErrBroken  = errors.New("not whole")
	ErrForeign = errors.New("of a form that is not known here")
	ErrLarge   = errors.New("too large")
)

var errNoLines = fmt.Errorf("%w: lines are no numbers", ErrBroken)

// Has tells whether the record speaks of AI in a file.
func (r *Record) Has(path string) bool { return r.file(path) >= 0 }

func (r *Record) file(path string) int {
	return slices.IndexFunc(r.Files, func(f File) bool { return f.Path == path && (len(f.AI) > 0 || f.Unplaced) })
}

// addTool notes a tool, once. Names that are no names are left out: they go into texts.
func (r *Record) addTool(name, model string) {
	t := Tool{shown(name), shown(model)}
	if t == (Tool{}) || slices.Contains(r.Tools, t) || len(r.Tools) == maxTools {
		return
	}
	r.Tools = append(r.Tools, t)
}

// shown is a name that can be shown; "" for anything else.
func shown(name string) string {
	name = strings.TrimSpace(name)
	if len(name) > maxName || name == "unknown" || name == "default" {
		return ""
	}
	for _, c := range name {
		if !unicode.IsPrint(c) || c == utf8.RuneError || c == '<' || c == '>' {
			return ""
		}
	}
	return name
}

// tidy sorts runs and joins those that touch.
func tidy(runs []Run) []Run {
	slices.SortFunc(runs, func(a, b Run) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last)) })
	kept := runs[:0]
	for _, r := range runs {
		if n := len(kept) - 1; n >= 0 && r.First <= kept[n].Last+1 {
			kept[n].Last = max(kept[n].Last, r.Last)
		} else {
			kept = append(kept, r)
		}
	}
	return kept
}

// without takes lines out of others; both are tidy.
func without(runs, gone []Run) (left []Run) {
	for _, r := range runs {
		for len(gone) > 0 && gone[0].Last < r.First {
			gone = gone[1:]
		}
		for _, g := range gone {
			if g.First > r.Last {
				break
			}
			if g.First > r.First {
				left = append(left, Run{r.First, g.First - 1})
			}
			r.First = g.Last + 1
		}
		if r.First <= r.Last {
			left = append(left, r)
		}
	}
	return left
}

// Common calls each with the lines that are in both; both are tidy.
func Common(a, b []Run, each func(Run)) {
	for len(a) > 0 && len(b) > 0 {
		if both := (Run{max(a[0].First, b[0].First), min(a[0].Last, b[0].Last)}); both.First <= both.Last {
			each(both)
		}
		if a[0].Last < b[0].Last {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
}

// Join is what two records of one source say together.
func Join(a, b Record) Record {
	if len(a.Files) == 0 {
		return b
	}
	for _, t := range b.Tools {
		a.addTool(t.Name, t.Model)
	}
	at := make(map[string]int, len(a.Files))
	a.Files = slices.Clone(a.Files)
	for i, f := range a.Files {
		at[f.Path] = i
	}
	for _, f := range b.Files {
		i, ok := at[f.Path]
		if !ok {
			a.Files = append(a.Files, f)
			continue
		}
		g := &a.Files[i]
		g.AI = tidy(slices.Concat(g.AI, f.AI))
		g.People = without(tidy(slices.Concat(g.People, f.People)), g.AI)
		g.Unplaced = g.Unplaced || f.Unplaced
	}
	return a
}
