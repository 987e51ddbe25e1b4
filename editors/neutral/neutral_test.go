// Package neutral_test has the server speak with the protocol's own libraries, in
// node: a client that is no editor, shares no type with us, and asks for everything.
package neutral_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/uri"

	"colophon/editors/npm"
)

// patience only runs out when something is broken. The client gives up earlier, and
// says what it waited for.
const patience = 5 * time.Minute

// plan is what the client is told.
type plan struct {
	Command   []string       `json:"command"`
	Root      string         `json:"root"`
	RootURI   uri.URI        `json:"rootUri"`
	Settings  map[string]any `json:"settings"`
	Hold      string         `json:"hold"` // git waits while this file is there
	Documents []document     `json:"documents"`
}

// document is one that the client opens, and asks everything about.
type document struct {
	Name       string   `json:"name"`
	URI        uri.URI  `json:"uri"`
	LanguageID string   `json:"languageId"`
	Text       string   `json:"text"`
	Message    bool     `json:"message"`
	Lines      int      `json:"lines"`  // so many it asks about word by word
	Behind     string   `json:"behind"` // where it types
	Typed      []string `json:"typed"`
}

const policy = `version: 1
project: Example
status: in-force
as_of: 2026-11-21
source: https://example.org/ai
extends: qemu-2026-09
limits: {small-fix: {lines: 3, beyond: Ask before you go on.}}
zones:
  - {name: core, paths: ["core/**"], ring: inner, why: a maintainer's agreement, asks: [approval, attestation]}
approval:
  trailer: AI-exception-granted-by
  by: maintainers
attestation:
  heading: AI use
  fields: [tool, parts, prompts, explanation, responsibility]
severity: {small-fix-limit: warning}
`

const maintainers = `Größe
-----
M: Mia Müller <mia@example.org>
S: Maintained
F: core/
F: net/
`

// written has something for every feature, and characters that are long in one
// encoding and short in another.
const written = `net: größe 😀 of the queue

Größe 😀: see core/main.c and %s ("A commit"), which
https://example.org/queue tells more about.

Fixes: %[1]s ("A commit")
AI-used-for: test, code (füllt 😀 the queue)
Assisted-by: Größe 😀
Link: https://example.org/größe
Reviewed-by: Mia Müller <mia@example.org>
Signed-off-by: Jo Doe <jo@example.org>
Reviewed-by: Mia Müller <mia@example.org>
`

// placeholders are in the form of a policy that names tools.
const placeholders = `net: größe 😀

Text.

Assisted-by: <agent>:<model>
Assisted-by: <agent>:<model> 😀
Signed-off-by: Jo Doe <jo@example.org>
`

func TestNeutralClient(t *testing.T) {
	modules := npm.Install(t, "neutral")
	out := t.ArtifactDir()
	r, kernel := newRepository(t, policy), newRepository(t, "version: 1\nproject: Kernel\nextends: linux-7.0\n")
	p := plan{
		Command: []string{build(t), "lsp"}, Root: r.dir, RootURI: uri.File(r.dir),
		Hold:      filepath.Join(t.TempDir(), "hold"),
		Documents: append(r.documents(), kernel.message("placeholders", placeholders, document{})),
	}
	p.Settings = map[string]any{"tokens": true, "logLevel": "info", "git": r.slowGit(p.Hold)}
	raw, err := json.Marshal(p)
	must(t, err)
	file := filepath.Join(t.TempDir(), "plan.json")
	must(t, os.WriteFile(file, raw, 0o600))

	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	client := exec.CommandContext(ctx, "node", "main.mjs", file, out)
	client.Env = append(slices.Clone(r.env), "COLOPHON_NEUTRAL="+modules)
	said, err := client.CombinedOutput()
	if err == nil {
		t.Logf("%s", said)
		return
	}
	t.Errorf("the neutral client: %v; the records of its sessions are in %s (go test -artifacts keeps them)\n%s", err, out, said)
}

func build(t *testing.T) string {
	t.Helper()
	server := filepath.Join(t.TempDir(), "colophon.exe") // the ending does no harm where it is not needed
	if out, err := exec.Command("go", "build", "-o", server, "colophon/cmd/colophon").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return server
}

