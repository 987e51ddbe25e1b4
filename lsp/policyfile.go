package lsp

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"

	"colophon/policy"
	"colophon/repository"
)

// policyFile judges one open policy file. As with a session, typing never waits:
// one goroutine asks git which files there are, another judges the newest text.
type policyFile struct {
	srv   *server
	uri   uri.URI
	path  string
	named bool // by the client's setting; outside a repository it extends files beside it
	ctx   context.Context
	stop  context.CancelFunc

	changed chan struct{} // capacity 1: the text, or what is known, is new
	again   chan struct{} // capacity 1: there may be new patterns to count
	looked  chan struct{} // closed after the first look around

	sending sync.Mutex // held while diagnostics go out

	mu      sync.Mutex
	doc     *document     // that draft was read from
	draft   *policy.Draft // nil: the reader ended in a panic
	yaml    *policy.Draft // the newest that was YAML
	tracked *tracked      // nil: not known
	pulled  string        // the id of the last result that was asked for
	shown   *document     // that it was made of

	placed bool // the three below are known
	repo   *repository.Repository
	top    string // below which files can be extended; "" is nowhere
	name   string // below top

	// lookAround's own
	seen   repository.Fingerprint
	failed int
	warned string
}

// openPolicyFile begins to judge a document if it is a policy file.
func (s *server) openPolicyFile(doc *document) {
	path, ok := localPath(doc.uri)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	named := filepath.IsAbs(s.settings.Policy) && filepath.Clean(s.settings.Policy) == path
	if filepath.Base(path) != policy.FileName && !named {
		return
	}
	ctx, stop := context.WithCancel(s.conn.base)
	f := &policyFile{
		srv: s, uri: doc.uri, path: path, named: named && filepath.Base(path) != policy.FileName, ctx: ctx, stop: stop,
		changed: make(chan struct{}, 1), again: make(chan struct{}, 1), looked: make(chan struct{}),
	}
	if s.policies == nil {
		s.policies = make(map[uri.URI]*policyFile)
	}
	s.policies[doc.uri] = f
	s.looking.Go(s.guarded(f.lookAround))
	if !s.client.pull {
		nudge(f.changed)
		go s.guarded(f.push)()
	}
}

// policyFile is the open policy file of that URI, nil for another document.
func (s *server) policyFile(u uri.URI) *policyFile {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.policies[u]
}

// closePolicyFile ends the work on a policy file. When it returns, no more
// diagnostics of it are sent.
func (s *server) closePolicyFile(u uri.URI) (was bool) {
	s.mu.Lock()
	f := s.policies[u]
	delete(s.policies, u)
	s.mu.Unlock()
	if f == nil {
		return false
	}
	f.stop()
	f.sending.Lock()
	defer f.sending.Unlock()
	return true
}

func (s *server) closePolicyFiles() {
	s.mu.Lock()
	all := s.policies
	s.policies = nil
	s.mu.Unlock()
	for _, f := range all {
		f.stop()
	}
}

// wake has the newest text judged.
func (f *policyFile) wake() {
	nudge(f.changed)
	nudge(f.again)
}

// find looks for the repository, on disk only. The lock is held.
func (f *policyFile) find() {
	f.placed = true
	f.top, f.name = "", filepath.Base(f.path)
	dir, err := filepath.EvalSymlinks(filepath.Dir(f.path))
	if err != nil {
		return // the file is new, and so is its folder
	}
	f.repo, err = repository.Open(f.path, repository.Options{Env: f.srv.env, Near: f.srv.folders, Git: f.srv.git(), Blind: f.srv.blind})
	if err == nil && f.repo.WorkTree != "" {
		if rel, err := filepath.Rel(f.repo.WorkTree, filepath.Join(dir, f.name)); err == nil && filepath.IsLocal(rel) {
			f.top, f.name = f.repo.WorkTree, rel
			return
		}
	}
	if f.named {
		f.top = dir // as policy.Find takes it
	}
}

