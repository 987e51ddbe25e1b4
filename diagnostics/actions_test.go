package diagnostics_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// offered is a fix or an action, and what is to be true once it is done.
type offered struct {
	what, title string
	edits       []message.Edit
	rule        string // whose finding goes; "" for an action that no finding asks for
	says        diagnostics.Statement
}

// allOffers are those that leave nothing for the person to fill in.
func allOffers(t *testing.T, in diagnostics.Input) []offered {
	t.Helper()
	var all []offered
	for _, f := range diagnostics.Check(in) {
		for _, fix := range f.Fixes {
			if len(fix.Fill) == 0 {
				all = append(all, offered{"fix", fix.Title, fix.Edits, f.Rule, ""})
			}
		}
	}
	for _, a := range diagnostics.Actions(in) {
		if a.Preferred {
			t.Errorf("%q is preferred, though nothing asks for it", a.Title)
		}
		if len(a.Fill) == 0 {
			what, _, _ := strings.Cut(a.ID, " ")
			all = append(all, offered{what, a.Title, a.Edits, "", a.Says})
		}
	}
	if edits := diagnostics.Organize(in); len(edits) > 0 {
		all = append(all, offered{"organize", "Organize", edits, "", ""})
	}
	if text, done := diagnostics.FixAll(in); len(done) > 0 {
		all = append(all, offered{"fix all", "Fix all", message.Difference(in.Message.Text, text), "", ""})
	}
	return all
}

// followsFromUse are the rules that have more to say once it is known that AI helped.
var followsFromUse = []string{
	"disclosure-missing", "small-fix-limit", "core-zone", "approval-missing", "attestation-missing", "attestation-incomplete", "ai-declined",
	"disclosure-placement", "policy-outdated", "commit-contents",
}

// In each case, what is offered does what it says: the finding is gone, no other has
// come but those that follow from a use that is now declared, and git sees in the new
// text what we see.
func TestEveryOfferKeepsItsWord(t *testing.T) {
	count := make(map[string]int)
	for name, in := range goldenInputs(t) {
		if in.Kind == diagnostics.PullRequest {
			if len(diagnostics.Actions(in)) > 0 || diagnostics.Organize(in) != nil {
				t.Errorf("%s: there are actions for the text of a pull request", name)
			}
			continue
		}
		for _, o := range allOffers(t, in) {
			count[o.what]++
			t.Run(name+"/"+o.what+"/"+o.title, func(t *testing.T) { keepsItsWord(t, in, o) })
		}
	}
	for _, what := range []string{"fix", "fix all", "disclose", "convert", "no", "AI", "sign", "organize"} {
		if count[what] == 0 {
			t.Errorf("no case offers %q: %v", what, count)
		}
	}
}

func keepsItsWord(t *testing.T, in diagnostics.Input, o offered) {
	before := diagnostics.Check(in)
	then := in
	text, err := message.Apply(in.Message.Text, o.edits)
	if err != nil {
		t.Fatal(err)
	}
	then.Message = message.Parse(text, in.Message.Options)
	if o.says != "" {
		then.Stated = o.says
	}
	after := diagnostics.Check(then)
	had, has := byRule(before), byRule(after)
	if o.rule != "" && has[o.rule] >= had[o.rule] {
		t.Errorf("%d × %s before and %d after:\n%s", had[o.rule], o.rule, has[o.rule], text)
	}
	for _, f := range after {
		if had[f.Rule] == 0 && !follows(in, then, o, f) {
			t.Errorf("%s is new:\n%s", f.Rule, text)
		}
	}
	if in.Message.Options.Cleanup == message.Strip && !strings.Contains(text, "\x00") {
		var ours []string
		for _, x := range then.Message.Trailers {
			ours = append(ours, x.Token+": "+x.Value)
		}
		if git := strings.Join(seenByGit(t, then.Message), "\n"); git != strings.Join(ours, "\n") {
			t.Errorf("git sees\n%s\nand we see\n%s", git, strings.Join(ours, "\n"))
		}
	}
	switch o.what {
	case "no", "AI":
		if then.Message.Clean() != in.Message.Clean() {
			t.Errorf("it leaves a trace in history:\n%s", then.Message.Clean())
		}
		if use := diagnostics.Look(then).Use; (use == diagnostics.UseNone) != (o.what == "no") {
			t.Errorf("the use is now %q", use)
		}
	case "disclose":
		for _, f := range after {
			comment := then.Message.Options.StripsComments() && strings.Contains(f.Message, "comment") // of the person, left alone
			if strings.HasPrefix(f.Rule, "disclosure-") && had[f.Rule] == 0 && !comment {
				t.Errorf("the disclosure has a fault, %s:\n%s", f.Rule, text)
			}
		}
		if !isKnown(then) {
			t.Errorf("no use is declared by\n%s", text)
		}
	case "organize":
		if diagnostics.Organize(then) != nil {
			t.Errorf("there is still something to put in order:\n%s", text)
		}
	}
}

