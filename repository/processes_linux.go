package repository

import (
	"bytes"
	"io"
	"os"
	"strconv"
	"strings"
)

const (
	maxAncestors   = 32
	maxProcessText = 256 << 10 // bytes of a command line or an environment
)

// processes are the processes with this name. It is not known where /proc does
// not tell.
func processes(name string) (pids []int, known bool) {
	dir, err := os.Open("/proc")
	if err != nil {
		return nil, false
	}
	defer dir.Close()
	entries, err := dir.Readdirnames(-1)
	if err != nil {
		return nil, false
	}
	for _, e := range entries {
		pid, err := strconv.Atoi(e)
		if err != nil {
			continue
		}
		known = true
		if comm := processFile(pid, "comm"); string(bytes.TrimSpace(comm)) == name {
			pids = append(pids, pid)
		}
	}
	return pids, known
}

// ancestors are the processes that have started us, the nearest first.
func ancestors() (pids []int) {
	for pid := os.Getppid(); pid > 1 && len(pids) < maxAncestors; {
		pids = append(pids, pid)
		stat := string(processFile(pid, "stat"))
		// The name in parentheses may hold anything.
		fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
		if len(fields) < 2 {
			break
		}
		parent, err := strconv.Atoi(fields[1])
		if err != nil {
			break
		}
		pid = parent
	}
	return pids
}

func commandLine(pid int) []string {
	text := strings.TrimSuffix(string(processFile(pid, "cmdline")), "\x00")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\x00")
}

// environmentOf is what a process was started with; empty for another user's.
func environmentOf(pid int) environment {
	return environment{vars: strings.Split(string(processFile(pid, "environ")), "\x00")}
}

// workingDir is "" for another user's process.
func workingDir(pid int) string {
	dir, err := os.Readlink("/proc/" + strconv.Itoa(pid) + "/cwd")
	if err != nil {
		return ""
	}
	return dir
}

// processFile is empty for a process that is gone or not ours to look at.
func processFile(pid int, name string) []byte {
	f, err := os.Open("/proc/" + strconv.Itoa(pid) + "/" + name)
	if err != nil {
		return nil
	}
	defer f.Close()
	text, _ := io.ReadAll(io.LimitReader(f, maxProcessText)) // what could be read says enough
	return text
}
