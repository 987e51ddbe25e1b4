package lsp

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/message"
	"colophon/words"
)

const (
	maxFolds    = 5000 // where the client gives no limit
	longTrailer = 5    // lines of a block that is worth folding
)

// fold is something to fold, over whole lines. Where a client takes only some, those
// of a lower rank go first.
type fold struct {
	span message.Span
	kind protocol.FoldingRangeKind
	rank int
}

// FoldingRanges folds what git wrote and what is long: comments, the patch file by
// file, an attestation, the trailers. All are whole lines, so that it is the same for
// clients that fold nothing else.
func (s *server) FoldingRanges(ctx context.Context, p *protocol.FoldingRangeParams) ([]protocol.FoldingRange, error) {
	pg, err := s.page(ctx, p.TextDocument.URI, textOnly)
	if pg == nil {
		return []protocol.FoldingRange{}, err
	}
	return pg.folding(&s.client), nil
}

func (p *page) folding(c *client) []protocol.FoldingRange {
	folds := slices.Concat(p.ownFolds(), p.commentFolds(), p.patchFolds())
	slices.SortStableFunc(folds, func(a, b fold) int { return b.rank - a.rank })
	out := []protocol.FoldingRange{}
	for _, f := range folds {
		if len(out) == cmp.Or(c.foldingLimit, maxFolds) {
			break
		}
		r := p.rng(withoutEnd(p.m.Text, f.span))
		if r.Start.Line == r.End.Line {
			continue
		}
		one := protocol.FoldingRange{StartLine: r.Start.Line, EndLine: r.End.Line, Kind: f.kind}
		if c.foldingText {
			one.CollapsedText = new(words.FoldedLines.With("n", fmt.Sprint(r.End.Line-r.Start.Line)))
		}
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b protocol.FoldingRange) int {
		return cmp.Or(cmp.Compare(a.StartLine, b.StartLine), cmp.Compare(b.EndLine, a.EndLine))
	})
	return out
}

// ownFolds are an attestation and a long block of trailers.
func (p *page) ownFolds() (folds []fold) {
	if _, span, ok := p.attestation(); ok {
		folds = append(folds, fold{span, protocol.FoldingRangeKindRegion, 3})
	}
	if block := p.m.Block; len(p.trailers()) > 0 && strings.Count(p.m.Slice(block), "\n") >= longTrailer-1 {
		folds = append(folds, fold{block, protocol.FoldingRangeKindRegion, 2})
	}
	return folds
}

// commentFolds are the comments in the message, and git's remarks below the cut.
func (p *page) commentFolds() (folds []fold) {
	var open message.Span
	end := func() {
		if open.Len() > 0 {
			folds = append(folds, fold{open, protocol.FoldingRangeKindComment, 2})
		}
		open = message.Span{}
	}
	comment := func(line message.Span) {
		if open.Len() == 0 {
			open = line
		}
		open.End = line.End
	}
	for _, l := range p.m.Lines {
		if l.Kind != message.Comment {
			end()
			continue
		}
		comment(l.Full)
	}
	end()
	for at := p.m.Cut; at < len(p.m.Text); {
		line := lineBounds(p.m.Text, at)
		if !strings.HasPrefix(p.m.Slice(line), p.m.Options.Comment) {
			break
		}
		comment(line)
		at = nextLine(p.m.Text, line.End)
	}
	end()
	return folds
}

// patchFolds are files and hunks.
func (p *page) patchFolds() (folds []fold) {
	for _, s := range p.patch() {
		folds = append(folds, fold{message.Span(s.Span), protocol.FoldingRangeKindRegion, 1})
		for _, h := range s.Hunks {
			folds = append(folds, fold{message.Span(h.Span), protocol.FoldingRangeKindRegion, 0})
		}
	}
	return folds
}
