package main

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

var update = flag.Bool("update", false, "write docs/commands.md")

// docs/commands.md is made from the commands themselves.
func TestCommandsPage(t *testing.T) {
	const file = "../../docs/commands.md"
	var b strings.Builder
	b.WriteString("# Commands\n\n<!-- Made from the code by `make docs`; do not edit. -->\n")
	page(&b, newRoot())
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != b.String() {
		t.Errorf("%s is stale; run `make docs`", file)
	}
}

func page(b *strings.Builder, c *cobra.Command) {
	c.InitDefaultHelpFlag()
	if c.Hidden || c.Name() == "help" || c.Name() == "completion" {
		return
	}
	text := c.Long
	if text == "" {
		text = c.Short + "."
	}
	b.WriteString("\n## " + c.CommandPath() + "\n\n" + text + "\n\n```\n" + c.UseLine() + "\n```\n")
	if c.Example != "" {
		b.WriteString("\nExamples:\n\n```\n" + c.Example + "\n```\n")
	}
	if flags := c.NonInheritedFlags().FlagUsages(); flags != "" {
		b.WriteString("\nFlags:\n\n```\n" + strings.TrimRight(flags, "\n") + "\n```\n")
	}
	for _, sub := range c.Commands() {
		page(b, sub)
	}
}
