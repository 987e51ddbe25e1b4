package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"colophon/diagnostics"
	"colophon/report"
)

func newExplain() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [RULE]",
		Short: "Explain a rule, or list all of them",
		Args:  cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var ids []string
			for _, r := range diagnostics.Rules() {
				ids = append(ids, r.ID+"\t"+r.Summary)
			}
			return ids, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
				for _, r := range diagnostics.Rules() {
					fmt.Fprintf(w, "%s\t%s\t%s\n", r.ID, r.Severity, r.Summary)
				}
				return w.Flush()
			}
			r := diagnostics.RuleByID(args[0])
			if r == nil {
				return usage("there is no rule %q; `colophon explain` lists them", args[0])
			}
			_, err := io.WriteString(c.OutOrStdout(), report.RulePage(r))
			return err
		},
	}
}
