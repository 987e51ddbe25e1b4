package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"colophon/change"
	"colophon/commit"
	"colophon/maintainers"
	"colophon/policy"
	"colophon/report"
)

func newPolicyExplain() *cobra.Command {
	var named, format string
	c := &cobra.Command{
		Use:   "explain PATH...",
		Short: "Say what the policy asks of an AI-assisted change to a path",
		Long: `Say for each path which class it has and why, which zones it lies in, and what the
policy asks there of a change that AI helped with. A path need not exist.`,
		Example: "  colophon policy explain src/core.c docs/new-page.md\n  colophon policy explain --policy qemu-2026-05 accel/tcg/cputlb.c",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return usage("--format %q is none of text, json", format)
			}
			here, err := openPolicy(c.Context(), named)
			if err != nil {
				return err
			}
			out, err := explain(c.Context(), here, args)
			if err != nil {
				return err
			}
			if format == "json" {
				return writeJSON(c.OutOrStdout(), out)
			}
			return out.text(c.OutOrStdout())
		},
	}
	c.Flags().StringVar(&named, "policy", "", "a preset's name or a policy file (default: what the repository says)")
	_ = c.RegisterFlagCompletionFunc("policy", policyNames)
	textOrJSON(c, &format)
	return c
}

type explanation struct {
	Schema int             `json:"schema"`
	Policy explainedPolicy `json:"policy"`
	Paths  []explainedPath `json:"paths"`
}

type explainedPolicy struct {
	Name    string `json:"name"`
	Project string `json:"project"`
	Status  string `json:"status"`
	From    string `json:"from"` // where Colophon found it
}

type explainedPath struct {
	Path    string          `json:"path"` // from the top of the work tree
	Class   string          `json:"class"`
	Because string          `json:"because"` // why it has that class, as a clause
	Folder  bool            `json:"folder"`  // whether it is one today; what lies in it may be asked for other things
	Zones   []explainedZone `json:"zones"`
	Asks    []explainedAsk  `json:"asks"`
}

type explainedZone struct {
	Name    string `json:"name"`
	Ring    string `json:"ring"`    // inner, middle, outer or ""
	Pattern string `json:"pattern"` // the one that takes the path in
	Reading string `json:"reading"` // why it is Colophon's and not the project's, or ""
}

type explainedAsk struct {
	Topic string `json:"topic"` // content, disclosure, pull request, size, zone, agreement, attestation
	Text  string `json:"text"`
}

// explain looks at the paths, which are taken from the current folder.
func explain(ctx context.Context, here *commit.Commit, args []string) (*explanation, error) {
	p := here.Found.Policy
	out := &explanation{Schema: report.Schema, Policy: explainedPolicy{p.Name, p.Project, string(p.Status), here.Found.From}}
	top := ""
	if here.Repository != nil {
		top = here.Repository.WorkTree
	}
	c := &change.Change{}
	var paths []string
	for _, arg := range args {
		path := filepath.ToSlash(filepath.Clean(arg))
		if top != "" {
			dir, name := rootOf(arg, top)
			if dir != top {
				return nil, usage("%s does not lie in %s", arg, top)
			}
			path = filepath.ToSlash(name)
		}
		paths = append(paths, path)
		c.Files = append(c.Files, change.File{Path: path})
	}
	var owners *maintainers.List
	if top != "" {
		var err error
		if c.Attributes, err = here.Repository.Attributes(ctx, here.Config, paths); err != nil {
			return nil, status{exitFailure, err}
		}
		if owners, err = ownersIn(top, p); err != nil {
			return nil, status{exitFailure, err}
		}
	}
	for _, f := range p.Files(c) {
		x := explainedPath{
			Path: f.Path, Class: string(f.Class), Because: p.WhyClass(f.Path, c.Attributes[f.Path]),
			Zones: []explainedZone{}, Asks: []explainedAsk{},
		}
		if info, err := os.Stat(filepath.Join(top, filepath.FromSlash(f.Path))); err == nil && top != "" {
			x.Folder = info.IsDir()
		}
		for _, z := range f.Zones {
			x.Zones = append(x.Zones, explainedZone{z.Name, z.Ring, z.Pattern(f.Path), string(z.Mark)})
		}
		for _, a := range asksOf(p, f, owners) {
			x.Asks = append(x.Asks, explainedAsk{a.Topic, a.Text})
		}
		out.Paths = append(out.Paths, x)
	}
	return out, nil
}

// ownersIn reads who maintains what, where the policy wants to know.
func ownersIn(top string, p *policy.Policy) (*maintainers.List, error) {
	if p.Approval.By != "maintainers" {
		return nil, nil
	}
	root, err := os.OpenRoot(top)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return maintainers.Read(root)
}

func (e *explanation) text(w io.Writer) error {
	var b strings.Builder
	for i, x := range e.Paths {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s\n", plain(x.Path))
		row := func(name, text string) { fmt.Fprintf(&b, "  %-6s %s\n", name, plain(text)) }
		row("class", x.Class+": "+x.Because)
		if x.Folder {
			row("", "This is a folder; name a file in it, which may get another answer.")
		}
		for _, z := range x.Zones {
			text := z.Name
			if z.Ring != "" {
				text += ", " + z.Ring + " ring"
			}
			text += ": by the pattern `" + z.Pattern + "`"
			if z.Reading != "" {
				text += " " + policy.Reading
			}
			row("zone", text)
		}
		for i, a := range x.Asks {
			name := ""
			if i == 0 {
				name = "asks"
			}
			row(name, a.Text)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
