package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"colophon/message"
	"colophon/policy"
)

// Sight is what Colophon sees of a commit: `colophon show`.
type Sight struct {
	Report
	GitDir, WorkTree string // "" outside a repository
	ChangeError      string // why the files are not known
}

type jsonSight struct {
	Schema     int          `json:"schema"`
	Repository *jsonRepo    `json:"repository"` // null outside a repository
	Policy     *jsonPolicy  `json:"policy"`     // null: no policy
	AI         jsonAI       `json:"ai"`
	Message    *jsonMessage `json:"message"` // null where no message was given
	Change     *jsonChange  `json:"change"`  // null: not known
}

type jsonRepo struct {
	GitDir   string `json:"gitDir"`
	WorkTree string `json:"workTree"`
}

type jsonMessage struct {
	File     string        `json:"file"`
	Comment  string        `json:"comment"` // what starts a comment line
	Cleanup  string        `json:"cleanup"` // strip, whitespace, scissors or verbatim
	Subject  string        `json:"subject"`
	CutLine  int           `json:"cutLine"` // the scissors' line, 0 if nothing is cut off
	Clean    string        `json:"clean"`   // as git will commit it
	Trailers []jsonTrailer `json:"trailers"`
}

type jsonTrailer struct {
	Token string `json:"token"`
	Value string `json:"value"` // unfolded
	jsonRange
}

type jsonChange struct {
	Doubt   string         `json:"doubt"` // what is not certain of the files, or not counted; else ""
	Files   []jsonFile     `json:"files"`
	Counted map[string]int `json:"counted"` // counted lines per class
}

type jsonFile struct {
	Path    string   `json:"path"`
	From    string   `json:"from"` // the old path of a rename or copy, else ""
	Status  string   `json:"status"`
	Added   int      `json:"added"`
	Deleted int      `json:"deleted"`
	Binary  bool     `json:"binary"`
	Class   string   `json:"class"`
	Zones   []string `json:"zones"`
	Counted int      `json:"counted"` // counted lines, as the policy counts
	Partial bool     `json:"partial"` // whether lines are missing from that
}

// ShowJSON writes a sight as one document.
func ShowJSON(w io.Writer, s *Sight) error {
	out := jsonSight{Schema: Schema, Policy: policyJSON(&s.Report), AI: aiJSON(s.text(), s.View)}
	if s.GitDir != "" {
		out.Repository = &jsonRepo{s.GitDir, s.WorkTree}
	}
	if m := s.Message; m != nil {
		jm := &jsonMessage{
			File: s.File, Comment: m.Options.Comment, Cleanup: string(m.Options.Cleanup),
			Subject: m.Slice(m.Subject), Clean: m.Clean(), Trailers: []jsonTrailer{},
		}
		if m.Cut < len(m.Text) {
			jm.CutLine = at(m.Text, m.Cut).line
		}
		for _, t := range m.Trailers {
			jm.Trailers = append(jm.Trailers, jsonTrailer{t.Token, t.Value, rangeOf(m.Text, t.Span)})
		}
		out.Message = jm
	}
	out.Change = changeJSON(&s.Report)
	return encode(w, out)
}

func changeJSON(r *Report) *jsonChange {
	if r.Files == nil {
		return nil
	}
	out := &jsonChange{Doubt: r.Doubt, Files: []jsonFile{}, Counted: map[string]int{}}
	for _, f := range r.Files {
		out.Files = append(out.Files, jsonFile{
			f.Path, f.From, string(f.Status), f.Added, f.Deleted, f.Binary, string(f.Class), zoneNames(f), f.Counted, f.Partial,
		})
		out.Counted[string(f.Class)] += f.Counted
	}
	return out
}

// ShowText writes a sight for people.
func ShowText(w io.Writer, s *Sight) error {
	var b strings.Builder
	row := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-11s %s\n", name, printable(fmt.Sprintf(format, args...)))
	}
	if s.GitDir == "" {
		row("repository", "none")
	} else {
		row("repository", "%s", s.GitDir)
		row("work tree", "%s", orNone(s.WorkTree))
	}
	if s.Found == nil {
		row("policy", "none, so Colophon is silent here")
	} else {
		p := s.Found.Policy
		row("policy", "%s: %s", p.Name, p.Summary)
		row("", "%s as of %s, look again by %s; found in %s", p.Status, orNone(p.AsOf), orNone(p.RecheckBy), s.Found.From)
		row("", "%s", p.Source)
	}
	if m := s.Message; m != nil {
		row("message", "%s", s.File)
		row("subject", "%s", m.Slice(m.Subject))
		if s := m.Options; s.Cleanup != message.Verbatim {
			row("cleanup", "%s, comments start with %q", s.Cleanup, s.Comment)
		}
		for i, t := range m.Trailers {
			row(first(i, "trailers"), "%s: %s", t.Token, t.Value)
		}
	}
	row("AI use", "%s", s.View.Use)
	for _, e := range s.View.Evidence {
		row("", "%s: %s", e.Source, e.Text)
	}
	s.showChange(&b, row)
	_, err := io.WriteString(w, b.String())
	return err
}

func (s *Sight) showChange(b *strings.Builder, row func(string, string, ...any)) {
	switch {
	case s.Files == nil:
		row("change", "not known: %s", orNone(s.ChangeError))
	case len(s.Files) == 0:
		row("change", "%s", cmp.Or(s.Doubt, "nothing is staged"))
	default:
		row("change", "%d counted %s, %s", total(s.Files), lines(total(s.Files)), classes(s.Files))
		if s.Doubt != "" {
			row("", "%s", s.Doubt)
		}
		fmt.Fprintf(b, "\n  %9s %8s %8s  %-13s %-12s %s\n", "added", "deleted", "counted", "class", "zones", "path")
		for _, f := range s.Files {
			added, deleted := fmt.Sprint(f.Added), fmt.Sprint(f.Deleted)
			if f.Binary {
				added, deleted = "-", "-"
			}
			path := f.Path
			if f.From != "" {
				path = f.From + " → " + f.Path
			}
			fmt.Fprintf(b, "  %9s %8s %8d  %-13s %-12s %s\n", added, deleted, f.Counted, f.Class, printable(strings.Join(zoneNames(f), ",")), printable(path))
		}
	}
}

func (s *Sight) text() string {
	if s.Message == nil {
		return ""
	}
	return s.Message.Text
}

func zoneNames(f policy.File) []string {
	names := []string{}
	for _, z := range f.Zones {
		names = append(names, z.Name)
	}
	return names
}

func total(files []policy.File) (n int) {
	for _, f := range files {
		n += f.Counted
	}
	return n
}

func lines(n int) string {
	if n == 1 {
		return "line"
	}
	return "lines"
}

// classes is what the counted lines are made of, in a few words.
func classes(files []policy.File) string {
	by := make(map[string]int)
	for _, f := range files {
		by[string(f.Class)] += f.Counted
	}
	var parts []string
	for name, n := range by {
		parts = append(parts, fmt.Sprintf("%d %s", n, name))
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func first(i int, name string) string {
	if i > 0 {
		return ""
	}
	return name
}
