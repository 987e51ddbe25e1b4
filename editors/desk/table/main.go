//go:build editors

// Command table prints the results of the editors' flows as one table, and fails
// where a flow has failed twice.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"colophon/editors/desk"
)

func main() {
	failed, err := table(os.Stdin, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
	}
	if err != nil || failed > 0 {
		os.Exit(1)
	}
}

func table(in io.Reader, out io.Writer) (failed int, err error) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "editor\tversion\tflow\tseconds\t")
	for d := json.NewDecoder(in); ; {
		var r desk.Result
		if err := d.Decode(&r); errors.Is(err, io.EOF) {
			return failed, w.Flush()
		} else if err != nil {
			return failed, err
		}
		note := ""
		switch {
		case r.Failure != "" && r.Run == 1:
			note = "failed, run again: " + r.Failure
		case r.Failure != "":
			note, failed = "FAILED: "+r.Failure, failed+1
		case r.Run == 2:
			note = "passed in the second run"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%.1f\t%s\n", r.Editor, r.Version, r.Flow, r.Seconds, note)
	}
}
