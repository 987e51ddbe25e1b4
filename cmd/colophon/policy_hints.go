package main

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"colophon/policy"
	"colophon/repository"
)

// problem is one line of `policy validate`.
type problem struct {
	line, column int // from 1, the column in characters
	severity     string
	text         string
	code         string // policy-invalid, policy-outdated or policy-unmatched, as in the editor
}

// problemsOf are what keeps a policy file from being used, and hints that need to
// know the repository and the day. The paths are those that git tracks; without
// any, nothing is said of patterns.
func problemsOf(d *policy.Draft, text string, paths []string, now time.Time) []problem {
	var out []problem
	for _, p := range d.Problems {
		severity := "error"
		if p.Hint {
			severity = "hint"
		}
		out = append(out, problem{max(p.Line, 1), max(p.Column, 1), severity, p.Msg, "policy-invalid"})
	}
	hint := func(at int, code, format string, args ...any) {
		line, column := lineAndColumn(text, at)
		out = append(out, problem{line, column, "hint", fmt.Sprintf(format, args...), code})
	}
	if day, at, ok := d.Value("recheck_by"); ok && past(day, now) {
		hint(at.Start, "policy-outdated", "this date is over; read the project's text again and set a new one")
	}
	if len(paths) == 0 {
		return out
	}
	late := now.Add(2 * time.Second)
	for _, g := range d.Globs() {
		found, ok := policy.Matching(g.Pattern, paths, func() bool { return time.Now().Before(late) })
		if !ok {
			break
		}
		if len(found) == 0 {
			hint(g.Span.Start, "policy-unmatched", "`%s` matches no file that git tracks here; is the path right?", g.Pattern)
		}
	}
	return out
}

func lineAndColumn(text string, at int) (line, column int) {
	before := text[:min(at, len(text))]
	start := strings.LastIndexByte(before, '\n') + 1
	return 1 + strings.Count(before, "\n"), 1 + utf8.RuneCountInString(before[start:])
}

// trackedBy are the paths that git tracks, none where it cannot tell.
func trackedBy(ctx context.Context, r *repository.Repository) []string {
	if r == nil || r.WorkTree == "" {
		return nil
	}
	paths, err := r.Tracked(ctx)
	if err != nil {
		return nil // then there are no hints about them
	}
	return paths
}
