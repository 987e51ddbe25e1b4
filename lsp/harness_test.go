package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

// fakeServer keeps documents and otherwise does what a test tells it to.
type fakeServer struct {
	protocol.UnimplementedServer
	docs  *documents
	hover func(ctx context.Context, line uint32) (*protocol.Hover, error)
	calls []string // of notifications and of requests that run in order
}

func (f *fakeServer) Initialize(context.Context, *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	f.calls = append(f.calls, "initialize")
	return &protocol.InitializeResult{}, nil
}

func (f *fakeServer) Initialized(context.Context, *protocol.InitializedParams) error {
	f.calls = append(f.calls, "initialized")
	return nil
}

func (f *fakeServer) Shutdown(context.Context) error {
	f.calls = append(f.calls, "shutdown")
	return nil
}

func (f *fakeServer) DidOpen(_ context.Context, p *protocol.DidOpenTextDocumentParams) error {
	f.calls = append(f.calls, "didOpen")
	f.docs.didOpen(p.TextDocument)
	return nil
}

func (f *fakeServer) DidChange(_ context.Context, p *protocol.DidChangeTextDocumentParams) error {
	f.docs.didChange(p)
	return nil
}

func (f *fakeServer) DidClose(context.Context, *protocol.DidCloseTextDocumentParams) error {
	panic("didClose panics in these tests")
}

func (f *fakeServer) DidSave(context.Context, *protocol.DidSaveTextDocumentParams) error {
	return errors.New("didSave returns an error in these tests")
}

func (f *fakeServer) Hover(ctx context.Context, p *protocol.HoverParams) (*protocol.Hover, error) {
	return f.hover(ctx, p.Position.Line)
}

// peer is the client's end of a session. It is not safe for concurrent use.
type peer struct {
	t    *testing.T
	conn *conn // the server's end
	out  io.WriteCloser
	in   chan reply // what the server sent; closed at its end
	deaf func()     // ends reading; what the server writes then goes wrong
	done chan struct{}

	exitCode int // of serve, valid after done
	err      error
}

// reply is any message as a client sees it.
type reply struct {
	ID     json.RawMessage
	Method string
	Result json.RawMessage
	Error  *struct {
		Code    int
		Message string
	}
}

// String is the message in the notation of the tests: its id, then "ok" or the
// error's code.
func (m reply) String() string {
	switch {
	case m.Method != "":
		return m.Method
	case m.Error != nil:
		return fmt.Sprintf("%s %d", m.ID, m.Error.Code)
	}
	return fmt.Sprintf("%s ok", m.ID)
}

// withPeer runs f against a server in a synctest bubble, which also fails the
// test when a goroutine is left behind.
func withPeer(t *testing.T, srv *fakeServer, f func(*peer)) {
	t.Helper()
	withPeerLogged(t, srv, zap.NewNop(), f)
}

func withPeerLogged(t *testing.T, srv *fakeServer, log *zap.Logger, f func(*peer)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f(newPeer(t, t.Context(), srv, log))
	})
}

func newPeer(t *testing.T, ctx context.Context, srv *fakeServer, log *zap.Logger) *peer {
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	if srv.docs == nil {
		srv.docs = newDocuments(protocol.PositionEncodingKindUTF16, log)
	}
	c := newConn(&pipes{toServer, fromServer}, log)
	p := &peer{t: t, conn: c, out: fromClient, in: make(chan reply, 1<<14), done: make(chan struct{})}
	p.deaf = func() { toClient.Close() }
	go func() {
		defer close(p.done)
		p.exitCode, p.err = c.serve(ctx, srv)
	}()
	go p.read(toClient)
	return p
}

// read takes in what the server sends, to the end.
func (p *peer) read(from io.Reader) {
	defer close(p.in)
	for r := bufio.NewReader(from); ; {
		m, err := readMessage(r)
		if err != nil {
			return
		}
		p.in <- m
	}
}

// pipes is a connection over two io.Pipes.
type pipes struct {
	*io.PipeReader
	out *io.PipeWriter
}

func (p *pipes) Write(b []byte) (int, error) { return p.out.Write(b) }

func (p *pipes) Close() error {
	p.PipeReader.Close()
	return p.out.Close()
}

// readMessage reads a frame without any of the code under test.
func readMessage(r *bufio.Reader) (m reply, err error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return m, err
	}
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(line, "Content-Length: "), "\r\n"))
	if err != nil {
		return m, fmt.Errorf("header %q: %w", line, err)
	}
	body := make([]byte, 2+n)
	if _, err := io.ReadFull(r, body); err != nil {
		return m, err
	}
	if string(body[:2]) != "\r\n" {
		return m, fmt.Errorf("header %q does not end", line)
	}
	return m, json.Unmarshal(body[2:], &m)
}

func framedBody(body string) string {
	return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

// raw sends bytes as they are.
func (p *peer) raw(bytes string) {
	p.t.Helper()
	if _, err := io.WriteString(p.out, bytes); err != nil {
		p.t.Fatalf("send: %v", err)
	}
}

// send sends a message, which may leave out the version.
func (p *peer) send(body string) {
	p.t.Helper()
	if rest, ok := strings.CutPrefix(body, "{"); ok {
		body = `{"jsonrpc":"2.0",` + rest
	}
	p.raw(framedBody(body))
}

// want expects the next messages from the server.
func (p *peer) want(messages ...string) {
	p.t.Helper()
	for _, want := range messages {
		if got := p.next().String(); got != want {
			p.t.Fatalf("got %q, want %q", got, want)
		}
	}
}

func (p *peer) next() reply {
	p.t.Helper()
	m, ok := <-p.in
	if !ok {
		<-p.done
		p.t.Fatalf("the server ended with %d, %v", p.exitCode, p.err)
	}
	return m
}

// start brings the server to the running phase.
func (p *peer) start() {
	p.t.Helper()
	p.send(`{"id":"start","method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`)
	p.want(`"start" ok`)
	p.send(`{"method":"initialized","params":{}}`)
}

// stop ends the session in an orderly way.
func (p *peer) stop() {
	p.t.Helper()
	p.send(shutdownRequest)
	p.want("9 ok")
	p.send(exitNotification)
	p.ends(0)
}

// ends expects the server to end by itself, with nothing more to say.
func (p *peer) ends(exitCode int) {
	p.t.Helper()
	for m := range p.in {
		p.t.Errorf("unexpected %s", m)
	}
	<-p.done
	if p.exitCode != exitCode {
		p.t.Errorf("exit code %d (%v), want %d", p.exitCode, p.err, exitCode)
	}
	if (p.err == nil) != (exitCode == 0) {
		p.t.Errorf("exit code %d with error %v", p.exitCode, p.err)
	}
}
