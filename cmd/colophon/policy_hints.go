package main

import (
	"context"
	"time"

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

// problemsOf are what keeps a policy file from being used, and what is worth a look.
// The paths are those that git tracks; without any, nothing is said of patterns.
func problemsOf(d *policy.Draft, paths []string, today string) []problem {
	var out []problem
	for _, p := range d.Problems {
		out = append(out, problem{max(p.Line, 1), max(p.Column, 1), "error", p.Msg, "policy-invalid"})
	}
	late := time.Now().Add(2 * time.Second)
	hints := d.Hints(today, func(pattern string) (int, bool) {
		found, ok := policy.Matching(pattern, paths, func() bool { return time.Now().Before(late) })
		return len(found), ok && len(paths) > 0
	})
	for _, h := range hints {
		out = append(out, problem{h.Line, h.Column, h.Severity, h.Msg, h.Rule})
	}
	return out
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
