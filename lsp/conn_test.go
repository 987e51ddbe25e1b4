package lsp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

// hoverRequest is a hover request; the fake server goes by its line.
func hoverRequest(id string, line int) string {
	return fmt.Sprintf(`{"id":%s,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///m"},"position":{"line":%d,"character":0}}}`, id, line)
}

const (
	initializeRequest   = `{"id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`
	shutdownRequest     = `{"id":9,"method":"shutdown"}`
	exitNotification    = `{"method":"exit"}`
	didOpenNotification = `{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///m","languageId":"gitcommit","version":1,"text":"a\nb\n"}}}`
)

func TestLifeCycle(t *testing.T) {
	tests := []struct {
		name  string
		send  []string
		want  []string // the answers, in order
		calls string   // what reached the server
		code  int
	}{
		{
			name: "by the book", send: []string{initializeRequest, `{"method":"initialized","params":{}}`, didOpenNotification, shutdownRequest, exitNotification},
			want: []string{"1 ok", "9 ok"}, calls: "initialize initialized didOpen shutdown",
		},
		{
			name: "request before initialize", send: []string{hoverRequest("5", 0), initializeRequest, shutdownRequest, exitNotification},
			want: []string{"5 -32002", "1 ok", "9 ok"}, calls: "initialize shutdown",
		},
		{
			name: "unknown request before initialize", send: []string{`{"id":5,"method":"x"}`, exitNotification},
			want: []string{"5 -32002"}, code: 1,
		},
		{
			name: "shutdown before initialize", send: []string{shutdownRequest, exitNotification},
			want: []string{"9 -32002"}, code: 1,
		},
		{
			name: "notification before initialize is dropped", send: []string{didOpenNotification, initializeRequest, shutdownRequest, exitNotification},
			want: []string{"1 ok", "9 ok"}, calls: "initialize shutdown",
		},
		{
			name: "exit before initialize", send: []string{exitNotification}, code: 1,
		},
		{
			name: "second initialize", send: []string{initializeRequest, initializeRequest, shutdownRequest, exitNotification},
			want: []string{"1 ok", "1 -32600", "9 ok"}, calls: "initialize shutdown",
		},
		{
			name: "request after shutdown", send: []string{initializeRequest, shutdownRequest, hoverRequest("5", 0), initializeRequest, shutdownRequest, exitNotification},
			want: []string{"1 ok", "9 ok", "5 -32600", "1 -32600", "9 -32600"}, calls: "initialize shutdown",
		},
		{
			name: "notification after shutdown is dropped", send: []string{initializeRequest, shutdownRequest, didOpenNotification, exitNotification},
			want: []string{"1 ok", "9 ok"}, calls: "initialize shutdown",
		},
		{
			name: "exit without shutdown", send: []string{initializeRequest, exitNotification},
			want: []string{"1 ok"}, calls: "initialize", code: 1,
		},
		{
			name: "closed without a word", code: 1,
		},
		{
			name: "closed after initialize", send: []string{initializeRequest},
			want: []string{"1 ok"}, calls: "initialize", code: 1,
		},
		{
			name: "closed after shutdown, as Neovim does", send: []string{initializeRequest, shutdownRequest},
			want: []string{"1 ok", "9 ok"}, calls: "initialize shutdown",
		},
		{
			name: "shutdown without id, as ALE does", send: []string{initializeRequest, `{"method":"shutdown"}`, exitNotification},
			want: []string{"1 ok"}, calls: "initialize shutdown",
		},
		{
			name: "initialized without params", send: []string{initializeRequest, `{"method":"initialized"}`, shutdownRequest, exitNotification},
			want: []string{"1 ok", "9 ok"}, calls: "initialize initialized shutdown",
		},
		{
			name: "initialize with malformed params may be repeated", send: []string{`{"id":0,"method":"initialize","params":7}`, initializeRequest, shutdownRequest, exitNotification},
			want: []string{"0 -32602", "1 ok", "9 ok"}, calls: "initialize shutdown",
		},
		{
			name: "exit as a request", send: []string{initializeRequest, `{"id":5,"method":"exit"}`, shutdownRequest, exitNotification},
			want: []string{"1 ok", "5 -32600", "9 ok"}, calls: "initialize shutdown",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			srv := &fakeServer{}
			withPeer(t, srv, func(p *peer) {
				for _, body := range test.send {
					p.send(body)
				}
				p.want(test.want...)
				if len(test.send) == 0 || test.send[len(test.send)-1] != exitNotification {
					p.out.Close()
				}
				p.ends(test.code)
			})
			if got := strings.Join(srv.calls, " "); got != test.calls {
				t.Errorf("the server saw %q, want %q", got, test.calls)
			}
		})
	}
}

