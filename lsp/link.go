package lsp

import (
	"context"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/message"
	"colophon/words"
)

const (
	maxLinks = 1000 // in a message
	maxFiles = 2000 // that are looked for on disk, for one answer
)

// DocumentLink leads from paths to their files, and from commits, issues and mails to
// where they are shown. Web addresses are links where they are the value of a trailer;
// those in prose are left to the editor. Nothing is resolved later: what is not there
// is no link.
func (s *server) DocumentLink(ctx context.Context, p *protocol.DocumentLinkParams) ([]protocol.DocumentLink, error) {
	if f := s.policyFile(p.TextDocument.URI); f != nil {
		return f.links(), nil
	}
	pg, err := s.page(ctx, p.TextDocument.URI, textOnly)
	if pg == nil {
		return []protocol.DocumentLink{}, err
	}
	files := pg.files()
	defer files.close()
	return pg.links(&s.client, files), nil
}

// linker collects links, the first maxLinks.
type linker struct {
	*page
	tips  bool
	found []protocol.DocumentLink
}

func (l *linker) full() bool { return len(l.found) >= maxLinks }

func (l *linker) add(span message.Span, target uri.URI, tip string) {
	if l.full() {
		return
	}
	one := protocol.DocumentLink{Range: l.rng(span), Target: &target}
	if l.tips {
		one.Tooltip = &tip
	}
	l.found = append(l.found, one)
}

func (p *page) links(c *client, files *workFiles) []protocol.DocumentLink {
	l := &linker{page: p, tips: c.linkTooltips, found: []protocol.DocumentLink{}}
	l.text()
	for _, e := range p.entries() {
		if target, ok := files.find(e.Path); ok && bounded(lineBounds(p.m.Text, e.Span.Start)) {
			l.add(e.Span, target, words.LinkFile.String())
		}
	}
	if files == nil {
		return l.found
	}
	for _, s := range p.patch() {
		for _, n := range s.Names {
			if target, ok := files.find(pathOf(&s, n)); ok && bounded(lineBounds(p.m.Text, n.Start)) {
				l.add(message.Span(n.Span), target, words.LinkFile.String())
			}
		}
	}
	return l.found
}

// text looks for commits, issues and mails in what will be committed.
func (l *linker) text() {
	f := forgeOf(l.known.commit.Config)
	mail := l.archived(f)
	for _, line := range l.m.Lines {
		if f == nil || l.full() {
			break
		}
		if line.Paragraph < 0 || !bounded(line.Span) {
			continue
		}
		for _, id := range commitIDs(l.m.Slice(line.Span)) {
			l.commit(f, moved(id, line.Start))
		}
		if f.issue != "" {
			l.issues(f, line.Span)
		}
	}
	for _, t := range l.trailers() {
		if !bounded(t.Span) {
			continue
		}
		if id := firstWord(l.m.Text, t.ValueSpan); f != nil && namesCommit(t.Token) && isCommitID(l.m.Slice(id)) {
			l.commit(f, id)
		}
		if mail && (t.Is("Link") || t.Is("Message-ID")) {
			l.mail(t.ValueSpan)
		}
		if address, tip, ok := webAddress(t.Value); ok && l.m.Slice(t.ValueSpan) == t.Value {
			l.add(t.ValueSpan, address, tip)
		}
	}
}

// webAddress reads one that is all of a value.
func webAddress(value string) (address uri.URI, tip string, ok bool) {
	u, err := url.Parse(value)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || !plainHost(strings.ToLower(u.Hostname())) ||
		strings.ContainsAny(value, " \t<>\"") || !utf8.ValidString(value) {
		return "", "", false
	}
	tip = words.LinkPage.With("place", u.Hostname())
	if u.Hostname() == "lore.kernel.org" {
		tip = words.LinkMail.String()
	}
	return uri.URI(value), tip, true
}

func moved(s message.Span, by int) message.Span {
	return message.Span{Start: s.Start + by, End: s.End + by}
}

func (l *linker) commit(f *forge, id message.Span) {
	hash := l.m.Slice(id)
	l.add(id, uri.URI(f.commitURL(hash)), words.LinkCommit.With("hash", hash[:min(len(hash), 12)], "place", f.host))
}

