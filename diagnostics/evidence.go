package diagnostics

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// Use is what is known of AI use in this change.
type Use string

// What can be known. A declaration and a fact weigh the same; a fact weighs
// more than the statement that no AI was used.
const (
	UseUnknown  Use = "unknown"
	UseNone     Use = "declared none" // the person said that no AI was used
	UseDeclared Use = "declared"      // a disclosure is there, or one that was meant to be
	UseEvident  Use = "evident"       // a fact says so
)

// Evidence is one fact that says AI was used, with where it stands.
type Evidence struct {
	Source string       // trailer, footer, author, committer, environment, record, commit or statement
	Text   string       // what stands there
	Span   message.Span // in the message; empty for a source outside it
	Noted  *Noted       // what a record says; nil for another source

	token, value string         // of a trailer
	lines        []message.Span // in full
}

// words is the evidence as a sentence speaks of it.
func (e Evidence) words() string {
	switch e.Source {
	case "author":
		return words.EvidenceAuthorPiece.With("text", e.Text)
	case "committer":
		return words.EvidenceCommitterPiece.With("text", e.Text)
	case "statement", "environment", "record", "commit":
		return e.Text
	}
	return words.EvidenceInMessagePiece.With("text", e.Text)
}

// InMessage tells whether the evidence stands in the message.
func (e Evidence) InMessage() bool { return e.Span.Len() > 0 }

// View is what the rules see besides their input; `show` prints it.
type View struct {
	Use      Use
	Evidence []Evidence
	claims   []claim
	attested attested
	request  *request // of a text on the forge
}

// Outline is v without what only the rules need: that may be the manifold of the message.
func (v View) Outline() View {
	o := View{Use: v.Use, Evidence: slices.Clone(v.Evidence)}
	for i := range o.Evidence {
		o.Evidence[i].value, o.Evidence[i].lines = "", nil
	}
	return o
}

// Look gathers what the rules see.
func Look(in Input) View {
	if in.Policy == nil {
		in.Policy = &policy.Policy{}
	}
	if in.Kind.OnForge() {
		q, _ := in.asks()
		r := readRequest(in.Message, q)
		v := r.view(in)
		v.request, v.attested = &r, attestation(in.Message, in.Policy)
		return v
	}
	if in.Totals == nil && len(in.Records) > 0 {
		in.Totals = Total(in.Files, in.Added, in.Records)
	}
	v := View{claims: findClaims(in.Message, in.Policy)}
	v.attested = attestation(in.Message, in.Policy)
	v.Evidence = evidence(in)
	switch {
	case len(v.Evidence) > 0:
		v.Use = UseEvident
	case v.disclosed() && !v.disclosedNone() && !v.onlyPeople(), v.attested.known():
		v.Use = UseDeclared
	case in.Stated == No || v.disclosed() && !v.onlyPeople() || saysNone(in.Message) || v.attested.none():
		v.Use = UseNone
	default:
		v.Use = UseUnknown
	}
	return v
}

// disclosed tells whether a disclosure is there, right or nearly right.
func (v *View) disclosed() bool {
	for _, c := range v.claims {
		if c.place != inComment {
			return true
		}
	}
	return false
}

// onlyPeople tells whether every disclosure names a person with an address: that is
// another use of the trailer, and says nothing of AI.
func (v *View) onlyPeople() bool {
	return v.disclosed() && !slices.ContainsFunc(v.claims, func(c claim) bool { return c.place != inComment && !c.person() })
}

// disclosedNone tells whether every disclosure says that no AI was used.
func (v *View) disclosedNone() bool {
	return !slices.ContainsFunc(v.claims, func(c claim) bool { return c.place != inComment && !c.none() })
}

// entry is a line of the form `Token: value`, seen by git as a trailer or not.
type entry struct {
	token, value string
	span         message.Span
	full         message.Span   // the line
	folded       []message.Span // all lines of a trailer; nil of a line elsewhere
}

