package diagnostics_test

import (
	"flag"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"colophon/diagnostics"
	"colophon/message"
)

// orderly wants everything that Organize knows of.
const orderly = `version: 1
project: Orderly
status: in-force
as_of: 2026-11-21
disclosure: {trailer: AI-used-for, value: kinds, kinds: [code, tests, docs], before: Signed-off-by}
signoff: {required: true, codeveloped: true}
attestation:
  form: trailers
  fields:
    - {name: tool, label: Tool, trailer: AI-tool}
    - {name: parts, label: Parts, trailer: AI-parts}
`

// In these messages a line "| x" stands for x; all others are written out.
func TestOrganize(t *testing.T) {
	const (
		jo     = "Signed-off-by: Jo Doe <jo@example.org>"
		mary   = "Signed-off-by: Mary Miller <mary@example.org>"
		with   = "Co-developed-by: Mary Miller <mary@example.org>"
		review = "Reviewed-by: Rae Roe <rae@example.org>"
		ai     = "AI-used-for: code"
		picked = "(cherry picked from commit 1234567890123456789012345678901234567890)"
	)
	for _, tt := range []struct {
		name        string
		block, want []string // want nil: nothing changes
	}{
		{"in order", []string{review, ai, with, mary, jo}, nil},
		{"disclosure behind the sign-off", []string{review, jo, ai}, []string{review, ai, jo}},
		{"own sign-off first", []string{jo, review, mary}, []string{review, mary, jo}},
		{"another's sign-off stays", []string{mary, review}, nil},
		{"disclosure in front of a pair", []string{with, mary, ai, jo}, []string{ai, with, mary, jo}},
		{"co-developer far from the sign-off", []string{with, review, mary, jo}, []string{review, with, mary, jo}},
		{"co-developer behind the sign-off", []string{mary, with, jo}, []string{with, mary, jo}},
		{"co-developer without a sign-off", []string{with, review, jo}, nil},
		{"twice", []string{review, "Cc: x@example.org", review, jo, jo}, []string{review, "Cc: x@example.org", jo}},
		{"through a person's hands twice", []string{jo, mary, jo}, nil},
		{"a sign-off twice in a row", []string{mary, mary, jo}, []string{mary, jo}},
		{"twice but for the token's case", []string{review, strings.Replace(review, "Reviewed", "reviewed", 1), jo}, []string{review, jo}},
		{"twice but for the value's case", []string{"Link: https://example.org/a", "Link: https://example.org/A", jo}, nil},
		{"answers", []string{"AI-parts: docs", jo, "AI-tool: LLM", ai}, []string{"AI-tool: LLM", "AI-parts: docs", ai, jo}},
		{"folded", []string{jo, "AI-used-for: code,", "  tests", review}, []string{"AI-used-for: code,", "  tests", review, jo}},
		{"comment between", []string{jo, "# a", ai}, []string{ai, "# a", jo}},
		{"comment in a folded value", []string{jo, "AI-used-for: code,", "# a", "  tests"}, []string{"AI-used-for: code,", "# a", "  tests", jo}},
		{"comment behind one that goes", []string{review, review, "# a", "Cc: x@example.org", jo}, []string{review, "# a", "Cc: x@example.org", jo}},
		{"cherry-pick", []string{jo, review, picked, ai, mary, jo}, []string{review, jo, picked, ai, mary, jo}},
		{"twice around a cherry-pick", []string{jo, picked, jo}, nil},
		{"text in the block", []string{jo, "found by the nightly run", ai}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, form := range []struct {
				name      string
				nl, final string
			}{{"LF", "\n", "\n"}, {"CRLF", "\r\n", "\r\n"}, {"no final newline", "\n", ""}, {"comments below", "\n", "\n\n# On branch main\n"}} {
				head := "net: drop a dead store\n\nIt is never read.\n\n"
				write := func(lines []string) string {
					return strings.ReplaceAll(head, "\n", form.nl) + strings.Join(lines, form.nl) + form.final
				}
				want := tt.want
				if want == nil {
					want = tt.block
				}
				in := organizing(t, write(tt.block), orderly)
				if got := organized(t, in); got != write(want) {
					t.Errorf("%s: got\n%q\nwant\n%q", form.name, got, write(want))
				}
			}
		})
	}
}

// A policy that wants no order has none made.
func TestOrganizeOnlyWhatIsWanted(t *testing.T) {
	text := "doc: a word\n\nText.\n\nSigned-off-by: Jo Doe <jo@example.org>\nCo-developed-by: Mary <m@example.org>\nAssisted-by: LLM\nSigned-off-by: Mary <m@example.org>\n"
	for policy, changes := range map[string]bool{"rust": false, "curl": false, "linux-7.3": true} {
		if got := organized(t, organizing(t, text, policy)); (got != text) != changes {
			t.Errorf("%s: got\n%s", policy, got)
		}
	}
}

