package pullrequest

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The whole text is read without links and emphasis, for which the parser takes a
// time that grows with the square of a paragraph. Only titles and the words of boxes
// need them, and these are short.
var (
	whole = parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(shallow{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(&codeSpans{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
		),
		parser.WithParagraphTransformers(util.Prioritized(addresses{parser.LinkReferenceParagraphTransformer}, 100)),
	)
	short = parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 100)),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithInlineParsers(util.Prioritized(extension.NewStrikethroughParser(), 500)),
	)
)

const (
	maxShort = 2 << 10 // bytes
	maxDepth = 20      // lists and quotes within each other, two for a list
	maxLines = 1000    // of a paragraph that may consist of addresses for links
)

func parseBlocks(source []byte) (document ast.Node, refs references) {
	pc := parser.NewContext()
	return whole.Parse(text.NewReader(source), parser.WithContext(pc)), references{pc}
}

// shallow takes no more of what is nested deeper than anybody writes: each line
// costs the parser a step for each level.
type shallow struct{ parser.BlockParser }

func (s shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) >= maxDepth {
		return nil, parser.NoChildren
	}
	return s.BlockParser.Open(parent, reader, pc)
}

// addresses finds the addresses of links in what is not too long: each costs the
// parser a step for each line.
type addresses struct{ parser.ParagraphTransformer }

func (a addresses) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if n.Lines().Len() <= maxLines {
		a.ParagraphTransformer.Transform(n, reader, pc)
	}
}

// codeSpans looks only once for the end of a code span: where a paragraph has no
// more backquotes of one number, the next of that number are not one's beginning
// either.
type codeSpans struct{ parser.InlineParser }

type endless struct {
	parent ast.Node
	quotes int
}

var endlessKey = parser.NewContextKey()

func (c *codeSpans) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	known := pc.ComputeIfAbsent(endlessKey, func() any { return make(map[endless]bool) }).(map[endless]bool)
	line, segment := block.PeekLine()
	e := endless{parent, len(line) - len(bytes.TrimLeft(line, "`"))}
	if known[e] {
		block.Advance(e.quotes)
		return ast.NewTextSegment(segment.WithStop(segment.Start + e.quotes))
	}
	n := c.InlineParser.Parse(parent, block, pc)
	if n != nil && n.Kind() == ast.KindText {
		known[e] = true
	}
	return n
}

// references knows the addresses that a text has given names for its links.
type references struct{ parser.Context }

// context is one for a short text.
type context struct {
	parser.Context
	refs references
}

func (c context) Reference(label string) (parser.Reference, bool) { return c.refs.Reference(label) }

// plain is the words of a title or a paragraph: without markup, and in one line.
func (r references) plain(markdown []byte) string {
	markdown = markdown[:cut(markdown, maxShort)]
	var b strings.Builder
	if bytes.ContainsAny(markdown, "*_~`[]<&\\") {
		document := short.Parse(text.NewReader(markdown), parser.WithContext(context{parser.NewContext(), r}))
		inWords(&b, document, markdown)
	} else {
		b.Write(markdown)
	}
	return oneLine(strings.ToValidUTF8(b.String(), "\ufffd"))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func inWords(b *strings.Builder, n ast.Node, source []byte) {
	switch n := n.(type) {
	case *ast.Text:
		value := n.Segment.Value(source)
		if !n.IsRaw() && n.Parent().Kind() != ast.KindCodeSpan {
			value = util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(value)))
		}
		b.Write(value)
		if n.SoftLineBreak() || n.HardLineBreak() {
			b.WriteByte(' ')
		}
	case *ast.AutoLink:
		b.Write(n.Label(source))
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		inWords(b, c, source)
	}
}
