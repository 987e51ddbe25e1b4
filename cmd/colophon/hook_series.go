package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"colophon/diagnostics"
	"colophon/report"
	"colophon/repository"
	"colophon/series"
)

// most is how many findings a hook shows of several commits.
const most = 20

// push is pre-push: git writes what is pushed where to standard input, a line for each
// reference.
func (s *settings) push(c *cobra.Command, remote string) error {
	text, err := io.ReadAll(io.LimitReader(c.InOrStdin(), 16<<20))
	if err != nil {
		return status{exitFailure, err}
	}
	cm, err := s.place(c.Context())
	if err != nil {
		return err
	}
	if cm.Found == nil || cm.Repository == nil {
		return nil
	}
	g := gate{c: c, seen: make(map[string]bool)}
	if g.failOn, err = failOnOf(cm, "error"); err != nil {
		return err
	}
	if _, named := cm.Config.Get("remote." + remote + ".url"); !named {
		remote = "*" // it is an address; whatever any remote has is not new
	}
	heads, before := pushed(text)
	if before, err = cm.Repository.Commits(c.Context(), before); err != nil {
		return seriesError(err)
	}
	for each := range slices.Chunk(heads, together(len(heads))) {
		r := repository.Range{Heads: each, Without: before, NotOn: remote}
		if err := series.Judge(c.Context(), cm, series.Options{Range: r, AI: diagnostics.Statement(s.ai)}, g.add); err != nil {
			return seriesError(err)
		}
	}
	return g.say(`colophon: nothing was pushed; mend the commits, for example with:  git rebase -i
colophon: without this check:  git push --no-verify`)
}

// pushed are the ids that references will have, each once, and those that they have on
// the remote now. One that is deleted has nothing new.
func pushed(text []byte) (heads, before []string) {
	seen := make(map[string]bool)
	for line := range bytes.Lines(text) {
		f := strings.Fields(string(line))
		if len(f) != 4 || strings.Trim(f[1], "0") == "" {
			continue
		}
		if !seen[f[1]] {
			seen[f[1]] = true
			heads = append(heads, f[1])
		}
		if strings.Trim(f[3], "0") != "" {
			before = append(before, f[3])
		}
	}
	return heads, before
}

// together is how many of so many heads are judged at once. Of a few, each may be a
// series; for many, each would have its own gits to wait for.
func together(heads int) int {
	if heads <= 8 {
		return 1
	}
	return heads
}

// send is sendemail-validate.
func (s *settings) send(c *cobra.Command, file string) error {
	cm, err := s.place(c.Context())
	if err != nil || cm.Found == nil {
		return err
	}
	g := gate{c: c, seen: make(map[string]bool)}
	if g.failOn, err = failOnOf(cm, "error"); err != nil {
		return err
	}
	if err := checkMails(c, cm, diagnostics.Statement(s.ai), []string{file}, g.add); err != nil {
		return seriesError(err)
	}
	return g.say("colophon: nothing was sent; mend the patch, or the commit that it comes from\ncolophon: without this check:  git send-email --no-validate")
}

// gate shows what is found in several commits, and refuses where it is too much.
type gate struct {
	c      *cobra.Command
	failOn string
	seen   map[string]bool // commits
	shown  int
	more   int
	failed bool
	text   bytes.Buffer
}

func (g *gate) add(one *report.Commit) error {
	if one.ID != "" && g.seen[one.ID] { // of another reference
		return nil
	}
	g.seen[one.ID] = true
	g.failed = g.failed || one.Reaches(g.failOn)
	if g.shown += len(one.Findings); g.shown > most {
		g.more += len(one.Findings)
		return nil
	}
	w := bufio.NewWriter(&g.text)
	o := forScreen(g.c.ErrOrStderr())
	o.Context = true
	if err := report.NewCommitWriter(w, "text", version, o).Commit(one); err != nil {
		return err
	}
	return w.Flush()
}

func (g *gate) say(goOn string) error {
	if g.more > 0 {
		fmt.Fprintf(&g.text, "colophon: and %d more\n", g.more)
	}
	if g.failed {
		fmt.Fprintln(&g.text, goOn)
	}
	if _, err := g.c.ErrOrStderr().Write(g.text.Bytes()); err != nil {
		return status{exitFailure, err}
	}
	if g.failed {
		return status{code: exitFindings}
	}
	return nil
}
