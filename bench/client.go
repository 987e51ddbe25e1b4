package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// client is an editor's end of a session with a server of its own process. It
// does as little as it can between a question and its answer: what it does there
// is measured too.
type client struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
	ids int
	all bool // it wants every feature, and asks for all of them after each keystroke

	frame []byte // the last one that was written
	body  []byte // the last one that was read
}

// answer is any message of the server, as far as anybody here looks at it.
type answer struct {
	ID     *int            `json:"id"`
	Method string          `json:"method"`
	Error  json.RawMessage `json:"error"`
	Params struct {
		Version int `json:"version"`
	} `json:"params"`

	body []byte // all of it, valid until the next one is read
}

// startServer starts `colophon lsp`. It is killed when ctx ends.
func startServer(ctx context.Context, b *bench) (*client, error) {
	cmd := exec.CommandContext(ctx, b.bin, "lsp")
	cmd.Env = environment()
	cmd.Stderr = os.Stderr // silent unless something is wrong
	return startClient(cmd)
}

func startClient(cmd *exec.Cmd) (*client, error) {
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &client{cmd: cmd, in: in, out: bufio.NewReaderSize(out, 64<<10)}, nil
}

// initialize is answered before anything else is sent, as editors do it. The
// client wants diagnostics pushed, with the version they are for.
func (c *client) initialize() error {
	c.ids++
	const params = `{"processId":%d,"rootUri":null,"clientInfo":{"name":"bench"},"initializationOptions":{"tokens":true},"capabilities":{` +
		`"general":{"positionEncodings":["utf-16"]},%s}}`
	capabilities := `"textDocument":{"publishDiagnostics":{"versionSupport":true,"relatedInformation":true}}`
	if c.all {
		capabilities = fullCapabilities
	}
	if err := c.send("initialize", &c.ids, fmt.Appendf(nil, params, os.Getpid(), capabilities)); err != nil {
		return err
	}
	_, err := c.await(func(a *answer) bool { return a.ID != nil && *a.ID == c.ids })
	return err
}

// open begins to edit a commit message. What comes back is the caller's to wait
// for.
func (c *client) open(path, text string) error {
	if err := c.send("initialized", nil, []byte("{}")); err != nil {
		return err
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		return err
	}
	return c.send("textDocument/didOpen", nil, fmt.Appendf(nil,
		`{"textDocument":{"uri":%q,"languageId":"git-commit","version":1,"text":%s}}`, fileURI(path), quoted))
}

// send writes a request, or without an id a notification. The params must be
// JSON.
func (c *client) send(method string, id *int, params []byte) error {
	c.frame = appendFrame(c.frame[:0], method, id, params)
	_, err := c.in.Write(c.frame)
	return err
}

func appendFrame(frame []byte, method string, id *int, params []byte) []byte {
	head := `"jsonrpc":"2.0",`
	if id != nil {
		head += `"id":` + strconv.Itoa(*id) + `,`
	}
	n := len(head) + len(`{"method":"","params":}`) + len(method) + len(params)
	return fmt.Appendf(frame, "Content-Length: %d\r\n\r\n{%s\"method\":\"%s\",\"params\":%s}", n, head, method, params)
}

// await reads until a message is the wanted one. It returns when that message
// was there, before anybody had looked into it.
func (c *client) await(wanted func(*answer) bool) (at time.Time, err error) {
	for {
		body, err := c.read()
		at = time.Now()
		if err != nil {
			return at, fmt.Errorf("read from colophon lsp: %w", err)
		}
		a := answer{body: body}
		if err := json.Unmarshal(body, &a); err != nil {
			return at, fmt.Errorf("read from colophon lsp: %w", err)
		}
		if a.Error != nil {
			return at, fmt.Errorf("colophon lsp answered with an error: %s", a.Error)
		}
		if wanted(&a) {
			return at, nil
		}
	}
}

// read returns the body of the next frame, valid until the next read.
func (c *client) read() ([]byte, error) {
	length := -1
	for {
		line, err := c.out.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(value)); err != nil {
				return nil, err
			}
		}
	}
	if length < 0 {
		return nil, fmt.Errorf("a frame without Content-Length")
	}
	if cap(c.body) < length {
		c.body = make([]byte, length)
	}
	c.body = c.body[:length]
	_, err := io.ReadFull(c.out, c.body)
	return c.body, err
}

// publishes tells whether a message has the diagnostics for a version.
func (a *answer) publishes(version int) bool {
	return a.Method == "textDocument/publishDiagnostics" && a.Params.Version == version
}

// full tells whether they are those of somebody who knows what is staged.
func (a *answer) full() bool { return bytes.Contains(a.body, []byte(marker)) }

// stop leaves as the protocol says and waits for the process.
func (c *client) stop() error {
	c.ids++
	if err := c.send("shutdown", &c.ids, []byte("null")); err != nil {
		return c.abandon(err)
	}
	if _, err := c.await(func(a *answer) bool { return a.ID != nil && *a.ID == c.ids }); err != nil {
		return c.abandon(err)
	}
	if err := c.send("exit", nil, []byte("null")); err != nil {
		return c.abandon(err)
	}
	c.in.Close()
	if err := c.cmd.Wait(); err != nil {
		return fmt.Errorf("colophon lsp: %w", err)
	}
	return nil
}

// abandon kills the process after an error, which it returns.
func (c *client) abandon(err error) error {
	c.in.Close()
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
	return err
}

func fileURI(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive of Windows
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
