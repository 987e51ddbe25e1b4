//go:build editors

// Command tap stands between an editor and the server beside it, and writes down
// what they say to each other, to the file that COLOPHON_TRACE names: one line
// of JSON for each message.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

func main() {
	err := run()
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		os.Exit(ended.ExitCode())
	case err != nil:
		fmt.Fprintln(os.Stderr, "tap:", err)
		os.Exit(3)
	}
}

func run() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	file, err := os.OpenFile(os.Getenv("COLOPHON_TRACE"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	trace := &trace{out: json.NewEncoder(file), start: time.Now()}

	server := exec.Command(filepath.Join(filepath.Dir(self), "colophon"), os.Args[1:]...)
	server.Stderr = os.Stderr
	in, err := server.StdinPipe()
	if err != nil {
		return err
	}
	out, err := server.StdoutPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(in, io.TeeReader(os.Stdin, &frames{from: "editor", to: trace})) // an editor that is gone
		in.Close()
		trace.write("editor", json.RawMessage(`"closed its pipe"`))
	}()
	_, _ = io.Copy(os.Stdout, io.TeeReader(out, &frames{from: "server", to: trace})) // or that does not listen
	return server.Wait()
}

// trace is the file, written from both sides.
type trace struct {
	mu    sync.Mutex
	out   *json.Encoder
	start time.Time
}

func (t *trace) write(from string, message json.RawMessage) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !json.Valid(message) {
		message, _ = json.Marshal(string(message)) // a string can always be written
	}
	_ = t.out.Encode(struct { // the session goes on without its record
		Ms      int64           `json:"ms"`
		From    string          `json:"from"`
		Message json.RawMessage `json:"message"`
	}{time.Since(t.start).Milliseconds(), from, message})
}

// frames cuts a stream into messages. What is no frame stays in it unwritten.
type frames struct {
	from string
	to   *trace
	rest []byte
}

func (f *frames) Write(p []byte) (int, error) {
	f.rest = append(f.rest, p...)
	for {
		head, body, ok := bytes.Cut(f.rest, []byte("\r\n\r\n"))
		if !ok {
			return len(p), nil
		}
		n := -1
		for line := range bytes.SplitSeq(head, []byte("\r\n")) {
			if key, value, ok := bytes.Cut(line, []byte(":")); ok && bytes.EqualFold(key, []byte("Content-Length")) {
				if got, err := strconv.Atoi(string(bytes.TrimSpace(value))); err == nil {
					n = got
				}
			}
		}
		if n < 0 || len(body) < n {
			return len(p), nil
		}
		f.to.write(f.from, bytes.Clone(body[:n]))
		f.rest = body[n:]
	}
}
