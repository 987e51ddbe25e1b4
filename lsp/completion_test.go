package lsp

import (
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/diagnostics"
	"colophon/message"
)

func (e *editor) complete(u uri.URI, p protocol.Position) []protocol.CompletionItem {
	e.t.Helper()
	return e.completeList(&protocol.CompletionParams{TextDocumentPositionParams: position(u, p)}).Items
}

func (e *editor) completeList(p *protocol.CompletionParams) *protocol.CompletionList {
	e.t.Helper()
	got, err := e.server.Completion(e.t.Context(), p)
	must(e.t, err)
	list, ok := got.(*protocol.CompletionList)
	if !ok {
		e.t.Fatalf("completion is a %T", got)
	}
	return list
}

// completionClient are the capabilities of a client that takes all that an item can have.
func completionClient(enc protocol.PositionEncodingKind) protocol.ClientCapabilities {
	c := withEncoding(enc)
	c.TextDocument.Completion = &protocol.CompletionClientCapabilities{
		CompletionItem: &protocol.ClientCompletionItemOptions{
			SnippetSupport: new(true), CommitCharactersSupport: new(true), PreselectSupport: new(true), LabelDetailsSupport: new(true),
			DocumentationFormat: []protocol.MarkupKind{protocol.MarkupKindMarkdown, protocol.MarkupKindPlainText},
			ResolveSupport:      protocol.ClientCompletionItemResolveOptions{Properties: []string{"documentation"}},
		},
	}
	return c
}

func labels(items []protocol.CompletionItem) []string {
	var ls []string
	for _, it := range items {
		ls = append(ls, it.Label)
	}
	return ls
}

const signOff = "Signed-off-by: Jo Doe <jo@example.org>"

// The staged files are tests and documentation.
var (
	kinds       = []string{"tests", "docs", "code", "research"}
	disclosures = []string{"AI-used-for: tests, docs", "AI-used-for: tests", "AI-used-for: docs", "AI-used-for: code", "AI-used-for: research"}
)

// The common trailers. That the policy wants no AI in a Co-authored-by is not about people.
var common = []string{"Reviewed-by: ", "Acked-by: ", "Tested-by: ", "Reported-by: ", "Suggested-by: ", "Co-authored-by: ", "Fixes: ", "Cc: ", "Link: "}

