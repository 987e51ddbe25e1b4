package lsp

import (
	"sync/atomic"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"colophon/words"
)

// maxLogLines is how many log lines wait for a client that is slow to read. What comes
// on top is left out: nothing waits for a log.
const maxLogLines = 256

// clientLog hands what is logged to the client, which shows it in a log of its own
// (window/logMessage). Like the other log it never holds text of a message.
type clientLog struct {
	zapcore.Encoder
	level *atomic.Int32
	lines chan protocol.LogMessageParams
}

// off is above every level.
const off = zapcore.FatalLevel + 1

func newClientLog() *clientLog {
	l := &clientLog{
		Encoder: zapcore.NewConsoleEncoder(zapcore.EncoderConfig{MessageKey: "message"}),
		level:   new(atomic.Int32),
		lines:   make(chan protocol.LogMessageParams, maxLogLines),
	}
	l.level.Store(int32(off)) // until it is known what the client wants
	return l
}

// beside is a log that writes to both.
func (l *clientLog) beside(log *zap.Logger) *zap.Logger {
	return log.WithOptions(zap.WrapCore(func(c zapcore.Core) zapcore.Core { return zapcore.NewTee(c, l) }))
}

// choose sets the level by its name, and tells of a name that is none; then it is warn.
func (l *clientLog) choose(name string, log *zap.Logger) {
	at, err := zapcore.ParseLevel(name)
	switch {
	case name == "off":
		at = off
	case name == "" || err != nil:
		at = zapcore.WarnLevel
	}
	l.level.Store(int32(at))
	if name != "" && name != "off" && err != nil {
		log.Warn(words.SettingValue.With("setting", "colophon.logLevel", "value", name,
			"values", words.ListAny.With("first", "off, error, warn, info", "last", "debug")))
	}
}

// send hands the lines to the client, until done.
func (l *clientLog) send(client protocol.Client, conn *conn) {
	for {
		select {
		case <-conn.base.Done():
			return
		case line := <-l.lines:
			if client.LogMessage(conn.base, &line) != nil {
				return // the connection is gone
			}
		}
	}
}

func (l *clientLog) Enabled(at zapcore.Level) bool { return at >= zapcore.Level(l.level.Load()) }

func (l *clientLog) With(fields []zapcore.Field) zapcore.Core {
	with := *l
	with.Encoder = l.Encoder.Clone()
	for _, f := range fields {
		f.AddTo(with.Encoder)
	}
	return &with
}

func (l *clientLog) Check(e zapcore.Entry, to *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if l.Enabled(e.Level) {
		return to.AddCore(e, l)
	}
	return to
}

func (l *clientLog) Write(e zapcore.Entry, fields []zapcore.Field) error {
	line, err := l.EncodeEntry(e, fields)
	if err != nil {
		return err
	}
	defer line.Free()
	kind := protocol.MessageTypeLog
	switch {
	case e.Level >= zapcore.ErrorLevel:
		kind = protocol.MessageTypeError
	case e.Level == zapcore.WarnLevel:
		kind = protocol.MessageTypeWarning
	case e.Level == zapcore.InfoLevel:
		kind = protocol.MessageTypeInfo
	}
	line.TrimNewline()
	select {
	case l.lines <- protocol.LogMessageParams{Type: kind, Message: line.String()}:
	default:
	}
	return nil
}

func (l *clientLog) Sync() error { return nil }
