package lsp

import (
	"context"
	"reflect"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/commit"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// page is an open message, or text of a pull request or an issue, as one request sees it: a version
// of the text, and what is known around it. It never changes.
type page struct {
	*session
	doc   *document
	known *known
	m     *message.Message
	set   settings

	// Worked out once, when first asked for.
	list  func() []commit.Entry
	forge func() (diagnostics.Kind, bool) // of a text of which only what stands in it says that
	sees  func() glance
	check func() (diagnostics.View, []diagnostics.Finding)
	fixes func() []proposal // of the findings
	more  func() []proposal // that no finding asks for
}

// readiness is how much of what is known a request waits for.
type readiness int

const (
	textOnly readiness = iota // how git reads the message; hardly ever a wait
	staged                    // what the commit contains; up to settleWait
)

// page is the open commit message of that URI; nil for another document, and where
// the repository cannot be read. It may have no policy.
func (s *server) page(ctx context.Context, u uri.URI, wait readiness) (*page, error) {
	p, err := s.text(ctx, u, wait)
	if p != nil && !p.known.isCommit() {
		return nil, err
	}
	return p, err
}

// text is page, also for the text of a pull request or an issue.
func (s *server) text(ctx context.Context, u uri.URI, wait readiness) (*page, error) {
	ses := s.session(u)
	if ses == nil {
		return nil, nil
	}
	enough := ses.opened
	if wait == staged {
		enough = ses.staged
	}
	if err := ses.wait(ctx, enough, settleWait); err != nil {
		return nil, err
	}
	if err := ses.yield(ctx); err != nil {
		return nil, err
	}
	doc, ok := s.docs.get(u)
	k := ses.now()
	if !ok || k == nil {
		return nil, nil
	}
	return ses.page(doc, k), nil
}

// judged is a page that has a policy, once it is known what is staged; nil where
// there is nothing to say.
func (s *server) judged(ctx context.Context, u uri.URI) (*page, error) {
	p, err := s.page(ctx, u, staged)
	if p == nil || p.policy() == nil {
		return nil, err
	}
	return p, nil
}

// mendable is a text that has a policy, once it is known what is staged, and is known
// well enough for edits; nil where there is nothing to do.
func (s *server) mendable(ctx context.Context, u uri.URI) (*page, error) {
	p, err := s.text(ctx, u, staged)
	if p == nil || p.policy() == nil || p.doc.lines == nil {
		return nil, err
	}
	return p, nil
}

// page reads the message and judges it, unless that was done for this text already: an
// editor asks for many things after each change, and again wherever the caret goes.
func (ses *session) page(doc *document, k *known) *page {
	ses.mu.Lock()
	defer ses.mu.Unlock()
	p := &page{session: ses, doc: doc, known: k, set: ses.settings}
	switch last := ses.read; {
	case last != nil && last.doc == doc && last.known == k && reflect.DeepEqual(last.set, p.set):
		return last
	case last != nil && last.doc == doc && last.known.commit == k.commit:
		p.m = last.m
	default:
		p.m = k.parse(doc.text)
	}
	p.list = sync.OnceValue(func() []commit.Entry { return ses.lists.of(k.commit, p.m, k.change()) })
	p.forge = sync.OnceValues(func() (diagnostics.Kind, bool) { return diagnostics.ForgeKind(k.input(p.m)) })
	p.sees = sync.OnceValue(p.survey)
	p.check = sync.OnceValues(p.judge)
	p.fixes = sync.OnceValue(p.quickFixes)
	p.more = sync.OnceValue(p.unasked)
	ses.read = p
	return p
}

// findings are those of the rules, none where nobody may judge.
func (p *page) findings() []diagnostics.Finding {
	if p.policy() == nil || p.doc.endless(p.m) {
		return nil
	}
	_, fs := p.check()
	return fs
}

func (p *page) judge() (diagnostics.View, []diagnostics.Finding) {
	if p.where.perhaps {
		if _, ok := p.forge(); !ok {
			return diagnostics.Look(p.input()), nil
		}
	}
	return diagnostics.Judge(p.input())
}

// policy is the policy in force, nil where there is none.
func (p *page) policy() *policy.Policy { return p.known.commit.Policy() }

func (p *page) input() diagnostics.Input {
	in := p.known.input(p.m)
	if p.where.perhaps {
		in.Kind, _ = p.forge()
	}
	return in
}

// entries are the paths in the lists that git left in the message's comments.
func (p *page) entries() []commit.Entry { return p.list() }

// rng is a span of the message as the protocol has it.
func (p *page) rng(s message.Span) protocol.Range { return p.doc.lines.rng(s.Start, s.End) }

// at is the byte offset of a position.
func (p *page) at(pos protocol.Position) int { return p.doc.lines.offset(pos) }
