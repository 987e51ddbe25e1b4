package lsp

import "go.lsp.dev/protocol"

// unoffered are the requests that this client was not offered, of those that some
// clients are. Who makes one all the same is told that the server does not know it.
func unoffered(caps *protocol.ServerCapabilities) map[string]bool {
	lens, completion := caps.CodeLensProvider, caps.CompletionProvider
	hints, _ := caps.InlayHintProvider.(*protocol.InlayHintOptions)
	actions, _ := caps.CodeActionProvider.(*protocol.CodeActionOptions)
	return map[string]bool{
		protocol.MethodTextDocumentDiagnostic:          caps.DiagnosticProvider == nil,
		protocol.MethodTextDocumentCodeLens:            lens == nil,
		protocol.MethodCodeLensResolve:                 lens == nil || !yes(lens.ResolveProvider),
		protocol.MethodTextDocumentInlayHint:           caps.InlayHintProvider == nil,
		protocol.MethodInlayHintResolve:                hints == nil || !yes(hints.ResolveProvider),
		protocol.MethodTextDocumentSemanticTokensFull:  caps.SemanticTokensProvider == nil,
		protocol.MethodTextDocumentSemanticTokensRange: caps.SemanticTokensProvider == nil,
		protocol.MethodCodeActionResolve:               actions == nil || !yes(actions.ResolveProvider),
		protocol.MethodCompletionItemResolve:           completion == nil || !yes(completion.ResolveProvider),
	}
}
