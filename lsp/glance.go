package lsp

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"

	"colophon/diagnostics"
	"colophon/policy"
	"colophon/words"
)

// screenWidth is that of a small terminal, in columns. Virtual text behind or above a
// line is cut off there.
const screenWidth = 80

// factsApart stands between the facts of the glance in one line, as Neovim puts it
// between two lenses.
const factsApart = " | "

// glance is a commit at one glance, as the lens, the status line and the hover of the
// first line show it.
type glance struct {
	diagnostics.Glance
	facts []fact // the most important first
}

// fact is one thing of the glance, in full and in fewer words, which may be "".
type fact struct{ text, short string }

func (p *page) glance() glance { return p.sees() }

func (p *page) survey() glance {
	view, findings := p.check()
	g := glance{Glance: diagnostics.GlanceOf(p.input(), view, findings)}
	add := func(text, short string) { g.facts = append(g.facts, fact{text, short}) }
	add(g.aboutAI(p.policy()))
	switch {
	case !g.Known && p.known.contents != nil && p.known.change() == nil && p.known.contents.Doubt != "":
		add(words.GlanceUntold.String(), "")
	case !g.Known:
		add(words.GlanceUnknown.String(), words.GlanceNotYet.String())
	case g.Files == 0:
		add(words.GlanceEmpty.String(), "")
	default:
		add(g.lines())
	}
	if len(g.Zones) > 0 {
		add(g.zones())
	}
	add(nameOf(p.policy()))
	if g.limited() && leftLines(g.Left) > 0 {
		add(words.GlanceLeft.With("parts", partWords(g.Left)), words.GlanceLeftLong.With("lines", lineWords(leftLines(g.Left), false)))
	}
	return g
}

// within is as many facts as fit in so many columns of a line, none of them cut. Of
// one that does not fit, those behind it may.
func (g glance) within(columns int) []string {
	var texts []string
	for _, f := range g.facts {
		for _, text := range []string{f.text, f.short} {
			need := width(text)
			if len(texts) > 0 {
				need += width(factsApart)
			}
			if text != "" && need <= columns {
				texts = append(texts, text)
				columns -= need
				break
			}
		}
	}
	return texts
}

// limited tells whether the limit may concern this commit.
func (g glance) limited() bool { return g.Limit != nil && g.State != diagnostics.StateNone }

// aboutAI is what is said of AI help, and what the project makes of it.
func (g glance) aboutAI(p *policy.Policy) (text, short string) {
	where := g.evidence()
	switch g.State {
	case diagnostics.StateOpen:
		return words.GlanceOpen.String(), ""
	case diagnostics.StateRequest:
		return words.GlanceRequest.With("request", cleaned(p.PullRequest.Noun())), ""
	case diagnostics.StateNone:
		return words.GlanceNone.String(), ""
	case diagnostics.StateDeclared:
		if len(g.Kinds) > 0 {
			return words.GlanceKinds.With("kinds", cleaned(strings.Join(g.Kinds, ", "))), words.GlanceDeclared.String()
		}
		return words.GlanceDeclared.String(), ""
	case diagnostics.StateDeclines:
		if p.Stance.Code == policy.DeclineUnless {
			return words.GlanceUnless.String(), ""
		}
		return words.GlanceDeclines.String(), ""
	case diagnostics.StateDeclined:
		if where == "" {
			return words.GlanceDeclines.String(), ""
		}
		return words.GlanceDeclined.With("where", where), words.GlanceDeclines.String()
	case diagnostics.StateEvident, diagnostics.StateUndeclared:
		said := words.GlanceEvident
		if g.State == diagnostics.StateUndeclared {
			said = words.GlanceUndeclared
		}
		if where == "" {
			return words.GlanceYouSaid.String(), ""
		}
		return said.With("where", where), words.GlanceEvident.With("where", where)
	}
	return words.GlanceQuiet.String(), ""
}

