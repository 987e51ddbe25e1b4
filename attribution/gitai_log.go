package attribution

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// What git-ai's working log consists of: a folder for the commit that is worked upon,
// by its id or [NoCommit], with these files and a folder.
const (
	WorkingLogs = "working_logs" // below git-ai's folder
	NoCommit    = "initial"      // the folder's name on a branch without a commit
	Initial     = "INITIAL"      // what came along from earlier commits
	Checkpoints = "checkpoints.jsonl"
	Texts       = "blobs" // the folder with the texts whose lines are meant, by their SHA-256
)

// checkpointVersion is what the version of a checkpoint that is understood begins with.
const checkpointVersion = "checkpoint/1."

type lineAttribution struct {
	First  int    `json:"start_line"`
	Last   int    `json:"end_line"`
	Author string `json:"author_id"`
}

// ReadWorkingLog reads the working log of git-ai: what it has noted of changes that are
// not committed yet. Lines are those of the text that File.Text names. Of several notes
// on a file the last counts. Both may be empty. Errors are as those of [ReadNote].
//
// Source: git-ai's own code, as of August 2026; its standard leaves this open.
func ReadWorkingLog(initial, checkpoints []byte) (*Record, error) {
	w := workingLog{files: make(map[string]logged), agents: make(map[string]gitAIAgent)}
	if len(bytes.TrimSpace(initial)) > 0 {
		if err := w.initial(initial); err != nil {
			return nil, err
		}
	}
	for line := range bytes.Lines(checkpoints) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := w.checkpoint(line); err != nil {
			return nil, err
		}
	}
	return w.record()
}

type logged struct {
	text  string
	lines []lineAttribution
	lost  bool // a tool wrote something, and it does not say which lines
}

type workingLog struct {
	files  map[string]logged
	agents map[string]gitAIAgent
}

// logEntry is what a checkpoint has of one file.
type logEntry struct {
	File  string                `json:"file"`
	Text  string                `json:"blob_sha"`
	Lines list[lineAttribution] `json:"line_attributions"`
	Chars list[charAttribution] `json:"attributions"`
}

type charAttribution struct {
	Author string `json:"author_id"`
}

func (w *workingLog) initial(text []byte) error {
	var all struct {
		Files    table[list[lineAttribution]] `json:"files"`
		Texts    table[string]                `json:"file_blobs"`
		Prompts  table[gitAIAgent]            `json:"prompts"`
		Sessions table[gitAIAgent]            `json:"sessions"`
	}
	if err := readJSON(text, &all, Initial); err != nil {
		return err
	}
	meta := gitAIMeta{Prompts: all.Prompts, Sessions: all.Sessions}
	w.agents = meta.agents()
	for path, lines := range all.Files {
		w.files[path] = logged{text: all.Texts[path], lines: lines}
	}
	return nil
}

func (w *workingLog) checkpoint(line []byte) error {
	var c struct {
		Version string `json:"api_version"`
		Agent   *struct {
			Tool  string `json:"tool"`
			ID    string `json:"id"`
			Model string `json:"model"`
		} `json:"agent_id"`
		Entries list[logEntry] `json:"entries"`
	}
	if err := readJSON(line, &c, "a line of "+Checkpoints); err != nil {
		return err
	}
	if !strings.HasPrefix(c.Version, checkpointVersion) {
		return fmt.Errorf("%w: api_version is %s", ErrForeign, strconv.QuoteToASCII(c.Version[:min(len(c.Version), 40)]))
	}
	if c.Agent != nil {
		// The keys are made from tool and session, in the form of today and the one before.
		sum := sha256.Sum256([]byte(c.Agent.Tool + ":" + c.Agent.ID))
		digits := hex.EncodeToString(sum[:])
		var a gitAIAgent
		a.Agent.Tool, a.Agent.Model = c.Agent.Tool, c.Agent.Model
		w.agents["s_"+digits[:14]], w.agents[digits[:16]], w.agents[digits[:7]] = a, a, a
	}
	for _, e := range c.Entries {
		if len(e.Lines)+len(e.Chars) == 0 {
			continue // nothing new of who wrote it
		}
		f := logged{text: e.Text, lines: e.Lines}
		for _, a := range e.Chars {
			f.lost = f.lost || len(e.Lines) == 0 && authorOf(a.Author) == aTool
		}
		if w.files[e.File] = f; len(w.files) > maxFiles {
			return ErrLarge
		}
	}
	return nil
}

func (w *workingLog) record() (*Record, error) {
	r := &Record{Source: GitAI}
	b := builder{record: r, agents: w.agents}
	paths := make([]string, 0, len(w.files))
	for path := range w.files {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		if err := b.file(path); err != nil {
			return nil, err
		}
		f := w.files[path]
		for _, l := range f.lines {
			r := Run{l.First, l.Last}
			if !r.valid() {
				return nil, errNoLines
			}
			if err := b.add(l.Author, []Run{r}); err != nil {
				return nil, err
			}
		}
		b.end()
		n := len(r.Files) - 1
		switch {
		case f.lost:
			r.Files = append(r.Files, File{Path: path, Unplaced: true})
		case n >= 0 && r.Files[n].Path == path && isText(f.text):
			r.Files[n].Text = f.text
		}
	}
	return r, nil
}

// isText tells whether a word is a SHA-256: it becomes the name of a file.
func isText(word string) bool {
	return len(word) == sha256.Size*2 && strings.Trim(word, "0123456789abcdef") == ""
}
