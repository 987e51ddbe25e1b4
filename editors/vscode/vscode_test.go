// Package vscode_test holds the extension for VS Code against the server, and runs the
// extension's own tests and, where it is asked to, those in the real VS Code.
package vscode_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"colophon/editors/npm"
	"colophon/lsp"
)

// The settings are the server's, in the server's words.
func TestSettings(t *testing.T) {
	raw, err := os.ReadFile("package.json")
	must(t, err)
	var manifest struct {
		Contributes struct {
			Configuration struct {
				Properties map[string]struct {
					Default             any    `json:"default"`
					Enum                []any  `json:"enum"`
					MarkdownDescription string `json:"markdownDescription"`
				} `json:"properties"`
			} `json:"configuration"`
		} `json:"contributes"`
	}
	must(t, json.Unmarshal(raw, &manifest))
	ours := manifest.Contributes.Configuration.Properties
	word := regexp.MustCompile("`([^`]+)`")
	known := []string{"colophon.path", "colophon.nudgeOnCommit"} // the extension's own
	for _, s := range lsp.Settings() {
		name := "colophon." + s.Name
		known = append(known, name)
		p, ok := ours[name]
		if !ok {
			t.Errorf("%s is not in package.json", name)
			continue
		}
		if p.MarkdownDescription != s.Why {
			t.Errorf("%s is described as %q, the server says %q", name, p.MarkdownDescription, s.Why)
		}
		var values []any
		if strings.HasPrefix(s.Values, "empty") {
			values = append(values, "")
		}
		for _, w := range word.FindAllStringSubmatch(s.Values, -1) {
			values = append(values, w[1])
		}
		if p.Enum != nil && !slices.Equal(p.Enum, values) {
			t.Errorf("%s takes %q, the server's values are %q", name, p.Enum, values)
		}
		if text, ok := p.Default.(string); ok && text != values[0] {
			t.Errorf("%s is %q unless set, the server's default is %q", name, text, values[0])
		}
		if truth, ok := p.Default.(bool); ok && fmt.Sprint(truth) != values[0] {
			t.Errorf("%s is %v unless set, the server's default is %q", name, truth, values[0])
		}
	}
	for name := range ours {
		if !slices.Contains(known, name) {
			t.Errorf("the server has no setting %s", name)
		}
	}
}

// What `npm ci && npm test` does, in a folder that is kept: nothing of node's comes to
// lie among the packages of Go.
func TestExtension(t *testing.T) {
	dir := install(t)
	test := exec.Command("npm", "test")
	test.Dir = dir
	if out, err := test.CombinedOutput(); err != nil {
		t.Fatalf("npm test: %v\n%s", err, out)
	} else {
		t.Logf("%s", out)
	}
}

// install copies the extension and fetches what its lock file names.
func install(t *testing.T) string {
	t.Helper()
	kept := npm.Install(t, "vscode-modules")
	dir := t.TempDir()
	copyTo(t, dir)
	source, err := filepath.Abs(filepath.Join("..", ".."))
	must(t, err)
	t.Setenv("COLOPHON_SOURCE", source) // a package for a platform has the program in it
	must(t, os.Symlink(filepath.Join(kept, "node_modules"), filepath.Join(dir, "node_modules")))
	return dir
}

// copyTo copies what is part of the extension's source.
func copyTo(t *testing.T, dir string) {
	t.Helper()
	made := []string{"node_modules", "dist", "bin", filepath.Join("e2e", "out")}
	must(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains(made, path):
			return filepath.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(dir, path), 0o777)
		case !d.Type().IsRegular():
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, path), raw, 0o666)
	}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
