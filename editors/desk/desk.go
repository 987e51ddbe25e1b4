//go:build editors

// Package desk is where the tests of the editors work: a person's home and
// repository, a real `git commit` whose editor runs in a terminal, the server
// under test with all that is said to it on record, and keys and screens in
// place of a driver inside of the editor.
//
// A test waits for states, never for seconds. A flow that fails is run once
// more, and both runs are reported.
package desk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"
)

// patience is for what takes no time on an idle machine.
const patience = time.Minute

// Place is what all flows of one editor share: the editor, and the server built
// once.
type Place struct {
	t               *testing.T
	editor, version string
	bin             string // holds the server and the tap
	results         string // a file, or ""
	opened          int    // terminals
}

// Open builds the server for the flows of an editor. The version is what the
// command prints, as far as the pattern's first group.
func Open(t *testing.T, editor, pattern string, version ...string) *Place {
	t.Helper()
	p := &Place{t: t, editor: editor, results: os.Getenv("COLOPHON_RESULTS")}
	out, err := exec.Command(version[0], version[1:]...).CombinedOutput()
	m := regexp.MustCompile(pattern).FindSubmatch(out)
	if err != nil || m == nil {
		t.Fatalf("this test needs %s (%s is not there or is no %s): run scripts/test-editors, which installs it\n%v: %q", editor, version[0], editor, err, out)
	}
	p.version = string(m[1])
	if p.bin, err = filepath.EvalSymlinks(t.TempDir()); err != nil { // as the system names a program that runs
		t.Fatal(err)
	}
	for name, pkg := range map[string]string{"colophon": "colophon/cmd/colophon", "tap": "colophon/editors/desk/tap"} {
		if out, err := exec.Command("go", "build", "-tags", "editors", "-o", filepath.Join(p.bin, name), pkg).CombinedOutput(); err != nil {
			t.Fatalf("go build %s: %v\n%s", pkg, err, out)
		}
	}
	return p
}

// Desk is one person's home and repository. Blanks and a quote in the paths are
// what breaks commands that are put together carelessly.
type Desk struct {
	Home, Repo string
	Env        []string

	place  *Place
	t      *testing.T
	undo   []func()
	proved []Feature
	seen   []string                // what terminals showed
	shot   func(file string) error // takes a picture of the screen, where there is one
}

func newDesk(p *Place, t *testing.T, traced bool) *Desk {
	dir := t.TempDir()
	d := &Desk{Home: filepath.Join(dir, "home"), Repo: filepath.Join(dir, "Jo's qemu"), place: p, t: t}
	for _, dir := range []string{d.Home, d.Repo, filepath.Join(d.Home, "bin")} {
		d.check(os.Mkdir(dir, 0o700))
	}
	// What a person's editor, a git hook or a terminal inside of an editor
	// brings along does not belong here.
	foreign := regexp.MustCompile(`^(GIT_|N?VIM|EMACS|INSIDE_EMACS|ALTERNATE_EDITOR|EDITOR=|VISUAL=|TMUX|TERM|LC_|LANG|COLOPHON|XDG_|HOME=|PATH=)`)
	d.Env = slices.DeleteFunc(os.Environ(), foreign.MatchString)
	d.Env = append(d.Env,
		"HOME="+d.Home, "XDG_CONFIG_HOME="+d.Home+"/.config", "XDG_DATA_HOME="+d.Home+"/.local/share",
		"XDG_STATE_HOME="+d.Home+"/.local/state", "XDG_CACHE_HOME="+d.Home+"/.cache", "XDG_RUNTIME_DIR="+d.Home,
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "SOURCE_DATE_EPOCH=1795478400",
		"PATH="+d.Home+"/bin"+string(os.PathListSeparator)+os.Getenv("PATH"),
		"TERM=xterm-256color", "LC_ALL=C.UTF-8", "COLOPHON_TRACE="+d.trace(),
	)
	server := "colophon"
	if traced {
		server = "tap"
	}
	d.check(os.Symlink(filepath.Join(p.bin, server), filepath.Join(d.Home, "bin", "colophon")))
	d.Git("init", "-q", "-b", "main")
	d.Git("config", "user.name", "Jo Doe")
	d.Git("config", "user.email", "jo@example.org")
	d.Git("commit", "-q", "--allow-empty", "-m", "start")
	return d
}

