package main

import (
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"colophon/lsp"
)

func newLSP() *cobra.Command {
	var logFile, logLevel, git string
	c := &cobra.Command{
		Use:   "lsp",
		Short: "Serve an editor over standard input and output",
		Long: `Serve an editor over the Language Server Protocol, on standard input and output.

The log goes to standard error, or to --log. It counts and names rules; it never
holds the text of a message.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if git != "" && !filepath.IsAbs(git) {
				return usage("--git %q is no absolute path", git)
			}
			log, done, err := newLog(logFile, logLevel)
			if err != nil {
				return status{exitUsage, err}
			}
			defer done()
			// A change of very many files is held twice while it is read anew.
			debug.SetGCPercent(50)
			code, err := lsp.Serve(c.Context(), lsp.Options{In: os.Stdin, Out: os.Stdout, Log: log, Env: os.Environ(), Version: version, Git: git})
			if code != exitOK {
				log.Info("the session ended without shutdown and exit", zap.Error(err))
				return status{code: code}
			}
			return nil
		},
	}
	c.Flags().Bool("stdio", true, "speak over standard input and output, the only way there is")
	c.Flags().StringVar(&git, "git", "", "the git to run, an absolute path (default: the editor's setting, or the one on PATH)")
	c.Flags().StringVar(&logFile, "log", "", "write the log to this file instead of standard error")
	c.Flags().StringVar(&logLevel, "log-level", "warn", "debug, info, warn or error")
	_ = c.RegisterFlagCompletionFunc("log-level", cobra.FixedCompletions([]string{"debug", "info", "warn", "error"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func newLog(file, level string) (log *zap.Logger, done func(), err error) {
	at, err := zapcore.ParseLevel(level)
	if err != nil {
		return nil, nil, usage("--log-level %q is none of debug, info, warn, error", level)
	}
	out := os.Stderr
	done = func() {}
	if file != "" {
		if out, err = os.OpenFile(file, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600); err != nil {
			return nil, nil, usage("open the log: %v", err)
		}
		done = func() { out.Close() }
	}
	enc := zap.NewProductionEncoderConfig()
	enc.EncodeTime = zapcore.ISO8601TimeEncoder
	core := zapcore.NewCore(zapcore.NewConsoleEncoder(enc), zapcore.Lock(out), at)
	return zap.New(core), done, nil
}
