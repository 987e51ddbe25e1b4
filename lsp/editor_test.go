package lsp

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"
)

// patience is how long a test waits for what must come. It only runs out when
// something is broken.
const patience = 30 * time.Second

// repo is a scratch repository, free of this machine's settings.
type repo struct {
	t   testing.TB
	dir string
	env []string
}

// examplePolicy is small enough for a few lines to break it. It is committed, so
// it does not count as staged.
const examplePolicy = `version: 1
project: Example
status: in-force
as_of: 2026-11-21
source: https://example.org/ai
extends: qemu-2026-09
limits: {small-fix: {lines: 3, beyond: Ask before you go on.}}
zones:
  - {name: core, paths: ["core/**"], why: a maintainer's agreement}
severity: {small-fix-limit: warning}
`

// newRepo has one commit with the policy; "" leaves it out.
func newRepo(t testing.TB, policy string) *repo {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r := &repo{t: t, dir: dir}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") && !strings.HasPrefix(v, "EMAIL=") {
			r.env = append(r.env, v)
		}
	}
	r.env = append(r.env, "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "SOURCE_DATE_EPOCH=1795478400")
	r.git("init", "-q", "-b", "main")
	r.git("config", "user.name", "Jo Doe")
	r.git("config", "user.email", "jo@example.org")
	r.write("README", "An example.\n")
	if policy != "" {
		r.write(".colophon.yaml", policy)
	}
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "A commit")
	return r
}

func (r *repo) path(name string) string { return filepath.Join(r.dir, filepath.FromSlash(name)) }

func (r *repo) uri(name string) uri.URI { return uri.File(r.path(name)) }

// message is the document that git opens in an editor.
func (r *repo) message() uri.URI { return r.uri(".git/COMMIT_EDITMSG") }

func (r *repo) git(args ...string) {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = r.dir, r.env
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}

func (r *repo) write(name, text string) {
	r.t.Helper()
	if err := os.MkdirAll(filepath.Dir(r.path(name)), 0o777); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(r.path(name), []byte(text), 0o666); err != nil {
		r.t.Fatal(err)
	}
}

// stage adds a file with so many lines to the index.
func (r *repo) stage(name string, lines int) {
	r.t.Helper()
	r.write(name, strings.Repeat("x = 1;\n", lines))
	r.git("add", name)
}

// editor is a client with typed messages, and the server it talks to.
type editor struct {
	t      *testing.T
	srv    *server
	server protocol.Server // as seen by the client
	screen *screen
	caps   protocol.ServerCapabilities
	texts  map[uri.URI]string // of open documents
	last   int32              // the newest version of any document
}

// screen is what the server may call. It takes everything in the order of the
// connection, which the library's own client does not.
type screen struct {
	protocol.UnimplementedClient
	published chan *protocol.PublishDiagnosticsParams
	refreshed chan struct{}
	asked     chan string // sections of settings
	answers   chan string // JSON, one for each question
	told      chan string // all else that the server says, in its order; see told_test.go
	edits     chan []byte // params of workspace/applyEdit; see command_test.go
}

func (s *screen) PublishDiagnostics(_ context.Context, p *protocol.PublishDiagnosticsParams) error {
	s.published <- p
	return nil
}

func (s *screen) DiagnosticRefresh(context.Context) error {
	s.refreshed <- struct{}{}
	return nil
}

func (s *screen) Configuration(_ context.Context, p *protocol.ConfigurationParams) ([]protocol.LSPAny, error) {
	s.asked <- *p.Items[0].Section
	return []protocol.LSPAny{protocol.LSPAny(<-s.answers)}, nil
}

// owning is the codec for results that are kept. A list of a union's values,
// such as code actions, is decoded into strings that share the connection's
// buffer, and the next message overwrites them.
type owning struct{ codec }

func (o owning) Unmarshal(data []byte, v any) error {
	return o.codec.Unmarshal(slices.Clone(data), v)
}

