package diagnostics_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"colophon/diagnostics"
)

// Each case is one txtar: why it exists, the policy, then for each commit of the series,
// oldest first, what is known, the message and the change, as in testdata/diagnostics;
// at the end the findings about the series.
func TestSeries(t *testing.T) {
	for _, file := range cases(t, "series") {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(strings.TrimSpace(string(a.Comment))) == 0 {
				t.Error("the first line does not say why the case exists")
			}
			got := renderSeries(t, a)
			if *update {
				set(a, "findings", got)
				if err := os.WriteFile(file, txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
			} else if want := section(a, "findings"); want != got {
				t.Errorf("findings:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// renderSeries writes the findings about a series with the subject of the commit that
// they stand at.
func renderSeries(t *testing.T, a *txtar.Archive) string {
	t.Helper()
	var members []diagnostics.Member
	var one *txtar.Archive
	judge := func() {
		if one == nil {
			return
		}
		in := input(t, one)
		in.Made = true
		v, _ := diagnostics.Judge(in)
		if lines, small := diagnostics.Assisted(in, v); small {
			members = append(members, diagnostics.Member{
				Name: fmt.Sprintf("commit %d", len(members)+1), Subject: in.Message.Slice(in.Message.Subject), Span: in.Message.Subject, Author: in.Author, Lines: lines,
			})
		}
	}
	for _, f := range a.Files {
		switch f.Name {
		case "policy", "findings":
			continue
		case "known":
			judge()
			one = &txtar.Archive{Files: []txtar.File{{Name: "policy", Data: []byte(section(a, "policy"))}}}
		}
		one.Files = append(one.Files, f)
	}
	judge()
	var b strings.Builder
	for _, f := range diagnostics.CheckSeries(readPolicy(t, section(a, "policy")), diagnostics.Preferences{}, members) {
		fmt.Fprintf(&b, "%q %s [%s]\n  %s\n", members[f.Member].Subject, f.Severity, f.Rule, f.Message)
		for _, r := range f.Related {
			fmt.Fprintf(&b, "  related %s: %s\n", r.Commit, r.Message)
		}
	}
	return b.String()
}

// Nothing that was said of a commit decides who else is meant: what is said of series
// keeps its order, whatever the authors are called.
func TestSeriesOfManyAuthors(t *testing.T) {
	p := readPolicy(t, "qemu-2026-05")
	var members []diagnostics.Member
	for i := range 60 {
		members = append(members, diagnostics.Member{
			Name: fmt.Sprint(i), Author: diagnostics.Person{Name: "Jo", Email: fmt.Sprintf("Jo%d@example.org", i%20)}, Lines: 10,
		})
	}
	members[59].Author = diagnostics.Person{} // whom nobody knows
	for range 5 {
		found := diagnostics.CheckSeries(p, diagnostics.Preferences{}, members)
		if len(found) != 19 {
			t.Fatalf("%d findings", len(found))
		}
		for i, f := range found {
			if f.Member != 40+i || len(f.Related) != 3 || f.Severity != diagnostics.Info {
				t.Errorf("finding %d is %+v", i, f)
			}
		}
	}
	if got := diagnostics.CheckSeries(p, diagnostics.Preferences{Severity: map[string]diagnostics.Severity{"small-fix-limit": diagnostics.Off}}, members); got != nil {
		t.Errorf("with the limit switched off: %v", got)
	}
	if got := diagnostics.CheckSeries(readPolicy(t, "linux-7.3"), diagnostics.Preferences{}, members); got != nil {
		t.Errorf("without a limit: %v", got)
	}
}
