package lsp

import (
	"context"
	"strings"
	"time"

	"go.lsp.dev/protocol"

	"colophon/commit"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// codeInvalid is the rule of what keeps a policy file from being used.
const codeInvalid = "policy-invalid"

// answer answers a request for the diagnostics of a policy file.
func (f *policyFile) answer(ctx context.Context, p *protocol.DocumentDiagnosticParams) (protocol.DocumentDiagnosticReport, error) {
	if !f.srv.client.refresh.diagnostics {
		// The client cannot be told to ask again.
		late := time.NewTimer(pullWait)
		defer late.Stop()
		select {
		case <-f.looked:
		case <-late.C:
		case <-f.ctx.Done():
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		f.count()
	}
	items := []protocol.Diagnostic{}
	var id string
	for {
		doc, d := f.read()
		t := f.files()
		if d != nil {
			items = f.diagnostics(doc, d, t)
		}
		id = resultID(items)
		f.mu.Lock()
		newest := f.tracked == t
		if newest {
			f.pulled, f.shown = id, doc
		}
		f.mu.Unlock()
		if newest {
			break
		}
	}
	nudge(f.again)
	if p.PreviousResultID != nil && *p.PreviousResultID == id {
		return &protocol.RelatedUnchangedDocumentDiagnosticReport{
			UnchangedDocumentDiagnosticReport: protocol.UnchangedDocumentDiagnosticReport{Kind: "unchanged", ResultID: id},
		}, nil
	}
	return &protocol.RelatedFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: protocol.FullDocumentDiagnosticReport{
		Kind: "full", Items: items, ResultID: &id,
	}}, nil
}

// diagnostics are the problems of the text, and the hints that need to know the
// repository and the day.
func (f *policyFile) diagnostics(doc *document, d *policy.Draft, t *tracked) []protocol.Diagnostic {
	out := []protocol.Diagnostic{}
	for _, p := range d.Problems {
		out = append(out, f.problem(doc, p))
	}
	hints := d.Hints(commit.Today(f.srv.env), func(pattern string) (int, bool) {
		c, ok := t.known(pattern)
		return c.n, ok && len(t.paths) > 0
	})
	for _, h := range hints {
		out = append(out, policyDiagnostic(doc, h.Span, severities[diagnostics.Severity(h.Severity)], h.Rule, sentence(h.Msg)))
	}
	return out
}

func (f *policyFile) problem(doc *document, p policy.Problem) protocol.Diagnostic {
	if p.Line == 0 {
		start, end := doc.lines.line(0)
		p.Span = message.Span{Start: start, End: end}
	}
	return policyDiagnostic(doc, p.Span, protocol.DiagnosticSeverityError, codeInvalid, sentence(p.Msg))
}

// sentence is a problem as it stands alone.
func sentence(text string) string {
	if text != "" && text[0] >= 'a' && text[0] <= 'z' {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") {
		text += "."
	}
	return text
}

// policyDiagnostic stands on the first line of a span: a list or a text may go on
// over many.
func policyDiagnostic(doc *document, s message.Span, severity protocol.DiagnosticSeverity, code, text string) protocol.Diagnostic {
	if i := strings.IndexAny(doc.text[s.Start:s.End], "\r\n"); i > 0 {
		s.End = s.Start + i
	}
	return protocol.Diagnostic{
		Range:    doc.lines.rng(s.Start, s.End),
		Severity: severity,
		Code:     protocol.String(code),
		Source:   protocol.NewOptional(source),
		Message:  protocol.String(text),
	}
}