// TestExitCodeIsFinal: what is read between exit and the closing of the
// connection does not change the exit code.
func TestExitCodeIsFinal(t *testing.T) {
	for range 50 {
		withPeer(t, &fakeServer{}, func(p *peer) {
			p.send(initializeRequest)
			p.want("1 ok")
			p.raw(framedBody(`{"jsonrpc":"2.0","method":"exit"}`) + framedBody(`{"jsonrpc":"2.0","id":9,"method":"shutdown"}`) + framedBody(`{"jsonrpc":"2.0","method":"exit"}`))
			for range p.in {
			}
			p.ends(1)
		})
	}
}

func TestRequests(t *testing.T) {
	srv := &fakeServer{hover: func(ctx context.Context, line uint32) (*protocol.Hover, error) {
		switch line {
		case 0:
			return nil, nil
		case 1:
			panic("line 1")
		case 2:
			return nil, errors.New("plain")
		case 3:
			return nil, fmt.Errorf("wrapped: %w", protocol.ErrContentModified)
		}
		return nil, context.Canceled // of a context that is the handler's own
	}}
	tests := []struct{ name, send, want string }{
		{"good", hoverRequest("1", 0), "1 ok"},
		{"panic", hoverRequest("1", 1), "1 -32603"},
		{"plain error", hoverRequest("1", 2), "1 -32603"},
		{"coded error", hoverRequest("1", 3), "1 -32801"},
		{"cancelled, but not by the client", hoverRequest("1", 4), "1 -32603"},
		{"id 0", hoverRequest("0", 0), "0 ok"},
		{"negative id", hoverRequest("-3", 0), "-3 ok"},
		{"long id", hoverRequest("9007199254740993", 0), "9007199254740993 ok"},
		{"string id", hoverRequest(`"a\"b"`, 0), `"a\"b" ok`},
		{"empty string id", hoverRequest(`""`, 0), `"" ok`},
		{"not implemented", `{"id":1,"method":"textDocument/documentSymbol","params":{"textDocument":{"uri":"file:///m"}}}`, "1 -32601"},
		{"unknown", `{"id":1,"method":"x/y","params":{"a":1}}`, "1 -32601"},
		{"unknown without params", `{"id":1,"method":"x/y"}`, "1 -32601"},
		{"unknown with null params", `{"id":1,"method":"$/x","params":null}`, "1 -32601"},
		{"unknown with a list", `{"id":1,"method":"x/y","params":[1,2]}`, "1 -32601"},
		{"empty method", `{"id":1,"method":""}`, "1 -32601"},
		{"method of the other side", `{"id":1,"method":"window/showMessageRequest","params":{}}`, "1 -32601"},
		{"params of the wrong kind", `{"id":1,"method":"textDocument/hover","params":"x"}`, "1 -32602"},
		{"params with a wrong part", `{"id":1,"method":"textDocument/hover","params":{"position":{"line":-1}}}`, "1 -32602"},
		{"params missing", `{"id":1,"method":"textDocument/hover"}`, "1 -32602"},
		{"params that are broken inside", `{"id":1,"method":"textDocument/hover","params":{"a":1,,}}`, "1 -32602"},
		{"notification as a request", strings.Replace(didOpenNotification, "{", `{"id":1,`, 1), "1 -32600"},
		{"cancellation as a request", `{"id":1,"method":"$/cancelRequest","params":{"id":1}}`, "1 -32600"},
	}
	withPeer(t, srv, func(p *peer) {
		p.start()
		for _, test := range tests {
			p.send(test.send)
			if got := p.next().String(); got != test.want {
				t.Errorf("%s: got %s, want %s", test.name, got, test.want)
			}
		}
		p.stop()
	})
	if got := strings.Join(srv.calls, " "); got != "initialize initialized shutdown" {
		t.Errorf("the server saw %q", got)
	}
}

