package repository_test

import (
	"os"
	"testing"
)

func TestFingerprint(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base(s)
	addSubmodule(s)
	s.git("worktree", "add", "-q", "../linked")
	for _, dir := range []string{".", "../linked", "sub"} {
		s := s.in(dir)
		r := s.open(".")
		last := r.Fingerprint()
		steps := []struct {
			name    string
			do      func()
			changes bool
		}{
			{"nothing", func() {}, false},
			{"Staged", func() { s.staged() }, false},
			{"an edit that is not staged", func() { s.write("text", "x\n") }, false},
			{"stage", func() { s.stage("100644", "text", "1\n") }, true},
			{"stage the same size", func() { s.stage("100644", "text", "2\n") }, true},
			{"commit", func() { s.git("commit", "-q", "-m", "x") }, true},
			{"amend the message", func() { s.git("commit", "-q", "--amend", "-m", "y") }, true},
			{"move the branch", func() { s.git("update-ref", "HEAD", "HEAD^") }, true},
			{"pack refs", func() { s.git("pack-refs", "--all") }, true},
			{"detach", func() { s.git("checkout", "-q", "--detach") }, true},
			{"unlink the index", func() {
				if err := os.Remove(s.path(gitPath(s, "index"))); err != nil {
					t.Fatal(err)
				}
			}, true},
		}
		for _, step := range steps {
			step.do()
			now := r.Fingerprint()
			if (now != last) != step.changes {
				t.Errorf("%s: %s: changed is %v", dir, step.name, now != last)
			}
			last = now
		}
	}
}

func gitPath(s *sandbox, name string) string {
	path := s.git("rev-parse", "--git-path", name)
	return path[:len(path)-1]
}

func BenchmarkFingerprint(b *testing.B) {
	s := newSandbox(b)
	base(s)
	r := s.open(".")
	for b.Loop() {
		r.Fingerprint()
	}
}

func BenchmarkDiff(b *testing.B) {
	s := newSandbox(b)
	base(s)
	for i := range 200 {
		s.write("many/"+string(rune('a'+i%26))+"/"+string(rune('a'+i/26)), lines(i, i+300))
	}
	s.commitAll()
	for i := range 200 {
		s.write("many/"+string(rune('a'+i%26))+"/"+string(rune('a'+i/26)), lines(i+1, i+100)+"new\n"+lines(i+101, i+301))
	}
	s.git("add", "-A")
	r := s.open(".")
	b.Run("Staged", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.Diff(b.Context(), r.Source(), nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("git diff --cached --numstat", func(b *testing.B) {
		for b.Loop() {
			s.git("diff", "--cached", "--numstat")
		}
	})
}
