package lsp

import (
	"context"
	"slices"
	"sync"
	"time"

	"go.uber.org/zap"

	"colophon/change"
	"colophon/repository"
)

// historyWait bounds how long a completion waits for git to read the history. What
// comes later is there when the client asks again.
const historyWait = 300 * time.Millisecond

// past is what the history of a session's repository tells. It is read when a
// completion first needs it, and again when HEAD has moved.
type past struct {
	mu      sync.Mutex
	busy    chan struct{} // closed when git is done; nil while it does nothing
	history *repository.History
	head    repository.Fingerprint // that it was read at
	touched []repository.Past      // commits that changed what is staged
	of      *change.Change         // that these were looked up for
}

// history is what the past tells; nil where nothing is known (yet). It is not whole
// while git is still reading.
func (p *page) history(ctx context.Context, touching bool) (h *repository.History, touched []repository.Past, whole bool) {
	if p.known.commit.Repository == nil || p.known.commit.Config == nil {
		return nil, nil, true
	}
	busy := p.readHistory(touching)
	if busy != nil {
		_ = p.wait(ctx, busy, historyWait) // cancelled or not: what is there is the answer
	}
	o := &p.past
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.history, o.touched, o.busy == nil
}

// readHistory begins to read what is not known, beside us. It returns nil where all
// is known.
func (p *page) readHistory(touching bool) <-chan struct{} {
	repo, files := p.known.commit.Repository, p.known.change()
	now := repo.Fingerprint()
	o := &p.past
	o.mu.Lock()
	defer o.mu.Unlock()
	moved := o.history == nil || !o.head.SameHead(now)
	touching = touching && files != nil && (moved || o.of != files)
	if o.busy != nil || !moved && !touching {
		return o.busy
	}
	busy := make(chan struct{})
	started := p.srv.beside(p.session, func() {
		defer func() {
			o.mu.Lock()
			o.busy = nil
			o.mu.Unlock()
			close(busy)
		}()
		if moved {
			h := p.askHistory()
			o.mu.Lock()
			o.history, o.head = h, now
			o.mu.Unlock()
		}
		if touching {
			found := p.askTouching(files)
			o.mu.Lock()
			o.touched, o.of = found, files
			o.mu.Unlock()
		}
	})
	if !started {
		return nil
	}
	o.busy = busy
	return busy
}

// askHistory reads the history. Where git cannot, it is empty, and not tried again
// before something moves.
func (p *page) askHistory() *repository.History {
	c := p.known.commit
	h, err := c.Repository.History(p.ctx, c.Config)
	if err != nil && p.ctx.Err() == nil {
		p.srv.log.Debug("the history is not read to its end", zap.Error(err))
	}
	return h
}

func (p *page) askTouching(files *change.Change) []repository.Past {
	var paths []string
	for _, f := range files.Files[:min(len(files.Files), maxOffers)] {
		if f.Status != change.Added {
			paths = append(paths, f.Path)
		}
		if f.From != "" {
			paths = append(paths, f.From)
		}
	}
	slices.Sort(paths)
	c := p.known.commit
	found, err := c.Repository.Touching(p.ctx, c.Config, slices.Compact(paths))
	if err != nil && p.ctx.Err() == nil {
		p.srv.log.Debug("not all commits that touched the staged files are known", zap.Error(err))
	}
	return found
}

// beside runs work that asks git for a session, unless the session has ended: the
// server waits for it before it leaves.
func (s *server) beside(ses *session, work func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sessions[ses.uri] != ses {
		return false
	}
	s.looking.Go(s.guarded(work))
	return true
}
