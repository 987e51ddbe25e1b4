package main

import (
	"bytes"
	"testing"
)

// On a terminal a number goes on, and goes when something else is said; elsewhere there
// is none.
func TestProgress(t *testing.T) {
	for screen, want := range map[bool]string{true: "\rcolophon: 7 checked \r\x1b[Ksaid\n\rcolophon: 9 checked \r\x1b[K", false: "said\n"} {
		var out bytes.Buffer
		p := &progress{w: &out, screen: screen}
		p.count(7)
		p.count(8) // too soon to be seen
		p.line("said")
		p.last = p.last.Add(-2 * progressEvery)
		p.count(9)
		p.end()
		p.end()
		if out.String() != want {
			t.Errorf("on a terminal: %v: %q, want %q", screen, out.String(), want)
		}
	}
}
