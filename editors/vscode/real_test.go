//go:build editors

package vscode_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// platform is the one that there is a real VS Code for: e2e/install says so.
const platform = "linux-x64"

// The packaged extension in the real VS Code: e2e/flows.mjs has what people do there.
func TestVSCode(t *testing.T) {
	dir := install(t)
	server := filepath.Join(t.TempDir(), "colophon")
	if out, err := exec.Command("go", "build", "-o", server, "colophon/cmd/colophon").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	packages := t.TempDir()
	for _, target := range [][]string{nil, {"--target", platform}} {
		npm := exec.Command("npm", append([]string{"run", "package", "--", "--out", packages}, target...)...)
		npm.Dir = dir
		if out, err := npm.CombinedOutput(); err != nil {
			t.Fatalf("npm run package: %v\n%s", err, out)
		}
	}
	// Run where it is: it installs VS Code into the project's .tools.
	flows := exec.Command("node", "e2e/main.mjs", server, filepath.Join(packages, "colophon.vsix"), filepath.Join(t.ArtifactDir(), "vscode"))
	flows.Stdout, flows.Stderr = os.Stdout, os.Stderr // they take some minutes
	if err := flows.Run(); err != nil {
		t.Errorf("the flows: %v", err)
	}
}
