//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// The canary suite: the whole program, as people run it, on repositories that are
// made to do harm. Whatever one says, no program of it runs, nothing waits for
// ever, nothing is told of a file outside, nothing changes on disk, and each
// command ends as the docs say. Where it can be, real git is the control: it does
// run the program, wait, or tell.

const (
	// secret is in files that no output may tell of.
	secret = "quokka-4711"
	// inside is in the repository's own history, which may be told unless git
	// refuses the repository.
	inside = "wombat-0815"
	// commandLimit stops what would never end. It is git's own 10 seconds, those runs of
	// it that are then stopped sooner, and a very busy machine.
	commandLimit = time.Minute
	controlLimit = time.Second // for a git that waits for ever

	anyStatus = -1
)

// hostile is one such repository. The scripts run at its top, with $TOP above it,
// $CANARY a program, $PRIVATE a file and $FIFO a pipe outside.
type hostile struct {
	name   string
	script string
	make   func(c *cage) // what a shell cannot write

	runs  string // by this git runs the canary
	hangs string // by this git waits for ever
	tells string // by this git tells the secret

	env    []string
	dir    string // where the commands start, from the top
	file   string // the message, "" for .git/COMMIT_EDITMSG
	own    bool   // the repository names the policy itself, not the person
	status int    // of every command; 0 is as if nothing were wrong: rules run, with findings
	says   string // part of what check says
	secret bool   // the person has named a private file, and is told what is in it
	silent bool   // nothing is told of the repository either
	slow   bool   // git has to be stopped
	heavy  bool   // git takes much memory before it is stopped: one command only
}

// cage is the folder around a hostile repository.
type cage struct {
	t        *testing.T
	top, dir string
	env      []string
}

func (c *cage) path(name string) string { return filepath.Join(c.top, name) }

// theMessage breaks rules, and has what git leaves, so that all is asked that can be.
const theMessage = `text: say more

AI-used-for: Claude
Co-authored-by: Claude <noreply@anthropic.com>

# Changes to be committed:
#	modified:   text
#
`

// prelude is a repository with a commit and something staged.
const hostilePrelude = `
umask 022
git init -q -b main
seq 40 > text; echo x > other
git add .
git commit -q -m "` + inside + `: the first"
seq 2 41 > text; git add text
cp ../message .git/COMMIT_EDITMSG
`

func TestHostileRepositories(t *testing.T) {
	names := make(map[string]bool)
	var all sync.WaitGroup
	// As many at a time as there is work for; those that only wait besides.
	seats := make(chan struct{}, 4)
	for _, h := range append(hostiles(), whereRoot()...) {
		if names[h.name] {
			t.Fatalf("two cases %q", h.name)
		}
		names[h.name] = true
		all.Go(func() {
			if !h.slow {
				seats <- struct{}{}
				defer func() { <-seats }()
			}
			t.Run(h.name, h.run)
		})
	}
	all.Wait()
}

