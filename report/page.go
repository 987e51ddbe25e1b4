package report

import (
	"cmp"
	"fmt"
	"strings"

	"colophon/diagnostics"
)

// RulePage is a rule's page in Markdown: what `colophon explain` prints and what
// docs/rules holds.
func RulePage(r *diagnostics.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\nSeverity: %s, unless the policy says otherwise.\n\n%s\n", r.ID, r.Summary, r.Severity, r.Why)
	fmt.Fprintf(&b, "\n## Fix\n\n%s\n", cmp.Or(r.Fix, "There is no automatic fix."))
	examples(&b, "Reported", r.Bad)
	examples(&b, "Not reported", r.Good)
	fmt.Fprintf(&b, "\n## Configure\n\nIn `.colophon.yaml`, with error, warning, info, hint or off:\n\n```yaml\nseverity:\n  %s: off\n```\n", r.ID)
	return b.String()
}

func examples(b *strings.Builder, title string, list []diagnostics.Example) {
	fmt.Fprintf(b, "\n## %s\n", title)
	for _, e := range list {
		if strings.Contains(e.Policy, "\n") {
			fmt.Fprintf(b, "\nPolicy:\n\n```yaml\n%s```\n\nMessage.", e.Policy)
		} else {
			fmt.Fprintf(b, "\nPolicy `%s`.", e.Policy)
		}
		if e.Says != "" {
			fmt.Fprintf(b, " %s", e.Says)
		}
		b.WriteString("\n")
		messages := e.Series
		if messages == nil {
			messages = []diagnostics.Example{e}
		}
		for _, m := range messages {
			fmt.Fprintf(b, "\n```\n%s```\n", m.Message)
		}
	}
}

// RuleTable is the README's table of rules.
func RuleTable(rules []*diagnostics.Rule) string {
	var b strings.Builder
	b.WriteString("| rule | severity | says |\n|---|---|---|\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "| [`%s`](docs/rules/%s.md) | %s | %s |\n", r.ID, r.ID, r.Severity, r.Summary)
	}
	return b.String()
}
