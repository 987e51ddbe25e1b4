package lsp

import (
	"cmp"
	"context"
	"io"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"
)

// Options is what the server is started with.
type Options struct {
	In      io.Reader
	Out     io.Writer
	Log     *zap.Logger // never standard output
	Env     []string    // as os.Environ(): git tells the editor it starts what to look at
	Version string
	Git     string // the git to run; "" is the client's setting, or the one on PATH
	Blind   bool   // as commit.Options has it
}

// Serve speaks the protocol until the client leaves. It returns the exit status
// that the protocol asks for, and for one that is not 0 the reason.
func Serve(ctx context.Context, o Options) (exitCode int, err error) {
	c := newConn(newStdio(o.In, o.Out), o.Log)
	s := newServer(c, o)
	defer s.looking.Wait() // a git of ours must not outlive us
	defer s.closeAll()
	return c.serve(ctx, s)
}

// server answers one client. What runs in order (notifications, initialize)
// changes its state; requests work on snapshots.
type server struct {
	protocol.UnimplementedServer
	conn    *conn
	log     *zap.Logger
	env     []string
	version string
	gitName string
	blind   bool
	told    *clientLog

	// Set by initialize, before anything else is handled.
	client  client
	docs    *documents
	folders []string
	initial settings // which those that come later add to

	asking  sync.Mutex     // held while the client is asked for its settings
	looking sync.WaitGroup // every goroutine that may run git
	tokens  atomic.Int64   // of progress, so that no two are alike

	mu       sync.Mutex
	settings settings
	sessions map[uri.URI]*session
	policies map[uri.URI]*policyFile
}

func newServer(c *conn, o Options) *server {
	told := newClientLog()
	c.log = told.beside(o.Log)
	return &server{
		conn: c, log: c.log, env: o.Env, version: o.Version, gitName: o.Git, blind: o.Blind, told: told,
		docs:     newDocuments(protocol.PositionEncodingKindUTF16, o.Log),
		sessions: make(map[uri.URI]*session),
	}
}

// Initialize tells the client what we do.
func (s *server) Initialize(_ context.Context, p *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	s.client = readClient(p)
	s.docs = newDocuments(s.client.encoding, s.log)
	s.folders = folders(p)
	s.initial = readSettings(p.InitializationOptions, settings{})
	s.settings = s.initial
	s.told.choose(s.initial.LogLevel, s.log)
	go s.guarded(func() { s.told.send(s.conn.client(), s.conn) })()
	if p.ProcessID != nil {
		s.conn.watchParent(int(*p.ProcessID))
	}
	s.log.Info("initialize",
		zap.String("client", p.ClientInfo.Name), zap.String("encoding", string(s.client.encoding)),
		zap.Bool("pull", s.client.pull), zap.Bool("refresh", s.client.refresh.diagnostics))
	caps := s.capabilities()
	s.conn.refused = unoffered(&caps)
	return &protocol.InitializeResult{
		Capabilities: caps,
		ServerInfo:   protocol.ServerInfo{Name: "colophon", Version: protocol.NewOptional(s.version)},
	}, nil
}

// git is the git to run, "" for the one on PATH. A client's word for it counts only
// when the server begins, and only as an absolute path.
func (s *server) git() string {
	if git := cmp.Or(s.gitName, s.initial.Git); filepath.IsAbs(git) {
		return git
	}
	return ""
}

// Initialized asks for the settings where the client keeps them for us.
func (s *server) Initialized(context.Context, *protocol.InitializedParams) error {
	s.askSettings()
	s.followSettings()
	return nil
}

// Shutdown stops all work; the connection ends with exit.
func (s *server) Shutdown(context.Context) error {
	s.closeAll()
	return nil
}

// DidOpen begins to judge a commit message or a policy file.
func (s *server) DidOpen(_ context.Context, p *protocol.DidOpenTextDocumentParams) error {
	doc, _ := s.docs.didOpen(p.TextDocument) // one that is too long may become shorter
	s.close(doc.uri)                         // opened twice: the second counts
	where, ok := s.locate(doc)
	if !ok {
		s.openPolicyFile(doc)
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions[doc.uri] = startSession(s, doc.uri, where, s.settings)
	return nil
}

// DidChange takes the new text over; the session judges it beside us.
func (s *server) DidChange(_ context.Context, p *protocol.DidChangeTextDocumentParams) error {
	s.docs.didChange(p)
	if ses := s.session(p.TextDocument.URI); ses != nil {
		ses.wake()
		runtime.Gosched() // to judge at once, before what is asked for next is read
	} else if f := s.policyFile(p.TextDocument.URI); f != nil {
		f.wake()
	}
	return nil
}

// DidClose forgets a document and takes its findings from the screen.
func (s *server) DidClose(ctx context.Context, p *protocol.DidCloseTextDocumentParams) error {
	s.docs.didClose(p.TextDocument.URI)
	if s.close(p.TextDocument.URI) && !s.client.pull {
		return s.conn.client().PublishDiagnostics(ctx, &protocol.PublishDiagnosticsParams{
			URI: p.TextDocument.URI, Diagnostics: []protocol.Diagnostic{},
		})
	}
	return nil
}

// DidSave does nothing: what counts is the text that the client sent.
func (s *server) DidSave(context.Context, *protocol.DidSaveTextDocumentParams) error { return nil }

// session is the session of an open commit message, nil for another document.
func (s *server) session(u uri.URI) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions[u]
}

// close ends a session. When it returns, the session sends no more diagnostics.
func (s *server) close(u uri.URI) (was bool) {
	if s.closePolicyFile(u) {
		return true
	}
	s.mu.Lock()
	ses := s.sessions[u]
	delete(s.sessions, u)
	s.mu.Unlock()
	if ses == nil {
		return false
	}
	ses.stop()
	ses.sending.Lock()
	defer ses.sending.Unlock()
	return true
}

func (s *server) closeAll() {
	s.closePolicyFiles()
	s.mu.Lock()
	all := s.sessions
	s.sessions = make(map[uri.URI]*session)
	s.mu.Unlock()
	for _, ses := range all {
		ses.stop()
	}
}
