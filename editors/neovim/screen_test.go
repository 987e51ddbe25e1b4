package neovim_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// A small terminal: what people have over SSH, and in half a window.
const columns, rows = 80, 24

// What a person sees of a commit in a real terminal: lens, hints, completion, hover
// and actions, none cut off, and two actions from the subject to a message that
// passes.
func TestScreen(t *testing.T) {
	nvim := findNeovim(t)
	server := buildServer(t)
	d := newPerson(t, nvim, server)
	d.stage(session{policy: "qemu-2026-09", staged: []string{"tests/unit/a.c", "tests/unit/b.c"}})
	d.write("hw/net/e1000.c", strings.Repeat("x = 1;\n", 12))
	d.git("add", "-A")
	s := newTerminal(d, "git commit")
	defer s.keep()

	s.until("AI: not said yet | 12 lines, AI limit 9 | QEMU (proposed) | left out: tests 4")
	if newerThan(t, nvim, 10) {
		s.until("new file: hw/net/e1000.c code, 12 lines", "new file: tests/unit/a.c test, left out", "new file: tests/unit/b.c test, left out")
	}
	s.keys("ihw/net: fix the queue", "Escape", "o", "Enter", "C-x", "C-o")
	s.until("AI-used-for: code, tests", "AI-used-for: code", "AI-used-for: tests", "AI-used-for: docs", "AI-used-for: research", "Signed-off-by: Jo Doe <jo@example.org>")
	s.keys("C-e", "Escape", "u") // as it was with the subject alone
	s.lua("vim.cmd('1')")
	s.lua("vim.lsp.buf.hover()")
	s.until(
		"AI use: not said yet.",
		"Without tests, the limit of 9 lines for AI-assisted code counts 12 lines.",
		"QEMU's proposal (proposed, as of 2026-10-03, found by git config colophon.policy)")
	s.keys("j") // closes it
	s.lua("vim.cmd('1')")
	s.lua("vim.lsp.buf.code_action()")
	s.until("Insert `AI-used-for: code, tests`", "No AI was used", "Add `Signed-off-by: Jo Doe <jo@example.org>`")
	s.choose("Insert `AI-used-for: code, tests`")
	s.until("AI: declared for code, tests | 12 lines, AI limit 9 | QEMU (proposed)")
	s.lua("vim.lsp.buf.code_action()")
	s.choose("Add `Signed-off-by: Jo Doe <jo@example.org>`")
	s.until("AI-used-for: code, tests Signed-off-by: Jo Doe <jo@example.org>")
	s.lua("vim.cmd('wq')")
	s.until("git has ended")

	const want = "hw/net: fix the queue\n\nAI-used-for: code, tests\nSigned-off-by: Jo Doe <jo@example.org>\n"
	if got := d.git("log", "-1", "--format=%B"); got != want+"\n" {
		t.Errorf("the commit says:\n%s\nwant:\n%s", got, want)
	}
	d.git("reset", "-q", "--soft", "HEAD^")
	d.write("message", want)
	check := exec.Command(server, "check", "message")
	check.Dir, check.Env = d.repo, d.env
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("the message does not pass: %v\n%s", err, out)
	}
}

// terminal is a program in a terminal of its own.
type terminal struct {
	*person
	socket string
	seen   []string // screens
}

func newTerminal(d *person, command string) *terminal {
	d.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		d.Fatal("this test needs tmux: run scripts/install tmux, or install your system's package `tmux`")
	}
	init := filepath.Join(d.home, "init.lua")
	// As Neovim 0.11 and later have it by themselves.
	lines := fmt.Sprintf(`vim.opt.runtimepath:prepend('%s')
vim.o.swapfile = false
vim.o.completeopt = 'menuone,noinsert'
vim.diagnostic.config({ virtual_text = false })
require('colophon').setup()
`, d.plugin)
	if err := os.WriteFile(init, []byte(lines), 0o600); err != nil {
		d.Fatal(err)
	}
	s := &terminal{person: d, socket: fmt.Sprintf("colophon-%d", os.Getpid())}
	env := append(slices.Clone(d.env), fmt.Sprintf("GIT_EDITOR='%s' -i NONE -u '%s'", d.nvim, init), "TERM=xterm-256color", "LC_ALL=C.UTF-8")
	start := exec.Command("tmux", "-L", s.socket, "-f", os.DevNull, "new-session", "-d", "-x", fmt.Sprint(columns), "-y", fmt.Sprint(rows),
		command+"; echo git has ended; read -r _")
	start.Dir, start.Env = d.repo, env
	if out, err := start.CombinedOutput(); err != nil {
		d.Fatalf("tmux: %v\n%s", err, out)
	}
	return s
}

func (s *terminal) tmux(args ...string) string {
	s.Helper()
	out, err := exec.Command("tmux", append([]string{"-L", s.socket}, args...)...).CombinedOutput()
	if err != nil {
		s.Fatalf("tmux %q: %v\n%s\n%s", args, err, out, strings.Join(s.seen, "\n----\n"))
	}
	return string(out)
}

// keys presses keys, by tmux's names, or types a text.
func (s *terminal) keys(keys ...string) {
	s.Helper()
	for _, k := range keys {
		s.tmux("send-keys", k)
	}
}

// lua runs a line of Lua in the editor, as a person would at its command line.
func (s *terminal) lua(line string) {
	s.Helper()
	s.tmux("send-keys", "Escape")
	s.tmux("send-keys", "-l", ":lua "+line)
	s.tmux("send-keys", "Enter")
}

// choose picks an action by its number in the list that is shown.
func (s *terminal) choose(title string) {
	s.Helper()
	for line := range strings.Lines(s.until(title)) {
		if number, rest, ok := strings.Cut(strings.TrimSpace(line), ":"); ok && strings.TrimSpace(rest) == title {
			s.keys(number, "Enter")
			return
		}
	}
	s.Fatalf("%q is not in a line of its own:\n%s", title, s.seen[len(s.seen)-1])
}

// until waits until all texts are on the screen, wherever it breaks lines.
func (s *terminal) until(texts ...string) string {
	s.Helper()
	var screen string
	for end := time.Now().Add(patience / 4); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		screen = s.tmux("capture-pane", "-p")
		if !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(unbroken(screen), unbroken(text)) }) {
			s.seen = append(s.seen, screen)
			for line := range strings.Lines(screen) {
				if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > columns {
					s.Errorf("a line of %d columns: %q", n, line)
				}
			}
			return screen
		}
	}
	s.Fatalf("not all of %q came; the screens were\n%s", texts, strings.Join(append(s.seen, screen), "\n----\n"))
	return ""
}

// unbroken is a text without blanks, and without what an editor draws beside it.
func unbroken(text string) string {
	return strings.NewReplacer(" ", "", "\n", "", "\t", "", "~", "", "│", "").Replace(text)
}

// keep ends the terminal, and shows what was on the screen.
func (s *terminal) keep() {
	s.Logf("the screens:\n%s", strings.Join(s.seen, "\n----\n"))
	_ = exec.Command("tmux", "-L", s.socket, "kill-server").Run() // it may have ended
}
