package lsp

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/synctest"
)

// stuck is like standard input in blocking mode: nothing but input ends a Read.
type stuck chan struct{}

func (s stuck) Read([]byte) (int, error) {
	<-s
	return 0, io.EOF
}

func TestStdioCloseUnblocksRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in := make(stuck)
		rwc := newStdio(in, io.Discard)
		read := make(chan error, 1)
		go func() {
			_, err := rwc.Read(make([]byte, 1))
			read <- err
		}()
		synctest.Wait() // Read is pending
		if err := rwc.Close(); err != nil {
			t.Error(err)
		}
		if err := <-read; err == nil || err == io.EOF {
			t.Errorf("Read returned %v", err)
		}
		close(in)
	})
}

func TestStdioPassesAll(t *testing.T) {
	text := strings.Repeat("0123456789", 100_000)
	var out bytes.Buffer
	rwc := newStdio(strings.NewReader(text), &out)
	got, err := io.ReadAll(rwc)
	if err != nil || string(got) != text {
		t.Errorf("read %d bytes, %v; want %d", len(got), err, len(text))
	}
	if _, err := rwc.Write([]byte("answer")); err != nil || out.String() != "answer" {
		t.Errorf("wrote %q, %v", &out, err)
	}
}
