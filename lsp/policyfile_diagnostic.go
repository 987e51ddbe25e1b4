package lsp

import (
	"context"
	"fmt"
	"strings"
	"time"

	"go.lsp.dev/protocol"

	"colophon/message"
	"colophon/policy"
)

// The codes of what is said about a policy file itself.
const (
	codeInvalid   = "policy-invalid"
	codeOutdated  = "policy-outdated"
	codeUnmatched = "policy-unmatched" // no rule of the language: it is about this checkout
)

// answer answers a request for the diagnostics of a policy file.
func (f *policyFile) answer(ctx context.Context, p *protocol.DocumentDiagnosticParams) (protocol.DocumentDiagnosticReport, error) {
	if !f.srv.client.refresh {
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
	if t != nil && len(t.paths) > 0 {
		for _, g := range d.Globs() {
			if c, ok := t.known(g.Pattern); ok && c.n == 0 {
				out = append(out, policyDiagnostic(doc, g.Span, protocol.DiagnosticSeverityHint, codeUnmatched,
					fmt.Sprintf("`%s` matches no file that git tracks here. Is the path right? Hover over a pattern to see what it matches.", g.Pattern)))
			}
		}
	}
	if o, ok := outdated(doc, d); ok {
		out = append(out, o)
	}
	return out
}

func (f *policyFile) problem(doc *document, p policy.Problem) protocol.Diagnostic {
	severity := protocol.DiagnosticSeverityError
	if p.Hint {
		severity = protocol.DiagnosticSeverityHint
	}
	if p.Line == 0 {
		start, end := doc.lines.line(0)
		p.Span = message.Span{Start: start, End: end}
	}
	return policyDiagnostic(doc, p.Span, severity, codeInvalid, sentence(p.Msg))
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

// outdated says that somebody should read the project's text again.
func outdated(doc *document, d *policy.Draft) (protocol.Diagnostic, bool) {
	text, at, ok := d.Value("recheck_by")
	day, err := time.Parse(time.DateOnly, text)
	if !ok || err != nil || time.Now().Format(time.DateOnly) <= day.Format(time.DateOnly) {
		return protocol.Diagnostic{}, false
	}
	severity := protocol.DiagnosticSeverityHint
	if p := d.Policy; p != nil {
		switch p.Severity[codeOutdated] {
		case "off":
			return protocol.Diagnostic{}, false
		case "error":
			severity = protocol.DiagnosticSeverityError
		case "warning":
			severity = protocol.DiagnosticSeverityWarning
		case "info":
			severity = protocol.DiagnosticSeverityInformation
		}
	}
	what := "the project's text"
	if link, _, ok := d.Value("source"); ok {
		what = link
	}
	return policyDiagnostic(doc, at, severity, codeOutdated,
		fmt.Sprintf("%s has passed. Read %s again, then set `as_of` to today and `recheck_by` to a later day.", text, what)), true
}
