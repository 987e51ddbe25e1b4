package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"colophon/policy"
	"colophon/report"
)

func newPolicyList() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "list",
		Short: "List the presets with their status and age",
		Long: `List the presets: the project, whether it has adopted the text, the date of the text
and its age, when somebody should look at it again, where the preset applies by
itself or how to choose it, and the text's address.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			var list policyList
			if err := list.fill(time.Now()); err != nil {
				return status{exitFailure, err}
			}
			switch format {
			case "text":
				return list.text(c.OutOrStdout())
			case "json":
				return writeJSON(c.OutOrStdout(), list)
			}
			return usage("--format %q is none of text, json", format)
		},
	}
	textOrJSON(c, &format)
	return c
}

// textOrJSON is the flag --format of the commands that judge nothing.
func textOrJSON(c *cobra.Command, format *string) {
	c.Flags().StringVar(format, "format", "text", "text or json")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

type policyList struct {
	Schema  int           `json:"schema"`
	Presets []listedOne   `json:"presets"`
	Aliases []listedAlias `json:"aliases"`
}

type listedOne struct {
	Name      string   `json:"name"`
	Project   string   `json:"project"`
	Status    string   `json:"status"`
	AsOf      string   `json:"asOf"`
	AgeDays   int      `json:"ageDays"`
	RecheckBy string   `json:"recheckBy"`
	Past      bool     `json:"past"`      // whether that date is over
	Documents []string `json:"documents"` // by which a checkout is known; empty: by none
	Source    string   `json:"source"`
}

type listedAlias struct {
	Name      string   `json:"name"`
	Project   string   `json:"project"`
	Follows   []string `json:"follows"`   // the presets, the newest text first
	Otherwise string   `json:"otherwise"` // the preset where the checkout says nothing
}

func (l *policyList) fill(now time.Time) error {
	l.Schema, l.Aliases = report.Schema, []listedAlias{}
	for _, name := range policy.Presets() {
		p, err := policy.Preset(name)
		if err != nil {
			return err
		}
		one := listedOne{
			Name: name, Project: p.Project, Status: string(p.Status), AsOf: p.AsOf, AgeDays: age(p.AsOf, now),
			RecheckBy: p.RecheckBy, Past: past(p.RecheckBy, now), Documents: []string{}, Source: p.Source,
		}
		for _, d := range p.Detect {
			if !slices.Contains(one.Documents, d.File) {
				one.Documents = append(one.Documents, d.File)
			}
		}
		l.Presets = append(l.Presets, one)
	}
	for _, name := range policy.Aliases() {
		project, follows, otherwise := policy.AliasOf(name)
		l.Aliases = append(l.Aliases, listedAlias{name, project, follows, otherwise})
	}
	return nil
}

func (l *policyList) text(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tPROJECT\tSTATUS\tAS OF\tAGE\tLOOK AGAIN BY\tWHERE\tSOURCE")
	for _, p := range l.Presets {
		again := p.RecheckBy
		if p.Past {
			again += " (past)"
		}
		where := strings.Join(p.Documents, ", ")
		if where == "" {
			where = "git config colophon.policy " + p.Name
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d days\t%s\t%s\t%s\n", p.Name, p.Project, p.Status, p.AsOf, p.AgeDays, again, where, p.Source)
	}
	for _, a := range l.Aliases {
		fmt.Fprintf(w, "%s\t%s\talias\t\t\t\tgit config colophon.policy %s\tfollows the checkout: %s; else %s\n", a.Name, a.Project, a.Name, strings.Join(a.Follows, ", "), a.Otherwise)
	}
	return w.Flush()
}

// age is how many days ago a date was, 0 for what is none.
func age(date string, now time.Time) int {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0
	}
	return int(now.Sub(t).Hours() / 24)
}

// past tells whether a date is over, in the whole world's last time zone too.
func past(date string, now time.Time) bool {
	t, err := time.Parse(time.DateOnly, date)
	return err == nil && now.After(t.AddDate(0, 0, 1))
}
