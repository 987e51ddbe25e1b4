// Package lsp serves Colophon's findings over the Language Server Protocol.
//
// It keeps the protocol (life cycle, order, position encodings, open
// documents) and converts between its types and ours. What is right and wrong
// in a message is decided elsewhere.
package lsp

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

const (
	// maxRunning is how many requests run at once. More than that wait, while
	// notifications, among them cancellations, are still handled.
	maxRunning = 64

	// maxPending is how many requests run or wait, and maxPendingBytes how long
	// their params may be in all. Beyond that nothing is read: the client is
	// slowed down instead of memory filled up.
	maxPending      = 1000
	maxPendingBytes = maxBody // at least as much as one request can have

	// drainTime is how long serve waits for handlers after the connection has
	// ended. Their contexts are cancelled by then.
	drainTime = 2 * time.Second
)

var (
	errClientGone = errors.New("the client closed the connection without shutdown and exit")
	errEarlyExit  = errors.New("the client sent exit without shutdown")
	errExit       = errors.New("the client sent exit")
)

// phase is where the connection stands in the protocol's life cycle.
type phase int

const (
	created phase = iota // before the answer to initialize
	running
	stopping // after shutdown
	exited   // after an exit that came without shutdown
)

// conn is the connection to one client. It keeps the protocol's life cycle,
// order and error codes, so that a protocol.Server only has to answer.
//
// Notifications, initialize and shutdown run one after another, in the order
// the client sent them. Any other request runs beside later messages.
type conn struct {
	rpc     jsonrpc2.Conn
	stream  *stream
	log     *zap.Logger
	methods map[string]kind

	base context.Context // ends with the connection, with the reason as its cause
	end  context.CancelCauseFunc

	srv     protocol.Server
	decode  jsonrpc2.Handler // decodes params and calls srv
	running chan struct{}    // one element for each running request
	refused map[string]bool  // requests that this client was not offered; set by initialize

	mu           sync.Mutex
	room         *sync.Cond // signalled when a request has left pending
	phase        phase
	pending      map[jsonrpc2.ID]context.CancelFunc
	pendingBytes int
}

// newConn prepares a connection over rwc. It reads nothing before serve.
//
// Closing rwc must unblock a pending Read; see newStdio.
func newConn(rwc io.ReadWriteCloser, log *zap.Logger) *conn {
	base, end := context.WithCancelCause(context.Background())
	s := newStream(rwc, log, end)
	c := &conn{
		rpc:     jsonrpc2.NewConn(s, jsonrpc2.WithCodec(codec{})),
		stream:  s,
		log:     log,
		methods: clientMethods(),
		base:    base,
		end:     end,
		running: make(chan struct{}, maxRunning),
		pending: make(map[jsonrpc2.ID]context.CancelFunc),
	}
	c.room = sync.NewCond(&c.mu)
	return c
}

// client returns the other end. Notifications to it may be sent from anywhere
// once initialize is answered. A request to it must not be made from a handler
// that runs in order (a notification's, Initialize, Shutdown): its answer is
// read only after that handler has returned.
func (c *conn) client() protocol.Client { return protocol.ClientDispatcher(c.rpc) }

// serve hands messages to srv until the client says exit or goes away, or ctx
// ends. It returns the exit status that the protocol asks for, and for one
// that is not 0 the reason. It may be called once.
func (c *conn) serve(ctx context.Context, srv protocol.Server) (exitCode int, err error) {
	c.srv = srv
	c.decode = protocol.ServerHandler(srv, nil)
	stop := context.AfterFunc(ctx, func() { c.end(context.Cause(ctx)) })
	defer stop()

	// The library gets a context that does not end: closing the stream is the
	// one way in which reading stops.
	c.rpc.Go(context.WithoutCancel(ctx), c.handle)
	<-c.base.Done()
	if err := c.stream.Close(); err != nil {
		c.log.Debug("close connection", zap.Error(err))
	}
	c.drain()

	if c.currentPhase() == stopping {
		return 0, nil
	}
	err = context.Cause(c.base)
	if errors.Is(err, io.EOF) {
		err = errClientGone
	}
	return 1, err
}

// drain waits until the reader and all handlers have returned.
func (c *conn) drain() {
	late := time.NewTimer(drainTime)
	defer late.Stop()
	select {
	case <-c.rpc.Done():
	case <-late.C:
		c.log.Warn("requests ignore that the connection has ended", zap.Int("running", len(c.running)))
	}
}

func (c *conn) currentPhase() phase {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.phase
}

func (c *conn) setPhase(p phase) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.phase = p
}

// codec encodes what goes to the client and decodes its answers. The library's
// default cannot decode the protocol's union types, and the one it uses in
// protocol.NewServer is not exported.
type codec struct{}

func (codec) Marshal(v any) ([]byte, error) {
	if raw, ok := v.(jsonrpc2.RawMessage); ok {
		return raw, nil // the result of a handler, which call has encoded
	}
	return protocol.Marshal(v)
}

func (codec) Unmarshal(data []byte, v any) error { return protocol.Unmarshal(data, v) }
