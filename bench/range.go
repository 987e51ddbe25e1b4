package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
)

// The history that a range is measured on: in every tenth commit AI helped, which
// is when Colophon looks at what a commit contains.
const (
	rangeCommits = 4000
	rangeFiles   = 600
	rangeEvery   = 10
	rangeRounds  = 5
)

// ranges measures `check --range` over a whole history beside the least that git needs to
// tell what each commit contains.
func ranges(ctx context.Context, b *bench) error {
	dir := filepath.Join(b.dir, "history")
	if err := history(ctx, dir); err != nil {
		return fmt.Errorf("generate a history: %w", err)
	}
	var ours, gits times
	for range min(b.rounds, rangeRounds) {
		took, err := clock(command(ctx, dir, "git", "log", "--numstat", "--format=", "main"))
		if err != nil {
			return err
		}
		gits = append(gits, took)
		if took, err = clock(command(ctx, dir, b.bin, "check", "--range", "main", "--fail-on", "never")); err != nil {
			return err
		}
		ours = append(ours, took)
	}
	const budget = 1.5
	got := ratio(ours.median(), gits.median())
	b.table.add(row{
		what:     fmt.Sprintf("check --range, %d commits, AI in each %dth", rangeCommits, rangeEvery),
		measured: ms(ours.median()), beside: fmt.Sprintf("%.2f × git log --numstat, %s", got, ms(gits.median())),
		budget: fmt.Sprintf("≤ %.1f × git log --numstat", budget), share: got / budget,
	})
	return nil
}

// history makes the same commits each time, in one pack. Each reworks some files.
func history(ctx context.Context, dir string) error {
	if _, err := create(ctx, dir); err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(5, 6))
	var stream bytes.Buffer
	files := make([][]string, rangeFiles)
	for i := range rangeCommits + 1 {
		text := fmt.Sprintf("%s: rework the %s\n\nIt was wrong in a way that is hard to see, and has been since the\n%s was added.\n\n", nouns[i%len(nouns)], nouns[i/3%len(nouns)], nouns[i/7%len(nouns)])
		switch {
		case i%(2*rangeEvery) == rangeEvery:
			text += "AI-used-for: code\n"
		case i > 0 && i%rangeEvery == 0:
			text += "Co-authored-by: Claude <noreply@anthropic.com>\n"
		}
		text += "Signed-off-by: Jo Doe <jo@example.org>\n"
		fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter Jo Doe <jo@example.org> %d +0000\ndata %d\n%s", 1700000000+i*600, len(text), text)
		touched := random.Perm(rangeFiles)[:1+random.IntN(4)]
		if i == 0 {
			touched = random.Perm(rangeFiles)
		}
		for _, at := range touched {
			if i == 0 {
				files[at] = source(random, 60+random.IntN(300))
			} else {
				files[at] = touch(random, files[at])
			}
			body := strings.Join(files[at], "")
			fmt.Fprintf(&stream, "M 100644 inline %s\ndata %d\n%s\n", filePath(at), len(body), body)
		}
	}
	if _, err := git(ctx, dir, &stream, "fast-import", "--quiet"); err != nil {
		return err
	}
	_, err := git(ctx, dir, nil, "repack", "-adq")
	return err
}

// touch replaces some lines of a file in one or two places.
func touch(random *rand.Rand, lines []string) []string {
	for range 1 + random.IntN(2) {
		at, gone := random.IntN(len(lines)-8), random.IntN(8)
		lines = append(append(append([]string(nil), lines[:at]...), source(random, 1+random.IntN(8))...), lines[at+gone:]...)
	}
	return lines
}
