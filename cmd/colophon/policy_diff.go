package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"colophon/policy"
)

func newPolicyDiff() *cobra.Command {
	return &cobra.Command{
		Use:   "diff A B",
		Short: "Say what changes for a contributor from one policy to another",
		Long: `Say in plain sentences, topic by topic, what changes for a contributor from policy A
to policy B: presets, aliases, files, or a dot for the policy of this repository. Dates
and addresses are left out. The exit status is 0 whether or not there is a difference.`,
		Example:           "  colophon policy diff linux-7.0 linux-7.3\n  colophon policy diff qemu-2026-09 .",
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: atMost(2, policyNames),
		RunE: func(c *cobra.Command, args []string) error {
			var facts [2][]policy.Fact
			for i, name := range args {
				here, err := openPolicy(c.Context(), name)
				if err != nil {
					return err
				}
				facts[i] = policy.Facts(here.Found.Policy)
			}
			text := factDiff(facts[0], facts[1])
			if text == "" {
				text = "no difference for a contributor\n"
			}
			_, err := io.WriteString(c.OutOrStdout(), text)
			return err
		},
	}
}

// factDiff has a heading for each topic with a difference; "" if there is none.
func factDiff(before, after []policy.Fact) string {
	var topics []string
	for _, f := range slices.Concat(before, after) {
		if !slices.Contains(topics, f.Topic) {
			topics = append(topics, f.Topic)
		}
	}
	var b strings.Builder
	for _, topic := range topics {
		var lines []string
		only := func(sign string, these, others []policy.Fact) {
			for _, f := range these {
				if f.Topic == topic && !slices.Contains(others, f) {
					lines = append(lines, fmt.Sprintf("  %s %s", sign, plain(f.Text)))
				}
			}
		}
		only("-", before, after)
		only("+", after, before)
		if len(lines) == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s\n%s\n", plain(topic), strings.Join(lines, "\n"))
	}
	return b.String()
}
