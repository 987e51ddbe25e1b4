package repository

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

const (
	maxTracked     = 200_000 // files
	maxTrackedText = 64 << 20
)

// Tracked are the paths of all files in the index, sorted, relative to the top of
// the work tree. More than 200,000 are an error: part of them would say nothing
// about what is not there. Ask only where Config has found that git trusts the
// repository.
func (r *Repository) Tracked(ctx context.Context) ([]string, error) {
	var paths []string
	err := r.run(ctx, command{
		args: inert("ls-files", "-z", "--cached", "--full-name"),
		read: func(stdout io.Reader) error {
			in := bufio.NewReader(io.LimitReader(stdout, maxTrackedText))
			for {
				path, err := in.ReadString(0)
				if errors.Is(err, io.EOF) {
					if path != "" {
						return fmt.Errorf("the list of files is cut short, or has more than %d MiB", maxTrackedText>>20)
					}
					return nil
				}
				if err != nil {
					return err
				}
				if len(paths) == maxTracked {
					return fmt.Errorf("more than %d files", maxTracked)
				}
				paths = append(paths, strings.TrimSuffix(path, "\x00"))
			}
		},
	})
	if err != nil {
		return nil, fmt.Errorf("list the tracked files: %w", err)
	}
	slices.Sort(paths)
	return slices.Compact(paths), nil // one in conflict is listed for each side
}
