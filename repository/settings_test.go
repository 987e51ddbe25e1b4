package repository

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Git is the judge of how its files are read.
func TestReadConfigFileIsAsGitReadsIt(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "\n", "# only\n; comments", "[core]\n\tbare = true\n", "[core]bare=true", "[CORE]\r\n\tBare = Yes\r\n",
		"\ufeff[core]\n\tbare\n", "[core]\n\tbare ; comment\n", "[core]\n\tbare=\n", "[core]\n\tworktree = ../a b  # c\n",
		"[core]\n\tworktree = \" ../a # b \" ; c\n", "[core]\n\tworktree = a\\\n b\\tc\\\\d\\\"e\n", "[core]\n\tworktree = a\"b c\"d\n",
		"[core \"x\"]\n\tworktree = no\n[core]\n\tworktree = yes\n", "[core \"a]\\\"b\"]\n\tworktree = no\n", "[core.x]\n\tworktree = no\n",
		"[core]\n\tworktree = one\n\tworktree = two\n", "[core]\n\tworktree = x  y \t\n", "[core]\n\tworktree = \"\"\n",
		"[core]\n\tworktree = a\\qb\n", "[core]\n\tworktree = \"a\n", "[core\n\tx = y\n", "[core]\n\t= y\n", "[core]\n\tx y\n", "[core]\n\tworktree = a\\",
		"[core]\n\tworktree = a \\\n  b\n", "[core]\n\tworktree = ü\xff\n", "[extensions]\n\tobjectFormat = sha256\n[core]\n\tbare = false",
	} {
		path := filepath.Join(t.TempDir(), "config")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("git", "config", "--file", path, "--no-includes", "--list", "--show-scope", "-z")
		cmd.Env = newEnvironment(nil).forGit("GIT_CONFIG_NOSYSTEM=1")
		out, gitErr := cmd.Output()
		got, err := readConfigFile(path)
		if (err != nil) != (gitErr != nil) {
			t.Errorf("%q: error %v, git has %v", text, err, gitErr)
			continue
		}
		if err != nil {
			continue
		}
		want, err := parseConfigList(string(out))
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range want.keys {
			value, _ := want.Get(key)
			if strings.Count(key, ".") == 1 && got[key] != value {
				t.Errorf("%q: %s is %q, git has %q", text, key, got[key], value)
			}
			delete(got, key)
		}
		if len(got) != 0 {
			t.Errorf("%q: git does not have %q", text, got)
		}
	}
}
