//go:build editors

package desk

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Terminal is a git command in a terminal of its own, with the editor that it
// opened.
type Terminal struct {
	*Desk
	socket string
}

// Open runs a git command in a terminal. Its editor is a command line for a
// shell.
func (d *Desk) Open(editor, command string) *Terminal {
	script := filepath.Join(d.Home, "bin", "editor")
	d.Write(script, "#!/bin/sh\necho $$ >'"+d.Home+"/editor.pid'\nexec "+editor+" \"$@\"\n")
	d.check(os.Chmod(script, 0o700))
	d.place.opened++
	t := &Terminal{Desk: d, socket: fmt.Sprintf("colophon-%d-%d", os.Getpid(), d.place.opened)}
	start := exec.Command("tmux", "-L", t.socket, "-f", os.DevNull, "new-session", "-d", "-x", "100", "-y", "30",
		command+"; echo git has ended: $?; read -r _")
	start.Dir, start.Env = d.Repo, append(d.Env, "GIT_EDITOR="+script)
	if out, err := start.CombinedOutput(); err != nil {
		d.Fatalf("tmux (it is in the package `tmux`): %v\n%s", err, out)
	}
	d.undo = append(d.undo, func() {
		_ = exec.Command("tmux", "-L", t.socket, "kill-server").Run() // it may have ended
		t.leave()
	})
	return t
}

// leave waits until no git works in the repository any more, which is taken away next: it
// may still be making the commit.
func (t *Terminal) leave() {
	top, err := filepath.EvalSymlinks(t.Repo)
	for end := time.Now().Add(patience); err == nil && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		all, _ := filepath.Glob("/proc/[0-9]*") // the pattern is a good one
		if !slices.ContainsFunc(all, func(process string) bool {
			program, _ := os.Readlink(process + "/exe") // of one that has ended, "" is none
			dir, _ := os.Readlink(process + "/cwd")
			return filepath.Base(program) == "git" && (dir == top || strings.HasPrefix(dir, top+"/"))
		}) {
			return
		}
	}
}

// Close is what closing the window of a terminal does.
func (t *Terminal) Close() { t.tmux("kill-server") }

func (t *Terminal) tmux(args ...string) string {
	out, err := exec.Command("tmux", append([]string{"-L", t.socket}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("tmux %q: %v\n%s", args, err, out)
	}
	return string(out)
}

// Keys presses keys, by tmux's names.
func (t *Terminal) Keys(keys ...string) {
	for _, k := range keys {
		t.tmux("send-keys", k)
	}
}

// Type types a text.
func (t *Terminal) Type(text string) { t.tmux("send-keys", "-l", text) }

// Shows waits until all texts are on the screen, wherever it breaks lines.
func (t *Terminal) Shows(texts ...string) string {
	return t.screen("the screen never showed", true, texts)
}

// Hides waits until none of the texts is on the screen.
func (t *Terminal) Hides(texts ...string) { t.screen("the screen went on showing", false, texts) }

func (t *Terminal) screen(complaint string, want bool, texts []string) (screen string) {
	t.seen = append(t.seen, "")
	last := len(t.seen) - 1
	t.until(func() string {
		screen = t.tmux("capture-pane", "-p")
		t.seen[last] = fmt.Sprintf("(%q is to be there: %v)\n%s", texts, want, screen)
		for _, text := range texts {
			if strings.Contains(unbroken(screen), unbroken(text)) != want {
				return fmt.Sprintf("%s %q:\n%s", complaint, text, screen)
			}
		}
		return ""
	})
	return screen
}

// Choose picks an entry of a numbered list by its title.
func (t *Terminal) Choose(title string) {
	entry := regexp.MustCompile(`(?m)^\W*(\d+)\W+` + regexp.QuoteMeta(title) + `\s*$`)
	screen := t.Shows(title)
	m := entry.FindStringSubmatch(screen)
	if m == nil {
		t.Fatalf("%q is not in a line of its own:\n%s", title, screen)
	}
	t.Keys(m[1], "Enter")
}

// unbroken is a text without blanks, and without what editors draw at the border
// of a window.
func unbroken(text string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "\n", "", "\t", "", "~", "", "│", "", "\\", "").Replace(text)
}

// Editor is the process of the editor that git opened.
func (t *Terminal) Editor() int {
	var pid int
	t.until(func() string {
		raw, _ := os.ReadFile(filepath.Join(t.Home, "editor.pid"))
		var err error
		if pid, err = strconv.Atoi(strings.TrimSpace(string(raw))); err != nil {
			return "the editor did not start: " + err.Error()
		}
		return ""
	})
	return pid
}

// Signal sends a signal to the editor.
func (t *Terminal) Signal(s syscall.Signal) { t.check(syscall.Kill(t.Editor(), s)) }

// Gone waits until the editor does not run any more.
func (t *Terminal) Gone() {
	t.until(func() string {
		pid := t.Editor()
		if _, err := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid)); err == nil { // a dead one that none waits for has no file
			return fmt.Sprintf("the editor, process %d, goes on", pid)
		}
		return ""
	})
}
