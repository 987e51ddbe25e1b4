package lsp

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// by makes an empty commit of somebody's.
func (r *repo) by(name, mail, text string) {
	r.t.Helper()
	cmd := exec.Command("git", "commit", "-q", "--allow-empty", "-F", "-")
	cmd.Dir, cmd.Stdin = r.dir, strings.NewReader(text)
	cmd.Env = append(slices.Clone(r.env), "GIT_AUTHOR_NAME="+name, "GIT_AUTHOR_EMAIL="+mail)
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("git commit: %v\n%s", err, out)
	}
}

// completeRead asks once the history is read, which a busy machine may not do in the
// time that a request waits.
func (e *editor) completeRead(u uri.URI, at protocol.Position) *protocol.CompletionList {
	e.t.Helper()
	e.complete(u, at)
	past := &e.srv.session(u).past
	past.mu.Lock()
	busy := past.busy
	past.mu.Unlock()
	if busy != nil {
		arrives(e.t, "the history", busy)
	}
	return e.completeList(&protocol.CompletionParams{TextDocumentPositionParams: position(u, at)})
}

const peoplePolicy = examplePolicy + `approval: {trailer: Granted-by, by: anyone}
`

// peopleRepo has people of all kinds: renamed by .mailmap, bots, tools, and oneself.
func peopleRepo(t *testing.T) *repo {
	t.Helper()
	r := newRepo(t, peoplePolicy)
	r.write(".mailmap", "Zoë Ångström <zoe@example.org> <zoe@old.example>\n")
	r.git("add", "-A")
	r.by("zoe", "zoe@old.example", "First 😀\n")
	r.by("Ann Smith", "ann@example.org", "Second\n\nReviewed-by: zoe <zoe@old.example>\nCo-authored-by: Claude <noreply@anthropic.com>\n")
	r.by("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com", "Bump\n")
	r.by("Copilot", "198982749+Copilot@users.noreply.github.com", "By a tool\n\nCo-authored-by: Ann Smith <ann@example.org>\n")
	r.by("Ann Smith", "ann@example.org", "Third\n\nAcked-by: Bob <bob@smithery.example>\nReviewed-by: GitHub <noreply@github.com>\n")
	r.by("Jo Doe", "jo@example.org", "Fourth\n\nFixes: abcdef0123 (\"x\")\n")
	return r
}

func TestCompletePeople(t *testing.T) {
	r := peopleRepo(t)
	ann, zoe, bob, jo := "Ann Smith <ann@example.org>", "Zoë Ångström <zoe@example.org>", "Bob <bob@smithery.example>", "Jo Doe <jo@example.org>"
	for _, enc := range encodings {
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(enc)})
		for _, c := range []struct {
			marked string
			want   []string
			first  string // the line with the first applied
		}{
			{"Reviewed-by: ¦", []string{zoe, ann, bob}, "Reviewed-by: " + zoe},
			{"Reviewed-by:¦", []string{zoe, ann, bob}, "Reviewed-by: " + zoe},
			{"Acked-by: ¦", []string{bob, ann, zoe}, "Acked-by: " + bob},
			{"Tested-by: ¦", []string{ann, jo, zoe, bob}, "Tested-by: " + ann},
			{"Cc: ¦", []string{ann, jo, zoe, bob}, "Cc: " + ann},
			{"Cc: 😀 <s@example.org>, smi¦, x", []string{ann, bob}, "Cc: 😀 <s@example.org>, " + ann + ", x"},
			{"Cc: x@example.org,¦", []string{ann, jo, zoe, bob}, "Cc: x@example.org, " + ann},
			{"Co-authored-by: ¦", []string{ann, zoe, bob}, "Co-authored-by: " + ann},
			{"Helped-by: ¦", []string{ann, zoe, bob}, "Helped-by: " + ann},
			{"Signed-off-by: ¦", []string{jo, ann, zoe, bob}, "Signed-off-by: " + jo},
			{"Granted-by: ¦", []string{ann, zoe, bob}, "Granted-by: " + ann},
			{"Reviewed-by: SMITH¦", []string{ann, bob}, "Reviewed-by: " + ann},
			{"Reviewed-by: smith ann¦", []string{ann}, "Reviewed-by: " + ann},
			{"Reviewed-by: Zo¦ë <zo@", []string{zoe}, "Reviewed-by: " + zoe},
			{"Reviewed-by: gst¦", []string{zoe}, "Reviewed-by: " + zoe},
			{"Reviewed-by: 😀¦", nil, ""},
			{"Reviewed-by: " + zoe + "¦", nil, ""}, // it is written: Enter must not take anything
			{"Reviewed-by: " + ann + "\nReviewed-by: ¦", []string{zoe, bob}, "Reviewed-by: " + ann + "\nReviewed-by: " + zoe},
			{"Assisted-by: ¦", nil, ""},
			{"Generated-by: ¦", nil, ""},
			{"Link: ¦", nil, ""},
		} {
			text, offset := cut(t, "😀\n\nText.\n\n"+c.marked+"\n")
			u := r.message()
			e.opened(u, "gitcommit", text)
			at := positionAt(text, offset, enc)
			list := e.completeRead(u, at)
			if got := labels(list.Items); !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", c.marked, got, c.want)
				continue
			}
			if !list.IsIncomplete && len(c.want) > 0 {
				t.Errorf("%s: the client would sift by itself", c.marked)
			}
			for i, it := range list.Items {
				applied := e.applied(t, text, it, at)
				if want := "😀\n\nText.\n\n" + c.first + "\n"; i == 0 && applied != want {
					t.Errorf("%s: gives\n%s\nwant\n%s", c.marked, applied, want)
				}
				if len(it.CommitCharacters) > 0 {
					t.Errorf("%s is taken by %q", it.Label, it.CommitCharacters)
				}
				e.filtered(t, text, it, at)
			}
		}
	}
}

