package neovim_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// What other programs open, each with its own file type, in the folder where the program
// starts the editor. What is staged has nothing to do with it.
func TestOtherPrograms(t *testing.T) {
	nvim, server := findNeovim(t), buildServer(t)
	const bad = "net: x\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n"
	const good = "net: x\n\nAI-used-for: code\n"
	for _, c := range []struct {
		file, filetype string
		head, tail     string
		git            bool
		line           int
	}{
		{"tmp/editor-143F1D.jjdescription", "jjdescription", "", jo + "\nJJ: Change ID: stnpnomu\nJJ: Lines are removed.\n", true, 2},
		{"tmp/hg-editor-a1b2c3d4.commit.hg.txt", "hgcommit", "", jo + "\nHG: Enter it.\nHG: --\nHG: added tests/x.c\n", false, 2},
		{"repo/.sl/edit-tmp/sl-editor-a1b2c3d4.commit.sl.txt", "hgcommit", "", jo + "\nSL: Enter it.\n", false, 2},
		{"repo/.stgit-edit.txt", "stgedit", "Patch:  x\nAuthor: Jo <jo@e.org>\nDate:   2026-11-27 14:20:17 +0000\n\n", jo + "\n# Please enter it.\n", true, 6},
	} {
		t.Run(c.filetype+" "+filepath.Base(c.file), func(t *testing.T) {
			d := newPerson(t, nvim, server)
			dir := filepath.Dir(d.repo)
			if c.git {
				d.stage(session{staged: []string{"tests/x.c"}})
			} else if err := os.RemoveAll(filepath.Join(d.repo, ".git")); err != nil {
				t.Fatal(err)
			}
			d.write(".colophon.yaml", "version: 1\nproject: Example\nextends: qemu-2026-09\n")
			if !c.git {
				d.write(".hg/requires", "") // as far as anybody looks
			}
			file := filepath.Join(dir, filepath.FromSlash(c.file))
			if rest, ok := strings.CutPrefix(c.file, "repo/"); ok {
				file = filepath.Join(d.repo, rest)
			}
			if err := os.MkdirAll(filepath.Join(dir, "tmp"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(c.head+bad+c.tail), 0o600); err != nil {
				t.Fatal(err)
			}
			at := strconv.Itoa(c.line) + ":0-46 error "
			s := session{git: []string{"none"}, steps: []step{see(at+"disclosure-missing", at+"trailer-forbidden"), fix(c.line, "Replace this `Co-Authored-By` by `AI-used-for: code`"), see()}}
			steps, err := json.Marshal(s.steps)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(d.log+".steps", steps, 0o600); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			editor := exec.CommandContext(ctx, nvim, "--headless", "-i", "NONE", "-n", "-u", filepath.Join(d.plugin, "testdata", "drive.lua"), file)
			editor.Dir, editor.Env = d.repo, append(d.env, "COLOPHON_EXPECTED="+c.filetype, "TMPDIR="+filepath.Join(dir, "tmp"))
			if out, err := editor.CombinedOutput(); err != nil {
				seen, _ := os.ReadFile(d.log)
				t.Fatalf("%v\n%s\nwhat the driver saw:\n%s", err, out, seen)
			}
			d.compare(s, d.seen())
			d.nothingLeft(server)
			text, err := os.ReadFile(file)
			if err != nil || string(text) != c.head+good+c.tail {
				t.Errorf("it is now, %v:\n%s", err, text)
			}
		})
	}
}

// Vim and Neovim are told of the same files.
func TestFileTypes(t *testing.T) {
	ours, err := os.ReadFile("ftdetect/colophon.vim")
	if err != nil {
		t.Fatal(err)
	}
	vims, err := os.ReadFile("../vim/ftdetect/colophon.vim")
	if err != nil {
		t.Fatal(err)
	}
	if string(ours) != string(vims) {
		t.Error("ftdetect/colophon.vim differs between the two")
	}
}
