package repository

import (
	"regexp"
	"strings"
	"sync"
)

// FixesForm is how this project refers to what a commit fixes.
type FixesForm struct {
	Length    int    // digits of a commit's hash; git's own abbreviation, where that is longer
	Subject   string // how the subject stands behind it, as `("%")`; "" where it does not
	Reference string // how an issue's number begins, such as "#" or an address; "" where the project names none
	Issues    bool   // issues are named more often than commits
}

// The form of the kernel, of QEMU and of git, for a history that has none.
const (
	usualLength  = 12
	usualSubject = `("%")`
)

// Write names a commit.
func (f FixesForm) Write(p Past) string {
	text := p.ID[:min(len(p.ID), max(f.Length, len(p.Short)))]
	if f.Subject == "" {
		return text
	}
	return text + " " + strings.Replace(f.Subject, "%", p.Subject, 1)
}

// fixesSeen counts the forms of the Fixes trailers of a history.
type fixesSeen struct {
	commits    int
	lengths    map[int]int
	subjects   map[string]int
	references map[string]int
}

var (
	fixesCommit = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:commit )?([0-9a-f]{7,64})(?:[ ,:]+(\(?["']?).*?(["']?\)?))?$`)
	})
	fixesIssue = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^((?:https?://[^\s<>]*?[/=#-])|(?:[\w.-]+/[\w.-]+)?#|[A-Z]+-)(\d+)$`)
	})
)

func (s *fixesSeen) add(value string) {
	if s.lengths == nil {
		s.lengths, s.subjects, s.references = make(map[int]int), make(map[string]int), make(map[string]int)
	}
	if m := fixesIssue().FindStringSubmatch(value); m != nil {
		if len(m[1]) <= maxSubject {
			s.references[m[1]]++
		}
		return
	}
	m := fixesCommit().FindStringSubmatch(value)
	if m == nil {
		return
	}
	s.commits++
	s.lengths[len(m[1])]++
	switch m[2] + m[3] {
	case `("")`:
		s.subjects[usualSubject]++
	case `()`:
		s.subjects[`(%)`]++
	case `""`:
		s.subjects[`"%"`]++
	default:
		s.subjects[""]++
	}
}

// form is the commonest. What the history does not tell is as core.abbrev has it, or
// as in the kernel.
func (s *fixesSeen) form(cfg *Config, commits []Past) FixesForm {
	f := FixesForm{Length: usualLength, Subject: usualSubject}
	if value, ok := cfg.Get("core.abbrev"); ok && !strings.EqualFold(value, "auto") && len(commits) > 0 {
		f.Length = len(commits[0].Short)
	}
	if s.commits > 0 {
		f.Length, f.Subject = most(s.lengths), most(s.subjects)
	}
	issues := 0
	for _, n := range s.references {
		issues += n
	}
	if issues > 0 {
		f.Reference = most(s.references)
	}
	f.Issues = issues > s.commits
	return f
}

// most is the key with the highest count; of equals the lowest key, so that it is
// always the same.
func most[K int | string](counts map[K]int) (best K) {
	top := 0
	for k, n := range counts {
		if n > top || n == top && k < best {
			best, top = k, n
		}
	}
	return best
}
