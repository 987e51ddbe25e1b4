package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"colophon/policy"
)

func newPolicyInit() *cobra.Command {
	var from string
	var force bool
	c := &cobra.Command{
		Use:   "init",
		Short: "Begin a policy file for this repository",
		Long: `Write a short .colophon.yaml with remarks at the top of the work tree, to be finished
by a maintainer. Nothing else is changed, and git is not told of the file.

With --from the file extends a preset and says what is to be checked first.`,
		Example: "  colophon policy init\n  colophon policy init --from qemu-2026-09",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			here, err := around(c.Context())
			if err != nil {
				return err
			}
			top := topOf(here)
			if top == "" {
				return usage("there is no work tree here; go to the project's folder (after `git init`)")
			}
			text, err := startFile(projectName(top), from, time.Now())
			if err != nil {
				return err
			}
			if err := begin(top, text, force); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), `Wrote %s.

Next:
  1. Read it and change what is not so; docs/policy.md explains every key.
  2. colophon policy validate            whether it can be used
  3. colophon policy explain FILE...     what it asks of an AI-assisted change, and where
  4. git add %[2]s && git commit     so that it holds for everybody
`, plain(filepath.Join(top, policy.FileName)), policy.FileName)
			return err
		},
	}
	c.Flags().StringVar(&from, "from", "", "a preset to extend")
	c.Flags().BoolVar(&force, "force", false, "write over a file that is there")
	_ = c.RegisterFlagCompletionFunc("from", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return policy.Presets(), cobra.ShellCompDirectiveNoFileComp
	})
	return c
}

// projectName is a first guess.
func projectName(top string) string {
	name := strings.TrimSuffix(filepath.Base(top), ".git")
	if name = plain(name); name == "" || name == string(filepath.Separator) {
		return "Example"
	}
	return name
}

// startFile is the text of a first policy file.
func startFile(project, from string, now time.Time) (string, error) {
	today, again := now.Format(time.DateOnly), now.AddDate(0, 3, 0).Format(time.DateOnly)
	if from == "" {
		return fmt.Sprintf(startText, strconv.Quote(project), today, again), nil
	}
	if slices.Contains(policy.Aliases(), from) {
		_, presets, _ := policy.AliasOf(from)
		return "", usage("%q stands for one preset or another; name one of %s", from, strings.Join(presets, ", "))
	}
	p, err := policy.Preset(from)
	if err != nil {
		return "", usage("%v", err)
	}
	return fmt.Sprintf(extendText, from, strconv.Quote(project), today, again, p.Who(), p.Source), nil
}

// The project's name is quoted as Go does: its escapes are all YAML's too.
const startText = `# What this project asks of a change that AI helped with, for people and for
# Colophon. Change what is not so, then run: colophon policy validate
version: 1
project: %s
status: proposed          # in-force once the project has agreed on it
as_of: %s         # the date of the text that these rules follow
recheck_by: %s    # when somebody should read that text again
# source: https://example.org/contributing#ai   # where the text stands

# Whether AI may help: allow, limited, decline-unless-approved or decline.
stance: allow

# How a commit message says so: "AI-used-for: code, tests", in front of the sign-off.
disclosure:
  trailer: AI-used-for
  value: kinds            # a list of the kinds below; other forms: docs/policy.md
  kinds: [code, tests, docs, research]
  before: Signed-off-by
  names_tool: allowed     # or forbidden

# Lines that you do not take, where they name an AI. People stay.
forbidden:
  - trailer: Co-authored-by
    why: a tool is no author; the disclosure says where AI helped

# Who signs off.
# signoff:
#   required: true
#   by_ai: forbidden

# Parts of the tree that ask for more. This one would need a maintainer's agreement.
# zones:
#   - name: core
#     paths: ["src/core/**"]
#     asks: [approval]
# approval:
#   trailer: AI-exception-granted-by
#   by: maintainers       # from MAINTAINERS or CODEOWNERS

# How much AI may have written of a fix.
# limits:
#   small-fix: {lines: 20, leave_out: [test, documentation, generated, vendored]}
`

const extendText = `# What this project asks of a change that AI helped with, for people and for
# Colophon. It begins with the preset named here; what stands in this file goes
# before it. All of it together: colophon policy show --effective
version: 1
extends: %s

# Check these first: they are yours, not the preset's.
project: %s
status: proposed          # in-force once the project has agreed on it
as_of: %s         # the date of your own text
recheck_by: %s    # when somebody should read that text again
# This is the text of %[5]s. Write the address of yours.
source: %[6]s

# The preset's lists of paths are of another tree, unless this is %[5]s itself. A list
# here takes the place of the preset's, and ~ takes back what the preset says:
# classes: ~              # the usual tests, documentation and so on
# zones: ~                # no part of the tree asks for more
`

// begin writes the file. A link there is replaced and not followed.
func begin(top, text string, force bool) error {
	root, err := os.OpenRoot(top)
	if err != nil {
		return status{exitFailure, err}
	}
	defer root.Close()
	for _, name := range policy.FileNames() {
		info, err := root.Lstat(filepath.FromSlash(name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return status{exitFailure, err}
		case !force && name == policy.FileName:
			return usage("%s is there already; `colophon policy validate` checks it, --force writes over it", name)
		case !force:
			return usage("%s is there already, and a %s would go before it; --force writes it all the same", name, policy.FileName)
		case name == policy.FileName && info.IsDir():
			return usage("%s is a folder", name)
		}
	}
	// A file of its own first, so that the old one is there until the new one is.
	next := fmt.Sprintf("%s.%d.new", policy.FileName, os.Getpid())
	f, err := root.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return status{exitFailure, err}
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err == nil {
		err = root.Rename(next, policy.FileName)
	}
	if err != nil {
		_ = root.Remove(next)
		return status{exitFailure, err}
	}
	return nil
}