// filtered checks that a client finds an item by what was typed, even one that only
// looks how the text begins.
func (e *editor) filtered(t *testing.T, text string, it protocol.CompletionItem, at protocol.Position) {
	t.Helper()
	enc := e.caps.PositionEncoding
	filter, ok := it.FilterText.Get()
	if !ok {
		filter = it.Label
	}
	typed := text[offsetAt(t, text, it.TextEdit.(*protocol.TextEdit).Range.Start, enc):offsetAt(t, text, at, enc)]
	if !strings.HasPrefix(strings.ToLower(filter), strings.ToLower(typed)) {
		t.Errorf("%q is filtered by %q, which does not begin with %q", it.Label, filter, typed)
	}
}

// What a policy forbids always is not offered, and nobody for it.
func TestCompleteForbidden(t *testing.T) {
	r := newRepo(t, "version: 1\nproject: Example\nsignoff: {required: false}\nforbidden:\n- {trailer: Reviewed-by, when: always, why: reviews are kept elsewhere}\n- {trailer: Co-authored-by}\n")
	r.by("Ann", "ann@example.org", "First\n")
	e := startIn(r)
	u := r.message()
	for marked, want := range map[string][]string{
		"s\n\nText.\n\n¦\n":                 {"Signed-off-by: Jo Doe <jo@example.org>", "Acked-by: ", "Tested-by: ", "Reported-by: ", "Suggested-by: ", "Co-authored-by: ", "Fixes: ", "Cc: ", "Link: "},
		"s\n\nText.\n\nReviewed-by: ¦\n":    nil,
		"s\n\nText.\n\nCo-authored-by: ¦\n": {"Ann <ann@example.org>"},
	} {
		text, offset := cut(t, marked)
		e.opened(u, "gitcommit", text)
		if got := labels(e.completeRead(u, positionAt(text, offset, e.caps.PositionEncoding)).Items); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", marked, got, want)
		}
	}
}

// A repository without a policy is left alone.
func TestCompleteWithoutPolicy(t *testing.T) {
	r := newRepo(t, "")
	e := startIn(r)
	u := r.message()
	for _, marked := range []string{"s\n\nText.\n\n¦\n", "s\n\nText.\n\nReviewed-by: ¦\n", "s\n\nText.\n\nFixes: ¦\n"} {
		text, offset := cut(t, marked)
		e.opened(u, "gitcommit", text)
		if got := labels(e.completeRead(u, positionAt(text, offset, e.caps.PositionEncoding)).Items); len(got) > 0 {
			t.Errorf("%q: %q", marked, got)
		}
	}
}

