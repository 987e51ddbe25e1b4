package neovim_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// :checkhealth colophon says what is there, and what is missing with the way to it.
// The help can be found.
func TestHealth(t *testing.T) {
	nvim, server := findNeovim(t), buildServer(t)
	d := newPerson(t, nvim, server)
	check := func(setup string, more ...string) string {
		file := filepath.Join(t.TempDir(), "health")
		args := append([]string{"--headless", "-i", "NONE", "-n", "-u", "NONE", "--cmd", "set runtimepath+=" + d.plugin, "-c", "lua " + setup}, more...)
		run := exec.Command(nvim, append(args, "-c", "checkhealth colophon", "-c", "silent write! "+file, "-c", "qa!")...)
		run.Dir, run.Env = d.repo, d.env
		if out, err := run.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(strings.Fields(string(text)), " ")
	}
	for _, tt := range []struct {
		setup string
		says  []string
	}{
		{"require('colophon').setup()", []string{server + ": colophon ", "no server runs"}},
		{"require('colophon').setup({ cmd = { 'no-such-colophon', 'lsp' } })", []string{"no-such-colophon cannot be run", "put bin/colophon on your PATH", "no server runs"}},
	} {
		got := check(tt.setup)
		for _, want := range tt.says {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is not in it:\n%s", tt.setup, want, got)
			}
		}
	}
	tags := t.TempDir()
	help, err := os.ReadFile(filepath.Join(d.plugin, "doc", "colophon.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(tags, "colophon.txt"), help, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(nvim, "--headless", "-u", "NONE", "-c", "helptags "+tags, "-c", "qa!").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	made, err := os.ReadFile(filepath.Join(tags, "tags"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range []string{":Colophon", "colophon-health", "colophon-settings", "colophon-setup", "colophon-status"} {
		if !strings.Contains(string(made), tag+"\t") {
			t.Errorf("the help has no tag %s", tag)
		}
	}
}
