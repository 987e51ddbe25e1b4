package lsp

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"
	"time"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

// yieldWait bounds how long a request lets the diagnostics go first.
const yieldWait = 100 * time.Millisecond

// wake has follow look at the newest text.
func (ses *session) wake() {
	ses.mu.Lock()
	if isClosed(ses.shown) {
		ses.shown = make(chan struct{})
	}
	ses.mu.Unlock()
	nudge(ses.changed)
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// caughtUp notes that a text has been shown. Those that wait go on if it is the newest.
func (ses *session) caughtUp(doc *document) {
	ses.mu.Lock()
	defer ses.mu.Unlock()
	if newest, _ := ses.srv.docs.get(ses.uri); newest == doc && !isClosed(ses.shown) {
		close(ses.shown)
	}
}

// yield lets the diagnostics go first, which a person sees while typing: what is asked
// for besides would only keep the processor from them.
func (ses *session) yield(ctx context.Context) error {
	ses.mu.Lock()
	shown := ses.shown
	ses.mu.Unlock()
	if shown == nil || isClosed(shown) {
		return nil
	}
	return ses.wait(ctx, shown, yieldWait)
}

// judge is diagnostics for our own goroutines, where a panic in a rule would end
// the process and with it the other documents.
func (ses *session) judge(doc *document, k *known) (out []protocol.Diagnostic, err error) {
	defer func() {
		if r := recover(); r != nil {
			ses.srv.log.Error("panic", zap.String("value", fmt.Sprint(r)), zap.ByteString("stack", debug.Stack()))
			err = errors.New("the rules ended in a panic")
		}
	}()
	return ses.diagnostics(doc, k), nil
}

// follow shows what comes of the newest text whenever something is new. Of texts that
// come faster than they can be judged, only the newest is.
func (ses *session) follow() {
	var last sent
	for {
		select {
		case <-ses.ctx.Done():
			return
		case <-ses.changed:
		}
		k := ses.now()
		doc, _ := ses.srv.docs.get(ses.uri)
		if k != nil && doc != nil {
			if !ses.srv.client.pull && ses.push(doc, k, &last) != nil {
				return
			}
			if ses.srv.client.status {
				ses.tell(doc, k)
			}
		}
		ses.caughtUp(doc)
	}
}

// sent is what the client has of our diagnostics.
type sent struct {
	diagnostics []protocol.Diagnostic
	version     int32
	any         bool
}

// push judges, and sends what came out: always for a new text, otherwise only if it
// differs. The error is that of the connection.
func (ses *session) push(doc *document, k *known, last *sent) error {
	diags, err := ses.judge(doc, k)
	if err != nil {
		return nil // it is logged
	}
	if newest, _ := ses.srv.docs.get(ses.uri); newest != doc {
		return nil // there is a newer text, and it has woken us
	}
	if last.any && doc.version == last.version && reflect.DeepEqual(diags, last.diagnostics) {
		return nil
	}
	p := &protocol.PublishDiagnosticsParams{URI: ses.uri, Diagnostics: diags}
	if ses.srv.client.versions {
		p.Version = protocol.NewOptional(doc.version)
	}
	*last = sent{diags, doc.version, true}
	return ses.publish(p)
}

// publish sends diagnostics, unless the document was closed meanwhile.
func (ses *session) publish(p *protocol.PublishDiagnosticsParams) error {
	ses.sending.Lock()
	defer ses.sending.Unlock()
	if err := ses.ctx.Err(); err != nil {
		return err
	}
	return ses.srv.conn.client().PublishDiagnostics(ses.ctx, p)
}
