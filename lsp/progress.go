package lsp

import (
	"fmt"
	"time"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"colophon/words"
)

// progressAfter is for how long work is nobody's business: what is done sooner does
// not flicker on the screen.
const progressAfter = 500 * time.Millisecond

// progress shows that something goes on, if it takes long, until done is called.
func (ses *session) progress(title words.Sentence) (done func()) {
	if !ses.srv.client.progress {
		return func() {}
	}
	over := make(chan struct{})
	go ses.srv.guarded(func() {
		late := time.NewTimer(progressAfter)
		defer late.Stop()
		select {
		case <-over:
			return
		case <-ses.ctx.Done():
			return
		case <-late.C:
		}
		ses.showProgress(title, over)
	})()
	return func() { close(over) }
}

func (ses *session) showProgress(title words.Sentence, over <-chan struct{}) {
	client := ses.srv.conn.client()
	token := protocol.String(fmt.Sprintf("colophon-%d", ses.srv.tokens.Add(1)))
	if err := client.WorkDoneProgressCreate(ses.ctx, &protocol.WorkDoneProgressCreateParams{Token: token}); err != nil {
		ses.srv.log.Debug("the client shows no progress", zap.Error(err))
		return
	}
	say := func(v any) {
		value, err := protocol.Marshal(v)
		if err == nil {
			err = client.Progress(ses.srv.conn.base, &protocol.ProgressParams{Token: token, Value: value})
		}
		if err != nil {
			ses.srv.log.Debug("progress", zap.Error(err))
		}
	}
	say(&protocol.WorkDoneProgressBegin{Kind: "begin", Title: title.String()})
	select {
	case <-over:
	case <-ses.ctx.Done():
	}
	say(&protocol.WorkDoneProgressEnd{Kind: "end"})
}
