package lsp

import (
	"slices"
	"strings"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"

	"colophon/message"
)

const (
	// maxDocument is the longest document that is kept whole, in bytes. A message
	// and git's comments fit, even with a line for each of 100,000 files.
	maxDocument = 11 << 20

	// maxHead is how much is kept of a longer one, in bytes. It leaves room to type
	// until the document must be cut again, and in a buffer of maxDocument for the
	// rest of the message that brings it.
	maxHead = maxDocument - 64<<10
)

// document is one version of an open document. It never changes, so it can be
// used for as long as a request takes.
type document struct {
	uri        uri.URI
	languageID string
	version    int32
	text       string
	lines      *lines

	// shortened says that text is the beginning of the document only: it was too
	// long, and nothing is known of the rest. All positions up to the end of text
	// are those of the whole document. While no scissors line stands in text, the
	// rest may be message, so that nothing can be said about it.
	shortened bool
}

// endless tells whether the message goes on where our text ends: without scissors
// there nobody knows what its last paragraph is.
func (d *document) endless(m *message.Message) bool { return d.shortened && m.Cut == len(m.Text) }

// documents holds the newest version of each open document. What is on disk
// does not matter while a document is open, and neither does the text that
// comes with didSave: some clients send it damaged.
type documents struct {
	encoding protocol.PositionEncodingKind
	log      *zap.Logger
	limits   limits

	mu   sync.RWMutex
	open map[uri.URI]*document
}

func newDocuments(enc protocol.PositionEncodingKind, log *zap.Logger) *documents {
	return &documents{encoding: enc, log: log, limits: theLimits, open: make(map[uri.URI]*document)}
}

// get returns the newest version. It is not ok when the document is not open.
func (d *documents) get(u uri.URI) (doc *document, ok bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	doc, ok = d.open[u]
	return doc, ok
}

// all returns the newest version of every document, in order of their URIs.
func (d *documents) all() []*document {
	d.mu.RLock()
	defer d.mu.RUnlock()
	docs := make([]*document, 0, len(d.open))
	for _, doc := range d.open {
		docs = append(docs, doc)
	}
	slices.SortFunc(docs, func(a, b *document) int { return strings.Compare(string(a.uri), string(b.uri)) })
	return docs
}

// didOpen takes over a document. It is not whole when it is shortened.
func (d *documents) didOpen(item protocol.TextDocumentItem) (doc *document, whole bool) {
	// Decoded strings share memory with their whole message; the small ones
	// must not keep it alive.
	doc = &document{
		uri:        uri.URI(strings.Clone(string(item.URI))),
		languageID: strings.Clone(string(item.LanguageID)),
		version:    item.Version,
	}
	d.replace(doc, item.Text)
	d.publish(doc, false)
	return doc, !doc.shortened
}

// didClose forgets a document and reports whether it was open.
func (d *documents) didClose(u uri.URI) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, ok := d.open[u]
	delete(d.open, u)
	return ok
}

// didChange applies changes in their order and returns the new version. It is
// not ok when the document is not open.
//
// Changes of one document must not come concurrently; the connection sees to
// that.
func (d *documents) didChange(p *protocol.DidChangeTextDocumentParams) (doc *document, ok bool) {
	old, ok := d.get(p.TextDocument.URI)
	if !ok {
		d.log.Warn("change of a document that is not open", zap.Int32("version", p.TextDocument.Version))
		return nil, false
	}
	next := *old
	next.version = p.TextDocument.Version
	for i, change := range p.ContentChanges {
		d.apply(&next, change, i)
	}
	d.publish(&next, old.shortened)
	return &next, true
}

// publish makes doc the newest version. It is logged when that is the first one
// that is shortened.
func (d *documents) publish(doc *document, before bool) {
	if doc.shortened && !before {
		d.log.Warn("document too long, only its beginning is looked at", zap.Int("bytes", len(doc.text)), zap.Int32("version", doc.version))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open[doc.uri] = doc
}

// apply makes change number n in a version that nobody else has yet.
func (d *documents) apply(doc *document, change protocol.TextDocumentContentChangeEvent, n int) {
	switch change := change.(type) {
	case *protocol.TextDocumentContentChangeWholeDocument:
		d.replace(doc, change.Text)
	case *protocol.TextDocumentContentChangePartial:
		start, end, ok := doc.lines.span(change.Range)
		if !ok {
			d.log.Warn("change refused: its range ends before it starts", zap.Int32("version", doc.version), zap.Int("change", n))
			return
		}
		d.splice(doc, start, end, change.Text)
	default:
		d.log.Warn("change refused: it has no text", zap.Int32("version", doc.version), zap.Int("change", n))
	}
}

// replace gives doc another text, all of which is known unless it says otherwise.
func (d *documents) replace(doc *document, text string) {
	doc.text, doc.shortened = d.limits.beginning(text)
	doc.lines = newLines(doc.text, d.encoding)
}

// splice puts text in the place of the bytes from start to end.
func (d *documents) splice(doc *document, start, end int, text string) {
	if doc.shortened && start == len(doc.text) {
		return // somewhere in the rest, which is not known and needs not be
	}
	text, more := d.limits.beginning(text)
	if more {
		end = len(doc.text) // where the rest goes on is not known
		doc.shortened = true
	}
	if len(doc.text)-(end-start)+len(text) > d.limits.document {
		d.replace(doc, doc.text[:start]+text+doc.text[end:])
		return
	}
	doc.lines = doc.lines.splice(start, end, text)
	if head := withoutReturn(doc.lines.text); doc.shortened && len(head) < len(doc.lines.text) {
		doc.lines = doc.lines.splice(len(head), len(doc.lines.text), "")
	}
	doc.text = doc.lines.text
}
