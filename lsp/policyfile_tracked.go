package lsp

import (
	"context"
	"sync"
	"time"

	"colophon/policy"
)

const (
	// countLimit bounds how long the files of one pattern are counted. A usual
	// pattern takes milliseconds for 100,000 files.
	countLimit = time.Second
	maxCounts  = 2000 // patterns that are kept; while somebody types, each letter makes one
	firstFew   = 5    // files that a hover shows
)

// tracked are the files of a repository, with what was counted of them. The paths
// never change.
type tracked struct {
	paths []string

	mu     sync.Mutex
	counts map[string]counted
}

// counted is how many files a pattern matches, and the first of them.
type counted struct {
	n     int
	first []string
}

// known is what was counted for a pattern before.
func (t *tracked) known(pattern string) (counted, bool) {
	if t == nil {
		return counted{}, false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	c, ok := t.counts[pattern]
	return c, ok
}

// find counts the files of a pattern. It is not ok where that takes too long.
func (t *tracked) find(ctx context.Context, pattern string) (counted, bool) {
	if t == nil {
		return counted{}, false
	}
	if c, ok := t.known(pattern); ok {
		return c, true
	}
	until := time.Now().Add(countLimit)
	found, ok := policy.Matching(pattern, t.paths, func() bool { return ctx.Err() == nil && time.Now().Before(until) })
	if !ok {
		return counted{}, false
	}
	c := counted{n: len(found)}
	c.first = append(c.first, found[:min(len(found), firstFew)]...)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil || len(t.counts) >= maxCounts {
		t.counts = make(map[string]counted)
	}
	t.counts[pattern] = c
	return c, true
}