// evidence is where AI use shows; "" where only the person has said so.
func (g glance) evidence() string {
	switch g.Evidence.Source {
	case "", "statement":
		return ""
	case "footer":
		return words.WhereFooter.String()
	case "author":
		return words.WhereAuthor.String()
	case "committer":
		return words.WhereCommitter.String()
	}
	return cleaned(g.Evidence.Where())
}

// counted is how many lines count for the limit, and how many of them AI wrote where a
// record says so.
func (g glance) counted() string {
	lines := lineWords(g.Counted, g.Partial)
	if g.AI < 0 {
		return lines
	}
	return words.GlanceNoted.With("n", strconv.Itoa(g.AI), "lines", lines)
}

// lines is what is counted: of the limit, or by class.
func (g glance) lines() (text, short string) {
	if g.limited() {
		return words.GlanceLimit.With("lines", g.counted(), "limit", strconv.Itoa(g.Limit.Lines)), ""
	}
	total := lineWords(leftLines(g.Parts), g.Partial)
	if g.Partial {
		return total, ""
	}
	return words.GlanceParts.With("parts", partWords(g.Parts)), total
}

func (g glance) zones() (text, short string) {
	if len(g.Zones) == 1 {
		return words.GlanceZone.With("zone", cleaned(g.Zones[0].Name)), words.GlanceInZone.String()
	}
	return words.GlanceZones.With("zones", strings.Join(zoneNames(g.Zones), ", ")), words.GlanceMany.With("n", strconv.Itoa(len(g.Zones)))
}

func zoneNames(zones []*policy.Zone) []string {
	var names []string
	for _, z := range zones {
		names = append(names, cleaned(z.Name))
	}
	return names
}

// nameOf is whose policy it is, and its status.
func nameOf(p *policy.Policy) (text, short string) {
	status := statusWords(p.Status)
	return words.GlancePolicy.With("project", cleaned(cmp.Or(p.Project, p.Name)), "status", status), words.GlanceNoName.With("status", status)
}

func statusWords(s policy.Status) string {
	switch s {
	case policy.Proposed:
		return words.StatusProposed.String()
	case policy.Retired:
		return words.StatusRetired.String()
	}
	return words.StatusInForce.String()
}

func lineWords(n int, more bool) string {
	switch {
	case more && n == 1:
		return words.GlanceMoreOne.String()
	case more:
		return words.GlancePartial.With("n", strconv.Itoa(n))
	case n == 1:
		return words.GlanceLine.String()
	}
	return words.GlanceLines.With("n", strconv.Itoa(n))
}

func partWords(parts []diagnostics.Part) string {
	var texts []string
	for _, p := range parts {
		if p.Lines > 0 || len(parts) == 1 {
			texts = append(texts, partSentence(p.Class).With("n", strconv.Itoa(p.Lines)))
		}
	}
	if len(texts) == 0 && len(parts) > 0 {
		return partSentence(parts[0].Class).With("n", "0")
	}
	return strings.Join(texts, ", ")
}

func partSentence(c policy.Class) words.Sentence {
	switch c {
	case policy.Test:
		return words.PartTest
	case policy.Documentation:
		return words.PartDocumentation
	case policy.Generated:
		return words.PartGenerated
	case policy.Vendored:
		return words.PartVendored
	}
	return words.PartCode
}

func leftLines(parts []diagnostics.Part) (n int) {
	for _, p := range parts {
		n += p.Lines
	}
	return n
}

// cleaned is a name from a repository as it may stand in a line: without line ends,
// control characters and those that turn the direction of writing.
func cleaned(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case r == unicode.ReplacementChar:
			return '?'
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
}

// width is how many columns of a terminal a text takes.
func width(s string) (columns int) {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r), unicode.Is(unicode.Cf, r):
		case r == '\t':
			columns += 8 - columns%8
		case isWide(r):
			columns += 2
		default:
			columns++
		}
	}
	return columns
}

// isWide tells whether a terminal gives a character two columns. Where it is in
// doubt, it is wide.
func isWide(r rune) bool {
	return r >= 0x1100 && r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6 ||
		r >= 0x1f300 && r <= 0x1faff || r >= 0x20000 && r <= 0x3fffd
}
