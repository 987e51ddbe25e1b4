package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"

	"colophon/lsp"
)

// The truth test: for every way in which git makes a commit, real git asks for the
// message with our editor and runs our hooks. Those ask what the commit will
// contain: a server that git has started, two that it has not, and `colophon
// check`. Then the commit happens, and git says what it contains.

var updateDocs = flag.Bool("update-flows", false, "write the table of flows into docs/how-it-knows.md")

// asked are those who are asked, in the order of the table's columns.
var asked = []string{"child", "stranger", "blind", "check"}

// answer is what one of them said.
type answer struct {
	Files []row
	Doubt string
	Error string // in place of both
}

// row is a file as git's numstat and raw forms tell it together.
type row struct {
	Path, From, Status, Added, Deleted string
}

// question is one moment at which git waits.
type question struct {
	Commit  int    // how many commits were made before
	When    string // "" or "after": when the scene had moved on in between
	Answers map[string]answer
	Message *string // as git will commit it; nil: nobody was asked
}

func TestTruth(t *testing.T) {
	results := make([]string, len(flows))
	t.Run("flow", func(t *testing.T) {
		for i, f := range flows {
			t.Run(f.name, func(t *testing.T) {
				t.Parallel()
				results[i] = f.run(t)
			})
		}
	})
	if !t.Failed() {
		flowTable(t, results)
	}
}

// stage is where one flow is played: a folder, and a socket on which the editor
// reaches the servers that git has not started.
type stage struct {
	t         *testing.T
	dir       string
	env       []string // of the strangers
	mu        sync.Mutex
	questions []question
	strangers map[string]*client
}

func (f flow) run(t *testing.T) (cells string) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, dir: dir, strangers: make(map[string]*client)}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") {
			s.env = append(s.env, v)
		}
	}
	if f.newer {
		s.env = append(s.env, "PATH="+newerGit(t)+string(filepath.ListSeparator)+os.Getenv("PATH"))
	}
	s.env = append(s.env, "GIT_CONFIG_GLOBAL="+filepath.Join(dir, "gitconfig"), "GIT_CONFIG_NOSYSTEM=1", "SOURCE_DATE_EPOCH=1795478400", "HOME="+dir)
	socket, err := net.Listen("unix", filepath.Join(dir, "socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	go s.serve(socket)
	defer s.end()

	script := exec.Command("sh", "-eu", "-c", prelude+f.script)
	script.Dir = dir
	script.Env = append(slices.Clone(s.env), "TOP="+dir, "COLOPHON_TRUTH="+dir)
	if f.quiet {
		script.Env = append(script.Env, "COLOPHON_TRUTH_QUIET=1")
	}
	script.Stdin = nil
	script.WaitDelay = 5 * time.Second
	out, err := script.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	made, err := os.ReadFile(filepath.Join(dir, "made"))
	if err != nil {
		t.Fatalf("no commit was made: %v\n%s", err, out)
	}
	if f.silent {
		if len(s.questions) > 0 {
			t.Error("git asks for a message here, after all")
		}
		return "| " + f.name + strings.Repeat(" | –", len(asked)) + " |\n"
	}
	if len(s.questions) == 0 {
		t.Fatalf("nobody was asked\n%s", out)
	}
	return s.judge(f, strings.Split(strings.TrimSpace(string(made)), "\n"))
}

// command is a program of the stage's own PATH, in its environment.
func (s *stage) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command("sh", append([]string{"-c", `exec "$0" "$@"`, name}, args...)...)
	cmd.Env = s.env
	return cmd
}

// newerGit is the folder of a git 2.45 or later, which is installed where there is
// none.
func newerGit(t *testing.T) string {
	dir, err := newest()
	if err != nil {
		t.Fatalf("scripts/install-git: %v", err)
	}
	return dir
}

var newest = sync.OnceValues(func() (string, error) {
	install := exec.Command("../../scripts/install-git")
	install.Stderr = os.Stderr
	out, err := install.Output()
	return strings.TrimSpace(string(out)), err
})

