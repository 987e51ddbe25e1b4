package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/message"
	"colophon/words"
)

// maxOffers is how many items a list has. Nobody reads more, and what is typed next
// makes another list.
const maxOffers = 50

// offer is one thing that completion offers, whatever the client can show.
type offer struct {
	label  string
	kind   protocol.CompletionItemKind // one of those that every client knows
	detail string                      // some words beside it
	span   message.Span                // what is replaced: on one line, with the caret in it
	text   string
	fill   []string // placeholders in text
	filter string   // what is typed is its beginning; "" is the label
	first  bool     // the one that the person most likely wants
	comma  bool     // a comma takes it, and goes on behind it
	about  []about
}

// offers is the list that is being made.
type offers struct {
	*page
	client    client
	items     []protocol.CompletionItem
	more      bool // the list is not all there is: ask again when more is typed
	triggered bool // by a character that the person typed, who may not want anything
}

// add makes an item of an offer, of what the client has announced that it takes.
func (o *offers) add(x offer) {
	if len(o.items) == maxOffers {
		o.more = true
		return
	}
	it := protocol.CompletionItem{
		Label: x.label, Kind: x.kind,
		SortText: protocol.NewOptional(fmt.Sprintf("%02d", len(o.items))),
	}
	if x.filter != "" && x.filter != x.label {
		it.FilterText = protocol.NewOptional(x.filter)
	}
	switch {
	case x.detail == "":
	case o.client.labelDetails:
		it.LabelDetails = &protocol.CompletionItemLabelDetails{Description: &x.detail}
	default:
		it.Detail = protocol.NewOptional(x.detail)
	}
	if x.first && o.client.preselect {
		it.Preselect = protocol.NewOptional(true)
	}
	if x.comma && o.client.commitCharacters {
		it.CommitCharacters = []string{","}
	}
	text := x.text
	switch {
	case len(x.fill) == 0:
	case o.client.snippets:
		text = snippet(text, x.fill)
		it.InsertTextFormat = protocol.InsertTextFormatSnippet
	default:
		text, _, _ = strings.Cut(text, x.fill[0]) // no placeholder is left to trip on
	}
	it.TextEdit = &protocol.TextEdit{Range: o.rng(x.span), NewText: text}
	if len(x.about) > 0 {
		if o.client.lazyDocs {
			it.Data, _ = json.Marshal(x.about) // strings alone
		} else {
			it.Documentation = o.srv.explain(x.about)
		}
	}
	o.items = append(o.items, it)
}

// about is one sentence of an item's documentation: its name, and what is filled in.
// It is the item's data, so that nothing has to be remembered: neither the document
// nor the list need be there any more when the client asks.
type about struct {
	Says string   `json:"says"`
	With []string `json:"with,omitempty"`
}

// says is a sentence about an item; none where what is to be filled in is empty.
func says(name string, with ...string) []about {
	for i := 1; i < len(with); i += 2 {
		if strings.TrimSpace(with[i]) == "" {
			return nil
		}
		with[i] = strings.ToValidUTF8(with[i], "\uFFFD")
	}
	return []about{{name, with}}
}

// CompletionResolve adds the documentation. What the client sends may be anything:
// what is no data of ours comes back as it is.
func (s *server) CompletionResolve(_ context.Context, it *protocol.CompletionItem) (*protocol.CompletionItem, error) {
	var sentences []about
	if it.Documentation == nil && len(it.Data) > 0 && json.Unmarshal(it.Data, &sentences) == nil {
		it.Documentation = s.explain(sentences)
	}
	return it, nil
}

// explain writes the documentation of an item; nil where there is none.
func (s *server) explain(sentences []about) protocol.InlayHintTooltip {
	const most = 8
	v := voice{s.client.itemMarkdown}
	var text []string
	for _, a := range sentences[:min(len(sentences), most)] {
		sentence, ok := explanation(a.Says)
		if !ok {
			continue
		}
		with := slices.Clone(a.With[:min(len(a.With), 2*most)])
		for i := 1; i < len(with); i += 2 {
			switch with[i-1] {
			case "example", "id", "kind":
				with[i] = v.code(with[i])
			default:
				with[i] = v.prose(with[i])
			}
		}
		text = append(text, sentence.With(with...))
	}
	switch {
	case len(text) == 0:
		return nil
	case v.markdown:
		return v.content(strings.Join(text, "\n\n"))
	}
	return protocol.String(strings.Join(text, "\n"))
}

// explanation is the sentence of that name.
func explanation(name string) (words.Sentence, bool) {
	s, ok := map[string]words.Sentence{
		"text":       "{text}", // a project's own
		"disclosure": words.CompleteAboutDisclosure, "tool": words.CompleteAboutTool, "form": words.HoverKeyForm,
		"degree": words.HoverKeyFor, "not-needed": words.HoverKeyBackground, "origin": words.CompleteAboutOrigin,
		"kind": words.HoverKind, "note": words.CompleteAboutNote, "approval": words.CompleteAboutApproval,
		"person": words.CompleteAboutPerson, "once": words.CompleteAboutOnce,
		"made":          words.CompleteAboutMade,
		"signed-off-by": words.CompleteAboutSignedOffBy, "reviewed-by": words.CompleteAboutReviewedBy, "acked-by": words.CompleteAboutAckedBy,
		"tested-by": words.CompleteAboutTestedBy, "reported-by": words.CompleteAboutReportedBy, "suggested-by": words.CompleteAboutSuggestedBy,
		"co-authored-by": words.CompleteAboutCoauthoredBy,
		"fixes":          words.CompleteAboutFixes, "cc": words.CompleteAboutCc, "link": words.CompleteAboutLink,
	}[name]
	return s, ok
}
