package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// otherCheckers measures `check` beside other programs that check a commit
// message, as far as they are installed. They do not look at what is staged, so
// here the commit is an ordinary one, of three files.
func otherCheckers(ctx context.Context, b *bench) error {
	repo, err := ordinary(ctx, filepath.Join(b.dir, "ordinary"))
	if err != nil {
		return fmt.Errorf("generate a repository: %w", err)
	}
	// Without any rule commitlint refuses to work.
	config := filepath.Join(b.dir, "commitlint.config.cjs")
	if err := os.WriteFile(config, []byte("module.exports = {rules: {'header-max-length': [2, 'always', 72]}}\n"), 0o666); err != nil {
		return err
	}
	const budget = 10 // times faster than the faster of them
	best := row{what: "check FILE, 3 files staged"}
	var theirs time.Duration
	for _, other := range []struct {
		name string
		args []string
		good []int
	}{
		{"git", []string{"diff", "--cached", "--numstat"}, nil}, // what there is without any of them
		{"gitlint", []string{"--msg-filename", repo.message}, violations()},
		{"commitlint", []string{"--config", config, "--edit", repo.message}, []int{1}},
	} {
		path, err := exec.LookPath(other.name)
		if err != nil {
			b.table.note("check beside %s: not measured: it is not installed", other.name)
			continue
		}
		var own, foreign times
		for range b.rounds {
			took, err := clock(command(ctx, repo.dir, path, other.args...), other.good...)
			if err != nil {
				return err
			}
			foreign = append(foreign, took)
			if took, err = clock(command(ctx, repo.dir, b.bin, "check", repo.message), 1); err != nil {
				return err
			}
			own = append(own, took)
		}
		switch {
		case other.name == "git":
			best.measured = ms(own.median())
			best.beside = fmt.Sprintf("%.1f × git diff --cached --numstat, %s", ratio(own.median(), foreign.median()), ms(foreign.median()))
		case theirs == 0 || foreign.median() < theirs:
			best.measured = ms(own.median())
			theirs = foreign.median()
			faster := ratio(theirs, own.median())
			best.beside = fmt.Sprintf("%.1f × faster than %s, %s", faster, other.name, ms(theirs))
			best.budget, best.share = fmt.Sprintf("≥ %d × faster", budget), budget/faster
		}
	}
	b.table.add(best)
	return nil
}

// violations are the exit statuses by which gitlint counts what it found.
func violations() []int {
	var codes []int
	for n := 1; n < 250; n++ {
		codes = append(codes, n)
	}
	return codes
}
