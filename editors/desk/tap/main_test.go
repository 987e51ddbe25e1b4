//go:build editors

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// Messages are written down however the pipe cuts them, and what passes the tap is
// not changed.
func TestFrames(t *testing.T) {
	const stream = "Content-Length: 14\r\n\r\n{\"id\":1,\"a\":2}" +
		"content-length: 4\r\nContent-Type: x\r\n\r\nnull" +
		"Content-Length: 3\r\n\r\nbad"
	for name, cut := range map[string]func(io.Reader) io.Reader{"whole": func(r io.Reader) io.Reader { return r }, "byte by byte": iotest.OneByteReader} {
		t.Run(name, func(t *testing.T) {
			var seen bytes.Buffer
			to := &trace{out: json.NewEncoder(&seen), start: time.Now()}
			var passed bytes.Buffer
			if _, err := io.Copy(&passed, io.TeeReader(cut(strings.NewReader(stream)), &frames{from: "editor", to: to})); err != nil {
				t.Fatal(err)
			}
			if passed.String() != stream {
				t.Errorf("passed %q", passed.String())
			}
			var messages []string
			for line := range strings.Lines(seen.String()) {
				var l struct{ Message json.RawMessage }
				if err := json.Unmarshal([]byte(line), &l); err != nil {
					t.Fatal(err)
				}
				messages = append(messages, string(l.Message))
			}
			if got := strings.Join(messages, " "); got != `{"id":1,"a":2} null "bad"` {
				t.Errorf("written are %s", got)
			}
		})
	}
}
