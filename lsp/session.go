package lsp

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"
	"sync"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"

	"colophon/change"
	"colophon/commit"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/repository"
	"colophon/words"
)

// lookAgain is the time between two looks at whether the index, HEAD or the
// configuration moved. A look is some file look-ups.
const lookAgain = time.Second

// retryShift bounds the time between two attempts where git or the repository goes
// wrong, in powers of two of lookAgain.
const retryShift = 6

// settleWait bounds how long a request of a person waits for git after the
// document was opened: what is offered is to fit what is staged.
const settleWait = time.Second

// yieldWait bounds how long a request lets the diagnostics go first.
const yieldWait = 100 * time.Millisecond

// session judges one open commit message. Typing never waits for it: one
// goroutine asks git, another judges the newest text, and requests use what is
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
		k.totals = diagnostics.Total(k.files)
	}
}

// input is what the rules look at.
func (k *known) input(m *message.Message) diagnostics.Input {
	doubt := ""
	if k.contents != nil {
		doubt = k.contents.Doubt
	}
	in := k.commit.Input(m, k.files, doubt)
	in.Totals = k.totals
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

// wake has follow look at the newest text.
func (ses *session) wake() {
	ses.mu.Lock()
	if isClosed(ses.shown) {
		ses.shown = make(chan struct{})
	}
	ses.mu.Unlock()
	nudge(ses.changed)
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// caughtUp notes that a text has been shown. Those that wait go on if it is the newest.
func (ses *session) caughtUp(doc *document) {
	ses.mu.Lock()
	defer ses.mu.Unlock()
	if newest, _ := ses.srv.docs.get(ses.uri); newest == doc && !isClosed(ses.shown) {
		close(ses.shown)
	}
}

// yield lets the diagnostics go first, which a person sees while typing: what is asked
// for besides would only keep the processor from them.
func (ses *session) yield(ctx context.Context) error {
	ses.mu.Lock()
	shown := ses.shown
	ses.mu.Unlock()
	if shown == nil || isClosed(shown) {
		return nil
	}
	return ses.wait(ctx, shown, yieldWait)
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

// lookAround finds out what there is to know, at once and whenever something
// moved, until the session ends.
func (ses *session) lookAround() {
	ses.look()
	ses.open()
	close(ses.staged)
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for quiet := 0; ; {
		select {
		case <-ses.ctx.Done():
			return
		case <-ses.again:
			ses.look()
		case <-tick.C:
			// What went wrong is tried again, but not every second.
			if quiet++; ses.failed > 0 && quiet >= 1<<min(ses.failed-1, retryShift) || ses.moved() {
				quiet = 0
				ses.look()
			}
		}
	}
}

// moved tells whether something is not as it was at the last look: the files that
// git and the policy come from, or what git has left in the buffer, which means
// that the editor shows the message of another commit.
func (ses *session) moved() bool {
	k := ses.now()
	if k == nil {
		return false
	}
	if k.commit.Moved() || k.contents != nil && k.contents.Ended() {
		return true
	}
	doc, ok := ses.srv.docs.get(ses.uri)
	if !ok || k.contents == nil || doc.version == ses.looked {
		return false
	}
	ses.looked = doc.version
	return k.contents.Stale(k.commit.Parse(doc.text))
}

// look asks git. The policy is known first, and judged with what was known of
// the change; the change follows. What was known stays until there is better.
func (ses *session) look() {
	defer ses.progress(words.ProgressStaged)()
	ses.forget()
	ses.mu.Lock()
	set, old := ses.settings, ses.known
	if ses.said != "" {
		set.AI = string(ses.said)
	}
	ses.mu.Unlock()

	o := commit.Options{
		Env: ses.srv.env, Policy: set.Policy, AI: set.AI, Ask: set.Ask, Severity: set.Severity,
		Comments: ses.where.comments, Near: ses.srv.folders, Git: ses.srv.git(), Blind: ses.srv.blind,
	}
	if old != nil {
		o.Before = old.commit
	} else {
		o.Opened = true
	}
	c, err := commit.Open(ses.ctx, ses.where.path, o)
	k := &known{commit: c}
	if err != nil && !errors.As(err, &k.policy) {
		ses.failed++
		ses.warn("the repository cannot be read", err)
		return
	}
	for _, problem := range c.Unusable {
		if problem != ses.warned {
			ses.warned = problem
			ses.srv.log.Warn(problem)
		}
	}
	if c.Repository == nil {
		ses.failed = 0
		ses.learn(k)
		return
	}
	if old != nil {
		k.contents = old.contents
	}
	first := *k
	ses.learn(&first)
	text := ""
	if doc, ok := ses.srv.docs.get(ses.uri); ok {
		text, ses.looked = doc.text, doc.version
	}
	now, err := ses.contents(c, c.Parse(text), k.contents)
	switch {
	case errors.Is(err, errMoved):
		nudge(ses.again)
		return
	case err == nil:
		ses.failed = 0
	default:
		ses.failed++
		ses.warn("what the commit contains cannot be read", err)
	}
	// Another process may have been at the index: nothing goes from the screen
	// for that.
	if now != nil && (err == nil || ses.failed > 2 || k.contents == nil) {
		k.contents = now
	}
	ses.learn(k)
}

// contents asks what the commit contains. When something moves meanwhile, git is
// stopped and errMoved returned: it is not the question any more. But not for ever.
func (ses *session) contents(c *commit.Commit, m *message.Message, before *commit.Contents) (*commit.Contents, error) {
	ctx, stop := context.WithCancelCause(ses.ctx)
	defer stop(nil)
	if ses.moves < 3 {
		go func() {
			tick := time.NewTicker(lookAgain)
			defer tick.Stop()
			for {
				select {
				case <-ctx.Done():
					return
				case <-tick.C:
					if c.Moved() {
						stop(errMoved)
					}
				}
			}
		}()
	}
	now, err := c.Contents(ctx, m, before)
	if err != nil && errors.Is(context.Cause(ctx), errMoved) {
		ses.moves++
		return nil, errMoved
	}
	ses.moves = 0
	return now, err
}

var errMoved = errors.New("something moved while git looked")

// warn writes an error to the log, but not every second the same.
func (ses *session) warn(what string, err error) {
	if text := err.Error(); ses.ctx.Err() == nil && text != ses.warned {
		ses.warned = text
		ses.srv.log.Warn(what, zap.Error(err))
	}
}

// learn makes something known and has it judged.
func (ses *session) learn(k *known) {
	last := ses.now()
	k.sort(last)
	ses.mu.Lock()
	ses.known = k
	pulled, set := ses.pulled, ses.settings
	ses.mu.Unlock()
	ses.open()
	ses.wake()
	if last == nil || last.change() != k.change() || last.commit != k.commit {
		go ses.srv.guarded(func() { ses.refreshViews(set) })()
	}
	if !ses.srv.client.pull {
		return
	}
	if ses.srv.client.refresh.diagnostics && pulled != "" {
		doc, _ := ses.srv.docs.get(ses.uri)
		if diags, err := ses.judge(doc, k); err == nil && resultID(diags) != pulled {
			go ses.refresh()
		}
	}
}

// judge is diagnostics for our own goroutines, where a panic in a rule would end
// the process and with it the other documents.
func (ses *session) judge(doc *document, k *known) (out []protocol.Diagnostic, err error) {
	defer func() {
		if r := recover(); r != nil {
			ses.srv.log.Error("panic", zap.String("value", fmt.Sprint(r)), zap.ByteString("stack", debug.Stack()))
			err = errors.New("the rules ended in a panic")
		}
	}()
	return ses.diagnostics(doc, k), nil
}

func (ses *session) refresh() {
	if err := ses.srv.conn.client().DiagnosticRefresh(ses.ctx); err != nil && ses.ctx.Err() == nil {
		ses.srv.log.Debug("refresh", zap.Error(err))
	}
}

// follow shows what comes of the newest text whenever something is new. Of texts that
// come faster than they can be judged, only the newest is.
func (ses *session) follow() {
	var last sent
	for {
		select {
		case <-ses.ctx.Done():
			return
		case <-ses.changed:
		}
		k := ses.now()
		doc, _ := ses.srv.docs.get(ses.uri)
		if k != nil && doc != nil {
			if !ses.srv.client.pull && ses.push(doc, k, &last) != nil {
				return
			}
			if ses.srv.client.status {
				ses.tell(doc, k)
			}
		}
		ses.caughtUp(doc)
	}
}

// sent is what the client has of our diagnostics.
type sent struct {
	diagnostics []protocol.Diagnostic
	version     int32
	any         bool
}

// push judges, and sends what came out: always for a new text, otherwise only if it
// differs. The error is that of the connection.
func (ses *session) push(doc *document, k *known, last *sent) error {
	diags, err := ses.judge(doc, k)
	if err != nil {
		return nil // it is logged
	}
	if newest, _ := ses.srv.docs.get(ses.uri); newest != doc {
		return nil // there is a newer text, and it has woken us
	}
	if last.any && doc.version == last.version && reflect.DeepEqual(diags, last.diagnostics) {
		return nil
	}
	p := &protocol.PublishDiagnosticsParams{URI: ses.uri, Diagnostics: diags}
	if ses.srv.client.versions {
		p.Version = protocol.NewOptional(doc.version)
	}
	*last = sent{diags, doc.version, true}
	return ses.publish(p)
}

// publish sends diagnostics, unless the document was closed meanwhile.
func (ses *session) publish(p *protocol.PublishDiagnosticsParams) error {
	ses.sending.Lock()
	defer ses.sending.Unlock()
	if err := ses.ctx.Err(); err != nil {
		return err
	}
	return ses.srv.conn.client().PublishDiagnostics(ses.ctx, p)
}