// judge compares each answer with the commit that was made, and returns the row of
// the table.
func (s *stage) judge(f flow, made []string) string {
	worst := make(map[string]string)
	for _, q := range s.questions {
		if q.Commit >= len(made) {
			s.t.Errorf("commit %d was never made", q.Commit)
			continue
		}
		want := s.truth(made[q.Commit])
		if at := strings.Split(made[q.Commit], "\t"); q.Message != nil {
			raw, err := s.command("git", "--git-dir="+at[1], "cat-file", "commit", at[2]).Output()
			_, text, _ := strings.Cut(string(raw), "\n\n")
			if err != nil || text != *q.Message {
				s.t.Errorf("the message is %q, git has committed %q, %v", *q.Message, text, err)
			}
		}
		for who, got := range q.Answers {
			equal := slices.Equal(got.Files, want) && got.Error == ""
			said := got.Doubt != ""
			cell := "equal"
			switch {
			case equal && said:
				cell = "equal, said"
			case said:
				cell = "said"
			case !equal:
				cell = "wrong"
			}
			// Who may not know has to say so; who knows has nothing to say.
			mayDoubt := q.When != "" || slices.Contains(f.said, who)
			if !equal && !(said && slices.Contains(f.said, who)) || said && !mayDoubt || q.When != "" && !said && who != "check" && !f.quiet {
				s.t.Errorf("%s %s: %s\ngot  %q %q %s\nwant %q", who, q.When, cell, got.Files, got.Doubt, got.Error, want)
			}
			if len(cell) > len(worst[who]) {
				worst[who] = cell
			}
		}
	}
	row := "| " + f.name
	for _, who := range asked {
		cell := worst[who]
		if cell == "" {
			cell = "–"
		}
		row += " | " + cell
	}
	return row + " |\n"
}

// truth is what git shows of a commit.
func (s *stage) truth(line string) []row {
	s.t.Helper()
	at := strings.Split(line, "\t") // the work tree, the git directory, the commit
	show := func(form string) []string {
		cmd := s.command("git", "--git-dir="+at[1], "--work-tree="+at[0], "show", "--format=", "-m", "--first-parent", form, "-z", at[2])
		cmd.Dir = at[0]
		out, err := cmd.Output()
		if err != nil {
			s.t.Fatalf("git show: %v", err)
		}
		return strings.Split(string(out), "\x00")
	}
	rows := []row{}
	fields := show("--numstat")
	for len(fields) > 1 {
		counts := strings.SplitN(fields[0], "\t", 3)
		r := row{Added: counts[0], Deleted: counts[1], Path: counts[2]}
		fields = fields[1:]
		if r.Path == "" {
			r.From, r.Path, fields = fields[0], fields[1], fields[2:]
		}
		rows = append(rows, r)
	}
	fields = show("--raw")
	for i := range rows {
		letter := strings.Fields(fields[0])[4][:1]
		rows[i].Status = map[string]string{"A": "added", "M": "modified", "D": "deleted", "R": "renamed", "C": "copied", "T": "type-changed"}[letter]
		fields = fields[2:]
		if rows[i].From != "" {
			fields = fields[1:]
		}
	}
	for i := range rows { // JSON has no other bytes
		rows[i].Path, rows[i].From = strings.ToValidUTF8(rows[i].Path, "\ufffd"), strings.ToValidUTF8(rows[i].From, "\ufffd")
	}
	return rows
}

// readAnswer takes the change out of the JSON of show or check.
func readAnswer(text []byte, err error) answer {
	var got struct {
		Change *struct {
			Doubt string
			Files []struct {
				Path, From, Status string
				Added, Deleted     int
				Binary             bool
			}
		}
	}
	if err == nil {
		err = json.Unmarshal(text, &got)
	}
	if err == nil && got.Change == nil {
		err = errors.New("what the commit contains is not known")
	}
	if err != nil {
		return answer{Error: fmt.Sprintf("%v: %s", err, text)}
	}
	a := answer{Files: []row{}, Doubt: got.Change.Doubt}
	for _, f := range got.Change.Files {
		r := row{f.Path, f.From, f.Status, strconv.Itoa(f.Added), strconv.Itoa(f.Deleted)}
		if f.Binary {
			r.Added, r.Deleted = "-", "-"
		}
		// Go's JSON writes each byte that is no UTF-8 as one U+FFFD, git's is whole.
		r.Path, r.From = strings.ToValidUTF8(squeeze(r.Path), "\ufffd"), squeeze(r.From)
		a.Files = append(a.Files, r)
	}
	return a
}

func squeeze(s string) string {
	for strings.Contains(s, "\ufffd\ufffd") {
		s = strings.ReplaceAll(s, "\ufffd\ufffd", "\ufffd")
	}
	return s
}

// What the editor and the hooks tell the test, one JSON each way.
type ask struct {
	File    string // absolute
	After   bool   // something has happened since the first time
	Quiet   bool   // which nobody needs to speak of
	Commit  int
	Message *string
	Got     map[string]json.RawMessage // who was asked over there already
}

func (s *stage) serve(socket net.Listener) {
	for {
		c, err := socket.Accept()
		if err != nil {
			return
		}
		var a ask
		if err := json.NewDecoder(c).Decode(&a); err == nil {
			s.take(a)
		}
		fmt.Fprintln(c, "{}")
		c.Close()
	}
}

