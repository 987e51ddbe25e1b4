//go:build editors

package emacs_test

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"

	"colophon/editors/desk"
)

// flavour is a client, and the mode in which a message opens.
type flavour struct {
	name   string
	init   string   // further lines of the init file
	opened []string // is on the screen when the findings are there
	hover  string   // commands
	fix    string
	asks   string // how it asks which action
	fixed  string // is on the screen when nothing is left to find
	save   []string
	sees   map[desk.Feature]string // what else it shows of the commit
	stop   string                  // ends the server from inside; without it, another flavour has shown how the client ends it
	close  string                  // closes its pipe
}

const (
	gitCommit = "(require 'git-commit)\n(global-git-commit-mode 1)\n"
	lspMode   = "(setq lsp-lens-enable t lsp-auto-guess-root t lsp-auto-execute-action nil lsp-diagnostics-provider :flymake)\n(require 'lsp-mode)\n"
)

var flavours = []flavour{{
	name:   "eglot",
	opened: []string{"(Commit", "[2 0]", "[eglot:"},
	hover:  "eldoc-doc-buffer", fix: "eglot-code-actions", asks: "Pick an action", fixed: "[0 0]",
	save: []string{"C-x", "C-s", "C-x", "C-c"},
	stop: "(eglot-shutdown (eglot-current-server))",
	// It would start the server again.
	close: "(progn (setq eglot-autoreconnect nil) (process-send-eof (jsonrpc--process (eglot-current-server))))",
}, {
	name: "eglot, git-commit-mode", init: gitCommit,
	opened: []string{"(Commit", " WE ", "[2 0]", "[eglot:"},
	hover:  "eldoc-doc-buffer", fix: "eglot-code-actions", asks: "Pick an action", fixed: "[0 0]",
	save: []string{"C-c", "C-c", "C-x", "C-c"},
}, {
	name: "lsp-mode", init: lspMode,
	opened: []string{"(Commit", "[2 0]", "LSP[colophon:"},
	hover:  "lsp-describe-thing-at-point", fix: "lsp-execute-code-action", asks: "Select code action", fixed: "[0 0]",
	save: []string{"C-x", "C-s", "C-x", "C-c"},
	sees: map[desk.Feature]string{desk.Glance: desk.Facts},
	stop: "(lsp-workspace-shutdown (car (lsp-workspaces)))",
}, {
	name: "lsp-mode, git-commit-mode", init: gitCommit + lspMode,
	opened: []string{"(Commit", " WE ", "[2 0]", "LSP[colophon:"},
	hover:  "lsp-describe-thing-at-point", fix: "lsp-execute-code-action", asks: "Select code action", fixed: "[0 0]",
	save: []string{"C-c", "C-c", "C-x", "C-c"},
}}

// TestEmacs has Emacs as the README sets it up, with each of the flavours.
func TestEmacs(t *testing.T) {
	p, setUp := place(t, emacs())
	for _, f := range flavours {
		prove(p, emacs(), setUp, f)
	}
	p.Flow("commit: Magit, eglot", func(d *desk.Desk) {
		f := flavours[1]
		f.save = []string{"C-c", "C-c"}
		setUp(d, flavour{init: "(require 'magit)\n(setq confirm-kill-processes nil)\n"})
		d.Git("config", "commit.template", ".git/given")
		d.Git("add", "-A") // here Emacs asks git, and no editor is told of an index
		e := d.Open("false", "'"+emacs()+"' -nw")
		e.Shows("*scratch*")
		e.Keys("M-x", "magit-commit-create", "Enter")
		e.Shows(f.opened...)
		commit(e, f)
		d.Committed()
		e.Shows("*scratch*") // Magit puts the windows back when git has ended
		e.Keys("C-x", "C-c")
		e.Shows("git has ended: 0")
		d.Told()
	})
}

// TestNewerEmacs has one that brings Eglot along, and no other package.
func TestNewerEmacs(t *testing.T) {
	newer := cmp.Or(os.Getenv("COLOPHON_NEWER_EMACS"), "a newer Emacs, in COLOPHON_NEWER_EMACS,")
	p, setUp := place(t, newer)
	f := flavours[0]
	f.sees = map[desk.Feature]string{desk.Hints: desk.Counted}
	prove(p, newer, setUp, f)
}

func emacs() string { return cmp.Or(os.Getenv("COLOPHON_EMACS"), "emacs") }

