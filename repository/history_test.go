package repository_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"colophon/repository"
)

// by makes an empty commit of a person's.
func (s *sandbox) by(name, mail, message string) {
	s.t.Helper()
	s.gitWith(message, []string{"GIT_AUTHOR_NAME=" + name, "GIT_AUTHOR_EMAIL=" + mail}, "commit", "-q", "--allow-empty", "-F", "-")
}

// history reads it with the configuration as a session does.
func (s *sandbox) history() (*repository.History, error) {
	s.t.Helper()
	r := s.open(".")
	cfg, err := r.Config(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return r.History(s.t.Context(), cfg)
}

func (s *sandbox) mustHistory() *repository.History {
	s.t.Helper()
	h, err := s.history()
	if err != nil {
		s.t.Fatal(err)
	}
	return h
}

func names(h *repository.History) (all []string) {
	for _, p := range h.People {
		all = append(all, fmt.Sprintf("%s <%s> %d", p.Name, p.Email, p.Named))
	}
	return all
}

func TestHistory(t *testing.T) {
	s := newSandbox(t)
	s.write(".mailmap", "Zoë Ångström <zoe@example.org> <zoe@old.example>\nRolf R <rolf@example.org> rolfr <r@old.example>\n")
	s.git("add", "-A")
	s.by("zoe", "zoe@old.example", "First\n")
	s.by("Ann", "ann@example.org", "Second 😀\n\nText.\n\nReviewed-by: rolfr <r@old.example>\nCc: List <list@example.org>\nNote: Nobody <nobody@example.org>\nReviewed-by: no address\n")
	s.by("Ann", "ANN@example.org", "Third\n\nReviewed-by: Rolf R <rolf@example.org>\nFixes: nothing\nAcked-by: \"Q\" <q@example.org> # remark\n")
	h := s.mustHistory()
	want := []string{"Ann <ANN@example.org> 2", "Rolf R <rolf@example.org> 2", "Zoë Ångström <zoe@example.org> 1", "List <list@example.org> 1"}
	got := names(h)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("people are %q, want %q", got, want)
	}
	for i := 1; i < len(h.People); i++ {
		if h.People[i-1].Weight < h.People[i].Weight {
			t.Errorf("%v stand in front of %v", h.People[i-1], h.People[i])
		}
	}
	i := slices.IndexFunc(h.People, func(p repository.Contributor) bool { return p.Name == "Rolf R" })
	if roles := h.People[i].Roles; roles["reviewed-by"] == 0 || roles["author"] != 0 {
		t.Errorf("roles are %v", roles)
	}
	var subjects []string
	for _, p := range h.Commits {
		subjects = append(subjects, p.Subject)
		if !strings.HasPrefix(p.ID, p.Short) || len(p.ID) != 40 || p.Dated != "2023-11-14" || p.Author == "" {
			t.Errorf("%+v", p)
		}
	}
	if !slices.Equal(subjects, []string{"Third", "Second 😀", "First"}) {
		t.Errorf("commits are %q", subjects)
	}
}