func TestCompleteFixes(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.write("core/a.c", "one\n")
	r.git("add", "-A")
	r.by("Zoë", "zoe@example.org", "core: Add ä (\"first\") $1}\n")
	r.by("Ann", "ann@example.org", "docs: Say more\n")
	r.by("Ann", "ann@example.org", "Merge branch 'x'\n")
	r.by("Ann", "ann@example.org", "fixup! docs: Say more\n")
	r.write("core/a.c", "two\n")
	r.git("add", "-A")
	id := func(rev string) string {
		cmd := exec.Command("git", "rev-parse", rev)
		cmd.Dir, cmd.Env = r.dir, r.env
		out, err := cmd.Output()
		must(t, err)
		return strings.TrimSpace(string(out))
	}
	touched := id("HEAD~3")[:12] + ` ("core: Add ä ("first") $1}")`
	newest := id("HEAD~2")[:12] + ` ("docs: Say more")`
	oldest := id("HEAD~4")[:12] + ` ("A commit")`
	for _, enc := range encodings {
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(enc)})
		for _, c := range []struct {
			marked string
			want   []string
		}{
			{"Fixes: ¦", []string{touched, newest, oldest}},
			{"fixes:¦", []string{touched, newest, oldest}},
			{"Fixes: more DOCS¦", []string{newest}},
			{"Fixes: ä¦ x", []string{touched}},
			{"Fixes: " + newest[:5] + "¦", []string{newest}},
			{"Fixes: " + newest + "¦", nil},
			{"Fixes: " + newest[:20] + "¦", []string{newest}},
			{"Fixes: nothing like this¦", nil},
		} {
			text, offset := cut(t, "s\n\nText.\n\n"+c.marked+"\n")
			u := r.message()
			e.opened(u, "gitcommit", text)
			at := positionAt(text, offset, enc)
			items := e.completeRead(u, at).Items
			if got := labels(items); !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", c.marked, got, c.want)
				continue
			}
			for _, it := range items {
				key, _, _ := strings.Cut(c.marked, ":")
				if got := e.applied(t, text, it, at); got != "s\n\nText.\n\n"+key+": "+it.Label+"\n" {
					t.Errorf("%s: %q gives\n%s", c.marked, it.Label, got)
				}
				e.filtered(t, text, it, at)
			}
		}
	}
}

// A project that names issues is asked for a number, and one whose history has
// another form gets that.
func TestCompleteFixesIssues(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.by("Ann", "ann@example.org", "One\n\nFixes: https://example.org/issues/12\n")
	r.by("Ann", "ann@example.org", "Two\n\nFixes: https://example.org/issues/7\n")
	text, offset := cut(t, "s\n\nText.\n\nFixes: ¦\n")
	for _, snippets := range []bool{true, false} {
		caps := completionClient(protocol.PositionEncodingKindUTF8)
		caps.TextDocument.Completion.CompletionItem.SnippetSupport = new(snippets)
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: caps})
		e.opened(r.message(), "gitcommit", text)
		items := e.completeRead(r.message(), positionAt(text, offset, protocol.PositionEncodingKindUTF8)).Items
		want := "https://example.org/issues/"
		if snippets {
			want += "${1:<number>}"
		}
		if len(items) != 4 || items[0].TextEdit.(*protocol.TextEdit).NewText != want {
			t.Errorf("snippets %v: %+v", snippets, items)
		}
	}
}

// The history is read again when HEAD has moved.
func TestCompleteMovedHistory(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.by("Ann", "ann@example.org", "One\n")
	e := startIn(r)
	u := r.message()
	text, offset := cut(t, "s\n\nText.\n\nReviewed-by: ¦\n")
	e.opened(u, "gitcommit", text)
	at := positionAt(text, offset, e.caps.PositionEncoding)
	if got := labels(e.completeRead(u, at).Items); !slices.Equal(got, []string{"Ann <ann@example.org>"}) {
		t.Fatalf("%q", got)
	}
	r.by("Bob", "bob@example.org", "Two\n")
	if got := labels(e.completeRead(u, at).Items); !slices.Equal(got, []string{"Bob <bob@example.org>", "Ann <ann@example.org>"}) {
		t.Errorf("after a commit: %q", got)
	}
}
