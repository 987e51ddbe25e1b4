package lsp

import "go.lsp.dev/protocol"

// capabilities is what the server offers this client.
func (s *server) capabilities() protocol.ServerCapabilities {
	caps := protocol.ServerCapabilities{
		PositionEncoding: s.client.encoding,
		TextDocumentSync: &protocol.TextDocumentSyncOptions{
			OpenClose: new(true), Change: new(protocol.TextDocumentSyncKindIncremental),
		},
		CodeActionProvider: &protocol.CodeActionOptions{
			CodeActionKinds: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix, kindFixAll, protocol.CodeActionKindRefactorInline},
		},
		HoverProvider:          protocol.Boolean(true),
		DocumentSymbolProvider: protocol.Boolean(true),
		CompletionProvider:     &protocol.CompletionOptions{TriggerCharacters: []string{":", " ", ","}},
		ExecuteCommandProvider: protocol.ExecuteCommandOptions{Commands: []string{commandNoAI, commandShow}},
	}
	if s.client.pull {
		caps.DiagnosticProvider = &protocol.DiagnosticOptions{Identifier: new("colophon")}
	}
	return caps
}