// capabilities are those of a client that knows everything but pulling.
func capabilities() protocol.ClientCapabilities {
	return protocol.ClientCapabilities{
		TextDocument: &protocol.TextDocumentClientCapabilities{
			PublishDiagnostics: &protocol.PublishDiagnosticsClientCapabilities{
				VersionSupport:          new(true),
				DiagnosticsCapabilities: protocol.DiagnosticsCapabilities{RelatedInformation: new(true), CodeDescriptionSupport: new(true)},
			},
			Hover:      &protocol.HoverClientCapabilities{ContentFormat: []protocol.MarkupKind{protocol.MarkupKindMarkdown, protocol.MarkupKindPlainText}},
			CodeAction: &protocol.CodeActionClientCapabilities{IsPreferredSupport: new(true), CodeActionLiteralSupport: literals},
		},
		Workspace: &protocol.WorkspaceClientCapabilities{
			WorkspaceEdit: &protocol.WorkspaceEditClientCapabilities{DocumentChanges: new(true)},
		},
	}
}

// literals are what a client says that takes code actions and not only commands.
var literals = protocol.ClientCodeActionLiteralOptions{CodeActionKind: protocol.ClientCodeActionKindOptions{
	ValueSet: []protocol.CodeActionKind{"", "quickfix", "refactor", "source"},
}}

func withEncoding(e protocol.PositionEncodingKind) protocol.ClientCapabilities {
	c := capabilities()
	c.General = &protocol.GeneralClientCapabilities{PositionEncodings: []protocol.PositionEncodingKind{e}}
	return c
}

// start connects a client that says p, and brings both to the running phase.
func start(t *testing.T, env []string, p *protocol.InitializeParams) *editor {
	t.Helper()
	return startLogged(t, env, p, zap.NewNop())
}

func startLogged(t *testing.T, env []string, p *protocol.InitializeParams, log *zap.Logger) *editor {
	t.Helper()
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	c := newConn(&pipes{toServer, fromServer}, log)
	e := &editor{
		t: t, texts: make(map[uri.URI]string),
		srv: newServer(c, Options{Log: log, Env: env, Version: "1"}),
		screen: &screen{
			published: make(chan *protocol.PublishDiagnosticsParams, 1<<14), refreshed: make(chan struct{}, 100),
			asked: make(chan string, 100), answers: make(chan string, 100),
			told: make(chan string, 1<<14), edits: make(chan []byte, 100),
		},
	}
	done := make(chan int, 1)
	go func() {
		code, _ := c.serve(context.Background(), e.srv)
		e.srv.closeAll()
		e.srv.looking.Wait()
		done <- code
	}()
	conn := jsonrpc2.NewConn(jsonrpc2.NewStream(&pipes{toClient, fromClient}), jsonrpc2.WithCodec(owning{}))
	handler := protocol.ClientHandler(e.screen, jsonrpc2.MethodNotFoundHandler)
	conn.Go(context.Background(), func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		if req.IsCall() {
			// An answer must not keep us from reading: these pipes hold nothing,
			// and the server may be writing, too.
			jsonrpc2.Async(ctx)
		}
		return handler(ctx, req)
	})
	e.server = protocol.ServerDispatcher(conn)
	t.Cleanup(func() {
		// Not t.Context(), which has ended by now.
		must(t, e.server.Shutdown(context.Background()))
		must(t, e.server.Exit(context.Background()))
		if code := <-done; code != 0 {
			t.Errorf("exit code %d", code)
		}
		conn.Close()
	})
	got, err := e.server.Initialize(t.Context(), p)
	must(t, err)
	e.caps = got.Capabilities
	must(t, e.server.Initialized(t.Context(), &protocol.InitializedParams{}))
	return e
}

// startIn is start with everything but pulling, as most tests want it.
func startIn(r *repo) *editor {
	return start(r.t.(*testing.T), r.env, &protocol.InitializeParams{Capabilities: capabilities()})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (e *editor) open(u uri.URI, languageID, text string) {
	e.t.Helper()
	e.last++
	e.texts[u] = text
	must(e.t, e.server.DidOpen(e.t.Context(), &protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{
		URI: u, LanguageID: protocol.LanguageKind(languageID), Version: e.last, Text: text,
	}}))
}

