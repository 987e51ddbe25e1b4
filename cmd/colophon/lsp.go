package main

import (
	"github.com/spf13/cobra"
)

func newLSP() *cobra.Command  { return &cobra.Command{Use: "lsp"} }
func newDemo() *cobra.Command { return &cobra.Command{Use: "demo"} }
