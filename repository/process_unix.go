//go:build unix

package repository

import (
	"os/exec"
	"syscall"
)

// killGroup makes the end of cmd's context kill all that cmd has started.
func killGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error {
		return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
}
