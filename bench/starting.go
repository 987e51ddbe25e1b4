package main

import (
	"context"
	"fmt"
	"time"
)

// starting measures from the start of a process to the answer to initialize,
// beside the shortest thing that git does.
func starting(ctx context.Context, b *bench) error {
	var ours, gits times
	for range b.starts {
		took, err := clock(command(ctx, b.dir, "git", "--version"))
		if err != nil {
			return err
		}
		gits = append(gits, took)
		begin := time.Now()
		c, err := startServer(ctx, b)
		if err != nil {
			return err
		}
		if err := c.initialize(); err != nil {
			return c.abandon(err)
		}
		ours = append(ours, time.Since(begin))
		if err := c.stop(); err != nil {
			return err
		}
	}
	got := ratio(ours.median(), gits.median())
	b.table.add(row{
		what: "start → initialize answered", measured: ms(ours.median()),
		beside: fmt.Sprintf("%.1f × git --version, %s", got, ms(gits.median())),
		budget: "≤ 3 × git --version", share: got / 3,
	})
	return nil
}

// firstDiagnostics measures from the start of a process to findings that rest on
// what is staged, in the editor and on the command line, beside the least that
// git needs to tell what is staged.
func firstDiagnostics(ctx context.Context, b *bench) error {
	repo, err := b.large(ctx)
	if err != nil {
		return err
	}
	var editor, hook, gits times
	for range b.rounds {
		took, err := clock(command(ctx, repo.dir, "git", "diff", "--cached", "--numstat"))
		if err != nil {
			return err
		}
		gits = append(gits, took)
		if took, err = untilFull(ctx, b, repo); err != nil {
			return err
		}
		editor = append(editor, took)
		if took, err = clock(command(ctx, repo.dir, b.bin, "check", repo.message), 1); err != nil {
			return err
		}
		hook = append(hook, took)
	}
	numstat := gits.median()
	budget := 2*numstat + 10*time.Millisecond
	beside := func(d time.Duration) string {
		return fmt.Sprintf("%.1f × git diff --cached --numstat, %s", ratio(d, numstat), ms(numstat))
	}
	b.table.add(row{
		what:     fmt.Sprintf("start → first full diagnostics, %d of %d files staged", stagedFiles, allFiles),
		measured: ms(editor.median()), beside: beside(editor.median()),
		budget: fmt.Sprintf("≤ 2 × numstat + 10 ms = %s", ms(budget)), share: ratio(editor.median(), budget),
	})
	b.table.add(row{what: "check FILE, the same repository", measured: ms(hook.median()), beside: beside(hook.median())})
	return nil
}

func untilFull(ctx context.Context, b *bench, repo *repository) (time.Duration, error) {
	begin := time.Now()
	c, err := startServer(ctx, b)
	if err != nil {
		return 0, err
	}
	if err := settle(c, repo, declared); err != nil {
		return 0, c.abandon(err)
	}
	took := time.Since(begin)
	return took, c.stop()
}
