package repository

import (
	"os"
	"path/filepath"
	"testing"
)

func TestOther(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"hg/.hg/requires", "hg/a/b/c.txt", "jj/.jj/repo/store/type", "workspace/.jj/repo", "sl/.sl/requires",
		"empty/.hg/hgrc", // a folder of a person's settings is no work tree
		"both/.jj/repo/store/type", "both/.git/HEAD", "both/.git/objects/x", "both/.git/refs/x",
		"both/hg/.hg/requires", "hg/git/.git/HEAD", "hg/git/.git/objects/x", "hg/git/.git/refs/x",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("x"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]struct {
		top  string // "" is none
		kept bool
	}{
		"hg":                    {"hg", true},
		"hg/a/b/c.txt":          {"hg", true},
		"hg/.hg/editor.txt":     {"hg", true},
		"hg/gone/and/gone":      {"hg", true},
		"jj":                    {"jj", true},
		"workspace/a":           {"workspace", true},
		"sl/.sl/edit-tmp/a.txt": {"sl", true},
		"empty/a":               {"", false},
		"both/a":                {"", true},
		"both/.git/a":           {"", true},
		"both/hg/a":             {"both/hg", true},
		"hg/git/a":              {"", true},
		".":                     {"", false},
	} {
		top, ok := Other(filepath.Join(dir, filepath.FromSlash(path)), nil)
		if want.top != "" {
			want.top = filepath.Join(dir, filepath.FromSlash(want.top))
		}
		if top != want.top || ok != (want.top != "") {
			t.Errorf("%s is in the work tree %q, %v; want %q", path, top, ok, want.top)
		}
		if got := Kept(filepath.Join(dir, filepath.FromSlash(path))); got != want.kept {
			t.Errorf("%s is in a work tree: %v", path, got)
		}
	}
	t.Chdir(filepath.Join(dir, "hg"))
	if top, ok := Other("", []string{}); !ok || filepath.Base(top) != "hg" {
		t.Errorf("the current folder is in %q", top)
	}
	if top, ok := Other("", []string{"GIT_DIR=x"}); ok {
		t.Errorf("with GIT_DIR it is in %q", top)
	}
}