// issues links #123 where that stands alone.
func (l *linker) issues(f *forge, line message.Span) {
	text := l.m.Slice(line)
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '#')
		if i < 0 {
			return
		}
		start := at + i
		end := start + 1
		for end < len(text) && text[end] >= '0' && text[end] <= '9' {
			end++
		}
		at = end
		digits := text[start+1 : end]
		if digits == "" || digits[0] == '0' || len(digits) > 9 || start > 0 && strings.IndexByte(" \t([{,;:", text[start-1]) < 0 || end < len(text) && inWord(text[end]) {
			continue
		}
		l.add(moved(message.Span{Start: start, End: end}, line.Start), uri.URI(f.issueURL(digits)), words.LinkIssue.With("number", "#"+digits, "place", f.host))
	}
}

// archived tells whether mails of this project are on lore.kernel.org: those of the
// kernel, and where the message itself says so.
func (l *linker) archived(f *forge) bool {
	p := l.policy()
	return f != nil && f.host == kernelHost || p != nil && p.Project == "Linux" || strings.Contains(l.m.Text[:l.m.Cut], "https://lore.kernel.org/")
}

// mail links <id@host> in a value.
func (l *linker) mail(value message.Span) {
	text := l.m.Slice(value)
	open := strings.IndexByte(text, '<')
	end := strings.IndexByte(text, '>')
	if open < 0 || end < open {
		return
	}
	id := text[open+1 : end]
	if strings.Count(id, "@") != 1 || strings.ContainsAny(id, " \t\r\n<") || strings.Contains(id, "://") || !utf8.ValidString(id) {
		return
	}
	span := message.Span{Start: value.Start + open + 1, End: value.Start + end}
	l.add(span, uri.URI("https://lore.kernel.org/r/"+url.PathEscape(id)), words.LinkMail.String())
}

// namesCommit tells whether a trailer's value begins with a commit.
func namesCommit(token string) bool {
	for _, t := range []string{"Fixes", "Reverts", "Cherry-picked-from", "Upstream-commit", "Backport-of"} {
		if strings.EqualFold(t, token) {
			return true
		}
	}
	return false
}

func firstWord(text string, s message.Span) message.Span {
	end := s.Start
	for end < s.End && inWord(text[end]) {
		end++
	}
	return message.Span{Start: s.Start, End: end}
}

// commitIDs are the ids behind the word "commit", as git and people write: "This
// reverts commit …", "(cherry picked from commit …)", "[ Upstream commit … ]".
func commitIDs(line string) (ids []message.Span) {
	const word = "commit"
	for at := 0; ; {
		i := strings.Index(line[at:], word)
		if i < 0 {
			return ids
		}
		begin := at + i
		at = begin + len(word)
		rest := strings.TrimLeft(line[at:], " \t")
		from := len(line) - len(rest)
		if from == at || begin > 0 && inWord(line[begin-1]) {
			continue
		}
		id := firstWord(line, message.Span{Start: from, End: len(line)})
		if isCommitID(line[id.Start:id.End]) {
			ids = append(ids, id)
			at = id.End
		}
	}
}

// isCommitID tells whether a word is the id of a commit, at least as short as git
// writes it. Some words have no other letters, so a short one needs a digit.
func isCommitID(word string) bool {
	if len(word) < 7 || len(word) > 64 {
		return false
	}
	digit := len(word) >= 40
	for _, c := range []byte(word) {
		switch {
		case c >= '0' && c <= '9':
			digit = true
		case c < 'a' || c > 'f':
			return false
		}
	}
	return digit
}

// workFiles looks for files in the work tree, each once.
type workFiles struct {
	root *os.Root
	top  string
	seen map[string]bool
}

// files is nil where there is no work tree.
func (p *page) files() *workFiles {
	repo := p.known.commit.Repository
	if repo == nil || repo.WorkTree == "" {
		return nil
	}
	root, err := os.OpenRoot(repo.WorkTree)
	if err != nil {
		return nil
	}
	return &workFiles{root: root, top: repo.WorkTree, seen: make(map[string]bool)}
}

func (w *workFiles) close() {
	if w != nil {
		w.root.Close()
	}
}

// find is the file of a path of git's, if it is there and below the top: a link that
// leads elsewhere is not followed.
func (w *workFiles) find(name string) (uri.URI, bool) {
	if w == nil || name == "" || path.Clean(name) != name || !utf8.ValidString(name) {
		return "", false
	}
	local := filepath.FromSlash(name)
	if !filepath.IsLocal(local) {
		return "", false
	}
	there, known := w.seen[name]
	if !known {
		if len(w.seen) == maxFiles {
			return "", false
		}
		info, err := w.root.Stat(local)
		there = err == nil && info.Mode().IsRegular()
		w.seen[name] = there
	}
	return uri.File(filepath.Join(w.top, local)), there
}
