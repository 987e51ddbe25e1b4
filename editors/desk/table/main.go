//go:build editors

// Command table prints the results of the editors' flows as one table, holds what
// they proved against what the documentation says was proved, and fails where a flow
// has failed twice or something is not proved any more.
//
//	table [-update] RESULTS PROVED
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"colophon/editors/desk"
)

func main() {
	update := flag.Bool("update", false, "write to PROVED what was proved")
	flag.Parse()
	ok, err := run(flag.Arg(0), flag.Arg(1), *update, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

func run(results, file string, update bool, out io.Writer) (ok bool, err error) {
	in, err := os.Open(results)
	if err != nil {
		return false, err
	}
	defer in.Close()
	runs, err := read(in)
	if err != nil {
		return false, fmt.Errorf("%s: %w", results, err)
	}
	passed, failed := show(runs, out)
	known, err := load(file)
	if err != nil {
		return false, err
	}
	now := gather(runs)
	if update {
		return failed == 0, known.save(file, now)
	}
	lost := known.compare(now, out)
	_, err = fmt.Fprintf(out, "\n%d passed, %d failed\n", passed, failed+lost)
	return failed+lost == 0, err
}

func read(in io.Reader) (runs []desk.Result, err error) {
	for d := json.NewDecoder(in); ; {
		var r desk.Result
		switch err := d.Decode(&r); {
		case errors.Is(err, io.EOF):
			return runs, nil
		case err != nil:
			return nil, err
		}
		runs = append(runs, r)
	}
}

// show prints one line for each run.
func show(runs []desk.Result, out io.Writer) (passed, failed int) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "editor\tversion\tflow\tseconds\t")
	for _, r := range runs {
		note := ""
		switch {
		case r.Failure != "" && r.Run == 1:
			note = "failed, run again: " + r.Failure
		case r.Failure != "":
			note, failed = "FAILED: "+r.Failure, failed+1
		default:
			passed++
			if r.Run == 2 {
				note = "passed in the second run"
			}
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%.1f\t%s\n", r.Editor, r.Version, r.Flow, r.Seconds, note)
	}
	w.Flush() // to a writer that has shown its errors, or shows them later
	return passed, failed
}
