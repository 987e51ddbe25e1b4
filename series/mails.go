package series

import (
	"slices"

	"colophon/commit"
	"colophon/diagnostics"
	"colophon/mail"
	"colophon/report"
)

// window is how many mails are held back until the others of their series have come. In
// an archive the mails of several series lie between one another.
const window = 256

// Mails judges mails in the order of their files, and finds out which are of one series.
type Mails struct {
	commit *commit.Commit
	ai     diagnostics.Statement
	each   func(*report.Commit) error
	queue  []mailed
	bytes  int
	open   []*thread // those with mails in the queue, and the newest
	count  int       // series
}

type mailed struct {
	*report.Commit
	of     *thread
	weight int
}

// thread is a series of mails.
type thread struct {
	group
	*report.Series
	ids   map[string]bool // of its mails, and of the one that it answers
	last  int             // the number of its newest patch
	in    int             // mails in the queue
	ended bool            // it is judged; what comes late is not added up any more
}

// NewMails judges mails by the policy of c and hands each on, in the order in which they
// are added.
func NewMails(c *commit.Commit, ai diagnostics.Statement, each func(*report.Commit) error) *Mails {
	return &Mails{commit: c, ai: ai, each: each}
}

// Add judges one mail of a file.
func (m *Mails) Add(file string, p *mail.Patch) error {
	one, of := Mail(m.commit, m.ai, file, p), m.threadOf(p)
	if one.Series = of.Series; of.Subject == "" || p.Cover() {
		of.Subject = one.Subject
	}
	if one.LeftOut == "" {
		of.Patches++
	}
	if !of.ended {
		of.group.add(one)
	}
	of.in++
	m.queue = append(m.queue, mailed{one, of, weight(one)})
	m.bytes += m.queue[len(m.queue)-1].weight
	for len(m.queue) > window || m.bytes > mostBytes {
		if err := m.release(); err != nil {
			return err
		}
	}
	return nil
}

// End hands on what is held back.
func (m *Mails) End() error {
	for len(m.queue) > 0 {
		if err := m.release(); err != nil {
			return err
		}
	}
	return nil
}

// release hands the first mail on. Its series has had time to come.
func (m *Mails) release() error {
	first := m.queue[0]
	m.queue[0] = mailed{}
	m.queue = m.queue[1:]
	m.bytes -= first.weight
	of := first.of
	if !of.ended {
		of.judge(m.commit)
		of.ended, of.group = true, group{}
	}
	if of.in--; of.in == 0 {
		m.open = slices.DeleteFunc(m.open, func(t *thread) bool { return t == of })
	}
	return m.each(first.Commit)
}

// threadOf finds the series of a mail: by the thread that it is in; where it is in none,
// by its number, which goes on from the one before.
func (m *Mails) threadOf(p *mail.Patch) *thread {
	var of *thread
	for _, t := range slices.Backward(m.open) {
		if t.Of != p.Of || t.Version != p.Version {
			continue
		}
		if t.ids[p.Thread] || t.ids[p.ID] ||
			p.Thread == "" && p.Of > 0 && p.Number > t.last ||
			p.Thread == "" && p.Of == 0 && p.ID == "" && len(t.ids) == 0 {
			of = t
			break
		}
	}
	if of == nil {
		m.count++
		of = &thread{Series: &report.Series{Number: m.count, Version: p.Version, Of: p.Of}, ids: make(map[string]bool), last: -1}
		m.open = append(m.open, of)
	}
	for _, id := range []string{p.Thread, p.ID} {
		if id != "" {
			of.ids[id] = true
		}
	}
	if !p.Reply {
		of.last = max(of.last, p.Number)
	}
	return of
}
