package lsp

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/change"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

const source = "colophon"

// pullWait bounds how long the first request for diagnostics waits to know what
// is staged, where the client cannot be told to ask again.
const pullWait = 5 * time.Second

var severities = map[diagnostics.Severity]protocol.DiagnosticSeverity{
	diagnostics.Error:   protocol.DiagnosticSeverityError,
	diagnostics.Warning: protocol.DiagnosticSeverityWarning,
	diagnostics.Info:    protocol.DiagnosticSeverityInformation,
	diagnostics.Hint:    protocol.DiagnosticSeverityHint,
}

// tags are for findings on what would better not be there. An editor may show that
// paler; the severity and the sentence say it all the same.
var tags = map[string]protocol.DiagnosticTag{
	"footer-forbidden": protocol.DiagnosticTagUnnecessary,
	"policy-outdated":  protocol.DiagnosticTagDeprecated,
}

// Diagnostic answers a request for the diagnostics of a document.
func (s *server) Diagnostic(ctx context.Context, p *protocol.DocumentDiagnosticParams) (protocol.DocumentDiagnosticReport, error) {
	if f := s.policyFile(p.TextDocument.URI); f != nil {
		return f.answer(ctx, p)
	}
	none := &protocol.RelatedFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: protocol.FullDocumentDiagnosticReport{
		Kind: "full", Items: []protocol.Diagnostic{},
	}}
	ses := s.session(p.TextDocument.URI)
	if ses == nil {
		return none, nil
	}
	if err := ses.ready(ctx); err != nil {
		return nil, err
	}
	items, id, ok := ses.pull()
	if !ok {
		return none, nil
	}
	if p.PreviousResultID != nil && *p.PreviousResultID == id {
		return &protocol.RelatedUnchangedDocumentDiagnosticReport{
			UnchangedDocumentDiagnosticReport: protocol.UnchangedDocumentDiagnosticReport{Kind: "unchanged", ResultID: id},
		}, nil
	}
	none.Items, none.ResultID = items, &id
	return none, nil
}

// pull judges with the newest of what is known. That the client has this result
// is noted before anything newer is learnt, so that it will be told of that.
func (ses *session) pull() (items []protocol.Diagnostic, id string, ok bool) {
	for {
		doc, _ := ses.srv.docs.get(ses.uri)
		k := ses.now()
		if doc == nil || k == nil {
			return nil, "", false
		}
		items = ses.diagnostics(doc, k)
		id = resultID(items)
		ses.mu.Lock()
		newest := ses.known == k
		if newest {
			ses.pulled = id
		}
		ses.mu.Unlock()
		if newest {
			return items, id, true
		}
	}
}

// ready waits until something is known of the repository; and where the client
// cannot be told to ask again, until it is known what is staged.
func (ses *session) ready(ctx context.Context) error {
	enough := ses.staged
	if ses.srv.client.refresh.diagnostics {
		enough = ses.opened
	}
	return ses.wait(ctx, enough, pullWait)
}

