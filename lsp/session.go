package lsp

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"go.lsp.dev/uri"
	"go.uber.org/zap"

	"colophon/change"
	"colophon/commit"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/repository"
)

// settleWait bounds how long a request of a person waits for git after the
// document was opened: what is offered is to fit what is staged.
const settleWait = time.Second

// session judges one open commit message, or text of a pull request. Typing never waits
// for it: one goroutine asks git, another judges the newest text, and requests use what is
// known.
type session struct {
	srv   *server
	uri   uri.URI
	where location
	ctx   context.Context
	stop  context.CancelFunc

	changed chan struct{} // capacity 1: the text, or what is known, is new
	again   chan struct{} // capacity 1: look around again
	opened  chan struct{} // closed by open, when something is first known, or that nothing can be
	open    func()
	staged  chan struct{} // closed when it is first known what is staged, or that it cannot be

	sending sync.Mutex   // held while diagnostics and the status go out
	told    statusParams // the last status that went out
	lists   listed

	mu       sync.Mutex
	settings settings
	said     diagnostics.Statement  // what the person said of this commit beside the text; "" is nothing
	saidAt   repository.Fingerprint // of what was there when they said it
	known    *known
	pulled   string        // the id of the last result that was asked for
	shown    chan struct{} // closed while the client has what follows from the newest text; nil: nothing is sent to it
	read     *page         // the last that was made
	past     past          // see complete_history.go; it has a lock of its own

	// lookAround's own
	warned string // the last error in the log
	failed int    // looks in a row that went wrong
	moves  int    // looks in a row that something overtook
	looked int32  // the version of the text at the last look
}

// known is what was found around the message. It never changes.
type known struct {
	kind     diagnostics.Kind // of the text
	commit   *commit.Commit
	policy   *policy.Error    // a policy that cannot be used
	contents *commit.Contents // of the commit; nil: not known
	files    []policy.File    // its change under the policy: it costs more than all else, and a keystroke does not alter it
	totals   *diagnostics.Totals
}

// change is what the commit contains; nil: not known.
func (k *known) change() *change.Change {
	if k.contents == nil {
		return nil
	}
	return k.contents.Change
}

// sort works out files, unless the last look has done it.
func (k *known) sort(last *known) {
	p := k.commit.Policy()
	switch {
	case p == nil:
	case last != nil && last.change() == k.change() && last.commit.Policy() == p:
		k.files, k.totals = last.files, last.totals
	default:
		k.files = p.Files(k.change())
		in := k.input(nil)
		k.totals = diagnostics.Total(in.Files, in.Added, in.Records)
	}
}

// isCommit tells whether the text is that of a commit, and not of a pull request or a
// cover letter.
func (k *known) isCommit() bool { return k.kind == "" }

// parse reads the text as what it is for.
func (k *known) parse(text string) *message.Message { return k.commit.ParseKind(text, k.kind) }

// input is what the rules look at.
func (k *known) input(m *message.Message) diagnostics.Input {
	in := k.commit.Input(m, k.files, k.contents)
	in.Totals, in.Kind = k.totals, k.kind
	return in
}

func startSession(s *server, u uri.URI, where location, set settings) *session {
	ctx, stop := context.WithCancel(s.conn.base)
	ses := &session{
		srv: s, uri: u, where: where, ctx: ctx, stop: stop, settings: set,
		changed: make(chan struct{}, 1), again: make(chan struct{}, 1),
		opened: make(chan struct{}), staged: make(chan struct{}),
	}
	ses.open = sync.OnceFunc(func() { close(ses.opened) })
	follows := !s.client.pull || s.client.status
	if follows {
		ses.shown = make(chan struct{})
		close(ses.shown)
	}
	s.looking.Go(s.guarded(ses.lookAround))
	if follows {
		go s.guarded(ses.follow)()
	}
	return ses
}

// guarded is work of ours that must not end the process when it panics, and with it
// the other documents.
func (s *server) guarded(work func()) func() {
	return func() {
		defer func() {
			if r := recover(); r != nil {
				s.log.Error("panic", zap.String("value", fmt.Sprint(r)), zap.ByteString("stack", debug.Stack()))
			}
		}()
		work()
	}
}

func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func (ses *session) configure(set settings) {
	ses.mu.Lock()
	ses.settings = set
	ses.mu.Unlock()
	nudge(ses.again)
}

func (ses *session) now() *known {
	ses.mu.Lock()
	defer ses.mu.Unlock()
	return ses.known
}

// wait returns when enough is known, or when it has taken too long.
func (ses *session) wait(ctx context.Context, enough <-chan struct{}, most time.Duration) error {
	late := time.NewTimer(most)
	defer late.Stop()
	select {
	case <-enough:
	case <-late.C:
	case <-ses.ctx.Done():
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}