func TestCompletion(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("tests/a.c", 2)
	r.stage("docs/a.rst", 2)
	keys := slices.Concat(disclosures, []string{signOff}, common)
	unsigned := slices.Concat(disclosures, common)
	together := slices.Concat([]string{"tests, docs"}, kinds)
	notes := []string{"mechanical", "refactoring"}
	for _, enc := range encodings {
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: completionClient(enc)})
		for _, tt := range []struct {
			name, marked string
			want         []string
			first        string // the text with the first item applied
		}{
			{"line start in the block", "s 😀\n\nText.\n\n¦\nReviewed-by: 😀 <r@example.org>\n", keys,
				"s 😀\n\nText.\n\nAI-used-for: tests, docs\nReviewed-by: 😀 <r@example.org>\n"},
			{"begun in the block", "s\n\nText.\n\nReviewed-by: 😀 <r@example.org>\nA¦\n", keys,
				"s\n\nText.\n\nReviewed-by: 😀 <r@example.org>\nAI-used-for: tests, docs\n"},
			{"empty last line", "s\n\nText.\n\n¦", keys, "s\n\nText.\n\nAI-used-for: tests, docs"},
			{"empty last line above comments", "s\n\nText.\n\n¦\n# Please\n", keys, "s\n\nText.\n\nAI-used-for: tests, docs\n# Please\n"},
			{"end of the block", "s\n\nText.\n\n" + signOff + "\n¦", unsigned, "s\n\nText.\n\n" + signOff + "\nAI-used-for: tests, docs"},
			{"below a cherry-pick", "s\n\nText.\n\n(cherry picked from commit 0123456789abcdef)\n¦\n", keys,
				"s\n\nText.\n\n(cherry picked from commit 0123456789abcdef)\nAI-used-for: tests, docs\n"},
			{"CRLF", "s\r\n\r\nText.\r\n\r\nAI¦\r\n", keys, "s\r\n\r\nText.\r\n\r\nAI-used-for: tests, docs\r\n"},
			{"in the word", "s\n\nText.\n\nAI-¦us\n", keys, "s\n\nText.\n\nAI-used-for: tests, docs\n"},
			{"a value is there", "s\n\nText.\n\nAI-¦usd: code\n", slices.Concat([]string{"AI-used-for: ", "Signed-off-by: "}, common), "s\n\nText.\n\nAI-used-for: code\n"},
			{"only the colon is there", "s\n\nText.\n\nAI-¦used-for: \n", keys, "s\n\nText.\n\nAI-used-for: tests, docs\n"},
			{"no subject yet", "\n\n¦\n" + signOff + "\n", unsigned, "\n\nAI-used-for: tests, docs\n" + signOff + "\n"},

			{"behind the colon", "s\n\nText.\n\nAI-used-for:¦\n", together, "s\n\nText.\n\nAI-used-for: tests, docs\n"},
			{"behind the colon, without a blank", "s\n\nText.\n\nAI-used-for:d¦\n", together, "s\n\nText.\n\nAI-used-for: tests, docs\n"},
			{"behind the blank", "s\n\nText.\n\nAI-used-for: ¦\n", together, "s\n\nText.\n\nAI-used-for: tests, docs\n"},
			{"behind the blank at the text's end", "s\n\nText.\n\nAI-used-for: ¦", together, "s\n\nText.\n\nAI-used-for: tests, docs"},
			{"key in another case", "s\n\nText.\n\nai-used-for: ¦\n", together, "s\n\nText.\n\nai-used-for: tests, docs\n"},
			{"begun", "s\n\nText.\n\nAI-used-for: te¦\n" + signOff + "\n", together, "s\n\nText.\n\nAI-used-for: tests, docs\n" + signOff + "\n"},
			{"in the middle", "s\n\nText.\n\nAI-used-for: te¦sting, docs\n", []string{"tests", "code", "research"}, "s\n\nText.\n\nAI-used-for: tests, docs\n"},
			{"second", "s\n\nText.\n\nAI-used-for: code, ¦\n", []string{"tests, docs", "tests", "docs", "research"}, "s\n\nText.\n\nAI-used-for: code, tests, docs\n"},
			{"second at the text's end", "s\n\nText.\n\nAI-used-for: tests, ¦", []string{"docs", "code", "research"}, "s\n\nText.\n\nAI-used-for: tests, docs"},
			{"behind the comma", "s\n\nText.\n\nAI-used-for: code,¦\n", []string{"tests, docs", "tests", "docs", "research"}, "s\n\nText.\n\nAI-used-for: code,tests, docs\n"},
			{"behind a note", "s\n\nText.\n\nAI-used-for: code (😀 e\u0301), d¦\n", []string{"tests, docs", "tests", "docs", "research"}, "s\n\nText.\n\nAI-used-for: code (😀 e\u0301), tests, docs\n"},
			{"behind a note, no comma", "s\n\nText.\n\nAI-used-for: code (😀)¦\n", []string{"tests, docs", "tests", "docs", "research"}, "s\n\nText.\n\nAI-used-for: code (😀), tests, docs\n"},
			{"behind a kind, no comma", "s\n\nText.\n\nAI-used-for: code d¦\n", []string{"tests, docs", "tests", "docs", "research"}, "s\n\nText.\n\nAI-used-for: code, tests, docs\n"},
			{"in front of a note", "s\n\nText.\n\nAI-used-for: te¦ (😀), docs\n", []string{"tests", "code", "research"}, "s\n\nText.\n\nAI-used-for: tests (😀), docs\n"},

			{"in a note", "s\n\nText.\n\nAI-used-for: code (d¦)\n", notes, "s\n\nText.\n\nAI-used-for: code (mechanical)\n"},
			{"in an open note", "s\n\nText.\n\nAI-used-for: code (d¦\n", notes, "s\n\nText.\n\nAI-used-for: code (mechanical)\n"},
			{"in an empty note", "s\n\nText.\n\nAI-used-for: code (¦\n", notes, "s\n\nText.\n\nAI-used-for: code (mechanical)\n"},
			{"in the middle of a note", "s\n\nText.\n\nAI-used-for: code (me¦ch), docs\n", notes, "s\n\nText.\n\nAI-used-for: code (mechanical), docs\n"},
			{"in an open note before a comma", "s\n\nText.\n\nAI-used-for: code (me¦, docs\n", notes, "s\n\nText.\n\nAI-used-for: code (mechanical), docs\n"},
			{"in an open note before another", "s\n\nText.\n\nAI-used-for: code (me¦, docs (x)\n", notes, "s\n\nText.\n\nAI-used-for: code (mechanical), docs (x)\n"},
			{"second part of a note", "s\n\nText.\n\nAI-used-for: code (😀, ¦)\n", notes, "s\n\nText.\n\nAI-used-for: code (😀, mechanical)\n"},
			{"behind a kind", "s\n\nText.\n\nAI-used-for: code ¦\n", []string{"tests, docs", "tests", "docs", "research", "(mechanical)", "(refactoring)"},
				"s\n\nText.\n\nAI-used-for: code, tests, docs\n"},
			{"a whole kind", "s\n\nText.\n\nAI-used-for: research¦\n", slices.Concat(together, []string{"research (mechanical)", "research (refactoring)"}),
				"s\n\nText.\n\nAI-used-for: tests, docs\n"},
			{"a whole kind before others", "s\n\nText.\n\nAI-used-for: code, docs¦, research\n", []string{"tests, docs", "tests", "docs", "docs (mechanical)", "docs (refactoring)"},
				"s\n\nText.\n\nAI-used-for: code, tests, docs, research\n"},
			{"said in another line", "s\n\nText.\n\nAI-used-for: docs\n¦\n", slices.Concat([]string{"AI-used-for: tests", "AI-used-for: code", "AI-used-for: research", signOff}, common),
				"s\n\nText.\n\nAI-used-for: docs\nAI-used-for: tests\n"},
			{"nothing written yet", "\n\n¦\n# Please\n", keys, "\n\nAI-used-for: tests, docs\n# Please\n"},
			{"nothing written, at the text's end", "\n\n¦", keys, "\n\nAI-used-for: tests, docs"},
			{"right below the free subject", "\n¦\n# Please\n", nil, ""},
			{"right below the free subject, above the block", "\n¦\n" + signOff + "\n", nil, ""},
			{"no AI was used", "s\n\nText.\n\n¦\n# Colophon: no AI was used\n", slices.Concat([]string{signOff}, common, disclosures), "s\n\nText.\n\n" + signOff + "\n# Colophon: no AI was used\n"},
			{"a word follows", "s\n\nText.\n\nAI-used-for: ¦ code\n", nil, ""},
			{"between a kind and its note", "s\n\nText.\n\nAI-used-for: code ¦(refactoring)\n", nil, ""},
			{"below the block", "s\n\nText.\n\n" + signOff + "\n\n¦\n", nil, ""},
			{"below the block, no subject yet", "\n\n" + signOff + "\n\n¦\n# Please\n", nil, ""},
			{"joins what was said", "s\n\nText.\n\nAI-used-for: docs\n¦\n" + signOff + "\n", slices.Concat([]string{"AI-used-for: tests", "AI-used-for: code", "AI-used-for: research"}, common),
				"s\n\nText.\n\nAI-used-for: docs\nAI-used-for: tests\n" + signOff + "\n"},
			{"subject", "A¦\n\nText.\n", nil, ""},
			{"empty subject", "¦\n# Please\n", nil, ""},
			{"subject like a trailer", "AI-used-for: ¦\n\nText.\n", nil, ""},
			{"right below the subject", "s\n¦\n", nil, ""},
			{"prose", "s\n\nText A¦\n", nil, ""},
			{"line start in prose", "s\n\nText goes on\nA¦\n", nil, ""},
			{"line start in an earlier paragraph", "s\n\nA¦\n\nText.\n", nil, ""},
			{"between text and block", "s\n\nText.\n¦\n" + signOff + "\n", nil, ""},
			{"first word of a line", "s\n\nText.\n\nA¦ word\n", nil, ""},
			{"comment", "s\n\nText.\n\n# A¦\n", nil, ""},
			{"comment like a trailer", "s\n\nText.\n\n# AI-used-for: ¦\n", nil, ""},
			{"scissors", "s\n\nText.\n\n¦# ------------------------ >8 ------------------------\n# Do not modify\n", nil, ""},
			{"below the scissors", "s\n\nText.\n\n# ------------------------ >8 ------------------------\n# Do not modify\n\n¦\n", nil, ""},
			{"other trailer", "s\n\nText.\n\nNote: ¦\n", nil, ""},
			{"people in prose", "s\n\nReviewed-by: ¦\nis a trailer.\n", nil, ""},
			{"commits in prose", "s\n\nFixes: ¦\n\nText.\n", nil, ""},
			{"carriage return in the line", "s\n\nText.\n\nAI-used-for: code,\rt¦\n", nil, ""},
		} {
			t.Run(string(enc)+"/"+tt.name, func(t *testing.T) {
				text, offset := cut(t, tt.marked)
				u := r.message()
				e.opened(u, "gitcommit", text)
				at := positionAt(text, offset, enc)
				items := e.complete(u, at)
				if !slices.Equal(labels(items), tt.want) {
					t.Fatalf("got %q, want %q", labels(items), tt.want)
				}
				for i, it := range items {
					e.applyItem(t, text, it, i, at, tt.first)
				}
			})
		}
	}
}

