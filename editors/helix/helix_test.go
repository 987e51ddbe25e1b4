//go:build editors

package helix_test

import (
	"cmp"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"colophon/editors/desk"
)

// Helix as the README sets it up.
func TestHelix(t *testing.T) {
	hx := cmp.Or(os.Getenv("COLOPHON_HELIX"), "hx")
	languages, err := os.ReadFile("languages.toml")
	if err != nil {
		t.Fatal(err)
	}
	p := desk.Open(t, "helix", `^helix (\d+\.\d+)`, hx, "--version")
	start := func(d *desk.Desk, command string) *desk.Terminal {
		d.Write(filepath.Join(d.Home, ".config", "helix", "languages.toml"), string(languages))
		d.Stage()
		return d.Open("'"+hx+"'", command)
	}
	open := func(d *desk.Desk) *desk.Terminal {
		h := start(d, desk.Commit)
		h.Shows("● 2  1 sel")
		return h
	}
	p.Flow("commit", func(d *desk.Desk) {
		h := open(d)
		h.Keys(":set lsp.display-inlay-hints true", "Enter")
		h.Shows(desk.Counted)
		d.Proves(desk.Hints)
		h.Keys("6", "G")
		h.Shows(desk.Finding)
		d.Proves(desk.Findings)
		h.Keys("Space", "k")
		h.Shows(desk.Sourced)
		d.Proves(desk.Hover)
		h.Keys("Escape")
		h.Hides(desk.Sourced) // what comes too soon after Escape is Alt with a key
		h.Keys("Space", "a")
		h.Shows(desk.Fix)
		h.Keys("Enter")
		h.Hides("● 2  1 sel", desk.Fix)
		h.Shows(desk.Trailer)
		d.Proves(desk.Fixes)
		h.Keys(":wq", "Enter")
		h.Shows("git has ended: 0")
		d.Told()
	})
	p.Flow("completion", func(d *desk.Desk) {
		h := open(d)
		h.Keys("5", "G", "O", "C-x")
		h.Shows(desk.Offer)
		d.Proves(desk.Completion)
		h.Signal(syscall.SIGKILL)
		d.NothingLeft()
	})
	p.Flow("policy file", func(d *desk.Desk) {
		d.StagePolicy()
		h := start(d, desk.OtherYAML)
		h.Shows("projct")
		h.Keys(":o .colophon.yaml", "Enter")
		h.Shows("● 1  1 sel")
		h.Keys("2", "G", "Space", "a")
		h.Shows(desk.PolicyFix)
		h.Keys("Enter")
		h.Hides("● 1  1 sel", desk.PolicyFix)
		h.Shows("project: Example")
		d.Proves(desk.PolicyFile)
		h.Keys(":wqa", "Enter")
		h.Shows("git has ended: 0")
		d.OnlyPolicy()
	})
	p.Ends("", open,
		desk.Typed("quit", ":q", "Enter"),
		desk.Typed("quit with an error", ":cq", "Enter"),
		desk.Ending{Name: "server stopped", Stays: true, Do: func(h *desk.Terminal) { h.Keys(":lsp-stop", "Enter") }},
	)
}