// lines are those of the entry, in full.
func (e *entry) lines() []message.Span {
	if e.folded == nil {
		return []message.Span{e.full}
	}
	return e.folded
}

// entries are the trailers, and the lines elsewhere above the cut that have
// their form. They are not kept: a message may be made of nothing else.
func entries(m *message.Message) iter.Seq[entry] {
	return func(yield func(entry) bool) {
		for i := range m.Trailers {
			t := &m.Trailers[i]
			if !yield(entry{token: t.Token, value: t.Value, span: t.Span, folded: t.Lines}) {
				return
			}
		}
		for _, l := range m.Lines {
			if l.Kind != message.Body && l.Kind != message.Subject && l.Kind != message.Other {
				continue
			}
			if token, value, ok := trailerLine(m.Slice(l.Span)); ok && !yield(entry{token: token, value: value, span: l.Span, full: l.Full}) {
				return
			}
		}
	}
}

// trailerLine reads a line of the form of a trailer.
func trailerLine(text string) (token, value string, ok bool) {
	if token, value, ok = strings.Cut(text, ":"); !ok {
		return "", "", false // as most lines
	}
	token = strings.TrimRight(token, " \t")
	return token, strings.TrimSpace(value), token != "" && strings.IndexFunc(token, notToken) < 0
}

func notToken(r rune) bool {
	return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}

// credits are the tokens that say who made a change, in small letters; an AI in one is
// a fact. Reviewed-by and its like are not: a review writes nothing.
var credits = map[string]bool{
	"co-authored-by": true, "co-developed-by": true, "assisted-by": true, "generated-by": true, "generated-with": true, "made-with": true,
	"synthesized-by": true, "commit-generated-by": true, "signed-off-by": true, "authored-by": true,
}

func isCredit(token string) bool { return credits[strings.ToLower(token)] }

// isDisclosure tells whether a token can only speak of AI.
func isDisclosure(token string) bool {
	token = strings.ToLower(token)
	whose, what, _ := strings.Cut(token, "-")
	switch {
	case token == "co-authored-by-ai", token == "coding-agent":
		return true
	case whose != "ai" && whose != "llm":
		return false
	}
	switch what {
	case "used-for", "assisted", "assisted-by", "generated", "generated-by", "agent", "assistant", "tool", "model", "prompt", "scope":
		return true
	}
	return false
}

// negatives are the values that say no, or nothing.
var negatives = map[string]bool{"": true, "no": true, "none": true, "false": true, "nothing": true, "n/a": true, "not used": true}

func isNegative(value string) bool { return negatives[strings.ToLower(strings.TrimSuffix(value, "."))] }

// footers are what AI tools write into a message about themselves, by how a line
// begins, after blanks and the robot. Most lines of a message begin with none, and need
// not be matched. A sentence that only begins like one is prose: there has to be the
// robot, or a link, or nothing but the name of a product that means nothing else.
var footers = []struct {
	starts []string // in small letters
	whole  pattern
}{
	{[]string{"generated", "created", "written", "made "}, compile(`(?i)^\s*🤖\s*(?:generated|created|written|made) (?:with|by|using) \[?(?:` + footerNames + `|claude|cursor|gemini|amp|devin)\b` +
		`|^\s*(?:generated|created|written|made) (?:with|by|using) \[(?:` + footerNames + `|claude|cursor|gemini|amp|devin)\]\(https?://` +
		`|^\s*(?:generated|created|written|made) (?:with|by|using) (?:` + footerNames + `)\.?\s*(?:\(?https?://\S*)?\s*$`)},
	{[]string{"claude-", "amp-", "agent-", "replit-", "entire-", "partio-"}, compile(`(?i)^(?:claude-session|amp-thread-id|agent-logs-url|replit-commit-author|replit-commit-session-id|entire-checkpoint|entire-session|entire-agent|partio-checkpoint): *\S` +
		`|^(?:entire|partio)-attribution: *(?:\d*[1-9][\d.]*|0\.\d*[1-9]\d*)% agent\b`)}, // not 0%
	{[]string{"made-with"}, compile(`(?i)^made-with: *(?:cursor|claude|copilot|windsurf|codex)\b`)},
	{[]string{"https:"}, compile(`(?i)^\s*https://(?:claude\.ai/(?:code|share)|chatgpt\.com/(?:share|codex)|ampcode\.com/threads)/\S+\s*$`)},
}

