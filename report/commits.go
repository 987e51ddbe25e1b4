package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"colophon/diagnostics"
	"colophon/policy"
)

// Commit is a commit that was made, judged.
type Commit struct {
	Report           // File is the abbreviated id
	ID        string // in full; of a mail its Message-ID
	Date      string // as in RFC 3339; "" of a mail
	Author    diagnostics.Person
	Subject   string // one line
	LeftOut   string // why it was not judged: "merge" or "cover letter"; "" for one that was
	Uncounted error  // why what it contains is not known, where that counts
}

// Summary counts what was judged.
type Summary struct {
	Commits  int                          `json:"commits"`  // that were judged
	Merges   int                          `json:"merges"`   // that were left out
	Covers   int                          `json:"covers"`   // mails without a patch, which were left out
	Known    int                          `json:"known"`    // findings that were left out, since a baseline has them
	With     int                          `json:"with"`     // commits with findings
	Findings map[diagnostics.Severity]int `json:"findings"` // by severity
	Rules    map[string]int               `json:"rules"`    // findings by rule
}

// NewSummary counts nothing yet.
func NewSummary() *Summary {
	return &Summary{Findings: make(map[diagnostics.Severity]int), Rules: make(map[string]int)}
}

// Add counts one commit.
func (s *Summary) Add(c *Commit) {
	switch c.LeftOut {
	case "merge":
		s.Merges++
		return
	case "cover letter":
		s.Covers++
		return
	}
	s.Commits++
	if len(c.Findings) > 0 {
		s.With++
	}
	for _, f := range c.Findings {
		s.Findings[f.Severity]++
		s.Rules[f.Rule]++
	}
}

// CommitWriter writes judged commits, one after the other. End comes last; what was
// written before it is whole without it, too, but for a JSON document's end.
type CommitWriter interface {
	Commit(*Commit) error
	End(*Summary, *policy.Found) error
}

// NewCommitWriter writes text, json (one document, with the commits that have
// findings), jsonl (one line for each commit that was judged), sarif (2.1.0), github
// (commands of its runners) or gitlab (a code quality report). The version is that of
// Colophon.
func NewCommitWriter(w io.Writer, format, version string, o TextOptions) CommitWriter {
	switch format {
	case "json":
		return &commitsJSON{w: w}
	case "jsonl":
		return &commitLines{w}
	case "sarif":
		return newSarif(w, version)
	case "github":
		return &annotations{w}
	case "gitlab":
		return &codeQuality{w: w}
	}
	return &commitsText{w, o}
}

type commitsText struct {
	w io.Writer
	o TextOptions
}

func (t *commitsText) Commit(c *Commit) error {
	if len(c.Findings) == 0 {
		return nil
	}
	if t.o.Context {
		if _, err := fmt.Fprintf(t.w, "%s %s\n", paint(t.o.Color, "1", c.File), printable(c.Subject)); err != nil {
			return err
		}
	}
	return Text(t.w, &c.Report, t.o)
}

func (t *commitsText) End(s *Summary, found *policy.Found) error {
	if found == nil {
		return nil // silence
	}
	var without []string
	if s.Merges > 0 {
		without = append(without, counted(s.Merges, "merge"))
	}
	if s.Covers > 0 {
		without = append(without, counted(s.Covers, "mail")+" without a patch")
	}
	if s.Known > 0 {
		without = append(without, counted(s.Known, "known finding"))
	}
	rest := ""
	if len(without) > 0 {
		rest = "; " + strings.Join(without, " and ") + " left out"
	}
	_, err := fmt.Fprintf(t.w, "%s: %s%s\n", counted(s.Commits, "commit"), s.findings(), rest)
	return err
}

// findings says how many there are.
func (s *Summary) findings() string {
	var parts []string
	for _, severity := range []diagnostics.Severity{diagnostics.Error, diagnostics.Warning, diagnostics.Info} {
		if n := s.Findings[severity]; n > 0 {
			what := counted(n, string(severity))
			if severity == diagnostics.Info {
				what = fmt.Sprintf("%d for your information", n)
			}
			parts = append(parts, what)
		}
	}
	if len(parts) == 0 {
		parts = []string{"nothing to say"}
	}
	return strings.Join(parts, ", ")
}

// rules are those with findings, most first.
func (s *Summary) rules() []string {
	return slices.SortedFunc(maps.Keys(s.Rules), func(a, b string) int {
		return cmp.Or(cmp.Compare(s.Rules[b], s.Rules[a]), strings.Compare(a, b))
	})
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

type jsonCommit struct {
	ID       string        `json:"id"`
	Date     string        `json:"date"`
	Author   jsonPerson    `json:"author"`
	Subject  string        `json:"subject"`
	AI       jsonAI        `json:"ai"`
	Change   *jsonChange   `json:"change"` // null: nobody had to look, or it is not known
	Findings []jsonFinding `json:"findings"`
}

type jsonPerson struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

func commitJSON(c *Commit) jsonCommit {
	return jsonCommit{
		ID: c.ID, Date: c.Date, Author: jsonPerson{c.Author.Name, c.Author.Email}, Subject: c.Subject,
		AI: aiJSON(c.Message.Text, c.View), Change: changeJSON(&c.Report), Findings: findingsJSON(&c.Report),
	}
}

// commitLines are lines of JSON.
type commitLines struct{ w io.Writer }

func (l *commitLines) Commit(c *Commit) error {
	if c.LeftOut != "" {
		return nil
	}
	e := json.NewEncoder(l.w)
	e.SetEscapeHTML(false)
	return e.Encode(commitJSON(c))
}

func (l *commitLines) End(*Summary, *policy.Found) error { return nil }

// commitsJSON is a document that is written as the commits come.
type commitsJSON struct {
	w    io.Writer
	some bool
}

func (d *commitsJSON) begin() (err error) {
	if !d.some {
		_, err = fmt.Fprintf(d.w, "{\n  \"schema\": %d,\n  \"commits\": [", Schema)
	}
	return err
}

func (d *commitsJSON) Commit(c *Commit) error {
	if len(c.Findings) == 0 {
		return nil
	}
	err := d.begin()
	between := ""
	if d.some {
		between = ","
	}
	d.some = true
	raw, bad := indented(commitJSON(c), "    ")
	if err == nil {
		err = bad
	}
	if err == nil {
		_, err = fmt.Fprintf(d.w, "%s\n    %s", between, raw)
	}
	return err
}

func (d *commitsJSON) End(s *Summary, found *policy.Found) error {
	if err := d.begin(); err != nil {
		return err
	}
	end := "]"
	if d.some {
		end = "\n  ]"
	}
	sum, err := indented(s, "  ")
	if err != nil {
		return err
	}
	p, err := indented(policyJSON(&Report{Found: found}), "  ")
	if err == nil {
		_, err = fmt.Fprintf(d.w, "%s,\n  \"policy\": %s,\n  \"summary\": %s\n}\n", end, p, sum)
	}
	return err
}

// indented is a value as it stands within a document.
func indented(v any, by string) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent(by, "  ")
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}
