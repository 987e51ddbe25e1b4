package lsp

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	mdtext "github.com/yuin/goldmark/text"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// hover opens a message with a caret in it and asks there. range is the text
// that the answer is about.
func (e *editor) hover(t *testing.T, u uri.URI, marked string) (text, about string) {
	t.Helper()
	message, offset := cut(t, marked)
	enc := e.caps.PositionEncoding
	e.opened(u, "gitcommit", message)
	h, err := e.server.Hover(t.Context(), &protocol.HoverParams{
		TextDocumentPositionParams: position(u, positionAt(message, offset, enc)),
	})
	must(t, err)
	if h == nil {
		return "", ""
	}
	return h.Contents.(*protocol.MarkupContent).Value,
		message[offsetAt(t, message, h.Range.Start, enc):offsetAt(t, message, h.Range.End, enc)]
}

// revision is the id of a commit.
func (r *repo) revision(name string) string {
	r.t.Helper()
	cmd := exec.Command("git", "rev-parse", name)
	cmd.Dir, cmd.Env = r.dir, r.env
	out, err := cmd.Output()
	must(r.t, err)
	return strings.TrimSpace(string(out))
}

// hoverPolicy is examplePolicy with zones that ask.
const hoverPolicy = `version: 1
project: Example
status: in-force
as_of: 2026-11-21
source: https://example.org/ai
extends: qemu-2026-09
limits: {small-fix: {lines: 3, beyond: Ask before you go on.}}
zones:
  - {name: core, paths: ["core/**"], why: a maintainer's agreement, interpretation: these paths}
approval: {trailer: Approved-by, by: maintainers}
`

