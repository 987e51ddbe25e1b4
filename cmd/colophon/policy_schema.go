package main

import (
	"github.com/spf13/cobra"

	"colophon/policy"
)

func newPolicySchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of policy files",
		Long: `Print a JSON Schema (draft 2020-12) of policy files, for editors that do not speak to
colophon lsp. What one value says about another, only colophon policy validate checks.`,
		Example: "  colophon policy schema >colophon.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := c.OutOrStdout().Write(policy.Schema())
			return err
		},
	}
}