// TestNilResult: an answer without a result is not an answer for most clients.
func TestNilResult(t *testing.T) {
	srv := &fakeServer{hover: func(context.Context, uint32) (*protocol.Hover, error) { return nil, nil }}
	withPeer(t, srv, func(p *peer) {
		p.start()
		p.send(hoverRequest("1", 0))
		if m := p.next(); string(m.Result) != "null" {
			t.Errorf("result %q, want null", m.Result)
		}
		p.stop()
	})
}

// TestNotificationsDoNotEnd: nothing that a notification does ends the session,
// and nothing is answered.
func TestNotificationsDoNotEnd(t *testing.T) {
	for _, body := range []string{
		`{"method":"x/y"}`,
		`{"method":"x/y","params":{"a":[1]}}`,
		`{"method":"$/setTrace","params":{"value":"off"}}`,
		`{"method":"$/unheard"}`,
		`{"method":"textDocument/didOpen"}`,
		`{"method":"textDocument/didOpen","params":3}`,
		`{"method":"textDocument/didOpen","params":{"bogus":1}}`,
		`{"method":"textDocument/didChange","params":{"bogus":1}}`,
		`{"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///m"},"contentChanges":[{"bogus":1}]}}`,
		`{"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///m"},"contentChanges":[null]}}`,
		`{"method":"textDocument/didChange","params":{"textDocument":null,"contentChanges":null}}`,
		`{"method":"textDocument/didSave","params":{"textDocument":{"uri":"file:///m"}}}`,
		`{"method":"textDocument/didClose","params":{"textDocument":{"uri":"file:///m"}}}`,
		`{"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///m"},"position":{"line":0,"character":0}}}`,
		`{"method":"initialize","params":{}}`,
		`{"method":"$/cancelRequest"}`,
		`{"method":"$/cancelRequest","params":{}}`,
		`{"method":"$/cancelRequest","params":{"id":null}}`,
		`{"method":"$/cancelRequest","params":{"id":1.5}}`,
		`{"method":"$/cancelRequest","params":{"id":{}}}`,
		`{"method":"$/cancelRequest","params":{"id":77}}`,
		`{"method":"$/cancelRequest","params":{"id":9007199254740993}}`,
		`{"id":null,"method":"x/y"}`,
		`{"id":5,"result":null}`,
		`{"id":"x","result":{}}`,
		`{"id":-5,"error":{"code":1,"message":"x"}}`,
		`{"id":null,"error":{"code":1,"message":"x"}}`,
	} {
		t.Run(body, func(t *testing.T) {
			srv := &fakeServer{}
			srv.hover = func(context.Context, uint32) (*protocol.Hover, error) {
				t.Error("a request without an id was run")
				return nil, nil
			}
			withPeer(t, srv, func(p *peer) {
				p.start()
				p.send(didOpenNotification)
				p.send(body)
				p.stop()
			})
			if doc, ok := srv.docs.get("file:///m"); !ok || doc.text != "a\nb\n" {
				t.Errorf("the document is %+v", doc)
			}
			if n := strings.Count(strings.Join(srv.calls, " ")+" ", "initialize "); n != 1 {
				t.Errorf("initialize was run %d times", n)
			}
		})
	}
}

func TestCancel(t *testing.T) {
	for _, id := range []string{`5`, `0`, `-1`, `"five"`, `"5"`, `""`, `9007199254740993`} {
		t.Run(id, func(t *testing.T) {
			srv := &fakeServer{hover: func(ctx context.Context, line uint32) (*protocol.Hover, error) {
				<-ctx.Done()
				if line == 1 {
					return nil, errors.New("git: signal: killed")
				}
				return nil, ctx.Err()
			}}
			withPeer(t, srv, func(p *peer) {
				p.start()
				for line := range 2 {
					p.send(hoverRequest(id, line))
					p.send(`{"method":"$/cancelRequest","params":{"id":12}}`) // another one
					synctest.Wait()
					if len(p.in) > 0 {
						t.Fatalf("%s came before the request was cancelled", p.next())
					}
					p.send(`{"method":"$/cancelRequest","params":{"id":` + id + `}}`)
					p.want(id + " -32800")
				}
				p.stop()
			})
		})
	}
}