// The form is that of the project's own trailers.
func TestFixesForm(t *testing.T) {
	const id = "0123456789abcdef0123456789abcdef01234567"
	for _, c := range []struct {
		name   string
		fixes  []string
		config []string
		want   string // for the commit above with the subject "a (b): c", abbreviated to 7 digits
		issues string
	}{
		{"none", nil, nil, `0123456789ab ("a (b): c")`, ""},
		{"core.abbrev", nil, []string{"core.abbrev", "20"}, `0123456789abcdef0123 ("a (b): c")`, ""},
		{"kernel", []string{`b0b0b0b0b0b0 ("x: y (z)")`, `b0b0b0b0b0 ("x")`, `b1b0b0b0b0b0 ("x (y)")`}, []string{"core.abbrev", "20"}, `0123456789ab ("a (b): c")`, ""},
		{"without quotes", []string{"b0b0b0b0b0 (x: y)"}, nil, "0123456789 (a (b): c)", ""},
		{"shorter than git's", []string{"b0b0b0b"}, nil, "0123456", ""},
		{"the hash alone", []string{"commit b0b0b0b0b0b0"}, nil, "0123456789ab", ""},
		{"numbers", []string{"#12", "#3", "b0b0b0b0b0b0"}, nil, "0123456789ab", "#"},
		{"addresses", []string{"https://example.org/p/-/issues/12", "https://example.org/p/-/issues/9", "#3"}, nil, `0123456789ab ("a (b): c")`, "https://example.org/p/-/issues/"},
		{"prose", []string{"the bug of last week", "https://x.example/ y"}, nil, `0123456789ab ("a (b): c")`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSandbox(t)
			if c.config != nil {
				s.git("config", c.config[0], c.config[1])
			}
			s.by("Ann", "ann@example.org", "First\n")
			for _, f := range c.fixes {
				s.by("Ann", "ann@example.org", "Subject\n\nFixes: "+f+"\n")
			}
			f := s.mustHistory().Fixes
			short := 7
			if c.name == "core.abbrev" {
				short = 20
			}
			if got := f.Write(repository.Past{ID: id, Short: id[:short], Subject: "a (b): c"}); got != c.want {
				t.Errorf("written as %q, want %q", got, c.want)
			}
			if f.Reference != c.issues || f.Issues != (c.issues != "") {
				t.Errorf("issues are %q, %v; want %q", f.Reference, f.Issues, c.issues)
			}
		})
	}
}

func TestTouching(t *testing.T) {
	s := newSandbox(t)
	for _, name := range []string{"a", "-n", ":(top)b", "a"} {
		s.write("./"+name, "x"+strings.Repeat("y", len(s.git("rev-list", "--all"))))
		s.git("add", "-A")
		s.by("Ann", "ann@example.org", "Change "+name+"\n")
	}
	r := s.open(".")
	cfg, err := r.Config(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		paths []string
		want  []string
	}{
		{[]string{"a"}, []string{"Change a", "Change a"}},
		{[]string{"-n"}, []string{"Change -n"}},
		{[]string{":(top)b"}, []string{"Change :(top)b"}},
		{[]string{"none"}, nil},
		{nil, nil},
	} {
		found, err := r.Touching(t.Context(), cfg, c.paths)
		if err != nil {
			t.Errorf("%q: %v", c.paths, err)
		}
		var got []string
		for _, p := range found {
			got = append(got, p.Subject)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.paths, got, c.want)
		}
	}
}

// Where there is less, it gives less.
func TestHistoryOfLess(t *testing.T) {
	full := newSandbox(t)
	full.write("a", "a")
	full.git("add", "-A")
	full.by("Ann", "ann@example.org", "First\n")
	full.by("Bob", "bob@example.org", "Second\n")
	clone := func(t *testing.T, args ...string) *sandbox {
		dir := filepath.Join(t.TempDir(), "clone")
		full.git("config", "uploadpack.allowFilter", "true")
		full.git(append(append([]string{"clone", "-q"}, args...), "file://"+full.dir, dir)...)
		return &sandbox{t: t, dir: dir, env: full.env}
	}
	t.Run("no commit", func(t *testing.T) {
		h, err := newSandbox(t).history()
		if err == nil || len(h.People)+len(h.Commits) > 0 {
			t.Errorf("%+v, %v", h, err)
		}
	})
	t.Run("shallow", func(t *testing.T) {
		h, err := clone(t, "--depth=1").history()
		if err != nil || len(h.Commits) != 1 || len(h.People) != 1 {
			t.Errorf("%+v, %v", h, err)
		}
	})
	t.Run("partial", func(t *testing.T) {
		s := clone(t, "--filter=tree:0", "--no-checkout")
		if err := os.Rename(full.dir, full.dir+"-gone"); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = os.Rename(full.dir+"-gone", full.dir) }()
		h, err := s.history()
		if err != nil || len(h.Commits) != 2 {
			t.Errorf("%+v, %v", h, err)
		}
		r := s.open(".")
		cfg, _ := r.Config(t.Context())
		if found, err := r.Touching(t.Context(), cfg, []string{"a"}); err == nil || len(found) > 0 {
			t.Errorf("without trees: %v, %v", found, err)
		}
	})
}