// opened opens a commit message and waits until it is known what is staged.
func (e *editor) opened(u uri.URI, languageID, text string) {
	e.t.Helper()
	e.open(u, languageID, text)
	e.settle(u)
}

// settle waits until the session of a document has looked around once. It asks
// the server itself, since there may be nothing to see from outside.
func (e *editor) settle(u uri.URI) {
	e.t.Helper()
	// A request's answer tells that the notifications before it are handled.
	_, err := e.server.Hover(e.t.Context(), &protocol.HoverParams{TextDocumentPositionParams: position(u, protocol.Position{})})
	must(e.t, err)
	ses := e.srv.session(u)
	if ses == nil {
		e.t.Fatalf("%s is not taken for a commit message", u)
	}
	arrives(e.t, "the first look around", ses.staged)
}

func position(u uri.URI, p protocol.Position) protocol.TextDocumentPositionParams {
	return protocol.TextDocumentPositionParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}, Position: p}
}

// change sends a whole new text.
func (e *editor) change(u uri.URI, text string) {
	e.t.Helper()
	e.texts[u] = text
	e.changes(u, &protocol.TextDocumentContentChangeWholeDocument{Text: text})
}

func (e *editor) changes(u uri.URI, changes ...protocol.TextDocumentContentChangeEvent) {
	e.t.Helper()
	e.last++
	must(e.t, e.server.DidChange(e.t.Context(), &protocol.DidChangeTextDocumentParams{
		TextDocument:   protocol.VersionedTextDocumentIdentifier{TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: u}, Version: e.last},
		ContentChanges: changes,
	}))
}

func (e *editor) close(u uri.URI) {
	e.t.Helper()
	must(e.t, e.server.DidClose(e.t.Context(), &protocol.DidCloseTextDocumentParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}}))
}

// arrives waits for a value that must come.
func arrives[T any](t testing.TB, what string, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatalf("%s did not come", what)
		panic("not reached")
	}
}

// until waits for diagnostics of exactly these rules, in their order, and
// returns everything published up to then, these last.
func (e *editor) until(u uri.URI, rules ...string) []*protocol.PublishDiagnosticsParams {
	e.t.Helper()
	var seen []*protocol.PublishDiagnosticsParams
	timeout := time.After(patience)
	for {
		select {
		case p := <-e.screen.published:
			if p.URI != u {
				e.t.Fatalf("diagnostics of %s, want %s", p.URI, u)
			}
			seen = append(seen, p)
			if slices.Equal(ruleIDs(p.Diagnostics), rules) {
				return seen
			}
		case <-timeout:
			var got []string
			for _, p := range seen {
				got = append(got, fmt.Sprint(ruleIDs(p.Diagnostics)))
			}
			e.t.Fatalf("no diagnostics %v; published since: %s", rules, strings.Join(got, " "))
		}
	}
}

// untilVersion waits for the diagnostics of the newest version.
func (e *editor) untilVersion(u uri.URI) []*protocol.PublishDiagnosticsParams {
	e.t.Helper()
	var seen []*protocol.PublishDiagnosticsParams
	for {
		p := arrives(e.t, fmt.Sprintf("version %d", e.last), e.screen.published)
		seen = append(seen, p)
		if v, _ := p.Version.Get(); p.URI == u && v == e.last {
			return seen
		}
	}
}

func last(ps []*protocol.PublishDiagnosticsParams) []protocol.Diagnostic {
	return ps[len(ps)-1].Diagnostics
}

func ruleIDs(diags []protocol.Diagnostic) []string {
	var ids []string
	for _, d := range diags {
		ids = append(ids, string(d.Code.(protocol.String)))
	}
	return ids
}

// caret is the mark of tests for the place where the person is.
const caret = "¦"

// cut takes the caret out of a text.
func cut(t testing.TB, marked string) (text string, offset int) {
	t.Helper()
	before, after, ok := strings.Cut(marked, caret)
	if !ok {
		t.Fatalf("%q has no caret", marked)
	}
	return before + after, len(before)
}

