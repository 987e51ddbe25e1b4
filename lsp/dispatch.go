package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

// kind is how the protocol lets a client send a method.
type kind int

const (
	unknown kind = iota
	request
	notification
)

// clientMethods returns all methods that a client may send.
func clientMethods() map[string]kind {
	methods := make(map[string]kind, len(protocol.Methods))
	for _, m := range protocol.Methods {
		switch {
		case m.Direction == protocol.DirectionServerToClient:
		case m.Kind == "request":
			methods[m.Method] = request
		default:
			methods[m.Method] = notification
		}
	}
	return methods
}

// handle receives every message, on the goroutine that reads. What it returns
// answers a request; for a notification it always returns nil, because there
// the library takes an error as the end of the connection.
//
// The library keeps its contexts in a pool: one derived from reqCtx may outlive
// the message and crash the process. So reqCtx is used for jsonrpc2.Async only,
// and handlers get a context derived from c.base.
func (c *conn) handle(reqCtx context.Context, req *jsonrpc2.Request) (result any, err error) {
	begin := time.Now()
	method := strings.Clone(req.Method()) // it borrows from the stream's buffer
	if req.IsCall() {
		result, err = c.request(reqCtx, method, req)
	} else {
		err = c.notification(method, req)
	}
	c.trace(method, time.Since(begin), err)
	if !req.IsCall() {
		return nil, nil
	}
	return result, err
}

// trace writes one line for each message: what it was, never what it said.
func (c *conn) trace(method string, took time.Duration, err error) {
	line := c.log.Check(zap.DebugLevel, "message")
	if line == nil {
		return
	}
	fields := []zap.Field{zap.String("method", shorten(method)), zap.Duration("took", took)}
	if err != nil {
		fields = append(fields, zap.Int32("code", int32(errorCode(err))))
	}
	line.Write(fields...)
}

func (c *conn) request(reqCtx context.Context, method string, req *jsonrpc2.Request) (any, error) {
	if err := c.admit(method); err != nil {
		return nil, err
	}
	ctx, finish, err := c.register(req.ID(), len(req.Params()))
	if err != nil {
		return nil, err
	}
	defer finish()

	switch method {
	case protocol.MethodInitialize, protocol.MethodShutdown:
	default:
		jsonrpc2.Async(reqCtx) // from here on the next message is read
		select {
		case c.running <- struct{}{}:
			defer func() { <-c.running }()
		case <-ctx.Done():
			return nil, protocol.ErrRequestCancelled
		}
	}

	result, err := c.call(ctx, method, req)
	switch {
	case method == protocol.MethodInitialize && err == nil:
		c.setPhase(running)
	case method == protocol.MethodShutdown:
		// Even when it went wrong: the client is leaving.
		c.setPhase(stopping)
	}
	if err != nil {
		return nil, wireError(err, method, ctx.Err() != nil)
	}
	return result, nil
}

// admit refuses a request that has no place in this phase, or must not be a
// request at all.
func (c *conn) admit(method string) error {
	switch p := c.currentPhase(); {
	case p == created && method != protocol.MethodInitialize:
		return jsonrpc2.Errorf(jsonrpc2.ServerNotInitialized, "%s came before initialize was answered", shorten(method))
	case p == running && method == protocol.MethodInitialize:
		return jsonrpc2.NewError(jsonrpc2.InvalidRequest, "initialize came a second time")
	case p == stopping:
		return jsonrpc2.Errorf(jsonrpc2.InvalidRequest, "%s came after shutdown", shorten(method))
	case p == exited:
		return jsonrpc2.Errorf(jsonrpc2.InvalidRequest, "%s came after exit", shorten(method))
	case c.refused[method]:
		return jsonrpc2.Errorf(jsonrpc2.MethodNotFound, "this server did not offer %s to this client", method)
	case c.methods[method] == notification:
		// Run as a request it could overtake the notifications before it.
		return jsonrpc2.Errorf(jsonrpc2.InvalidRequest, "%s is a notification: send it without an id", method)
	}
	return nil
}

// register makes a request known to $/cancelRequest until finish is called. It
// waits until there is room for the request, whose params have size bytes.
func (c *conn) register(id jsonrpc2.ID, size int) (ctx context.Context, finish func(), err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.pending) >= maxPending || c.pendingBytes+size > maxPendingBytes {
		c.room.Wait()
	}
	if c.pending[id] != nil {
		return nil, nil, jsonrpc2.NewError(jsonrpc2.InvalidRequest, "a request with this id is still running")
	}
	ctx, cancel := context.WithCancel(c.base)
	c.pending[id] = cancel
	c.pendingBytes += size
	return ctx, func() {
		cancel()
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.pending, id)
		c.pendingBytes -= size
		c.room.Signal()
	}, nil
}