// Whatever is configured, nothing runs and git is not held up.
func TestHistoryOfAHostileRepository(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(s *sandbox, canary string)
		ends bool // with an error
	}{
		{"signatures", func(s *sandbox, canary string) {
			s.git("config", "log.showSignature", "true")
			s.git("config", "gpg.program", canary)
			id := strings.TrimSpace(s.gitWith("tree "+strings.TrimSpace(s.git("write-tree"))+"\nauthor A <a@example.org> 1 +0000\ncommitter A <a@example.org> 1 +0000\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nSigned\n", nil, "hash-object", "-t", "commit", "-w", "--stdin"))
			s.git("update-ref", "HEAD", id)
		}, false},
		{"trailer commands", func(s *sandbox, canary string) {
			s.git("config", "trailer.fix.key", "Fixes")
			s.git("config", "trailer.fix.command", canary)
			s.git("config", "trailer.fix.ifmissing", "add")
		}, false},
		{"pager and follow", func(s *sandbox, canary string) {
			s.git("config", "core.pager", canary)
			s.git("config", "log.follow", "true")
			s.git("config", "diff.external", canary)
			s.git("config", "format.pretty", "raw")
			s.git("config", "log.decorate", "full")
		}, false},
		{"mailmap is a pipe", func(s *sandbox, _ string) { mkfifo(s, ".mailmap") }, true},
		{"the configured mailmap is a device", func(s *sandbox, _ string) { s.git("config", "mailmap.file", "/dev/zero") }, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSandbox(t)
			command, trace := canary(s)
			s.by("Ann", "ann@example.org", "First\n\nFixes: x\n")
			c.make(s, command)
			h, err := s.history()
			if (err != nil) != c.ends || h == nil || !c.ends && len(h.Commits) == 0 {
				t.Errorf("%+v, %v", h, err)
			}
			if got := ran(trace); got != "" {
				t.Errorf("a program ran: %s", got)
			}
		})
	}
}

func mkfifo(s *sandbox, name string) {
	s.t.Helper()
	if out, err := exec.Command("mkfifo", s.path(name)).CombinedOutput(); err != nil {
		s.t.Fatalf("mkfifo: %v\n%s", err, out)
	}
}

// What git told before its time was up is kept.
func TestHistoryInTime(t *testing.T) {
	s := newSandbox(t)
	s.by("Ann", "ann@example.org", "First\n")
	r := s.open(".")
	cfg, err := r.Config(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	git, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	script := "#!/bin/sh\n'" + git + "' \"$@\"\nexec sleep 600\n"
	if err := os.WriteFile(filepath.Join(dir, "git"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	h, err := r.History(ctx, cfg)
	if !errors.Is(err, context.DeadlineExceeded) || len(h.Commits) != 1 || len(h.People) != 1 {
		t.Errorf("%+v, %v", h, err)
	}
}

// A history longer than what is read of it.
func TestHistoryIsBounded(t *testing.T) {
	s := newSandbox(t)
	var stream strings.Builder
	long := strings.Repeat("x", 5000)
	for i := range 2100 {
		fmt.Fprintf(&stream, "commit refs/heads/main\nauthor P%d <p%d@example.org> %d +0000\ncommitter C <c@example.org> %d +0000\n", i, i, i, i)
		body := fmt.Sprintf("%s\n\nReviewed-by: R%d <r%d@example.org>\n", long, i, i)
		fmt.Fprintf(&stream, "data %d\n%s\n", len(body), body)
	}
	s.gitWith(stream.String(), nil, "fast-import", "--quiet")
	h := s.mustHistory()
	if len(h.Commits) != 2000 || h.Commits[0].Author != "P2099" || len(h.Commits[0].Subject) != 300 {
		t.Errorf("%d commits, the first of them %.400v", len(h.Commits), h.Commits[0])
	}
	if len(h.People) != 4000 {
		t.Errorf("%d people", len(h.People))
	}
}
