package main

import (
	"context"
	"os"
	"os/exec"
)

// echoVariable makes a process of this command an echo.
const echoVariable = "COLOPHON_BENCH_ECHO"

// echo writes back what it reads. The way there and back is what pipes and the
// scheduler cost on this machine, without any server.
func echo() {
	buf := make([]byte, 64<<10)
	for {
		n, err := os.Stdin.Read(buf)
		if err != nil {
			return
		}
		if _, err := os.Stdout.Write(buf[:n]); err != nil {
			return
		}
	}
}

func startEcho(ctx context.Context) (*client, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(os.Environ(), echoVariable+"=1")
	return startClient(cmd)
}

// again sends the last frame of another client and waits until it is back.
func (c *client) again(frame []byte) error {
	if _, err := c.in.Write(frame); err != nil {
		return err
	}
	_, err := c.read()
	return err
}
