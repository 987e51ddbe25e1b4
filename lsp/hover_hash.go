package lsp

import (
	"context"
	"time"

	"colophon/message"
	"colophon/repository"
	"colophon/words"
)

// hashWait bounds how long a hover waits for git to look for a commit.
const hashWait = 500 * time.Millisecond

// hash is about the commit whose id stands at a place of a line. Where this repository
// does not have it, there is nothing to say: it may be a word, or a commit elsewhere.
func (x *explainer) hash(ctx context.Context, line message.Span, at int) ([]string, message.Span) {
	span, ok := idAt(x.m.Text, line, at)
	repo := x.known.commit.Repository
	if !ok || repo == nil {
		return nil, span
	}
	ctx, stop := context.WithTimeout(ctx, hashWait)
	defer stop()
	c, err := repo.Show(ctx, x.m.Slice(span))
	if err != nil {
		return nil, span
	}
	const shown = 12 // digits
	return []string{
		words.HoverCommit.With("hash", x.v.code(c.ID[:shown]), "subject", x.v.text("“"+clipped(c.Subject)+"”")),
		words.HoverCommitBy.With("author", x.v.text(clipped(c.Author)), "date", x.v.text(c.Date)),
	}, span
}

// idAt is the word at a place that can be a commit's id.
func idAt(text string, line message.Span, at int) (message.Span, bool) {
	if !line.Contains(at) {
		return message.Span{}, false
	}
	s := message.Span{Start: at, End: at}
	for s.Start > line.Start && inWord(text[s.Start-1]) {
		s.Start--
	}
	for s.End < line.End && inWord(text[s.End]) {
		s.End++
	}
	return s, repository.IsID(text[s.Start:s.End])
}

func inWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

// clipped keeps what somebody else wrote short.
func clipped(s string) string {
	const most = 200
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
