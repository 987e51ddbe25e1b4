//go:build editors

package vim_test

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"

	"colophon/editors/desk"
)

// Vim with ALE, as the README sets it up: that of Debian 12, and a newer one.
func TestVim(t *testing.T) { prove(t, "vim.nox") }

func TestNewerVim(t *testing.T) {
	prove(t, cmp.Or(os.Getenv("COLOPHON_NEWER_VIM"), "a newer Vim, in COLOPHON_NEWER_VIM,"))
}

func prove(t *testing.T, vim string) {
	plugin, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	p := desk.Open(t, "vim", `(?s)^VIM - Vi IMproved (\d+\.\d+)`, vim, "--version")
	vimrc, err := os.ReadFile("testdata/vimrc")
	if err != nil {
		t.Fatal(err)
	}
	start := func(d *desk.Desk, command string) *desk.Terminal {
		d.Write(filepath.Join(d.Home, ".vimrc"), string(vimrc))
		d.Env = append(d.Env, "COLOPHON_PLUGIN="+plugin)
		d.Stage()
		return d.Open("'"+vim+"'", command)
	}
	open := func(d *desk.Desk) *desk.Terminal {
		v := start(d, desk.Commit)
		v.Shows("2 findings")
		return v
	}

	p.Flow("commit", func(d *desk.Desk) {
		v := open(d)
		v.Type("6G")
		v.Shows(desk.Finding)
		d.Proves(desk.Findings)
		v.Type(":ALEHover\n")
		v.Shows(desk.Sourced)
		d.Proves(desk.Hover)
		v.Type("5GO")
		v.Keys("C-x", "C-o")
		v.Shows(desk.Offer)
		d.Proves(desk.Completion)
		v.Keys("C-e", "Escape")
		v.Hides("-- INSERT", "-- Omni")
		v.Keys("u")
		v.Type("6G\\f")
		v.Choose(desk.Fix)
		v.Shows("0 findings", desk.Trailer)
		d.Proves(desk.Fixes)
		v.Type(":wq\n")
		v.Shows("git has ended: 0")
		d.Told()
	})
	p.Flow("policy file", func(d *desk.Desk) {
		d.StagePolicy()
		v := start(d, desk.OtherYAML)
		v.Shows("projct", "0 findings")
		v.Type(":edit .colophon.yaml\n")
		v.Shows("1 findings")
		v.Type("2G\\f")
		v.Choose(desk.PolicyFix)
		v.Shows("0 findings", "project: Example")
		d.Proves(desk.PolicyFile)
		v.Type(":wq\n")
		v.Shows("git has ended: 0")
		d.OnlyPolicy()
	})
	p.Ends("", open,
		desk.Typed("quit", ":q", "Enter"),
		desk.Typed("quit with an error", ":cq", "Enter"),
		desk.Ending{Name: "pipes closed", Stays: true, Do: func(v *desk.Terminal) {
			v.Type(":call map(job_info(), 'ch_close_in(job_getchannel(v:val))')\n")
		}},
		desk.Ending{Name: "server stopped", Stays: true, Do: func(v *desk.Terminal) { v.Type(":ALEStopAllLSPs\n") }},
	)
}
