package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"colophon/commit"
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
		Use:   "show [NAME]",
		Short: "Print a policy as YAML, to read or to start your own from",
		Long:  "Print a preset as YAML, or, without a name, the policy of this repository.",
		Args:  cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return append(policy.Aliases(), policy.Presets()...), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			text, err := policyText(c.Context(), args)
			if err == nil {
				_, err = c.OutOrStdout().Write(text)
			}
			return err
		},
	})
	return c
}

// policyText is the YAML of the policy that a name, an alias or the repository
// stands for.
func policyText(ctx context.Context, args []string) ([]byte, error) {
	o := commit.Options{Env: os.Environ()}
	if len(args) > 0 {
		o.Policy = args[0]
	}
	here, err := commit.Open(ctx, "", o)
	var invalid *policy.Error
	switch {
	case errors.As(err, &invalid):
		return nil, err
	case err != nil:
		return nil, status{exitFailure, err}
	case here.Found == nil:
		return nil, usage("this repository has no policy; `colophon policy list` has the presets")
	case slices.Contains(policy.Presets(), here.Found.Policy.Name):
		return policy.PresetText(here.Found.Policy.Name)
	}
	text, err := os.ReadFile(here.Found.File)
	if err != nil {
		return nil, status{exitUsage, err}
	}
	return text, nil
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
