package lsp

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// Hover says what the thing under the caret means in this project: one sentence, the
// rule, and where it comes from.
func (s *server) Hover(ctx context.Context, p *protocol.HoverParams) (*protocol.Hover, error) {
	if f := s.policyFile(p.TextDocument.URI); f != nil {
		return f.hover(ctx, p.Position)
	}
	pg, err := s.judged(ctx, p.TextDocument.URI)
	if pg == nil || pg.doc.lines == nil {
		return nil, err
	}
	x := explainer{pg, s.voice()}
	paragraphs, span := x.explain(ctx, pg.at(p.Position))
	text := x.v.join(paragraphs)
	if text == "" {
		return nil, nil
	}
	r := pg.rng(span)
	return &protocol.Hover{Contents: x.v.content(text), Range: &r}, nil
}

// explainer explains what stands in a message. Each of its methods returns paragraphs,
// nil where there is nothing to say.
type explainer struct {
	*page
	v voice
}

// explain is what is to be said of a place, and the text that it is about.
func (x *explainer) explain(ctx context.Context, at int) ([]string, message.Span) {
	if x.m.Cut < len(x.m.Text) && at >= x.m.Cut {
		return x.belowCut(at)
	}
	line, ok := x.m.LineAt(at)
	if ok && line.Kind == message.Comment {
		return x.comment(ctx, line, at)
	}
	if paragraphs, span := x.answer(at); paragraphs != nil {
		return paragraphs, span
	}
	for i := range x.m.Trailers {
		if t := &x.m.Trailers[i]; t.Span.Contains(at) {
			if paragraphs, span := x.trailer(ctx, t, at); paragraphs != nil {
				return paragraphs, span
			}
		}
	}
	if first := x.firstLine(); first.Contains(at) {
		return x.sight(x.v, x.glance()), first
	}
	if ok {
		return x.hash(ctx, line.Span, at)
	}
	return nil, message.Span{}
}

// comment is about a line that git drops: a path in its list, the remark that no AI
// was used, a commit in the list of a rebase.
func (x *explainer) comment(ctx context.Context, line message.Line, at int) ([]string, message.Span) {
	text := x.m.Slice(line.Span)
	if diagnostics.SaysNone(text, x.m.Options.Comment) {
		return []string{words.HoverNoAI.String(), words.HoverNoAIMore.String()}, line.Span
	}
	if strings.HasPrefix(text, x.m.Options.Comment+"\t") {
		return x.entry(line.Span)
	}
	return x.hash(ctx, line.Span, at)
}

// answer is about an attestation: its heading, or an answer.
func (x *explainer) answer(at int) ([]string, message.Span) {
	a, ok := diagnostics.AttestationOf(x.input())
	if !ok {
		return nil, message.Span{}
	}
	p := x.policy()
	for _, ans := range a.Answers {
		if !ans.Label.Contains(at) && (ans.Value.Len() == 0 || !ans.Value.Contains(at)) {
			continue
		}
		about := ans.Field.About
		if about == "" {
			about = sentence(ans.Field.Write)
		}
		paragraphs := []string{x.v.prose(about)}
		if s := ans.Field.Statement; s != "" {
			paragraphs = append(paragraphs, words.HoverStatement.With("statement", x.v.text(s)))
		}
		return append(paragraphs, x.source(p.Attest.Mark)...), ans.Label
	}
	if a.Heading.Contains(at) {
		return append([]string{words.HoverAttestation.With("policy", x.v.text(p.Words()))}, x.source(p.Attest.Mark)...), a.Heading
	}
	return nil, message.Span{}
}

// source is where a rule comes from: what of it is ours, then the policy with its
// status, its date and its address.
func (x *explainer) source(ours policy.Interpretation) []string {
	return sourceWords(x.v, x.policy(), ours, "")
}

// sourceWords is the same, with by what the policy was found.
func sourceWords(v voice, p *policy.Policy, ours policy.Interpretation, from string) []string {
	var reading string
	switch text := string(ours); {
	case text == "":
	case strings.HasPrefix(text, "this is Colophon's reading"):
		reading = words.HoverReadingAll.String()
	case strings.Contains(text, "Colophon's reading"):
		reading = v.prose(sentence(text))
	default:
		reading = words.HoverReading.With("reading", v.prose(ended(text)))
	}
	date, found, link := "", "", ""
	if p.AsOf != "" {
		date = words.HoverSourceDate.With("date", v.text(p.AsOf))
	}
	if from != "" {
		found = words.HoverSourceFrom.With("from", v.text(from))
	}
	if p.Source != "" {
		link = words.HoverSourceLink.With("link", v.link(p.Source))
	}
	return []string{reading, words.HoverSource.With("policy", v.text(p.Words()), "status", statusWords(p.Status), "date", date, "found", found, "link", link)}
}

// ended is a clause with a full stop.
func ended(s string) string {
	if s = strings.TrimSpace(s); s == "" || strings.Contains(".!?", s[len(s)-1:]) {
		return s
	}
	return s + "."
}
