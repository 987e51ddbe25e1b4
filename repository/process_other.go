//go:build !unix

package repository

import "os/exec"

// killGroup leaves cmd as it is: the end of its context kills cmd alone, and its
// WaitDelay takes care of what still holds the output.
func killGroup(*exec.Cmd) {}