// place also gives what makes a desk ready for a flavour.
func place(t *testing.T, emacs string) (*desk.Place, func(*desk.Desk, flavour)) {
	plugin, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	init, err := os.ReadFile("testdata/init.el")
	if err != nil {
		t.Fatal(err)
	}
	p := desk.Open(t, "emacs", `^GNU Emacs (\d+\.\d+)`, emacs, "--version")
	setUp := func(d *desk.Desk, f flavour) {
		d.Write(filepath.Join(d.Home, ".emacs.d", "init.el"), f.init+string(init))
		// Every home is new: what would be compiled in it is never used again.
		d.Write(filepath.Join(d.Home, ".emacs.d", "early-init.el"), "(setq native-comp-deferred-compilation nil native-comp-jit-compilation nil)\n")
		d.Env = append(d.Env, "COLOPHON_PLUGIN="+plugin)
		d.Stage()
	}
	return p, setUp
}

// prove is the story, and the ways of leaving where they are this flavour's own.
func prove(p *desk.Place, emacs string, setUp func(*desk.Desk, flavour), f flavour) {
	open := func(d *desk.Desk) *desk.Terminal {
		setUp(d, f)
		e := d.Open("'"+emacs+"' -nw", desk.Commit)
		e.Shows(f.opened...)
		return e
	}
	p.Flow("commit: "+f.name, func(d *desk.Desk) {
		e := open(d)
		commit(e, f)
		e.Shows("git has ended: 0")
		d.Told()
	})
	if f.stop == "" {
		return
	}
	p.Flow("policy file: "+f.name, func(d *desk.Desk) {
		setUp(d, f)
		d.StagePolicy()
		e := d.Open("'"+emacs+"' -nw", desk.OtherYAML)
		e.Shows("other.yaml", "projct")
		e.Keys("C-x", "C-f", "C-a", "C-k", d.Repo+"/.colophon.yaml", "Enter")
		e.Shows("(Policy", f.opened[len(f.opened)-1])
		e.Keys("M-g", "g", "2", "Enter") // Flymake looks after the next command
		e.Shows("[1 0]")
		fix(e, f, desk.PolicyFix, "project: Example")
		d.Proves(desk.PolicyFile)
		e.Keys("C-x", "C-s", "C-x", "C-c")
		e.Shows("git has ended: 0")
		d.OnlyPolicy()
	})
	own := []desk.Ending{
		desk.Typed("quit", "C-x", "C-c"),
		desk.Typed("quit with an error", "M-:", "(kill-emacs 1)", "Enter"),
		{Name: "server stopped", Stays: true, Do: func(e *desk.Terminal) { e.Keys("M-:", f.stop, "Enter") }},
	}
	if f.close != "" {
		own = append(own, desk.Ending{Name: "pipes closed", Stays: true, Do: func(e *desk.Terminal) { e.Keys("M-:", f.close, "Enter") }})
	}
	p.Ends(f.name, open, own...)
}

// commit is the story in Emacs.
func commit(e *desk.Terminal, f flavour) {
	for feature, text := range f.sees {
		e.Shows(text)
		e.Proves(feature)
	}
	e.Keys("M-g", "g", "5", "Enter", "C-o", "C-M-i")
	e.Shows("*Completions*", desk.Offer)
	e.Proves(desk.Completion)
	e.Keys("C-g") // which throws away what is typed ahead
	e.Shows("Quit")
	e.Keys("C-d", "C-x", "1")
	e.Keys("M-g", "g", "6", "Enter")
	e.Shows("does not take Co-authored-by with an AI in it")
	e.Keys("M-x", f.hover, "Enter")
	e.Shows(desk.Sourced)
	e.Proves(desk.Hover)
	e.Keys("C-x", "1", "M-x", "colophon-explain", "Enter")
	e.Shows("*colophon*", "Found by: git config colophon.policy")
	e.Keys("C-x", "1", "M-x", "flymake-show-buffer-diagnostics", "Enter")
	e.Shows(desk.Finding)
	e.Proves(desk.Findings)
	e.Keys("C-x", "1")
	fix(e, f, desk.Fix, desk.Trailer)
	e.Proves(desk.Fixes)
	e.Keys(f.save...)
}

// fix applies an action by its title, after which a text is there and nothing is
// left to find.
func fix(e *desk.Terminal, f flavour, title, text string) {
	e.Keys("M-x", f.fix, "Enter")
	e.Shows(f.asks)
	e.Keys(title, "Enter")
	e.Shows(f.fixed, text)
}
