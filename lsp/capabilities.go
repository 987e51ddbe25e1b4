package lsp

import "go.lsp.dev/protocol"

// capabilities is what the server offers this client.
func (s *server) capabilities() protocol.ServerCapabilities {
	caps := protocol.ServerCapabilities{
		PositionEncoding: s.client.encoding,
		TextDocumentSync: &protocol.TextDocumentSyncOptions{
			OpenClose: new(true), Change: new(protocol.TextDocumentSyncKindIncremental),
		},
		CodeActionProvider:     s.codeActions(),
		HoverProvider:          protocol.Boolean(true),
		DocumentSymbolProvider: protocol.Boolean(true),
		CompletionProvider:     &protocol.CompletionOptions{TriggerCharacters: triggers(), ResolveProvider: new(true)},
		ExecuteCommandProvider: protocol.ExecuteCommandOptions{Commands: s.commandNames()},

		FoldingRangeProvider:             protocol.Boolean(true),
		DocumentLinkProvider:             &protocol.DocumentLinkOptions{},
		SemanticTokensProvider:           s.semanticTokens(),
		DocumentHighlightProvider:        protocol.Boolean(true),
		SelectionRangeProvider:           protocol.Boolean(true),
		LinkedEditingRangeProvider:       protocol.Boolean(true),
		DocumentOnTypeFormattingProvider: protocol.DocumentOnTypeFormattingOptions{FirstTriggerCharacter: ":"},
		DefinitionProvider:               protocol.Boolean(true),
	}
	if s.client.pull {
		caps.DiagnosticProvider = &protocol.DiagnosticOptions{Identifier: new("colophon")}
	}
	if s.client.lens {
		caps.CodeLensProvider = &protocol.CodeLensOptions{}
	}
	if s.client.inlayHints {
		caps.InlayHintProvider = &protocol.InlayHintOptions{ResolveProvider: new(s.client.lazyTips)}
	}
	if s.client.status {
		caps.Experimental = protocol.LSPAny(`{"colophonStatus":true}`)
	}
	return caps
}
