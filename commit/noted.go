package commit

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"colophon/attribution"
	"colophon/change"
	"colophon/diagnostics"
	"colophon/repository"
	"colophon/words"
)

// Bounds of what is read of the records of AI tools, in bytes.
const (
	maxRecord = 16 << 20
	maxTexts  = 200 // files whose lines are looked for in the text that will be committed
	maxText   = 4 << 20
)

// Noted is what AI tools have noted of a commit.
type Noted struct {
	Records []attribution.Record // the lines are those of the files as the commit has them
	Unread  []diagnostics.Unread
}

// unread notes that a record does not count.
func (n *Noted) unread(source attribution.Source, err error) {
	why := words.UnreadFilePiece
	for _, known := range []struct {
		err error
		why words.Sentence
	}{{attribution.ErrBroken, words.UnreadBrokenPiece}, {attribution.ErrForeign, words.UnreadForeignPiece}, {attribution.ErrLarge, words.UnreadLargePiece}, {repository.ErrLarge, words.UnreadLargePiece}} {
		if errors.Is(err, known.err) {
			why = known.why
		}
	}
	u := diagnostics.Unread{Source: string(source), Why: why.String()}
	if !slices.Contains(n.Unread, u) {
		n.Unread = append(n.Unread, u)
	}
}

// drafts are records whose lines are those of other texts than the commit's.
type drafts struct {
	Noted
	note, log attribution.Record // both of git-ai: of the commit that is replaced, and of what came since
	traces    attribution.Record
}

// findRecords finds out whether AI tools have left any. Mostly there are none, and then
// nothing more is asked.
func (c *Commit) findRecords(ctx context.Context) {
	r := c.Repository
	_, err := os.Stat(filepath.Join(r.CommonDir, "ai"))
	if err != nil && r.LeadsBack() {
		_, err = os.Stat(filepath.Join(r.WorkTree, filepath.FromSlash(attribution.TraceFile)))
	}
	if c.tools = err == nil; c.tools {
		c.head = r.HeadID(ctx)
	}
	c.seen.records = c.recordStats()
}

// drafts reads what AI tools have noted of a commit from s that is being written.
func (c *Commit) drafts(ctx context.Context, s repository.Source) (d drafts) {
	if c.Found == nil {
		return d
	}
	if s.Base == repository.Parent {
		text, err := c.Repository.Note(ctx, attribution.NotesRef, c.Repository.HeadID(ctx))
		switch {
		case err != nil:
			d.unread(attribution.GitAI, err)
		case text != "":
			d.note = d.read(attribution.GitAI, func() (*attribution.Record, error) { return attribution.ReadNote(text) })
		}
	}
	if !c.tools {
		return d
	}
	var parts [2][]byte
	whole := true
	for i, name := range []string{attribution.Initial, attribution.Checkpoints} {
		var err error
		if parts[i], err = repository.ReadInside(c.Repository.CommonDir, c.logs()+"/"+name, maxRecord); err != nil && !repository.Missing(err) {
			d.unread(attribution.GitAI, err)
			whole = false
		}
	}
	if whole {
		d.log = d.read(attribution.GitAI, func() (*attribution.Record, error) { return attribution.ReadWorkingLog(parts[0], parts[1]) })
	}
	d.traces = c.traces(ctx, &d.Noted)
	return d
}

// read is a record that counts, or an empty one.
func (n *Noted) read(source attribution.Source, read func() (*attribution.Record, error)) attribution.Record {
	r, err := read()
	if err != nil {
		n.unread(source, err)
		return attribution.Record{Source: source}
	}
	return *r
}

// logs is where git-ai keeps its working log, seen from CommonDir.
func (c *Commit) logs() string {
	folder := "ai"
	if tree, err := filepath.Rel(filepath.Join(c.Repository.CommonDir, "worktrees"), c.Repository.GitDir); err == nil && filepath.IsLocal(tree) {
		folder = "ai/worktrees/" + filepath.ToSlash(tree)
	}
	return folder + "/" + attribution.WorkingLogs + "/" + cmp.Or(c.head, attribution.NoCommit)
}

// traces reads what Agent Trace has of changes since a commit. A record that names no
// commit counts if it is younger.
func (c *Commit) traces(ctx context.Context, n *Noted) attribution.Record {
	none := attribution.Record{Source: attribution.AgentTrace}
	if !c.Repository.LeadsBack() {
		return none
	}
	text, err := repository.ReadInsideLines(c.Repository.WorkTree, attribution.TraceFile, maxRecord)
	switch {
	case repository.Missing(err):
		return none
	case err != nil:
		n.unread(attribution.AgentTrace, err)
		return none
	}
	var since time.Time
	return n.read(attribution.AgentTrace, func() (*attribution.Record, error) {
		return attribution.ReadTraces(text, func(t attribution.Trace) bool {
			if t.Revision != "" || c.head == "" {
				return t.Revision == c.head
			}
			if since.IsZero() {
				since = c.Repository.HeadTime(ctx)
			}
			return t.Time.After(since)
		})
	})
}

// wanted tells of which files it matters where lines were added; nil: of none.
func (n *Noted) wanted() func(path string) bool { return inRecords(n.Records...) }

func (d *drafts) wanted() func(path string) bool { return inRecords(d.note, d.log, d.traces) }

