package lsp

import (
	"io"
	"os"
)

// stdio is a connection over two files, one for each direction.
type stdio struct {
	*io.PipeReader
	out io.Writer
}

// newStdio returns a connection that reads from in and writes to out, usually
// standard input and output.
//
// Its Close unblocks a pending Read. Closing a file cannot do that when the
// file is a pipe in blocking mode, as standard input is, and the mode is not
// ours to change: others share it. So a goroutine reads ahead; after Close it
// stays in its last read until that returns or the process ends. Close leaves
// both files open.
func newStdio(in io.Reader, out io.Writer) io.ReadWriteCloser {
	r, w := io.Pipe()
	go func() {
		_, err := io.Copy(w, in)
		w.CloseWithError(err) // nil means EOF
	}()
	return &stdio{PipeReader: r, out: out}
}

func (s *stdio) Write(p []byte) (int, error) { return s.out.Write(p) }

func (s *stdio) Close() error { return s.CloseWithError(os.ErrClosed) }
