package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const manyFiles = 100_000

// memory measures what the server holds: idle, and while a commit of very many
// files is written. Its memory is looked at when it rests and while it works.
func memory(ctx context.Context, b *bench) error {
	c, err := startServer(ctx, b)
	if err != nil {
		return err
	}
	if err := c.initialize(); err != nil {
		return c.abandon(err)
	}
	time.Sleep(300 * time.Millisecond)
	idle, ok := residentKB(c.cmd.Process.Pid)
	if err := c.stop(); err != nil {
		return err
	}
	if !ok {
		b.table.note("memory: not measured: this system does not have /proc/PID/status")
		return nil
	}
	b.table.add(memoryRow("memory of the idle server", idle, 20))
	return manyStaged(ctx, b)
}

func manyStaged(ctx context.Context, b *bench) error {
	repo, err := generateMany(ctx, filepath.Join(b.dir, "many"))
	if err != nil {
		return fmt.Errorf("generate a repository: %w", err)
	}
	took, err := clock(command(ctx, repo.dir, "git", "diff", "--cached", "--numstat"))
	if err != nil {
		return err
	}
	if err := typeMeanwhile(ctx, b, repo); err != nil {
		return err
	}
	c, full, err := startAndSettle(ctx, b, repo, declared)
	if err != nil {
		return err
	}
	most, _ := residentKB(c.cmd.Process.Pid)
	b.table.add(memoryRow("memory with 100,000 staged files, after the first diagnostics", most, 100))

	strokesTook, _, err := strokes(c, nil, repo, declared, 30)
	if err != nil {
		return c.abandon(err)
	}
	typed, _ := residentKB(c.cmd.Process.Pid)
	b.table.add(memoryRow("memory with 100,000 staged files, after 50 keystrokes", typed, 100))
	b.table.add(row{
		what: "start → first full diagnostics, 100,000 files staged", measured: ms(full),
		beside: fmt.Sprintf("%.1f × git diff --cached --numstat, %s", ratio(full, took), ms(took)),
	})
	b.table.add(row{what: "didChange → diagnostics, 100,000 files staged, p50", measured: ms(strokesTook.median())})

	// While it looks again, the server still has what it knew before.
	if err := stageOneMore(ctx, repo); err != nil {
		return c.abandon(err)
	}
	if _, err := c.await((*answer).full); err != nil {
		return c.abandon(err)
	}
	again, _ := residentKB(c.cmd.Process.Pid)
	b.table.add(memoryRow("memory with 100,000 staged files, after one more was staged", again, 100))
	return c.stop()
}

// startAndSettle starts a server, opens a message and waits for the diagnostics that
// know what is staged.
func startAndSettle(ctx context.Context, b *bench, repo *repository, text string) (c *client, full time.Duration, err error) {
	if c, err = startServer(ctx, b); err != nil {
		return nil, 0, err
	}
	begin := time.Now()
	if err := settle(c, repo, text); err != nil {
		return nil, 0, c.abandon(err)
	}
	return c, time.Since(begin), nil
}

// typeMeanwhile measures typing while git has not yet told what is staged.
func typeMeanwhile(ctx context.Context, b *bench, repo *repository) error {
	c, err := startServer(ctx, b)
	if err != nil {
		return err
	}
	if err := c.initialize(); err != nil {
		return c.abandon(err)
	}
	if err := c.open(repo.message, declared); err != nil {
		return c.abandon(err)
	}
	took, _, err := strokes(c, nil, repo, declared, 3000) // until git is done, and somewhat longer
	if err != nil {
		return c.abandon(err)
	}
	what := "didChange → diagnostics, while git looks at 100,000 files, "
	b.table.add(row{what: what + "p50", measured: ms(took.at(0.5)), budget: "≤ 0.3 ms", share: ratio(took.at(0.5), 300*time.Microsecond)})
	b.table.add(row{what: what + "p99", measured: ms(took.at(0.99)), budget: "≤ 2 ms", share: ratio(took.at(0.99), 2*time.Millisecond)})
	return c.stop()
}

func memoryRow(what string, kb, budget int) row {
	mb := float64(kb) / 1024
	return row{
		what: what, measured: fmt.Sprintf("%.1f MB", mb),
		budget: fmt.Sprintf("≤ %d MB", budget), share: mb / float64(budget),
	}
}

// generateMany stages very many new files that share one content. None of them
// is on disk: the index is all that matters.
func generateMany(ctx context.Context, dir string) (*repository, error) {
	r, err := create(ctx, dir)
	if err != nil {
		return nil, err
	}
	if _, err := git(ctx, dir, nil, "commit", "-q", "--allow-empty", "-m", "begin"); err != nil {
		return nil, err
	}
	blob, err := git(ctx, dir, strings.NewReader(strings.Repeat("int x;\n\n", 10)), "hash-object", "-w", "--stdin")
	if err != nil {
		return nil, err
	}
	var index bytes.Buffer
	for i := range manyFiles {
		fmt.Fprintf(&index, "100644 %s\t%s\n", blob, filePath(i))
	}
	if _, err := git(ctx, dir, &index, "update-index", "--index-info"); err != nil {
		return nil, err
	}
	// As a loose object the one content would be opened for each file.
	_, err = git(ctx, dir, nil, "repack", "-adq")
	return r, err
}

func stageOneMore(ctx context.Context, r *repository) error {
	if err := os.WriteFile(filepath.Join(r.dir, "one-more.c"), []byte("int y;\n"), 0o666); err != nil {
		return err
	}
	_, err := git(ctx, r.dir, nil, "add", "one-more.c")
	return err
}

// residentKB is the memory of a process that is in use, in kB. It is not ok on
// systems that do not tell it in this way.
func residentKB(pid int) (kb int, ok bool) { return statusKB(pid, "VmRSS:") }

// peakKB is the most that it ever was.
func peakKB(pid int) (kb int, ok bool) { return statusKB(pid, "VmHWM:") }

func statusKB(pid int, name string) (kb int, ok bool) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, false
	}
	for line := range strings.Lines(string(status)) {
		if rest, found := strings.CutPrefix(line, name); found {
			_, err := fmt.Sscan(rest, &kb)
			return kb, err == nil
		}
	}
	return 0, false
}
