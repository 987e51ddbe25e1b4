package main

import (
	"slices"

	"github.com/spf13/cobra"

	"colophon/report"
)

func newShow() *cobra.Command {
	var s settings
	var format string
	c := &cobra.Command{
		Use:   "show [FILE|-]",
		Short: "Show what Colophon sees: policy, message, change and evidence",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains([]string{"text", "json"}, format) {
				return usage("--format %q is none of text, json", format)
			}
			file := ""
			if len(args) > 0 {
				file = args[0]
			}
			sc, err := s.gather(c.Context(), c, file)
			if err != nil {
				return err
			}
			sight := &report.Sight{Report: sc.report()}
			if file == "" {
				sight.Message = nil
			}
			if r := sc.commit.Repository; r != nil {
				sight.GitDir, sight.WorkTree = r.GitDir, r.WorkTree
			}
			if sc.changeErr != nil {
				sight.ChangeError = sc.changeErr.Error()
			}
			show := report.ShowText
			if format == "json" {
				show = report.ShowJSON
			}
			if err := show(c.OutOrStdout(), sight); err != nil {
				return status{exitFailure, err}
			}
			return nil
		},
	}
	s.flags(c)
	c.Flags().StringVar(&format, "format", "text", "text or json")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}