// notification handles a message that has no answer. Its error is for the
// trace only.
func (c *conn) notification(method string, req *jsonrpc2.Request) error {
	p := c.currentPhase()
	switch {
	case method == protocol.MethodExit:
		c.exit(p)
		return nil
	case method == protocol.MethodCancelRequest:
		return c.cancel(req.Params())
	case p != running:
		return nil // dropped, as the protocol says
	case method == protocol.MethodShutdown:
		// ALE sends it without an id, and means it.
		c.setPhase(stopping)
	case c.methods[method] == request:
		return jsonrpc2.Errorf(jsonrpc2.InvalidRequest, "%s came without an id", method)
	}
	_, err := c.call(c.base, method, req)
	if err == nil {
		return nil
	}
	err = wireError(err, method, false)
	if code := errorCode(err); code != jsonrpc2.MethodNotFound {
		// Only the code: the text of a decoding error may quote the message.
		c.log.Warn("notification had no effect", zap.String("method", shorten(method)), zap.Int32("code", int32(code)))
	}
	return err
}

// exit ends the connection. What is read between now and the closing of the
// stream must not change the exit status any more.
func (c *conn) exit(p phase) {
	switch p {
	case exited:
	case stopping:
		c.end(errExit)
	default:
		c.setPhase(exited)
		c.end(errEarlyExit)
	}
}

// cancel ends the context of the request that params name, if it still runs.
//
// protocol.CancelParams knows ids of 32 bits only, JSON-RPC has no such limit.
func (c *conn) cancel(params []byte) error {
	var p struct {
		ID json.RawMessage `json:"id"`
	}
	if err := json.Unmarshal(params, &p); err != nil {
		return jsonrpc2.Errorf(jsonrpc2.InvalidParams, "decode the id to cancel: %v", err)
	}
	var id jsonrpc2.ID
	var text string
	if err := json.Unmarshal(p.ID, &text); err == nil {
		id = jsonrpc2.NewStringID(text)
	} else {
		n, err := strconv.ParseInt(string(p.ID), 10, 64)
		if err != nil {
			return jsonrpc2.NewError(jsonrpc2.InvalidParams, "the id to cancel is neither a string nor an integer")
		}
		id = jsonrpc2.NewNumberID(n)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if cancel := c.pending[id]; cancel != nil {
		cancel()
	}
	return nil
}

// call runs the server's method and encodes its result. Decoding, the method
// and encoding may all panic; that becomes an error, because the library would
// close the connection.
func (c *conn) call(ctx context.Context, method string, req *jsonrpc2.Request) (result jsonrpc2.RawMessage, err error) {
	defer func() {
		if r := recover(); r != nil {
			c.log.Error("panic", zap.String("method", shorten(method)), zap.String("value", fmt.Sprint(r)), zap.ByteString("stack", debug.Stack()))
			result, err = nil, jsonrpc2.Errorf(jsonrpc2.InternalError, "%s ended in a panic; the server's log says where", shorten(method))
		}
	}()
	v, err := c.dispatch(ctx, method, req)
	if err != nil {
		return nil, err
	}
	return protocol.Marshal(v)
}

// dispatch decodes the params and calls the server's method.
func (c *conn) dispatch(ctx context.Context, method string, req *jsonrpc2.Request) (any, error) {
	if len(req.Params()) == 0 {
		// The library decodes params before it looks further, and takes their
		// absence for malformed JSON.
		switch {
		case method == protocol.MethodInitialized:
			return nil, c.srv.Initialized(ctx, &protocol.InitializedParams{})
		case c.methods[method] == unknown:
			return c.srv.Request(ctx, method, nil)
		}
	}
	return c.decode(ctx, req)
}

// wireError gives err the code that the protocol asks for.
func wireError(err error, method string, cancelled bool) error {
	var coded *jsonrpc2.Error
	switch {
	case cancelled:
		return protocol.ErrRequestCancelled
	case !errors.As(err, &coded):
		return jsonrpc2.Errorf(jsonrpc2.InternalError, "%s: %v", shorten(method), err)
	case coded.Code == jsonrpc2.ParseError:
		// The message was JSON: stream has seen to it. It is the params that do
		// not fit the method.
		return jsonrpc2.Errorf(jsonrpc2.InvalidParams, "params of %s: %s", shorten(method), strings.TrimPrefix(err.Error(), coded.Message+": "))
	case coded.Code == jsonrpc2.MethodNotFound:
		return jsonrpc2.Errorf(jsonrpc2.MethodNotFound, "this server does not know %s", shorten(method))
	}
	return err
}

func errorCode(err error) jsonrpc2.Code {
	var coded *jsonrpc2.Error
	if errors.As(err, &coded) {
		return coded.Code
	}
	return jsonrpc2.InternalError
}

// shorten keeps a method's name, which is the client's to choose, from filling
// the log.
func shorten(method string) string {
	const most = 80 // bytes; the longest name in the protocol has 40
	if len(method) <= most {
		return method
	}
	return strings.ToValidUTF8(method[:most], "") + "…"
}
