package lsp

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/commit"
	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// mostHints is how many hints an answer has. No screen shows more at once.
const mostHints = 1000

// hintData comes back with a hint whose tooltip the client wants.
type hintData struct {
	URI  uri.URI `json:"uri"`
	Path []byte  `json:"path"` // need not be UTF-8
}

// InlayHint says, behind each path in git's list of what will be committed, what the
// file is for the policy. Only the range that is asked for is looked at.
func (s *server) InlayHint(ctx context.Context, p *protocol.InlayHintParams) ([]protocol.InlayHint, error) {
	if !s.client.inlayHints {
		return s.UnimplementedServer.InlayHint(ctx, p)
	}
	// Even of a client that would ask again: Neovim 0.10 shows hints once for each
	// version of the text, so an early answer without any would stay.
	pg, err := s.page(ctx, p.TextDocument.URI, staged)
	if err != nil || !pg.glances() || !shows(pg.set.Hints, true) {
		return []protocol.InlayHint{}, err
	}
	return pg.hints(p.Range), nil
}

// hints are those of a range.
func (p *page) hints(r protocol.Range) []protocol.InlayHint {
	start, end, ok := p.doc.lines.span(r)
	if !ok || len(p.known.files) == 0 {
		return []protocol.InlayHint{}
	}
	entries := p.entries()
	first, _ := slices.BinarySearchFunc(entries, start, func(e commit.Entry, at int) int { return e.Span.End - at })
	var asked []commit.Entry
	paths := make(map[string]*policy.File)
	for _, e := range entries[first:] {
		if e.Span.End > end || len(asked) == mostHints {
			break
		}
		if e.File != nil {
			asked = append(asked, e)
			paths[e.File.Path] = nil
		}
	}
	if len(asked) == 0 {
		return []protocol.InlayHint{}
	}
	for i := range p.known.files {
		f := &p.known.files[i]
		if _, ok := paths[f.Path]; ok {
			paths[f.Path] = f
		}
	}
	hints := []protocol.InlayHint{}
	for _, e := range asked {
		if f := paths[e.File.Path]; f != nil {
			if h, ok := p.hint(e, f); ok {
				hints = append(hints, h)
			}
		}
	}
	return hints
}

// hint stands behind the path. ok is false where the line has no room for one.
func (p *page) hint(e commit.Entry, f *policy.File) (h protocol.InlayHint, ok bool) {
	at := e.Span.End
	line := lineAround(p.m.Text, at)
	label := hintLabel(p.policy(), f, screenWidth-width(p.m.Slice(message.Span{Start: line.Start, End: at}))-1)
	if label == "" {
		return h, false
	}
	h = protocol.InlayHint{Position: p.rng(message.Span{Start: at, End: at}).Start, Label: protocol.String(label), PaddingLeft: new(true)}
	if !p.srv.client.lazyTips {
		h.Tooltip = protocol.String(p.tooltip(f))
		return h, true
	}
	data, err := json.Marshal(hintData{p.doc.uri, []byte(f.Path)})
	h.Data = data
	return h, err == nil
}

// hintLabel is as much of class, lines and zone as fits in so many columns, the most
// important first and none of them cut.
func hintLabel(p *policy.Policy, f *policy.File, columns int) string {
	facts := []string{hintClass(f.Class).String()}
	switch l := p.Limits.SmallFix; {
	case l != nil && slices.Contains(l.LeaveOut, f.Class):
		facts = append(facts, words.HintLeftOut.String())
	case f.Binary:
		facts = append(facts, words.HintBinary.String())
	case f.Partial:
		facts = append(facts, words.HintNotCounted.String())
	default:
		facts = append(facts, lineWords(f.Counted, false))
	}
	switch n := len(f.Zones); {
	case n == 1:
		facts = append(facts, words.HintZone.With("zone", cleaned(f.Zones[0].Name)))
	case n > 1:
		facts = append(facts, words.HintZones.With("n", strconv.Itoa(n)))
	}
	for n := len(facts); n > 0; n-- {
		if text := strings.Join(facts[:n], ", "); width(text) <= columns {
			return text
		}
	}
	return ""
}

func hintClass(c policy.Class) words.Sentence {
	switch c {
	case policy.Test:
		return words.HintTest
	case policy.Documentation:
		return words.HintDocumentation
	case policy.Generated:
		return words.HintGenerated
	case policy.Vendored:
		return words.HintVendored
	}
	return words.HintCode
}

// tooltip is why the file is what the hint says, as plain text: no client tells
// whether it would read Markdown there.
func (p *page) tooltip(f *policy.File) string {
	x := explainer{p, voice{}}
	return x.v.join(x.file(f))
}

// InlayHintResolve adds the tooltip. A hint of a document that is gone, or of a file
// that is no longer part of the commit, comes back as it was.
func (s *server) InlayHintResolve(ctx context.Context, h *protocol.InlayHint) (*protocol.InlayHint, error) {
	if !s.client.lazyTips {
		return s.UnimplementedServer.InlayHintResolve(ctx, h)
	}
	var data hintData
	if json.Unmarshal(h.Data, &data) != nil {
		return h, nil
	}
	pg, err := s.page(ctx, data.URI, textOnly)
	if err != nil || !pg.glances() {
		return h, err
	}
	if f := pg.fileOf(string(data.Path)); f != nil {
		h.Tooltip = protocol.String(pg.tooltip(f))
	}
	return h, nil
}
