package neovim_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// patience is for what takes no time on an idle machine. The driver gives up
// earlier, and says what it waited for.
const patience = 2 * time.Minute

func TestSessions(t *testing.T) {
	nvim, server := findNeovim(t), buildServer(t)
	for _, s := range sessions {
		t.Run(s.name, func(t *testing.T) {
			d := newPerson(t, nvim, server)
			d.stage(s)
			d.edit(s)
			d.compare(s, d.seen())
			d.nothingLeft(server)
		})
	}
}

func buildServer(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir()) // as the system names a program that runs
	if err != nil {
		t.Fatal(err)
	}
	server := filepath.Join(dir, "colophon")
	if runtime.GOOS == "windows" {
		server += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", server, "colophon/cmd/colophon").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return server
}

// newerThan tells whether a Neovim is 0.minor or later.
func newerThan(t *testing.T, nvim string, minor int) bool {
	t.Helper()
	out, err := exec.Command(nvim, "--headless", "-u", "NONE", "+lua io.write(vim.version().minor)", "+q").CombinedOutput()
	got, bad := strconv.Atoi(string(out))
	if err != nil || bad != nil {
		t.Fatalf("the version of %s: %v: %q", nvim, err, out)
	}
	return got >= minor
}

func findNeovim(t *testing.T) string {
	t.Helper()
	const help = "this test needs Neovim 0.7 or later: run scripts/install-neovim, or install your system's package `neovim`, or name a binary in COLOPHON_NVIM"
	nvim, err := exec.LookPath(cmp.Or(os.Getenv("COLOPHON_NVIM"), "nvim"))
	if err != nil {
		t.Fatalf("%v; %s", err, help)
	}
	if nvim, err = filepath.Abs(nvim); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(nvim, "--version").Output()
	version := regexp.MustCompile(`^NVIM v(\d+)\.(\d+)\S*`).FindSubmatch(out)
	if err != nil || version == nil {
		t.Fatalf("%s --version: %v: %q; %s", nvim, err, out, help)
	}
	if minor, err := strconv.Atoi(string(version[2])); err != nil || string(version[1]) == "0" && minor < 7 {
		t.Fatalf("%s is %s; %s", nvim, version[0], help)
	}
	t.Logf("%s, %s", version[0], nvim)
	return nvim
}

// person is a home and repository. Blanks and a quote in the paths
// are what breaks commands that are put together carelessly.
type person struct {
	*testing.T
	nvim, plugin    string
	home, repo, log string
	env             []string
}

func newPerson(t *testing.T, nvim, server string) *person {
	plugin, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	d := &person{T: t, nvim: nvim, plugin: plugin, home: filepath.Join(dir, "home"), repo: filepath.Join(dir, "Jo's qemu"), log: filepath.Join(dir, "seen")}
	for _, v := range os.Environ() {
		// What a person's editor, a git hook or a terminal inside of Neovim
		// brings along does not belong here.
		if !regexp.MustCompile(`^(GIT_|N?VIM|COLOPHON|XDG_|HOME=|PATH=)`).MatchString(v) {
			d.env = append(d.env, v)
		}
	}
	d.env = append(d.env,
		"HOME="+d.home, "XDG_CONFIG_HOME="+d.home+"/config", "XDG_DATA_HOME="+d.home+"/data",
		"XDG_STATE_HOME="+d.home+"/state", "XDG_CACHE_HOME="+d.home+"/cache", "XDG_RUNTIME_DIR="+d.home,
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "SOURCE_DATE_EPOCH=1795478400",
		"PATH="+filepath.Dir(server)+string(os.PathListSeparator)+os.Getenv("PATH"),
		"COLOPHON_LOG="+d.log, "COLOPHON_STEPS="+d.log+".steps", "COLOPHON_PLUGIN="+d.plugin,
	)
	for _, dir := range []string{d.home, d.repo} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	d.git("init", "-q", "-b", "main")
	d.git("config", "user.name", "Jo Doe")
	d.git("config", "user.email", "jo@example.org")
	d.git("commit", "-q", "--allow-empty", "-m", "start")
	return d
}

