package lsp

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.lsp.dev/protocol"

	"colophon/policy"
)

// slashed is the file's name below the top, as `extends` would have it.
func (f *policyFile) slashed() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return filepath.ToSlash(f.name)
}

// hover says what the key or the value under the caret means.
func (f *policyFile) hover(ctx context.Context, at protocol.Position) (*protocol.Hover, error) {
	doc, d := f.read()
	if d == nil {
		return nil, nil
	}
	offset := doc.lines.offset(at)
	spot, ok := d.At(offset)
	if !ok && !d.Readable() {
		spot, ok = roughly(doc.text, offset)
	}
	if !ok {
		return nil, nil
	}
	text := f.explain(ctx, d, spot)
	if text == "" {
		return nil, nil
	}
	r := doc.lines.rng(spot.Span.Start, spot.Span.End)
	return &protocol.Hover{Contents: f.srv.markup(text), Range: &r}, nil
}

// roughly is the key under the caret in a text that is no YAML.
func roughly(text string, at int) (policy.Spot, bool) {
	c, _, ok := caretIn(text, at)
	if !ok || c.span.Len() == 0 || c.key == nil {
		return policy.Spot{}, false
	}
	s := policy.Spot{Path: c.path, Key: c.key, Span: c.span, Text: text[c.span.Start:c.span.End], Value: true}
	if k := c.key.Below(s.Text); c.keys && k != nil {
		s.Path, s.Key, s.Value = append(slices.Clone(c.path), s.Text), k, false
		s.Named = c.key.Kind == policy.Table
		return s, true
	}
	return s, c.values && len(s.Path) > 0
}

func (f *policyFile) explain(ctx context.Context, d *policy.Draft, s policy.Spot) string {
	switch {
	case s.Key == nil:
		return ""
	case s.Value && s.Key.Form == "glob":
		return f.explainGlob(ctx, s)
	case s.Value && s.Key.Form == "extends":
		if p, err := policy.Preset(s.Text); err == nil {
			return fmt.Sprintf("**%s**, %s\n\n%s%s", p.Name, presetState(p), p.Summary, sourceOf(p))
		}
	case s.Value && s.Key.Name == "value" && policy.FormOf(policy.Grammar(s.Text)) != nil:
		form := policy.FormOf(policy.Grammar(s.Text))
		return fmt.Sprintf("`%s`: %s\n\nIt looks like `%s`, as in `%s`.", form.Name, form.About, form.Looks, form.Example)
	case s.Value && len(s.Path) > 1 && s.Path[0] == "attestation":
		if u, ok := policy.UsualField(s.Text); ok {
			return fmt.Sprintf("`%s`: %s", u.Name, u.About)
		}
	case s.Named && s.Path[0] == "severity":
		about := ruleSummary(s.Text)
		if about == "" {
			about = "a rule."
		}
		return fmt.Sprintf("`%s`: %s%s", s.Text, about, takes(d, s))
	case s.Named:
		return strings.TrimSpace(takes(d, s))
	}
	name := s.Path[len(s.Path)-1]
	return fmt.Sprintf("`%s`: %s%s", name, s.Key.Doc, takes(d, s))
}

// takes is what may stand there, and what would without this file.
func takes(d *policy.Draft, s policy.Spot) string {
	text := "\n\nIt takes " + s.Key.Takes() + "."
	if value, from, ok := d.Inherited(s.Path...); ok {
		const most = 200
		if len(value) > most {
			value = strings.ToValidUTF8(value[:most], "") + " …"
		}
		text += fmt.Sprintf("\n\nFrom %s: `%s`", from, value)
	}
	return text
}

// explainGlob says which files a pattern matches.
func (f *policyFile) explainGlob(ctx context.Context, s policy.Spot) string {
	t := f.files()
	c, ok := t.find(ctx, s.Text)
	switch {
	case t == nil:
		return fmt.Sprintf("`%s`: which files this matches is not known, as git has listed none here.", s.Text)
	case !ok:
		return fmt.Sprintf("`%s`: to count the files that this matches takes too long.", s.Text)
	case c.n == 0:
		return fmt.Sprintf("`%s` matches none of the %d files that git tracks.", s.Text, len(t.paths))
	}
	text := fmt.Sprintf("`%s` matches %d of the %d files that git tracks:\n", s.Text, c.n, len(t.paths))
	if c.n == 1 {
		text = fmt.Sprintf("`%s` matches 1 file that git tracks:\n", s.Text)
	}
	for _, p := range c.first {
		text += "\n- " + code(p)
	}
	if c.n > len(c.first) {
		text += fmt.Sprintf("\n- and %d more", c.n-len(c.first))
	}
	return text
}

// code is a path from a repository as Markdown that cannot be anything else.
func code(path string) string {
	return "`" + strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '`' {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(path, "?")) + "`"
}

// presetState is the status of a preset and the age of its text.
func presetState(p *policy.Policy) string {
	text := strings.ReplaceAll(string(p.Status), "-", " ")
	day, err := time.Parse(time.DateOnly, p.AsOf)
	if err != nil {
		return text
	}
	text += ", as of " + p.AsOf
	switch days := int(time.Since(day).Hours() / 24); {
	case days == 1:
		text += " (yesterday)"
	case days > 1:
		text += fmt.Sprintf(" (%d days ago)", days)
	}
	return text
}

func sourceOf(p *policy.Policy) string {
	if p.Source == "" {
		return ""
	}
	return "\n\n" + p.Source
}