func (s *stage) take(a ask) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := question{Commit: a.Commit, Answers: make(map[string]answer), Message: a.Message}
	if a.After {
		q.When = "after"
	}
	for who, text := range a.Got {
		q.Answers[who] = readAnswer(text, nil)
	}
	if a.File != "" {
		for _, who := range []string{"stranger", "blind"} {
			if s.strangers[who] == nil {
				s.strangers[who] = s.startStranger(who == "blind")
			}
			q.Answers[who] = readAnswer(s.strangers[who].ask(a.File, a.After && !a.Quiet))
		}
	}
	s.questions = append(s.questions, q)
}

// startStranger starts a server that has the environment of another repository, as
// an editor has that was opened there this morning. The blind one cannot see which
// processes there are, as on most systems; otherwise it is the same code.
func (s *stage) startStranger(blind bool) *client {
	other := filepath.Join(s.dir, "another")
	env := append(slices.Clone(s.env), "GIT_DIR="+filepath.Join(other, ".git"), "GIT_INDEX_FILE="+filepath.Join(other, ".git", "index"), "GIT_REFLOG_ACTION=rebase (reword)")
	server := exec.Command("truth-server", strconv.FormatBool(blind))
	server.Env = env
	in, err1 := server.StdinPipe()
	out, err2 := server.StdoutPipe()
	if err := errors.Join(err1, err2, server.Start()); err != nil {
		s.t.Error(err)
	}
	s.t.Cleanup(func() { _ = server.Wait() }) // stopped by end
	return newClient(in, out)
}

// truthServer is `colophon lsp`, which may be blind.
func truthServer() int {
	code, _ := lsp.Serve(context.Background(), lsp.Options{
		In: os.Stdin, Out: os.Stdout, Log: zap.NewNop(), Env: os.Environ(), Version: "test", Blind: os.Args[1] == "true",
	})
	return code
}

func (s *stage) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.strangers {
		c.stop()
	}
}

// client is just enough of an editor.
type client struct {
	out  io.WriteCloser
	in   *bufio.Reader
	last int
	open map[string]string
}

func newClient(out io.WriteCloser, in io.Reader) *client {
	c := &client{out: out, in: bufio.NewReader(in), open: make(map[string]string)}
	c.call("initialize", map[string]any{"processId": nil, "rootUri": nil, "capabilities": map[string]any{}})
	c.send(map[string]any{"method": "initialized", "params": map[string]any{}})
	return c
}

func (c *client) send(m map[string]any) {
	m["jsonrpc"] = "2.0"
	body, _ := json.Marshal(m)
	fmt.Fprintf(c.out, "Content-Length: %d\r\n\r\n%s", len(body), body)
}

func (c *client) call(method string, params any) ([]byte, error) {
	c.last++
	c.send(map[string]any{"id": c.last, "method": method, "params": params})
	for {
		var length int
		for {
			line, err := c.in.ReadString('\n')
			if err != nil {
				return nil, err
			}
			if line == "\r\n" {
				break
			}
			fmt.Sscanf(line, "Content-Length: %d", &length)
		}
		body := make([]byte, length)
		if _, err := io.ReadFull(c.in, body); err != nil {
			return nil, err
		}
		var m struct {
			ID     *int
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := json.Unmarshal(body, &m); err != nil {
			return nil, err
		}
		switch {
		case m.ID == nil || *m.ID != c.last:
		case m.Error != nil:
			return nil, errors.New(m.Error.Message)
		default:
			return m.Result, nil
		}
	}
}

// ask opens the file unless it is open, and asks what the commit contains. After
// something happened beside the editor, the answer may take some seconds to say so.
func (c *client) ask(file string, after bool) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	u := "file://" + strings.NewReplacer("%", "%25", " ", "%20", "#", "%23", "?", "%3F").Replace(filepath.ToSlash(file))
	valid := strings.ToValidUTF8(string(text), "\ufffd") // as editors send it
	if was, open := c.open[u]; open && was != valid {
		c.send(map[string]any{"method": "textDocument/didClose", "params": map[string]any{"textDocument": map[string]any{"uri": u}}})
		delete(c.open, u)
	}
	if _, open := c.open[u]; !open {
		c.open[u] = valid
		c.send(map[string]any{"method": "textDocument/didOpen", "params": map[string]any{"textDocument": map[string]any{"uri": u, "languageId": "gitcommit", "version": 1, "text": valid}}})
	}
	var got []byte
	for range 600 { // it does not wait for ever for a slow git
		got, err = c.call("workspace/executeCommand", map[string]any{"command": "colophon.show", "arguments": []string{u}})
		if a := readAnswer(got, err); a.Error == "" && (!after || a.Doubt != "") {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	return got, err
}

func (c *client) stop() {
	_, _ = c.call("shutdown", nil)
	c.send(map[string]any{"method": "exit"})
	c.out.Close()
}

// truthEditor is what git starts as its editor. It asks a server of its own, which
// is git's child, and has the test ask the others.
func truthEditor() int {
	file, err := filepath.Abs(os.Args[len(os.Args)-1])
	if err != nil {
		return 1
	}
	server := exec.Command("colophon", "lsp")
	in, err1 := server.StdinPipe()
	out, err2 := server.StdoutPipe()
	if errors.Join(err1, err2, server.Start()) != nil {
		return 1
	}
	c := newClient(in, out)
	tell := func(after bool) {
		quiet := os.Getenv("COLOPHON_TRUTH_QUIET") != ""
		got, err := c.ask(file, after && !quiet)
		if err != nil {
			got, _ = json.Marshal(err.Error())
		}
		hand(ask{File: file, After: after, Quiet: quiet, Got: map[string]json.RawMessage{"child": got}})
	}
	tell(false)
	if during := os.Getenv("COLOPHON_TRUTH_DURING"); during != "" {
		beside := exec.Command("sh", "-eu", "-c", during)
		for _, v := range os.Environ() {
			if !strings.HasPrefix(v, "GIT_") || strings.HasPrefix(v, "GIT_CONFIG_") {
				beside.Env = append(beside.Env, v)
			}
		}
		if out, err := beside.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "beside the editor: %v\n%s", err, out)
			return 1
		}
		tell(true)
	}
	c.stop()
	_ = server.Wait() // it had its say
	text, err := os.ReadFile(file)
	if err != nil {
		return 1
	}
	// A person writes something where git has left the first line free.
	if os.Getenv("COLOPHON_TRUTH_WRITE") != "" || len(text) == 0 || text[0] == '\n' || text[0] == '#' || text[0] == ';' || bytes.HasPrefix(text, []byte("//")) {
		text = append([]byte("Written in the editor\n"), text...)
	}
	if os.WriteFile(file, text, 0o666) != nil {
		return 1
	}
	return 0
}

