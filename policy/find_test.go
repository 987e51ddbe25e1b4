package policy

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	qemuUsage      = "docs/devel/llm-usage.rst"
	qemuProvenance = "docs/devel/code-provenance.rst"

	declines      = "QEMU\nCurrent policy is to **DECLINE any\ncontributions** that include AI"
	declinesPlain = "The QEMU project: DECLINE any contributions"
)

func TestFind(t *testing.T) {
	own := "version: 1\nproject: Own\n"
	for _, c := range []struct {
		name            string
		files           map[string]string
		setting, config string
		want, from      string // the policy's name, "" for none
	}{
		{"nothing", nil, "", "", "", ""},
		{"an empty tree with the alias", nil, "", "qemu", "qemu-2026-05", "git config"},
		{"QEMU as it is", map[string]string{qemuProvenance: declinesPlain}, "", "", "qemu-decline", qemuProvenance},
		{"QEMU as it is, by the alias", map[string]string{qemuProvenance: declinesPlain}, "qemu", "", "qemu-decline", "--policy"},
		{"the May patch applied", map[string]string{qemuProvenance: "QEMU\nAI-used-for: code"}, "", "", "qemu-2026-05", qemuProvenance},
		{"the September series applied", map[string]string{qemuProvenance: declinesPlain, qemuUsage: "QEMU ``AI-used-for:``"}, "", "", "qemu-2026-09", qemuUsage},
		{"another project's document", map[string]string{qemuProvenance: "we DECLINE any contributions"}, "", "", "", ""},
		{"QEMU before it had a policy", map[string]string{qemuProvenance: "QEMU, signed-off-by"}, "", "", "", ""},
		{"the file", map[string]string{FileName: own, qemuUsage: "QEMU ``AI-used-for:``"}, "", "", FileName, FileName},
		{"git config before the file", map[string]string{FileName: own}, "", "qemu-decline", "qemu-decline", "git config"},
		{"the setting before all", map[string]string{FileName: own}, "qemu-2026-09", "qemu-decline", "qemu-2026-09", "--policy"},
		{"none", map[string]string{FileName: own}, "", "none", "", ""},
		{"a path in git config", map[string]string{"etc/p.yaml": own}, "", "etc/p.yaml", "etc/p.yaml", "git config"},
		{"a file that extends a file", map[string]string{FileName: "version: 1\nextends: etc/p.yaml\n", "etc/p.yaml": own}, "", "", FileName, FileName},
	} {
		found, err := Find(Place{Setting: c.setting, Config: c.config, Root: tree(t, c.files)})
		switch {
		case err != nil:
			t.Errorf("%s: %v", c.name, err)
		case found == nil:
			if c.want != "" {
				t.Errorf("%s: nothing found", c.name)
			}
		case found.Policy.Name != c.want || !strings.HasPrefix(found.From, c.from) && c.want != "":
			t.Errorf("%s: %s from %s", c.name, found.Policy.Name, found.From)
		}
	}
}

func TestHostileTrees(t *testing.T) {
	outside := tree(t, map[string]string{"secret.yaml": "version: 1\nproject: Outside\n"})
	link := func(target, name string) func(string) {
		return func(dir string) {
			if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, make := range map[string]func(dir string){
		"a link out of the repository": link(filepath.Join(outside, "secret.yaml"), FileName),
		"a link to itself":             link(FileName, FileName),
		"a folder": func(dir string) {
			if err := os.Mkdir(filepath.Join(dir, FileName), 0o777); err != nil {
				t.Fatal(err)
			}
		},
		"a file that extends one outside": func(dir string) {
			up, err := filepath.Rel(dir, filepath.Join(outside, "secret.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			os.WriteFile(filepath.Join(dir, FileName), []byte("version: 1\nextends: "+up+"\n"), 0o666)
		},
		"a file that extends itself": func(dir string) {
			os.WriteFile(filepath.Join(dir, FileName), []byte("version: 1\nextends: ./"+FileName+"\n"), 0o666)
		},
	} {
		dir := t.TempDir()
		make(dir)
		found, err := Find(Place{Root: dir})
		var e *Error
		if !errors.As(err, &e) || found != nil {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
}

func TestUnusableSettings(t *testing.T) {
	for _, value := range []string{"nonesuch", "./nowhere.yaml", "/nowhere/at/all.yaml", "qemu-2026-5"} {
		_, err := Find(Place{Setting: value, Root: t.TempDir()})
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v", value, err)
		}
	}
}
