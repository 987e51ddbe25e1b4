package report

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"colophon/change"
	"colophon/diagnostics"
	"colophon/policy"
)

// inFile is where a finding is shown beside a file of the repository: the largest hunk
// of the first file that it names and that is there after the commit. Without one it is
// shown with the message alone.
func (c *Commit) inFile(f *diagnostics.Finding) (path string, line, lines int) {
	i := slices.IndexFunc(f.Related, func(r diagnostics.Related) bool { return r.Path != "" && !c.deletes(r.Path) })
	if i < 0 {
		return "", 0, 0
	}
	at := f.Related[i].At
	return f.Related[i].Path, max(int(at.Line), 1), max(int(at.Lines), 1)
}

// deletes tells whether a file is gone after the commit.
func (c *Commit) deletes(path string) bool {
	return slices.ContainsFunc(c.Files, func(f policy.File) bool { return f.Path == path && f.Status == change.Deleted })
}

// said is the sentence of a finding, behind the name of its message.
func (c *Commit) said(f *diagnostics.Finding) string {
	return printable(fmt.Sprintf("%s (%s): %s", c.File, c.Message.Slice(c.Message.Subject), f.Message))
}

// annotations are commands of GitHub's runners, one in a line.
type annotations struct{ w io.Writer }

var annotationLevels = map[diagnostics.Severity]string{
	diagnostics.Error: "error", diagnostics.Warning: "warning", diagnostics.Info: "notice", diagnostics.Hint: "notice",
}

func (a *annotations) Commit(c *Commit) error {
	for i := range c.Findings {
		f := &c.Findings[i]
		place := ""
		if path, line, lines := c.inFile(f); path != "" {
			place = fmt.Sprintf("file=%s,line=%d,endLine=%d,", property.Replace(path), line, line+lines-1)
		}
		_, err := fmt.Fprintf(a.w, "::%s %stitle=%s::%s\n", annotationLevels[f.Severity], place, property.Replace("Colophon: "+f.Rule), command.Replace(c.said(f)))
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *annotations) End(*Summary, *policy.Found) error { return nil }

// What stands for itself in a runner's command, and in a property of one.
var (
	command  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// codeQuality is GitLab's report.
type codeQuality struct {
	w   io.Writer
	all []issue
}

type issue struct {
	Description string `json:"description"`
	CheckName   string `json:"check_name"`
	Fingerprint string `json:"fingerprint"`
	Severity    string `json:"severity"`
	Location    struct {
		Path  string `json:"path"`
		Lines struct {
			Begin int `json:"begin"`
		} `json:"lines"`
	} `json:"location"`
}

var issueSeverities = map[diagnostics.Severity]string{
	diagnostics.Error: "major", diagnostics.Warning: "minor", diagnostics.Info: "info", diagnostics.Hint: "info",
}

func (q *codeQuality) Commit(c *Commit) error {
	for i := range c.Findings {
		f := &c.Findings[i]
		one := issue{Description: c.said(f), CheckName: f.Rule, Fingerprint: c.Fingerprint(f), Severity: issueSeverities[f.Severity]}
		one.Location.Path, one.Location.Lines.Begin, _ = c.inFile(f)
		if one.Location.Path == "" {
			one.Location.Path, one.Location.Lines.Begin = "COMMIT_EDITMSG", c.lineIn(at(c.Message.Text, f.Span.Start).line)
		}
		q.all = append(q.all, one)
	}
	return nil
}

func (q *codeQuality) End(*Summary, *policy.Found) error {
	if q.all == nil {
		q.all = []issue{}
	}
	return encode(q.w, q.all)
}

// StepSummary is what GitHub shows below a job, as Markdown; "" without a policy.
func StepSummary(s *Summary, found *policy.Found) string {
	if found == nil {
		return ""
	}
	var b strings.Builder
	by := inMarkdown(found.Policy.Words())
	if source := found.Policy.Source; linkable(source) {
		by = fmt.Sprintf("[%s](%s)", by, strings.ReplaceAll(source, "&", "&amp;"))
	}
	fmt.Fprintf(&b, "### Colophon\n\n%s by %s: %s.\n", counted(s.Commits, "commit"), by, s.text())
	if ai := s.ai(); ai != "" {
		fmt.Fprintf(&b, "\nAI use: %s.\n", ai)
	}
	if rules := s.rules(); len(rules) > 0 {
		b.WriteString("\n| rule | findings |\n|---|---|\n")
		for _, id := range rules {
			fmt.Fprintf(&b, "| `%s` | %d |\n", id, s.Rules[id])
		}
	}
	return b.String()
}

// inMarkdown is a text as Markdown that shows it, in one line, and nothing else: a policy
// can come from a stranger's branch.
func inMarkdown(text string) string {
	var b strings.Builder
	for _, c := range printable(text) {
		if c < unicode.MaxASCII && !strings.ContainsRune("'\",-", c) && (unicode.IsPunct(c) || unicode.IsSymbol(c)) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// plainAddress has nothing that could end a link in Markdown, or shows another host
// than the one that it leads to.
var plainAddress = regexp.MustCompile(`^https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][A-Za-z0-9._~:/?#@!$&+,;=%-]*)?$`)

func linkable(address string) bool { return plainAddress.MatchString(address) }
