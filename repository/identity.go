package repository

import "strings"

// Identity is a person as a commit names one.
type Identity struct {
	Name, Email string
}

// Author returns who git will record as the author of the commit, as far as the
// environment and cfg say: GIT_AUTHOR_NAME and GIT_AUTHOR_EMAIL, author.*,
// user.*, and EMAIL. It is false when they give no e-mail address; git would make
// one up from the machine's name. The name alone may be empty.
//
// `git commit --author` and `--amend` are known only where git says so in the
// environment, which it does for hooks and for an editor that it started.
func (r *Repository) Author(cfg *Config) (Identity, bool) {
	return r.identity(cfg, "author")
}

// Committer is like [Repository.Author], for GIT_COMMITTER_* and committer.*.
func (r *Repository) Committer(cfg *Config) (Identity, bool) {
	return r.identity(cfg, "committer")
}

func (r *Repository) identity(cfg *Config, role string) (Identity, bool) {
	find := func(field string) string {
		// Git sets the author for its editor: over there it may be somebody else.
		if role == "committer" || r.env.owner != another {
			v := tidy(r.env.get("GIT_" + strings.ToUpper(role+"_"+field)))
			if v != "" {
				return v
			}
		}
		for _, section := range []string{role, "user"} {
			v, _ := cfg.Get(section + "." + field)
			if v = tidy(v); v != "" {
				return v
			}
		}
		return ""
	}
	id := Identity{Name: find("name"), Email: find("email")}
	if id.Email == "" {
		id.Email = tidy(r.env.get("EMAIL"))
	}
	return id, id.Email != ""
}

// tidy drops what git does not let into a commit's author line.
func tidy(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool {
		return r <= ' ' || strings.ContainsRune(`,:;<>"\'`, r)
	})
	return strings.Map(func(r rune) rune {
		if r == '<' || r == '>' || r == '\n' {
			return -1
		}
		return r
	}, s)
}
