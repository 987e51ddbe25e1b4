//go:build !linux

package repository

// Other systems do not say without a process or a library of C.

func processes(string) (pids []int, known bool) { return nil, false }
func ancestors() []int                          { return nil }
func commandLine(int) []string                  { return nil }
func environmentOf(int) environment             { return environment{} }
func workingDir(int) string                     { return "" }