func newCage(t *testing.T, h hostile) *cage {
	t.Helper()
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c := &cage{t: t, top: top, dir: filepath.Join(top, "work")}
	for _, dir := range []string{c.dir, c.path("home"), c.path("private"), c.path("bin")} {
		if err := os.Mkdir(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	settings := "[user]\n\tname = Jo Doe\n\temail = jo@example.org\n[protocol]\n\tallow = always\n"
	if !h.own {
		settings += "[colophon]\n\tpolicy = qemu-2026-09\n"
	}
	for name, text := range map[string]string{
		"gitconfig": settings,
		"message":   theMessage,
		// As a setting, a reference, an attribute, YAML or a path it is wrong, and
		// what quotes any part of it tells the secret.
		"private/file":        secret + ": [" + secret + " " + secret + "\n" + secret + "\n",
		"private/policy.yaml": "version: 1\n" + secret + ": " + secret + "\n",
		"canary":              "#!/bin/sh\necho \"$0 $*\" >> '" + c.path("canary-was-here") + "'\nexit 1\n",
	} {
		if err := os.WriteFile(c.path(name), []byte(text), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(c.path("fifo"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); !strings.HasPrefix(name, "GIT_") && name != "EDITOR" && name != "VISUAL" && name != "PAGER" {
			c.env = append(c.env, v)
		}
	}
	c.env = append(c.env,
		"GIT_CONFIG_GLOBAL="+c.path("gitconfig"), "GIT_CONFIG_NOSYSTEM=1", "SOURCE_DATE_EPOCH=1795478400", "HOME="+c.path("home"), "LC_ALL=C",
		"TOP="+c.top, "CANARY="+c.path("canary"), "PRIVATE="+c.path("private/file"), "FIFO="+c.path("fifo"))
	if out, err := c.shell(commandLimit, hostilePrelude+h.script); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if h.make != nil {
		h.make(c)
	}
	for _, v := range h.env {
		c.env = append(c.env, os.Expand(v, c.get))
	}
	return c
}

// get is a variable of the cage's environment.
func (c *cage) get(name string) (value string) {
	for _, v := range c.env {
		if v, ok := strings.CutPrefix(v, name+"="); ok {
			value = v
		}
	}
	return value
}

// shell runs a script, and ends with it all that it has started.
func (c *cage) shell(limit time.Duration, script string) ([]byte, error) {
	ctx, stop := context.WithTimeout(c.t.Context(), limit)
	defer stop()
	cmd := exec.CommandContext(ctx, "sh", "-eu", "-c", script)
	cmd.Dir, cmd.Env = c.dir, c.env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return out, err
}

func (h hostile) run(t *testing.T) {
	c := newCage(t, h)
	before := c.snapshot()
	file := h.file
	if file == "" {
		file = ".git/COMMIT_EDITMSG"
	}
	var all sync.WaitGroup
	for _, args := range [][]string{{"show", "--format", "json", file}, {"check", file}, {"fix", file}} {
		if h.heavy && args[0] != "check" {
			continue
		}
		all.Go(func() {
			out, status := c.colophon(h, args...)
			want := h.status
			if want == 0 && args[0] == "check" {
				want = exitFindings
				if !bytes.Contains(out, []byte("[disclosure-names-tool]")) && !bytes.Contains(out, []byte("[disclosure-value]")) {
					t.Errorf("the rules did not run:\n%.2000s", out)
				}
			}
			if status != want && (want != anyStatus || status < exitOK || status > exitFailure) {
				t.Errorf("%s ends with %d, want %d:\n%.2000s", args[0], status, want, out)
			}
			if args[0] == "check" && !bytes.Contains(out, []byte(h.says)) {
				t.Errorf("check does not say %q:\n%.2000s", h.says, out)
			}
			c.clean(h, args[0], out)
		})
	}
	if !h.heavy {
		all.Go(func() { c.edit(h, filepath.Join(c.dir, h.dir, file)) })
	}
	all.Wait()
	c.unchanged(before)
	if what, err := os.ReadFile(c.path("canary-was-here")); err == nil {
		t.Fatalf("a program of the repository ran: %s", what)
	}
	h.control(c)
}

// control proves that the case is one: git itself falls for it.
func (h hostile) control(c *cage) {
	if h.runs != "" {
		out, _ := c.shell(commandLimit, h.runs) // what it returns is the canary's
		if _, err := os.Stat(c.path("canary-was-here")); err != nil {
			c.t.Errorf("%s does not run it either, so the test shows nothing:\n%s", h.runs, out)
		}
	}
	if h.hangs != "" {
		if out, err := c.shell(controlLimit, h.hangs); !errors.Is(err, context.DeadlineExceeded) {
			c.t.Errorf("%s does not wait either, so the test shows nothing: %v\n%s", h.hangs, err, out)
		}
	}
	if h.tells != "" {
		if out, err := c.shell(commandLimit, h.tells); !bytes.Contains(out, []byte(secret)) {
			c.t.Errorf("%s does not tell it either, so the test shows nothing: %v\n%s", h.tells, err, out)
		}
	}
}

// colophon runs a command, and returns all it says.
func (c *cage) colophon(h hostile, args ...string) (out []byte, status int) {
	ctx, stop := context.WithTimeout(c.t.Context(), commandLimit)
	defer stop()
	cmd := exec.CommandContext(ctx, "colophon", args...)
	cmd.Dir, cmd.Env = filepath.Join(c.dir, h.dir), c.env
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		c.t.Errorf("%s takes more than %v", args[0], commandLimit)
	case err != nil && !errors.As(err, &exit):
		c.t.Error(err)
	}
	return out, cmd.ProcessState.ExitCode()
}

// clean looks for what nothing may say.
func (c *cage) clean(h hostile, who string, out []byte) {
	if !h.secret && bytes.Contains(out, []byte(secret)) {
		c.t.Errorf("%s tells what is in a private file:\n%.4000s", who, out)
	}
	if h.silent && bytes.Contains(out, []byte(inside)) {
		c.t.Errorf("%s tells what is in the repository:\n%.4000s", who, out)
	}
	for _, bug := range []string{"this is a bug", "panic", "goroutine ", "DATA RACE"} {
		if bytes.Contains(out, []byte(bug)) {
			c.t.Errorf("%s says %q:\n%.4000s", who, bug, out)
		}
	}
	if bytes.ContainsRune(out, '\x1b') {
		c.t.Errorf("%s lets an escape sequence through:\n%.4000q", who, out)
	}
}

// editor is a server in a process of its own, and the client of it.
type editor struct {
	*client
	cage   *cage
	cmd    *exec.Cmd
	ctx    context.Context
	stop   context.CancelFunc
	frames bytes.Buffer // all that it has sent
	stderr bytes.Buffer
	log    string
}

func (c *cage) server(dir string) *editor {
	ctx, stop := context.WithTimeout(c.t.Context(), commandLimit)
	e := &editor{cage: c, ctx: ctx, stop: stop, log: filepath.Join(c.t.TempDir(), "log")}
	e.cmd = exec.CommandContext(ctx, "colophon", "lsp", "--log", e.log, "--log-level", "debug")
	e.cmd.Dir, e.cmd.Env, e.cmd.Stderr = dir, c.env, &e.stderr
	e.cmd.WaitDelay = time.Second
	in, err1 := e.cmd.StdinPipe()
	out, err2 := e.cmd.StdoutPipe()
	if err := errors.Join(err1, err2, e.cmd.Start()); err != nil {
		c.t.Error(err)
		stop()
		return nil
	}
	e.client = &client{out: in, in: bufio.NewReader(io.TeeReader(out, &e.frames))}
	if _, err := e.call("initialize", map[string]any{
		"processId": os.Getpid(), "rootUri": nil,
		"capabilities": map[string]any{"textDocument": map[string]any{ // what has most said
			"publishDiagnostics": map[string]any{"relatedInformation": true, "versionSupport": true},
			"hover":              map[string]any{"contentFormat": []string{"markdown"}},
			"codeAction":         map[string]any{"codeActionLiteralSupport": map[string]any{"codeActionKind": map[string]any{"valueSet": []string{"quickfix"}}}},
		}},
	}); err != nil {
		c.t.Errorf("initialize: %v", err)
	}
	e.send(map[string]any{"method": "initialized", "params": map[string]any{}})
	return e
}

// use opens a document, types, asks for all there is to ask for, and returns what
// colophon.show says.
func (e *editor) use(uri, language, text string) ([]byte, error) {
	id := map[string]any{"uri": uri}
	e.send(map[string]any{"method": "textDocument/didOpen", "params": map[string]any{
		"textDocument": map[string]any{"uri": uri, "languageId": language, "version": 1, "text": text},
	}})
	at := func(line, character int) map[string]int { return map[string]int{"line": line, "character": character} }
	e.send(map[string]any{"method": "textDocument/didChange", "params": map[string]any{
		"textDocument":   map[string]any{"uri": uri, "version": 2},
		"contentChanges": []any{map[string]any{"range": map[string]any{"start": at(1, 0), "end": at(1, 0)}, "text": "\nA body.\n"}},
	}})
	for _, ask := range []struct {
		method string
		more   map[string]any
	}{
		{"textDocument/hover", map[string]any{"position": at(4, 3)}},
		{"textDocument/completion", map[string]any{"position": at(4, 13)}},
		{"textDocument/codeAction", map[string]any{
			"range": map[string]any{"start": at(0, 0), "end": at(9, 0)}, "context": map[string]any{"diagnostics": []any{}},
		}},
		{"textDocument/diagnostic", map[string]any{}},
	} {
		ask.more["textDocument"] = id
		_, _ = e.call(ask.method, ask.more) // an answer or an error: what counts is what is in it
	}
	return e.call("workspace/executeCommand", map[string]any{"command": "colophon.show", "arguments": []string{uri}})
}

// end leaves as an editor does, and judges what was said.
func (e *editor) end(h hostile) {
	defer e.stop()
	t := e.cage.t
	e.client.stop()
	_, _ = io.Copy(io.Discard, e.in)
	err := e.cmd.Wait()
	if e.ctx.Err() != nil {
		t.Errorf("the server takes more than %v", commandLimit)
	} else if err != nil {
		t.Errorf("the server ends with %v", err)
	}
	log, err := os.ReadFile(e.log)
	if err != nil || len(log) == 0 {
		t.Errorf("no log: %v", err)
	}
	e.cage.clean(h, "lsp", e.frames.Bytes())
	e.cage.clean(h, "lsp's standard error", e.stderr.Bytes())
	e.cage.clean(h, "lsp's log", log)
}

func (c *cage) edit(h hostile, file string) {
	e := c.server(filepath.Join(c.dir, h.dir))
	if e == nil {
		return
	}
	got, err := e.use("file://"+file, "gitcommit", theMessage)
	if h.status == 0 && !h.slow && (err != nil || !bytes.Contains(got, []byte(`"policy":{"name":"`))) {
		c.t.Errorf("lsp shows nothing: %v %s", err, got)
	}
	e.end(h)
}

// snapshot is everything in the cage with its content and all that a stat tells,
// but for the time of access. Equal files are an equal `git status`, which is not
// asked: it would fall for the trap.
func (c *cage) snapshot() map[string]string {
	files := make(map[string]string)
	err := filepath.WalkDir(c.top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		state := fmt.Sprint(info.Mode(), info.Size())
		if s := info.Sys().(*syscall.Stat_t); !strings.HasPrefix(d.Name(), "sharedindex.") { // git itself renews its time
			state += fmt.Sprint(" ", info.ModTime(), s.Ino, s.Uid)
		}
		switch {
		case info.Mode().Type() == fs.ModeSymlink:
			target, err := os.Readlink(path)
			if err != nil {
				return err
			}
			state += " -> " + target
		case info.Mode().IsRegular() && info.Size() < 64<<20:
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			sum := sha256.Sum256(text)
			state += " " + hex.EncodeToString(sum[:8])
		}
		files[path] = state
		return nil
	})
	if err != nil {
		c.t.Error(err)
	}
	return files
}

func (c *cage) unchanged(before map[string]string) {
	after := c.snapshot()
	for path, was := range before {
		if after[path] != was {
			c.t.Errorf("%s is %q, was %q", path, after[path], was)
		}
	}
	for path := range after {
		if before[path] == "" {
			c.t.Errorf("%s is new", path)
		}
	}
}

// indexOf writes an index that git would not write, with these paths.
func indexOf(paths ...string) func(c *cage) {
	return func(c *cage) {
		id, err := c.shell(commandLimit, "git rev-parse :text")
		blob, err2 := hex.DecodeString(strings.TrimSpace(string(id)))
		if err := errors.Join(err, err2); err != nil {
			c.t.Fatal(err)
		}
		slices.Sort(paths)
		b := []byte("DIRC\x00\x00\x00\x02")
		b = binary.BigEndian.AppendUint32(b, uint32(len(paths)))
		for _, path := range paths {
			entry := make([]byte, 24, 80) // times, device and inode: not known
			entry = binary.BigEndian.AppendUint32(entry, 0o100644)
			entry = append(entry, make([]byte, 12)...) // owner, size
			entry = append(entry, blob...)
			entry = binary.BigEndian.AppendUint16(entry, uint16(len(path)))
			entry = append(entry, path...)
			b = append(b, entry...)
			b = append(b, make([]byte, 8-len(entry)%8)...)
		}
		sum := sha1.Sum(b)
		if err := os.WriteFile(filepath.Join(c.dir, ".git/index"), append(b, sum[:]...), 0o666); err != nil {
			c.t.Fatal(err)
		}
	}
}

// put makes a file in the repository.
func put(name string, text string) func(c *cage) {
	return func(c *cage) {
		if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o666); err != nil {
			c.t.Fatal(err)
		}
	}
}

// whereRoot are the cases that only root can make. What they are about is in the
// others too: git's own tests have a variable for it.
func whereRoot() []hostile {
	if os.Geteuid() != 0 {
		return nil
	}
	return []hostile{
		{name: "another user's", script: `chown -R 65534 .`, status: exitFailure, says: "dubious ownership", silent: true},
		{name: "another user's, reached by a .git file", script: `
			mkdir ../mine; echo "gitdir: $PWD/.git" > ../mine/.git; cp ../message ../mine/COMMIT_EDITMSG; chown -R 65534 .`,
			dir: "../mine", file: "COMMIT_EDITMSG", status: exitFailure, says: "dubious ownership", silent: true},
		{name: "a device for configuration", script: `cp -a /dev/zero .git/config`, status: exitFailure, says: "not a regular file"},
	}
}

// Documents of any name are taken for what they are: there is nothing to say of
// them, nothing is looked for on another machine, and the server goes on.
func TestHostileDocuments(t *testing.T) {
	c := newCage(t, hostile{})
	before := c.snapshot()
	e := c.server(c.dir)
	if e == nil {
		return
	}
	message := "file://" + c.dir + "/.git/COMMIT_EDITMSG"
	long := strings.Repeat("a/", 500_000)
	odd := []string{
		"untitled:COMMIT_EDITMSG",
		"vscode-scm:git/scm0/input?rootUri=file://evil-host/share",
		"vscode-scm:git/scm0/input?rootUri=file%3A%2F%2Fevil-host%2Fshare",
		"vscode-scm:git/scm0/input?rootUri=file%253A%252F%252F%252F%252Fevil-host%252Fshare",
		"vscode-scm:git/scm0/input?rootUri=%zz",
		"vscode-scm:git/scm0/input?rootUri=file:///" + long,
		"file://evil-host/share/repo/.git/COMMIT_EDITMSG",
		"file:////evil-host/share/.git/COMMIT_EDITMSG",
		"file:///%2Fevil-host/share/.git/COMMIT_EDITMSG",
		"file:///%5C%5Cevil-host/share/.git/COMMIT_EDITMSG",
		"file://evil-host" + c.dir + "/.git/COMMIT_EDITMSG",
		"file://user@evil-host:80/.git/COMMIT_EDITMSG",
		"file:" + c.path("nowhere") + "/.git/../../x/.git/COMMIT_EDITMSG",
		"file:///repo/.git/../../x/.git/COMMIT_EDITMSG",
		"file://" + c.dir + "/.git/%00/COMMIT_EDITMSG",
		"file://" + c.dir + "/.git/COMMIT_EDITMSG%00",
		"file://" + c.dir + "/.git/COMMIT_EDITMSG%0A%1B]0;x%07",
		"file://" + c.dir + "/.git/COMMIT_EDITMSG%FF%FE",
		"file://" + c.dir + "/.git/COMMIT_EDITMSG/.",
		"file:COMMIT_EDITMSG", "file://", "file:", ":", "%", "\x00", "", " ", "COMMIT_EDITMSG", "//evil-host/COMMIT_EDITMSG",
		"http://evil-host/.git/COMMIT_EDITMSG", "https://evil-host/COMMIT_EDITMSG", "ssh://evil-host/.git/COMMIT_EDITMSG", "fugitive:///x/.git//0/COMMIT_EDITMSG",
		"file:///" + long + "COMMIT_EDITMSG", "file:///" + strings.Repeat("a", 1<<20) + "/COMMIT_EDITMSG", "untitled:" + long, strings.Repeat("%", 1<<20),
	}
	for _, u := range odd {
		for _, language := range []string{"gitcommit", "scminput"} {
			start := time.Now()
			got, err := e.use(u, language, theMessage)
			if bytes.Contains(got, []byte(`"policy":{"name":"`)) && !strings.Contains(u, "nowhere") {
				t.Errorf("%.99q (%s) has a policy: %.300s", u, language, got)
			}
			if errors.Is(err, io.EOF) || e.ctx.Err() != nil {
				t.Fatalf("%.99q (%s) ends the server: %v\n%s", u, language, err, e.stderr.Bytes())
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%.99q (%s) takes %v", u, language, took)
			}
		}
	}
	if got, err := e.use(message, "gitcommit", theMessage); err != nil || !bytes.Contains(got, []byte(`"path":"text"`)) {
		t.Errorf("a commit message afterwards: %v %s", err, got)
	}
	e.end(hostile{})
	for _, frame := range bytes.SplitAfter(e.frames.Bytes(), []byte("Content-Length: ")) {
		if bytes.Contains(frame, []byte("publishDiagnostics")) && !bytes.Contains(frame, []byte(`"diagnostics":[]`)) && !bytes.Contains(frame, []byte(message+`"`)) {
			t.Errorf("diagnostics of another document: %.500s", frame)
		}
	}
	c.unchanged(before)
}
