package attribution

import (
	"fmt"
	"strconv"
	"strings"
)

// NotesRef is where git-ai keeps its notes.
const NotesRef = "refs/notes/ai"

// noteVersion is what the version of a note that is understood begins with.
const noteVersion = "authorship/3."

// gitAIMeta is the part of a note that says who is behind the keys.
type gitAIMeta struct {
	Version  *string           `json:"schema_version"`
	Prompts  table[gitAIAgent] `json:"prompts"`
	Sessions table[gitAIAgent] `json:"sessions"`
}

type gitAIAgent struct {
	Agent struct {
		Tool  string `json:"tool"`
		Model string `json:"model"`
	} `json:"agent_id"`
}

// ReadNote reads a note of git-ai. Its lines are those of the files as the commit has
// them to which the note belongs. It has the form of version 3.0.0: which lines, "---",
// and JSON. An error of anything that is not whole or of another form; the latter is
// [ErrForeign].
//
// Source: git-ai's standard 3.0.0, as of August 2026.
func ReadNote(text string) (*Record, error) {
	lines, meta, ok := cutDivider(text)
	if !ok {
		return nil, fmt.Errorf("%w: no line --- parts the lines from what is said of them", ErrForeign)
	}
	var m gitAIMeta
	if err := readJSON([]byte(meta), &m, "what follows its line ---"); err != nil {
		return nil, err
	}
	switch {
	case m.Version == nil:
		return nil, fmt.Errorf("%w: no schema_version", ErrForeign)
	case !strings.HasPrefix(*m.Version, noteVersion):
		return nil, fmt.Errorf("%w: schema_version is %s", ErrForeign, strconv.QuoteToASCII((*m.Version)[:min(len(*m.Version), 40)]))
	}
	r := &Record{Source: GitAI}
	b := builder{record: r, agents: m.agents()}
	for line := range strings.SplitSeq(lines, "\n") {
		if line = strings.TrimRight(line, " \t\r"); line == "" {
			continue
		}
		entry, ok := strings.CutPrefix(line, "  ")
		if !ok {
			if err := b.file(unquoted(line)); err != nil {
				return nil, err
			}
			continue
		}
		key, ranges, ok := strings.Cut(entry, " ")
		if !ok || b.path == "" {
			return nil, fmt.Errorf("%w: a line names no lines of a file", ErrBroken)
		}
		runs, err := readRuns(ranges)
		if err == nil {
			err = b.add(key, runs)
		}
		if err != nil {
			return nil, err
		}
	}
	b.end()
	return r, nil
}

// agents is who is behind each key.
func (m *gitAIMeta) agents() map[string]gitAIAgent {
	agents := make(map[string]gitAIAgent, len(m.Prompts)+len(m.Sessions))
	for _, known := range []table[gitAIAgent]{m.Prompts, m.Sessions} {
		for key, a := range known {
			agents[key] = a
		}
	}
	return agents
}

// cutDivider parts a note at its first line that is "---".
func cutDivider(text string) (before, after string, ok bool) {
	for at := 0; at < len(text); {
		line, _, more := strings.Cut(text[at:], "\n")
		if strings.TrimSuffix(line, "\r") == "---" {
			return text[:at], text[min(at+len(line)+1, len(text)):], true
		}
		if !more {
			break
		}
		at += len(line) + 1
	}
	return "", "", false
}

// unquoted is a path without the quotation marks that stand around one with blanks.
// Nothing is escaped in it.
func unquoted(path string) string {
	if len(path) >= 2 && strings.HasPrefix(path, `"`) && strings.HasSuffix(path, `"`) {
		return path[1 : len(path)-1]
	}
	return path
}

// readRuns reads "1-4,9,12-14".
func readRuns(text string) (runs []Run, err error) {
	for part := range strings.SplitSeq(text, ",") {
		from, to, ok := strings.Cut(part, "-")
		if !ok {
			to = from
		}
		first, err1 := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		r := Run{first, last}
		if err1 != nil || err2 != nil || !r.valid() {
			return nil, errNoLines
		}
		if len(runs) == maxRuns {
			return nil, ErrLarge
		}
		runs = append(runs, r)
	}
	return runs, nil
}

// author says who is behind a key of git-ai.
type author int

const (
	nobody author = iota // a key of no known form
	aPerson
	aTool
)

// authorOf tells people, h_ and 14 digits, from sessions, s_…::t_…, and from what was
// used before: 16 digits, and before that 7. How long they are may change.
func authorOf(key string) author {
	switch {
	case strings.HasPrefix(key, "h_"), key == "human":
		return aPerson
	case strings.HasPrefix(key, "s_"):
		return aTool
	case len(key) >= 7 && strings.Trim(key, "0123456789abcdef") == "":
		return aTool
	}
	return nobody
}

// builder gathers what a record of git-ai says of one file after the other.
type builder struct {
	record     *Record
	agents     map[string]gitAIAgent
	path       string
	seen       map[string]bool
	ai, people []Run
	runs       int
}

// file begins the next one.
func (b *builder) file(path string) error {
	b.end()
	if b.seen == nil {
		b.seen = make(map[string]bool)
	}
	switch {
	case b.seen[path]:
		return fmt.Errorf("%w: it names a file twice", ErrBroken)
	case len(b.seen) == maxFiles:
		return ErrLarge
	}
	b.path, b.seen[path] = path, true
	return nil
}

// add notes lines of the file.
func (b *builder) add(key string, runs []Run) error {
	if b.runs += len(runs); b.runs > maxRuns {
		return ErrLarge
	}
	switch authorOf(key) {
	case aTool:
		session, _, _ := strings.Cut(key, "::")
		a := b.agents[session].Agent
		b.record.addTool(a.Tool, a.Model)
		b.ai = append(b.ai, runs...)
	case aPerson:
		b.people = append(b.people, runs...)
	}
	return nil
}

// end closes the file.
func (b *builder) end() {
	if b.path != "" && len(b.ai)+len(b.people) > 0 {
		ai := tidy(b.ai)
		b.record.Files = append(b.record.Files, File{Path: b.path, AI: ai, People: without(tidy(b.people), ai)})
	}
	b.path, b.ai, b.people = "", nil, nil
}