// The conversions of the tests share nothing with those under test: they walk
// over the text, rune by rune, as the protocol describes it.

func units(r rune, enc protocol.PositionEncodingKind) uint32 {
	switch {
	case enc == protocol.PositionEncodingKindUTF8:
		return uint32(utf8.RuneLen(r))
	case enc == protocol.PositionEncodingKindUTF16 && r > 0xFFFF:
		return 2
	}
	return 1
}

func positionAt(text string, offset int, enc protocol.PositionEncodingKind) protocol.Position {
	var p protocol.Position
	for i, r := range text[:offset] {
		switch {
		case r == '\n' || r == '\r' && !strings.HasPrefix(text[i+1:], "\n"):
			p.Line++
			p.Character = 0
		case r != '\r':
			p.Character += units(r, enc)
		}
	}
	return p
}

// offsetAt is the inverse. A position that is not in the text is an error.
func offsetAt(t testing.TB, text string, want protocol.Position, enc protocol.PositionEncodingKind) int {
	t.Helper()
	for i := 0; i <= len(text); i++ {
		if (i == len(text) || utf8.RuneStart(text[i])) && positionAt(text, i, enc) == want {
			return i
		}
	}
	t.Fatalf("there is no position %d:%d in %q", want.Line, want.Character, text)
	return 0
}

// applyEdits makes edits as the protocol says: all ranges are of the text as it
// was, and they must not overlap.
func applyEdits(t testing.TB, text string, edits []protocol.TextEdit, enc protocol.PositionEncodingKind) string {
	t.Helper()
	type edit struct {
		from, to int
		text     string
	}
	var es []edit
	for _, e := range edits {
		es = append(es, edit{offsetAt(t, text, e.Range.Start, enc), offsetAt(t, text, e.Range.End, enc), e.NewText})
	}
	slices.SortStableFunc(es, func(a, b edit) int { return a.from - b.from })
	at := 0
	var out strings.Builder
	for _, e := range es {
		if e.from < at || e.to < e.from {
			t.Fatalf("edits overlap: %+v", edits)
		}
		out.WriteString(text[at:e.from] + e.text)
		at = e.to
	}
	return out.String() + text[at:]
}

// held is a git that stops at `git diff-index` until the test lets it go on.
type held struct {
	t    testing.TB
	fifo string
	path string // a PATH with this git in front
}

func holdGit(t *testing.T) *held {
	t.Helper()
	git, err := exec.LookPath("git")
	must(t, err)
	if _, err := exec.LookPath("mkfifo"); err != nil {
		t.Fatal("mkfifo is not installed; it is needed to hold git up")
	}
	dir := t.TempDir()
	h := &held{t: t, fifo: filepath.Join(dir, "go"), path: dir + string(filepath.ListSeparator) + os.Getenv("PATH")}
	must(t, exec.Command("mkfifo", h.fifo).Run())
	script := fmt.Sprintf("#!/bin/sh\nfor a; do\n\tif [ \"$a\" = diff-index ]; then read -r _ <'%s'; fi\ndone\nexec '%s' \"$@\"\n", h.fifo, git)
	must(t, os.WriteFile(filepath.Join(dir, "git"), []byte(script), 0o777))
	t.Setenv("PATH", h.path)
	return h
}

// running waits until git has come to the place where it is held. What it
// returns is the pipe that git reads from.
func (h *held) running() *os.File {
	h.t.Helper()
	opened := make(chan *os.File, 1)
	go func() {
		// Opening a pipe to write waits for who reads it.
		if f, err := os.OpenFile(h.fifo, os.O_WRONLY, 0); err == nil {
			opened <- f
		}
	}()
	return arrives(h.t, "git diff-index", opened)
}

// letGo lets git go on, as soon as it has come.
func (h *held) letGo() {
	h.t.Helper()
	release(h.t, h.running())
}

func release(t testing.TB, f *os.File) {
	t.Helper()
	_, err := f.WriteString("\n")
	must(t, err)
	must(t, f.Close())
}
