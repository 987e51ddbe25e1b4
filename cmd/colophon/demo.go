package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"colophon/editors/neovim"
)

func newDemo() *cobra.Command {
	var noEditor bool
	c := &cobra.Command{
		Use:   "demo",
		Short: "Show the main job in a scratch repository",
		Long: `Make a scratch repository with a QEMU-like change staged and a message as a tool
might leave it, and commit. With a terminal and Neovim the message opens in Neovim
with the server attached. Without, the same session runs through the real server
over pipes, and the message, its findings, the fix and the outcome are printed.

The scratch repository is removed afterwards.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := demo(c.Context(), noEditor); err != nil {
				return status{exitFailure, fmt.Errorf("demo: %w", err)}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&noEditor, "no-editor", false, "print the session even if Neovim is there")
	c.AddCommand(&cobra.Command{
		Use:    "editor FILE",
		Hidden: true, // git starts it in place of an editor
		Args:   cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := edit(c.Context(), args[0], c.OutOrStdout()); err != nil {
				return status{exitFailure, fmt.Errorf("demo: %w", err)}
			}
			return nil
		},
	})
	return c
}

// The change and the message of the demo. Two lines of code, a test, and what a
// tool writes under a message.
var demoFiles = []struct{ path, before, after string }{
	{
		"hw/net/e1000.c",
		"static void e1000_reset(E1000State *s)\n{\n    s->tx.size = 0;\n    s->tx.size = 0;\n}\n",
		"static void e1000_reset(E1000State *s)\n{\n    s->tx.size = 0;\n    s->rx.size = 0;\n}\n",
	},
	{
		"tests/qtest/e1000-test.c",
		"/* tests */\n",
		"/* tests */\nstatic void test_reset(void)\n{\n    g_assert_cmpint(rx_size(), ==, 0);\n}\n",
	},
}

const demoMessage = `hw/net/e1000: reset the receive size, too

The reset cleared the size of the transmit ring twice and left the one of
the receive ring alone.

Signed-off-by: Mary Maintainer <mary@example.org>
Co-Authored-By: Claude <noreply@anthropic.com>
`

func demo(ctx context.Context, noEditor bool) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "colophon-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	d := scratch{dir: filepath.Join(dir, "qemu")}
	if err := d.make(ctx); err != nil {
		return err
	}

	editor := quote(self) + " demo editor"
	if nvim, err := exec.LookPath("nvim"); err == nil && !noEditor && onTerminal() {
		lua := filepath.Join(dir, "demo.lua")
		if err := os.WriteFile(lua, []byte(neovim.Demo), 0o600); err != nil {
			return err
		}
		editor = fmt.Sprintf("%s -n -i NONE -u %s", quote(nvim), quote(lua))
	}
	fmt.Printf("A scratch repository with QEMU's policy of September 2026, two files staged:\n\n    $ git config colophon.policy qemu-2026-09\n    $ git commit\n\n")
	commit := d.git(ctx, "commit", "--quiet", "--verbose", "--edit", "--file", filepath.Join(dir, "message"))
	commit.Env = append(commit.Env, "GIT_EDITOR="+editor, "COLOPHON="+self)
	commit.Stdin, commit.Stdout, commit.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := os.WriteFile(filepath.Join(dir, "message"), []byte(demoMessage), 0o600); err != nil {
		return err
	}
	if err := commit.Run(); err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			fmt.Println("Git made no commit. Nothing is left of the scratch repository.")
			return nil
		}
		return err
	}
	out, err := d.git(ctx, "log", "-1", "--format=%B").Output()
	if err != nil {
		return err
	}
	fmt.Printf("The commit that git made:\n\n%s\n", indent(strings.TrimRight(string(out), "\n")))
	return nil
}

// scratch is the demo's own repository. The person's git configuration is left
// out, so that hooks, signing and templates of theirs are not in the way.
type scratch struct{ dir string }

func (d scratch) git(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, "git", append([]string{"-C", d.dir}, args...)...)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") {
			c.Env = append(c.Env, v)
		}
	}
	c.Env = append(c.Env, "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=Mary Maintainer", "GIT_AUTHOR_EMAIL=mary@example.org",
		"GIT_COMMITTER_NAME=Mary Maintainer", "GIT_COMMITTER_EMAIL=mary@example.org")
	return c
}

func (d scratch) make(ctx context.Context) error {
	if err := os.Mkdir(d.dir, 0o700); err != nil {
		return err
	}
	write := func(after bool) error {
		for _, f := range demoFiles {
			path := filepath.Join(d.dir, filepath.FromSlash(f.path))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				return err
			}
			text := f.before
			if after {
				text = f.after
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				return err
			}
		}
		return nil
	}
	for _, step := range []func() error{
		func() error { return d.run(ctx, "init", "--quiet") },
		func() error { return d.run(ctx, "config", "colophon.policy", "qemu-2026-09") },
		func() error { return write(false) },
		func() error { return d.run(ctx, "add", ".") },
		func() error { return d.run(ctx, "commit", "--quiet", "--message=start") },
		func() error { return write(true) },
		func() error { return d.run(ctx, "add", ".") },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (d scratch) run(ctx context.Context, args ...string) error {
	if out, err := d.git(ctx, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("git %s: %w: %s", args[0], err, strings.TrimSpace(string(out)))
	}
	return nil
}

func onTerminal() bool {
	return term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stdout.Fd()))
}

// quote makes a word of s for the shell that git gives its editor to.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

func indent(s string) string { return "    " + strings.ReplaceAll(s, "\n", "\n    ") + "\n" }
