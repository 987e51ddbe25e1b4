package report

import (
	"fmt"
	"strings"

	"colophon/policy"
)

// The marks between which another test writes what the fixes make of the presets.
const (
	MatrixBegin = "<!-- matrix -->\n"
	MatrixEnd   = "<!-- end of matrix -->\n"
)

// PoliciesPage is the page of the presets in Markdown: a table, then what each
// means for a contributor. The matrix stands between its marks as it is.
func PoliciesPage(presets []*policy.Policy, matrix string) string {
	var b strings.Builder
	b.WriteString("# The presets\n\n<!-- Made from policy/presets by `make docs`; do not edit. -->\n\n" +
		"These are the policies that Colophon knows, in our words, with the date of the text\n" +
		"that each follows; the project's own text, behind the link, is what counts. What a text\n" +
		"leaves open and we had to settle is marked " + policy.Reading + ".\n\n" +
		"| preset | project | status | as of | look again by | AI help | where disclosed | trailer and form | not taken | limit, parts | source |\n" +
		"|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, p := range presets {
		cells := []string{
			"[" + p.Name + "](#" + anchor(p.Name) + ")", p.Project, string(p.Status), p.AsOf, p.RecheckBy,
			stance(p), whereDisclosed(p), trailerAndForm(&p.Disclosure), notTaken(p), limitAndZones(p), link(p.Source),
		}
		for i, c := range cells {
			cells[i] = strings.ReplaceAll(marked(c), "|", `\|`)
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	b.WriteString("\n" + MatrixBegin + matrix + MatrixEnd)
	for _, p := range presets {
		b.WriteString(presetSection(p))
	}
	return b.String()
}

func presetSection(p *policy.Policy) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s\n\n%s: %s\n\n", p.Name, marked(p.Project), marked(p.Summary))
	fmt.Fprintf(&b, "Status: %s as of %s", p.Status, p.AsOf)
	if p.Since != "" {
		fmt.Fprintf(&b, ", applied from %s", p.Since)
	}
	fmt.Fprintf(&b, "; look again by %s. Source: <%s>.\n", p.RecheckBy, p.Source)
	topic := ""
	for _, f := range policy.Facts(p) {
		if f.Topic != topic {
			topic = f.Topic
			fmt.Fprintf(&b, "\n**%s**\n\n", strings.ToUpper(topic[:1])+marked(topic[1:]))
		}
		fmt.Fprintf(&b, "- %s\n", marked(f.Text))
	}
	return b.String()
}

func stance(p *policy.Policy) string {
	out := string(p.Stance.Of(policy.Code))
	for _, x := range []struct {
		class policy.Class
		name  string
	}{{policy.Test, "tests"}, {policy.Documentation, "documentation"}} {
		if s := string(p.Stance.Of(x.class)); s != string(p.Stance.Of(policy.Code)) {
			out += "; " + x.name + ": " + s
		}
	}
	return out
}

func whereDisclosed(p *policy.Policy) string {
	var where []string
	if p.Disclosure.Trailer != "" {
		where = append(where, "commit message")
	}
	if p.PullRequest.Wanted() {
		where = append(where, "pull request")
	}
	if p.Issue.Wanted() {
		where = append(where, "issue")
	}
	if len(p.Attest.Fields) > 0 {
		where = append(where, "attestation")
	}
	return orDash(strings.Join(where, ", "))
}

func trailerAndForm(d *policy.Disclosure) string {
	if d.Trailer == "" {
		return "—"
	}
	var all []string
	for _, t := range d.Tokens() {
		all = append(all, "`"+t+":`")
	}
	form := policy.FormOf(d.Value)
	if form.Name == policy.Kinds || form.Name == policy.Free && len(d.Kinds) > 0 {
		return strings.Join(all, ", ") + " " + strings.Join(d.Kinds, ", ")
	}
	return strings.Join(all, ", ") + " " + form.Looks
}

func notTaken(p *policy.Policy) string {
	var out []string
	for _, f := range p.Forbidden {
		switch {
		case f.Trailer != "":
			out = append(out, "`"+f.Trailer+"`")
		case f.Footer != "":
			out = append(out, "tools' footers")
		default:
			out = append(out, "AI as "+f.Identity)
		}
	}
	if p.Disclosure.NamesTool == policy.Refused {
		out = append(out, "names of tools")
	}
	return orDash(strings.Join(out, ", "))
}

func limitAndZones(p *policy.Policy) string {
	var out []string
	if l := p.Limits.SmallFix; l != nil {
		out = append(out, fmt.Sprintf("%d %s", l.Lines, lines(l.Lines)))
	}
	for _, z := range p.Zones {
		out = append(out, z.Name)
	}
	return orDash(strings.Join(out, ", "))
}

func link(address string) string {
	_, host, _ := strings.Cut(address, "://")
	host, _, _ = strings.Cut(host, "/")
	return "[" + host + "](" + address + ")"
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// anchor is how a heading is linked to: in small letters, without dots.
func anchor(heading string) string {
	return strings.ToLower(strings.ReplaceAll(heading, ".", ""))
}

// marked keeps text from being taken for HTML or emphasis, outside of code.
func marked(text string) string {
	parts := strings.Split(text, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = strings.NewReplacer("<", "&lt;", "*", `\*`).Replace(parts[i])
	}
	return strings.Join(parts, "`")
}

// GrammarTable is the table of the grammars of a disclosure's value.
func GrammarTable(forms []policy.Form) string {
	var b strings.Builder
	b.WriteString("| `value:` | looks like | example | what it is |\n|---|---|---|---|\n")
	for _, f := range forms {
		fmt.Fprintf(&b, "| `%s` | %s | `%s` | %s |\n", f.Name, marked(f.Looks), f.Example, marked(f.About))
	}
	return b.String()
}

// KeyList is the reference of a language's keys as a nested list.
func KeyList(k *policy.Key) string {
	var b strings.Builder
	keyList(&b, k, "")
	return b.String()
}

func keyList(b *strings.Builder, k *policy.Key, indent string) {
	for _, c := range k.Keys {
		takes, inner := c.Takes(), c
		switch {
		case c.Kind == policy.List && c.Item.Kind == policy.Mapping:
			inner = c.Item
		case c.Kind == policy.List && c.Item.Takes() != "a text":
			takes += ", each " + c.Item.Takes()
		case c.Kind == policy.Table:
			takes += ", its values " + c.Item.Takes()
		}
		if inner.Short != "" {
			takes += fmt.Sprintf("; a bare word is its `%s`", inner.Short)
		}
		fmt.Fprintf(b, "%s- `%s` (%s): %s\n", indent, c.Name, marked(takes), marked(c.Doc))
		keyList(b, inner, indent+"  ")
	}
}
