package lsp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"go.lsp.dev/protocol"
)

// binary is the path of the command, built once.
var binary = sync.OnceValues(func() (string, error) {
	path := filepath.Join(buildDir, "colophon.exe") // the ending does no harm where it is not needed
	out, err := exec.Command("go", "build", "-o", path, "colophon/cmd/colophon").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

var buildDir string

func TestMain(m *testing.M) {
	if os.Getenv("COLOPHON_TEST_SLEEPER") != "" {
		sleep()
		return
	}
	var err error
	if buildDir, err = os.MkdirTemp("", "colophon-test-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(buildDir)
	os.Exit(code)
}

// process is `colophon lsp` as an editor runs it, with the client's end of it.
type process struct {
	*peer
	cmd    *exec.Cmd
	stderr *strings.Builder // complete after ends
}

func startProcess(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	path, err := binary()
	must(t, err)
	p := &process{
		peer:   &peer{t: t, in: make(chan reply, 1<<10), done: make(chan struct{})},
		cmd:    exec.Command(path, append([]string{"lsp"}, args...)...),
		stderr: &strings.Builder{},
	}
	p.cmd.Env, p.cmd.Stderr = env, p.stderr
	p.out, err = p.cmd.StdinPipe()
	must(t, err)
	stdout, err := p.cmd.StdoutPipe()
	must(t, err)
	must(t, p.cmd.Start())
	t.Cleanup(func() {
		p.cmd.Process.Kill()
		<-p.done
	})
	go func() {
		defer close(p.done)
		defer close(p.in)
		r := bufio.NewReader(stdout)
		for {
			m, err := readMessage(r)
			if err != nil {
				if !errors.Is(err, io.EOF) {
					p.t.Errorf("standard output holds something else than frames: %v", err)
				}
				break
			}
			p.in <- m
		}
		// Everything has been read; a process that lives on is waited for.
		err := p.cmd.Wait()
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			p.exitCode, p.err = exit.ExitCode(), err
		} else if err != nil {
			p.exitCode, p.err = -2, err
		}
	}()
	return p
}

func (p *process) open(r *repo, text string) {
	p.t.Helper()
	p.send(fmt.Sprintf(`{"method":"textDocument/didOpen","params":{"textDocument":{"uri":%q,"languageId":"gitcommit","version":0,"text":%q}}}`, r.message(), text))
}

func TestProcessExit(t *testing.T) {
	r := newRepo(t, examplePolicy)
	orderly := func(p *process) {
		p.send(shutdownRequest)
		p.want("9 ok")
		p.send(exitNotification)
	}
	for _, tt := range []struct {
		name string
		args []string
		end  func(*process)
		want int
	}{
		{"shutdown and exit", nil, orderly, 0},
		{"stdio flag", []string{"--stdio"}, orderly, 0},
		{"shutdown, pipe closed", nil, func(p *process) {
			p.send(shutdownRequest)
			p.want("9 ok")
			must(t, p.out.Close())
		}, 0},
		{"shutdown as a notification", nil, func(p *process) {
			p.send(`{"method":"shutdown"}`)
			p.send(exitNotification)
		}, 0},
		{"exit without shutdown", nil, func(p *process) { p.send(exitNotification) }, 1},
		{"pipe closed", nil, func(p *process) { must(t, p.out.Close()) }, 1},
		{"pipe closed in a message", nil, func(p *process) {
			p.raw("Content-Length: 100\r\n\r\n{")
			must(t, p.out.Close())
		}, 1},
		{"garbage", nil, func(p *process) { p.raw("\x00\xff garbage\n\n") }, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := startProcess(t, r.env, tt.args...)
			p.start()
			p.open(r, misspelt)
			p.want("textDocument/publishDiagnostics")
			tt.end(p)
			arrives(t, "the end", p.done)
			for m := range p.in {
				// What is known of the change may come at any time.
				if m.Method != "textDocument/publishDiagnostics" {
					t.Errorf("unexpected %s", m)
				}
			}
			if p.exitCode != tt.want {
				t.Errorf("exit status %d, want %d: %v\n%s", p.exitCode, tt.want, p.err, p.stderr)
			}
		})
	}
}

func TestProcessWrongUse(t *testing.T) {
	for _, args := range [][]string{{"--tcp"}, {"file"}, {"--log-level", "loud"}, {"--log", "/nowhere/log"}} {
		p := startProcess(t, os.Environ(), args...)
		arrives(t, "the end", p.done)
		if p.exitCode != 2 || !strings.HasPrefix(p.stderr.String(), "colophon: ") {
			t.Errorf("%q: exit status %d: %s", args, p.exitCode, p.stderr)
		}
	}
}

// An editor that is killed, while something else holds our input open.
func TestProcessOutlivesNoParent(t *testing.T) {
	t.Parallel()
	r := newRepo(t, examplePolicy)
	// It reads from a pipe that is closed when the test ends, whatever happens.
	parent := exec.Command("cat")
	stdin, err := parent.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	must(t, parent.Start())
	p := startProcess(t, r.env)
	p.send(fmt.Sprintf(`{"id":1,"method":"initialize","params":{"processId":%d,"rootUri":null,"capabilities":{}}}`, parent.Process.Pid))
	p.want("1 ok")
	must(t, parent.Process.Kill())
	_ = parent.Wait() // it was killed
	arrives(t, "the end", p.done)
	if p.exitCode != 1 {
		t.Errorf("exit status %d", p.exitCode)
	}
}

// The log says what happened, and nothing of what was written.
func TestProcessLog(t *testing.T) {
	r := newRepo(t, examplePolicy)
	log := filepath.Join(t.TempDir(), "log")
	p := startProcess(t, r.env, "--log", log, "--log-level", "debug")
	p.start()
	const secret = "Rhabarberkuchen"
	p.open(r, secret+"\n\nAI-used-for: "+secret+"\n")
	p.want("textDocument/publishDiagnostics")
	for i, message := range []string{
		`{"id":%d,"method":"textDocument/hover","params":{"textDocument":{"uri":"` + secret + `"},"position":{"line":0,"character":0}}}`,
		`{"id":%d,"method":"textDocument/hover","params":{"textDocument":"` + secret + `"}}`,
		`{"id":%d,"method":"workspace/executeCommand","params":{"command":"` + secret + `"}}`,
	} {
		p.send(fmt.Sprintf(message, 100+i))
	}
	p.raw(framedBody(`{"broken":"` + secret))
	p.send(`{"method":"textDocument/didChange","params":"` + secret + `"}`)
	p.send(shutdownRequest)
	p.send(exitNotification)
	arrives(t, "the end", p.done)
	text, err := os.ReadFile(log)
	must(t, err)
	if !strings.Contains(string(text), "initialize") || strings.Contains(string(text), secret) {
		t.Errorf("the log:\n%s", text)
	}
	if p.stderr.Len() > 0 || p.exitCode != 0 {
		t.Errorf("exit status %d, standard error: %s", p.exitCode, p.stderr)
	}
}

// A git that still runs when the session ends is gone when we are.
func TestProcessLeavesNoGit(t *testing.T) {
	r := newRepo(t, examplePolicy)
	git := holdGit(t)
	env := append(slices.Clone(r.env), "PATH="+git.path)
	for name, end := range map[string]func(*process){
		"orderly": func(p *process) {
			p.send(shutdownRequest)
			p.send(exitNotification)
		},
		"pipe closed": func(p *process) { must(t, p.out.Close()) },
		"document closed": func(p *process) {
			p.send(fmt.Sprintf(`{"method":"textDocument/didClose","params":{"textDocument":{"uri":%q}}}`, r.message()))
			p.send(shutdownRequest)
			p.send(exitNotification)
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := startProcess(t, env)
			p.start()
			p.open(r, misspelt)
			diffing := git.running()
			end(p)
			arrives(t, "the end", p.done)
			// Nobody is there to read any more.
			if _, err := diffing.WriteString("\n"); !errors.Is(err, syscall.EPIPE) {
				t.Errorf("git is still there: %v", err)
			}
			diffing.Close()
		})
	}
}

