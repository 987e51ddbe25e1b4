package commit

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"colophon/change"
	"colophon/message"
	"colophon/repository"
	"colophon/words"
)

// Contents is what the commit will contain, as far as that can be known.
type Contents struct {
	Change *change.Change // nil: not known
	// Doubt says in a sentence what could not be told or counted, and what was
	// done about it; "" where there is no doubt.
	Doubt string
	Noted

	source  repository.Source
	gits    []int  // the gits that waited
	made    bool   // git has made the tree of the commit, and no longer looks at the index
	patched bool   // Change is the patch in the buffer, whose object ids are short
	gone    bool   // the index it was made from is not there any more
	own     string // the doubt when this was found out
	left    [32]byte
	print   repository.Fingerprint
}

// Contents finds out what the commit will contain. Git makes it from one index and
// compares it with one commit; which ones, nothing on disk says for certain. In
// this order it goes by
//
//   - the command line of the git that waits for the message, where the system
//     tells it, and the index that git has named to us;
//   - the patch that `git commit -v` left in the buffer;
//   - the list of paths in git's comments there;
//   - the message itself: one that is that of HEAD looks like an amend.
//
// Where another program than git makes the commit, only the patch counts that it may
// have put into the buffer.
//
// before is what an earlier call found out for this message, nil for the first.
// While git waits, it has made the commit's tree already, and what is staged later
// is not part of it. The error is git's; Contents then are nil, or hold what is
// known all the same.
func (c *Commit) Contents(ctx context.Context, m *message.Message, before *Contents) (*Contents, error) {
	if c.Repository == nil || c.apart {
		return c.inBuffer(ctx, m), nil
	}
	q := &question{c, c.Repository, m, readLeft(m), c.seen.index}
	if before != nil && before.Change != nil && (q.left.none() || q.left.sum == before.left) {
		now, err := q.again(ctx, before)
		return q.attributed(ctx, now, before), err
	}
	now, err := q.first(ctx)
	return q.attributed(ctx, now, before), err
}

// attributed adds what gitattributes say of the files, for the policy to sort them
// by. Without a policy nobody asks; and where git cannot tell, the patterns count.
func (q *question) attributed(ctx context.Context, now, before *Contents) *Contents {
	if now == nil || now.Change == nil || q.commit.Found == nil || before != nil && before.Change == now.Change {
		return now
	}
	with := *now
	with.Change = q.commit.attributed(ctx, now.Change)
	return &with
}

func (c *Commit) attributed(ctx context.Context, ch *change.Change) *change.Change {
	paths := make([]string, len(ch.Files))
	for i := range ch.Files {
		paths[i] = ch.Files[i].Path
	}
	said, err := c.Repository.Attributes(ctx, c.Config, paths)
	if err != nil || said == nil {
		return ch
	}
	with := *ch
	with.Attributes = said
	return &with
}

// Made is what a commit contains that was made. noted is what AI tools noted of it: it is
// kept where lines were added in the files that it speaks of.
func (c *Commit) Made(ctx context.Context, id string, noted *Noted) (*change.Change, error) {
	ch, err := c.Repository.DiffCommit(ctx, id, noted.wanted())
	if err != nil {
		return nil, err
	}
	return c.attributed(ctx, ch), nil
}

// Brought is what a branch brings, for a range A..B.
func (c *Commit) Brought(ctx context.Context, revisions string) (*change.Change, error) {
	ch, err := c.Repository.DiffRange(ctx, revisions)
	if err != nil {
		return nil, err
	}
	return c.attributed(ctx, ch), nil
}

// Stale tells whether git has left something else in the buffer since: the message
// is that of another commit by now.
func (x *Contents) Stale(m *message.Message) bool {
	l := readLeft(m)
	return !l.none() && l.sum != x.left
}

// Ended tells whether the index that git had made for this commit alone has gone
// since: the commit is made, or it is not.
func (x *Contents) Ended() bool { return x.made && !x.gone && missing(x.source.Index) }

func missing(file string) bool {
	_, err := os.Stat(file)
	return errors.Is(err, fs.ErrNotExist)
}

// question is one attempt to find out.
type question struct {
	commit  *Commit
	repo    *repository.Repository
	message *message.Message
	left    *left
	print   repository.Fingerprint
}

// again goes on from an earlier answer.
func (q *question) again(ctx context.Context, before *Contents) (*Contents, error) {
	gits := q.commit.pids()
	switch {
	case len(gits) > 0 && !slices.Equal(gits, before.gits):
		return q.first(ctx) // another commit
	case before.made && (len(gits) > 0 || !q.commit.gitsKnown):
		return q.since(ctx, before), nil
	case !before.print.SameHead(q.print):
		// Once it is made, there is nothing to add. The commit box stays open for the next.
		if head, err := q.repo.HeadCommit(ctx); err == nil && !q.commit.box && q.is(head) {
			done := *before
			done.Doubt, done.print, done.gone = "", q.print, missing(before.source.Index)
			return &done, nil
		}
	case before.made:
		// The commit was aborted; what would be in the next one of its kind?
		return q.read(ctx, repository.Source{Index: q.repo.Index(), Base: before.source.Base}, "")
	case before.source.Index == q.repo.Source().Index:
		return q.read(ctx, before.source, before.own)
	}
	return q.first(ctx)
}