func organizing(t *testing.T, text, policy string) diagnostics.Input {
	t.Helper()
	return diagnostics.Input{
		Message: message.Parse(text, message.Options{}), Policy: readPolicy(t, policy),
		Committer: diagnostics.Person{Name: "Jo Doe", Email: "jo@example.org"},
	}
}

type failer interface {
	Helper()
	Fatal(...any)
}

func organized(t failer, in diagnostics.Input) string {
	t.Helper()
	text, err := message.Apply(in.Message.Text, diagnostics.Organize(in))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Whatever the block: git sees the same trailers as before, but for those that are
// there twice; all other lines are where they were; and a second time changes nothing.
func TestOrganizeKeepsWhatGitSees(t *testing.T) {
	if err := flag.Set("rapid.nofailfile", "true"); err != nil { // what it prints has the seed
		t.Fatal(err)
	}
	in := organizing(t, "", orderly)
	lines := []string{
		"Signed-off-by: Jo Doe <jo@example.org>", "Signed-off-by: Mary Miller <mary@example.org>",
		"signed-off-by: Jo Doe <jo@example.org>", "Co-developed-by: Mary Miller <mary@example.org>",
		"Co-developed-by: Jo Doe <jo@example.org>", "Signed-off-by: Claude <noreply@anthropic.com>",
		"AI-used-for: code", "ai-used-for: tests,\n  docs", "AI-tool: LLM", "AI-parts: all\n of it", "AI-tool:",
		"Reviewed-by: Rae Roe <rae@example.org>", "Cc: x@example.org", "Fixes: 123456789012 (\"a: b\")",
		"(cherry picked from commit 1234567890123456789012345678901234567890)", "[jo: rebased]", "# a comment", "plain words", " indented",
	}
	rapid.Check(t, func(t *rapid.T) {
		block := rapid.SliceOfN(rapid.SampledFrom(lines), 1, 9).Draw(t, "block")
		text := "subject\n\nbody\n\n" + strings.Join(block, "\n") + rapid.SampledFrom([]string{"", "\n", "\n\n# comment\n"}).Draw(t, "end")
		if rapid.Bool().Draw(t, "crlf") {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		in.Message = message.Parse(text, message.Options{})
		got := organized(t, in)
		before, after := in.Message, message.Parse(got, message.Options{})
		if want, have := seenByGit(t, before), seenByGit(t, after); !maps.Equal(distinct(want), distinct(have)) || len(have) > len(want) {
			t.Fatalf("git saw\n%q\nand sees\n%q\nof\n%s", want, have, got)
		}
		if a, b := others(before), others(after); !slices.Equal(a, b) {
			t.Fatalf("the other lines were\n%q\nand are\n%q", a, b)
		}
		if strings.HasSuffix(text, "\n") != strings.HasSuffix(got, "\n") || strings.Contains(text, "\r") && strings.Contains(strings.ReplaceAll(got, "\r\n", ""), "\n") {
			t.Fatalf("the line ends of\n%q\nbecame\n%q", text, got)
		}
		in.Message = after
		if again := organized(t, in); again != got {
			t.Fatalf("a second time makes\n%s\nof\n%s", again, got)
		}
	})
}

// seenByGit is what `git interpret-trailers --parse` makes of a message.
func seenByGit(t interface {
	Helper()
	Fatalf(string, ...any)
}, m *message.Message) []string {
	t.Helper()
	cmd := exec.Command("git", "interpret-trailers", "--parse", "--no-divider")
	cmd.Stdin = strings.NewReader(m.Clean())
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git interpret-trailers: %v", err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

func distinct(trailers []string) map[string]bool {
	all := make(map[string]bool)
	for _, t := range trailers {
		token, value, _ := strings.Cut(t, ":")
		all[strings.ToLower(token)+":"+value] = true
	}
	return all
}

// others are the lines that are no part of a trailer, each with its number among them.
func others(m *message.Message) []string {
	var out []string
	for _, l := range m.Lines {
		if l.Kind != message.TrailerLine && l.Kind != message.Continuation {
			out = append(out, fmt.Sprint(len(out), " ", m.Slice(l.Span)))
		}
	}
	return out
}

// A message that is all trailers takes no minutes.
func TestOrganizeIsBounded(t *testing.T) {
	text := "subject\n\n" + strings.Repeat("Reviewed-by: x\nCo-developed-by: y\nSigned-off-by: y\n", 100_000)
	if edits := diagnostics.Organize(organizing(t, text, orderly)); edits != nil {
		t.Error("a block of so many trailers is put in order")
	}
}
