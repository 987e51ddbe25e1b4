package repository_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"colophon/repository"
)

func (s *sandbox) log(g repository.Range) (all []repository.Logged, err error) {
	s.t.Helper()
	r := s.open(".")
	cfg, err := r.Config(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	err = r.Log(s.t.Context(), cfg, g, func(l repository.Logged) error {
		all = append(all, l)
		return nil
	})
	return all, err
}

// Messages are those of the commits, whatever stands in them; what a commit contains is
// what git counts.
func TestLog(t *testing.T) {
	s := newSandbox(t)
	messages := []string{
		"subject\n\nbody\n", "no line end", "", "\n\nlate\n", ":100644 100644 looks like a record\n\n:x\n",
		strings.Repeat("0123456789abcdef", 40) + "\n", "größe 😀\n\n\x01\x7f \n", "two\nlines\n",
	}
	for i, m := range messages {
		s.write("f", strings.Repeat("x\n", i+1))
		s.git("add", "f")
		s.gitWith(m, nil, "commit", "-q", "--cleanup=verbatim", "--allow-empty-message", "-F", "-")
	}
	all, err := s.log(repository.Range{Revisions: "HEAD"})
	if err != nil || len(all) != len(messages) {
		t.Fatalf("%d commits, %v", len(all), err)
	}
	r := s.open(".")
	for i, l := range all {
		want := messages[len(messages)-1-i]
		if raw := s.git("cat-file", "commit", l.ID); !strings.HasSuffix(raw, "\n\n"+want) {
			t.Fatalf("git has another message: %q", raw)
		}
		if strings.TrimSuffix(l.Message, "\n") != strings.TrimSuffix(want, "\n") || l.Merge || l.Cut {
			t.Errorf("%s is %+v, want the message %q", l.ID, l, want)
		}
		c, err := r.DiffCommit(t.Context(), l.ID, nil)
		if err != nil || len(c.Files) != 1 || c.Files[0].Added != 1 || c.Files[0].Lines.Changed != 1 {
			t.Errorf("%s contains %+v, %v", l.ID, c, err)
		}
	}
}

// Heads are asked for in one go, and what is not there is told before.
func TestLogHeads(t *testing.T) {
	s := newSandbox(t)
	var ids []string
	for _, branch := range []string{"a", "b", "c", "d"} {
		s.git("commit", "-q", "--allow-empty", "-m", branch)
		ids = append(ids, strings.TrimSpace(s.git("rev-parse", "HEAD")))
	}
	s.git("checkout", "-q", "-b", "side", ids[1])
	s.git("commit", "-q", "--allow-empty", "-m", "e")
	side := strings.TrimSpace(s.git("rev-parse", "HEAD"))
	s.git("tag", "-a", "-m", "v1", "v1")
	tag, gone := strings.TrimSpace(s.git("rev-parse", "v1")), strings.Repeat("7", len(side))
	for _, test := range []struct {
		heads, without []string
		want           string
	}{
		{[]string{ids[3], side}, nil, "a b c d e"},
		{[]string{ids[3], side, ids[3], tag}, []string{ids[0]}, "b c d e"},
		{[]string{tag}, []string{ids[1]}, "e"},
		{[]string{ids[2], side}, []string{ids[3], side}, ""},
	} {
		all, err := s.log(repository.Range{Heads: test.heads, Without: test.without})
		var got []string
		for _, l := range all {
			got = append(got, strings.TrimSpace(l.Message))
		}
		slices.Sort(got)
		if strings.Join(got, " ") != test.want || err != nil {
			t.Errorf("%v without %v: %v, %v", test.heads, test.without, got, err)
		}
	}
	for _, g := range []repository.Range{{Heads: []string{"HEAD"}}, {Heads: []string{"--all"}}, {Heads: []string{side}, Without: []string{"--all"}}, {Heads: []string{gone}}, {}} {
		if all, err := s.log(g); err == nil {
			t.Errorf("%+v: %v", g, all)
		}
	}
	got, err := s.open(".").Commits(t.Context(), []string{gone, ids[0], "HEAD", tag, side, ids[0] + "\n" + ids[1], ids[3]})
	if err != nil || !slices.Equal(got, []string{ids[0], side, ids[3]}) {
		t.Errorf("the commits are %v, %v", got, err)
	}
	if got, err := s.open(".").Commits(t.Context(), nil); err != nil || got != nil {
		t.Errorf("of none: %v, %v", got, err)
	}
}

// A message in another encoding comes as UTF-8; one without an end is cut.
func TestLogBounds(t *testing.T) {
	s := newSandbox(t)
	s.git("config", "i18n.commitEncoding", "ISO-8859-1")
	s.gitWith("gr\xf6\xdfe\n", nil, "commit", "-q", "--allow-empty", "-F", "-")
	s.git("config", "--unset", "i18n.commitEncoding")
	s.gitWith(strings.Repeat("x", 3<<20)+"\n", nil, "commit", "-q", "--allow-empty", "-F", "-")
	all, err := s.log(repository.Range{Revisions: "HEAD"})
	if err != nil || len(all) != 2 {
		t.Fatalf("%d commits, %v", len(all), err)
	}
	if !all[0].Cut || len(all[0].Message) != 1<<20 {
		t.Errorf("of 3 MiB there are %d bytes, cut: %v", len(all[0].Message), all[0].Cut)
	}
	if all[1].Message != "größe\n" {
		t.Errorf("the message is %q", all[1].Message)
	}
}

// Nothing that a range says is taken for an option, and the first error ends it.
func TestLogRefuses(t *testing.T) {
	s := newSandbox(t)
	s.gitWith("a\n", nil, "commit", "-q", "--allow-empty", "-F", "-")
	for _, revisions := range []string{"", "--output=was-here", "-p", "--all", "nowhere", "HEAD --all", "a\nb", "\x00"} {
		if all, err := s.log(repository.Range{Revisions: revisions}); err == nil || len(all) > 0 {
			t.Errorf("%q gives %d commits, %v", revisions, len(all), err)
		}
	}
	if _, err := os.Stat(s.path("was-here")); err == nil {
		t.Error("an option was taken")
	}
	enough := errors.New("enough")
	r := s.open(".")
	cfg, err := r.Config(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Log(t.Context(), cfg, repository.Range{Revisions: "HEAD"}, func(repository.Logged) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("the error is %v", err)
	}
	if _, err := r.DiffCommit(t.Context(), "--output=was-here", nil); err == nil {
		t.Error("an option is taken for an id")
	}
}
