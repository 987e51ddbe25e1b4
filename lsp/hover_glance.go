package lsp

import (
	"cmp"
	"strconv"
	"strings"

	"colophon/diagnostics"
	"colophon/policy"
	"colophon/words"
)

// sight is the commit in full: the project, what is said of AI help, what the commit
// contains and what of it counts, the zones, and where all this comes from.
func (p *page) sight(v voice, g glance) []string {
	pol := p.policy()
	paragraphs := []string{
		words.HoverProject.With("project", v.strong(cmp.Or(pol.Project, pol.Name)), "status", statusWords(pol.Status), "summary", v.prose(pol.Summary)),
		g.sayAI(v, pol),
		g.sayContents(),
	}
	for i, z := range g.Zones {
		if i == mostZones {
			paragraphs = append(paragraphs, words.HoverZonesMore.With("n", strconv.Itoa(len(g.Zones)-i)))
			break
		}
		paragraphs = append(paragraphs, words.HoverZone.With("zone", v.text(z.Name), "asks", zoneAsks(v, pol, z)))
	}
	if c := p.known.contents; c != nil && c.Doubt != "" {
		paragraphs = append(paragraphs, v.prose(c.Doubt))
	}
	var ours policy.Interpretation
	if g.Limit != nil {
		ours = g.Limit.Mark
	}
	return append(paragraphs, sourceWords(v, pol, ours, p.known.commit.Found.From)...)
}

// sayAI is what is said of AI help, and the next step.
func (g glance) sayAI(v voice, p *policy.Policy) string {
	pairs := []string{
		"Policy", v.text(p.Opening()), "policy", v.text(p.Words()), "key", v.code(p.Disclosure.Trailer),
		"request", v.text(p.PullRequest.Noun()), "kinds", v.text(strings.Join(g.Kinds, ", ")),
	}
	var says []words.Sentence
	switch g.State {
	case diagnostics.StateOpen:
		says = append(says, words.HoverAIOpen)
		if p.Disclosure.Ask == policy.AskAlways {
			says[0] = words.HoverAIAlways
		}
	case diagnostics.StateRequest:
		says = append(says, words.HoverAIRequest)
	case diagnostics.StateNone:
		says = append(says, words.HoverAINone)
	case diagnostics.StateDeclared:
		says = append(says, words.HoverAIDeclared)
		if len(g.Kinds) > 0 {
			says[0] = words.HoverAIKinds
		}
	case diagnostics.StateDeclines:
		says = append(says, words.HoverAIDeclines)
		if p.Stance.Code == policy.DeclineUnless {
			says[0] = words.HoverAIUnless
		}
	case diagnostics.StateEvident, diagnostics.StateUndeclared, diagnostics.StateDeclined:
		where, text := g.witness()
		pairs = append(pairs, "where", where, "text", v.code(clipped(text)))
		says = append(says, words.HoverAIEvident)
		switch {
		case g.State == diagnostics.StateUndeclared:
			says = append(says, words.HoverAIMissing)
		case g.State == diagnostics.StateDeclined:
			says = append(says, words.HoverAIDeclined)
		case p.Disclosure.Trailer == "" && p.PullRequest.Wanted():
			says = append(says, words.HoverAIInRequest)
		}
		if g.Evidence.Source == "" {
			says[0] = words.HoverAIDeclared
		}
	default:
		says = append(says, words.HoverAIQuiet)
	}
	var texts []string
	for _, s := range says {
		texts = append(texts, s.With(pairs...))
	}
	return strings.Join(texts, " ")
}

// witness is who or what says that AI was used, and what stands there.
func (g glance) witness() (where, text string) {
	switch g.Evidence.Source {
	case "statement":
		return words.HoverWhereYou.String(), g.Evidence.Text
	case "footer":
		return words.HoverWhereFooter.String(), g.Evidence.Text
	case "author":
		return words.WhereAuthor.String(), g.Evidence.Text
	case "committer":
		return words.WhereCommitter.String(), g.Evidence.Text
	case "record":
		n := g.Evidence.Noted
		return words.HoverWhereRecord.With("source", string(n.Source)), words.HoverRecordLines.With("lines", strconv.Itoa(n.Lines), "all", strconv.Itoa(n.Of))
	}
	return words.HoverWhereText.String(), g.Evidence.Text
}

// sayContents is what the commit contains, and what of it the limit counts.
func (g glance) sayContents() string {
	switch {
	case !g.Known:
		return words.HoverUnknown.String()
	case g.Files == 0:
		return words.HoverNothing.String()
	}
	var parts []string
	for _, p := range g.Parts {
		files := words.HoverFile.String()
		if p.Files != 1 {
			files = words.HoverFiles.With("n", strconv.Itoa(p.Files))
		}
		parts = append(parts, words.HoverPart.With("class", string(p.Class), "lines", lineWords(p.Lines, false), "files", files))
	}
	text := words.HoverContains.With("parts", strings.Join(parts, ", "))
	if !g.limited() {
		return text
	}
	counted, limit := g.counted(), lineWords(g.Limit.Lines, false)
	if len(g.Left) == 0 {
		return text + " " + words.HoverCounted.With("lines", counted, "limit", limit)
	}
	return text + " " + words.HoverCountedNot.With("lines", counted, "limit", limit, "left", leftWords(g.Left))
}

// leftWords names what the limit leaves out.
func leftWords(parts []diagnostics.Part) string {
	var names []string
	for _, p := range parts {
		name := className(p.Class)
		switch p.Class {
		case policy.Test:
			name = words.ClassesTest
		case policy.Generated:
			name = words.ClassesGenerated
		case policy.Vendored:
			name = words.ClassesVendored
		}
		names = append(names, name.String())
	}
	if n := len(names); n > 1 {
		return words.ListAll.With("first", strings.Join(names[:n-1], ", "), "last", names[n-1])
	}
	return strings.Join(names, "")
}
