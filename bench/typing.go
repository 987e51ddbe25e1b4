package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

const verboseSize = 1 << 20

// typing measures from a didChange to the diagnostics for it, over real pipes,
// while it is known what is staged. Each keystroke is followed by the same frame
// through the echo process.
func typing(ctx context.Context, b *bench) error {
	repo, err := b.large(ctx)
	if err != nil {
		return err
	}
	for _, m := range []struct {
		what, text         string
		all                bool          // every feature is asked for after each keystroke
		median, percentile time.Duration // budgets; 0 is none
	}{
		{"3 kB, AI use declared", declared, false, 300 * time.Microsecond, 2 * time.Millisecond},
		{"3 kB, not declared", undeclared, false, 300 * time.Microsecond, 2 * time.Millisecond},
		{"3 kB, every feature on", undeclared, true, 300 * time.Microsecond, 2 * time.Millisecond},
		{"1 MB verbose, declared", verbose(declared, repo.diff, verboseSize), false, 0, 15 * time.Millisecond},
		{"1 MB verbose, not declared", verbose(undeclared, repo.diff, verboseSize), false, 0, 15 * time.Millisecond},
		{"1 MB verbose, every feature on", verbose(undeclared, repo.diff, verboseSize), true, 0, 15 * time.Millisecond},
	} {
		server, echoed, err := typeInto(ctx, b, repo, m.text, b.edits, m.all)
		if err != nil {
			return err
		}
		b.table.add(typingRow(m.what+", p50", server.at(0.5), echoed.at(0.5), m.median))
		b.table.add(typingRow(m.what+", p99", server.at(0.99), echoed.at(0.99), m.percentile))
	}
	return nil
}

func typingRow(what string, took, echoed, budget time.Duration) row {
	r := row{what: "didChange → diagnostics, " + what, measured: ms(took), beside: fmt.Sprintf("%.1f × echo of %s", ratio(took, echoed), ms(echoed))}
	if budget > 0 {
		r.budget, r.share = "≤ "+ms(budget), ratio(took, budget)
	}
	return r
}

// typeInto opens a message, waits until it is known what is staged, and types.
func typeInto(ctx context.Context, b *bench, repo *repository, text string, edits int, all bool) (server, echoed times, err error) {
	c, err := startServer(ctx, b)
	if err != nil {
		return nil, nil, err
	}
	c.all = all
	if err := settle(c, repo, text); err != nil {
		return nil, nil, c.abandon(err)
	}
	e, err := startEcho(ctx)
	if err != nil {
		return nil, nil, c.abandon(err)
	}
	defer e.abandon(nil)
	if server, echoed, err = strokes(c, e, repo, text, edits); err != nil {
		return nil, nil, c.abandon(err)
	}
	return server, echoed, c.stop()
}

// settle opens a message and waits for the diagnostics that know what is staged.
func settle(c *client, repo *repository, text string) error {
	if err := c.initialize(); err != nil {
		return err
	}
	if err := c.open(repo.message, text); err != nil {
		return err
	}
	_, err := c.await(func(a *answer) bool { return a.publishes(1) && a.full() })
	return err
}

// strokes types and measures. A nil echo is left out.
func strokes(c, e *client, repo *repository, text string, edits int) (server, echoed times, err error) {
	const warmUp = 20
	t := newTypist(text)
	for i := range warmUp + edits {
		version := i + 2 // opened with 1
		params := t.stroke(repo.message, version)
		begin := time.Now()
		if err := c.send("textDocument/didChange", nil, params); err != nil {
			return nil, nil, err
		}
		end, err := c.shown(repo.message, version)
		if err != nil {
			return nil, nil, err
		}
		var back time.Duration
		if e != nil {
			began := time.Now()
			if err := e.again(c.frame); err != nil {
				return nil, nil, fmt.Errorf("echo: %w", err)
			}
			back = time.Since(began)
		}
		if i >= warmUp {
			server, echoed = append(server, end.Sub(begin)), append(echoed, back)
		}
	}
	return server, echoed, nil
}

// shown waits for the diagnostics of a version, and asks for all that the client wants.
func (c *client) shown(path string, version int) (time.Time, error) {
	if !c.all {
		return c.await(func(a *answer) bool { return a.publishes(version) })
	}
	if err := c.askAll(path); err != nil {
		return time.Time{}, err
	}
	return c.awaitAll(version)
}

// typist writes a few words at one place of a message and takes them back, then
// at the next: subject, body, a trailer, and the first line below the trailers.
type typist struct {
	places []place
	done   int // strokes so far
}

type place struct{ line, column int }

const words = "and the guest sees it"

func newTypist(text string) *typist {
	var t typist
	for i, line := range strings.SplitN(text, "\n", 60) {
		switch {
		case i == 0, i == 9, strings.HasPrefix(line, "AI-used-for"), strings.HasPrefix(line, "Signed-off-by"):
			t.places = append(t.places, place{i, len(line)}) // ASCII, so a byte is a unit
		}
	}
	return &t
}

// stroke is the params of the next didChange: one letter more, or one less.
func (t *typist) stroke(path string, version int) []byte {
	at := t.places[t.done/(2*len(words))%len(t.places)]
	n := t.done % (2 * len(words))
	t.done++
	start, end, text := at.column+n, at.column+n, words[n%len(words):n%len(words)+1]
	if n >= len(words) {
		end = at.column + 2*len(words) - n
		start, text = end-1, ""
	}
	quoted, _ := json.Marshal(text) // a letter or nothing
	return fmt.Appendf(nil, `{"textDocument":{"uri":%q,"version":%d},"contentChanges":[{"range":{"start":{"line":%d,"character":%d},"end":{"line":%d,"character":%d}},"text":%s}]}`,
		fileURI(path), version, at.line, start, at.line, end, quoted)
}