func inRecords(records ...attribution.Record) func(path string) bool {
	paths := make(map[string]bool)
	for _, r := range records {
		for _, f := range r.Files {
			paths[f.Path] = true
		}
	}
	if len(paths) == 0 {
		return nil
	}
	return func(path string) bool { return paths[path] }
}

// placed finds the lines of the drafts in what will be committed.
func (c *Commit) placed(ctx context.Context, d *drafts, ch *change.Change) Noted {
	n := Noted{Unread: d.Unread}
	if ch == nil {
		return n
	}
	files := make(map[string]*change.File, len(ch.AddedAt))
	for i := range ch.Files {
		if f := &ch.Files[i]; ch.AddedAt[f.Path] != nil {
			files[f.Path] = f
		}
	}
	within := func(all []attribution.File) (kept []attribution.File) {
		for _, f := range all {
			if files[f.Path] != nil {
				kept = append(kept, f)
			}
		}
		return kept
	}
	ai := d.log
	ai.Files = c.placeLogged(ctx, within(d.log.Files), files)
	note := d.note
	note.Files = c.placeHead(ctx, within(d.note.Files), files)
	for _, r := range []attribution.Record{attribution.Join(note, ai), {Source: d.traces.Source, Tools: d.traces.Tools, Files: within(d.traces.Files)}} {
		if len(r.Files) > 0 {
			n.Records = append(n.Records, r)
		}
	}
	return n
}

// placeLogged finds the lines of a working log, which are those of texts of its own.
func (c *Commit) placeLogged(ctx context.Context, logged []attribution.File, files map[string]*change.File) []attribution.File {
	var asked []repository.Object
	var about []int // in logged
	for i, f := range logged {
		switch {
		case f.Text == "": // it does not say, so they are taken as they are
		case len(asked) == maxTexts:
			logged[i] = f.Lost()
		default:
			asked, about = append(asked, repository.ObjectOf(files[f.Path].New)), append(about, i)
		}
	}
	c.place(ctx, logged, asked, about, func(i int, staged string) (before string, ok bool) {
		if sum := sha256.Sum256([]byte(staged)); hex.EncodeToString(sum[:]) == logged[i].Text {
			return staged, true
		}
		text, err := repository.ReadInside(c.Repository.CommonDir, c.logs()+"/"+attribution.Texts+"/"+logged[i].Text, maxText)
		return string(text), err == nil
	})
	return logged
}

// placeHead finds the lines of a note on the commit at HEAD, which are those of its files.
func (c *Commit) placeHead(ctx context.Context, noted []attribution.File, files map[string]*change.File) []attribution.File {
	if len(noted) == 0 {
		return nil
	}
	heads := make(map[int]string)
	var asked []repository.Object
	var about []int
	for i, f := range noted[:min(len(noted), maxTexts)] {
		asked, about = append(asked, repository.AtHead(f.Path)), append(about, i)
	}
	_ = c.Repository.Texts(ctx, asked, maxText, func(i int, text string) { heads[about[i]] = text })
	for i := range asked {
		asked[i] = repository.ObjectOf(files[noted[about[i]].Path].New)
	}
	for i := len(asked); i < len(noted); i++ {
		noted[i] = noted[i].Lost()
	}
	c.place(ctx, noted, asked, about, func(i int, _ string) (string, bool) {
		text, ok := heads[i]
		return text, ok
	})
	return noted
}

// place finds the lines of files in what is staged: asked, of those that about names.
// before is the text that a file's lines are of; those of one that is not there are lost.
func (c *Commit) place(ctx context.Context, files []attribution.File, asked []repository.Object, about []int, before func(i int, staged string) (string, bool)) {
	if len(asked) == 0 {
		return
	}
	found := make(map[int]bool)
	_ = c.Repository.Texts(ctx, asked, maxText, func(n int, staged string) { // without it they are lost
		i := about[n]
		found[i] = true
		if text, ok := before(i, staged); ok {
			files[i] = files[i].Place(text, staged)
		} else {
			files[i] = files[i].Lost()
		}
	})
	for _, i := range about {
		if !found[i] {
			files[i] = files[i].Lost()
		}
	}
}

// NotesRef is the ref whose notes say what AI tools wrote in commits that were made; ""
// where there is none.
func (c *Commit) NotesRef(ctx context.Context) string {
	if c.Found == nil || !c.Repository.HasRef(ctx, attribution.NotesRef) {
		return ""
	}
	return attribution.NotesRef
}

// NotedIn is what a note of a commit says that was made; "" is none.
func (c *Commit) NotedIn(note string) (n Noted) {
	if note = strings.TrimSpace(note); note == "" || c.Found == nil {
		return n
	}
	if r := n.read(attribution.GitAI, func() (*attribution.Record, error) { return attribution.ReadNote(note) }); len(r.Files) > 0 {
		n.Records = append(n.Records, r)
	}
	return n
}

// recordStats is what the records look like that are read beside the index.
func (c *Commit) recordStats() (s [4]stat) {
	r := c.Repository
	if r == nil {
		return s
	}
	logs := filepath.Join(r.CommonDir, filepath.FromSlash(c.logs()))
	s[0], s[1] = statOf(filepath.Dir(logs)), statOf(filepath.Join(logs, attribution.Initial))
	s[2] = statOf(filepath.Join(logs, attribution.Checkpoints))
	if r.WorkTree != "" {
		s[3] = statOf(filepath.Join(r.WorkTree, filepath.FromSlash(attribution.TraceFile)))
	}
	return s
}