// TestCancelledTooLate: a handler that has a result nevertheless may give it.
func TestCancelledTooLate(t *testing.T) {
	srv := &fakeServer{hover: func(ctx context.Context, _ uint32) (*protocol.Hover, error) {
		<-ctx.Done()
		return nil, nil
	}}
	withPeer(t, srv, func(p *peer) {
		p.start()
		p.send(hoverRequest("1", 0))
		synctest.Wait() // one that is cancelled before it begins has no result
		p.send(`{"method":"$/cancelRequest","params":{"id":1}}`)
		p.want("1 ok")
		p.stop()
	})
}

func TestSameIDTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		srv := &fakeServer{hover: func(context.Context, uint32) (*protocol.Hover, error) {
			<-release
			return nil, nil
		}}
		p := newPeer(t, t.Context(), srv, zap.NewNop())
		p.start()
		p.send(hoverRequest("1", 0))
		p.send(hoverRequest("1", 0))
		p.want("1 -32600")
		close(release)
		p.want("1 ok")
		synctest.Wait()
		p.send(hoverRequest("1", 0))
		p.want("1 ok")
		p.stop()
	})
}

// TestRequestsOverlap: a slow request holds up neither requests nor
// notifications behind it.
func TestRequestsOverlap(t *testing.T) {
	srv := &fakeServer{hover: func(ctx context.Context, line uint32) (*protocol.Hover, error) {
		if line == 1 {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return nil, nil
	}}
	withPeer(t, srv, func(p *peer) {
		p.start()
		p.send(hoverRequest("1", 1))
		p.send(didOpenNotification)
		p.send(hoverRequest("2", 0))
		p.want("2 ok")
		if _, ok := srv.docs.get("file:///m"); !ok {
			t.Error("didOpen was not handled before the request behind it")
		}
		p.send(`{"method":"$/cancelRequest","params":{"id":1}}`)
		p.want("1 -32800")
		p.stop()
	})
}

// TestFlood: no more than maxRunning requests run and no more than maxPending
// are read, and in the end all are answered.
func TestFlood(t *testing.T) {
	const sent = maxPending + 100
	synctest.Test(t, func(t *testing.T) {
		started, release := make(chan struct{}, sent), make(chan struct{})
		srv := &fakeServer{hover: func(context.Context, uint32) (*protocol.Hover, error) {
			started <- struct{}{}
			<-release
			return nil, nil
		}}
		p := newPeer(t, t.Context(), srv, zap.NewNop())
		p.start()
		go func() {
			for i := range sent {
				p.send(hoverRequest(fmt.Sprint(i), 0))
			}
		}()
		synctest.Wait()
		if n := len(started); n != maxRunning {
			t.Errorf("%d requests run at once, want %d", n, maxRunning)
		}
		if n := len(p.conn.pending); n != maxPending {
			t.Errorf("%d requests were read, want %d", n, maxPending)
		}
		close(release)
		for range sent {
			if m := p.next(); m.Error != nil {
				t.Errorf("got %s", m)
			}
		}
		p.stop()
	})
}

// TestFloodOfBytes: requests with long params wait as well.
func TestFloodOfBytes(t *testing.T) {
	const size, sent = 5 << 20, 20 // a part of maxPendingBytes
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		srv := &fakeServer{hover: func(context.Context, uint32) (*protocol.Hover, error) {
			<-release
			return nil, nil
		}}
		p := newPeer(t, t.Context(), srv, zap.NewNop())
		p.start()
		padding := strings.Repeat(" ", size)
		go func() {
			for i := range sent {
				p.send(strings.Replace(hoverRequest(fmt.Sprint(i), 0), `"position"`, padding+`"position"`, 1))
			}
		}()
		synctest.Wait()
		if n := len(p.conn.pending); n != maxPendingBytes/size-1 {
			t.Errorf("%d requests of %d bytes were read, want %d", n, size, maxPendingBytes/size-1)
		}
		close(release)
		for range sent {
			if m := p.next(); m.Error != nil {
				t.Errorf("got %s", m)
			}
		}
		synctest.Wait()
		if n := p.conn.pendingBytes; n != 0 {
			t.Errorf("%d bytes are pending after all was answered", n)
		}
		p.stop()
	})
}

