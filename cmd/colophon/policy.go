package main

import (
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"colophon/policy"
)

func newPolicy() *cobra.Command {
	c := &cobra.Command{
		Use:   "policy",
		Short: "List and show the embedded policies",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(&cobra.Command{
		Use:   "list",
		Short: "List the presets with their status and age",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "NAME\tPROJECT\tSTATUS\tAS OF\tAGE\tLOOK AGAIN BY\tSOURCE")
			for _, name := range policy.Presets() {
				p, err := policy.Preset(name)
				if err != nil {
					return status{exitFailure, err}
				}
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", name, p.Project, p.Status, p.AsOf, age(p.AsOf), recheck(p.RecheckBy), p.Source)
			}
			fmt.Fprintln(w, "qemu\tQEMU\t(alias)\t\t\t\twhat the checkout's own document says, else qemu-2026-05")
			return w.Flush()
		},
	}, &cobra.Command{
		Use:   "show NAME",
		Short: "Print a preset as YAML, to read or to start your own from",
		Args:  cobra.ExactArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return policy.Presets(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			text, err := policy.PresetText(args[0])
			if err != nil {
				return usage("%v", err)
			}
			_, err = c.OutOrStdout().Write(text)
			return err
		},
	})
	return c
}

func age(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return "?"
	}
	return fmt.Sprintf("%d days", int(time.Since(t).Hours()/24))
}

// recheck marks a preset that somebody should have looked at again.
func recheck(date string) string {
	if t, err := time.Parse(time.DateOnly, date); err == nil && time.Now().After(t) {
		return date + " (past)"
	}
	return date
}