// applyItem checks what every item must be, and what the first makes of the text.
func (e *editor) applyItem(t *testing.T, text string, it protocol.CompletionItem, i int, at protocol.Position, want string) {
	t.Helper()
	none := strings.Contains(text, diagnostics.NoAI)
	if first, _ := it.Preselect.Get(); first != (i == 0 && !none) {
		t.Errorf("%q, number %d: preselect is %v", it.Label, i, first)
	}
	if sort, _ := it.SortText.Get(); sort != fmt.Sprintf("%02d", i) {
		t.Errorf("%q, number %d, is sorted by %q", it.Label, i, sort)
	}
	applied := e.applied(t, text, it, at)
	if i == 0 && applied != want {
		t.Errorf("%q gives\n%s\nwant\n%s", it.Label, applied, want)
	}
	for _, rule := range e.judged(e.message(), applied) {
		switch rule {
		case "disclosure-placement":
			if strings.HasPrefix(applied, text) && strings.Contains(text, signOff) {
				continue // behind the sign-off, from where a quick fix moves it
			}
		case "disclosure-value", "disclosure-key", "trailer-block":
		default:
			continue
		}
		// But for what stands there before: a key in another case, a disclosure above.
		if !slices.Contains(e.judged(e.message(), text), rule) {
			t.Errorf("%q breaks %s:\n%s", it.Label, rule, applied)
		}
	}
}

