package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"

	"colophon/diagnostics"
	"colophon/report"
)

const baselineHead = "# Findings that are known, by colophon check --write-baseline: fingerprint, rule, subject.\n"

// readBaseline reads what is known, by fingerprint; "" is nothing.
func readBaseline(file string) (map[string]bool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, usage("--baseline: %v", err)
	}
	known := make(map[string]bool)
	in := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; in.Scan(); n++ {
		line := strings.TrimSpace(in.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		print, _, _ := strings.Cut(line, " ")
		if len(print) != 32 || strings.Trim(print, "0123456789abcdef") != "" {
			return nil, usage("--baseline %s:%d: %q is no fingerprint", file, n, print)
		}
		known[print] = true
	}
	if err := in.Err(); err != nil {
		return nil, usage("--baseline: %v", err)
	}
	return known, nil
}

// leaveOut takes the findings out that are known, and counts them.
func leaveOut(one *report.Commit, known map[string]bool) (n int) {
	if len(known) == 0 {
		return 0
	}
	one.Findings = slices.DeleteFunc(one.Findings, func(f diagnostics.Finding) bool {
		if known[one.Fingerprint(&f)] {
			n++
			return true
		}
		return false
	})
	return n
}

func baselineOf(one *report.Commit) (lines []string) {
	for i := range one.Findings {
		f := &one.Findings[i]
		lines = append(lines, fmt.Sprintf("%s %s %s\n", one.Fingerprint(f), f.Rule, one.Subject))
	}
	return lines
}

// writeBaseline writes lines in an order that stays, so that a change of the file shows
// what changed.
func writeBaseline(file string, lines []string) error {
	slices.Sort(lines)
	text := baselineHead + strings.Join(slices.Compact(lines), "")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		return fmt.Errorf("write the baseline: %w", err)
	}
	return nil
}