// repository is one with a policy, and a commit under way.
type repository struct {
	*testing.T
	dir string
	env []string
}

func newRepository(t *testing.T, policy string) *repository {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	r := &repository{T: t, dir: dir}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") && !strings.HasPrefix(v, "EMAIL=") {
			r.env = append(r.env, v)
		}
	}
	r.env = append(r.env, "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "SOURCE_DATE_EPOCH=1795478400")
	r.git("init", "-q", "-b", "main")
	r.git("config", "user.name", "Jo Doe")
	r.git("config", "user.email", "jo@example.org")
	r.git("remote", "add", "origin", "https://github.com/example/example.git")
	r.write("core/main.c", "int main;\n")
	r.write("MAINTAINERS", maintainers)
	r.write(".colophon.yaml", policy)
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "A commit")
	r.write("core/main.c", strings.Repeat("int größe;\n", 4))
	r.write("net/e1000.c", strings.Repeat("x = 1;\n", 12))
	r.write("tests/unit/test-net.c", strings.Repeat("x = 1;\n", 3))
	r.git("add", "-A")
	return r
}

func (r *repository) git(args ...string) string {
	r.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = r.dir, r.env
	var words bytes.Buffer
	cmd.Stderr = &words
	out, err := cmd.Output()
	if err != nil {
		r.Fatalf("git %q: %v\n%s", args, err, &words)
	}
	return string(out)
}

func (r *repository) write(name, text string) {
	r.Helper()
	path := filepath.Join(r.dir, filepath.FromSlash(name))
	must(r, os.MkdirAll(filepath.Dir(path), 0o777))
	must(r, os.WriteFile(path, []byte(text), 0o666))
}

// documents are the messages that a person may have open, and the policy.
func (r *repository) documents() []document {
	r.Helper()
	hash := strings.TrimSpace(r.git("rev-parse", "--short=12", "HEAD"))
	return []document{
		r.message("empty message", "", document{}),
		r.message("unwritten trailers", "net: größe 😀\n\nText.\n\n", document{
			Behind: "Text.\n\n", Typed: []string{"AI-used-for:", "AI-used-for: ", "AI-used-for: code,", "AI-used-for: code (", "Signed-off-by:", "Fixes:", "F", "@"},
		}),
		r.message("written message", fmt.Sprintf(written, hash), document{}),
		r.message("short message", "Ändere 😀\n", document{}),
		r.message("attestation", "net: größe 😀\n\nText.\n\nAI use:\n- tool: <which>\n- parts: <which>\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n", document{}),
		{Name: "policy", URI: uri.File(filepath.Join(r.dir, ".colophon.yaml")), LanguageID: "yaml", Text: policy, Lines: 22},
	}
}

// message is a text above what git itself writes for the commit under way.
func (r *repository) message(name, text string, d document) document {
	r.Helper()
	path := filepath.Join(r.dir, ".git", "COMMIT_EDITMSG")
	commit := exec.Command("git", "commit", "-v")
	commit.Dir, commit.Env = r.dir, append(slices.Clone(r.env), "GIT_EDITOR=false") // it leaves the buffer behind
	if out, err := commit.CombinedOutput(); err == nil {
		r.Fatalf("git commit without an editor: %s", out)
	}
	template, err := os.ReadFile(path)
	must(r, err)
	if !bytes.Contains(template, []byte("core/main.c")) || !bytes.Contains(template, []byte(">8")) {
		r.Fatalf("git's buffer: %s", template)
	}
	d.Name, d.URI, d.LanguageID, d.Text, d.Message, d.Lines = name, uri.File(path), "gitcommit", text+string(template), true, 24
	return d
}

// slowGit is a git that waits with what takes long, while a file is there.
func (r *repository) slowGit(hold string) string {
	r.Helper()
	git, err := exec.LookPath("git")
	must(r, err)
	path := filepath.Join(r.TempDir(), "git")
	script := fmt.Sprintf("#!/bin/sh\nfor a; do\n\tif [ \"$a\" = diff-index ]; then while [ -e '%s' ]; do sleep 0.02; done; fi\ndone\nexec '%s' \"$@\"\n", hold, git)
	must(r, os.WriteFile(path, []byte(script), 0o700))
	return path
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