func TestHover(t *testing.T) {
	r := newRepo(t, hoverPolicy)
	r.write("MAINTAINERS", "Core\nM: Mary Maintainer <mary@example.org>\nM: Jo Doe <jo@example.org>\nF: core/\nNet\nM: Nat Net <nat@example.org>\nF: usb/\n")
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "A subject with `code` and [x](y)")
	id := r.revision("HEAD")
	r.stage("core/main.c", 2)
	r.stage("net/e1000.c", 3)
	r.stage("docs/a.rst", 7)
	r.write("logo.png", "\x00")
	r.git("add", "-A")
	e := startIn(r)
	const source = "\n\nSource: Example's policy (in force, as of 2026-11-21): <https://example.org/ai>"
	const listed = "s\n\n# Changes to be committed:\n#\tnew file:   core/main.c\n#\tnew file:   docs/a.rst\n#\tnew file:   logo.png\n#\tnew file:   net/e1000.c\n#\n# Untracked files:\n#\tcore/other.c\n"
	const scissors = "# ------------------------ >8 ------------------------\n# Do not modify or remove the line above.\n"
	in := func(text, what string) string {
		before, after, ok := strings.Cut(text, what)
		if !ok {
			t.Fatalf("no %q", what)
		}
		return before + what[:1] + caret + what[1:] + after
	}
	for _, tt := range []struct {
		name, marked string
		about        string
		has          []string
	}{
		{"key", "s 😀\n\nText.\n\nAI-us¦ed-for: code\n", "AI-used-for",
			[]string{"`AI-used-for` says where AI was used with this change.", "states that this use followed the policy.", "It takes code, tests, docs, research,", "Not needed for completion", source}},
		{"key in another case", "s\n\nText.\n\n¦ai-used-FOR: code\n", "ai-used-FOR", []string{"`AI-used-for` says"}},
		{"kind", "s\n\nText.\n\nAI-used-for: code, te¦sts (😀)\n", "tests (😀)", []string{"`tests`: AI helped to write tests that are part of this commit.", "The note in parentheses is for reviewers", source}},
		{"kind behind a wide character", "s\n\nText.\n\nAI-used-for: code (😀), docs¦\n", "docs", []string{"`docs`: "}},
		{"mechanical", "s\n\nText.\n\nAI-used-for: code (¦refactoring of x)\n", "code (refactoring of x)", []string{"`code`: ", "for which the line limit does not count"}},
		{"no kind", "s\n\nText.\n\nAI-used-for: pl¦ay\n", "play", []string{"`play` is none of code, tests, docs, research; Example's policy knows no other."}},
		{"folded value", "s\n\nText.\n\nAI-used-for: code,\n  te¦sts\n", "tests", []string{"`tests`: "}},
		{"tool in a note", "s\n\nText.\n\nAI-used-for: code (with Cla¦ude Code)\n", "Claude Code", []string{"`Claude Code` names an AI tool", "Example's policy wants none of these named; leave it out.", source}},
		{"forbidden", "s\n\nText.\n\nCo-authored-by¦: Claude <c@example.org>\n", "Co-authored-by", []string{"Example's policy does not take `Co-authored-by` with an AI in it: say where", source}},
		{"forbidden value", "s\n\nText.\n\nAssisted-by: Clau¦de\n", "Claude", []string{"`Claude` is an AI tool; Colophon knows it", "does not take `Assisted-by` with an AI in it"}},
		{"sign-off", "s\n\nText.\n\nSigned-off-b¦y: Jo Doe <jo@example.org>\n", "Signed-off-by", []string{"certifies the Developer Certificate of Origin", "asks for it: the person who signs off answers", source}},
		{"common trailer", "s\n\nText.\n\nreview¦ed-by: Jo Doe <jo@example.org>\n", "reviewed-by", []string{"Only they can say so."}},
		{"you", "s\n\nText.\n\nSigned-off-by: J¦o Doe <jo@example.org>\n", "Jo Doe <jo@example.org>",
			[]string{"`Jo Doe <jo@example.org>` is you, as git will record you.", "is a maintainer of `core/main.c`, as `MAINTAINERS` says.", "certifies the Developer"}},
		{"maintainer", "s\n\nText.\n\nReviewed-by: Mary ¦Maintainer <mary@example.org>\n", "Mary Maintainer <mary@example.org>", []string{"is a maintainer of `core/main.c`, as `MAINTAINERS` says."}},
		{"maintainer of other files", "s\n\nText.\n\nApproved-by: Nat ¦Net <nat@example.org>\n", "Nat Net <nat@example.org>",
			[]string{"is named in `MAINTAINERS`, but not for the files of this change.", "`Approved-by` records who agreed beforehand"}},
		{"nobody's maintainer", "s\n\nText.\n\nReviewed-by: X ¦Y <x@example.org>\n", "X Y <x@example.org>", []string{"is not named in `MAINTAINERS`."}},
		{"hash in the body", "s\n\nThis goes back to " + id[:6] + "¦" + id[6:10] + " (x).\n", id[:10],
			[]string{"`" + id[:12] + "` is the commit “A subject with \\`code\\` and \\[x\\](y)”", "By Jo Doe, "}},
		{"hash in a trailer", "s\n\nText.\n\nFixes: " + id[:12] + "¦ (\"A subject\")\n", id[:12], []string{"is the commit “A subject"}},
		{"hash of a pick", "s\n\nText.\n\n(cherry picked from commit ¦" + id + ")\n", id, []string{"is the commit “A subject"}},
		{"path", in(listed, "core/main.c"), "core/main.c", []string{
			"`core/main.c` counts as code: no pattern of another class matches.",
			"It counts with 2 lines: in each place of the file the larger of the added and the deleted lines, without blank lines. They go into the limit of 3 lines",
			"Zone core, by the pattern `core/**`: The project asks for a maintainer's agreement.",
			"Colophon's reading, not the project's own text: these paths.", source}},
		{"path of a document", in(listed, "docs/a.rst"), "docs/a.rst", []string{"`docs/a.rst` counts as documentation: by the policy's pattern `docs/**`.", "It counts with 7 lines: ", "The limit of 3 lines for AI-assisted code leaves it out."}},
		{"path of a binary file", in(listed, "logo.png"), "logo.png", []string{"It is binary, so it has no lines that count."}},
		{"path from the label", in(listed, "new file:   net"), "net/e1000.c", []string{"`net/e1000.c` counts as code"}},
		{"scissors", "s\n" + in(scissors, ">8"), "# ------------------------ >8 ------------------------", []string{"Git drops this line and everything below it.", "is no part of the message"}},
		{"path of a patch", "s\n" + scissors + "diff --git a/core/main.c b/core/ma¦in.c\nnew file mode 100644\n", "diff --git a/core/main.c b/core/main.c", []string{"`core/main.c` counts as code"}},
		{"new path of a patch", "s\n" + scissors + "diff --git a/core/main.c b/core/main.c\nnew file mode 100644\n--- /dev/null\n+++ b/¦core/main.c\n@@ -0,0 +1 @@\n+x\n", "+++ b/core/main.c", []string{"`core/main.c` counts as code"}},
		{"no AI", "s\n\nText.\n# Colophon: no AI¦ was used\n", "# Colophon: no AI was used", []string{"You said that no AI was used with this change", "the history says nothing of it"}},
		{"no AI, below the scissors", "s\n" + scissors + "# Colophon: no ¦AI was used\n", "# Colophon: no AI was used", []string{"You said that no AI was used"}},
		{"first line", "hw/n¦et 😀\n\nText.\n", "hw/net 😀", []string{
			"**Example** (in force): AI may help",
			"This commit: code 5 lines in 3 files, documentation 7 lines in 1 file. Without documentation, the limit of 3 lines for AI-assisted code counts 5 lines.",
			"Zone core: The project asks for a maintainer's agreement.",
			"AI use: not said yet. If AI helped, Example's policy asks for `AI-used-for`", "A rule of thumb in the text",
			"Source: Example's policy (in force, as of 2026-11-21, found by .colophon.yaml): <https://example.org/ai>"}},
		{"first line, AI evident", "¦s\n\nText.\n\nAssisted-by: Claude\n", "s", []string{"AI use: the message says it (`Assisted-by: Claude`). Example's policy asks for `AI-used-for` as well."}},
		{"first line, AI declared", "¦s\n\nText.\n\nAI-used-for: docs, code\n", "s", []string{"AI use: declared for code, docs."}},
		{"first line, no AI", "¦s\n\nText.\n# Colophon: no AI was used\n", "s", []string{"AI use: you said that none was used."}},
		{"empty message", "¦\n# Please enter\n", "", []string{"This commit: code 5 lines"}},
		{"first line below comments", "# Please enter\n\nsub¦ject\n", "subject", []string{"This commit: code 5 lines"}},

		{"prose", "s\n\nText¦ with AI-used-for: code in it.\n\nMore.\n", "", nil},
		{"a word of hexadecimal digits", "s\n\nIt def¦aced it, and 1234567.\n\nMore.\n", "", nil},
		{"a hash that is not here", "s\n\nIt was 0123¦456789abcdef0123456789abcdef01234567.\n", "", nil},
		{"part of a longer word", "s\n\nx" + id[:6] + "¦" + id[6:10] + "\n", "", nil},
		{"second line of the first paragraph", "s\nmo¦re\n\nText.\n", "", nil},
		{"trailer without a meaning here", "s\n\nText.\n\nNo¦te: Jo Doe <jo@example.org>\n", "", nil},
		{"trailer called as one of our sentences", "s\n\nText.\n\nDisc¦losure: none\n", "", nil},
		{"a disclosure that git does not see", "s\n\nAI-used-¦for: code\n\nText.\n", "", nil},
		{"comment", "s\n\nText.\n# AI-used-¦for: code\n", "", nil},
		{"a path that is not committed", in(listed, "core/other.c"), "", nil},
		{"below the scissors", "s\n" + scissors + "AI-used¦-for: code\n", "", nil},
		{"a removed line that looks like a head", "s\n" + scissors + "diff --git a/core/main.c b/core/main.c\n--- a/core/main.c\n+++ b/core/main.c\n@@ -1 +0,0 @@\n--- ¦a/core/main.c\n", "", nil},
		{"empty line", "s\n¦\nText.\n", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, about := e.hover(t, r.message(), tt.marked)
			if (text == "") != (len(tt.has) == 0) {
				t.Fatalf("got %q", text)
			}
			if about != tt.about {
				t.Errorf("it is about %q, want %q", about, tt.about)
			}
			for _, has := range tt.has {
				if !strings.Contains(text, has) {
					t.Errorf("no %q in\n%s", has, text)
				}
			}
		})
	}
}

