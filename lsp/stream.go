package lsp

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"strconv"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.uber.org/zap"
)

const (
	// maxHeader is the longest header of one message, in bytes. Real headers
	// have about 30; something longer is not the base protocol.
	maxHeader = 4 << 10

	// maxBody is how much of one message is held, in bytes. Of a longer one the
	// long strings are shortened; if that is not enough, it is refused.
	maxBody = 20 << 20

	// maxSkip is the longest message that is read or skipped, in bytes. A length
	// above it is nonsense: it would swallow all that the client ever sends.
	maxSkip = math.MaxUint32

	// keptBuffer is the largest buffer that is kept for the next message, in
	// bytes, so that one huge message does not stay in memory for ever.
	keptBuffer = 1 << 20

	// maxUnsent is how many messages may wait to be written while more are
	// read. A client that asks and does not listen is not read any further.
	maxUnsent = 1000
)

// stream is a jsonrpc2.Stream that survives bad messages. The library's own
// stream ends the connection at the first message it cannot decode; this one
// answers it with an error and goes on, for as long as the framing holds.
//
// It keeps to jsonrpc2.Stream and does not offer the library raw frames: the
// base protocol has no batches, so no message needs that path.
type stream struct {
	rwc    io.ReadWriteCloser
	in     *bufio.Reader
	log    *zap.Logger
	ended  func(error) // told why reading or writing came to its end
	limits limits
	body   []byte // the last message; its decoded form borrows from here

	// turn holds one element, for the one who writes. Unlike for a mutex, waiting
	// for it ends when the stream is closed.
	turn   chan struct{}
	closed chan struct{}
	close  func() error
	out    []byte

	unsentMu sync.Mutex
	unsent   int        // calls of Write that have not returned
	sent     *sync.Cond // signalled when one has
}

// newStream frames messages on rwc. It calls ended, perhaps several times and
// from several goroutines, when no message can be read or written any more;
// the library itself says so only after the last handler has returned.
func newStream(rwc io.ReadWriteCloser, log *zap.Logger, ended func(error)) *stream {
	s := &stream{
		rwc:    rwc,
		in:     bufio.NewReaderSize(rwc, maxHeader),
		log:    log,
		ended:  ended,
		limits: theLimits,
		turn:   make(chan struct{}, 1),
		closed: make(chan struct{}),
	}
	s.close = sync.OnceValue(func() error {
		close(s.closed)
		return rwc.Close()
	})
	s.sent = sync.NewCond(&s.unsentMu)
	return s
}

// Read returns the next good message. The message borrows the stream's buffer
// until the next Read.
//
// The context is not looked at: a read that has begun can only be ended by
// Close.
func (s *stream) Read(ctx context.Context) (jsonrpc2.Message, int64, error) {
	for {
		s.awaitSent()
		body, size, err := s.readFrame()
		var refused *jsonrpc2.Error
		switch {
		case err == nil:
			msg, err := jsonrpc2.DecodeMessage(body)
			if err == nil {
				return msg, size, nil
			}
			refused = malformed(body)
		case !errors.As(err, &refused):
			s.ended(err)
			return nil, 0, err
		}
		s.log.Warn("message refused", zap.Int64("bytes", size), zap.String("reason", refused.Message))
		if _, err := s.Write(ctx, jsonrpc2.NewResponse(jsonrpc2.ID{}, nil, refused)); err != nil {
			return nil, 0, err
		}
	}
}

// awaitSent waits while too many messages wait to be written.
func (s *stream) awaitSent() {
	s.unsentMu.Lock()
	defer s.unsentMu.Unlock()
	for s.unsent > maxUnsent {
		s.sent.Wait()
	}
}

// countUnsent adds n to the number of messages that wait to be written.
func (s *stream) countUnsent(n int) {
	s.unsentMu.Lock()
	defer s.unsentMu.Unlock()
	s.unsent += n
	s.sent.Signal()
}

// malformed says what is wrong with a body that is not a JSON-RPC message.
func malformed(body []byte) *jsonrpc2.Error {
	switch {
	case !json.Valid(body):
		return jsonrpc2.NewError(jsonrpc2.ParseError, "the message is not valid JSON")
	case bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("[")):
		return jsonrpc2.NewError(jsonrpc2.InvalidRequest, "batches are not part of the language server protocol: send each message in its own frame")
	}
	return jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the message is not a JSON-RPC 2.0 request, notification or response")
}

