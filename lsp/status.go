package lsp

import (
	"strings"

	"go.uber.org/zap"
)

// methodStatus is a notification of ours, for clients that have said that they show
// it: the commit at one glance, for a status line.
const methodStatus = "colophon/status"

// statusParams is what methodStatus says. Without a text there is nothing to show.
type statusParams struct {
	URI     string `json:"uri"`
	Text    string `json:"text"`    // one line
	Tooltip string `json:"tooltip"` // some lines of plain text
	State   string `json:"state"`   // one of diagnostics.State; "" without a text
	Lens    bool   `json:"lens"`    // whether the setting wants it above the subject, too, where a client draws that itself
}

// tell sends the glance to a client with a status line, if it changed.
func (ses *session) tell(doc *document, k *known) {
	if ses.srv.client.status && doc != nil && k != nil {
		ses.srv.guarded(func() { ses.send(doc, ses.status(doc, k)) })()
	}
}

// send sends a status, unless the client has it or the document has changed.
func (ses *session) send(doc *document, now statusParams) {
	ses.sending.Lock()
	defer ses.sending.Unlock()
	if newest, ok := ses.srv.docs.get(ses.uri); ok && newest != doc {
		return // who brought the newer text tells of it
	}
	if ses.ctx.Err() != nil || now == ses.told || now.Text == "" && ses.told.Text == "" {
		return
	}
	if err := ses.srv.conn.rpc.Notify(ses.ctx, methodStatus, &now); err != nil {
		ses.srv.log.Debug("status", zap.Error(err))
		return
	}
	ses.told = now
}

// status is without a text where there is nothing to show.
func (ses *session) status(doc *document, k *known) statusParams {
	p := ses.page(doc, k)
	if !p.glances() {
		return statusParams{URI: string(ses.uri)}
	}
	g := p.glance()
	return statusParams{
		URI: string(ses.uri), State: string(g.State), Text: strings.Join(g.within(screenWidth), factsApart),
		Tooltip: voice{}.join(p.sight(voice{}, g)), Lens: shows(p.set.Lens, true),
	}
}