func TestHoverOfPresets(t *testing.T) {
	for _, tt := range []struct{ preset, marked, has string }{
		{"qemu-2026-05", "s\n\nText.\n\nAI-used-for: wri¦ting\n", "Any text is taken here; a kind in it (code, tests, docs, research) would be recognised."},
		{"qemu-2026-05", "¦s\n\nText.\n", "This commit contains no files."},
		{"qemu-2026-05", "s¦\n\nAI-used-for: code\n", "**QEMU** (proposed): AI may help"},
		{"linux-7.3", "s\n\nText.\n\nAssisted-b¦y: LLM sparse\n", "`Assisted-by` says that AI was used with this change.\n\nIts value: The word LLM"},
		{"linux-7.3", "s\n\nText.\n\nAssisted-by: L¦LM sparse\n", "`LLM` stands for any AI model that helped; which one is not said.\n\nLinux's policy writes the value as `LLM [tool …]`, for example `LLM coccinelle sparse`."},
		{"linux-7.3", "s\n\nText.\n\nAssisted-by: LLM spar¦se\n", "`sparse` is an analysis tool that helped as well."},
		{"linux-7.0", "s\n\nText.\n\nAssisted-by: Clau¦de:claude-opus-4.5 sparse\n", "`Claude` is the AI agent that helped."},
		{"linux-7.0", "s\n\nText.\n\nAssisted-by: Claude:claude-o¦pus-4.5 sparse\n", "`claude-opus-4.5` is the model that the tool used, with its version."},
		{"qemu-decline", "¦s\n\nText.\n", "AI use: nothing is known. QEMU's policy does not take AI-generated content."},
		{"qemu-decline", "¦s\n\nText.\n\nCo-authored-by: Claude <noreply@anthropic.com>\n", "(`Co-authored-by: Claude <noreply@anthropic.com>`). QEMU's policy does not take AI-generated content here."},
		{"numpy", "¦s\n\nText.\n", "AI use: NumPy's policy wants to hear of it in the pull request, not in this message."},
		{"numpy-zones", "s\n\nAI use:\n- To¦ol: x 1\n- Parts: y\n", "Which tool and model helped, with its version or the date.\n\nThe straw man asks everybody"},
		{"numpy-zones", "s\n\nAI¦ use:\n- Tool: x 1\n", "What NumPy's proposal asks a person to state about AI help with this change."},
	} {
		t.Run(tt.preset, func(t *testing.T) {
			r := newRepo(t, "extends: "+tt.preset+"\nversion: 1\n")
			e := startIn(r)
			if text, _ := e.hover(t, r.message(), tt.marked); !strings.Contains(text, tt.has) {
				t.Errorf("%q: no %q in\n%s", tt.marked, tt.has, text)
			}
		})
	}
}