// applied makes an item's edit, of which it checks the range and that git sees the
// trailer. Tab stops are left as they stand.
func (e *editor) applied(t *testing.T, text string, it protocol.CompletionItem, at protocol.Position) string {
	t.Helper()
	enc := e.caps.PositionEncoding
	edit := *it.TextEdit.(*protocol.TextEdit)
	if edit.Range.Start.Line != at.Line || edit.Range.End.Line != at.Line || edit.Range.Start.Character > at.Character || edit.Range.End.Character < at.Character {
		t.Errorf("%q: the caret %v is not in %v, on one line", it.Label, at, edit.Range)
	}
	if it.InsertTextFormat == protocol.InsertTextFormatSnippet {
		edit.NewText = expanded(edit.NewText)
	}
	filter := it.Label
	if f, ok := it.FilterText.Get(); ok {
		filter = f
	}
	from, caret := offsetAt(t, text, edit.Range.Start, enc), offsetAt(t, text, at, enc)
	if blanks := text[from:caret]; strings.TrimSpace(blanks) == "" && !strings.HasPrefix(filter, blanks) {
		t.Errorf("%q is filtered by %q, which does not begin with %q", it.Label, filter, blanks)
	}
	applied := applyEdits(t, text, []protocol.TextEdit{edit}, enc)
	line := 1 + strings.LastIndexByte(applied[:from], '\n')
	clean := applied
	if strings.HasPrefix(applied, "\n") { // the subject is still to come
		clean, line = "s"+applied, line+1
	}
	m := message.Parse(clean, message.Options{})
	i := slices.IndexFunc(m.Trailers, func(t message.Trailer) bool { return t.Span.Start == line })
	if i < 0 {
		t.Errorf("%q: git sees no trailer there:\n%s", it.Label, applied)
		return applied
	}
	if sort, _ := it.SortText.Get(); sort == "00" && enc == protocol.PositionEncodingKindUTF8 { // a sample: it is a process
		out := gitSees(t, m.Clean())
		if want := m.Trailers[i].Token + ": " + m.Trailers[i].Value; !slices.Contains(strings.Split(out, "\n"), strings.TrimRight(want, " ")) && !slices.Contains(strings.Split(out, "\n"), want) {
			t.Errorf("%q: git sees\n%s\nand not %q", it.Label, out, want)
		}
	}
	return applied
}

