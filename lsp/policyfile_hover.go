package lsp

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.lsp.dev/protocol"

	"colophon/policy"
	"colophon/words"
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
			return words.PolicyFilePreset.With("name", p.Name, "state", presetState(p), "about", p.Summary) + sourceOf(p)
		}
	case s.Value && s.Key.Name == "value" && policy.FormOf(policy.Grammar(s.Text)) != nil:
		form := policy.FormOf(policy.Grammar(s.Text))
		return words.PolicyFileForm.With("name", string(form.Name), "about", form.About, "looks", form.Looks, "example", form.Example)
	case s.Value && len(s.Path) > 1 && s.Path[0] == "attestation":
		if u, ok := policy.UsualField(s.Text); ok {
			return words.PolicyFileKey.With("name", u.Name, "about", u.About)
		}
	case s.Named && s.Path[0] == "severity":
		about := ruleSummary(s.Text)
		if about == "" {
			about = words.PolicyFileRuleAbout.String()
		}
		return words.PolicyFileKey.With("name", s.Text, "about", about) + "\n\n" + takes(d, s)
	case s.Named:
		return takes(d, s)
	}
	name := s.Path[len(s.Path)-1]
	return words.PolicyFileKey.With("name", name, "about", s.Key.Doc) + "\n\n" + takes(d, s)
}

// takes is what may stand there, and what would without this file.
func takes(d *policy.Draft, s policy.Spot) string {
	text := words.PolicyFileTakes.With("what", s.Key.Takes())
	if value, from, ok := d.Inherited(s.Path...); ok {
		const most = 200
		if len(value) > most {
			value = strings.ToValidUTF8(value[:most], "") + " …"
		}
		text += "\n\n" + words.PolicyFileInherited.With("preset", from, "value", value)
	}
	return text
}

// explainGlob says which files a pattern matches.
func (f *policyFile) explainGlob(ctx context.Context, s policy.Spot) string {
	t := f.files()
	c, ok := t.find(ctx, s.Text)
	switch {
	case t == nil:
		return words.PolicyFileUnlisted.With("pattern", s.Text)
	case !ok:
		return words.PolicyFileSlow.With("pattern", s.Text)
	case c.n == 0:
		return words.PolicyFileNoMatch.With("pattern", s.Text, "all", strconv.Itoa(len(t.paths)))
	}
	text := words.PolicyFileMatches.With("pattern", s.Text, "n", strconv.Itoa(c.n), "all", strconv.Itoa(len(t.paths)))
	if c.n == 1 {
		text = words.PolicyFileMatch.With("pattern", s.Text)
	}
	text += "\n"
	for _, p := range c.first {
		text += "\n- " + code(p)
	}
	if c.n > len(c.first) {
		text += "\n- " + words.PolicyFileMore.With("n", strconv.Itoa(c.n-len(c.first)))
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
	as := words.PresetAsOf
	days := int(time.Since(day).Hours() / 24)
	switch {
	case days == 1:
		as = words.PresetAsOfYesterday
	case days > 1:
		as = words.PresetAsOfDays
	}
	return as.With("status", text, "day", p.AsOf, "n", strconv.Itoa(days))
}

func sourceOf(p *policy.Policy) string {
	if p.Source == "" {
		return ""
	}
	return "\n\n" + p.Source
}
