package lsp

import (
	"context"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"

	"colophon/commit"
)

// pulling are the capabilities of a client that asks for diagnostics.
func pulling(refresh bool) protocol.ClientCapabilities {
	c := capabilities()
	c.TextDocument.Diagnostic = &protocol.DiagnosticClientCapabilities{}
	c.Workspace.Diagnostics = &protocol.DiagnosticWorkspaceClientCapabilities{RefreshSupport: &refresh}
	return c
}

// pull returns the report's kind, the rules in it and its id.
func (e *editor) pull(u uri.URI, previous string) (kind string, rules []string, id string) {
	e.t.Helper()
	p := &protocol.DocumentDiagnosticParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}}
	if previous != "" {
		p.PreviousResultID = &previous
	}
	got, err := e.server.Diagnostic(e.t.Context(), p)
	must(e.t, err)
	switch got := got.(type) {
	case *protocol.RelatedFullDocumentDiagnosticReport:
		if got.ResultID != nil {
			id = *got.ResultID
		}
		return got.Kind, ruleIDs(got.Items), id
	case *protocol.RelatedUnchangedDocumentDiagnosticReport:
		return got.Kind, nil, got.ResultID
	}
	e.t.Fatalf("the report is a %T", got)
	return "", nil, ""
}

// wantPull expects a full report and returns its id.
func (e *editor) wantPull(u uri.URI, rules ...string) string {
	e.t.Helper()
	kind, got, id := e.pull(u, "")
	if kind != "full" || !slices.Equal(got, rules) {
		e.t.Errorf("%s report of %v, want a full one of %v", kind, got, rules)
	}
	return id
}

func TestPullIsForThoseWhoAsk(t *testing.T) {
	r := newRepo(t, examplePolicy)
	if e := startIn(r); e.caps.DiagnosticProvider != nil {
		t.Error("offered to a client that does not ask")
	}
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: pulling(false)})
	if e.caps.DiagnosticProvider == nil {
		t.Fatal("not offered to a client that asks")
	}
	u := r.message()
	e.open(u, "gitcommit", misspelt)
	id := e.wantPull(u, "disclosure-value")
	if kind, _, again := e.pull(u, id); kind != "unchanged" || again != id {
		t.Errorf("the same again: %s, id %q, want %q", kind, again, id)
	}
	e.change(u, disclosed)
	if kind, rules, other := e.pull(u, id); kind != "full" || len(rules) > 0 || other == id || other == "" {
		t.Errorf("mended: %s %v, id %q after %q", kind, rules, other, id)
	}
	e.close(u)
	e.wantPull(u)
	e.open(r.uri(".git/TAG_EDITMSG"), "gitcommit", misspelt)
	e.wantPull(r.uri(".git/TAG_EDITMSG"))
	if n := len(e.screen.published); n > 0 {
		t.Errorf("%d diagnostics were pushed", n)
	}
}

// A client that cannot be told to ask again waits for the whole answer.
func TestPullWaits(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("net/e1000.c", 4)
	git := holdGit(t)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: pulling(false)})
	u := r.message()
	e.open(u, "gitcommit", misspelt)
	answered := make(chan []string, 1)
	go func() {
		got, err := e.server.Diagnostic(context.Background(), &protocol.DocumentDiagnosticParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}})
		if err != nil {
			answered <- []string{err.Error()}
			return
		}
		answered <- ruleIDs(got.(*protocol.RelatedFullDocumentDiagnosticReport).Items)
	}()
	git.letGo()
	if got := arrives(t, "the answer", answered); !slices.Equal(got, []string{"disclosure-value", "small-fix-limit"}) {
		t.Errorf("got %v", got)
	}
}

// A client that can be told gets at once what the message says, and a word when
// there is more.
func TestPullRefreshes(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("net/e1000.c", 4)
	git := holdGit(t)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: pulling(true)})
	u := r.message()
	e.open(u, "gitcommit", misspelt)
	e.wantPull(u, "disclosure-value")
	git.letGo()
	arrives(t, "refresh", e.screen.refreshed)
	e.wantPull(u, "disclosure-value", "small-fix-limit")

	// The index moves, but what is to be said of it stays the same: no word.
	r.stage("net/empty.c", 0)
	git.letGo()
	for ses := e.srv.session(u); len(ses.now().change().Files) < 2; {
		time.Sleep(time.Millisecond) // there is no sign of it: that is what this tests
	}
	r.stage("core/main.c", 1)
	git.letGo()
	arrives(t, "refresh", e.screen.refreshed)
	e.wantPull(u, "disclosure-value", "small-fix-limit", "core-zone")
	if n := len(e.screen.refreshed) + len(e.screen.published); n > 0 {
		t.Errorf("%d messages more than needed", n)
	}
}

// What is learnt between judging and answering must not be lost: either the
// answer has it or the client is told to ask again.
func TestPullRaces(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: pulling(true)})
	u := r.message()
	e.opened(u, "gitcommit", misspelt)
	ses := e.srv.session(u)
	policy, none := ses.now(), &known{commit: &commit.Commit{}}
	for i := range 200 {
		k, want := policy, []string{"disclosure-value"}
		if i%2 == 0 {
			k, want = none, nil
		}
		ses.mu.Lock()
		ses.pulled = "" // as if the document had just been opened
		ses.mu.Unlock()
		learnt := make(chan struct{})
		go func() {
			defer close(learnt)
			ses.learn(k)
		}()
		_, got, _ := e.pull(u, "")
		<-learnt
		if !slices.Equal(got, want) {
			arrives(t, "refresh", e.screen.refreshed)
		}
		// A word may come although the answer was right; it does no harm.
		for len(e.screen.refreshed) > 0 {
			<-e.screen.refreshed
		}
	}
}

// A request that is cancelled while it waits is answered so, and the server
// goes on.
func TestPullCancelled(t *testing.T) {
	r := newRepo(t, examplePolicy)
	git := holdGit(t)
	p := newRawPeer(t, r)
	p.send(`{"id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{"textDocument":{"diagnostic":{}}}}}`)
	p.want("1 ok")
	p.send(`{"method":"initialized","params":{}}`)
	p.send(fmt.Sprintf(`{"method":"textDocument/didOpen","params":{"textDocument":{"uri":%q,"languageId":"gitcommit","version":0,"text":"a"}}}`, r.message()))
	diffing := git.running()
	for i, id := range []string{`2`, `"a"`} {
		p.send(fmt.Sprintf(`{"id":%s,"method":"textDocument/diagnostic","params":{"textDocument":{"uri":%q}}}`, id, r.message()))
		p.send(fmt.Sprintf(`{"method":"$/cancelRequest","params":{"id":%s}}`, id))
		p.want(id + " -32800")
		p.send(fmt.Sprintf(`{"id":%d,"method":"textDocument/diagnostic","params":{"textDocument":{"uri":%q}}}`, 10+i, r.uri("README")))
		p.want(fmt.Sprintf("%d ok", 10+i))
	}
	release(t, diffing)
	p.stop()
}

// newRawPeer talks to a whole server, started as the command starts it.
func newRawPeer(t *testing.T, r *repo) *peer {
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	p := &peer{t: t, out: fromClient, in: make(chan reply, 1<<10), done: make(chan struct{})}
	go func() {
		defer close(p.done)
		p.exitCode, p.err = Serve(context.Background(), Options{In: toServer, Out: fromServer, Log: zap.NewNop(), Env: r.env})
		fromServer.Close()
	}()
	go p.read(toClient)
	return p
}
