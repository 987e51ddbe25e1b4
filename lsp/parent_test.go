package lsp

import (
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"
)

// TestParentGone: serve ends soon after the client's process has ended, though
// standard input stays open.
func TestParentGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPeer(t, t.Context(), &fakeServer{}, zap.NewNop())
		var gone atomic.Bool
		go p.conn.pollParent(123, func() bool { return !gone.Load() })
		p.start()
		time.Sleep(100 * parentPoll)
		p.send(initializeRequest)
		p.want("1 -32600") // still there
		gone.Store(true)
		died := time.Now()
		p.ends(1)
		if p.err == nil || !strings.Contains(p.err.Error(), "process 123 is gone") {
			t.Errorf("error %v", p.err)
		}
		if took := time.Since(died); took > parentPoll {
			t.Errorf("it took %v", took)
		}
	})
}

func TestParentStays(t *testing.T) {
	withPeer(t, &fakeServer{}, func(p *peer) {
		p.conn.watchParent(os.Getppid())
		p.conn.watchParent(-1)
		p.conn.watchParent(1 << 30) // no system has so many
		p.start()
		time.Sleep(10 * parentPoll)
		p.stop() // and the bubble sees that the watch has ended
	})
}

func TestWatchProcess(t *testing.T) {
	if alive := watchProcess(os.Getppid()); alive == nil || !alive() {
		t.Error("our parent is not alive")
	}
	for _, pid := range []int{0, -1, -os.Getpid()} {
		if watchProcess(pid) != nil {
			t.Errorf("%d is watched like a process", pid)
		}
	}

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	child := exec.CommandContext(ctx, os.Args[0])
	child.Env = append(os.Environ(), "COLOPHON_TEST_SLEEPER=1")
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatalf("wait for the child: %v", err)
	}
	alive := watchProcess(child.Process.Pid)
	if alive == nil || !alive() {
		t.Error("a process that runs is not alive")
	}
	stop()
	io.Copy(io.Discard, out)
	child.Wait()
	if alive != nil && alive() {
		t.Error("a process that was killed is alive")
	}
}

// sleep is what the process does that TestWatchProcess watches; TestMain calls it.
func sleep() {
	os.Stdout.WriteString("!")
	time.Sleep(time.Minute)
}