// TestCancelWhileFull: cancellations get through when all requests that may
// run wait for them, and so does the end.
func TestCancelWhileFull(t *testing.T) {
	srv := &fakeServer{hover: func(ctx context.Context, _ uint32) (*protocol.Hover, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}}
	withPeer(t, srv, func(p *peer) {
		p.start()
		for i := range 2 * maxRunning {
			p.send(hoverRequest(fmt.Sprint(i), 0))
		}
		for i := range 2 * maxRunning {
			id := fmt.Sprint(2*maxRunning - 1 - i) // those that wait come first
			p.send(`{"method":"$/cancelRequest","params":{"id":` + id + `}}`)
			p.want(id + " -32800")
		}
		for i := range 2 * maxRunning {
			p.send(hoverRequest(fmt.Sprint(i), 0))
		}
		p.out.Close()
		for range p.in { // some may still be answered
		}
		p.ends(1)
	})
}

// TestStoppedWhileFull: serve can be ended when reading waits for room.
func TestStoppedWhileFull(t *testing.T) {
	srv := &fakeServer{hover: func(ctx context.Context, _ uint32) (*protocol.Hover, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}}
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		p := newPeer(t, ctx, srv, zap.NewNop())
		p.start()
		for i := range maxPending + 1 {
			p.send(hoverRequest(fmt.Sprint(i), 0))
		}
		synctest.Wait()
		stop()
		for range p.in { // some may still be answered
		}
		p.ends(1)
	})
}

// TestGoneWhileBusy: when the client goes away, requests that wait for their
// context end, and serve with them.
func TestGoneWhileBusy(t *testing.T) {
	srv := &fakeServer{hover: func(ctx context.Context, _ uint32) (*protocol.Hover, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}}
	t.Run("closed", func(t *testing.T) {
		withPeer(t, srv, func(p *peer) {
			p.start()
			p.send(hoverRequest("1", 0))
			p.out.Close()
			p.ends(1)
			if !errors.Is(p.err, errClientGone) {
				t.Errorf("error %v", p.err)
			}
		})
	})
	t.Run("exit", func(t *testing.T) {
		withPeer(t, srv, func(p *peer) {
			p.start()
			p.send(hoverRequest("1", 0))
			p.send(shutdownRequest)
			p.want("9 ok")
			p.send(exitNotification)
			for range p.in { // the request may still be answered
			}
			p.ends(0)
		})
	})
}

// TestClientIsDeaf: there is no use in going on when nothing can be answered.
func TestClientIsDeaf(t *testing.T) {
	srv := &fakeServer{hover: func(ctx context.Context, _ uint32) (*protocol.Hover, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}}
	withPeer(t, srv, func(p *peer) {
		p.start()
		p.send(hoverRequest("1", 0))
		p.deaf()
		p.send(`{"id":2,"method":"x"}`)
		p.ends(1)
		if !errors.Is(p.err, io.ErrClosedPipe) || !strings.Contains(p.err.Error(), "write message") {
			t.Errorf("error %v", p.err)
		}
	})
}

// TestServerStopped: the context given to serve ends it.
func TestServerStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancelCause(t.Context())
		p := newPeer(t, ctx, &fakeServer{}, zap.NewNop())
		p.start()
		why := errors.New("terminated")
		stop(why)
		p.ends(1)
		if !errors.Is(p.err, why) {
			t.Errorf("error %v, want %v", p.err, why)
		}
	})
}

// TestStubbornHandler: one that does not look at its context cannot keep the
// process alive.
func TestStubbornHandler(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		forever := make(chan struct{})
		srv := &fakeServer{hover: func(context.Context, uint32) (*protocol.Hover, error) {
			<-forever
			return nil, nil
		}}
		p := newPeer(t, t.Context(), srv, zap.NewNop())
		p.start()
		p.send(hoverRequest("1", 0))
		begin := time.Now()
		p.out.Close()
		p.ends(1)
		if took := time.Since(begin); took != drainTime {
			t.Errorf("serve waited %v, want %v", took, drainTime)
		}
		close(forever)
	})
}

