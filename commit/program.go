package commit

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"colophon/change"
	"colophon/message"
	"colophon/repository"
)

// program is one other than git that has commit messages written: the name of the file
// that it opens in the editor, and what it takes out of it again.
type program struct {
	name    string
	file    *regexp.Regexp
	comment string   // begins the lines that go; "" is core.commentChar
	keeps   bool     // no line goes
	end     string   // begins, behind comment, the line that ends the message; "" is none
	several string   // begins the line above each message where the file has those of several commits; "" is never
	headers []string // stand in front of the message
}

const scissors = " ------------------------ >8 ------------------------"

var stgitHeaders = []string{"Patch", "Author", "Date", "From"}

// Git runs none of them, and what they commit is in no index.
var programs = []program{
	{name: "Jujutsu", file: regexp.MustCompile(`\.jjdescription$`), comment: "JJ:", end: " ignore-rest", several: "JJ: describe "},
	{name: "Mercurial", file: regexp.MustCompile(`^hg-editor-[^.]+(\.commit\.hg)?\.txt$`), comment: "HG:", end: scissors},
	{name: "Sapling", file: regexp.MustCompile(`^sl-editor-[^.]+\.commit\.sl\.txt$`), comment: "SL:", end: scissors},
	{name: "StGit", file: regexp.MustCompile(`^\.stgit-edit\.(txt|patch)$`), end: scissors, headers: stgitHeaders},
	// Before 1.0, and for a hook, whose message is finished.
	{name: "StGit", file: regexp.MustCompile(`^\.stgit-((new|squash)\.txt|msg-temp-[0-9]+)$`), keeps: true},
}

func programOf(file string) *program {
	for i := range programs {
		if programs[i].file.MatchString(file) {
			return &programs[i]
		}
	}
	return nil
}

// OtherProgram tells whether a file has the name by which Jujutsu, Mercurial, Sapling or
// StGit opens a commit message in the editor. Its text may be those of several commits.
func OtherProgram(path, text string) (ok, several bool) {
	p := programOf(filepath.Base(path))
	if p == nil {
		return false, false
	}
	if p.several == "" {
		return true, false
	}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, p.several) {
			return true, true
		}
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, p.comment) {
			break // a message begins
		}
	}
	return true, false
}

// gitsOwn tells whether a file is one by which git itself asks for a commit message.
func gitsOwn(file string) bool {
	return slices.Contains([]string{"COMMIT_EDITMSG", "MERGE_MSG", "final-commit"}, file)
}

// options is how the program reads the text, where o is how git would.
func (p *program) options(o message.Options, config *repository.Config, text string) message.Options {
	o.Cleanup, o.Comment, o.Headers = message.Strip, p.comment, p.headers
	if o.Comment == "" { // StGit knows neither "auto" nor core.commentString
		o.Comment = "#"
		if config != nil {
			if v, _ := config.Get("core.commentchar"); strings.TrimSpace(v) != "" && v != "auto" {
				o.Comment = strings.TrimSpace(v)
			}
		}
	}
	o.End = o.Comment + p.end
	old := p.headers != nil && strings.HasPrefix(text, "From: ") // StGit before 1.0
	if p.keeps || old {
		o.Cleanup, o.End, o.Cut = message.Whitespace, "", message.CutNever
	}
	if old && strings.Contains(text, "\ndiff --git ") {
		o.End = "---"
	}
	return o
}

// inBuffer is the patch that the program has put into the buffer; nil without one.
func (c *Commit) inBuffer(ctx context.Context, m *message.Message) *Contents {
	if c.program == nil {
		return nil
	}
	at := strings.Index(m.Below(), "\ndiff --git ")
	if at < 0 {
		return nil
	}
	p, err := change.ReadPatch(strings.NewReader(m.Below()[at+1:]))
	if err != nil || !p.Whole {
		return nil
	}
	now := &Contents{Change: &p.Change, left: readLeft(m).sum}
	if c.Repository != nil && c.Found != nil {
		now.Change = c.attributed(ctx, now.Change)
	}
	return now
}

// home is a place in the work tree that another program's buffer is of: the buffer's
// own, unless it is in the system's folder for temporary files; else the first of the
// folders that the person has open that lies in one; else where we were started.
func home(file string, near []string) string {
	var places []string
	if dir := filepath.Dir(file); !SameFolder(dir, os.TempDir()) {
		places = append(places, dir)
	}
	here, err := filepath.Abs(".")
	if err != nil {
		here = "."
	}
	for _, place := range append(places, near...) {
		if repository.Kept(place) {
			return place
		}
	}
	return here
}

// SameFolder tells whether two paths are of one folder, also where one leads through
// symbolic links, as on macOS.
func SameFolder(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// open finds the repository of a path, unless a work tree of another program is nearer:
// then git is not asked, and that is the root.
func (c *Commit) open(path string, o Options) (*repository.Repository, error) {
	if top, ok := repository.Other(path, o.Env); ok {
		c.Root = top
		return nil, repository.ErrNotFound
	}
	return repository.Open(path, repository.Options{Env: o.Env, Near: o.Near, Git: o.Git, Blind: o.Blind, TimeLimit: o.TimeLimit})
}
