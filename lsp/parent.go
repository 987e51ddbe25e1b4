package lsp

import (
	"fmt"
	"time"

	"go.uber.org/zap"
)

// parentPoll is the time between two looks at the client's process.
const parentPoll = 2 * time.Second

// watchParent ends the connection when the process that initialize names as
// processId is gone. Most often reading ends first; but when another process
// holds our standard input open, an editor that was killed would leave this
// server behind for ever.
func (c *conn) watchParent(pid int) {
	alive := watchProcess(pid)
	if alive == nil || !alive() {
		// A container or a remote machine has other numbers than the client.
		c.log.Info("the client's process cannot be seen from here, so it is not watched", zap.Int("pid", pid))
		return
	}
	go c.pollParent(pid, alive)
}

func (c *conn) pollParent(pid int, alive func() bool) {
	tick := time.NewTicker(parentPoll)
	defer tick.Stop()
	for {
		select {
		case <-c.base.Done():
			return
		case <-tick.C:
			if !alive() {
				c.end(fmt.Errorf("the client's process %d is gone", pid))
				return
			}
		}
	}
}
