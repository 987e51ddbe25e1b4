package report

import (
	"encoding/json"
	"io"

	"colophon/diagnostics"
	"colophon/message"
)

// Schema is the version of every JSON document Colophon writes. It changes when
// a field goes or means something else, not when one is added.
const Schema = 1

type jsonReport struct {
	Schema   int           `json:"schema"`
	File     string        `json:"file"`
	Policy   *jsonPolicy   `json:"policy"` // null: no policy, and no findings
	AI       jsonAI        `json:"ai"`
	Change   *jsonChange   `json:"change"` // null: not known
	Findings []jsonFinding `json:"findings"`
}

type jsonPolicy struct {
	Name      string `json:"name"`
	Project   string `json:"project"`
	Status    string `json:"status"`
	AsOf      string `json:"asOf"`
	RecheckBy string `json:"recheckBy"`
	Source    string `json:"source"`
	From      string `json:"from"` // where Colophon found it
}

type jsonAI struct {
	Use      string         `json:"use"` // unknown, declared, declared none or evident
	Evidence []jsonEvidence `json:"evidence"`
}

type jsonEvidence struct {
	Source string     `json:"source"`
	Text   string     `json:"text"`
	Range  *jsonRange `json:"range"` // null for a source outside the message
	Noted  *jsonNoted `json:"noted"` // what a record says; null for another source
}

// jsonNoted counts added lines that are not blank.
type jsonNoted struct {
	Tools  []jsonTool      `json:"tools"`
	Lines  int             `json:"lines"`  // that AI wrote
	People int             `json:"people"` // that a person is known to have written
	Of     int             `json:"of"`     // all
	Files  []jsonNotedFile `json:"files"`  // in which AI wrote some
}

type jsonTool struct {
	Tool  string `json:"tool"`
	Model string `json:"model"`
}

type jsonNotedFile struct {
	Path  string `json:"path"`
	Lines int    `json:"lines"`
	Whole bool   `json:"whole"` // which lines is not known, so all are counted
}

type jsonFinding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"` // error, warning, info or hint
	Message  string `json:"message"`
	jsonRange
	URL     string        `json:"url"` // the policy's source
	Related []jsonRelated `json:"related"`
	Fixes   []jsonFix     `json:"fixes"`
}

// jsonRange counts lines and columns from 1, columns in bytes; the end is the
// first byte behind it.
type jsonRange struct {
	Line      int `json:"line"`
	Column    int `json:"column"`
	EndLine   int `json:"endLine"`
	EndColumn int `json:"endColumn"`
}

type jsonRelated struct {
	Path    string     `json:"path"`   // relative to the work tree; "" where a range or a commit is meant
	Commit  string     `json:"commit"` // another commit of the series: its abbreviated id, or the file of a mail; "" where a path or a range is meant
	Line    int        `json:"line"`   // of the file, from 1: where its largest hunk, or the mail, begins; 0 where all of it is meant
	Lines   int        `json:"lines"`  // how many lines that hunk has; 0 where lines were only deleted
	Range   *jsonRange `json:"range"`  // null where a path or a commit is meant
	Message string     `json:"message"`
}

type jsonFix struct {
	Title     string     `json:"title"`
	Preferred bool       `json:"preferred"`
	Edits     []jsonEdit `json:"edits"`
	Fill      []string   `json:"fill"` // placeholders in the new text that only the person can fill in
}

type jsonEdit struct {
	jsonRange
	Text string `json:"text"`
}

// JSON writes the report as one document. Bytes that are not UTF-8 become
// U+FFFD; positions still count the bytes as they are.
func JSON(w io.Writer, r *Report) error {
	return encode(w, jsonReport{
		Schema: Schema, File: r.File, Policy: policyJSON(r), AI: aiJSON(r.Message.Text, r.View), Change: changeJSON(r), Findings: findingsJSON(r),
	})
}

func findingsJSON(r *Report) []jsonFinding {
	text := r.Message.Text
	all := []jsonFinding{}
	for _, f := range r.Findings {
		jf := jsonFinding{
			Rule: f.Rule, Severity: string(f.Severity), Message: f.Message, jsonRange: rangeOf(text, f.Span),
			URL: r.URL(), Related: []jsonRelated{}, Fixes: []jsonFix{},
		}
		for _, rel := range f.Related {
			jr := jsonRelated{Path: rel.Path, Commit: rel.Commit, Line: int(rel.At.Line), Lines: int(rel.At.Lines), Message: rel.Message}
			if rel.Path == "" && rel.Commit == "" {
				at := rangeOf(text, rel.Span)
				jr.Range = &at
			}
			jf.Related = append(jf.Related, jr)
		}
		for _, fix := range f.Fixes {
			jf.Fixes = append(jf.Fixes, fixJSON(text, fix))
		}
		all = append(all, jf)
	}
	return all
}

func fixJSON(text string, fix diagnostics.Fix) jsonFix {
	out := jsonFix{Title: fix.Title, Preferred: fix.Preferred, Edits: []jsonEdit{}, Fill: append([]string{}, fix.Fill...)}
	for _, e := range fix.Edits {
		out.Edits = append(out.Edits, jsonEdit{rangeOf(text, e.Span), e.Text})
	}
	return out
}

func policyJSON(r *Report) *jsonPolicy {
	if r.Found == nil {
		return nil
	}
	p := r.Found.Policy
	return &jsonPolicy{p.Name, p.Project, string(p.Status), p.AsOf, p.RecheckBy, p.Source, r.Found.From}
}

func aiJSON(text string, v diagnostics.View) jsonAI {
	out := jsonAI{Use: string(v.Use), Evidence: []jsonEvidence{}}
	for _, e := range v.Evidence {
		je := jsonEvidence{Source: e.Source, Text: e.Text}
		if e.InMessage() {
			at := rangeOf(text, e.Span)
			je.Range = &at
		}
		if n := e.Noted; n != nil {
			je.Noted = &jsonNoted{Tools: []jsonTool{}, Lines: n.Lines, People: n.People, Of: n.Of, Files: []jsonNotedFile{}}
			for _, t := range n.Tools {
				je.Noted.Tools = append(je.Noted.Tools, jsonTool{t.Name, t.Model})
			}
			for _, f := range n.Files {
				je.Noted.Files = append(je.Noted.Files, jsonNotedFile(f))
			}
		}
		out.Evidence = append(out.Evidence, je)
	}
	return out
}

func rangeOf(text string, s message.Span) jsonRange {
	start, end := at(text, s.Start), at(text, s.End)
	return jsonRange{start.line, start.column, end.line, end.column}
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
