package lsp

import (
	"strings"
	"sync"

	"colophon/change"
	"colophon/commit"
	"colophon/message"
)

// listed are the paths in git's lists, as they were last read. With very many of them
// that takes longer than a keystroke may, and hardly any keystroke is among them.
type listed struct {
	mu      sync.Mutex
	comment string
	change  *change.Change
	tail    string // the text from the first list or the scissors on
	cut     int    // where the scissors are in it
	entries []commit.Entry
}

// of are the entries of a message. They are read again only if the lists, or what the
// commit contains, are not as they were.
func (l *listed) of(c *commit.Commit, m *message.Message, ch *change.Change) []commit.Entry {
	start := listStart(m)
	tail := m.Text[start:]
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.change != ch || l.comment != m.Options.Comment || l.cut != m.Cut-start || l.tail != tail {
		l.comment, l.change, l.tail, l.cut = m.Options.Comment, ch, tail, m.Cut-start
		l.entries = shifted(c.Entries(m, ch), -start)
	}
	return shifted(l.entries, start)
}

// listStart is where the first line of a list is, or the scissors before it.
func listStart(m *message.Message) int {
	lead := m.Options.Comment + "\t"
	if strings.HasPrefix(m.Text, lead) {
		return 0
	}
	if i := strings.Index(m.Text, "\n"+lead); i >= 0 {
		return min(i+1, m.Cut)
	}
	return m.Cut
}

// shifted are entries whose text stands elsewhere.
func shifted(entries []commit.Entry, by int) []commit.Entry {
	out := make([]commit.Entry, len(entries))
	for i, e := range entries {
		e.Span.Start, e.Span.End = e.Span.Start+by, e.Span.End+by
		if e.From.Len() > 0 {
			e.From.Start, e.From.End = e.From.Start+by, e.From.End+by
		}
		out[i] = e
	}
	return out
}
