//go:build !linux

package repository

// limitMemory does nothing: other systems let a process limit itself only.
func limitMemory(int) {}
