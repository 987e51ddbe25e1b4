package diagnostics_test

import (
	"slices"
	"strings"
	"testing"

	"colophon/change"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

func TestEveryRuleIsNamedAndExplained(t *testing.T) {
	seen := make(map[string]bool)
	for _, r := range diagnostics.Rules() {
		if seen[r.ID] || !slices.Contains(policy.Rules, r.ID) {
			t.Errorf("rule %q is there twice, or no policy may name it", r.ID)
		}
		seen[r.ID] = true
		if r.Summary == "" || r.Why == "" || len(r.Bad) == 0 || len(r.Good) == 0 {
			t.Errorf("rule %s has no summary, explanation or examples", r.ID)
		}
	}
}

// The pages show these messages; what they claim must hold.
func TestExamples(t *testing.T) {
	for _, r := range diagnostics.Rules() {
		for i, e := range append(slices.Clone(r.Bad), r.Good...) {
			bad := i < len(r.Bad)
			if r.ID == "policy-invalid" || r.ID == "policy-unmatched" { // about the policy file
				d := policy.Read(policy.FileName, []byte(e.Policy), nil)
				found := d.Err() != nil
				for _, g := range d.Globs() {
					files, _ := policy.Matching(g.Pattern, []string{"include/queue.h"}, func() bool { return true })
					found = found || len(files) == 0
				}
				if found != bad {
					t.Errorf("%s: example %d: %v", r.ID, i, found)
				}
				continue
			}
			if e.Series != nil {
				if found := len(exampleSeries(t, e)) > 0; found != bad {
					t.Errorf("%s: example %d: found = %v", r.ID, i, found)
				}
				continue
			}
			found := false
			for _, f := range diagnostics.Check(exampleInput(t, e)) {
				found = found || f.Rule == r.ID
				if !bad && f.Severity.AtLeast(diagnostics.Warning) {
					t.Errorf("%s: a good example has %s: %s", r.ID, f.Rule, f.Message)
				}
			}
			if found != bad {
				t.Errorf("%s: example %d: found = %v\n%s", r.ID, i, found, e.Message)
			}
		}
	}
}

func exampleInput(t *testing.T, e diagnostics.Example) diagnostics.Input {
	t.Helper()
	p := readPolicy(t, e.Policy)
	in := diagnostics.Input{
		Message: message.Parse(e.Message, message.Options{}), Policy: p,
		Doubt: e.Doubt, Added: addedIn(e), Records: e.Records, Unread: e.Unread, Stated: e.AI, Author: e.Author, Today: e.Today, Kind: e.Kind, Made: e.Made,
	}
	if e.Owners != "" {
		in.Maintainers = readMaintainers(t, e.Owners)
	}
	if e.Files != nil {
		in.Files = p.Files(&change.Change{Files: e.Files})
	}
	return in
}

// addedIn is where the lines of an example were added: all of its files are new.
func addedIn(e diagnostics.Example) map[string][]change.Place { return allAdded(e.Files) }

func allAdded(files []change.File) map[string][]change.Place {
	added := make(map[string][]change.Place)
	for _, f := range files {
		if f.Lines.Added > 0 {
			added[f.Path] = []change.Place{{Line: 1, Lines: uint32(f.Lines.Added)}}
		}
	}
	return added
}

// exampleSeries judges the commits of a series, all by one author.
func exampleSeries(t *testing.T, e diagnostics.Example) []diagnostics.SeriesFinding {
	t.Helper()
	var members []diagnostics.Member
	for _, one := range e.Series {
		one.Policy, one.Made, one.Author = e.Policy, true, diagnostics.Person{Name: "Jo Doe", Email: "jo@example.org"}
		in := exampleInput(t, one)
		v, findings := diagnostics.Judge(in)
		for _, f := range findings {
			t.Errorf("an example of a series has %s: %s", f.Rule, f.Message)
		}
		if lines, small := diagnostics.Assisted(in, v); small {
			members = append(members, diagnostics.Member{Author: in.Author, Lines: lines})
		}
	}
	return diagnostics.CheckSeries(readPolicy(t, e.Policy), diagnostics.Preferences{}, members)
}

func FuzzCheck(f *testing.F) {
	for _, r := range diagnostics.Rules() {
		for _, e := range append(slices.Clone(r.Bad), r.Good...) {
			for how := range uint8(4) {
				f.Add(e.Message, how*37)
			}
		}
	}
	f.Add("x\n\nAI-used-for: a (b, (c), ), )d,,\n AI-used-for:\n# AI-used-for: code\r\n", uint8(3))
	f.Fuzz(func(t *testing.T, text string, how uint8) {
		names := policy.Presets()
		p, err := policy.Preset(names[int(how)%len(names)])
		if err != nil {
			t.Fatal(err)
		}
		o := message.Options{Cleanup: []message.Cleanup{message.Strip, message.Whitespace, message.Scissors, message.Verbatim}[how/4%4]}
		in := diagnostics.Input{Message: message.Parse(text, o), Policy: p, Author: diagnostics.Person{Name: "Jo Doe", Email: "jo@example.org"}, Today: "2027-11-24"}
		switch {
		case how&16 != 0 && how&128 != 0:
			in.Kind = diagnostics.Issue
		case how&16 != 0:
			in.Kind = diagnostics.PullRequest
		case how&128 != 0:
			in.Kind = diagnostics.CoverLetter
		}
		if how&32 != 0 {
			in.Stated = diagnostics.Yes
		}
		if how&64 != 0 {
			in.Files = p.Files(&change.Change{Files: []change.File{{Path: "include/a.h", Added: 30, Lines: change.Lines{Changed: 30, Added: 30}}, {Path: "tests/a.c"}, {Path: "numpy/_core/src/a.c"}}})
		}
		checkAll(t, in)
	})
}

// checkAll holds for every input: spans and edits lie in the text, a sentence
// is a sentence, at most one fix is preferred.
func checkAll(t *testing.T, in diagnostics.Input) {
	t.Helper()
	for _, f := range diagnostics.Check(in) {
		if f.Span.Start < 0 || f.Span.End < f.Span.Start || f.Span.End > len(in.Message.Text) {
			t.Fatalf("%s: span %v outside %d bytes", f.Rule, f.Span, len(in.Message.Text))
		}
		if f.Message == "" || strings.Contains(f.Message, "\n") || strings.Contains(f.Message, "%!") {
			t.Errorf("%s: %q is no sentence", f.Rule, f.Message)
		}
		preferred := 0
		for _, fix := range f.Fixes {
			if fix.Preferred {
				preferred++
			}
			if _, err := message.Apply(in.Message.Text, fix.Edits); err != nil || len(fix.Edits) == 0 {
				t.Fatalf("%s: %q: %v", f.Rule, fix.Title, err)
			}
		}
		if preferred > 1 {
			t.Errorf("%s: %d preferred fixes", f.Rule, preferred)
		}
	}
	diagnostics.FixAll(in)
}

// checkFixes holds for every message that somebody could mean: each fix makes
// its rule's findings fewer, and when all is fixed there is nothing left to fix.
// (Where several misspelt disclosures stand in one subject, mending one makes
// another visible; fuzzing is not held to this.)
func checkFixes(t *testing.T, in diagnostics.Input) {
	t.Helper()
	findings := diagnostics.Check(in)
	count := func(fs []diagnostics.Finding, rule string) (n int) {
		for _, f := range fs {
			if f.Rule == rule {
				n++
			}
		}
		return n
	}
	for _, f := range findings {
		for _, fix := range f.Fixes {
			after, err := message.Apply(in.Message.Text, fix.Edits)
			if err != nil {
				t.Fatalf("%s: %q: %v", f.Rule, fix.Title, err)
			}
			fixed := in
			fixed.Message = message.Parse(after, in.Message.Options)
			before, now := count(findings, f.Rule), count(diagnostics.Check(fixed), f.Rule)
			if len(fix.Fill) > 0 {
				before += len(fix.Fill) // what is to be filled in is told of
				for _, text := range fix.Fill {
					if !strings.Contains(after, text) {
						t.Errorf("%s: %q: no %q in the message", f.Rule, fix.Title, text)
					}
				}
				if fix.Preferred {
					t.Errorf("%s: %q is preferred and leaves something to fill in", f.Rule, fix.Title)
				}
			}
			if now >= before {
				t.Errorf("%s: %q leaves %d of %d findings\n%q\n%q", f.Rule, fix.Title, now, before, in.Message.Text, after)
			}
		}
	}
	text, _ := diagnostics.FixAll(in)
	in.Message = message.Parse(text, in.Message.Options)
	if again, done := diagnostics.FixAll(in); again != text {
		t.Errorf("fixing again changes the text: %q\n%q\n%q", done, text, again)
	}
}

func TestEveryFixHelps(t *testing.T) {
	for name, in := range goldenInputs(t) {
		t.Run(name, func(t *testing.T) {
			checkAll(t, in)
			checkFixes(t, in)
		})
	}
}