// follows tells whether a finding that is new is no fault of the offer.
func follows(in, then diagnostics.Input, o offered, f diagnostics.Finding) bool {
	switch {
	case isKnown(then) && !isKnown(in) && slices.Contains(followsFromUse, f.Rule):
		return true
	case o.rule == "disclosure-value" && f.Rule == "disclosure-kind":
		return true // of the kinds to choose from, not all are staged
	case strings.HasPrefix(o.what, "fix") && f.IfAI:
		// With `AI-used-for: none` goes what the person said, and they are asked again.
		return diagnostics.Look(in).Use == diagnostics.UseNone
	}
	return false
}

func isKnown(in diagnostics.Input) bool {
	use := diagnostics.Look(in).Use
	return use == diagnostics.UseDeclared || use == diagnostics.UseEvident
}

func byRule(fs []diagnostics.Finding) map[string]int {
	n := make(map[string]int)
	for _, f := range fs {
		n[f.Rule]++
	}
	return n
}

// Where a project declines AI-generated content, no action takes away what says that
// AI helped; to say that none did stays an answer while nothing says otherwise.
func TestNoActionHidesWhatIsDeclined(t *testing.T) {
	declining := 0
	for _, name := range policy.Presets() {
		p := readPolicy(t, name)
		if !p.Declines() {
			continue
		}
		declining++
		for _, said := range []string{
			"Co-authored-by: Claude <noreply@anthropic.com>\n", "Assisted-by: Claude:claude-opus-4.5\n", "Generated-by: Copilot\n", "AI-used-for: code\n",
			"Co-authored-by: Claude <noreply@anthropic.com>\nSigned-off-by: Jo Doe <jo@example.org>\nSigned-off-by: Jo Doe <jo@example.org>\n",
			"🤖 Generated with [Claude Code](https://claude.com/claude-code)\n",
		} {
			in := diagnostics.Input{
				Policy: p, Message: message.Parse("subject\n\nText.\n\n"+said, message.Options{}),
				Committer: diagnostics.Person{Name: "Jo Doe", Email: "jo@example.org"},
			}
			signs := evidenceIn(in)
			if len(signs) == 0 {
				continue // this project takes it for its own trailer, or for nothing
			}
			offers := []offered{{title: "organize", edits: diagnostics.Organize(in)}}
			for _, a := range diagnostics.Actions(in) {
				if a.Says == diagnostics.No || a.ID == "no AI" {
					t.Errorf("%s: %q is offered beside %q", name, a.Title, said)
				}
				offers = append(offers, offered{title: a.Title, edits: a.Edits})
			}
			for _, o := range offers {
				text, err := message.Apply(in.Message.Text, o.edits)
				if err != nil {
					t.Fatal(err)
				}
				then := in
				then.Message = message.Parse(text, message.Options{})
				if left := evidenceIn(then); !maps.Equal(left, signs) {
					t.Errorf("%s: %q takes away some of %v: %v", name, o.title, signs, left)
				}
			}
		}
		in := diagnostics.Input{Policy: p, Message: message.Parse("subject\n\nText.\n", message.Options{})}
		var ids []string
		for _, a := range diagnostics.Actions(in) {
			ids = append(ids, a.ID)
		}
		if !slices.Contains(ids, "no AI") || !slices.Contains(ids, "AI") {
			t.Errorf("%s: the two answers are not among %q", name, ids)
		}
	}
	if declining < 4 {
		t.Errorf("only %d presets decline", declining)
	}
}

func evidenceIn(in diagnostics.Input) map[string]bool {
	all := make(map[string]bool)
	for _, e := range diagnostics.Look(in).Evidence {
		all[e.Text] = true
	}
	return all
}

