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
	"sync"
	"time"

	"colophon/attribution"
	"colophon/change"
	"colophon/diagnostics"
	"colophon/repository"
	"colophon/words"
)

// Bounds of what is read of the records of AI tools, in bytes.
const (
	maxRecord     = 8 << 20
	maxTexts      = 200 // files whose lines are looked for in the text that will be committed
	maxText       = 1 << 20
	maxTextsBytes = 16 << 20 // of all of them together
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
	source    repository.Source
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
	d.source = s
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
	}
	if r == nil {
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
	since := sync.OnceValue(func() time.Time { return c.Repository.HeadTime(ctx) })
	until := time.Now().Add(time.Hour) // clocks differ
	return n.read(attribution.AgentTrace, func() (*attribution.Record, error) {
		return attribution.ReadTraces(text, func(t attribution.Trace) bool {
			if t.Revision != "" || c.head == "" {
				return t.Revision == c.head
			}
			return t.Time.Before(until) && !since().IsZero() && t.Time.After(since())
		})
	})
}

// wanted tells of which files it matters where lines were added; nil: of none.
func (n *Noted) wanted() func(path string) bool {
	paths := make(map[string]bool)
	for _, r := range n.Records {
		for _, f := range r.Files {
			paths[f.Path] = true
		}
	}
	if len(paths) == 0 {
		return nil
	}
	return func(path string) bool { return paths[path] }
}

// wanted is any file while there are records: it may have had another name.
func (d *drafts) wanted() func(path string) bool {
	if len(d.note.Files)+len(d.log.Files)+len(d.traces.Files) == 0 {
		return nil
	}
	return func(string) bool { return true }
}

// draft is what a record has of a file, and that file in what will be committed.
type draft struct {
	attribution.File
	now *change.File
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
	names := c.newNames(ctx, d, ch)
	within := func(r attribution.Record) (kept []draft) {
		for _, f := range r.Files {
			now := files[f.Path]
			if name := names[f.Path]; now == nil && !r.Has(name) {
				now = files[name]
			}
			if now != nil {
				kept = append(kept, draft{f, now})
			}
		}
		return kept
	}
	note, log, traces := within(d.note), within(d.log), within(d.traces)
	c.placeHead(ctx, note)
	c.placeLogged(ctx, log)
	for _, r := range []attribution.Record{attribution.Join(finished(d.note, note), finished(d.log, log)), finished(d.traces, traces)} {
		if len(r.Files) > 0 {
			n.Records = append(n.Records, r)
		}
	}
	return n
}

// finished is a record with the files as they were found.
func finished(r attribution.Record, found []draft) attribution.Record {
	r.Files = nil
	for _, d := range found {
		d.Path = d.now.Path
		r.Files = append(r.Files, d.File)
	}
	return r
}

// newNames are the files that have another name than at HEAD, by that one.
func (c *Commit) newNames(ctx context.Context, d *drafts, ch *change.Change) map[string]string {
	if d.wanted() == nil {
		return nil
	}
	if d.source.Base != repository.Head { // ch is not seen from there
		var err error
		if ch, err = c.Repository.Names(ctx, repository.Source{Index: d.source.Index, Base: repository.Head}, true); err != nil {
			return nil
		}
	}
	names := make(map[string]string)
	for _, f := range ch.Files {
		if f.Status == change.Renamed {
			names[f.From] = f.Path
		}
	}
	return names
}

// placeLogged finds the lines of a working log, which are those of texts of its own.
func (c *Commit) placeLogged(ctx context.Context, logged []draft) {
	var about []int // those that say of which text they are; others are taken as they are
	for i := range logged {
		if logged[i].Text != "" {
			about = append(about, i)
		}
	}
	c.place(ctx, logged, about, func(f attribution.File, staged string) (before string, ok bool) {
		if sum := sha256.Sum256([]byte(staged)); hex.EncodeToString(sum[:]) == f.Text {
			return staged, true
		}
		text, err := repository.ReadInside(c.Repository.CommonDir, c.logs()+"/"+attribution.Texts+"/"+f.Text, maxText)
		return string(text), err == nil
	})
}

// placeHead finds the lines of a note on the commit at HEAD, which are those of its files.
func (c *Commit) placeHead(ctx context.Context, noted []draft) {
	var about []int
	var asked []repository.Object
	for i := range noted[:min(len(noted), maxTexts)] {
		asked = append(asked, repository.AtHead(noted[i].Path))
	}
	heads, left := make(map[string]string), maxTextsBytes
	if len(asked) > 0 {
		_ = c.Repository.Texts(ctx, asked, maxText, func(i int, text string) { // without it they are lost
			if left -= len(text); left >= 0 {
				heads[noted[i].Path] = text
			}
		})
	}
	for i := range noted {
		about = append(about, i)
	}
	c.place(ctx, noted, about, func(f attribution.File, _ string) (string, bool) {
		text, ok := heads[f.Path]
		return text, ok
	})
}

// place finds the lines of those drafts that about names in what is staged. before is the
// text that a file's lines are of; those of one that is not there are lost.
func (c *Commit) place(ctx context.Context, drafts []draft, about []int, before func(f attribution.File, staged string) (string, bool)) {
	var asked []repository.Object
	for _, i := range about[:min(len(about), maxTexts)] {
		asked = append(asked, repository.ObjectOf(drafts[i].now.New))
	}
	found := make(map[int]bool)
	left := maxTextsBytes
	if len(asked) > 0 {
		_ = c.Repository.Texts(ctx, asked, maxText, func(n int, staged string) { // without it they are lost
			d := &drafts[about[n]]
			text, ok := before(d.File, staged)
			if left -= len(text) + len(staged); ok && left >= 0 && ctx.Err() == nil {
				d.File, found[about[n]] = d.Place(text, staged), true
			}
		})
	}
	for _, i := range about {
		if !found[i] {
			drafts[i].File = drafts[i].Lost()
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

// NotedIn is what the note of a commit says that was made.
func (c *Commit) NotedIn(l *repository.Logged) (n Noted) {
	if l.NotesLost {
		n.unread(attribution.GitAI, nil)
	}
	if l.NoteLarge {
		n.unread(attribution.GitAI, attribution.ErrLarge)
	}
	note := strings.TrimSpace(l.Note)
	if note == "" || c.Found == nil {
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
