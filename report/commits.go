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
	LeftOut   string // why it was not judged: "merge", "fixup", "cover letter", "no patch" or "attachment"; "" for one that was. A cover letter may have findings
	Attached  string // the attachment's name, where LeftOut says that there is one
	Uncounted error  // why what it contains is not known, where that counts
	Cut       bool   // the message was so long that its end was not read

	Lines  int     // counted lines that AI helped to write, as diagnostics.Assisted has them
	Small  bool    // it is a small fix with them
	Series *Series // that it was mailed in; nil for a commit of a repository
}

// Series is patches that were mailed together.
type Series struct {
	Number  int    // among those of the input, from 1
	Subject string // of the cover letter, or of the first patch
	Version int    // from 1
	Of      int    // how many patches there are, as their subjects say; 0: they do not
	Patches int    // how many of them were judged
	Summary Summary
}

// Summary counts what was judged.
type Summary struct {
	Commits     int                          `json:"commits"`     // that were judged
	Merges      int                          `json:"merges"`      // that were left out
	Fixups      int                          `json:"fixups"`      // that were left out
	Covers      int                          `json:"covers"`      // mails without a patch, such as cover letters, which were left out
	Attachments int                          `json:"attachments"` // those of them whose attachment was not read
	Known       int                          `json:"known"`       // findings that were left out, since a baseline has them
	With        int                          `json:"with"`        // commits, and cover letters, with findings
	Findings    map[diagnostics.Severity]int `json:"findings"`    // by severity
	Rules       map[string]int               `json:"rules"`       // findings by rule
	AI          map[diagnostics.Use]int      `json:"ai"`          // commits by what is known of AI use
	Lines       int                          `json:"lines"`       // counted lines that AI helped to write

	series []*Series // in the order of their first mails
}

// NewSummary counts nothing yet.
func NewSummary() *Summary {
	s := newSummary()
	return &s
}

func newSummary() Summary {
	return Summary{Findings: make(map[diagnostics.Severity]int), Rules: make(map[string]int), AI: make(map[diagnostics.Use]int)}
}

// Add counts one commit, of whose findings so many are left out since they are known.
func (s *Summary) Add(c *Commit, known int) {
	s.add(c, known)
	if c.Series == nil {
		return
	}
	if c.Series.Summary.Findings == nil {
		c.Series.Summary = newSummary()
		s.series = append(s.series, c.Series)
	}
	c.Series.Summary.add(c, known)
}

