// Package npm gives tests the packages that a lock file names.
package npm

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Install gives a folder with the node_modules of the package.json in the current folder,
// of exactly the versions in its lock file. It is kept in .tools.
func Install(t *testing.T, name string) string {
	t.Helper()
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatalf("this test needs node 20 or later with npm: %v; run scripts/install-node, or install your system's packages `nodejs` and `npm`", err)
		}
	}
	sum := sha256.New()
	files := make(map[string][]byte)
	for _, file := range []string{"package-lock.json", ".npmrc", "package.json"} {
		raw, err := os.ReadFile(file)
		must(t, err)
		if files[file] = raw; file != "package.json" { // of which the lock file has what matters
			sum.Write(raw)
		}
	}
	tools, err := filepath.Abs(filepath.Join("..", "..", ".tools"))
	must(t, err)
	kept := filepath.Join(tools, fmt.Sprintf("%s-%x", name, sum.Sum(nil)[:6]))
	if _, err := os.Stat(kept); err == nil {
		return kept
	}
	must(t, os.MkdirAll(tools, 0o777))
	part, err := os.MkdirTemp(tools, name+".part-")
	must(t, err)
	defer os.RemoveAll(part)
	for file, raw := range files {
		must(t, os.WriteFile(filepath.Join(part, file), raw, 0o666))
	}
	ci := exec.Command("npm", "ci")
	ci.Dir = part
	if out, err := ci.CombinedOutput(); err != nil {
		t.Fatalf("npm ci, which fetches what package-lock.json names: %v\n%s", err, out)
	}
	if err := os.Rename(part, kept); err != nil {
		_, err = os.Stat(kept) // another test run was faster
		must(t, err)
	}
	return kept
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
