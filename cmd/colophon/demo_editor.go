package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/message"
)

// demoWait bounds each step of the session; it takes milliseconds.
const demoWait = 20 * time.Second

// pipe is the server's standard input and output.
type pipe struct {
	io.Reader
	io.WriteCloser
}

// screen is the part of an editor that receives diagnostics.
type screen struct {
	protocol.UnimplementedClient
	shown chan []protocol.Diagnostic
}

func (s *screen) PublishDiagnostics(_ context.Context, p *protocol.PublishDiagnosticsParams) error {
	s.shown <- slices.Clone(p.Diagnostics)
	return nil
}

// edit is an editor that shows the findings, applies the preferred quick fixes
// one after another as a person would, saves and leaves.
func edit(ctx context.Context, file string, out io.Writer) (err error) {
	ctx, cancel := context.WithTimeout(ctx, demoWait)
	defer cancel()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	server := exec.CommandContext(ctx, self, "lsp", "--stdio")
	server.Stderr = os.Stderr
	in, err := server.StdinPipe()
	if err != nil {
		return err
	}
	from, err := server.StdoutPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	s := &screen{shown: make(chan []protocol.Diagnostic, 16)}
	_, conn, srv := protocol.NewClient(ctx, s, jsonrpc2.NewStream(pipe{from, in}))
	defer func() {
		err = errors.Join(err, srv.Shutdown(ctx), srv.Exit(ctx))
		<-conn.Done()
		err = errors.Join(err, server.Wait())
	}()
	return session(ctx, srv, s, file, out)
}

func session(ctx context.Context, srv protocol.Server, s *screen, file string, out io.Writer) error {
	path, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text := string(raw)
	fmt.Fprintf(out, "The message as the editor opens it:\n\n%s\n", indent(firstPart(text)))

	var params protocol.InitializeParams
	params.ProcessID = new(int32(os.Getpid()))
	params.Capabilities.General = &protocol.GeneralClientCapabilities{PositionEncodings: []protocol.PositionEncodingKind{protocol.PositionEncodingKindUTF8}}
	params.Capabilities.TextDocument = &protocol.TextDocumentClientCapabilities{CodeAction: &protocol.CodeActionClientCapabilities{
		IsPreferredSupport: new(true),
		CodeActionLiteralSupport: protocol.ClientCodeActionLiteralOptions{CodeActionKind: protocol.ClientCodeActionKindOptions{
			ValueSet: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix},
		}},
	}}
	if _, err := srv.Initialize(ctx, &params); err != nil {
		return err
	}
	if err := srv.Initialized(ctx, &protocol.InitializedParams{}); err != nil {
		return err
	}
	doc := protocol.TextDocumentIdentifier{URI: uri.File(path)}
	err = srv.DidOpen(ctx, &protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{
		URI: doc.URI, LanguageID: "gitcommit", Version: 1, Text: text,
	}})
	if err != nil {
		return err
	}
	for version := int32(2); ; version++ {
		found, err := s.next(ctx)
		if err != nil {
			return err
		}
		list(out, text, found)
		fix, err := preferred(ctx, srv, doc, found)
		if err != nil {
			return err
		}
		if fix == nil {
			return os.WriteFile(path, []byte(text), 0o600)
		}
		fmt.Fprintf(out, "Quick fix: %s\n\n", fix.Title)
		if text, err = applied(text, fix.Edit.Changes[doc.URI]); err != nil {
			return err
		}
		err = srv.DidChange(ctx, &protocol.DidChangeTextDocumentParams{
			TextDocument:   protocol.VersionedTextDocumentIdentifier{TextDocumentIdentifier: doc, Version: version},
			ContentChanges: []protocol.TextDocumentContentChangeEvent{&protocol.TextDocumentContentChangeWholeDocument{Text: text}},
		})
		if err != nil {
			return err
		}
	}
}

// next waits for diagnostics, and for those about the staged change that follow
// right behind the first.
func (s *screen) next(ctx context.Context) ([]protocol.Diagnostic, error) {
	var found []protocol.Diagnostic
	select {
	case found = <-s.shown:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for diagnostics: %w", ctx.Err())
	}
	for {
		select {
		case found = <-s.shown:
		case <-time.After(200 * time.Millisecond):
			return found, nil
		}
	}
}

// preferred asks for the quick fixes of each finding and takes the first that
// is preferred.
func preferred(ctx context.Context, srv protocol.Server, doc protocol.TextDocumentIdentifier, found []protocol.Diagnostic) (*protocol.CodeAction, error) {
	for _, d := range found {
		actions, err := srv.CodeAction(ctx, &protocol.CodeActionParams{
			TextDocument: doc, Range: d.Range,
			Context: protocol.CodeActionContext{Diagnostics: []protocol.Diagnostic{d}, Only: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix}},
		})
		if err != nil {
			return nil, err
		}
		for _, a := range actions {
			if fix, ok := a.(*protocol.CodeAction); ok && fix.IsPreferred != nil && *fix.IsPreferred && fix.Edit != nil {
				return own(fix, doc.URI), nil
			}
		}
	}
	return nil, nil
}

// own is a copy of a fix. The library's strings are only good until the next
// message comes.
func own(fix *protocol.CodeAction, u uri.URI) *protocol.CodeAction {
	var edits []protocol.TextEdit
	for _, e := range fix.Edit.Changes[u] {
		edits = append(edits, protocol.TextEdit{Range: e.Range, NewText: strings.Clone(e.NewText)})
	}
	return &protocol.CodeAction{
		Title: strings.Clone(fix.Title),
		Edit:  &protocol.WorkspaceEdit{Changes: map[uri.URI][]protocol.TextEdit{u: edits}},
	}
}

func list(out io.Writer, text string, found []protocol.Diagnostic) {
	if len(found) == 0 {
		fmt.Fprintf(out, "Findings: none. The editor saves:\n\n%s\n", indent(firstPart(text)))
		return
	}
	fmt.Fprintln(out, "Findings:")
	lines := strings.Split(text, "\n")
	for _, d := range found {
		at := d.Range.Start
		fmt.Fprintf(out, "\n  line %d, column %d: %v [%v]\n", at.Line+1, at.Character+1, d.Message, d.Code)
		if int(at.Line) < len(lines) {
			fmt.Fprintf(out, "      %s\n      %s%s\n", lines[at.Line], strings.Repeat(" ", int(at.Character)), strings.Repeat("^", max(1, int(d.Range.End.Character)-int(at.Character))))
		}
	}
	fmt.Fprintln(out)
}

// applied makes edits whose positions count in bytes.
func applied(text string, edits []protocol.TextEdit) (string, error) {
	offset := func(p protocol.Position) int {
		at := 0
		for range p.Line {
			i := strings.IndexByte(text[at:], '\n')
			if i < 0 {
				return len(text)
			}
			at += i + 1
		}
		return min(at+int(p.Character), len(text))
	}
	var own []message.Edit
	for _, e := range edits {
		own = append(own, message.Edit{Span: message.Span{Start: offset(e.Range.Start), End: offset(e.Range.End)}, Text: e.NewText})
	}
	return message.Apply(text, own)
}

// firstPart is the message without git's remarks and the patch.
func firstPart(text string) string {
	head, _, _ := strings.Cut(text, "\n#")
	return strings.TrimRight(head, "\n")
}
