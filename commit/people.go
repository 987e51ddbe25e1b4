package commit

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"colophon/maintainers"
)

// readMaintainers reads who maintains what, where the policy asks for it. The file
// of the kernel has a megabyte: it is not read again while it looks the same.
func (c *Commit) readMaintainers(before *Commit) {
	p := c.Policy()
	if p == nil || c.Root == "" {
		return
	}
	if p.AppliesTo != "outsiders" && (p.Approval.Trailer == "" || p.Approval.By != "" && p.Approval.By != "maintainers") {
		return
	}
	if c.maintained = maintainerStats(c.Root); c.maintained == nil {
		return
	}
	if before != nil && before.maintained != nil && slices.Equal(before.maintained, c.maintained) {
		c.Maintainers = before.Maintainers
		return
	}
	root, err := os.OpenRoot(c.Root)
	if err != nil {
		return
	}
	defer root.Close()
	// One that cannot be read names nobody: the policy's other rules still hold.
	c.Maintainers, _ = maintainers.Read(root)
}

// maintainerStats is how the files look that may name maintainers; nil without a work
// tree.
func maintainerStats(top string) (stats []stat) {
	root, err := os.OpenRoot(top)
	if err != nil {
		return nil
	}
	defer root.Close()
	for _, name := range maintainers.Files() {
		var s stat
		if info, err := root.Stat(name); err == nil {
			s = stat{info.Size(), info.ModTime().UnixNano()}
		}
		stats = append(stats, s)
	}
	return stats
}

// Today is the date, or that of SOURCE_DATE_EPOCH, by which tools that are to say
// the same tomorrow take it.
func Today(env []string) string {
	now := time.Now()
	for _, e := range env {
		if value, ok := strings.CutPrefix(e, "SOURCE_DATE_EPOCH="); ok {
			if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
				now = time.Unix(seconds, 0).UTC()
			}
		}
	}
	return now.Format(time.DateOnly)
}
