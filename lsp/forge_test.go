package lsp

import (
	"context"
	"strings"
	"testing"

	"colophon/repository"
)

func TestForgeAt(t *testing.T) {
	for _, c := range []struct{ remote, commit, issue string }{
		{"https://github.com/o/r.git", "https://github.com/o/r/commit/ID", "https://github.com/o/r/issues/7"},
		{"https://github.com/o/r/", "https://github.com/o/r/commit/ID", "https://github.com/o/r/issues/7"},
		{"git@github.com:o/r.git", "https://github.com/o/r/commit/ID", "https://github.com/o/r/issues/7"},
		{"github.com:o/r", "https://github.com/o/r/commit/ID", "https://github.com/o/r/issues/7"},
		{"ssh://git@ssh.github.com:443/o/r.git", "https://github.com/o/r/commit/ID", "https://github.com/o/r/issues/7"},
		{"git://github.com/o/r.git", "https://github.com/o/r/commit/ID", "https://github.com/o/r/issues/7"},
		{"HTTPS://GitHub.com/o/r", "https://github.com/o/r/commit/ID", "https://github.com/o/r/issues/7"},
		{"https://jo:secret@github.com/o/r", "https://github.com/o/r/commit/ID", "https://github.com/o/r/issues/7"},
		{"https://secret@gitlab.com/g/s/r.git", "https://gitlab.com/g/s/r/-/commit/ID", "https://gitlab.com/g/s/r/-/issues/7"},
		{"git@gitlab.gnome.org:GNOME/gtk.git", "https://gitlab.gnome.org/GNOME/gtk/-/commit/ID", "https://gitlab.gnome.org/GNOME/gtk/-/issues/7"},
		{"ssh://git@codeberg.org/o/r.git", "https://codeberg.org/o/r/commit/ID", "https://codeberg.org/o/r/issues/7"},
		{"git@git.sr.ht:~jo/r", "https://git.sr.ht/~jo/r/commit/ID", ""},
		{"git@bitbucket.org:o/r.git", "https://bitbucket.org/o/r/commits/ID", ""},
		{"https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git", "https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=ID", ""},
		{"git@gitolite.kernel.org:pub/scm/linux/kernel/git/jo/linux.git", "https://git.kernel.org/pub/scm/linux/kernel/git/jo/linux.git/commit/?id=ID", ""},
		{"https://chromium.googlesource.com/a/v8/v8.git", "https://chromium.googlesource.com/v8/v8/+/ID", ""},

		{"", "", ""},
		{"../other", "", ""},
		{"/srv/git/r.git", "", ""},
		{"file:///srv/github.com/o/r", "", ""},
		{`C:\github.com\o`, "", ""},
		{"https://example.org/o/r", "", ""},
		{"https://github.com:8443/o/r", "", ""},
		{"https://github.com/o/r?x=1", "", ""},
		{"https://github.com/o/r#x", "", ""},
		{"https://github.com/", "", ""},
		{"https://github.com/o", "", ""},
		{"git@gitlab.gnome.org:gtk.git", "", ""},
		{"https://github.com/../r", "", ""},
		{"https://github.com/o/%2e%2e/r", "", ""},
		{"https://github.com/o/r%0a", "", ""},
		{"https://github.com/o//r", "", ""},
		{"https://github.com/o/<r>", "", ""},
		{"https://evil.example/github.com/o/r", "", ""},
		{"https://github.com.evil.example/o/r", "", ""},
		{"https://github.com@evil.example/o/r", "", ""},
		{"ext::sh -c github.com:o/r", "", ""},
		{"javascript://github.com/o/r", "", ""},
		{"https://gitlab./o/r", "", ""},
		{"https://[::1]/o/r", "", ""},
		{"https://%zz/", "", ""},
	} {
		f := forgeAt(c.remote)
		if c.commit == "" {
			if f != nil {
				t.Errorf("%s: %+v", c.remote, f)
			}
			continue
		}
		if f == nil {
			t.Errorf("%s: no forge", c.remote)
			continue
		}
		issue := ""
		if f.issue != "" {
			issue = f.issueURL("7")
		}
		if got := f.commitURL("ID"); got != c.commit || issue != c.issue {
			t.Errorf("%s: %s, %s", c.remote, got, issue)
		}
		if all := f.commit + f.issue + f.host; strings.Contains(all, "secret") || strings.Contains(all, "@") {
			t.Errorf("%s leaks into %s", c.remote, all)
		}
	}
}

// Which remote counts, read from git's own configuration.
func TestForgeOf(t *testing.T) {
	for _, c := range []struct {
		name   string
		config []string
		want   string // "" for none
	}{
		{"none", nil, ""},
		{"origin", []string{"remote.origin.url", "https://github.com/me/r", "remote.jo.url", "https://github.com/jo/r"}, "me"},
		{"upstream counts before", []string{"remote.origin.url", "https://github.com/me/r", "remote.upstream.url", "https://github.com/they/r"}, "they"},
		{"the only one", []string{"remote.jo.url", "https://github.com/jo/r"}, "jo"},
		{"two, and none is likelier", []string{"remote.jo.url", "https://github.com/jo/r", "remote.flo.url", "https://github.com/flo/r"}, ""},
		{"another place", []string{"remote.origin.url", "/srv/r"}, ""},
		{"insteadOf", []string{"remote.origin.url", "gh:me/r", "url.https://github.com/.insteadOf", "gh:"}, "me"},
		{"the longest insteadOf", []string{"remote.origin.url", "gh:me/r", "url.https://example.org/.insteadOf", "g", "url.git@github.com:.insteadOf", "gh:"}, "me"},
	} {
		r := newRepo(t, "")
		for i := 0; i+1 < len(c.config); i += 2 {
			r.git("config", c.config[i], c.config[i+1])
		}
		repo, err := repository.Open(r.dir, repository.Options{Env: r.env})
		must(t, err)
		cfg, err := repo.Config(context.Background())
		must(t, err)
		got := ""
		if f := forgeOf(cfg); f != nil {
			got = strings.Split(f.commit, "/")[3]
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
