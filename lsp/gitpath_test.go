package lsp

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"go.lsp.dev/protocol"
)

// The client names the git to run when it starts us, by an absolute path; what it says
// later, and a path from the folder that happens to be the current one, do not count.
func TestNamedGit(t *testing.T) {
	git, err := exec.LookPath("git")
	must(t, err)
	dir := t.TempDir()
	used, named := filepath.Join(dir, "used"), filepath.Join(dir, "our git")
	must(t, os.WriteFile(named, fmt.Appendf(nil, "#!/bin/sh\necho \"$*\" >>'%s'\nexec '%s' \"$@\"\n", used, git), 0o777))
	here, err := os.Getwd()
	must(t, err)
	relative, err := filepath.Rel(here, named)
	must(t, err)
	for _, tt := range []struct {
		first, later string
		used         bool
	}{
		{named, "", true},
		{relative, "", false},
		{"", named, false},
	} {
		must(t, os.RemoveAll(used))
		r := newRepo(t, examplePolicy)
		e := start(t, r.env, &protocol.InitializeParams{
			Capabilities: capabilities(), InitializationOptions: protocol.LSPAny(fmt.Sprintf(`{"git":%q}`, tt.first)),
		})
		if tt.later != "" {
			must(t, e.server.DidChangeConfiguration(t.Context(), &protocol.DidChangeConfigurationParams{
				Settings: protocol.LSPAny(fmt.Sprintf(`{"colophon":{"git":%q}}`, tt.later)),
			}))
		}
		e.opened(r.message(), "gitcommit", silent)
		e.until(r.message(), "disclosure-missing")
		if _, err := os.Stat(used); (err == nil) != tt.used {
			t.Errorf("first %q, later %q: %v", tt.first, tt.later, err)
		}
	}
}
