//go:build editors

package emacs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The package compiles without a warning, does what its own tests say, and is made
// as packages of Emacs are.
func TestElisp(t *testing.T) {
	dir := t.TempDir() // what is compiled lands beside its source
	for _, name := range []string{"colophon.el", "colophon-tests.el"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	batch := func(args ...string) (string, error) {
		c := exec.Command(emacs(), slices.Concat([]string{"--batch", "-Q", "-L", dir}, args)...)
		c.Dir = dir
		c.Env = append(os.Environ(), "HOME="+dir)
		out, err := c.CombinedOutput()
		return string(out), err
	}
	if out, err := batch("--eval", "(setq byte-compile-error-on-warn t)", "-f", "batch-byte-compile", "colophon.el"); err != nil || strings.Contains(out, "arning") {
		t.Errorf("byte-compile: %v\n%s", err, out)
	}
	if out, err := batch("--eval", `(checkdoc-file "colophon.el")`); err != nil || out != "" {
		t.Errorf("checkdoc: %v\n%s", err, out)
	}
	if out, err := batch("-l", "colophon-tests", "-f", "ert-run-tests-batch-and-exit"); err != nil || !strings.Contains(out, "0 unexpected") {
		t.Errorf("ERT: %v\n%s", err, out)
	}

	lint, err := filepath.Glob("/usr/share/emacs/site-lisp/elpa-src/package-lint-*")
	if err != nil || len(lint) != 1 {
		t.Fatalf("this test needs the Debian package elpa-package-lint: run scripts/test-editors emacs (%v, %q)", err, lint)
	}
	out, _ := batch("-L", lint[0], "-l", "package-lint", "-f", "package-lint-batch-and-exit", "colophon.el") // what it says tells more than its status
	said := 0
	for line := range strings.Lines(out) {
		// The project has no page of its own yet.
		if strings.HasPrefix(line, "colophon.el:") && !strings.Contains(line, "should have a Homepage or URL header") {
			t.Errorf("package-lint: %s", line)
		}
		said++
	}
	if said == 0 {
		t.Error("package-lint has not looked at the file")
	}
}
