package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// row is one line of the table.
type row struct {
	what     string
	measured string
	beside   string  // the yardstick of the same run, and the ratio to it
	budget   string  // "" if there is none
	share    float64 // of the budget; more than 1 is over it
}

func (r row) verdict() (share, word string) {
	switch {
	case r.budget == "":
		return "", "no budget"
	case r.share > 1:
		return fmt.Sprintf("%.2f", r.share), "over"
	}
	return fmt.Sprintf("%.2f", r.share), "ok"
}

// table is what a run prints in the end.
type table struct {
	rows  []row
	notes []string
}

func (t *table) add(r row) { t.rows = append(t.rows, r) }

func (t *table) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

func (t *table) print(w io.Writer) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "what\tmeasured\tbeside, in the same run\tbudget\tof budget\t")
	for _, r := range t.rows {
		share, word := r.verdict()
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", r.what, r.measured, r.beside, r.budget, share, word)
	}
	tw.Flush()
	for _, n := range t.notes {
		fmt.Fprintln(w, n)
	}
}

// times are the durations of one measurement.
type times []time.Duration

// at is the duration that a share of all stay within: 0.5 for the median.
func (t times) at(share float64) time.Duration {
	sorted := slices.Sorted(slices.Values(t))
	return sorted[min(int(share*float64(len(sorted))), len(sorted)-1)]
}

func (t times) median() time.Duration { return t.at(0.5) }

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// ms writes a duration with three digits that count, which is more than they
// are worth.
func ms(d time.Duration) string {
	v := float64(d) / float64(time.Millisecond)
	switch {
	case v < 1:
		return fmt.Sprintf("%.3f ms", v)
	case v < 10:
		return fmt.Sprintf("%.2f ms", v)
	}
	return fmt.Sprintf("%.1f ms", v)
}
