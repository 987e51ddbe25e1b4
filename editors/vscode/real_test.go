//go:build editors

package vscode_test

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// The packaged extension in the real VS Code: e2e/flows.mjs has what people do there.
func TestVSCode(t *testing.T) {
	dir := install(t)
	server := filepath.Join(t.TempDir(), "colophon")
	if out, err := exec.Command("go", "build", "-o", server, "colophon/cmd/colophon").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	vsix := filepath.Join(t.TempDir(), "colophon.vsix")
	npm := exec.Command("npm", "run", "package", "--", "--out", vsix)
	npm.Dir = dir
	if out, err := npm.CombinedOutput(); err != nil {
		t.Fatalf("npm run package: %v\n%s", err, out)
	}
	// Run where it is: it installs VS Code into the project's .tools.
	flows := exec.Command("node", "e2e/main.mjs", server, vsix, filepath.Join(t.ArtifactDir(), "vscode"))
	out, err := flows.CombinedOutput()
	if t.Logf("%s", out); err != nil {
		t.Errorf("the flows: %v", err)
	}
}
