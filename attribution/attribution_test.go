package attribution

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const note = `src/main.rs
  s_c9883b05a2487d::t_9f8e7d6c5b4a32 15-20,1-10
  s_c9883b05a2487d::t_a1b2c3d4e5f678 11,30-35
  h_31dce776f88375 34-50
"src/my lib.rs"
  abcd1234abcd1234 1-50
  abcd123 51
docs/none.md
  someone 1-3
---
{"schema_version": "authorship/3.0.0", "base_commit_sha": "7734793b",
 "prompts": {"abcd1234abcd1234": {"agent_id": {"tool": "cursor", "id": "1", "model": "gpt-4"}}},
 "sessions": {"s_c9883b05a2487d": {"agent_id": {"tool": "claude", "id": "2", "model": "unknown"}}},
 "humans": {"h_31dce776f88375": {"author": "Jo <jo@example.org>"}}}
`

func TestReadNote(t *testing.T) {
	want := &Record{
		Source: GitAI,
		Tools:  []Tool{{"claude", ""}, {"cursor", "gpt-4"}},
		Files: []File{
			{Path: "src/main.rs", AI: []Run{{1, 11}, {15, 20}, {30, 35}}, People: []Run{{36, 50}}},
			{Path: "src/my lib.rs", AI: []Run{{1, 51}}},
		},
	}
	for _, text := range []string{note, strings.ReplaceAll(note, "\n", "\r\n"), "\n" + note} {
		if got, err := ReadNote(text); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v", got, err)
		}
	}
	// Without any lines it is a record that says nothing.
	if got, err := ReadNote("---\n{\"schema_version\": \"authorship/3.1.0\", \"prompts\": {}}"); err != nil || len(got.Files) > 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestNotesThatSayNothing(t *testing.T) {
	meta := "\n---\n{\"schema_version\": \"authorship/3.0.0\", \"prompts\": {}}"
	for _, c := range []struct {
		text string
		want error
	}{
		{"", ErrForeign},
		{"Reviewed by somebody.", ErrForeign},
		{"---", ErrBroken},
		{"---\n{}", ErrForeign},
		{"---\n[]", ErrBroken},
		{"---\n{\"schema_version\": 3}", ErrBroken},
		{"---\n{\"schema_version\": \"authorship/4.0.0\"}", ErrForeign},
		{"  abcd1234abcd1234 1" + meta, ErrBroken},
		{"a.c\n  abcd1234abcd1234" + meta, ErrBroken},
		{"a.c\n  abcd1234abcd1234 " + meta, ErrBroken},
		{"a.c\n  abcd1234abcd1234 0" + meta, ErrBroken},
		{"a.c\n  abcd1234abcd1234 3-2" + meta, ErrBroken},
		{"a.c\n  abcd1234abcd1234 1-2-3" + meta, ErrBroken},
		{"a.c\n  abcd1234abcd1234 1, 2" + meta, ErrBroken},
		{"a.c\n  abcd1234abcd1234 99999999999999999999" + meta, ErrBroken},
		{"a.c\n  abcd1234abcd1234 9999999999" + meta, ErrBroken},
		{"a.c\n  abcd1234abcd1234 1\na.c\n  abcd1234abcd1234 1" + meta, ErrBroken},
		{"a.c\n  abcd1234abcd1234 " + strings.Repeat("1,", maxRuns) + "1" + meta, ErrLarge},
	} {
		if r, err := ReadNote(c.text); !errors.Is(err, c.want) || r != nil {
			t.Errorf("%.60q: %v, %v", c.text, r, err)
		}
	}
	// However a note is cut, it is an error or the whole.
	for i := range len(note) - 2 {
		if _, err := ReadNote(note[:i]); err == nil {
			t.Fatalf("the first %d bytes are taken for a note", i)
		}
	}
}

