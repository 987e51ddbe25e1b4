package lsp

import (
	"os"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// linksIn opens a message and returns its links: text => target.
func (e *editor) linksIn(t *testing.T, r *repo, text string) []string {
	t.Helper()
	u := r.message()
	e.opened(u, "gitcommit", text)
	links, err := e.server.DocumentLink(t.Context(), &protocol.DocumentLinkParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}})
	must(t, err)
	var got []string
	for _, l := range links {
		target := strings.Replace(string(*l.Target), string(r.uri("")), "TOP", 1)
		got = append(got, textAt(t, text, l.Range, e.caps.PositionEncoding)+" => "+target)
	}
	return got
}

// Files that are there, and nothing else. Nothing staged tells in which folder git was
// started, so that its sub.c may be any.
func TestFileLinks(t *testing.T) {
	r := structured(t, "")
	r.git("remote", "remove", "origin")
	outside := t.TempDir()
	must(t, os.WriteFile(outside+"/secret", []byte("x"), 0o666))
	must(t, os.Symlink(outside+"/secret", r.path("out.c")))
	must(t, os.Symlink(outside, r.path("dir/out")))
	must(t, os.Symlink("core/take.c", r.path("in.c")))
	r.git("add", "out.c", "in.c")
	e := startIn(r)
	got := strings.Join(e.linksIn(t, r, r.shown("Subject\n", "dir", "-v")), "\n")
	const want = `../core/take.c => TOP/core/take.c
../in.c => TOP/in.c
../new name.c => TOP/new%20name.c
"../\303\274.c" => TOP/%C3%BC.c
../un: tracked => TOP/un%3A%20tracked
a/core/take.c => TOP/core/take.c
b/core/take.c => TOP/core/take.c
a/core/take.c => TOP/core/take.c
b/core/take.c => TOP/core/take.c
a/in.c => TOP/in.c
b/in.c => TOP/in.c
b/in.c => TOP/in.c
new name.c => TOP/new%20name.c
"a/\303\274.c" => TOP/%C3%BC.c
"b/\303\274.c" => TOP/%C3%BC.c
"b/\303\274.c" => TOP/%C3%BC.c`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	hostile := "\n#\tmodified:   ../../../../../../../../etc/passwd\n#\tmodified:   /etc/passwd\n#\tmodified:   dir/out/secret\n#\tmodified:   ./README\n#\tmodified:   dir/../README\n#\tmodified:   dir\n#\tmodified:   \"README\\000\"\n#\tmodified:   README/x\n#\tmodified:   README\n"
	if got := e.linksIn(t, r, hostile); len(got) != 1 || got[0] != "README => TOP/README" {
		t.Errorf("%q", got)
	}
}

// Commits, issues and mails, by what the remote is.
func TestForgeLinks(t *testing.T) {
	const full = "0123456789abcdef0123456789abcdef01234567"
	gh := "https://github.com/o/r"
	for _, c := range []struct {
		name, remote, text string
		want               []string
	}{
		{"reverts", gh, "Revert \"x\"\n\nThis reverts commit " + full + ".\n", []string{full + " => " + gh + "/commit/" + full}},
		{"cherry-pick", gh, "x\n\nBody\n\nSigned-off-by: a <a@b>\n(cherry picked from commit " + full + ")\n", []string{full + " => " + gh + "/commit/" + full}},
		{"fixes", gh, "x\n\nFixes: 89abcdef0123 (\"y\")\n", []string{"89abcdef0123 => " + gh + "/commit/89abcdef0123"}},
		{"in a sentence", gh, "x\n\nSince commit 89abcdef0123 (\"y\") and commit defaced it is.\n", []string{"89abcdef0123 => " + gh + "/commit/89abcdef0123"}},
		{"upstream", gh, "x\n\n[ Upstream commit " + full + " ]\n", []string{full + " => " + gh + "/commit/" + full}},
		{"no word before", gh, "x\n\n89abcdef0123 precommit 89abcdef0123\n", nil},
		{"not an id", gh, "x\n\nChange-Id: 89abcdef0123\nFixes: 89abc\nFixes: 89abcdeg0123\n", nil},
		{"in a comment", gh, "x\n# commit 89abcdef0123 #12\n", nil},
		{"issues", gh, "x (#7)\n\nSee #12, o/r#13 and #014, a#15, #16a.\n\nCloses: #17\n", []string{
			"#7 => " + gh + "/issues/7", "#12 => " + gh + "/issues/12", "#17 => " + gh + "/issues/17",
		}},
		{"issues are elsewhere", "https://git.sr.ht/~o/r", "x\n\nSee #12. This reverts commit " + full + ".\n", []string{full + " => https://git.sr.ht/~o/r/commit/" + full}},
		{"no remote", "", "x\n\nThis reverts commit " + full + ". See #12.\n\nLink: <a@b>\n", nil},
		{"mail of the kernel", "https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git", "x\n\nFixes: 89abcdef0123 (\"y\")\nLink: <20260101.a/b@example.org>\nMessage-ID: <c@d>\n", []string{
			"89abcdef0123 => https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=89abcdef0123",
			"20260101.a/b@example.org => https://lore.kernel.org/r/20260101.a%2Fb@example.org", "c@d => https://lore.kernel.org/r/c@d",
		}},
		{"mail of another project", gh, "x\n\nLink: <a@b>\n", nil},
		{"mail where the archive is named", "", "x\n\nLink: https://lore.kernel.org/r/z@y\nLink: <a@b>\nCc: Jo <jo@b>\n", []string{"https://lore.kernel.org/r/z@y => https://lore.kernel.org/r/z@y", "a@b => https://lore.kernel.org/r/a@b"}},
		{"web addresses", "", "x\n\nSee https://a.org/prose\n\nLink: https://a.org/b?c=d#e\nCloses: http://a.org/7\nLink: https://u:p@a.org/\nLink: https://a.org/b [1]\nLink: ftp://a.org/\nLink: javascript:alert(1)\nLink: https://localhost/\nLink: https://a.org/\n b\n", []string{
			"https://a.org/b?c=d#e => https://a.org/b?c=d#e", "http://a.org/7 => http://a.org/7",
		}},
		{"no mail", "", "x\n\nSee https://lore.kernel.org/r/z@y\n\nLink: <a b@c>\nLink: <https://a@b>\nLink: <a>\nLink: >a@b<\n", nil},
		{"below the cut", gh, "x\n# ------------------------ >8 ------------------------\n# commit 89abcdef0123\ndiff --git a/a b/a\n@@ -1 +1 @@\n-commit 89abcdef0123\n+#12\n", nil},
	} {
		r := newRepo(t, "")
		if c.remote != "" {
			r.git("remote", "add", "origin", c.remote)
		}
		e := startIn(r)
		for i, w := range c.want { // a client has its own way to write an address
			text, target, _ := strings.Cut(w, " => ")
			c.want[i] = text + " => " + string(uri.MustParse(target))
		}
		if got := e.linksIn(t, r, c.text); strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}
