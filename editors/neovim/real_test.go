//go:build editors

package neovim_test

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"colophon/editors/desk"
)

// Neovim as the README sets it up, in each version that COLOPHON_NVIMS names.
func TestVersions(t *testing.T) {
	for _, nvim := range filepath.SplitList(cmp.Or(os.Getenv("COLOPHON_NVIMS"), "nvim")) {
		t.Run(filepath.Base(nvim), func(t *testing.T) { version(t, nvim) })
	}
}

const (
	setUp   = "require('colophon').setup()"
	enable  = "vim.lsp.enable('colophon')"
	silence = "require('colophon').setup({ settings = { colophon = { lens = false, hints = false } } })"

	glance = "AI: seen in Co-Authored-By, not declared | 1 line, AI limit 9 | QEMU (proposed)"
	hint   = "tests/y.c test, left out"
)

var names = map[string]string{setUp: "setup", enable: "vim.lsp.enable"}

func version(t *testing.T, nvim string) {
	p := desk.Open(t, "neovim", `^NVIM v(\d+\.\d+)`, nvim, "--version")
	plugin, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	init, err := os.ReadFile("testdata/init.lua")
	if err != nil {
		t.Fatal(err)
	}
	setups := []string{setUp}
	if newerThan(t, nvim, 11) {
		setups = []string{enable, setUp}
	}
	hints := newerThan(t, nvim, 10)

	start := func(d *desk.Desk, setup, command string) *desk.Terminal {
		d.Write(filepath.Join(d.Home, ".config", "nvim", "init.lua"), string(init))
		d.Env = append(d.Env, "COLOPHON_PLUGIN="+plugin, "COLOPHON_SETUP="+setup)
		d.Stage()
		return d.Open("'"+nvim+"'", command)
	}
	// A key of Neovim's own, or the function where it is older.
	press := func(v *desk.Terminal, since int, keys, function string) {
		if newerThan(t, nvim, since) {
			v.Keys(strings.Fields(keys)...)
		} else {
			v.Type(":lua vim." + function + "()\n")
		}
	}
	sees := func(d *desk.Desk, v *desk.Terminal) {
		v.Shows("2 findings", glance)
		d.Proves(desk.Glance)
		if hints {
			v.Shows("hw/net/x.c code, 1 line", hint)
			d.Proves(desk.Hints)
		}
	}
	mends := func(d *desk.Desk, v *desk.Terminal) {
		v.Type("6G")
		press(v, 11, "g r a", "lsp.buf.code_action")
		v.Choose(desk.Fix)
		v.Shows("AI: declared for code, tests | 1 line")
		v.Hides("2 findings")
		d.Proves(desk.Findings, desk.Fixes)
		v.Type(":wq\n")
	}

	for _, setup := range setups {
		p.Flow("commit: "+names[setup], func(d *desk.Desk) {
			v := start(d, setup, desk.Commit)
			sees(d, v)
			v.Type("6G")
			press(v, 10, "C-w d", "diagnostic.open_float")
			v.Shows("and leave the tool out", "to say where; add it")
			press(v, 10, "K", "lsp.buf.hover")
			v.Shows(desk.Sourced)
			d.Proves(desk.Hover)
			v.Type("5GO")
			v.Keys("C-x", "C-o")
			v.Shows(desk.Offer)
			d.Proves(desk.Completion)
			v.Keys("C-e", "Escape")
			v.Hides("-- INSERT", "-- Omni")
			v.Keys("u")
			mends(d, v)
			v.Shows("git has ended: 0")
			d.Told()
		})
	}
	p.Flow("policy file", func(d *desk.Desk) {
		d.StagePolicy()
		v := start(d, setups[0], desk.OtherYAML)
		v.Shows("projct", "0 findings")
		v.Type(":edit .colophon.yaml\n")
		v.Shows("1 findings")
		v.Type("2G")
		press(v, 11, "g r a", "lsp.buf.code_action")
		v.Choose(desk.PolicyFix)
		v.Shows("0 findings")
		v.Type(":wq\n")
		v.Shows("git has ended: 0")
		d.OnlyPolicy()
		d.Proves(desk.PolicyFile)
	})
	p.Flow("text of a pull request", func(d *desk.Desk) {
		d.StageRequest()
		v := start(d, setups[0], desk.Request)
		d.Git("config", "colophon.policy", "numpy") // and not the story's
		v.Shows("1 findings")
		v.Type("5G")
		press(v, 11, "g r a", "lsp.buf.code_action")
		v.Choose(desk.RequestFix)
		v.Shows("0 findings")
		v.Type(":w\n:edit $TMPDIR/notes.md\n")
		v.Shows("notes.md", "PR summary")
		v.Type(":qa\n")
		v.Shows("git has ended: 0")
		d.Requested()
	})
	p.Flow("finding one's way", func(d *desk.Desk) {
		v := start(d, setups[0], desk.Commit)
		sees(d, v)
		press(v, 10, "] d C-w d", "diagnostic.goto_next") // the older one shows it by itself
		v.Shows("and leave the tool out")
		v.Type("1G:Colophon\n")
		v.Shows("AI may help when it is disclosed with AI-used-for")
		v.Type("2G/y.c\n")
		press(v, 8, "C-]", "lsp.buf.definition")
		v.Shows("int b;")
		v.Keys("C-o")
		v.Hides("int b;")
		press(v, 11, "g O", "lsp.buf.document_symbol")
		v.Shows("[Property] Signed-off-by")
	})
	p.Flow("settings and a status line", func(d *desk.Desk) {
		v := start(d, silence, desk.Commit)
		v.Shows("2 findings", "tests/y.c")
		v.Hides(glance, hint)
		v.Type(":set statusline=%{get(b:,'colophon_status','')}\n")
		v.Shows(glance)
		v.Hides(hint)
		v.Type(":cq\n")
		v.Shows("git has ended: 1")
	})
	p.Flow("git in Neovim's terminal", func(d *desk.Desk) {
		v := start(d, setups[0], `"$GIT_EDITOR" -c 'terminal `+desk.Commit+`' -c startinsert`)
		sees(d, v)
		mends(d, v)
		v.Shows("[Process exited 0]")
		v.Keys("Enter")
		v.Type(":qa\n")
		v.Shows("git has ended: 0")
		d.Told()
	})
	p.Flow("Fugitive", func(d *desk.Desk) {
		v := start(d, setups[0], `"$GIT_EDITOR"`)
		v.Shows("0 findings")
		v.Type(":Git" + strings.TrimPrefix(desk.Commit, "git") + "\n")
		v.Shows("2 findings")
		v.Keys("C-w", "_") // room for all of it
		sees(d, v)
		mends(d, v)
		v.Shows("2 files changed, 2 insertions(+)") // Fugitive takes keys while git runs
		v.Close()
		d.Told()
	})
	p.Flow("lazygit", func(d *desk.Desk) {
		d.Write(filepath.Join(d.Home, ".config", "lazygit", "config.yml"), "disableStartupPopups: true\n")
		d.Git("config", "commit.template", ".git/given")
		v := start(d, setups[0], "git add -A; '"+cmp.Or(os.Getenv("COLOPHON_LAZYGIT"), "lazygit")+"'")
		v.Shows("x.c", "y.c")
		v.Keys("C")
		sees(d, v)
		mends(d, v)
		d.Committed()
		v.Shows("Press enter to return to lazygit")
		v.Keys("Enter")
		v.Shows("Files")
		v.Keys("q")
		v.Shows("git has ended: 0")
		d.Told()
	})
	for _, setup := range setups {
		open := func(d *desk.Desk) *desk.Terminal {
			v := start(d, setup, desk.Commit)
			v.Shows("2 findings", glance)
			return v
		}
		ending := func(name, typed string) desk.Ending {
			return desk.Ending{Name: name, Do: func(v *desk.Terminal) {
				v.Type(typed + "\n")
				v.Shows("git has ended:")
			}}
		}
		// Without its server the editor goes on, as far as the commit.
		without := func(name, lua string) desk.Ending {
			e := ending("", ":wq")
			return desk.Ending{Name: name, Do: func(v *desk.Terminal) {
				v.Type(":lua " + lua + "\n")
				v.NothingLeft()
				e.Do(v)
			}}
		}
		stop := "vim.lsp.stop_client((vim.lsp.get_clients or vim.lsp.get_active_clients)())"
		if setup == enable {
			stop = "vim.lsp.enable('colophon', false)"
		}
		p.Ends(names[setup], open,
			ending("quit", ":q!"),
			ending("quit with an error", ":cq"),
			desk.Typed("core killed", ":lua vim.loop.kill(vim.fn.getpid(), 'sigkill')", "Enter"), // from 0.10 on not what has the terminal
			without("server stopped", stop),
			without("server killed", "for _, pid in ipairs(vim.api.nvim_get_proc_children(vim.fn.getpid())) do vim.loop.kill(pid, 'sigkill') end"),
			without("pipes closed", "for _, pipe in ipairs(pipes) do if not pipe:is_closing() then pipe:close() end end"),
		)
	}
}
