package lsp

import (
	"net/url"
	"strings"

	"colophon/repository"
)

// forge is where a repository is shown on the web, as far as the remote's URL says.
// Nothing is ever asked there.
type forge struct {
	host   string // for people: github.com
	commit string // with {} for a commit's id
	issue  string // with {} for a number; "" where issues may be elsewhere
}

// commitURL is the page of a commit.
func (f *forge) commitURL(id string) string { return strings.Replace(f.commit, "{}", id, 1) }

// issueURL is the page of an issue.
func (f *forge) issueURL(number string) string { return strings.Replace(f.issue, "{}", number, 1) }

// site is a kind of forge. A host is one of names, or begins or ends as said.
type site struct {
	names          []string
	prefix, suffix string
	commit, issue  string // behind the address of the repository
	owners         bool   // whether a repository has an owner in front
	keepGit        bool   // whether ".git" is part of the address
}

// sites are the forges whose addresses are certain. The forms are those that the
// forges themselves document or link to:
//
//   - GitHub: docs.github.com, "Autolinked references and URLs". An issue's page leads
//     to the pull request of that number.
//   - GitLab: docs.gitlab.com, "GitLab-specific references", and the pages "/-/commit/"
//     and "/-/issues/" that they lead to.
//   - Forgejo and Gitea: forgejo.org/docs, "Automatically linked references".
//   - sourcehut: man.sr.ht/git.sr.ht; trackers have names of their own.
//   - Bitbucket: support.atlassian.com, "Hyperlink to source code"; issues may be Jira's.
//   - cgit, as on git.kernel.org: git.zx2c4.com/cgit, the page "commit" with "id".
//   - Gitiles, as on googlesource.com: gerrit.googlesource.com/gitiles, "+/".
var sites = []site{
	{names: []string{"github.com"}, owners: true, commit: "/commit/{}", issue: "/issues/{}"},
	{names: []string{"gitlab.com", "salsa.debian.org", "invent.kde.org"}, prefix: "gitlab.", owners: true, commit: "/-/commit/{}", issue: "/-/issues/{}"},
	{names: []string{"codeberg.org", "gitea.com", "code.forgejo.org"}, owners: true, commit: "/commit/{}", issue: "/issues/{}"},
	{names: []string{"git.sr.ht"}, owners: true, commit: "/commit/{}"},
	{names: []string{"bitbucket.org"}, owners: true, commit: "/commits/{}"},
	{names: []string{kernelHost}, commit: "/commit/?id={}", keepGit: true},
	{suffix: ".googlesource.com", commit: "/+/{}"},
}

const kernelHost = "git.kernel.org"

// otherHosts are names under which a forge takes pushes.
var otherHosts = map[string]string{
	"ssh.github.com": "github.com", "www.github.com": "github.com", "altssh.gitlab.com": "gitlab.com",
	"altssh.bitbucket.org": "bitbucket.org", "gitolite.kernel.org": kernelHost, "ra.kernel.org": kernelHost,
}

// forgeOf is the forge of the repository that the commit is meant for: the remote
// "upstream", else "origin", else the only one. nil: it is not known.
func forgeOf(c *repository.Config) *forge {
	if c == nil {
		return nil
	}
	names := c.Subsections("remote")
	order := []string{"upstream", "origin"}
	if len(names) == 1 {
		order = append(order, names[0])
	}
	for _, name := range order {
		if urls := c.All("remote." + name + ".url"); len(urls) > 0 {
			return forgeAt(instead(c, urls[0])) // git fetches from the first
		}
	}
	return nil
}

// instead is a URL as git rewrites it by url.<base>.insteadOf: the longest beginning
// counts.
func instead(c *repository.Config, u string) string {
	best, base := "", ""
	for _, b := range c.Subsections("url") {
		for _, from := range c.All("url." + b + ".insteadof") {
			if len(from) > len(best) && strings.HasPrefix(u, from) {
				best, base = from, b
			}
		}
	}
	return base + u[len(best):]
}

// forgeAt reads a remote's URL. What it says of a user and a password is left out of
// all that is made of it.
func forgeAt(remote string) *forge {
	host, path, ok := hostAndPath(remote)
	if !ok {
		return nil
	}
	if other, ok := otherHosts[host]; ok {
		host = other
	}
	for _, s := range sites {
		if !s.is(host) {
			continue
		}
		if !s.keepGit {
			path = strings.TrimSuffix(path, ".git")
		}
		if s.suffix == ".googlesource.com" {
			path = strings.TrimPrefix(path, "a/") // for those who log in
		}
		if !plainPath(path) || s.owners && !strings.Contains(path, "/") {
			return nil
		}
		f := &forge{host: host, commit: "https://" + host + "/" + path + s.commit}
		if s.issue != "" {
			f.issue = "https://" + host + "/" + path + s.issue
		}
		return f
	}
	return nil
}

func (s *site) is(host string) bool {
	for _, n := range s.names {
		if n == host {
			return true
		}
	}
	return s.prefix != "" && strings.HasPrefix(host, s.prefix) || s.suffix != "" && strings.HasSuffix(host, s.suffix)
}

// hostAndPath takes both from the forms that git knows: https://user@host/path,
// ssh://user@host:port/path, git://host/path and user@host:path.
func hostAndPath(remote string) (host, path string, ok bool) {
	if scheme, _, found := strings.Cut(remote, "://"); found {
		u, err := url.Parse(remote)
		if err != nil {
			return "", "", false
		}
		switch strings.ToLower(scheme) {
		case "https", "http", "git":
			if u.Port() != "" && u.Port() != "443" && u.Port() != "80" && u.Port() != "9418" {
				return "", "", false // another server on that machine
			}
		case "ssh", "git+ssh", "ssh+git":
		default:
			return "", "", false
		}
		if u.RawQuery != "" || u.Fragment != "" {
			return "", "", false
		}
		host, path = u.Hostname(), u.Path
	} else {
		host, path, ok = strings.Cut(remote, ":")
		if !ok || strings.ContainsAny(host, "/\\") {
			return "", "", false // a path
		}
		host = host[strings.LastIndexByte(host, '@')+1:]
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return host, strings.Trim(path, "/"), plainHost(host)
}

func plainHost(host string) bool {
	return strings.Contains(host, ".") && !strings.ContainsFunc(host, func(r rune) bool {
		return r != '.' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	})
}

// plainPath tells whether a path can stand in an address as it is, and is that of a
// repository.
func plainPath(path string) bool {
	for part := range strings.SplitSeq(path, "/") {
		if part == "" || part == "." || part == ".." || strings.ContainsFunc(part, func(r rune) bool {
			return !strings.ContainsRune("-._~", r) && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
		}) {
			return false
		}
	}
	return true
}
