package diagnostics

import (
	"strings"

	"colophon/message"
	"colophon/policy"
)

// place says where a disclosure stands.
type place string

const (
	inBlock   place = "block"   // git sees it
	inText    place = "text"    // above the cut, but git sees no trailer
	inComment place = "comment" // git strips it
	belowCut  place = "below"   // git drops it
)

// claim is a disclosure in the policy's own key, or in something so near to it
// that nothing else can be meant.
type claim struct {
	place   place
	exact   bool   // the key is spelled as the policy has it
	known   bool   // the key is the policy's but for its case, so git sees the same token
	want    string // the policy's token that it is, or was meant to be
	key     message.Span
	value   string
	span    message.Span     // key and value
	lines   []message.Span   // in full
	trailer *message.Trailer // nil unless inBlock
	para    int              // -1 outside paragraphs
}

// at maps a span of the value to the text.
func (c claim) at(s message.Span) message.Span {
	if c.trailer != nil {
		return c.trailer.At(s)
	}
	base := c.span.End - len(c.value)
	return message.Span{Start: base + s.Start, End: base + s.End}
}

// none tells whether the disclosure says that no AI was used.
func (c claim) none() bool { return c.value != "" && isNegative(c.value) }

// person tells whether the value names a person with an address, and no tool.
func (c claim) person() bool {
	p := person(c.value)
	return p.Email != "" && !IsTool(p)
}

func (c claim) valueSpan() message.Span { return c.at(message.Span{Start: 0, End: len(c.value)}) }

// wideColon stands in East Asian text; Git does not know it.
const wideColon = "："

// keyed reads a line that may hold a disclosure: up to three blanks, a key in any
// spelling, a colon. More blanks make an example of it.
func keyed(line string) (key, value message.Span, wide, ok bool) {
	end, behind := strings.IndexByte(line, ':'), 1
	if i := strings.Index(line, wideColon); i >= 0 && (end < 0 || i < end) {
		end, behind, wide = i, len(wideColon), true
	}
	if end < 0 {
		return key, value, false, false
	}
	for key.Start < min(3, end) && line[key.Start] == ' ' {
		key.Start++
	}
	key.End = len(strings.TrimRight(line[:end], " \t"))
	if key.Len() < 4 || key.Len() > 29 || !isLetter(rune(line[key.Start])) {
		return key, value, wide, false
	}
	if strings.ContainsFunc(line[key.Start:key.End], func(r rune) bool { return !isLetter(r) && r != ' ' && r != '_' && r != '-' }) {
		return key, value, wide, false
	}
	value = message.Span{Start: len(line) - len(strings.TrimLeft(line[end+behind:], " \t")), End: len(line)}
	return key, value, wide, true
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// enough is how many disclosures are looked at, and findings of one rule told:
// nobody reads more, and a fix for each of thousands would take minutes.
const enough = 20

func findClaims(m *message.Message, p *policy.Policy) []claim {
	if p.Disclosure.Trailer == "" {
		return nil
	}
	tokens := p.Disclosure.Tokens()
	var claims []claim
	for i := range m.Trailers {
		t := &m.Trailers[i]
		if len(claims) >= enough {
			return claims
		}
		want, exact := meantKey(t.Token, tokens)
		if want != "" {
			claims = append(claims, claim{
				place: inBlock, exact: exact, known: t.Is(want), want: want, key: t.TokenSpan,
				value: t.Value, span: message.Span{Start: t.Span.Start, End: t.ValueSpan.End}, lines: t.Lines, trailer: t,
			})
		}
	}
	last := m.LastParagraph()
	for _, l := range m.Lines {
		if len(claims) >= enough {
			return claims
		}
		if l.Kind == message.TrailerLine || l.Kind == message.Subject && l.Start == m.Subject.Start && !m.Unwritten() {
			continue // a subject is a subject, even if it begins like a trailer
		}
		text, where, start := m.Slice(l.Span), inText, l.Start
		if l.Kind == message.Comment {
			bare := strings.TrimPrefix(text, m.Options.Comment)
			if strings.HasPrefix(bare, "\t") {
				continue // a path in a list of git's, of which there may be very many
			}
			start += len(text) - len(bare)
			text, where = bare, inComment
		}
		among := l.Paragraph >= 0 && l.Paragraph == last
		if c, ok := lineClaim(text, start, where, among, p, tokens); ok {
			c.lines, c.para = []message.Span{l.Full}, l.Paragraph
			claims = append(claims, c)
		}
	}
	at := m.Cut
	for line := range strings.SplitAfterSeq(remarks(m), "\n") {
		text := strings.TrimRight(line, "\r\n \t")
		bare := strings.TrimPrefix(text, m.Options.Comment)
		if c, ok := lineClaim(bare, at+len(text)-len(bare), belowCut, false, p, tokens); ok && (bare == text || strings.HasPrefix(bare, " ")) {
			c.lines, c.para = []message.Span{{Start: at, End: at + len(line)}}, -1
			claims = append(claims, c)
		}
		at += len(line)
	}
	return claims
}

// lineClaim reads a line that git does not take for a trailer. Unless it stands
// among the trailers, it only counts if its value could be meant: prose about
// the trailer is prose.
func lineClaim(text string, start int, where place, among bool, p *policy.Policy, tokens []string) (claim, bool) {
	if strings.IndexByte(text, ':') < 0 && !strings.Contains(text, wideColon) {
		return claim{}, false // as most lines
	}
	text = strings.TrimRight(text, " \t\r\n") // a verbatim message keeps them, git's values do not
	k, v, wide, ok := keyed(text)
	if !ok {
		return claim{}, false
	}
	key, value := text[k.Start:k.End], text[v.Start:v.End]
	want, exact := meantKey(key, tokens)
	if want == "" || !among && !meant(value, p, where) {
		return claim{}, false
	}
	return claim{
		place: where, exact: exact && !wide, known: !wide && strings.EqualFold(key, want), want: want,
		key:   message.Span{Start: start + k.Start, End: start + k.End},
		value: value,
		span:  message.Span{Start: start + k.Start, End: start + v.End},
	}, true
}

func meant(value string, p *policy.Policy, where place) bool {
	if value == "" {
		return where == inText
	}
	if p.Disclosure.Value != policy.Kinds && where == inText {
		return true
	}
	if isNegative(value) {
		return true
	}
	for _, it := range p.Disclosure.Items(value) {
		if it.Kind != "" || it.Suggest != "" {
			return true
		}
	}
	// In a comment or below the scissors, a value that names a tool is meant.
	return p.Disclosure.Value != policy.Kinds && isToolValue(value)
}

// meantKey is the one of the policy's tokens that a key is, or is meant to be, and
// whether it is so to the letter; "" if it is none.
func meantKey(key string, tokens []string) (want string, exact bool) {
	for _, t := range tokens {
		if strings.EqualFold(key, t) {
			return t, key == t
		}
	}
	for _, t := range tokens {
		if near, _ := nearKey(key, t); near {
			return t, false
		}
	}
	return "", false
}

// nearKey tells whether a key is the policy's, and whether it is so to the
// letter. Case, blanks, hyphens and two slips of the finger are forgiven.
func nearKey(key, want string) (near, exact bool) {
	switch {
	case key == want:
		return true, true
	case len(key) < 4: // as most words, if a message is made of very many
		return false, false
	}
	a, b := letters(key), letters(want)
	if len(a) < 4 || len(b) < 4 || a[:2] != b[:2] {
		return false, false
	}
	return a == b || len(b) >= 8 && policy.Distance(a, b) <= 2, false
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, strings.ToLower(s))
}
