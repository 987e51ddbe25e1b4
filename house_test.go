// Package colophon_test holds what is true of the project as a whole.
package colophon_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// below says which of the house's packages each may import, directly or not.
// Arrows only go down.
var below = map[string][]string{
	"words":           {},
	"hook":            {},
	"mail":            {},
	"message":         {},
	"change":          {},
	"attribution":     {},
	"maintainers":     {},
	"pullrequest":     {"message"},
	"policy":          {"message", "change", "words"},
	"diagnostics":     judging[1:],
	"repository":      {"change"},
	"commit":          append([]string{"repository"}, judging...),
	"report":          judging,
	"series":          append([]string{"mail", "report", "commit", "repository"}, judging...),
	"lsp":             append([]string{"report", "commit", "repository"}, judging...),
	"editors/neovim":  {},
	"editors/npm":     {},
	"editors/neutral": {"editors/npm"},
	"editors/vscode":  {},
	"cmd/colophon":    append([]string{"hook", "series", "mail", "lsp", "report", "commit", "repository", "editors/neovim"}, judging...),
	"bench":           append([]string{"lsp", "report", "commit", "repository"}, judging...),
	"docs":            append([]string{"lsp", "report", "commit", "repository"}, judging...),
}

// judging is the engine with all that it rests on.
var judging = []string{"diagnostics", "policy", "pullrequest", "maintainers", "message", "change", "attribution", "words"}

type listed struct {
	ImportPath string
	Deps       []string
	Imports    []string
	GoFiles    []string
}

func TestArrowsOnlyGoDown(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "colophon/")
		if name == "colophon" {
			continue
		}
		allowed, ok := below[name]
		if !ok {
			t.Errorf("package %s has no place in the house: add it to this test and to the README", name)
			continue
		}
		for _, d := range p.Deps {
			if own, ok := strings.CutPrefix(d, "colophon/"); ok && !slices.Contains(allowed, own) {
				t.Errorf("%s must not import %s", name, own)
			}
		}
	}
}

// The parts that judge know no process, no protocol and no log; and only
// repository runs a program on a repository. (The demo runs git, an editor and
// the server in a folder of its own; the benchmarks measure them.)
func TestWhoMayImportWhat(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "colophon/")
		if slices.Contains(p.Imports, "os/exec") && !slices.Contains([]string{"repository", "cmd/colophon", "bench", "editors/npm"}, name) {
			t.Errorf("%s imports os/exec", name)
		}
		if slices.Contains(append([]string{"report"}, judging...), name) {
			for _, d := range p.Deps {
				if strings.HasPrefix(d, "go.lsp.dev/") || strings.HasPrefix(d, "go.uber.org/zap") || d == "os/exec" || d == "net/http" {
					t.Errorf("%s depends on %s", name, d)
				}
			}
		}
	}
}

// The list of versions that the module proxy gives for go.lsp.dev/protocol is
// an old one: an update by it would go back to LSP 3.15.
func TestProtocolVersions(t *testing.T) {
	if protocol.Version != "3.18.0" {
		t.Errorf("the protocol package speaks LSP %s, not 3.18.0", protocol.Version)
	}
	for module, want := range map[string]string{"go.lsp.dev/protocol": "v1.0.1", "go.lsp.dev/jsonrpc2": "v1.0.1", "go.lsp.dev/uri": "v1.0.1"} {
		out, err := exec.Command("go", "list", "-m", "-f", "{{.Version}}", module).Output()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSpace(string(out)); got != want {
			t.Errorf("%s is %s, not %s", module, got, want)
		}
	}
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Deps,Imports,GoFiles", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var ps []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		ps = append(ps, p)
	}
	if len(ps) < 8 {
		t.Fatalf("only %d packages listed", len(ps))
	}
	return ps
}

// Our newest commit is judged by our own policy. (An older one could not be
// mended any more.)
func TestOwnCommit(t *testing.T) {
	found, err := policy.Find(policy.Place{Root: "."})
	if err != nil || found == nil || found.From != policy.FileName {
		t.Fatalf("our policy: %v, %v", found, err)
	}
	out, err := exec.Command("git", "log", "-1", "--no-merges", "--format=%B").Output()
	if err != nil {
		t.Fatalf("git log: %v (the tests run in a clone)", err)
	}
	m := message.Parse(string(out), message.Options{Cleanup: message.Whitespace})
	for _, f := range diagnostics.Check(diagnostics.Input{Message: m, Policy: found.Policy}) {
		if f.Severity.AtLeast(diagnostics.Error) {
			t.Errorf("%q: %s [%s]", m.Slice(m.Subject), f.Message, f.Rule)
		}
	}
}