func TestReadWorkingLog(t *testing.T) {
	text := strings.Repeat("0123456789abcdef", 4)
	initial := `{"files": {"old.c": [{"start_line": 3, "end_line": 4, "author_id": "d9978a8723e02b52"}], "a.c": [{"start_line": 1, "end_line": 1, "author_id": "d9978a8723e02b52"}]},
		"prompts": {"d9978a8723e02b52": {"agent_id": {"tool": "codex", "id": "1", "model": "m"}}}, "file_blobs": {"old.c": "` + text + `", "a.c": "../../../HEAD"}}`
	checkpoints := `{"kind": "AiAgent", "entries": [{"file": "a.c", "blob_sha": "x", "line_attributions": [{"start_line": 1, "end_line": 9, "author_id": "ba7816bf8f01cfea"}]}], "api_version": "checkpoint/1.0.0"}

{"kind": "AiTab", "entries": [
{"file": "a.c", "blob_sha": "` + text + `", "attributions": [], "line_attributions": [{"start_line": 2, "end_line": 5, "author_id": "s_8e4cd62a3a9ed9::t_0"}, {"start_line": 6, "end_line": 7, "author_id": "human"}]},
{"file": "chars.c", "attributions": [{"start": 0, "end": 9, "author_id": "8e4cd62a3a9ed9d2", "ts": 1}]},
{"file": "people.c", "attributions": [{"start": 0, "end": 9, "author_id": "human", "ts": 1}]},
{"file": "nothing.c"}], "agent_id": {"tool": "claude", "id": "abc", "model": "opus"}, "api_version": "checkpoint/1.2.0"}
`
	checkpoints = strings.ReplaceAll(checkpoints, ", \"entries\": [\n", ", \"entries\": [")
	checkpoints = strings.ReplaceAll(checkpoints, "},\n{", "}, {")
	got, err := ReadWorkingLog([]byte(initial), []byte(checkpoints))
	if err != nil {
		t.Fatal(err)
	}
	want := []File{
		{Path: "a.c", AI: []Run{{2, 5}}, People: []Run{{6, 7}}, Text: text},
		{Path: "chars.c", Unplaced: true},
		{Path: "old.c", AI: []Run{{3, 4}}, Text: text},
	}
	if !reflect.DeepEqual(got.Files, want) {
		t.Errorf("%+v", got.Files)
	}
	if !slices.Contains(got.Tools, Tool{"codex", "m"}) {
		t.Errorf("the tools are %v", got.Tools)
	}
	for _, c := range []struct {
		initial, checkpoints string
		want                 error
	}{
		{"{", "", ErrBroken},
		{initial[:len(initial)-2], checkpoints, ErrBroken},
		{initial, checkpoints[:len(checkpoints)-3], ErrBroken},
		{"", `{"api_version": "checkpoint/2.0.0"}`, ErrForeign},
		{"", `{}`, ErrForeign},
		{"", `{"api_version": "checkpoint/1.0.0", "entries": [{"file": "a", "line_attributions": [{"start_line": 0, "end_line": 1, "author_id": "abcdef0"}]}]}`, ErrBroken},
	} {
		if r, err := ReadWorkingLog([]byte(c.initial), []byte(c.checkpoints)); !errors.Is(err, c.want) {
			t.Errorf("%.40q, %.40q: %v, %v", c.initial, c.checkpoints, r, err)
		}
	}
	if r, err := ReadWorkingLog(nil, nil); err != nil || len(r.Files) > 0 {
		t.Errorf("without any: %v, %v", r, err)
	}
}

// The keys of checkpoints are made from the tool and its session.
func TestWhoseCheckpoint(t *testing.T) {
	w := workingLog{files: make(map[string]logged), agents: make(map[string]gitAIAgent)}
	if err := w.checkpoint([]byte(`{"agent_id": {"tool": "claude", "id": "abc", "model": "opus"}, "api_version": "checkpoint/1.0.0"}`)); err != nil {
		t.Fatal(err)
	}
	// printf %s claude:abc | sha256sum
	const sum = "2ce06946efc0323c"
	for _, key := range []string{"s_" + sum[:14], sum, sum[:7]} {
		if w.agents[key].Agent.Tool != "claude" {
			t.Errorf("nobody is behind %s", key)
		}
	}
}

