package main

import (
	"bytes"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"colophon/policy"
)

func newPolicyShow() *cobra.Command {
	var effective bool
	c := &cobra.Command{
		Use:   "show [NAME|PATH|.]",
		Short: "Print a policy as YAML, to read or to start your own from",
		Long: `Print a preset or a policy file as YAML; without a name, or with a dot, the policy of
this repository.

With --effective what the policy extends is merged in, key by key in the order of
docs/policy.md, and each line says where it comes from. The result is a policy of its
own that asks for the same.`,
		Example:           "  colophon policy show qemu-2026-09\n  colophon policy show --effective",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: atMost(1, policyNames),
		RunE: func(c *cobra.Command, args []string) error {
			name := ""
			if len(args) > 0 {
				name = args[0]
			}
			here, err := openPolicy(c.Context(), name)
			if err != nil {
				return err
			}
			text, _, err := policyText(here.Found)
			if err == nil && effective {
				text, err = effectiveText(here.Found)
			}
			if err != nil {
				return status{exitUsage, err}
			}
			text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
			_, err = io.WriteString(c.OutOrStdout(), steerless(string(text)))
			return err
		},
	}
	c.Flags().BoolVar(&effective, "effective", false, "with what it extends, each line with where it comes from")
	return c
}

func effectiveText(found *policy.Found) ([]byte, error) {
	d, err := policyDraft(found)
	if err != nil {
		return nil, err
	}
	head := fmt.Sprintf("# %s as it is, from %s.\n", plain(found.Policy.Name), plain(found.From))
	if base := found.Policy.Extends; base != "" {
		head = fmt.Sprintf("# %s with %s, which it extends.\n", plain(found.Policy.Name), plain(base))
	}
	return append([]byte(head), d.EffectiveText()...), nil
}
