package lsp

import (
	"context"

	"go.uber.org/zap"
)

// refreshViews has the client ask again for what it shows beside the text, where it
// can be told to: what is known around the message is new.
func (ses *session) refreshViews(set settings) {
	client, can := ses.srv.conn.client(), ses.srv.client.refresh
	for _, r := range []struct {
		wanted bool
		ask    func(context.Context) error
	}{
		{can.lenses, client.CodeLensRefresh},
		{can.inlayHints, client.InlayHintRefresh},
		{can.tokens && shows(set.Tokens, false), client.SemanticTokensRefresh},
	} {
		if !r.wanted {
			continue
		}
		if ses.ctx.Err() != nil {
			return // the document was closed: nothing shows it any more
		}
		if err := r.ask(ses.ctx); err != nil && ses.ctx.Err() == nil {
			ses.srv.log.Debug("refresh", zap.Error(err))
		}
	}
}

func (ses *session) refresh() {
	if err := ses.srv.conn.client().DiagnosticRefresh(ses.ctx); err != nil && ses.ctx.Err() == nil {
		ses.srv.log.Debug("refresh", zap.Error(err))
	}
}
