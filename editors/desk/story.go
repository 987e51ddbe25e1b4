//go:build editors

package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// The one story that is told in every editor: an assistant has left its
// co-author trailer below the sign-off of a change of code and tests, to a
// project that wants AI-used-for in place of it.
const (
	body  = "hw/net: drop a dead store\n\nThe value is never read.\n\n"
	jo    = "Signed-off-by: Jo Doe <jo@example.org>\n"
	given = body + jo + "Co-Authored-By: Claude <noreply@anthropic.com>\n"

	// Line of the message, from 1 on, that has both findings.
	Line = 6
	// Finding is how one of the two starts.
	Finding = "QEMU's proposal does not take `Co-Auth"
	// Fix is the title of the preferred fix there.
	Fix = "Replace this `Co-Authored-By` by `AI-used-for: code, tests`"
	// Sourced is what hover says on that line, after what the trailer means.
	Sourced = "Source: QEMU's proposal (proposed, as of"
	// Offer is the last of what is offered first above the sign-off.
	Offer = "AI-used-for: research"
	// Facts is part of the line above the subject, and Counted what stands behind a
	// path in git's list.
	Facts   = "1 line, AI limit 9"
	Counted = "hw/net/x.c code, 1 line"
	// Commit opens the message. With -a the editor is told of the index of this
	// commit by the environment, and has to hand that on to the server.
	Commit = "git commit -a -e -F .git/given"
	// Trailer is the line that the fix writes.
	Trailer = "AI-used-for: code, tests"

	want = body + "AI-used-for: code, tests\n" + jo
)

// Stage makes the repository of the story.
func (d *Desk) Stage() {
	d.Git("config", "colophon.policy", "qemu-2026-09")
	for _, text := range []string{"int a;\n", "int a;\nint b;\n"} {
		d.Write("hw/net/x.c", text)
		d.Write("tests/y.c", text)
		if text == "int a;\n" {
			d.Git("add", "-A")
			d.Git("commit", "-q", "-m", "add two files")
		}
	}
	d.Write(".git/given", given)
}

// Committed waits until git has made the commit.
func (d *Desk) Committed() {
	d.until(func() string {
		if got := d.Git("log", "-1", "--format=%B"); !strings.Contains(got, Trailer) {
			return "the newest commit says " + got
		}
		return ""
	})
}

// Told checks the end of the story: the trailer is in the commit, where git sees
// it, and the editor has left no server.
func (d *Desk) Told() {
	if got := d.Git("log", "-1", "--format=%B"); got != want+"\n" {
		d.Fatalf("the commit says:\n%s\nwant:\n%s", got, want)
	}
	const trailers = "AI-used-for: code, tests\n" + jo
	if got := d.Git("log", "-1", "--format=%(trailers:only,unfold)"); got != trailers+"\n" {
		d.Fatalf("git takes these for trailers:\n%s\nwant:\n%s", got, trailers)
	}
	d.NothingLeft()
}

// OtherYAML opens a YAML file that is none of ours, beside a policy.
const OtherYAML = "git config -f other.yaml --edit"

// PolicyFix is the title of the fix on the second line of that policy.
const PolicyFix = "Write `project`"

const policy = "version: 1\nproject: Example\n"

// StagePolicy makes a policy with a slip in it, and a YAML file that is none.
func (d *Desk) StagePolicy() {
	for _, name := range []string{".colophon.yaml", "other.yaml"} {
		d.Write(name, strings.Replace(policy, "project", "projct", 1))
	}
}

// OnlyPolicy checks that of all YAML files only the policy was shown to the server.
func (d *Desk) OnlyPolicy() {
	opened := d.Opened()
	if len(opened) != 1 || !strings.HasSuffix(opened[0], "/.colophon.yaml") {
		d.Fatalf("opened in the server are %q, not .colophon.yaml alone", opened)
	}
	if got, err := os.ReadFile(filepath.Join(d.Repo, ".colophon.yaml")); err != nil || string(got) != policy {
		d.Fatalf("the policy file is %q, not %q: %v", got, policy, err)
	}
	d.NothingLeft()
}

// Request opens the text of a pull request as gh does: a Markdown file in the folder for
// temporary files.
const Request = `"$GIT_EDITOR" "$TMPDIR/1803920174.md"`

// RequestFix is the title of a fix there.
const RequestFix = "Write “No AI tools used”"

const request = "### PR summary\n\nSpeeds up take.\n\n#### AI Disclosure\n"

// StageRequest makes a text with the empty section that the policy asks for, and other
// Markdown.
func (d *Desk) StageRequest() {
	tmp := filepath.Join(d.Home, "tmp")
	d.Env = append(d.Env, "TMPDIR="+tmp)
	d.Git("config", "colophon.policy", "numpy")
	for _, name := range []string{"1803920174.md", "notes.md"} {
		d.Write(filepath.Join(tmp, name), request)
	}
}

// Requested checks that the fix is in the text, and that no other Markdown was shown to
// the server.
func (d *Desk) Requested() {
	file := filepath.Join(d.Home, "tmp", "1803920174.md")
	if got, err := os.ReadFile(file); err != nil || !strings.Contains(string(got), "#### AI Disclosure\n\nNo AI tools used\n") {
		d.Fatalf("the text is %q: %v", got, err)
	}
	if opened := d.Opened(); len(opened) != 1 || !strings.HasSuffix(opened[0], "/1803920174.md") {
		d.Fatalf("opened in the server are %q", opened)
	}
	d.NothingLeft()
}

// Ending is a way of leaving an editor.
type Ending struct {
	Name string
	Do   func(*Terminal)
	// Stays: the editor runs on without the server.
	Stays bool
}

// Endings are the ways of leaving that every editor in a terminal has.
var Endings = []Ending{
	{Name: "SIGTERM", Do: func(t *Terminal) { t.Signal(syscall.SIGTERM) }},
	{Name: "SIGHUP", Do: func(t *Terminal) { t.Signal(syscall.SIGHUP) }},
	{Name: "SIGKILL", Do: func(t *Terminal) { t.Signal(syscall.SIGKILL) }},
	{Name: "terminal closed", Do: func(t *Terminal) { t.Close() }},
}

// Ends proves that no way of leaving leaves a server behind. The server has no
// tap before it. The set-up of the editor is named where it has several. What opens
// the editor returns when findings are on the screen.
func (p *Place) Ends(setup string, open func(*Desk) *Terminal, own ...Ending) {
	for _, e := range slices.Concat(own, Endings) {
		p.flow(strings.TrimSuffix(e.Name+": "+setup, ": "), false, func(d *Desk) {
			t := open(d)
			// A child of the server's is the server until it has become git.
			d.until(func() string {
				if n := len(p.running()); n != 1 {
					return fmt.Sprintf("%d servers run beside one editor", n)
				}
				return ""
			})
			e.Do(t)
			d.NothingLeft()
			d.Proves(Ends)
			if !e.Stays {
				t.Gone()
			}
		})
	}
}

// Typed is an ending by keys, by tmux's names.
func Typed(name string, keys ...string) Ending {
	return Ending{Name: name, Do: func(t *Terminal) { t.Keys(keys...) }}
}