func (s *Summary) add(c *Commit, known int) {
	s.Known += known
	if len(c.Findings) > 0 {
		s.With++
	}
	for _, f := range c.Findings {
		s.Findings[f.Severity]++
		s.Rules[f.Rule]++
	}
	switch c.LeftOut {
	case "":
		s.Commits++
		s.AI[c.View.Use]++
		s.Lines += c.Lines
	case "merge":
		s.Merges++
	case "fixup":
		s.Fixups++
	default:
		s.Covers++
		if c.LeftOut == "attachment" {
			s.Attachments++
		}
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
	var b strings.Builder
	if len(s.series) > 1 {
		for _, one := range s.series {
			fmt.Fprintf(&b, "%s: %s\n", one.name(), one.Summary.text())
		}
	}
	fmt.Fprintf(&b, "%s: %s\n", counted(s.Commits, "commit"), s.text())
	if ai := s.ai(); ai != "" {
		fmt.Fprintf(&b, "AI use: %s\n", ai)
	}
	_, err := io.WriteString(t.w, b.String())
	return err
}

// name is a series as a person knows it.
func (s *Series) name() string {
	version := ""
	if s.Version > 1 {
		version = fmt.Sprintf(" v%d", s.Version)
	}
	patches := counted(s.Patches, "patch")
	if s.Of > 0 && s.Patches != s.Of {
		patches = fmt.Sprintf("%d of %s", s.Patches, counted(s.Of, "patch"))
	}
	return fmt.Sprintf("series %d%s (%s), %s", s.Number, version, printable(s.Subject), patches)
}

// text says what was found, and what was left out.
func (s *Summary) text() string {
	var without []string
	if s.Merges > 0 {
		without = append(without, counted(s.Merges, "merge"))
	}
	if s.Fixups > 0 {
		without = append(without, counted(s.Fixups, "fixup"))
	}
	if s.Covers > 0 {
		mails := counted(s.Covers, "mail") + " without a patch"
		if s.Attachments > 0 {
			mails += fmt.Sprintf(" (%d with an attachment that is not read)", s.Attachments)
		}
		without = append(without, mails)
	}
	if s.Known > 0 {
		without = append(without, counted(s.Known, "known finding"))
	}
	rest := ""
	if n := len(without); n > 1 {
		without = []string{strings.Join(without[:n-1], ", "), without[n-1]}
	}
	if len(without) > 0 {
		rest = "; " + strings.Join(without, " and ") + " left out"
	}
	return s.findings() + rest
}

// ai says what is known of AI use; "" where nothing is.
func (s *Summary) ai() string {
	var parts []string
	known := 0
	for _, use := range []diagnostics.Use{diagnostics.UseDeclared, diagnostics.UseEvident, diagnostics.UseNone, diagnostics.UseUnknown} {
		n := s.AI[use]
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, use))
		}
		if use != diagnostics.UseUnknown {
			known += n
		}
	}
	if known == 0 {
		return ""
	}
	if s.AI[diagnostics.UseDeclared]+s.AI[diagnostics.UseEvident] == 0 {
		return strings.Join(parts, ", ")
	}
	return strings.Join(parts, ", ") + "; " + counted(s.Lines, "AI-assisted line")
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
	switch {
	case n == 1:
	case strings.HasSuffix(what, "ch"):
		what += "es"
	default:
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

type jsonCommit struct {
	ID       string        `json:"id"`
	Date     string        `json:"date"`
	Author   jsonPerson    `json:"author"`
	Subject  string        `json:"subject"`
	Kind     string        `json:"kind"`   // commit or cover-letter
	Series   int           `json:"series"` // the number of the series that it was mailed in; 0: it was not
	AI       jsonAI        `json:"ai"`
	Lines    int           `json:"lines"`  // counted lines that AI helped to write
	Cut      bool          `json:"cut"`    // the end of the message was not read
	Change   *jsonChange   `json:"change"` // null: nobody had to look, or it is not known
	Findings []jsonFinding `json:"findings"`
}

type jsonSeries struct {
	Number  int      `json:"number"`
	Subject string   `json:"subject"`
	Version int      `json:"version"`
	Of      int      `json:"of"`
	Patches int      `json:"patches"`
	Summary *Summary `json:"summary"`
}

func (s *Summary) seriesJSON() []jsonSeries {
	all := []jsonSeries{}
	for _, one := range s.series {
		all = append(all, jsonSeries{one.Number, one.Subject, one.Version, one.Of, one.Patches, &one.Summary})
	}
	return all
}

type jsonPerson struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

func commitJSON(c *Commit) jsonCommit {
	one := jsonCommit{
		ID: c.ID, Kind: string(diagnostics.CommitMessage), Date: c.Date, Author: jsonPerson{c.Author.Name, c.Author.Email}, Subject: c.Subject,
		AI: aiJSON(c.Message.Text, c.View), Lines: c.Lines, Cut: c.Cut, Change: changeJSON(&c.Report), Findings: findingsJSON(&c.Report),
	}
	if c.LeftOut == "cover letter" {
		one.Kind = string(diagnostics.CoverLetter)
	}
	if c.Series != nil {
		one.Series = c.Series.Number
	}
	return one
}

// commitLines are lines of JSON.
type commitLines struct{ w io.Writer }

func (l *commitLines) Commit(c *Commit) error {
	if c.LeftOut != "" && len(c.Findings) == 0 {
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
	if err != nil {
		return err
	}
	mailed, err := indented(s.seriesJSON(), "  ")
	if err == nil {
		_, err = fmt.Fprintf(d.w, "%s,\n  \"policy\": %s,\n  \"series\": %s,\n  \"summary\": %s\n}\n", end, p, mailed, sum)
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
