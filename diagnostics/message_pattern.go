package diagnostics

import (
	"cmp"
	"regexp"
	"strings"
	"sync"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

var messagePattern = &Rule{
	ID:       "message-pattern",
	Severity: Warning,
	Summary:  "The message matches a pattern that the project refuses, or lacks one that it wants.",
	Why: `A policy can name regular expressions (RE2) for lines that must not, or must, be in
a message: a word planted in the documentation that only a machine would repeat, or
the form of a link. Each says in its own words what is wrong and what to do. A pattern
says something about the text and nothing about who wrote it.`,
	Bad: []Example{{
		Policy:  "version: 1\nproject: Example\npatterns:\n  - {name: a canary word, match: '(?i)\\bxylotomist\\b', why: The word xylotomist is a trap for tools that repeat our guide; take it out.}\n",
		Message: "queue: drop a dead store\n\nAs a xylotomist would.\n",
	}},
	Good: []Example{{
		Policy:  "version: 1\nproject: Example\npatterns:\n  - {name: a canary word, match: '(?i)\\bxylotomist\\b', why: The word xylotomist is a trap for tools that repeat our guide; take it out.}\n",
		Message: "queue: drop a dead store\n\nIt is never read.\n",
	}},
	check:   checkMessagePattern,
	request: checkMessagePattern,
	issue:   checkMessagePattern,
	cover:   checkMessagePattern,
}

// compiled holds the patterns of policies; a policy is judged at each keystroke.
var compiled sync.Map // the expression → *regexp.Regexp

func expression(expr string) *regexp.Regexp {
	if r, ok := compiled.Load(expr); ok {
		return r.(*regexp.Regexp)
	}
	r, err := regexp.Compile(expr)
	if err != nil {
		return nil // the policy's reader has refused it
	}
	compiled.Store(expr, r)
	return r
}

// What patterns are tried on is bounded, in bytes: they cost more than all else, and
// what they look for is not hidden in long texts.
const (
	mostLine  = 1000
	mostLines = 32 << 10
)

func checkMessagePattern(j *judge) {
	lines := make(map[string][]message.Span)
	for i := range j.Policy.Patterns {
		p := &j.Policy.Patterns[i]
		re := expression(p.Match)
		if re == nil || (j.Kind == CoverLetter || j.Kind == Issue) && p.Must == "be-there" {
			continue
		}
		found := false
		if _, ok := lines[p.In]; !ok {
			lines[p.In] = j.linesOf(p.In)
		}
		left := mostLines
		for _, l := range lines[p.In] {
			l.End = min(l.End, l.Start+mostLine)
			if left -= l.Len(); left < 0 {
				break
			}
			at := re.FindStringIndex(j.Message.Slice(l))
			if at == nil {
				continue
			}
			if found = true; p.Must == "be-there" || j.full() {
				break
			}
			span := message.Span{Start: l.Start + at[0], End: l.Start + at[1]}
			if span.Len() == 0 {
				span = l
			}
			j.report(Finding{Span: span, Message: j.patternWords(p, words.PatternFound)})
		}
		if p.Must == "be-there" && !found && !j.unwritten() {
			j.report(Finding{Span: j.where(), Message: j.patternWords(p, words.PatternMissing)})
		}
	}
}

func (j *judge) patternWords(p *policy.Pattern, says words.Sentence) string {
	if p.Why != "" {
		return p.Why
	}
	return says.With("Project", j.Policy.Opening(), "pattern", cmp.Or(p.Name, "`"+p.Match+"`"))
}

// linesOf are the lines that a pattern is tried on.
func (j *judge) linesOf(in string) []message.Span {
	m := j.Message
	if in == "trailers" {
		var spans []message.Span
		for _, t := range m.Trailers {
			for _, l := range t.Lines {
				l.End -= len(m.Slice(l)) - len(strings.TrimRight(m.Slice(l), "\r\n"))
				spans = append(spans, l)
			}
		}
		return spans
	}
	var spans []message.Span
	for _, l := range m.Lines {
		switch {
		case l.Kind == message.Comment, l.Span.Len() == 0,
			in == "subject" && (l.Paragraph != 0 || j.unwritten()),
			in == "body" && (l.Paragraph == 0 || m.Block.Len() > 0 && l.Start >= m.Block.Start):
			continue
		}
		spans = append(spans, l.Span)
	}
	return spans
}
