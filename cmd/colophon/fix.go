package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"colophon/diagnostics"
	"colophon/message"
)

func newFix() *cobra.Command {
	var s settings
	var inPlace bool
	c := &cobra.Command{
		Use:   "fix FILE|-",
		Short: "Apply the preferred fixes to a commit message",
		Long: `Apply the preferred fix of every finding that has one, and print the message, or
write it back with --write. What was done is told on standard error. Nothing is
done that needs a decision: no sign-off is added, and where AI use is not known
no disclosure is.`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if inPlace && args[0] == "-" {
				return usage("--write needs a file; standard input cannot be written to")
			}
			sc, err := s.gather(c.Context(), c, args[0])
			if err != nil {
				return err
			}
			if sc.more {
				return usage("%s has more than %d MiB: fix it in an editor", args[0], maxMessage>>20)
			}
			if args[0] == "-" {
				// What goes into a pipe is a finished message: a comment would stay in it.
				o := sc.message.Options
				o.Cleanup = message.Whitespace
				sc.message = message.Parse(sc.message.Text, o)
			}
			text, done := diagnostics.FixAll(sc.input())
			for _, title := range done {
				fmt.Fprintf(c.ErrOrStderr(), "colophon: %s\n", title)
			}
			if !inPlace {
				_, err = io.WriteString(c.OutOrStdout(), text)
			} else if text != sc.message.Text {
				err = replace(args[0], text)
			}
			if err != nil {
				return status{exitFailure, err}
			}
			return nil
		},
	}
	s.flags(c)
	c.Flags().BoolVarP(&inPlace, "write", "w", false, "write the message back to FILE")
	return c
}

// replace writes a file such that either the old or the new text is there,
// whatever happens.
func replace(file, text string) error {
	path, err := filepath.EvalSymlinks(file)
	if err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".colophon-*")
	if err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	defer os.Remove(tmp.Name()) // gone already where all went well
	_, err = tmp.WriteString(text)
	if err == nil {
		err = tmp.Chmod(info.Mode().Perm())
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	return nil
}
