package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	hugePatch = 200 << 20 // bytes
	hugeFile  = 1 << 30
)

// huge measures what nobody should do: a patch of 200 MB in the buffer, and a file
// of 1 GB in the commit.
func huge(ctx context.Context, b *bench) error {
	repo, err := b.large(ctx)
	if err != nil {
		return err
	}
	text := declared + "# ------------------------ >8 ------------------------\n# d\n" + repo.diff
	text += strings.Repeat("+x = 1; /* one line of very many */\n", (hugePatch-len(text))/36)
	if err := hugeRow(ctx, b, repo, text, "200 MB patch in the buffer"); err != nil {
		return err
	}

	r, err := create(ctx, filepath.Join(b.dir, "huge"))
	if err != nil {
		return err
	}
	if _, err := git(ctx, r.dir, nil, "commit", "-q", "--allow-empty", "-m", "begin"); err != nil {
		return err
	}
	big := filepath.Join(r.dir, "big.c")
	f, err := os.Create(big)
	if err != nil {
		return err
	}
	line := strings.Repeat("int x;\n", 1<<20/7)
	for n := 0; n < hugeFile; n += len(line) {
		if _, err := f.WriteString(line); err != nil {
			return err
		}
	}
	if err := f.Close(); err != nil {
		return err
	}
	small := strings.Repeat("int y;\n", 30)
	if err := os.WriteFile(filepath.Join(r.dir, "small.c"), []byte(small), 0o666); err != nil {
		return err
	}
	if _, err := git(ctx, r.dir, nil, "add", "."); err != nil {
		return err
	}
	return hugeRow(ctx, b, r, declared, "1 GB file staged")
}

func hugeRow(ctx context.Context, b *bench, repo *repository, text, what string) error {
	took, err := clock(command(ctx, repo.dir, "git", "diff", "--cached", "--numstat"))
	if err != nil {
		return err
	}
	c, full, err := startAndSettle(ctx, b, repo, text)
	if err != nil {
		return err
	}
	most, ok := peakKB(c.cmd.Process.Pid)
	b.table.add(row{
		what: "start → first full diagnostics, " + what, measured: ms(full),
		beside: fmt.Sprintf("%.1f × git diff --cached --numstat, %s", ratio(full, took), ms(took)),
	})
	if ok {
		b.table.add(memoryRow("memory at its most, "+what, most, 100))
	}
	return c.stop()
}
