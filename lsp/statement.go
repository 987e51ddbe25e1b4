package lsp

import (
	"colophon/diagnostics"
	"colophon/repository"
)

// say notes what the person says of AI use beside the text, for as long as it is the
// same commit that the document is the message of. Nothing is written anywhere.
func (ses *session) say(st diagnostics.Statement) {
	at := ses.head()
	ses.mu.Lock()
	ses.said, ses.saidAt = st, at
	ses.mu.Unlock()
	if k := ses.now(); k != nil {
		told := *k
		ses.learn(&told) // at once: a client asks next, and some cannot be told to ask again
	}
	nudge(ses.again)
}

// forget drops what was said of a commit that has been made meanwhile: the commit box of
// VS Code stays open for the next one.
func (ses *session) forget() {
	ses.mu.Lock()
	said, at := ses.said, ses.saidAt
	ses.mu.Unlock()
	if said == "" {
		return
	}
	now := ses.head() // some look-ups of files, for which nobody should wait
	if at != (repository.Fingerprint{}) && now.SameHead(at) {
		return
	}
	ses.mu.Lock()
	defer ses.mu.Unlock()
	switch {
	case ses.saidAt != at: // something newer was said
	case at == (repository.Fingerprint{}):
		ses.saidAt = now // it was said before anything was known
	default:
		ses.said = ""
	}
}

// head tells where HEAD is; a zero one where there is none to know of.
func (ses *session) head() repository.Fingerprint {
	k := ses.now()
	if k == nil || k.commit.Repository == nil {
		return repository.Fingerprint{}
	}
	return k.commit.Repository.Fingerprint()
}

// heed puts what was said into what is known, where it was found out before it was
// said. The lock is held.
func (ses *session) heed(k *known) {
	if ses.said != "" && k.commit.Stated != ses.said {
		c := *k.commit
		c.Stated, k.commit = ses.said, &c
	}
}
