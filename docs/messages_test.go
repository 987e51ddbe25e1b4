package docs_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"colophon/diagnostics"
)

// docs/messages.md is the catalogue of words, to be read in a row.
func TestMessagesPage(t *testing.T) {
	var b strings.Builder
	b.WriteString("<!-- Made from words/catalogue.go by `make docs`; do not edit. -->\n\n# Messages\n\n" +
		"What Colophon says in an editor, a hook or a report. What stands in `{braces}` is filled in:\n" +
		"`{project}` is a project as its policy names it, such as \"QEMU's proposal\" (`{Project}` at the beginning of a\n" +
		"sentence), `{trailer}` a trailer's token, and `{request}` what the project calls a pull request. What is not a\n" +
		"message by itself is marked: what a *fix* does, what stands at a *place* that explains a finding, a *piece* of other\n" +
		"texts, a *text* that a fix writes.\n")
	writeGroups(t, &b, "../words/catalogue.go")
	compare(t, "messages.md", b.String())
}

// writeGroups writes the groups of a file: the comment's first sentence is the
// heading, and what follows it the introduction.
func writeGroups(t *testing.T, b *strings.Builder, file string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		heading, intro := split(g.Doc.Text())
		if diagnostics.RuleByID(heading) != nil {
			heading = fmt.Sprintf("[%s](rules/%s.md)", heading, heading)
		}
		fmt.Fprintf(b, "\n## %s\n\n", heading)
		if intro != "" {
			fmt.Fprintf(b, "%s\n\n", intro)
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			for i := range v.Names {
				l, ok := v.Values[i].(*ast.BasicLit)
				if !ok {
					t.Errorf("%s: %s is no text", file, v.Names[i].Name)
					continue
				}
				text, err := strconv.Unquote(l.Value)
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(b, "- %s%s\n", mark(v.Names[i].Name), escape(text))
			}
		}
	}
}

// mark says what a text is, where its name does.
func mark(name string) string {
	for end, kind := range map[string]string{"Title": "fix", "Label": "place", "Piece": "piece", "Text": "text"} {
		if strings.HasSuffix(name, end) {
			return "*" + kind + ":* "
		}
	}
	return ""
}

// split takes a group's comment apart, on one line each.
func split(comment string) (heading, intro string) {
	text := strings.Join(strings.Fields(comment), " ")
	end := strings.Index(text+" ", ". ")
	if colon := strings.Index(text, ": "); colon >= 0 && (end < 0 || colon < end) {
		return text[:colon], strings.ToUpper(text[colon+2:colon+3]) + text[colon+3:]
	}
	if end < 0 {
		return text, ""
	}
	return text[:end], strings.TrimSpace(text[end+1:])
}

// escape keeps Markdown from reading a text that is no code.
func escape(text string) string {
	parts := strings.Split(text, "`")
	for i := range parts {
		if i%2 == 0 {
			parts[i] = strings.NewReplacer("<", `\<`, "*", `\*`, "_", `\_`, "[", `\[`).Replace(parts[i])
		}
	}
	text = strings.Join(parts, "`")
	if strings.HasPrefix(text, "- ") || strings.HasPrefix(text, "#") || strings.HasPrefix(text, "+ ") {
		text = `\` + text
	}
	return text
}