// readFrame returns the body of the next frame, in which long strings may be
// shortened, and the size of the whole frame in bytes. An error that is a
// *jsonrpc2.Error concerns this frame only; after any other the stream cannot be
// read any further.
func (s *stream) readFrame() (body []byte, size int64, err error) {
	if cap(s.body) > keptBuffer {
		long := len(s.body) >= s.limits.head
		s.body = nil
		if long {
			runtime.GC() // of decoding it; typing would only add to that
		}
	}
	length, n, err := s.readHeader()
	if err != nil {
		return nil, 0, err
	}
	size = int64(n) + int64(length)
	if length > uint64(s.limits.head) {
		body, err = s.readShortened(int64(length))
	} else {
		body, err = s.readBody(int(length))
	}
	return body, size, err
}

// readHeader reads up to and including the empty line that ends a header. It
// returns the announced length of the body and the size of the header, both in
// bytes. Its errors never quote the header: when client and server disagree
// about a length, that "header" is a piece of someone's message.
func (s *stream) readHeader() (length uint64, size int, err error) {
	found := false
	for line := 1; ; line++ {
		text, err := s.in.ReadSlice('\n')
		size += len(text)
		switch {
		case errors.Is(err, bufio.ErrBufferFull) || size > maxHeader:
			return 0, 0, fmt.Errorf("read message header: longer than %d bytes", maxHeader)
		case err == io.EOF && size == 0:
			return 0, 0, io.EOF
		case err != nil:
			return 0, 0, midFrame(err)
		}
		text = bytes.TrimRight(text, "\r\n")
		if len(text) == 0 {
			break
		}
		name, value, ok := bytes.Cut(text, []byte(":"))
		if !ok {
			return 0, 0, fmt.Errorf("read message header: line %d has no colon", line)
		}
		if !bytes.EqualFold(bytes.TrimSpace(name), []byte("Content-Length")) {
			continue
		}
		if found {
			return 0, 0, fmt.Errorf("read message header: line %d is a second Content-Length", line)
		}
		found = true
		length, err = strconv.ParseUint(string(bytes.TrimSpace(value)), 10, 64)
		if err != nil || length > maxSkip {
			return 0, 0, fmt.Errorf("read message header: line %d: Content-Length is not a number from 0 to %d", line, uint64(maxSkip))
		}
	}
	if !found {
		return 0, 0, errors.New("read message header: no Content-Length")
	}
	return length, size, nil
}

// readBody reads n bytes. Its buffer grows with what arrives, not with what was
// announced.
func (s *stream) readBody(n int) ([]byte, error) {
	buf := s.body[:0]
	for len(buf) < n {
		if len(buf) == cap(buf) {
			buf = larger(buf, 0, n)
		}
		m, err := io.ReadFull(s.in, buf[len(buf):min(n, cap(buf))])
		buf = buf[:len(buf)+m]
		if err != nil {
			return nil, midFrame(err)
		}
	}
	s.body = buf
	return buf, nil
}

// readShortened reads n bytes without ever holding all of them: it shortens the
// long strings in them on the way.
func (s *stream) readShortened(n int64) ([]byte, error) {
	short := shortener{limits: s.limits, kept: s.body[:0]}
	piece := make([]byte, 64<<10)
	for left := n; left > 0; {
		m, err := s.in.Read(piece[:min(left, int64(len(piece)))])
		short.take(piece[:m])
		left -= int64(m)
		if err != nil && left > 0 {
			return nil, midFrame(err)
		}
	}
	if short.full {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidRequest, "the message has %d bytes; this server holds at most %d, and shortens only strings", n, s.limits.body)
	}
	s.body = short.kept
	runtime.GC() // of growing the buffer; decoding will take several times as much
	return short.kept, nil
}

// midFrame is the error for a connection that ended inside a message.
func midFrame(err error) error {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("read message: %w", err)
}

// Write sends msg as one contiguous write. The context is not looked at: half a
// message would make all later ones unreadable.
func (s *stream) Write(_ context.Context, msg jsonrpc2.Message) (int64, error) {
	const header = "Content-Length: %d\r\n\r\n"
	const room = len(header) + 20 // for the longest number

	s.countUnsent(1)
	defer s.countUnsent(-1)
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-s.closed:
		return 0, fmt.Errorf("write message: %w", os.ErrClosed)
	}
	// The length is known only after the body, so the body leaves room and the
	// header is set right before it.
	s.out = append(s.out[:0], make([]byte, room)...)
	s.out = jsonrpc2.AppendMessage(s.out, msg)
	var head [room]byte
	h := fmt.Appendf(head[:0], header, len(s.out)-room)
	frame := s.out[room-len(h):]
	copy(frame, h)
	n, err := s.rwc.Write(frame)
	if cap(s.out) > keptBuffer {
		s.out = nil
	}
	if err != nil {
		err = fmt.Errorf("write message: %w", err)
		s.ended(err)
	}
	return int64(n), err
}

// Close closes the connection below, once.
func (s *stream) Close() error { return s.close() }
