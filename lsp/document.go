package lsp

import (
	"slices"
	"strings"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"
)

// maxDocument is the longest document that is kept, in bytes.
const maxDocument = 32 << 20

// document is one version of an open document. It never changes, so it can be
// used for as long as a request takes.
type document struct {
	uri        uri.URI
	languageID string
	version    int32
	text       string
	lines      *lines
}

// documents holds the newest version of each open document. What is on disk
// does not matter while a document is open, and neither does the text that
// comes with didSave: some clients send it damaged.
type documents struct {
	encoding protocol.PositionEncodingKind
	log      *zap.Logger

	mu   sync.RWMutex
	open map[uri.URI]*document // without lines when the text is not known
}

func newDocuments(enc protocol.PositionEncodingKind, log *zap.Logger) *documents {
	return &documents{encoding: enc, log: log, open: make(map[uri.URI]*document)}
}

// get returns the newest version. It is not ok when the document is not open,
// or too long to be kept.
func (d *documents) get(u uri.URI) (doc *document, ok bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	doc = d.open[u]
	return doc, doc != nil && doc.lines != nil
}

// all returns the newest version of every document, in order of their URIs.
func (d *documents) all() []*document {
	d.mu.RLock()
	defer d.mu.RUnlock()
	docs := make([]*document, 0, len(d.open))
	for _, doc := range d.open {
		if doc.lines != nil {
			docs = append(docs, doc)
		}
	}
	slices.SortFunc(docs, func(a, b *document) int { return strings.Compare(string(a.uri), string(b.uri)) })
	return docs
}

// didOpen takes over a document. It is not ok when it is too long to be kept.
func (d *documents) didOpen(item protocol.TextDocumentItem) (doc *document, ok bool) {
	// Decoded strings share memory with their whole message; the small ones
	// must not keep it alive.
	doc = &document{
		uri:        uri.URI(strings.Clone(string(item.URI))),
		languageID: strings.Clone(string(item.LanguageID)),
		version:    item.Version,
	}
	if d.fits(len(item.Text), item.Version) {
		doc.text = item.Text
		doc.lines = newLines(item.Text, d.encoding)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open[doc.uri] = doc
	return doc, doc.lines != nil
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
// not ok when there is no document to go on with: it is not open, or it is too
// long by now.
//
// Changes of one document must not come concurrently; the connection sees to
// that.
func (d *documents) didChange(p *protocol.DidChangeTextDocumentParams) (doc *document, ok bool) {
	d.mu.RLock()
	old := d.open[p.TextDocument.URI]
	d.mu.RUnlock()
	if old == nil {
		d.log.Warn("change of a document that is not open", zap.Int32("version", p.TextDocument.Version))
		return nil, false
	}
	doc = &document{uri: old.uri, languageID: old.languageID, version: p.TextDocument.Version}
	l := old.lines
	for i, change := range p.ContentChanges {
		l = d.apply(l, change, doc.version, i)
	}
	if l != nil {
		doc.text, doc.lines = l.text, l
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open[doc.uri] = doc
	return doc, doc.lines != nil
}

// apply returns the text after change number n. No lines means that the text
// is not known; only a change of the whole text helps then.
func (d *documents) apply(l *lines, change protocol.TextDocumentContentChangeEvent, version int32, n int) *lines {
	switch change := change.(type) {
	case *protocol.TextDocumentContentChangeWholeDocument:
		if !d.fits(len(change.Text), version) {
			return nil
		}
		return newLines(change.Text, d.encoding)
	case *protocol.TextDocumentContentChangePartial:
		if l == nil {
			return nil
		}
		start, end, ok := l.span(change.Range)
		if !ok {
			d.log.Warn("change refused: its range ends before it starts", zap.Int32("version", version), zap.Int("change", n))
			return l
		}
		if !d.fits(len(l.text)-(end-start)+len(change.Text), version) {
			return nil
		}
		return l.splice(start, end, change.Text)
	default:
		d.log.Warn("change refused: it has no text", zap.Int32("version", version), zap.Int("change", n))
		return l
	}
}

// fits reports whether a text can be kept, and logs when it cannot.
func (d *documents) fits(size int, version int32) bool {
	if size <= maxDocument {
		return true
	}
	d.log.Warn("document too long, it is ignored", zap.Int("bytes", size), zap.Int("limit", maxDocument), zap.Int32("version", version))
	return false
}