// footerNames are products whose names mean nothing else.
const footerNames = `claude code|github copilot|opencode|codex cli|gemini cli|aider|windsurf|chatgpt|openhands|qwen code`

// isFooter tells whether a tool has written a line.
func isFooter(line string) bool {
	text := line
	if line != "" && (line[0] <= ' ' || line[0] >= utf8.RuneSelf) { // few do, and it takes its time
		text = strings.TrimLeft(line, " \t\n\f\r🤖")
	}
	for _, f := range footers {
		for _, start := range f.starts {
			if len(text) >= len(start) && strings.EqualFold(text[:len(start)], start) && f.whole.MatchString(line) {
				return true
			}
		}
	}
	return false
}

// evidence gathers the facts. The policy's own trailer is a declaration and
// none of them.
func evidence(in Input) []Evidence {
	var found []Evidence
	if in.Stated == Yes {
		found = append(found, Evidence{Source: "statement", Text: words.EvidenceStatedPiece.String()})
	}
	for e := range entries(in.Message) {
		own := in.Policy.Disclosure.Is(e.token)
		switch {
		case own:
		case isCredit(e.token) && isToolValue(e.value),
			isDisclosure(e.token) && !isNegative(e.value):
			found = append(found, Evidence{Source: "trailer", Text: e.token + ": " + e.value, Span: e.span, token: e.token, value: e.value, lines: e.lines()})
		}
	}
	for _, l := range in.Message.Lines {
		if text := in.Message.Slice(l.Span); l.Paragraph >= 0 && isFooter(text) {
			found = append(found, Evidence{Source: "footer", Text: strings.TrimSpace(text), Span: l.Span, lines: []message.Span{l.Full}})
		}
	}
	for _, p := range []struct {
		source string
		Person
	}{{"author", in.Author}, {"committer", in.Committer}} {
		if IsTool(p.Person) {
			found = append(found, Evidence{Source: p.source, Text: p.Person.String()})
		}
	}
	found = append(dedupe(found), in.Facts...)
	if in.Totals != nil {
		for i := range in.Totals.notes {
			found = append(found, in.Totals.notes[i].evidence())
		}
	}
	return found
}

// dedupe drops a footer that is a trailer's line and was taken already.
func dedupe(es []Evidence) []Evidence {
	var kept []Evidence
	seen := make(map[message.Span]bool)
	for _, e := range es {
		if e.InMessage() && seen[e.Span] {
			continue
		}
		seen[e.Span] = e.InMessage()
		kept = append(kept, e)
	}
	return kept
}

// NoAI is the remark by which a person says that no AI was used. It stands in a
// comment, so it is gone from the commit.
const NoAI = string(words.NoAIText)

func saysNone(m *message.Message) bool {
	for _, l := range m.Lines {
		if l.Kind == message.Comment && SaysNone(m.Slice(l.Span), m.Options.Comment) {
			return true
		}
	}
	for line := range strings.SplitSeq(remarks(m), "\n") {
		if SaysNone(line, m.Options.Comment) {
			return true
		}
	}
	return false
}

// remarks is the text between the scissors line and the patch below it, as far
// as a person may have typed something there.
func remarks(m *message.Message) string {
	below := m.Below()
	below = below[:min(len(below), 16<<10)]
	if i := strings.Index(below, "\ndiff "); i >= 0 {
		below = below[:i+1]
	}
	return below
}