// Without a policy nothing is explained, not even what stands in the text anyway.
func TestHoverWithoutPolicy(t *testing.T) {
	r := newRepo(t, "")
	e := startIn(r)
	for _, marked := range []string{"¦s\n", "s\n\nText.\n\nSigned-off-by: J¦o Doe <jo@example.org>\n", "s\n\n" + r.revision("HEAD")[:5] + "¦" + r.revision("HEAD")[5:] + "\n"} {
		if text, _ := e.hover(t, r.message(), marked); text != "" {
			t.Errorf("%q: %s", marked, text)
		}
	}
}

// A hostile repository can say what it likes, but only as text. Read by another
// reader of Markdown, none of it is more than that.
func TestHoverOfHostileTexts(t *testing.T) {
	const evil = "![i](https://evil.example/i.png) [l](command:evil) <b>h</b> &lt; **s** `c` https://evil.example www.evil.example # h"
	r := newRepo(t, `version: 1
project: "`+evil+`"
summary: "# `+evil+`"
source: "https://example.org/x"
extends: qemu-2026-09
zones:
  - {name: "`+evil+`", paths: ["**"], why: "`+evil+`", interpretation: "`+evil+`"}
`)
	path := "a`](x) <b> [l](command:evil).c"
	r.stage(path, 2)
	r.git("commit", "-q", "--allow-empty", "-m", "- "+evil)
	r.git("reset", "-q", "--soft", "HEAD^")
	id := r.revision("ORIG_HEAD")
	e := startIn(r)
	for _, marked := range []string{
		"¦s\n", "s\n\n# Changes to be committed:\n#\tnew file:   " + strings.Replace(path, "<b>", "<b¦>", 1) + "\n",
		"s\n\nIt is ¦" + id + ".\n", "s\n\nText.\n\nAI-used-for: ![i](x)¦ <b>`x\n",
		"s\n\nText.\n\nSigned-off-by: ![i](x)¦ [l](command:x) <jo@example.org>\n",
	} {
		text, _ := e.hover(t, r.message(), marked)
		if text == "" {
			t.Errorf("nothing about %q", marked)
		}
		for _, problem := range foreign(text) {
			t.Errorf("%s: in\n%s", problem, text)
		}
	}
}

