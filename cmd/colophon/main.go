// Command colophon helps people say where AI helped with a change, by the rules
// of the project they write for: as a language server, a hook and a checker.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit statuses. They are public; scripts and hooks rely on them.
const (
	exitOK       = 0
	exitFindings = 1 // findings at or above --fail-on
	exitUsage    = 2 // wrong flags, unreadable input, an invalid policy
	exitFailure  = 3 // Colophon or git failed
)

// status is an error with the exit status it asks for.
type status struct {
	code int
	err  error // nil: nothing to say
}

func (s status) Error() string {
	if s.err == nil {
		return fmt.Sprintf("exit status %d", s.code)
	}
	return s.err.Error()
}

func usage(format string, args ...any) error {
	return status{exitUsage, fmt.Errorf(format, args...)}
}

// printable is an error that does not steer the terminal: it may name files and
// settings of a repository.
func printable(err error) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && r < ' ' || r >= 0x7f && r < 0xa0 {
			return '\uFFFD'
		}
		return r
	}, strings.ToValidUTF8(err.Error(), "\uFFFD"))
}

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) (code int) {
	defer func() {
		// Go's own exit status for a panic means wrong use here.
		if r := recover(); r != nil {
			fmt.Fprintf(os.Stderr, "colophon: this is a bug in Colophon: %v\n%s", r, debug.Stack())
			code = exitFailure
		}
	}()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var s status
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &s):
	default:
		s = status{exitUsage, err} // an invalid policy, or cobra's own errors: flags and arguments
	}
	if s.err != nil {
		fmt.Fprintf(os.Stderr, "colophon: %s\n", printable(s.err))
	}
	return s.code
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "colophon",
		Short: "Say where AI helped with a change, by the rules of the project",
		Long: `Colophon reads a commit message as git does and tells what the project's policy on
AI asks of this very change: in the editor (colophon lsp), in the commit-msg hook
and on the command line (colophon check).

A repository without a policy is met with silence. Nothing is written to a
repository except by a command that says so, and nothing is sent anywhere.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.AddCommand(newLSP(), newCheck(), newFix(), newHook(), newShow(), newExplain(), newPolicy(), newDemo(), newVersion())
	return root
}
