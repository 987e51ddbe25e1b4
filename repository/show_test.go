package repository_test

import (
	"context"
	"strings"
	"testing"

	"colophon/repository"
)

func TestIsID(t *testing.T) {
	for word, want := range map[string]bool{
		"0123456": true, "deadBEEF01": true, strings.Repeat("a", 64): true,
		"": false, "012345": false, "0123456g": false, "-1234567": false, "--output=x": false, "1234567 ": false, strings.Repeat("a", 65): false,
	} {
		if repository.IsID(word) != want {
			t.Errorf("%q: %v", word, !want)
		}
	}
}

func TestShow(t *testing.T) {
	for _, format := range []string{"sha1", "sha256"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			s := newSandbox(t, "--object-format="+format)
			s.git("commit", "-q", "--allow-empty", "--date=2026-03-04T23:30:00-0500", "--author=Ää <a@example.org>", "-m", "One thing\non two lines\n\nAnd more.")
			one := strings.TrimSpace(s.git("rev-parse", "HEAD"))
			s.git("commit", "-q", "--allow-empty", "-m", "Another")
			s.git("tag", "-a", "-m", "x", "v1", one)
			tag := strings.TrimSpace(s.git("rev-parse", "v1"))
			s.git("branch", "feedfacefeed") // a name that could be an id
			s.write("a", "x\n")
			s.git("add", "a")
			blob := strings.TrimSpace(s.git("rev-parse", ":a"))
			r := s.open(".")
			want := repository.Shown{ID: one, Author: "Ää", Date: "2026-03-04", Subject: "One thing on two lines"}
			for _, id := range []string{one, one[:12], one[:7], strings.ToUpper(one[:12])} {
				if got, err := r.Show(t.Context(), id); err != nil || got != want {
					t.Errorf("%s: %+v, %v", id, got, err)
				}
			}
			for _, id := range []string{tag, blob, strings.Repeat("0", len(one)), one + "0", "feedfacefeed", "--all", "HEAD", one[:6], ""} {
				if got, err := r.Show(t.Context(), id); err == nil {
					t.Errorf("%q is %+v", id, got)
				}
			}
			ctx, stop := context.WithCancel(t.Context())
			stop()
			if _, err := r.Show(ctx, one); err == nil {
				t.Error("it does not heed that nobody waits any more")
			}
		})
	}
}

// A partial clone looks for what it does not have elsewhere, by programs that its
// configuration names; we do not.
func TestShowFetchesNothing(t *testing.T) {
	full := newSandbox(t)
	base(full)
	full.git("config", "uploadpack.allowFilter", "true")
	full.git("-c", "protocol.file.allow=always", "clone", "-q", "--no-checkout", "--filter=blob:none", "file://"+full.dir, "../partial")
	s := full.in("../partial")
	command, trace := canary(s)
	s.git("config", "remote.origin.uploadpack", command)
	s.git("config", "protocol.allow", "always")
	s.git("config", "log.showSignature", "true")
	s.git("config", "gpg.program", command)
	r := s.open(".git/COMMIT_EDITMSG")
	missing := strings.Repeat("ab", 20)
	if _, err := r.Show(t.Context(), missing); err == nil {
		t.Error("it is there")
	}
	if _, err := r.Show(t.Context(), strings.TrimSpace(s.git("rev-parse", "HEAD"))); err != nil {
		t.Error(err)
	}
	if what := ran(trace); what != "" {
		t.Errorf("a configured program ran: %s", what)
	}
	_ = s.command("cat-file", "-p", missing).Run()
	if ran(trace) == "" {
		t.Error("git itself does not run it either: the test shows nothing")
	}
}
