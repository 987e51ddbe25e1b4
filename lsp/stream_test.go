package lsp

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

// TestBadMessages: each is answered and the session goes on.
func TestBadMessages(t *testing.T) {
	deep := strings.Repeat("[", 1<<20)
	tests := []struct {
		name, raw string
		want      string // nothing when the message is good
	}{
		{"empty body", framedBody(""), "null -32700"},
		{"not JSON", framedBody("hello"), "null -32700"},
		{"cut off", framedBody(`{"jsonrpc":"2.0","id":1`), "null -32700"},
		{"cut off in a string", framedBody(`{"jsonrpc":"2.0","id":1,"method":"x\`), "null -32700"},
		{"two values", framedBody(`{"jsonrpc":"2.0","method":"x"}{}`), "null -32700"},
		{"bytes", framedBody("\x00\xff\xfe"), "null -32700"},
		{"very deep", framedBody(deep), "null -32700"},
		{"byte order mark", framedBody("\ufeff" + `{"jsonrpc":"2.0","id":1,"method":"x"}`), "null -32700"},
		{"number", framedBody("5"), "null -32600"},
		{"null", framedBody("null"), "null -32600"},
		{"empty object", framedBody("{}"), "null -32600"},
		{"empty batch", framedBody("[]"), "null -32600"},
		{"batch", framedBody(`[{"jsonrpc":"2.0","id":1,"method":"x"}]`), "null -32600"},
		{"broken batch", framedBody(`[{"jsonrpc":"2.0","id":1,"method":"x"},]`), "null -32700"},
		{"no version", framedBody(`{"id":1,"method":"x"}`), "null -32600"},
		{"version 1", framedBody(`{"jsonrpc":"1.0","id":1,"method":"x"}`), "null -32600"},
		{"no method", framedBody(`{"jsonrpc":"2.0","id":1,"params":{}}`), "null -32600"},
		{"method is a number", framedBody(`{"jsonrpc":"2.0","id":1,"method":2}`), "null -32600"},
		{"float id", framedBody(`{"jsonrpc":"2.0","id":1.5,"method":"x"}`), "null -32600"},
		{"huge id", framedBody(`{"jsonrpc":"2.0","id":9223372036854775808,"method":"x"}`), "null -32600"},
		{"object as id", framedBody(`{"jsonrpc":"2.0","id":{},"method":"x"}`), "null -32600"},
		{"request and response", framedBody(`{"jsonrpc":"2.0","id":1,"method":"x","result":1}`), "null -32600"},
		{"result and error", framedBody(`{"jsonrpc":"2.0","id":1,"result":1,"error":{"code":1,"message":""}}`), "null -32600"},
		{"error is null", framedBody(`{"jsonrpc":"2.0","id":1,"error":null}`), "null -32600"},

		{"deep params", framedBody(`{"jsonrpc":"2.0","id":1,"method":"x","params":` + deep + strings.Repeat("]", len(deep)) + `}`), "1 -32602"},
		{"deep params of a known method", framedBody(`{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":` + deep + strings.Repeat("]", len(deep)) + `}`), "1 -32602"},
		{"bad UTF-8 in a method", framedBody("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\xfe\"}"), "1 -32601"},
		{"bad UTF-8 in params", framedBody("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"a\":\"\xc3(\xff\"}}"), "1 -32601"},
		{"half a surrogate pair", framedBody(`{"jsonrpc":"2.0","id":1,"method":"x","params":{"a":"\ud83d"}}`), "1 -32601"},

		{"header in lower case", "content-length: 40\r\n\r\n" + `{"jsonrpc":"2.0","id":1,"method":"abcd"}`, "1 -32601"},
		{"type first", "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n" + framedBody(`{"jsonrpc":"2.0","id":1,"method":"x"}`), "1 -32601"},
		{"lines without \\r", "Content-Length: 40\n\n" + `{"jsonrpc":"2.0","id":1,"method":"abcd"}`, "1 -32601"},
		{"blanks around the number", "Content-Length:\t40 \r\n\r\n" + `{"jsonrpc":"2.0","id":1,"method":"abcd"}`, "1 -32601"},
		{"body ends in blanks", framedBody(`{"jsonrpc":"2.0","id":1,"method":"x"}` + "\r\n  "), "1 -32601"},
	}
	withPeer(t, &fakeServer{}, func(p *peer) {
		p.start()
		for _, test := range tests {
			p.raw(test.raw)
			if got := p.next().String(); got != test.want {
				t.Errorf("%s: got %s, want %s", test.name, got, test.want)
			}
		}
		p.stop()
	})
}

// TestBadUTF8InDocument: what cannot be decoded is replaced, as in the editor.
func TestBadUTF8InDocument(t *testing.T) {
	srv := &fakeServer{}
	withPeer(t, srv, func(p *peer) {
		p.start()
		p.send(strings.Replace(didOpenNotification, `a\nb`, "a\xff\xc3(b", 1))
		p.stop()
	})
	if doc, ok := srv.docs.get("file:///m"); !ok || doc.text != "a\ufffd\ufffd(b\n" {
		t.Errorf("the document is %+v", doc)
	}
}

// TestBrokenFraming: where the next message begins cannot be known, so the
// session ends, with a reason that quotes nothing.
func TestBrokenFraming(t *testing.T) {
	tests := []struct{ name, raw, reason string }{
		{"no header", framedBody("{}")[len("Content-Length: 2\r\n"):], "no Content-Length"},
		{"empty line", "\r\n" + framedBody("{}"), "no Content-Length"},
		{"no colon", "SECRET\r\n\r\n", "line 1 has no colon"},
		{"negative", "Content-Length: -1\r\n\r\n", "line 1: Content-Length is not a number"},
		{"signed", "Content-Length: +1\r\n\r\n", "line 1: Content-Length is not a number"},
		{"not a number", "Content-Length: SECRET\r\n\r\n", "line 1: Content-Length is not a number"},
		{"empty number", "Content-Length:\r\n\r\n", "line 1: Content-Length is not a number"},
		{"absurd", "Content-Length: 9223372036854775807\r\n\r\n", "line 1: Content-Length is not a number"},
		{"overflow", "Content-Length: 99999999999999999999999\r\n\r\n", "line 1: Content-Length is not a number"},
		{"two", "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "line 2 is a second Content-Length"},
		{"other header only", "X: y\r\n\r\n", "no Content-Length"},
		{"long line", "X: " + strings.Repeat("SECRET", 1000), "longer than 4096 bytes"},
		{"many lines", strings.Repeat("X: y\r\n", 1000), "longer than 4096 bytes"},
		{"wrong length before", strings.Replace(framedBody(`{"jsonrpc":"2.0","method":"SECRET"}`), "35", "29", 1) + framedBody("{}"), "no Content-Length"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			withPeer(t, &fakeServer{}, func(p *peer) {
				go io.WriteString(p.out, test.raw)
				for range p.in { // the last of them answers a message that was cut
				}
				p.ends(1)
				if p.err == nil || !strings.Contains(p.err.Error(), test.reason) || strings.Contains(p.err.Error(), "SECRET") {
					t.Errorf("error %v, want one with %q", p.err, test.reason)
				}
			})
		})
	}
}

// TestCutOff: the client was killed while it wrote.
func TestCutOff(t *testing.T) {
	whole := framedBody(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}`)
	for n := 1; n < len(whole); n++ {
		withPeer(t, &fakeServer{}, func(p *peer) {
			p.raw(whole[:n])
			p.out.Close()
			p.ends(1)
			if !errors.Is(p.err, io.ErrUnexpectedEOF) {
				t.Errorf("after %d bytes: error %v", n, p.err)
			}
		})
	}
}

// feed is a connection whose input is known in advance.
type feed struct {
	io.Reader
	out bytes.Buffer
}

func (f *feed) Write(p []byte) (int, error) { return f.out.Write(p) }
func (*feed) Close() error                  { return nil }

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// serveFeed returns what the server answers to an input that then ends.
func serveFeed(t testing.TB, in io.Reader, m limits) (answers []string, exitCode int, c *conn) {
	t.Helper()
	f := &feed{Reader: in}
	c = newConn(f, zap.NewNop())
	c.stream.limits = m
	srv := &fakeServer{docs: newDocuments(protocol.PositionEncodingKindUTF16, zap.NewNop())}
	srv.docs.limits = m
	srv.hover = func(context.Context, uint32) (*protocol.Hover, error) { return nil, nil }
	exitCode, _ = c.serve(t.Context(), srv)
	for r := bufio.NewReader(&f.out); ; {
		m, err := readMessage(r)
		if err == io.EOF {
			return answers, exitCode, c
		}
		if err != nil {
			t.Fatalf("read an answer: %v", err)
		}
		answers = append(answers, m.String())
	}
}

func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestHugeMessage: one that cannot be shortened enough is refused.
func TestHugeMessage(t *testing.T) {
	const n = 64 << 20
	m := limits{body: 1 << 16, head: 1 << 15}
	in := io.MultiReader(
		strings.NewReader(fmt.Sprintf("Content-Length: %d\r\n\r\n", n)),
		io.LimitReader(zeros{}, n),
		strings.NewReader(framedBody(`{"jsonrpc":"2.0","id":7,"method":"initialize","params":{}}`)),
	)
	var answers []string
	bytes := allocated(func() { answers, _, _ = serveFeed(t, in, m) })
	if got := strings.Join(answers, ", "); got != "null -32600, 7 ok" {
		t.Errorf("answers: %s", got)
	}
	if bytes > 1<<20 {
		t.Errorf("skipping a message allocated %d bytes", bytes)
	}
}

// TestPromisedMuch: memory follows what arrives, not what is announced.
func TestPromisedMuch(t *testing.T) {
	for _, n := range []uint64{maxHead, maxHead + 1, maxSkip} {
		in := strings.NewReader(fmt.Sprintf("Content-Length: %d\r\n\r\n{", n))
		bytes := allocated(func() { serveFeed(t, in, theLimits) })
		if bytes > 1<<20 {
			t.Errorf("one byte of a message of %d allocated %d bytes", n, bytes)
		}
	}
}

// TestBufferIsGivenBack: a huge message does not stay in memory.
func TestBufferIsGivenBack(t *testing.T) {
	s := newStream(&feed{Reader: strings.NewReader(framedBody(strings.Repeat(" ", 4*keptBuffer)) + framedBody("{}"))}, zap.NewNop(), func(error) {})
	if _, _, err := s.Read(t.Context()); err != io.EOF {
		t.Fatal(err)
	}
	if n := cap(s.body); n > keptBuffer {
		t.Errorf("%d bytes are kept", n)
	}
}

// asker asks without end and does not listen.
type asker struct {
	asked  int
	input  strings.Reader
	closed chan struct{}
}

func (a *asker) Read(p []byte) (int, error) {
	if a.input.Len() == 0 {
		select {
		case <-a.closed:
			return 0, io.EOF
		default:
		}
		a.asked++
		a.input.Reset(framedBody(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"textDocument/hover","params":{}}`, a.asked)))
	}
	return a.input.Read(p)
}

