package lsp

import (
	"context"
	"errors"
	"strings"
	"time"

	"go.uber.org/zap"

	"colophon/commit"
	"colophon/message"
	"colophon/words"
)

// lookAgain is the time between two looks at whether the index, HEAD or the
// configuration moved. A look is some file look-ups.
const lookAgain = time.Second

// retryShift bounds the time between two attempts where git or the repository goes
// wrong, in powers of two of lookAgain.
const retryShift = 6

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
	k := &known{kind: ses.where.kind, commit: c}
	if err != nil && !errors.As(err, &k.policy) {
		ses.failed++
		ses.warn("the repository cannot be read", err)
		return
	}
	if all := strings.Join(c.Unusable, "\n"); all != "" && all != ses.warned {
		ses.warned = all
		for _, problem := range c.Unusable {
			ses.srv.log.Warn(problem)
		}
	}
	if c.Repository == nil && !ses.where.other || !k.isCommit() { // what a branch brings is not looked at
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
	ses.heed(k)
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
