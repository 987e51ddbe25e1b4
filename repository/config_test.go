package repository_test

import (
	"slices"
	"strings"
	"testing"

	"colophon/repository"
)

func config(t *testing.T, s *sandbox) *repository.Config {
	t.Helper()
	c, err := s.open(".").Config(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestConfig(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.write(".git/config", `[core]
	repositoryformatversion = 0
	commentChar = ";"
[Colophon]
	Policy = one
	policy = "two # three"
	flag
[trailer "Signed-off.By"]
	key = Signed-off-by
[trailer "signed-off.by"]
	key = other
[trailer "x"]
	ifExists = add
	key = X
[trailer]
	separators = ":\n="
[include]
	path = more
`)
	s.write(".git/more", "[colophon]\n\tincluded = yes\n")
	c := config(t, s)
	for key, want := range map[string]string{
		"colophon.policy":           "two # three",
		"COLOPHON.POLICY":           "two # three",
		"colophon.flag":             "true",
		"colophon.included":         "yes",
		"core.commentchar":          ";",
		"trailer.Signed-off.By.KEY": "Signed-off-by",
		"trailer.signed-off.by.key": "other",
		"trailer.separators":        ":\n=",
	} {
		if got, ok := c.Get(key); got != want || !ok {
			t.Errorf("%s is %q, %v, want %q", key, got, ok, want)
		}
	}
	for _, key := range []string{"", "x", "colophon", "colophon.", "trailer.X.key", "core.hookspath", "core.fsmonitor"} {
		if got, ok := c.Get(key); ok {
			t.Errorf("%q is %q, want none", key, got)
		}
	}
	if got := c.All("colophon.policy"); !slices.Equal(got, []string{"one", "two # three"}) {
		t.Errorf("all policies: %q", got)
	}
	if got := c.Subsections("Trailer"); !slices.Equal(got, []string{"Signed-off.By", "signed-off.by", "x"}) {
		t.Errorf("trailers: %q", got)
	}
	keys := slices.Collect(c.Keys())
	if !slices.Contains(keys, "trailer.x.ifexists") || slices.Index(keys, "colophon.policy") > slices.Index(keys, "colophon.flag") {
		t.Errorf("keys: %q", keys)
	}
}

func TestConfigOfTheCommandLine(t *testing.T) {
	t.Parallel()
	s, other := newSandbox(t), newSandbox(t)
	s.env = append(s.env, "GIT_CONFIG_PARAMETERS='colophon.policy'='given'", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=x.y", "GIT_CONFIG_VALUE_0=z")
	if got, _ := config(t, s).Get("colophon.policy"); got != "given" {
		t.Errorf("the setting of git -c is %q", got)
	}
	if got, _ := config(t, s).Get("x.y"); got != "z" {
		t.Errorf("the setting of the environment is %q", got)
	}
	s.env = append(s.env, "GIT_INDEX_FILE="+other.path(".git/index"))
	if got, ok := config(t, s).Get("colophon.policy"); ok {
		t.Errorf("the setting of git -c for another repository is taken: %q", got)
	}
}

func TestConfigErrors(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.git("config", "include.path", "more")
	s.write(".git/more", "[core]\n\tbroken = \"\n")
	_, err := s.open(".").Config(t.Context())
	if err == nil || !strings.Contains(err.Error(), "read git's configuration: run git config: exit status 128: fatal: bad config line 2") {
		t.Errorf("broken file: %v", err)
	}
	s.write(".git/more", "[x]\n\ty = "+strings.Repeat("z", 9<<20)+"\n")
	_, err = s.open(".").Config(t.Context())
	if err == nil || !strings.Contains(err.Error(), "more than 8388608 bytes") {
		t.Errorf("huge file: %v", err)
	}
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	other := newSandbox(t)
	cases := []struct {
		name              string
		config, env       []string
		author, committer string
	}{
		{"unknown", nil, nil, "", ""},
		{"name only", []string{"user.name", "U"}, nil, "", ""},
		{"user", []string{"user.name", "U", "user.email", "u@x"}, nil, "U <u@x>", "U <u@x>"},
		{"e-mail only", []string{"user.email", "u@x"}, nil, " <u@x>", " <u@x>"},
		{"author", []string{"user.name", "U", "user.email", "u@x", "author.name", "A"}, nil, "A <u@x>", "U <u@x>"},
		{"committer", []string{"user.name", "U", "user.email", "u@x", "committer.email", "c@x"}, nil, "U <u@x>", "U <c@x>"},
		{"environment", []string{"user.name", "U", "user.email", "u@x", "author.name", "A"}, []string{"GIT_AUTHOR_NAME=E", "GIT_COMMITTER_EMAIL=e@x"}, "E <u@x>", "U <e@x>"},
		{"EMAIL", []string{"user.name", "U"}, []string{"EMAIL=m@x"}, "U <m@x>", "U <m@x>"},
		{"configured before EMAIL", []string{"user.email", "u@x"}, []string{"EMAIL=m@x"}, " <u@x>", " <u@x>"},
		{"crud", []string{"user.name", " \"U <x>; ", "user.email", "<u@x>"}, nil, "U x <u@x>", "U x <u@x>"},
		{"author of another repository", []string{"user.name", "U", "user.email", "u@x"}, []string{"GIT_AUTHOR_EMAIL=e@x", "GIT_INDEX_FILE=" + other.path(".git/index")}, "U <u@x>", "U <u@x>"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newSandbox(t)
			for i := 0; i < len(c.config); i += 2 {
				s.git("config", c.config[i], c.config[i+1])
			}
			s.env = append(outside(), c.env...)
			cfg, r := config(t, s), s.open(".")
			show := func(id repository.Identity, ok bool) string {
				if !ok {
					return ""
				}
				return id.Name + " <" + id.Email + ">"
			}
			if got := show(r.Author(cfg)); got != c.author {
				t.Errorf("author %q, want %q", got, c.author)
			}
			if got := show(r.Committer(cfg)); got != c.committer {
				t.Errorf("committer %q, want %q", got, c.committer)
			}
		})
	}
}