// since says what was staged after git had made the tree.
func (q *question) since(ctx context.Context, before *Contents) *Contents {
	now := *before
	now.Doubt, now.print, now.gone = before.own, q.print, missing(before.source.Index)
	if before.patched || before.source.Index != q.repo.Index() || before.print == q.print {
		return &now
	}
	staged, err := q.repo.Names(ctx, before.source, true)
	if err != nil {
		return before
	}
	if paths := differing(before.Change.Files, staged.Files); len(paths) > 0 {
		now.Doubt = words.DoubtStagedSince.With("files", some(paths))
	}
	return &now
}

// differing lists the paths that are not the same in both.
func differing(a, b []change.File) []string {
	type state struct {
		status   change.Status
		mode     string
		from     string
		old, new change.ObjectID
	}
	states := func(files []change.File) map[string]state {
		m := make(map[string]state, len(files))
		for _, f := range files {
			m[f.Path] = state{f.Status, f.NewMode, f.From, f.Old, f.New}
		}
		return m
	}
	before, now := states(a), states(b)
	var paths []string
	for path, s := range now {
		if before[path] != s {
			paths = append(paths, path)
		}
	}
	for path := range before {
		if _, ok := now[path]; !ok {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// some names the first of the paths, and how many there are besides.
func some(paths []string) string {
	switch n := len(paths) - 1; n {
	case 0:
		return words.DoubtFile.With("file", paths[0])
	case 1:
		return words.DoubtFileOne.With("file", paths[0])
	default:
		return words.DoubtFiles.With("file", paths[0], "n", strconv.Itoa(n))
	}
}

// first finds out without an earlier answer.
func (q *question) first(ctx context.Context) (*Contents, error) {
	sources, sure := q.sources()
	pick, doubt := sources[0], ""
	switch {
	case sure:
	case q.left.none():
		pick, doubt = q.guess(ctx, pick)
	default:
		pick, doubt = q.compare(ctx, sources)
	}
	now, err := q.read(ctx, pick, doubt)
	if now.Change == nil {
		return now, err
	}
	if now.Doubt == "" && q.late(ctx) {
		now.own = words.DoubtLate.String()
		now.Doubt = now.own
	}
	if q.left.none() {
		return now, err
	}
	if q.left.fits(now.Change) != fitless {
		now.made = now.made || !q.commit.gitsKnown
		return now, err
	}
	if q.commit.fresh() {
		return now, err // a pre-commit hook may stage something after git has made its list
	}
	// The index is another one than that which git has made the tree from.
	part, more, fewer := q.left.listed(now.Change)
	switch p := q.left.patch; {
	case p != nil && p.Whole:
		now.Change, now.own, now.made, now.patched = &p.Change, "", true, true
		now.Records = nil // their lines are those of the index
	case p != nil || !q.left.labelled():
	case fewer && q.repo.HasHook(q.commit.Config, "pre-commit"):
		now.own = words.DoubtPreCommit.With("files", some(more))
	case fewer:
		now.Change, now.made = part, true
		now.own = words.DoubtListed.With("files", some(more))
	default:
		now.own = words.DoubtOthersListed.String()
	}
	now.Doubt = now.own
	return now, err
}

// late tells whether we come after the editor, as a hook does, and the index has
// changed since git made the tree.
func (q *question) late(ctx context.Context) bool {
	git := q.commit.git()
	return git != nil && git.Command == "commit" && !git.OwnIndex && !q.commit.fresh() && !q.repo.Untouched() &&
		!q.repo.HasHook(q.commit.Config, "pre-commit") && !q.repo.IntendsToAdd(ctx)
}

// read asks git for the contents of a source.
func (q *question) read(ctx context.Context, s repository.Source, doubt string) (*Contents, error) {
	now := &Contents{
		source: s, gits: q.commit.pids(), Doubt: doubt, own: doubt, left: q.left.sum, print: q.print,
		made: len(q.commit.gits) > 0 || !q.commit.gitsKnown && q.repo.Waits(),
	}
	var err error
	d := q.commit.drafts(ctx, s)
	now.Change, err = q.repo.Diff(ctx, s, d.wanted())
	now.Noted = q.commit.placed(ctx, &d, now.Change)
	if err == nil && len(now.Change.Files) == 0 && q.commit.file == "final-commit" {
		// A hook of `git am` sees the message before the patch is applied.
		if p, ok := q.repo.AppliedNext(); ok {
			now.Change = p
		}
	}
	switch {
	case err == nil || ctx.Err() != nil:
		return now, err
	case errors.Is(err, repository.ErrTimeLimit) && now.Change != nil:
		now.Doubt = words.DoubtSlowLines.String()
		return now, nil
	case errors.Is(err, repository.ErrTimeLimit):
		now.Doubt = words.DoubtSlow.String()
		return now, err
	}
	// A partial clone may lack the files, and still knows their names.
	if names, other := q.repo.Names(ctx, s, false); other == nil {
		for i := range names.Files {
			names.Files[i].Partial = true
		}
		now.Change = names
		now.Doubt = words.DoubtUnreadFiles.String()
		return now, nil
	}
	now.Doubt = words.DoubtUntold.String()
	return now, err
}

// sources are where the commit may come from, the likeliest first, and whether
// that one is certain.
func (q *question) sources() (all []repository.Source, sure bool) {
	indexes, sureIndex := q.indexes()
	bases, sureBase := q.bases()
	for _, i := range indexes {
		for _, b := range bases {
			all = append(all, repository.Source{Index: i, Base: b})
		}
	}
	return all, sureIndex && sureBase
}

func (q *question) indexes() (files []string, sure bool) {
	usual, git := q.repo.Index(), q.commit.git()
	given, told := q.repo.Given()
	switch {
	case told && (git == nil || git.Started()) && (given != usual || q.commit.gitsKnown):
		return []string{given}, true // the usual one an editor that stays open may have from long ago
	case git != nil && !git.OwnIndex:
		return []string{usual}, true
	}
	for _, l := range q.repo.Locked() {
		switch {
		case git != nil && l.PID == git.PID:
			return []string{l.File}, true
		case git == nil || l.PID == 0: // otherwise another git's
			files = append(files, l.File)
		}
	}
	switch {
	case len(files) == 0 || git != nil:
		return append(files, usual), true
	case q.commit.gitsKnown && len(q.commit.gits) == 0:
		return append([]string{usual}, files...), false
	}
	return append(files, usual), false
}

func (q *question) bases() (bases []repository.Base, sure bool) {
	git := q.commit.git()
	action := q.repo.ReflogAction()
	amends := strings.HasSuffix(action, "(reword)") || strings.HasSuffix(action, "(squash)") || strings.HasSuffix(action, "(fixup)")
	switch {
	case q.commit.never:
		return []repository.Base{repository.Head}, true
	case git != nil && git.Amend:
		return []repository.Base{repository.Parent}, true
	case git != nil:
		return []repository.Base{repository.Head}, true
	case amends:
		return []repository.Base{repository.Parent, repository.Head}, false
	}
	return []repository.Base{repository.Head, repository.Parent}, false
}

// compare takes the source that agrees best with what git left in the buffer.
func (q *question) compare(ctx context.Context, sources []repository.Source) (pick repository.Source, doubt string) {
	pick = sources[0]
	best := fitless
	var equals []repository.Source
	for _, s := range sources {
		if best < fitless && s.Index != pick.Index {
			break // a locked index that agrees is the one
		}
		names, err := q.repo.Names(ctx, s, true)
		if err != nil {
			continue
		}
		f := q.left.fits(names)
		if f < best {
			best, pick, equals = f, s, nil
		}
		if f == best {
			equals = append(equals, s)
		}
	}
	other := slices.IndexFunc(equals, func(s repository.Source) bool { return s.Base != pick.Base })
	if best >= empty || other < 0 || q.message.Empty() || q.message.Unwritten() {
		return pick, "" // an amend begins with a message
	}
	head, err := q.repo.HeadCommit(ctx)
	if err != nil {
		return pick, ""
	}
	if q.is(head) {
		for _, s := range equals {
			if s.Base == repository.Parent {
				pick = s
			}
		}
		return pick, words.DoubtAmendMessage.With("commit", named(head))
	}
	return pick, words.DoubtAmendFits.With("commit", named(head))
}

// guess goes by the message alone: an amend begins with that of HEAD.
func (q *question) guess(ctx context.Context, likely repository.Source) (pick repository.Source, doubt string) {
	if likely.Base == repository.Parent || q.message.Empty() || q.message.Unwritten() {
		return likely, ""
	}
	head, err := q.repo.HeadCommit(ctx)
	if err != nil || !q.is(head) {
		return likely, ""
	}
	if names, err := q.repo.Names(ctx, likely, false); err == nil && len(names.Files) == 0 {
		likely.Base = repository.Parent
		return likely, words.DoubtAmendLikely.With("commit", named(head))
	}
	return likely, words.DoubtAmendUnlikely.With("commit", named(head))
}

// is tells whether the message is that of a commit.
func (q *question) is(head repository.Commit) bool {
	text := strings.TrimSpace(q.message.Clean())
	return text != "" && text == strings.TrimSpace(head.Message)
}

func named(c repository.Commit) string {
	subject, _, _ := strings.Cut(strings.TrimSpace(c.Message), "\n")
	if runes := []rune(subject); len(runes) > 50 {
		subject = string(runes[:50]) + "…"
	}
	return words.DoubtCommit.With("id", string(c.ID), "subject", subject)
}