// resultID stands for a list of diagnostics.
func resultID(items []protocol.Diagnostic) string {
	h := sha256.New()
	for i := range items {
		raw, err := protocol.Marshal(&items[i])
		if err != nil {
			raw = []byte(err.Error())
		}
		h.Write(raw)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// diagnostics judges one version of the document. There are none for one that is
// too long to be kept.
func (ses *session) diagnostics(doc *document, k *known) []protocol.Diagnostic {
	out := []protocol.Diagnostic{}
	if doc == nil || doc.lines == nil {
		return out
	}
	if k.policy != nil {
		return append(out, ses.invalidPolicy(doc, k))
	}
	p := ses.page(doc, k)
	findings := p.findings()
	for i := range findings {
		out = append(out, p.diagnostic(&findings[i]))
	}
	if p.policy() != nil && doc.shortened && doc.endless(p.m) {
		out = append(out, protocol.Diagnostic{
			Range:    doc.lines.rng(0, 0),
			Severity: protocol.DiagnosticSeverityInformation,
			Code:     protocol.String("commit-contents"),
			Source:   protocol.NewOptional(source),
			Message:  protocol.String(words.MessageTooLong.With("most", strconv.Itoa(maxDocument>>20))),
		})
	}
	return out
}

// diagnostic is one of the page's findings.
func (p *page) diagnostic(f *diagnostics.Finding) protocol.Diagnostic {
	d := protocol.Diagnostic{
		Range:    p.rng(f.Span),
		Severity: severities[f.Severity],
		Code:     protocol.String(f.Rule),
		Source:   protocol.NewOptional(source),
		Message:  protocol.String(f.Message),
	}
	can := &p.srv.client
	if link := p.policy().Source; can.codeDescription && link != "" {
		if href, err := uri.Parse(link); err == nil {
			d.CodeDescription = protocol.CodeDescription{Href: href}
		}
	}
	if tag, ok := tags[f.Rule]; ok && slices.Contains(can.tags, tag) {
		d.Tags = protocol.NewDiagnosticTags(tag)
	}
	if can.related {
		d.RelatedInformation = p.related(f)
	}
	if can.diagnosticData {
		d.Data = p.fixData(f)
	}
	return d
}

// diagnosticData is what a client gets with a diagnostic: the fixes, which the command
// colophon.fix makes by their ids, without a question in between.
type diagnosticData struct {
	Fixes []fixData `json:"fixes"`
}

type fixData struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// fixData is nil for a finding without a fix.
func (p *page) fixData(f *diagnostics.Finding) protocol.LSPAny {
	var d diagnosticData
	for _, fix := range p.fixes() {
		if fix.finding == f {
			d.Fixes = append(d.Fixes, fixData{fix.id, fix.title})
		}
	}
	if d.Fixes == nil {
		return nil
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return nil // texts and nothing else
	}
	return protocol.LSPAny(raw)
}

// related are the places that explain a finding. A file of the change is named
// by its path in the work tree, whether or not it is there.
func (p *page) related(f *diagnostics.Finding) []protocol.DiagnosticRelatedInformation {
	var out []protocol.DiagnosticRelatedInformation
	for _, r := range f.Related {
		at := protocol.Location{URI: p.doc.uri, Range: p.rng(r.Span)}
		text := r.Message
		if r.Path != "" {
			text = r.Path + ": " + r.Message
			// An index may name any path, also one outside.
			if top := p.known.commit.Repository.WorkTree; top != "" && filepath.IsLocal(filepath.FromSlash(r.Path)) {
				at = protocol.Location{URI: uri.File(filepath.Join(top, filepath.FromSlash(r.Path))), Range: linesOf(r.At)}
			}
		}
		out = append(out, protocol.DiagnosticRelatedInformation{Location: at, Message: text})
	}
	return out
}

// linesOf is whole lines of a file: none at the place where lines were only deleted, nor
// at its beginning where all of it is meant.
func linesOf(at change.Place) protocol.Range {
	if at.Line == 0 {
		return protocol.Range{}
	}
	return protocol.Range{Start: protocol.Position{Line: at.Line - 1}, End: protocol.Position{Line: at.Line - 1 + at.Lines}}
}

// invalidPolicy is the one diagnostic while the policy cannot be used. It stands
// on the first line; the sentence says where in the policy to look.
func (ses *session) invalidPolicy(doc *document, k *known) protocol.Diagnostic {
	first := k.parse(doc.text)
	span := first.Subject
	if first.Empty() {
		span = message.Span{}
	}
	return protocol.Diagnostic{
		Range:    doc.lines.rng(span.Start, span.End),
		Severity: protocol.DiagnosticSeverityError,
		Code:     protocol.String("policy-invalid"),
		Source:   protocol.NewOptional(source),
		Message:  protocol.String(unusable(k.policy)),
	}
}

// unusable says that a policy keeps the message from being checked, and where in it.
func unusable(e *policy.Error) string {
	if e.Line == 0 {
		return sentence(words.PolicyUnusable.With("file", e.File, "problem", e.Msg))
	}
	return sentence(words.PolicyUnusableAt.With(
		"file", e.File, "line", strconv.Itoa(e.Line), "column", strconv.Itoa(e.Column), "problem", e.Msg))
}