// truthHook is the hooks that see the message (commit-msg, applypatch-msg) and
// those that come when the commit is made.
func truthHook() int {
	if len(os.Args) < 2 || os.Args[1] == "0" || os.Args[1] == "1" { // post-merge says whether it squashed
		id, err := exec.Command("git", "rev-parse", "--absolute-git-dir", "HEAD").Output()
		here, err3 := os.Getwd()
		f, err2 := os.OpenFile(filepath.Join(os.Getenv("COLOPHON_TRUTH"), "made"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
		if errors.Join(err, err2, err3) != nil {
			return 1
		}
		defer f.Close()
		fmt.Fprintln(f, here+"\t"+strings.ReplaceAll(strings.TrimSpace(string(id)), "\n", "\t"))
		return 0
	}
	check := exec.Command("colophon", "check", "--format", "json", "--fail-on", "never", os.Args[1])
	check.Stderr = os.Stderr
	got, err := check.Output()
	if err != nil {
		fmt.Fprintln(os.Stderr, "check:", err)
		return 1
	}
	show := exec.Command("colophon", "show", "--format", "json", os.Args[1])
	show.Stderr = os.Stderr
	seen, err := show.Output()
	var sight struct{ Message struct{ Clean string } }
	if err = errors.Join(err, json.Unmarshal(seen, &sight)); err != nil {
		fmt.Fprintln(os.Stderr, "show:", err)
		return 1
	}
	hand(ask{Got: map[string]json.RawMessage{"check": got}, Message: &sight.Message.Clean})
	return 0
}

// hand gives the answers to the test and waits until it has asked the others.
func hand(a ask) {
	dir := os.Getenv("COLOPHON_TRUTH")
	if text, err := os.ReadFile(filepath.Join(dir, "made")); err == nil {
		a.Commit = bytes.Count(text, []byte("\n"))
	}
	c, err := net.Dial("unix", filepath.Join(dir, "socket"))
	if err != nil {
		return
	}
	defer c.Close()
	_ = json.NewEncoder(c).Encode(a)
	_, _ = io.ReadAll(c)
}

// flowTable keeps the table in the docs as this test found it.
func flowTable(t *testing.T, rows []string) {
	const page, begin, end = "../../docs/how-it-knows.md", "<!-- flows: made by `make docs` -->\n", "<!-- end of flows -->\n"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(text), begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the table", page)
	}
	want := head + begin + "| flow | " + strings.Join(asked, " | ") + " |\n|---" + strings.Repeat("|---", len(asked)) + "|\n" + strings.Join(rows, "") + end + tail
	if *updateDocs {
		if err := os.WriteFile(page, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if want != string(text) {
		t.Errorf("%s is stale; run `make docs`", page)
	}
}
