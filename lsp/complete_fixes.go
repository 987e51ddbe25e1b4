package lsp

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"go.lsp.dev/protocol"

	"colophon/repository"
	"colophon/words"
)

// fixedNumber is what is left to fill in where a project names issues.
const fixedNumber = "<number>"

// completeFixes offers commits as this project refers to them: first those that
// touched what is staged, then the newest. They are found by the hash, or by words
// of the subject.
func (o *offers) completeFixes(ctx context.Context, c spot) {
	h, touched, _ := o.history(ctx, true)
	o.more = true
	if h == nil {
		return
	}
	span, lead := o.rest(c)
	typed := o.typed(span.Start, c)
	add := func(x offer) {
		if x.label == strings.TrimRight(typed, " \t") {
			return // it stands there, and Enter is to end the line
		}
		x.span, x.text, x.kind, x.filter = span, lead+x.label, protocol.CompletionItemKindReference, filterFor(typed, x.label)
		o.add(x)
	}
	if f := h.Fixes; f.Issues {
		if text := f.Reference + fixedNumber; strings.HasPrefix(text, typed) {
			add(offer{label: text, fill: []string{fixedNumber}, detail: words.CompleteIssue.String(), about: says("fixes")})
		}
	}
	offered := make(map[string]bool)
	commit := func(p repository.Past, detail string) {
		if len(o.items) == maxOffers || offered[p.ID] || aside(p.Subject) || !refers(p, typed) {
			return
		}
		offered[p.ID] = true
		add(offer{label: h.Fixes.Write(p), detail: detail, about: slices.Concat(
			says("text", "text", p.Subject), says("made", "id", p.ID, "author", p.Author, "date", p.Dated),
		)})
	}
	for _, p := range touched {
		commit(p, words.CompleteTouched.With("date", p.Dated))
	}
	for _, p := range h.Commits {
		commit(p, p.Dated)
	}
}

// aside tells of commits that brought nothing of their own.
func aside(subject string) bool {
	for _, start := range []string{"Merge ", "fixup! ", "squash! ", "amend! "} {
		if strings.HasPrefix(subject, start) {
			return true
		}
	}
	return strings.TrimSpace(subject) == ""
}

// refers tells whether what was typed may mean a commit. Parentheses and quotes are
// those of the form.
func refers(p repository.Past, typed string) bool {
	subject := strings.ToLower(p.Subject)
	for _, w := range strings.FieldsFunc(strings.ToLower(typed), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_' && r != '.' && r != '/'
	}) {
		if !strings.HasPrefix(p.ID, w) && !strings.Contains(subject, w) {
			return false
		}
	}
	return true
}
