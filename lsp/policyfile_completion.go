package lsp

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/diagnostics"
	"colophon/policy"
	"colophon/words"
)

// maxPaths is how many files are offered to extend.
const maxPaths = 50

// choice is something that can be typed.
type choice struct {
	text  string
	about string // a sentence or two
	says  string // in short
	truth bool   // no text, although YAML writes it as one
}

// complete offers the keys that are not there yet, and the words that a value can
// be. It works on the text as it is, line by line: the YAML is mostly broken.
func (f *policyFile) complete(p protocol.Position) []protocol.CompletionItem {
	doc, ok := f.srv.docs.get(f.uri)
	if !ok {
		return nil
	}
	c, typed, ok := caretIn(doc.text, doc.lines.offset(p))
	if !ok {
		return nil
	}
	var items []protocol.CompletionItem
	add := func(o choice, text string, kind protocol.CompletionItemKind) {
		item := protocol.CompletionItem{
			Label: o.text, Kind: kind,
			SortText: protocol.NewOptional(fmt.Sprintf("%03d", len(items))),
			TextEdit: &protocol.TextEdit{Range: doc.lines.rng(c.span.Start, c.span.End), NewText: text},
		}
		if o.says != "" {
			item.Detail = protocol.NewOptional(o.says)
		}
		if o.about != "" {
			item.Documentation = protocol.String(o.about)
		}
		// What stands in the range is the beginning of what is looked for.
		if there := doc.text[c.span.Start:c.span.End]; there != "" && strings.IndexByte(`'"`, there[0]) >= 0 {
			item.FilterText = protocol.NewOptional(there[:1] + o.text)
		}
		items = append(items, item)
	}
	if c.values {
		for _, o := range f.values(c, typed) {
			if slices.Contains(c.there, o.text) {
				continue
			}
			text := o.text
			switch {
			case o.truth && !c.quoted:
				text = c.lead + text
			case !c.quoted:
				text = c.lead + policy.Scalar(text)
			case strings.ContainsAny(text, `'"\`):
				continue
			}
			if strings.HasSuffix(c.lead, "[") {
				text += "]"
			}
			add(o, text, protocol.CompletionItemKindValue)
		}
	}
	if c.keys && !c.quoted {
		for _, o := range f.keys(c, typed) {
			if slices.Contains(c.there, o.text) {
				continue
			}
			text := c.lead + policy.Scalar(o.text)
			if !c.colon {
				text += ": "
			}
			add(o, text, protocol.CompletionItemKindProperty)
		}
	}
	return items
}

// keys are those that can stand at the caret.
func (f *policyFile) keys(c *policyCaret, typed map[string][]string) []choice {
	var out []choice
	if c.key.Kind == policy.Table {
		switch c.key.Names {
		case "rule":
			for _, id := range policy.Rules {
				out = append(out, choice{text: id, about: ruleSummary(id), says: c.key.Item.Takes()})
			}
		case "zone-or-ring":
			for _, name := range policy.Rings() {
				out = append(out, choice{text: name, about: words.PolicyFileRingAbout.String(), says: words.PolicyFileRing.String()})
			}
			for _, name := range f.zoneNames(typed) {
				out = append(out, choice{text: name, says: words.PolicyFileZone.String()})
			}
		}
		return out
	}
	for _, k := range c.key.Keys {
		out = append(out, choice{text: k.Name, about: k.Doc, says: k.Takes()})
	}
	return out
}

// ruleSummary is what a rule looks for, "" for one that has no page.
func ruleSummary(id string) string {
	if r := diagnostics.RuleByID(id); r != nil {
		return r.Summary
	}
	return ""
}

// values are the words that a value at the caret can be.
func (f *policyFile) values(c *policyCaret, typed map[string][]string) []choice {
	k := c.key
	if k == nil {
		return nil
	}
	if k.Kind == policy.List {
		k = k.Item
	}
	if k.Kind == policy.Mapping && k.Short != "" {
		k = k.Key(k.Short)
	}
	where := strings.Join(c.path, ".")
	var out []choice
	plain := func(texts []string, says words.Sentence) {
		for _, t := range texts {
			out = append(out, choice{text: t, says: says.String()})
		}
	}
	switch {
	case len(k.OneOf) > 0:
		for _, w := range k.OneOf {
			o := choice{text: w}
			if form := policy.FormOf(policy.Grammar(w)); form != nil && k.Name == "value" {
				o.about, o.says = words.PolicyFileAsIn.With("about", form.About, "example", form.Example), form.Looks
			}
			out = append(out, o)
		}
	case k.Kind == policy.Truth:
		out = append(out, choice{text: "true", truth: true}, choice{text: "false", truth: true})
	case k.Form == "mark":
		out = append(out, choice{text: "true", says: words.PolicyFileMark.String(), truth: true})
	case k.Form == "extends":
		return f.extendable()
	case k.Form == "zone":
		plain(f.zoneNames(typed), words.PolicyFileZone)
	case where == "disclosure.kinds":
		plain([]string{"code", "tests", "docs", "research"}, words.PolicyFileKind)
	case k.Form == "kind":
		plain(f.either(typed, "disclosure", "kinds"), words.PolicyFileKind)
	case where == "attestation.fields" || where == "attestation.fields.name":
		for _, name := range policy.UsualFields() {
			u, _ := policy.UsualField(name)
			out = append(out, choice{text: name, about: u.About, says: u.Label})
		}
	case strings.HasPrefix(where, "attestation.for."):
		names := append(slices.Clone(typed["attestation.fields"]), typed["attestation.fields.name"]...)
		if len(names) == 0 {
			names = f.words("attestation", "fields")
		}
		plain(names, words.PolicyFileField)
	}
	return out
}

// zoneNames are the zones of the text, or those that are inherited.
func (f *policyFile) zoneNames(typed map[string][]string) []string {
	if own := typed["zones.name"]; len(own) > 0 {
		return own
	}
	return f.words("zones")
}

// either is a list of words of the text as it is, or as it was last YAML.
func (f *policyFile) either(typed map[string][]string, path ...string) []string {
	if own := typed[strings.Join(path, ".")]; len(own) > 0 {
		return own
	}
	return f.words(path...)
}

// extendable are the presets, and files of the repository that may be policies.
func (f *policyFile) extendable() []choice {
	var out []choice
	for _, name := range policy.Presets() {
		if p, err := policy.Preset(name); err == nil {
			out = append(out, choice{text: name, about: p.Summary, says: presetState(p)})
		}
	}
	t := f.files()
	if t == nil || f.named {
		return out
	}
	found := 0
	for _, p := range t.paths {
		name := path.Base(p)
		if ext := path.Ext(name); ext != ".yaml" && ext != ".yml" || p == f.slashed() || found == maxPaths {
			continue
		}
		// Of all the YAML in a repository, little is policy. A path has a slash or
		// ends like this, so it cannot be taken for a preset.
		if strings.Contains(p, "policy") || strings.Contains(p, "policies") || strings.Contains(name, "colophon") {
			out = append(out, choice{text: p, says: words.PolicyFileRepository.String()})
			found++
		}
	}
	return out
}