func (a *asker) Write([]byte) (int, error) {
	<-a.closed
	return 0, io.ErrClosedPipe
}

func (a *asker) Close() error {
	close(a.closed)
	return nil
}

// TestClientDoesNotListen: answers that cannot be written do not pile up.
func TestClientDoesNotListen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		a := &asker{closed: make(chan struct{})}
		c := newConn(a, zap.NewNop())
		c.setPhase(running) // the answer to initialize would already be stuck
		srv := &fakeServer{hover: func(context.Context, uint32) (*protocol.Hover, error) { return nil, nil }}
		done := make(chan struct{})
		go func() {
			defer close(done)
			c.serve(ctx, srv)
		}()
		synctest.Wait()
		if most := maxUnsent + maxPending + 100; a.asked > most {
			t.Errorf("%d requests were read, want at most %d", a.asked, most)
		}
		stop()
		<-done
	})
}

// FuzzStream: no bytes make the server panic, hang, or say something that is
// not a message. With framed, each line of data is the body of a message; the
// framing itself stops most inputs.
func FuzzStream(f *testing.F) {
	hello := `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}`
	whole := []string{
		hello,
		`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///m","languageId":"gitcommit","version":1,"text":"a\r\nb"}}}`,
		`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///m","version":2},"contentChanges":[{"range":{"start":{"line":0,"character":1},"end":{"line":1,"character":0}},"text":"\ud83d\ude00"}]}}`,
		`{"jsonrpc":"2.0","id":"h","method":"textDocument/hover","params":{"textDocument":{"uri":"file:///m"},"position":{"line":0,"character":0}}}`,
		`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"h"}}`,
		`{"jsonrpc":"2.0","id":2,"method":"shutdown"}`,
		`{"jsonrpc":"2.0","method":"exit"}`,
	}
	f.Add([]byte(strings.Join(whole, "\n")), true)
	f.Add([]byte(hello+"\n[]\n{\n\n5\n{}"), true)
	f.Add([]byte(hello+"\n"+`{"jsonrpc":"2.0","id":-0,"method":"\u0000","params":[[[[{}]]]]}`), true)
	f.Add([]byte(hello+"\n"+`{"jsonrpc":"2.0","id":1,"error":{"code":-1e9,"message":"\ud800","data":[]}}`), true)
	f.Add([]byte(framedBody(whole[0])+framedBody(whole[1])), false)
	f.Add([]byte("Content-Length: 5\r\n\r\n{}"), false)
	f.Add([]byte("Content-Length: 4294967295\r\n\r\n{}"), false)
	f.Add([]byte("Content-Type: x\nContent-Length:0\n\n"), false)
	f.Fuzz(func(t *testing.T, data []byte, framed bool) {
		if framed {
			var in bytes.Buffer
			for line := range bytes.SplitSeq(data, []byte("\n")) {
				in.WriteString(framedBody(string(line)))
			}
			data = in.Bytes()
		}
		for _, m := range []limits{theLimits, {body: 300, document: 40, head: 30, back: 10}} {
			_, code, c := serveFeed(t, bytes.NewReader(data), m)
			if code != 0 && code != 1 {
				t.Errorf("exit code %d", code)
			}
			select {
			case <-c.rpc.Done():
			default:
				t.Error("something still runs")
			}
			if n := cap(c.stream.body); n > 2*len(data)+64<<10 {
				t.Errorf("%d bytes of input took a buffer of %d", len(data), n)
			}
		}
	})
}