func TestReadTraces(t *testing.T) {
	line := func(revision, rest string) string {
		return `{"version": "0.1.0", "id": "1", "timestamp": "2026-01-23T14:30:00Z", "vcs": {"type": "git", "revision": "` + revision + `"}, "tool": {"name": "cursor"}, "files": [` + rest + "]}\n"
	}
	file := `{"path": "a.ts", "conversations": [{"contributor": {"type": "ai", "model_id": "anthropic/opus"}, "ranges": [{"start_line": 1, "end_line": 2}, {"start_line": 3, "end_line": 4, "contributor": {"type": "human"}}]}, {"ranges": [{"start_line": 9, "end_line": 9}]}]}`
	text := line("aaa", file) + line("bbb", file) + "\n" +
		line("aaa", `{"path": "a.ts", "conversations": [{"contributor": {"type": "mixed"}, "ranges": [{"start_line": 4, "end_line": 8}]}]}, {"path": "/etc/passwd", "conversations": [{"contributor": {"type": "ai"}, "ranges": [{"start_line": 4, "end_line": 8}]}]}`) +
		`{"version": "1.0", "files": [{"path": "b.ts", "conversations": [{"contributor": {"type": "ai"}, "ranges": [{"start_line": 1, "end_line": 1}]}]}]}` + "\n" +
		`{"version": "0.1.0", "vcs": {"type": "hg", "revision": "aaa"}, "files": [` + file + "]}\n"
	r, err := ReadTraces([]byte(text), func(t Trace) bool { return t.Revision == "aaa" && t.Time.Year() == 2026 })
	want := &Record{Source: AgentTrace, Tools: []Tool{{"cursor", "opus"}, {"cursor", ""}}, Files: []File{{Path: "a.ts", AI: []Run{{1, 2}, {4, 8}}, People: []Run{{3, 3}}}}}
	if err != nil || !reflect.DeepEqual(r, want) {
		t.Errorf("%+v, %v", r, err)
	}
	r, err = ReadTraces([]byte(text), func(t Trace) bool { return t.Revision == "" && t.Time.Equal(time.Time{}) })
	if err != nil || len(r.Files) != 1 || r.Files[0].Path != "b.ts" {
		t.Errorf("%+v, %v", r, err)
	}
	r, err = ReadTraces([]byte(line("aaa", file)+line("aaa", file)[:80]), func(Trace) bool { return true })
	if !errors.Is(err, ErrBroken) || len(r.Files) != 1 {
		t.Errorf("a line that is being written: %+v, %v", r, err)
	}
	for text, want := range map[string]error{
		"{":                    ErrBroken,
		"[]\n":                 ErrBroken,
		line("aaa", file)[:80]: ErrBroken,
		`{"version": "2.0"}`:   ErrForeign,
		`{"version": ""}`:      ErrForeign,
		`{"version": "0.1.0", "files": [{"path": "a", "conversations": [{"contributor": {"type": "ai"}, "ranges": [{"start_line": 0, "end_line": 1}]}]}]}`: ErrBroken,
	} {
		if r, err := ReadTraces([]byte(text), func(Trace) bool { return true }); !errors.Is(err, want) {
			t.Errorf("%.40q: %v, %v", text, r, err)
		}
	}
}

// Names go into messages and onto screens; what is no name is left out.
func TestNames(t *testing.T) {
	r := Record{}
	for _, name := range []string{"", " ", "\t", "a\nb", "\x1b[31m", "a\u009b31m", "a\u202eb", "a\u2028b", "a\u00a0b", "<b>", "\xff", strings.Repeat("x", maxName+1), "unknown"} {
		r.addTool(name, name)
	}
	if len(r.Tools) > 0 {
		t.Errorf("%q", r.Tools)
	}
	r.addTool(" Größe 2 ", "m")
	if !slices.Equal(r.Tools, []Tool{{"Größe 2", "m"}}) {
		t.Errorf("%q", r.Tools)
	}
}

// Some bytes of text are not many of memory.
func TestBounds(t *testing.T) {
	many := strings.Repeat("{},", maxFiles) + "{}"
	var keys strings.Builder
	for i := range maxFiles + 1 {
		fmt.Fprintf(&keys, `"%d":[],`, i)
	}
	for name, read := range map[string]func() (*Record, error){
		"checkpoint": func() (*Record, error) {
			return ReadWorkingLog(nil, []byte(`{"api_version": "checkpoint/1.0.0", "entries": [`+many+`]}`))
		},
		"initial": func() (*Record, error) { return ReadWorkingLog([]byte(`{"files": {`+keys.String()+`"a":[]}}`), nil) },
		"traces": func() (*Record, error) {
			return ReadTraces([]byte(`{"version": "0.1.0", "files": [`+many+`]}`), func(Trace) bool { return true })
		},
	} {
		if r, err := read(); !errors.Is(err, ErrLarge) {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
}

// Place says of each line where it is, as an unchanged line of the other text.
func TestPlace(t *testing.T) {
	for _, c := range []struct {
		name, before, after string
		ai, want            []Run
	}{
		{"unchanged", "a\nb\nc\n", "a\nb\nc\n", []Run{{2, 3}}, []Run{{2, 3}}},
		{"a line in front", "a\nb\nc\n", "x\na\nb\nc\n", []Run{{2, 3}}, []Run{{3, 4}}},
		{"a line within", "a\nb\nc\n", "a\nb\nx\nc\n", []Run{{1, 3}}, []Run{{1, 2}, {4, 4}}},
		{"a line changed", "a\nb\nc\n", "a\nB\nc\n", []Run{{1, 3}}, []Run{{1, 1}, {3, 3}}},
		{"a line gone", "a\nb\nc\n", "a\nc\n", []Run{{1, 3}}, []Run{{1, 2}}},
		{"all gone", "a\nb\nc\n", "", []Run{{1, 3}}, nil},
		{"other line ends", "a\r\nb\r\nc\r\n", "x\na\nb\nc\n", []Run{{2, 3}}, []Run{{3, 4}}},
		{"no end of line", "a\nb", "x\na\nb", []Run{{2, 2}}, []Run{{3, 3}}},
		{"only staged in part", "a\nb\nc\nd\n", "b\nd\n", []Run{{3, 4}}, []Run{{2, 2}}},
		{"lines behind the end", "a\n", "x\na\n", []Run{{1, 9}}, []Run{{2, 2}}},
	} {
		f := File{Path: "a.c", AI: c.ai, People: []Run{{1, 1}}}
		if got := f.Place(c.before, c.after); !slices.Equal(got.AI, c.want) || got.Unplaced {
			t.Errorf("%s: %v", c.name, got.AI)
		}
	}
	// Many places of a long text were changed.
	var before, after strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&before, "line %d\n", i)
		if i%10 == 0 {
			fmt.Fprintf(&after, "another %d\n", i)
		} else {
			fmt.Fprintf(&after, "line %d\n", i)
		}
	}
	if got := len(lines((File{AI: []Run{{1, 2000}}}).Place(before.String(), after.String()).AI)); got != 1800 {
		t.Errorf("%d lines of 1800 are found", got)
	}
	if got := (File{AI: []Run{{1, 1}}}).Place("x", strings.Repeat("x", maxPlaced+1)); !got.Unplaced || got.AI != nil {
		t.Errorf("a long text: %+v", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.IntRange(0, 9), 0, 30)
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		f := File{}
		Common(draw(t, "ai", len(before)), []Run{{1, len(before)}}, func(r Run) { f.AI = append(f.AI, r) }) // no lines behind the end
		had := lines(f.AI)
		got := f.Place(join(before), join(after))
		last := 0
		for _, l := range lines(got.AI) {
			if l < 1 || l > len(after) {
				t.Fatalf("line %d of %d", l, len(after))
			}
			// Some line of the tool's, further down than the one before, was the same.
			i := slices.IndexFunc(had, func(h int) bool { return h > last && before[h-1] == after[l-1] })
			if i < 0 {
				t.Fatalf("line %d was none of the tool's", l)
			}
			last = had[i]
		}
	})
}

func TestRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw(t, "a", 40), draw(t, "b", 40)
		in := func(runs []Run, l int) bool { return slices.Contains(lines(runs), l) }
		var both []Run
		Common(a, b, func(r Run) { both = append(both, r) })
		left := without(a, b)
		joined := tidy(slices.Concat(a, b))
		for l := range 42 {
			if in(both, l) != (in(a, l) && in(b, l)) || in(left, l) != (in(a, l) && !in(b, l)) || in(joined, l) != (in(a, l) || in(b, l)) {
				t.Fatalf("line %d of %v and %v: both %v, left %v, joined %v", l, a, b, both, left, joined)
			}
		}
	})
}

func draw(t *rapid.T, name string, most int) []Run {
	var runs []Run
	for _, at := range rapid.SliceOfN(rapid.IntRange(1, most+1), 0, 6).Draw(t, name) {
		runs = append(runs, Run{at, at + at%4})
	}
	return tidy(runs)
}

func lines(runs []Run) (all []int) {
	for _, r := range runs {
		for l := r.First; l <= r.Last; l++ {
			all = append(all, l)
		}
	}
	return all
}

func join(words []int) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(strconv.Itoa(w) + "\n")
	}
	return b.String()
}

func FuzzRead(f *testing.F) {
	f.Add(note)
	f.Add(`{"version": "0.1.0", "files": [{"path": "a", "conversations": [{"contributor": {"type": "ai"}, "ranges": [{"start_line": 1, "end_line": 1}]}]}]}`)
	f.Add(`{"files": {"a": [{"start_line": 1, "end_line": 2, "author_id": "s_1::t_1"}]}}`)
	f.Fuzz(func(t *testing.T, text string) {
		var records []*Record
		for _, read := range []func() (*Record, error){
			func() (*Record, error) { return ReadNote(text) },
			func() (*Record, error) { return ReadWorkingLog([]byte(text), nil) },
			func() (*Record, error) { return ReadWorkingLog(nil, []byte(text)) },
			func() (*Record, error) { return ReadTraces([]byte(text), func(Trace) bool { return true }) },
		} {
			r, err := read()
			if r == nil && err == nil || err != nil && !errors.Is(err, ErrBroken) && !errors.Is(err, ErrForeign) && !errors.Is(err, ErrLarge) {
				t.Fatalf("%v, %v", r, err)
			}
			if r != nil {
				records = append(records, r)
			}
		}
		for _, r := range records {
			for _, file := range r.Files {
				for _, runs := range [][]Run{file.AI, file.People} {
					last := 0
					for _, run := range runs {
						if !run.valid() || run.First <= last {
							t.Fatalf("%+v", file)
						}
						last = run.Last
					}
				}
			}
			Join(*r, *r)
		}
	})
}