// The two answers undo each other, and a disclosure undoes the answer that there was
// nothing to disclose.
func TestAnswers(t *testing.T) {
	in := diagnostics.Input{
		Policy: readPolicy(t, "qemu-2026-09"), Committer: diagnostics.Person{Name: "Jo Doe", Email: "jo@example.org"},
		Message: message.Parse("subject\n\nText.\n\nSigned-off-by: Jo Doe <jo@example.org>\n# a comment\n", message.Options{}),
	}
	do := func(in diagnostics.Input, id string) diagnostics.Input {
		t.Helper()
		for _, a := range diagnostics.Actions(in) {
			if strings.HasPrefix(a.ID, id) {
				text, err := message.Apply(in.Message.Text, a.Edits)
				if err != nil {
					t.Fatal(err)
				}
				in.Message = message.Parse(text, in.Message.Options)
				if a.Says != "" {
					in.Stated = a.Says
				}
				return in
			}
		}
		t.Fatalf("%q is not offered for\n%s", id, in.Message.Text)
		return in
	}
	no := do(in, "no AI")
	if no.Stated != "" || !strings.Contains(no.Message.Text, "# "+diagnostics.NoAI+"\n") {
		t.Errorf("no AI: stated %q in\n%s", no.Stated, no.Message.Text)
	}
	yes := do(no, "AI")
	if yes.Stated != diagnostics.Yes || yes.Message.Text != in.Message.Text {
		t.Errorf("AI after all: stated %q in\n%s", yes.Stated, yes.Message.Text)
	}
	again := do(yes, "no AI")
	if again.Stated != diagnostics.No || diagnostics.Look(again).Use != diagnostics.UseNone {
		t.Errorf("no AI after all: stated %q in\n%s", again.Stated, again.Message.Text)
	}
	told := do(no, "disclose `AI-used-for: code`")
	if strings.Contains(told.Message.Text, diagnostics.NoAI) || diagnostics.Look(told).Use != diagnostics.UseDeclared {
		t.Errorf("a disclosure after “no AI was used”:\n%s", told.Message.Text)
	}
	// Below the scissors, where no comment above would be stripped.
	cut := message.Options{Cleanup: message.Scissors}
	in.Message = message.Parse("subject\n\nText.\n# ------------------------ >8 ------------------------\n# Do not modify\ndiff --git a/a b/a\n", cut)
	if yes := do(do(in, "no AI"), "AI"); yes.Message.Text != in.Message.Text {
		t.Errorf("AI after all, below the scissors:\n%s", yes.Message.Text)
	}
}

// A sign-off is a person's own: none for a tool, none that is there, none that the
// project refuses.
func TestSignOffAction(t *testing.T) {
	jo := diagnostics.Person{Name: "Jo Doe", Email: "jo@example.org"}
	for _, tt := range []struct {
		name, text, policy string
		who                diagnostics.Person
		want               bool
	}{
		{"missing", "subject\n\nText.\n", "qemu-2026-09", jo, true},
		{"another's is there", "subject\n\nText.\n\nSigned-off-by: Mary <m@example.org>\n", "qemu-2026-09", jo, true},
		{"not asked for", "subject\n\nText.\n", "zig", jo, true},
		{"there", "subject\n\nText.\n\nSigned-off-by: Jo D. <JO@example.org>\n", "qemu-2026-09", jo, false},
		{"there, and lost in the text", "subject\n\nSigned-off-by: Jo Doe <jo@example.org>\n\nText.\n", "qemu-2026-09", jo, false},
		{"a tool commits", "subject\n\nText.\n", "qemu-2026-09", diagnostics.Person{Name: "Claude", Email: "noreply@anthropic.com"}, false},
		{"nobody is known", "subject\n\nText.\n", "qemu-2026-09", diagnostics.Person{}, false},
		{"the project takes none", "subject\n\nText.\n", "version: 1\nproject: X\nstatus: in-force\nas_of: 2026-11-21\nforbidden: [{trailer: Signed-off-by, when: always}]\n", jo, false},
	} {
		got := false
		for _, a := range diagnostics.Actions(diagnostics.Input{Policy: readPolicy(t, tt.policy), Message: message.Parse(tt.text, message.Options{}), Committer: tt.who}) {
			got = got || strings.Contains(a.Title, "Signed-off-by")
		}
		if got != tt.want {
			t.Errorf("%s: offered is %v", tt.name, got)
		}
	}
}

// The questions of a zone are offered before AI use is declared; answered, they leave
// nothing to ask.
func TestAttestationAction(t *testing.T) {
	offers := 0
	for name, in := range goldenInputs(t) {
		for _, a := range diagnostics.Actions(in) {
			if !strings.HasPrefix(a.ID, "attest ") {
				continue
			}
			offers++
			text, err := message.Apply(in.Message.Text, a.Edits)
			if err != nil {
				t.Fatal(err)
			}
			for _, placeholder := range a.Fill {
				if !strings.Contains(text, placeholder) {
					t.Errorf("%s: no %q to fill in in\n%s", name, placeholder, text)
				}
				text = strings.Replace(text, placeholder, "It is said here.", 1)
			}
			then := in
			then.Message = message.Parse(text, in.Message.Options)
			for _, f := range diagnostics.Check(then) {
				if strings.HasPrefix(f.Rule, "attestation-") {
					t.Errorf("%s: %s: %s\n%s", name, f.Rule, f.Message, text)
				}
			}
		}
	}
	if offers < 3 {
		t.Errorf("only %d are offered", offers)
	}
}
