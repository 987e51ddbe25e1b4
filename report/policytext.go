package report

import (
	"fmt"
	"strings"

	"colophon/policy"
	"colophon/words"
)

// PolicyText is a policy in Markdown for a contributor who wants to know what it asks:
// whose it is, how sure that is, where it was found, and its rules in plain sentences.
func PolicyText(found *policy.Found) string {
	p := found.Policy
	var b strings.Builder
	title := p.Name
	if p.Project != "" {
		title = p.Project + " (" + p.Name + ")"
	}
	fmt.Fprintf(&b, "# %s\n\n", oneLine(marked(title)))
	if p.Summary != "" {
		fmt.Fprintf(&b, "%s\n\n", oneLine(marked(p.Summary)))
	}
	var about []string
	switch {
	case p.Status != "" && p.AsOf != "":
		about = append(about, words.ExplainDated.With("status", string(p.Status), "date", p.AsOf))
	case p.Status != "":
		about = append(about, words.ExplainStatus.With("status", string(p.Status)))
	}
	if found.From != "" {
		about = append(about, words.ExplainFound.With("from", oneLine(marked(found.From))))
	}
	if strings.HasPrefix(p.Source, "https://") || strings.HasPrefix(p.Source, "http://") {
		about = append(about, words.ExplainSource.With("source", oneLine(p.Source)))
	}
	b.WriteString(strings.Join(about, " ") + "\n")
	topic := ""
	for _, f := range policy.Facts(p) {
		if f.Topic != topic {
			topic = f.Topic
			fmt.Fprintf(&b, "\n**%s**\n\n", strings.ToUpper(topic[:1])+marked(topic[1:]))
		}
		fmt.Fprintf(&b, "- %s\n", oneLine(marked(f.Text)))
	}
	return b.String()
}

// oneLine keeps what a policy says from beginning a heading or a list of its own.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