// gitSees is what git takes for trailers.
func gitSees(t *testing.T, text string) string {
	t.Helper()
	cmd := exec.Command("git", "interpret-trailers", "--parse")
	cmd.Stdin = strings.NewReader(text)
	out, err := cmd.Output()
	must(t, err)
	return string(out)
}

// expanded is what a snippet leaves when nobody fills it in.
func expanded(snippet string) string {
	text := tabStop.ReplaceAllString(snippet, "$1")
	return strings.NewReplacer(`\\`, `\`, `\$`, `$`, `\}`, `}`).Replace(text)
}

var tabStop = regexp.MustCompile(`\$\{\d+:((?:[^}\\]|\\.)*)\}`)

// message is the one document that is open.
func (e *editor) message() uri.URI {
	for u := range e.texts {
		return u
	}
	return ""
}

// A client that filters by what stands in the range must find the item by it.
func TestCompletionFilter(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := startIn(r)
	for _, marked := range []string{"AI-used-for: d¦", "AI-used-for:d¦", "AI-used-for: code, d¦", "AI-used-for: code d¦", "AI-used-for: code (x) d¦", "AI-used-for: code (x)d¦"} {
		text, offset := cut(t, "s\n\nText.\n\n"+marked+"\n")
		e.opened(r.message(), "gitcommit", text)
		at := positionAt(text, offset, e.caps.PositionEncoding)
		items := e.complete(r.message(), at)
		i := slices.Index(labels(items), "docs")
		if i < 0 {
			t.Errorf("%s: no docs among %q", marked, labels(items))
			continue
		}
		from := offsetAt(t, text, items[i].TextEdit.(*protocol.TextEdit).Range.Start, e.caps.PositionEncoding)
		filter, ok := items[i].FilterText.Get()
		if !ok {
			filter = items[i].Label
		}
		if typed := text[from:offset]; !strings.HasPrefix(filter, typed) {
			t.Errorf("%s: %q is looked for by %q", marked, typed, filter)
		}
	}
}

// The May proposal takes any text: there is no grammar to keep to.
func TestCompletionFree(t *testing.T) {
	r := newRepo(t, "extends: qemu-2026-05\nversion: 1\n")
	e := startIn(r)
	text, offset := cut(t, "s\n\nText.\n\nAI-used-for: writing te¦\n")
	e.opened(r.message(), "gitcommit", text)
	items := e.complete(r.message(), positionAt(text, offset, e.caps.PositionEncoding))
	i := slices.Index(labels(items), "tests")
	if i < 0 {
		t.Fatalf("no tests among %q", labels(items))
	}
	if got := applyEdits(t, text, []protocol.TextEdit{*items[i].TextEdit.(*protocol.TextEdit)}, e.caps.PositionEncoding); !strings.Contains(got, "AI-used-for: writing tests\n") {
		t.Errorf("got\n%s", got)
	}
}