func (d *Desk) trace() string { return filepath.Join(d.Home, "trace.jsonl") }

// Git runs git in the repository.
func (d *Desk) Git(args ...string) string {
	c := exec.Command("git", args...)
	c.Dir, c.Env = d.Repo, d.Env
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		d.Fatalf("git %q: %v\n%s", args, err, errs.Bytes())
	}
	return string(out)
}

// Write makes a file, in the repository where its path is not absolute.
func (d *Desk) Write(path, text string) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(d.Repo, path)
	}
	d.check(os.MkdirAll(filepath.Dir(path), 0o700))
	d.check(os.WriteFile(path, []byte(text), 0o600))
}

// Fatalf ends this run of the flow.
func (d *Desk) Fatalf(format string, args ...any) { panic(failure(fmt.Sprintf(format, args...))) }

type failure string

func (d *Desk) check(err error) {
	if err != nil {
		d.Fatalf("%v", err)
	}
}

// until waits until a state is reached. What is still missing is for the person
// who reads that it never came.
func (d *Desk) until(reached func() (missing string)) {
	var missing string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if missing = reached(); missing == "" {
			return
		}
	}
	d.Fatalf("waited in vain: %s", missing)
}

// Sent are the messages that the editor has sent, of those with this method.
func (d *Desk) Sent(method string) (params []json.RawMessage) {
	raw, err := os.ReadFile(d.trace())
	if err != nil {
		d.Fatalf("the editor never started the server: %v", err)
	}
	for dec := json.NewDecoder(bytes.NewReader(raw)); ; {
		var line struct {
			From    string
			Message json.RawMessage
		}
		if dec.Decode(&line) != nil { // the end, or a line that is half written
			return params
		}
		var m struct {
			Method string
			Params json.RawMessage
		}
		if line.From == "editor" && json.Unmarshal(line.Message, &m) == nil && m.Method == method {
			params = append(params, m.Params)
		}
	}
}

// Traced waits until one message of the record has all of these texts.
func (d *Desk) Traced(texts ...string) {
	d.until(func() string {
		raw, err := os.ReadFile(d.trace())
		if err != nil {
			return "the editor never started the server: " + err.Error()
		}
		for line := range bytes.Lines(raw) {
			if !slices.ContainsFunc(texts, func(text string) bool { return !bytes.Contains(line, []byte(text)) }) {
				return ""
			}
		}
		return fmt.Sprintf("no message between editor and server has %q", texts)
	})
}

// Serving waits until the server runs.
func (d *Desk) Serving() {
	d.until(func() string {
		if len(d.place.running()) == 0 {
			return "the editor never started the server"
		}
		return ""
	})
}

// Saved waits until a file of the repository has a text.
func (d *Desk) Saved(path, text string) {
	d.until(func() string {
		if raw, _ := os.ReadFile(filepath.Join(d.Repo, path)); !bytes.Contains(raw, []byte(text)) {
			return fmt.Sprintf("%s was never saved with %q", path, text)
		}
		return ""
	})
}

// Opened are the documents that the editor has shown to the server, in order.
func (d *Desk) Opened() (uris []string) {
	for _, raw := range d.Sent("textDocument/didOpen") {
		var p struct{ TextDocument struct{ URI string } }
		d.check(json.Unmarshal(raw, &p))
		uris = append(uris, p.TextDocument.URI)
	}
	return uris
}

// NothingLeft waits until no server runs any more: an editor that is gone must
// not leave one behind.
func (d *Desk) NothingLeft() {
	d.until(func() string {
		if left := d.place.running(); len(left) > 0 {
			return fmt.Sprintf("still running: %q", left)
		}
		return ""
	})
}

// running lists the processes of the server, and of the tap before it. No one
// else runs these files.
func (p *Place) running() []string {
	exes, err := filepath.Glob("/proc/[0-9]*/exe")
	if err != nil || len(exes) == 0 {
		p.t.Fatalf("list processes: %v: /proc has none", err)
	}
	return slices.DeleteFunc(exes, func(exe string) bool {
		target, err := os.Readlink(exe)
		return err != nil || filepath.Dir(target) != p.bin
	})
}