func (d *person) git(args ...string) string {
	d.Helper()
	c := exec.Command("git", args...)
	c.Dir, c.Env = d.repo, d.env
	out, err := c.Output()
	if err != nil {
		d.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return string(out)
}

func (d *person) write(path, text string) {
	d.Helper()
	path = filepath.Join(d.repo, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		d.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.Fatal(err)
	}
}

// stage makes the repository of a session: its policy, what is staged, and
// files that are there but not staged yet.
func (d *person) stage(s session) {
	d.Helper()
	if s.policy != "" {
		d.git("config", "colophon.policy", s.policy)
	}
	for _, path := range slices.Concat(s.staged, s.unstaged) {
		d.write(path, "int a;\nint b;\n")
	}
	if len(s.staged) > 0 {
		d.git(append([]string{"add", "--"}, s.staged...)...)
	}
}

// edit runs the git command of a session, with Neovim for its editor.
func (d *person) edit(s session) {
	d.Helper()
	drive := filepath.Join(d.plugin, "testdata", "drive.lua")
	editor := []string{d.nvim, "--headless", "-i", "NONE", "-n", "-u", drive}
	env := slices.Concat(d.env, s.env)
	if s.demo {
		editor = append(editor[:5], "-u", filepath.Join(d.plugin, "demo.lua"), "-S", drive)
		env = append(env, "COLOPHON=colophon")
	}
	for i, word := range editor {
		editor[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" // git gives it to a shell
	}
	steps, err := json.Marshal(s.steps)
	if err != nil {
		d.Fatal(err)
	}
	if err := os.WriteFile(d.log+".steps", steps, 0o600); err != nil {
		d.Fatal(err)
	}
	args := s.git
	if s.message != "" {
		d.write(".git/given", s.message)
		args = append(slices.Clone(args), "-e", "-F", ".git/given")
	}

	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	git := exec.CommandContext(ctx, "git", args...)
	git.Dir, git.Env = d.repo, append(env, "GIT_EDITOR="+strings.Join(editor, " "))
	var out bytes.Buffer
	git.Stdout, git.Stderr, git.WaitDelay = &out, &out, 10*time.Second
	if err := git.Run(); err != nil {
		seen, _ := os.ReadFile(d.log)
		d.Fatalf("git %q: %v\n%s\nwhat the driver saw:\n%s", args, err, out.Bytes(), seen)
	}
}

// entry is what the driver notes of a step.
type entry struct {
	Step    string
	Found   []finding
	Offered []string // titles
	Hover   bool
	Ms      float64
	Shown   int // the most findings that were ever on the screen
	Clients []string
}

type finding struct {
	Lnum, Col, EndLnum, EndCol, Severity int
	Code, Message                        string
}

func (f finding) String() string {
	severity := []string{"none", "error", "warning", "info", "hint"}[f.Severity]
	return fmt.Sprintf("%d:%d-%d %s %s", f.Lnum, f.Col, f.EndCol, severity, f.Code)
}

func (d *person) seen() []entry {
	d.Helper()
	raw, err := os.ReadFile(d.log)
	if err != nil {
		d.Fatal(err)
	}
	d.Logf("the driver saw:\n%s", raw)
	var seen []entry
	for line := range bytes.Lines(raw) {
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			d.Fatalf("%v: %s", err, line)
		}
		seen = append(seen, e)
	}
	return seen
}

// compare holds a session against what the driver saw and git made.
func (d *person) compare(s session, seen []entry) {
	d.Helper()
	if len(seen) == 0 || seen[len(seen)-1].Step != "end" {
		d.Fatal("the session did not come to its end")
	}
	end := seen[len(seen)-1]
	if !slices.Equal(end.Clients, []string{"colophon"}) {
		d.Errorf("attached are %q", end.Clients)
	}
	if s.silent() && end.Shown > 0 {
		d.Errorf("%d findings flashed up", end.Shown)
	}
	noted := func(step string) (es []entry) {
		for _, e := range seen {
			if e.Step == step {
				es = append(es, e)
			}
		}
		return es
	}
	sees, asks := noted("see"), noted("ask")
	for _, st := range s.steps {
		switch st.Step {
		case "see":
			d.compareFindings(st, sees[0])
			sees = sees[1:]
		case "ask":
			if asks[0].Hover != st.Hover || !slices.Equal(asks[0].Offered, st.Offered) {
				d.Errorf("asked, the server said hover %v, actions %q; want %v, %q", asks[0].Hover, asks[0].Offered, st.Hover, st.Offered)
			}
			asks = asks[1:]
		}
	}
	if s.git[0] != "commit" {
		return
	}
	if got := d.git("log", "-1", "--format=%B"); got != s.commit+"\n" {
		d.Errorf("the commit says:\n%s\nwant:\n%s", got, s.commit)
	}
	if got := d.git("log", "-1", "--format=%(trailers:only,unfold)"); got != s.trailers+"\n" {
		d.Errorf("git takes these for trailers:\n%s\nwant:\n%s", got, s.trailers)
	}
}

func (d *person) compareFindings(want step, got entry) {
	d.Helper()
	var have []string
	for _, f := range got.Found {
		have = append(have, f.String())
		if f.Message == "" || f.EndLnum != f.Lnum {
			d.Errorf("%v: a finding has a sentence and stands on one line: %+v", f, f)
		}
	}
	if !reflect.DeepEqual(have, want.Findings) {
		d.Errorf("findings %q, want %q", have, want.Findings)
	}
	if want.Within > 0 && got.Ms > float64(want.Within.Milliseconds()) {
		d.Errorf("%q came after %.0f ms, not within %v", have, got.Ms, want.Within)
	}
}

// nothingLeft waits until no server runs any more: an editor that is gone must
// not leave one behind.
func (d *person) nothingLeft(server string) {
	d.Helper()
	var left []string
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if left = running(d.T, server); len(left) == 0 {
			return
		}
	}
	d.Errorf("still running: %q", left)
}

// running lists the processes of a program that no one else runs.
func running(t *testing.T, program string) []string {
	t.Helper()
	if runtime.GOOS == "windows" {
		// A program that runs cannot be opened for writing there.
		f, err := os.OpenFile(program, os.O_WRONLY, 0)
		if err != nil {
			return []string{err.Error()}
		}
		f.Close()
		return nil
	}
	if runtime.GOOS != "linux" {
		out, err := exec.Command("lsof", "-t", "--", program).Output()
		var none *exec.ExitError
		if err != nil && !errors.As(err, &none) {
			t.Fatalf("list processes: %v", err)
		}
		return strings.Fields(string(out))
	}
	exes, err := filepath.Glob("/proc/[0-9]*/exe")
	if err != nil || len(exes) == 0 {
		t.Fatalf("list processes: %v: /proc has none", err)
	}
	return slices.DeleteFunc(exes, func(exe string) bool {
		target, err := os.Readlink(exe)
		return err != nil || target != program
	})
}