// Before git has answered, hover says so.
func TestHoverBeforeChange(t *testing.T) {
	r := newRepo(t, examplePolicy)
	git := holdGit(t)
	e := startIn(r)
	e.open(r.message(), "gitcommit", disclosed)
	e.until(r.message())
	h, err := e.server.Hover(t.Context(), &protocol.HoverParams{TextDocumentPositionParams: position(r.message(), protocol.Position{})})
	must(t, err)
	if text := h.Contents.(*protocol.MarkupContent).Value; !strings.Contains(text, "is not known yet") {
		t.Error(text)
	}
	git.letGo()
}

// foreign is what a reader of Markdown finds in a hover that no hover of ours has, but
// for the link to the policy's source.
func foreign(text string) (problems []string) {
	src := []byte(text)
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(mdtext.NewReader(src))
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Document, *ast.Paragraph, *ast.Text, *ast.String, *ast.CodeSpan:
		case *ast.AutoLink:
			if url := string(n.URL(src)); url != "https://example.org/x" {
				problems = append(problems, "a link to "+url)
			}
		case *ast.Emphasis:
			if n.Level != 2 || n.PreviousSibling() != nil {
				problems = append(problems, "emphasis")
			}
		default:
			problems = append(problems, n.Kind().String())
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		problems = append(problems, err.Error())
	}
	return problems
}

// In plain text there is no sign of Markdown, and a small float shows all of it.
func TestPlainHover(t *testing.T) {
	r := newRepo(t, hoverPolicy)
	r.stage("core/main.c", 12)
	r.stage("docs/a.rst", 7)
	c := capabilities()
	c.TextDocument.Hover.ContentFormat = []protocol.MarkupKind{protocol.MarkupKindPlainText}
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: c})
	for _, marked := range []string{
		"¦s\n", "s\n\n# Changes to be committed:\n#\tnew file:   core/ma¦in.c\n#\tnew file:   docs/a.rst\n", "s\n\nText.\n\nAI-us¦ed-for: code\n",
		"s\n\nText.\n\nAI-used-for: co¦de (refactoring)\n", "s\n\nText.\n\nCo-authored-by: Cl¦aude <noreply@anthropic.com>\n",
		"s\n\nText.\n\nSigned-off-by: J¦o Doe <jo@example.org>\n", "s\n\nText.\n# Colophon: no AI¦ was used\n",
	} {
		text, _ := e.hover(t, r.message(), marked)
		if text == "" || strings.Contains(text, "\n\n") || strings.Contains(text, "`") || strings.Contains(text, "](") || strings.Contains(text, "\\") {
			t.Errorf("%q: %q", marked, text)
		}
		rows := 0
		for line := range strings.Lines(text) {
			rows += 1 + width(line)/screenWidth
		}
		if rows > 13 {
			t.Errorf("%q: %d rows in a float of 80 columns:\n%s", marked, rows, text)
		}
	}
}

func TestHoverForms(t *testing.T) {
	r := newRepo(t, examplePolicy)
	for _, tt := range []struct {
		formats []protocol.MarkupKind
		want    protocol.MarkupKind
	}{
		{nil, protocol.MarkupKindPlainText},
		{[]protocol.MarkupKind{protocol.MarkupKindPlainText, protocol.MarkupKindMarkdown}, protocol.MarkupKindPlainText},
		{[]protocol.MarkupKind{protocol.MarkupKindMarkdown, protocol.MarkupKindPlainText}, protocol.MarkupKindMarkdown},
	} {
		c := capabilities()
		c.TextDocument.Hover.ContentFormat = tt.formats
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: c})
		e.opened(r.message(), "gitcommit", disclosed)
		for _, line := range []uint32{0, 4} {
			h, err := e.server.Hover(t.Context(), &protocol.HoverParams{TextDocumentPositionParams: position(r.message(), protocol.Position{Line: line})})
			must(t, err)
			got := h.Contents.(*protocol.MarkupContent)
			if got.Kind != tt.want || strings.ContainsAny(got.Value, "`*") != (tt.want == protocol.MarkupKindMarkdown) {
				t.Errorf("%v: %s %q", tt.formats, got.Kind, got.Value)
			}
		}
	}
}
