package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"
)

// onlooker is a client of bare JSON, as ours for editors with a status line are: the
// library's knows no notification but those of the protocol.
type onlooker struct {
	t        *testing.T
	out      io.Writer
	statuses chan statusParams
	answers  chan json.RawMessage
	srv      *server
	id       int
}

func onlook(t *testing.T, r *repo, experimental string) *onlooker {
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	c := newConn(&pipes{toServer, fromServer}, zap.NewNop())
	o := &onlooker{t: t, out: fromClient, statuses: make(chan statusParams, 1000), answers: make(chan json.RawMessage, 10)}
	o.srv = newServer(c, Options{Log: zap.NewNop(), Env: r.env, Version: "1"})
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = c.serve(context.Background(), o.srv)
		o.srv.closeAll()
		o.srv.looking.Wait()
	}()
	go o.read(bufio.NewReader(toClient))
	t.Cleanup(func() {
		o.ask("shutdown", "null")
		o.say("exit", "null")
		<-done
	})
	caps := o.ask("initialize", `{"processId":null,"rootUri":null,"capabilities":{"experimental":`+experimental+`}}`)
	if offers := strings.Contains(string(caps), `"colophonStatus":true`); offers != strings.Contains(experimental, "true") {
		t.Errorf("with %s the server says %s", experimental, caps)
	}
	o.say("initialized", "{}")
	return o
}

func (o *onlooker) read(in *bufio.Reader) {
	for {
		var size int
		if _, err := fmt.Fscanf(in, "Content-Length: %d\r\n\r\n", &size); err != nil {
			return
		}
		body := make([]byte, size)
		if _, err := io.ReadFull(in, body); err != nil {
			return
		}
		var m struct {
			Method         string
			Params, Result json.RawMessage
		}
		_ = json.Unmarshal(body, &m)
		switch m.Method {
		case methodStatus:
			var s statusParams
			_ = json.Unmarshal(m.Params, &s)
			o.statuses <- s
		case "":
			o.answers <- m.Result
		}
	}
}

func (o *onlooker) say(method, params string) {
	_, err := io.WriteString(o.out, framedBody(fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, params)))
	must(o.t, err)
}

func (o *onlooker) ask(method, params string) json.RawMessage {
	o.id++
	_, err := io.WriteString(o.out, framedBody(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":%q,"params":%s}`, o.id, method, params)))
	must(o.t, err)
	return arrives(o.t, method, o.answers)
}

// open shows a message, and waits until it is known what is staged.
func (o *onlooker) open(u uri.URI, text string) *session {
	raw, err := protocol.Marshal(&protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{URI: u, LanguageID: "gitcommit", Version: 1, Text: text}})
	must(o.t, err)
	o.say("textDocument/didOpen", string(raw))
	o.ask("textDocument/hover", fmt.Sprintf(`{"textDocument":{"uri":%q},"position":{"line":0,"character":0}}`, u))
	ses := o.srv.session(u)
	arrives(o.t, "the first look around", ses.staged)
	return ses
}

// until waits for a text that begins so.
func (o *onlooker) until(begins string) statusParams {
	o.t.Helper()
	for {
		if s := arrives(o.t, begins, o.statuses); strings.HasPrefix(s.Text, begins) && (begins != "" || s.Text == "") {
			return s
		}
	}
}

func TestStatus(t *testing.T) {
	r := newRepo(t, limitPolicy)
	r.stage("block/io.c", 12)
	o := onlook(t, r, `{"colophonStatus":true}`)
	u := r.message()
	ses := o.open(u, "block: drop a dead store\n")
	tell := func(text string) {
		doc := *o.document(u)
		doc.text, doc.version = text, doc.version+1
		doc.lines = newLines(text, o.srv.client.encoding)
		o.srv.docs.publish(&doc, false)
		ses.tell(&doc, ses.now())
	}
	tell("block: drop a dead store\n\nText.\n")
	s := o.until("AI: not said yet | 12 lines, AI limit 9")
	if s.URI != string(u) || s.State != "open" || !strings.HasPrefix(s.Tooltip, "Example (in force): AI may help") || strings.Contains(s.Tooltip, "`") || strings.Contains(s.Text, "\n") {
		t.Errorf("%+v", s)
	}

	// What says the same again is not sent; what is new is, also that there is nothing.
	tell("block: drop a dead store\n\nAnother text.\n")
	tell("block: drop a dead store\n\nText.\n\nAI-used-for: code\n")
	if s := arrives(t, "a status", o.statuses); s.State != "declared" || !strings.HasPrefix(s.Text, "AI: declared for code") {
		t.Errorf("%+v", s)
	}
	r.git("config", "colophon.policy", "none")
	if s := o.until(""); s.State != "" || s.Tooltip != "" || s.URI != string(u) {
		t.Errorf("%+v", s)
	}
	// Of an older version nobody is told.
	old := *o.document(u)
	ses.tell(&old, ses.now())
	select {
	case s := <-o.statuses:
		t.Errorf("%+v", s)
	default:
	}
}

func (o *onlooker) document(u uri.URI) *document {
	doc, ok := o.srv.docs.get(u)
	if !ok {
		o.t.Fatal("the document is not open")
	}
	return doc
}

// A client that has no status line for us is sent nothing.
func TestNoStatus(t *testing.T) {
	r := newRepo(t, limitPolicy)
	o := onlook(t, r, `{"other":1}`)
	ses := o.open(r.message(), "s\n")
	ses.tell(o.document(r.message()), ses.now())
	o.ask("textDocument/hover", fmt.Sprintf(`{"textDocument":{"uri":%q},"position":{"line":0,"character":0}}`, r.message()))
	if len(o.statuses) > 0 {
		t.Errorf("%+v", <-o.statuses)
	}
}