// read is the newest text and what there is in it; nil for one that was closed.
func (f *policyFile) read() (*document, *policy.Draft) {
	doc, ok := f.srv.docs.get(f.uri)
	if !ok {
		return nil, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.doc == doc {
		return doc, f.draft
	}
	if !f.placed {
		f.find()
	}
	f.doc, f.draft = doc, f.readText(doc.text)
	if f.draft != nil && f.draft.Readable() {
		f.yaml = f.draft
	}
	return doc, f.draft
}

// readText reads YAML with a library that others have written.
func (f *policyFile) readText(text string) (d *policy.Draft) {
	defer func() {
		if r := recover(); r != nil {
			f.srv.log.Error("panic", zap.String("value", fmt.Sprint(r)), zap.ByteString("stack", debug.Stack()))
			d = nil
		}
	}()
	var root *os.Root
	if f.top != "" {
		if r, err := os.OpenRoot(f.top); err == nil {
			defer r.Close()
			root = r
		}
	}
	return policy.Read(f.name, []byte(text), root)
}

// words is what other keys can name, as the newest text that was YAML has it.
func (f *policyFile) words(path ...string) []string {
	f.read()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.yaml == nil {
		return nil
	}
	return f.yaml.Words(path...)
}

func (f *policyFile) files() *tracked {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.tracked
}

// lookAround finds out which files the repository tracks, at once and whenever the
// index moved, until the file is closed.
func (f *policyFile) lookAround() {
	f.look()
	close(f.looked)
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for quiet := 0; ; {
		select {
		case <-f.ctx.Done():
			return
		case <-f.again:
			if f.count() || f.srv.client.pull {
				f.learn()
			}
		case <-tick.C:
			f.readAgain()
			quiet++
			if f.failed == 0 && f.moved() || f.failed > 0 && quiet >= 1<<min(f.failed-1, retryShift) {
				quiet = 0
				f.look()
			}
		}
	}
}

// moved tells whether there may be other files than at the last look.
func (f *policyFile) moved() bool {
	f.mu.Lock()
	repo := f.repo
	f.mu.Unlock()
	return repo == nil || repo.Fingerprint() != f.seen
}

// readAgain reads what is extended again: it may have been changed beside us.
func (f *policyFile) readAgain() {
	if _, d := f.read(); d == nil || len(d.Files()) == 0 {
		return
	}
	f.mu.Lock()
	f.doc = nil
	f.mu.Unlock()
	f.learn()
}

// look asks git for the files. What was known stays where that goes wrong.
func (f *policyFile) look() {
	f.mu.Lock()
	if f.repo == nil {
		if f.find(); f.repo != nil {
			f.doc = nil
		}
	}
	repo := f.repo
	f.mu.Unlock()
	if repo == nil || repo.WorkTree == "" {
		return
	}
	f.seen = repo.Fingerprint()
	_, err := repo.Config(f.ctx) // whether git trusts the repository
	var paths []string
	if err == nil {
		paths, err = repo.Tracked(f.ctx)
	}
	if err != nil {
		f.failed++
		if text := err.Error(); f.ctx.Err() == nil && text != f.warned {
			f.warned = text
			f.srv.log.Warn("the files of the repository cannot be listed", zap.Error(err))
		}
		return
	}
	f.failed = 0
	f.mu.Lock()
	if f.tracked == nil || !slices.Equal(f.tracked.paths, paths) {
		f.tracked = &tracked{paths: paths}
	}
	f.mu.Unlock()
	f.count()
	f.learn()
}

// count counts the files of the patterns that are new. It tells whether there was
// one.
func (f *policyFile) count() (news bool) {
	_, d := f.read()
	t := f.files()
	if d == nil || t == nil {
		return false
	}
	for _, g := range d.Globs() {
		if _, ok := t.known(g.Pattern); ok {
			continue
		}
		if _, ok := t.find(f.ctx, g.Pattern); ok {
			news = true
		}
	}
	return news
}

// learn has the text judged anew, or tells the client to ask again if that gives
// something else than it has.
func (f *policyFile) learn() {
	if !f.srv.client.pull {
		nudge(f.changed)
		return
	}
	f.mu.Lock()
	pulled, shown := f.pulled, f.shown
	f.mu.Unlock()
	if !f.srv.client.refresh.diagnostics || pulled == "" {
		return
	}
	// A client that has not asked for the newest text will.
	if doc, d := f.read(); d != nil && doc == shown && resultID(f.diagnostics(doc, d, f.files())) != pulled {
		go func() {
			if err := f.srv.conn.client().DiagnosticRefresh(f.ctx); err != nil && f.ctx.Err() == nil {
				f.srv.log.Debug("refresh", zap.Error(err))
			}
		}()
	}
}

// push judges the newest text whenever something is new, and sends what came out:
// always for a new text, otherwise only if it differs.
func (f *policyFile) push() {
	var last []protocol.Diagnostic
	var version int32
	sent := false
	for {
		select {
		case <-f.ctx.Done():
			return
		case <-f.changed:
		}
		doc, d := f.read()
		if d == nil {
			continue
		}
		diags := f.diagnostics(doc, d, f.files())
		if sent && doc.version == version && reflect.DeepEqual(diags, last) {
			continue
		}
		p := &protocol.PublishDiagnosticsParams{URI: f.uri, Diagnostics: diags}
		if f.srv.client.versions {
			p.Version = protocol.NewOptional(doc.version)
		}
		if err := f.publish(p); err != nil {
			return
		}
		last, version, sent = diags, doc.version, true
	}
}

// publish sends diagnostics, unless the file was closed meanwhile.
func (f *policyFile) publish(p *protocol.PublishDiagnosticsParams) error {
	f.sending.Lock()
	defer f.sending.Unlock()
	if err := f.ctx.Err(); err != nil {
		return err
	}
	return f.srv.conn.client().PublishDiagnostics(f.ctx, p)
}
