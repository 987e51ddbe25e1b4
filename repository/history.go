package repository

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Bounds of what is read of a history: it only helps to write less.
const (
	historyTime    = 5 * time.Second
	historyCommits = 2000
	maxHistory     = 16 << 20 // bytes of git's answer
	maxSubject     = 300      // bytes
	maxTrailers    = 8 << 10  // bytes of one commit
	maxPeople      = 5000
	maxContacts    = 20 << 10 // bytes of a command line
	touchTime      = 2 * time.Second
	touchCommits   = 30
	touchPaths     = 30
)

// History is what the newest commits tell of how people write here: who they are,
// which commits can be referred to, and how that is done.
type History struct {
	People  []Contributor // those that are named most, and most lately, first
	Commits []Past        // newest first
	Fixes   FixesForm
}

// Contributor is a person as `.mailmap` has one, whom commits name as the author or
// in a trailer.
type Contributor struct {
	Identity
	Named  int            // how often commits name the person
	Weight int            // the same, where a newer commit counts more
	Roles  map[string]int // the same for "author" and for each trailer, in lower case
}

// Past is a commit of the history.
type Past struct {
	ID, Short     string // in full, and as git abbreviates it here
	Subject       string // one line
	Author, Dated string // a name and YYYY-MM-DD
}

// History reads it from HEAD with git, as far as git comes within some seconds. What
// was read comes with an error, too; where there is no commit yet, it is empty.
// cfg is the [Repository.Config], so that git trusts the repository.
func (r *Repository) History(ctx context.Context, cfg *Config) (*History, error) {
	ctx, cancel := context.WithTimeout(ctx, historyTime)
	defer cancel()
	b := reading{people: make(map[string]*Contributor), named: make(map[Identity]map[string]int), counts: make(map[Identity]int)}
	err := r.endlessMailmap(cfg)
	if err == nil {
		err = r.run(ctx, r.log(historyCommits, nil, b.add))
	}
	named := b.inTrailers()
	b.take(named, r.mapped(ctx, contacts(named)))
	if err != nil {
		err = fmt.Errorf("read the history: %w", err)
	}
	return &History{People: b.sorted(), Commits: b.commits, Fixes: b.fixes.form(cfg, b.commits)}, err
}

// Touching lists the newest commits that changed one of these paths, as far as git
// finds them quickly. The order is git's: newest first.
func (r *Repository) Touching(ctx context.Context, cfg *Config, paths []string) ([]Past, error) {
	ctx, cancel := context.WithTimeout(ctx, touchTime)
	defer cancel()
	size := 0
	for i, p := range paths {
		if size += len(p) + 1; i == touchPaths || size > maxContacts {
			paths = paths[:i]
			break
		}
	}
	if len(paths) == 0 {
		return nil, nil
	}
	err := r.endlessMailmap(cfg)
	var found []Past
	if err == nil {
		err = r.run(ctx, r.log(touchCommits, paths, func(p Past, _ Identity, _ string) { found = append(found, p) }))
	}
	if err != nil {
		err = fmt.Errorf("look who changed the staged files: %w", err)
	}
	return found, err
}

// log is the command that lists commits. The paths stand behind a "--", where git
// takes nothing for an option, and are taken literally.
func (r *Repository) log(most int, paths []string, add func(Past, Identity, string)) command {
	const fields = "%H%x00%h%x00%aN%x00%aE%x00%ad%x00%s%x00%(trailers:only,unfold)"
	args := inert("-c", "log.follow=false", "--literal-pathspecs", "log",
		"-n", fmt.Sprint(most), "-z", "--format="+fields, "--date=short", "--encoding=UTF-8",
		"--no-show-signature", "--no-notes", "--no-decorate", "--no-color", "--no-ext-diff", "--no-textconv", "--no-patch",
		"HEAD", "--")
	return command{args: append(args, paths...), read: func(stdout io.Reader) error {
		return readLog(io.LimitReader(stdout, maxHistory), add)
	}}
}

func readLog(stdout io.Reader, add func(Past, Identity, string)) error {
	in := bufio.NewReader(stdout)
	for {
		var f [7]string
		for i := range f {
			text, err := in.ReadString(0)
			if errors.Is(err, io.EOF) && i == 0 && text == "" {
				return nil
			}
			if err != nil {
				return err
			}
			f[i] = strings.TrimSuffix(text, "\x00")
		}
		add(Past{ID: f[0], Short: f[1], Author: plain(f[2]), Dated: f[4], Subject: plain(cutText(f[5], maxSubject))},
			Identity{plain(f[2]), plain(f[3])}, cutText(f[6], maxTrailers))
	}
}

func cutText(s string, most int) string { return s[:min(len(s), most)] }

// plain is a text that can stand in one line of a message.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, strings.TrimSpace(strings.ToValidUTF8(s, "\uFFFD")))
}

