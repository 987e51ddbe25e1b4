package series

import (
	"slices"
	"strings"

	"colophon/commit"
	"colophon/diagnostics"
	"colophon/report"
)

// What is sent together is held back until all of it is judged: only then is it known
// whether many small fixes are one large one. Both bounds are far above what people
// send; beyond them nothing is held.
const (
	mostHeld  = 100      // commits of a range; more are history, and no series
	mostBytes = 16 << 20 // as weight has it
)

// weight is about how many bytes a commit takes while it is held, of what grows with its
// message and its files.
func weight(one *report.Commit) int {
	n := len(one.Message.Text) + 256*len(one.Files) + len(one.ID) + len(one.Author.Name) + len(one.Author.Email)
	if one.LineOf != nil {
		n += 4 * strings.Count(one.Message.Text, "\n")
	}
	for _, e := range one.View.Evidence {
		n += 128 + len(e.Text)
	}
	for _, f := range one.Findings {
		n += 256 + len(f.Message) + 128*len(f.Related)
		for _, fix := range f.Fixes {
			n += 128 + len(fix.Title)
			for _, e := range fix.Edits {
				n += 64 + len(e.Text)
			}
		}
	}
	return n
}

// group is the small fixes of a series that AI helped with, in the order in which they
// came.
type group struct {
	members []diagnostics.Member
	commits []*report.Commit
}

func (g *group) add(one *report.Commit) {
	if !one.Small || one.Lines == 0 {
		return
	}
	m := diagnostics.Member{Name: one.File, Subject: one.Subject, Span: one.Message.Subject, Author: one.Author, Lines: one.Lines}
	if one.LineOf != nil {
		m.Line = one.LineOf(1)
	}
	g.members, g.commits = append(g.members, m), append(g.commits, one)
}

// judge gives the commits the findings about the series.
func (g *group) judge(c *commit.Commit) {
	for _, f := range diagnostics.CheckSeries(c.Policy(), c.Prefers, g.members) {
		if one := g.commits[f.Member]; f.Severity != diagnostics.Hint {
			one.Findings = append(one.Findings, f.Finding)
			slices.SortStableFunc(one.Findings, func(a, b diagnostics.Finding) int { return a.Span.Start - b.Span.Start })
		}
	}
}

// held holds the commits of a range back while they may be a series.
type held struct {
	commit *commit.Commit
	each   func(*report.Commit) error
	queue  []*report.Commit
	bytes  int
	off    bool // it is none, or no more
}

func (h *held) add(one *report.Commit) error {
	if h.off {
		return h.each(one)
	}
	h.queue = append(h.queue, one)
	if h.bytes += weight(one); len(h.queue) > mostHeld || h.bytes > mostBytes {
		h.off = true
		return h.release()
	}
	return nil
}

// end judges the series, newest first as git lists it, and hands it on.
func (h *held) end() error {
	var g group
	for _, one := range slices.Backward(h.queue) {
		g.add(one)
	}
	g.judge(h.commit)
	return h.release()
}

func (h *held) release() error {
	queue := h.queue
	h.queue = nil
	for _, one := range queue {
		if err := h.each(one); err != nil {
			return err
		}
	}
	return nil
}