// TestClientCalls: the client is told things and asked things, and a question
// that is still open when it goes away has an end.
func TestClientCalls(t *testing.T) {
	// The library keeps the channels of its questions in a pool; those that were made
	// in a bubble are no good outside. Two collections empty a pool.
	defer func() { runtime.GC(); runtime.GC() }()
	srv := &fakeServer{}
	withPeer(t, srv, func(p *peer) {
		p.start()
		client := p.conn.client()
		if err := client.PublishDiagnostics(p.t.Context(), &protocol.PublishDiagnosticsParams{URI: "file:///m"}); err != nil {
			t.Error(err)
		}
		p.want("textDocument/publishDiagnostics")

		settings := make(chan []protocol.LSPAny, 1)
		go func() {
			answer, err := client.Configuration(p.t.Context(), &protocol.ConfigurationParams{Items: []protocol.ConfigurationItem{}})
			if err != nil {
				t.Error(err)
			}
			settings <- answer
		}()
		p.send(`{"id":` + string(p.next().ID) + `,"result":[{"policy":"qemu"},null]}`)
		if got := <-settings; len(got) != 2 {
			t.Errorf("settings: %v", got)
		}

		answer := make(chan error, 1)
		ask := func() { answer <- client.DiagnosticRefresh(p.t.Context()) }
		go ask()
		m := p.next()
		if m.Method != "workspace/diagnostic/refresh" {
			t.Errorf("got %s", m)
		}
		p.send(`{"id":` + string(m.ID) + `,"result":null}`)
		if err := <-answer; err != nil {
			t.Errorf("answered request: %v", err)
		}
		go ask()
		p.send(`{"id":` + string(p.next().ID) + `,"error":{"code":-32601,"message":"no"}}`)
		if err := <-answer; !errors.Is(err, jsonrpc2.ErrMethodNotFound) {
			t.Errorf("refused request: %v", err)
		}
		go ask()
		p.next()
		p.out.Close()
		if err := <-answer; err == nil {
			t.Error("a request to a client that is gone was answered")
		}
		p.ends(1)
	})
}

// TestLogIsDiscreet: the log says what came, never what was in it.
func TestLogIsDiscreet(t *testing.T) {
	core, logs := observer.New(zap.DebugLevel)
	srv := &fakeServer{hover: func(context.Context, uint32) (*protocol.Hover, error) { return nil, nil }}
	withPeerLogged(t, srv, zap.New(core), func(p *peer) {
		p.start()
		p.send(strings.ReplaceAll(didOpenNotification, `a\nb`, "SECRET"))
		p.send(`{"method":"textDocument/didOpen","params":{"textDocument":"SECRET"}}`)
		p.send(`{"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///SECRET","version":2},"contentChanges":[{"text":"SECRET"}]}}`)
		p.send(`{"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///m","version":2},"contentChanges":[{"range":{"start":{"line":1,"character":0},"end":{"line":0,"character":0}},"text":"SECRET"}]}}`)
		p.send(`{"id":1,"method":"textDocument/hover","params":"SECRET"}`)
		p.want("1 -32602")
		p.send(`{"SECRET`)
		p.want("null -32700")
		p.send(`{"id":2,"method":"` + strings.Repeat("x", 1000) + `"}`)
		p.want("2 -32601")
		p.stop()
	})
	methods := map[string]bool{}
	for _, e := range logs.All() {
		for k, v := range e.ContextMap() {
			if s := fmt.Sprint(v); strings.Contains(s, "SECRET") || len(s) > 100 {
				t.Errorf("%s: %s = %s", e.Message, k, s)
			}
		}
		if e.Message == "message" {
			methods[fmt.Sprint(e.ContextMap()["method"])] = true
			if _, ok := e.ContextMap()["took"]; !ok {
				t.Errorf("no duration in %v", e.ContextMap())
			}
		}
	}
	for _, want := range []string{"initialize", "initialized", "textDocument/didOpen", "textDocument/hover", "shutdown", "exit"} {
		if !methods[want] {
			t.Errorf("no line for %s", want)
		}
	}
	if !slices.ContainsFunc(logs.All(), func(e observer.LoggedEntry) bool {
		return e.ContextMap()["code"] == int32(jsonrpc2.InvalidParams)
	}) {
		t.Error("no line has the error's code")
	}
}

// TestLibraryVersion: go list knows only an old line of this library, so an
// update by habit would go back to it.
func TestLibraryVersion(t *testing.T) {
	if protocol.Version != "3.18.0" {
		t.Errorf("go.lsp.dev/protocol speaks %s, want 3.18.0", protocol.Version)
	}
}