// What is advertised, as it goes over the wire: some of it must not be left out
// even if it is false, and some must not be there as an empty shell.
func TestWire(t *testing.T) {
	r := newRepo(t, examplePolicy)
	p := startProcess(t, r.env)
	p.send(`{"id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{"textDocument":{"diagnostic":{},"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix"]}}}}}}}`)
	offered := string(p.next().Result)
	for _, has := range []string{
		`"positionEncoding":"utf-16"`, `"textDocumentSync":{"openClose":true,"change":2}`, `"hoverProvider":true`,
		`"codeActionProvider":{"codeActionKinds":["quickfix","source.fixAll.colophon","source.organizeTrailers.colophon","refactor.insert.colophon","refactor.rewrite.colophon","refactor.inline"]}`,
		`"completionProvider":{"triggerCharacters":[":"," ",",","("],"resolveProvider":true}`, `"executeCommandProvider":{"commands":["colophon.ai","colophon.explain","colophon.noAI","colophon.show"]}`,
		`"diagnosticProvider":{"identifier":"colophon","interFileDependencies":false,"workspaceDiagnostics":false}`,
		`"serverInfo":{"name":"colophon",`,
	} {
		if !strings.Contains(offered, has) {
			t.Errorf("no %s in\n%s", has, offered)
		}
	}
	p.send(`{"method":"initialized","params":{}}`)
	p.open(r, silent)
	ask := func(method, more string) string {
		p.send(fmt.Sprintf(`{"id":2,"method":%q,"params":{"textDocument":{"uri":%q}%s}}`, method, r.message(), more))
		m := p.next()
		if m.Error != nil {
			t.Fatalf("%s: %+v", method, m.Error)
		}
		return string(m.Result)
	}
	const hint = `{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":25}},"severity":4,"code":"disclosure-missing","source":"colophon","message":"If AI helped`
	if got := ask(protocol.MethodTextDocumentDiagnostic, ""); !strings.HasPrefix(got, `{"kind":"full","resultId":"`) || !strings.Contains(got, `"items":[`+hint) || strings.Contains(got, "related") {
		t.Errorf("diagnostics: %s", got)
	}
	const at = `,"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"context":{"diagnostics":[],"triggerKind":2}`
	got := ask(protocol.MethodTextDocumentCodeAction, at)
	for _, not := range []string{"command", "disabled", "data", "isPreferred", "documentChanges", "null"} {
		if strings.Contains(got, `"`+not+`"`) || strings.Contains(got, ":"+not) {
			t.Errorf("%s in the actions: %s", not, got)
		}
	}
	if got := ask(protocol.MethodTextDocumentCompletion, `,"position":{"line":0,"character":0}`); got != `{"isIncomplete":false,"items":[]}` {
		t.Errorf("no completion: %s", got)
	}
	if got := ask(protocol.MethodTextDocumentHover, `,"position":{"line":2,"character":0}`); got != "null" {
		t.Errorf("no hover: %s", got)
	}
	p.send(shutdownRequest)
	p.want("9 ok")
}