// endlessMailmap refuses what git would wait for, or never come to the end of.
func (r *Repository) endlessMailmap(cfg *Config) error {
	files := []string{filepath.Join(cmp.Or(r.WorkTree, r.GitDir), ".mailmap")}
	if file, ok := cfg.Get("mailmap.file"); ok {
		files = append(files, resolve(r.fromTop("."), file))
	}
	for _, file := range files {
		if isEndless(file) {
			return fmt.Errorf("read %s: not a regular file", file)
		}
	}
	return nil
}

// mapped is what `.mailmap` makes of people. Git has done so already for authors, but
// does not look into trailers.
func (r *Repository) mapped(ctx context.Context, people []Identity) map[Identity]Identity {
	if len(people) == 0 || ctx.Err() != nil {
		return nil
	}
	args := inert("check-mailmap", "--")
	for _, p := range people {
		args = append(args, p.Name+" <"+p.Email+">")
	}
	answer, err := r.ask(ctx, command{args: args}, maxSmall)
	lines := strings.Split(strings.TrimSuffix(answer, "\n"), "\n")
	if err != nil || len(lines) != len(people) {
		return nil
	}
	to := make(map[Identity]Identity, len(people))
	for i, line := range lines {
		if id, ok := identityOf(line); ok {
			to[people[i]] = id
		}
	}
	return to
}

// reading adds up a history.
type reading struct {
	commits []Past
	people  map[string]*Contributor     // by address, in lower case
	named   map[Identity]map[string]int // in trailers, as they stand there
	counts  map[Identity]int            // commits that do so
	fixes   fixesSeen
}

func (b *reading) add(p Past, author Identity, trailers string) {
	weight := historyCommits - len(b.commits)
	b.commits = append(b.commits, p)
	b.count(author, 1, map[string]int{"author": weight})
	for line := range strings.SplitSeq(trailers, "\n") {
		token, value, ok := strings.Cut(line, ":")
		token, value = strings.ToLower(strings.TrimSpace(token)), strings.TrimSpace(value)
		if ok && token == "fixes" {
			b.fixes.add(value)
		}
		if !ok || token != "cc" && !strings.HasSuffix(token, "-by") {
			continue
		}
		id, ok := identityOf(value)
		if !ok || b.named[id] == nil && len(b.named) == maxPeople {
			continue
		}
		if b.named[id] == nil {
			b.named[id] = make(map[string]int)
		}
		b.named[id][token] += weight
		b.counts[id]++
	}
}

// identityOf reads "Name <address>", and nothing that only looks like it.
func identityOf(text string) (Identity, bool) {
	name, rest, ok := strings.Cut(text, "<")
	mail, _, closed := strings.Cut(rest, ">")
	id := Identity{plain(name), plain(mail)}
	return id, ok && closed && id.Name != "" && len(text) <= maxSubject && strings.Contains(id.Email, "@") &&
		!strings.ContainsAny(id.Email, " \t<>") && !strings.ContainsAny(id.Name, "<>\"")
}

// count adds what names a person. Of several names of one address the first
// stays, which is the newest.
func (b *reading) count(id Identity, times int, roles map[string]int) {
	if id.Name == "" || !strings.Contains(id.Email, "@") || strings.ContainsAny(id.Name+id.Email, "<>") {
		return
	}
	key := strings.ToLower(id.Email)
	c := b.people[key]
	if c == nil {
		if len(b.people) == maxPeople {
			return
		}
		c = &Contributor{Identity: id, Roles: make(map[string]int)}
		b.people[key] = c
	}
	c.Named += times
	for role, weight := range roles {
		c.Weight += weight
		c.Roles[role] += weight
	}
}

// inTrailers are the people of trailers, those that are named most first.
func (b *reading) inTrailers() []Identity {
	return slices.SortedFunc(maps.Keys(b.named), func(x, y Identity) int {
		return cmp.Or(b.counts[y]-b.counts[x], strings.Compare(x.Email, y.Email), strings.Compare(x.Name, y.Name))
	})
}

// contacts are as many of them as a command line takes.
func contacts(all []Identity) []Identity {
	size := 0
	for i, id := range all {
		if size += len(id.Name) + len(id.Email) + 8; size > maxContacts {
			return all[:i]
		}
	}
	return all
}

// take adds those of the trailers to the authors.
func (b *reading) take(named []Identity, mapped map[Identity]Identity) {
	for _, id := range named {
		b.count(cmp.Or(mapped[id], id), b.counts[id], b.named[id])
	}
}

func (b *reading) sorted() []Contributor {
	var all []Contributor
	for _, c := range b.people {
		all = append(all, *c)
	}
	slices.SortFunc(all, func(x, y Contributor) int {
		return cmp.Or(y.Weight-x.Weight, strings.Compare(x.Name, y.Name), strings.Compare(x.Email, y.Email))
	})
	return all
}
