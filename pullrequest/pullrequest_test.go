package pullrequest

import (
	"slices"
	"strings"
	"testing"

	"colophon/message"
)

// template has what the templates of big projects have.
const template = `<!-- Thank you!

# Please read this

- [ ] and this
-->

#### Ticket
<!-- Write the number here. -->
<!-- Or delete the line. -->

#### What does it do? Say why.


#### AI Assistance Disclosure (REQUIRED)
<!-- Please select exactly ONE: -->
- [ ] **No AI tools were used** in preparing this PR.
- [ ] **If AI tools were used**, I have said which, and [read](https://example.org/a_b_c) all. <!-- a remark -->

#### Checklist
- [ ] It targets ` + "`main`" + `. <!-- backports
  come later -->

---
<!-- an end -->
`

func TestTemplate(t *testing.T) {
	for _, text := range []string{template, strings.ReplaceAll(template, "\n", "\r\n"), strings.ReplaceAll(template, "\n", "\r"), byteOrderMark + template} {
		p := Parse(text)
		if err := check(p); err != nil {
			t.Fatal(err)
		}
		if w := p.Written(message.Span{End: len(text)}); w != "" {
			t.Errorf("an untouched template: written %q", w)
		}
		var titles []string
		for _, s := range p.Sections {
			titles = append(titles, s.Title)
			if w := p.Written(s.Body); w != "" {
				t.Errorf("%s: written %q", s.Title, w)
			}
			if h := p.Slice(s.Heading); h != "#### "+s.Title {
				t.Errorf("heading %q of %s", h, s.Title)
			}
		}
		if want := []string{"Ticket", "What does it do? Say why.", "AI Assistance Disclosure (REQUIRED)", "Checklist"}; !slices.Equal(titles, want) {
			t.Errorf("sections %q", titles)
		}
		var boxes []string
		for _, b := range p.Boxes {
			boxes = append(boxes, b.Text)
		}
		if want := []string{
			"No AI tools were used in preparing this PR.",
			"If AI tools were used, I have said which, and read all.",
			"It targets main.",
		}; !slices.Equal(boxes, want) {
			t.Errorf("boxes %q", boxes)
		}
		s := p.Section("ai assistance disclosure")
		if s == nil || len(s.Boxes) != 2 || !strings.HasPrefix(p.Slice(s.Body), "<!-- Please") || !strings.HasSuffix(p.Slice(s.Body), "-->"+ending(text)+ending(text)) {
			t.Fatalf("section %+v", s)
		}
		if len(p.Comments) != 7 {
			t.Errorf("%d comments", len(p.Comments))
		}
		// A person ticks a box.
		m := s.Boxes[0].Mark
		p = Parse(text[:m.Start] + "[x]" + text[m.End:])
		s = p.Section("AI assistance disclosure")
		if w := p.Written(s.Body); w != "- [x] **No AI tools were used** in preparing this PR." {
			t.Errorf("written %q", w)
		}
	}
}

func ending(s string) string {
	switch {
	case strings.Contains(s, "\r\n"):
		return "\r\n"
	case strings.Contains(s, "\r"):
		return "\r"
	}
	return "\n"
}

func TestSections(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // level, title, heading, body
	}{
		{"none", "a\n\nb", nil},
		{"empty", "", nil},
		{"levels", "a\n# A\nb\n### B\nc\n## C #\n# D", []string{"1 A|# A|b\n### B\nc\n## C #\n", "3 B|### B|c\n", "2 C|## C #|", "1 D|# D|"}},
		{"underlined", "One *two*\nthree\n===\nbody\n\nfour\n--\nmore", []string{"1 One two three|One *two*\nthree\n===|body\n\nfour\n--\nmore", "2 four|four\n--|more"}},
		{"underlined with hash", "#one\n---\nx", []string{"2 #one|#one\n---|x"}},
		{"after an address", "[a]: b\nwords\n===\n[c][a]", []string{"1 words|words\n===|[c][a]"}},
		{"markup", "## **AI** `a*b` [use](x) ~~no~~ ![alt](y) <!-- c --> a&amp;b \\*c\\* <b>d</b> <https://e.org>", []string{"2 AI a*b use no alt a&b *c* d https://e.org|…|"}},
		{"link by name", "# [The use][u] of it\n\n[u]: https://example.org", []string{"1 The use of it|…|\n[u]: https://example.org"}},
		{"indented", "   ## A\nb", []string{"2 A|   ## A|b"}},
		{"empty ones", "#\na\n## ##\nb", []string{"1 |#|a\n## ##\nb", "2 |## ##|b"}},
		{"no blank, too many, too deep", "#A\n####### B\n    # C\n", nil},
		{"in a fence", "```\n# A\n```\n~~~\n# B\n", nil},
		{"in a comment", "<!--\n# A\n-->\n<!-- b\n\n## C\n", nil},
		{"behind a comment", "<!-- a --> # A\n# B", []string{"1 B|# B|"}},
		{"in quotes and lists", "> # A\n\n- # B\n\n> C\n> ---\n", nil},
		{"a rule is no underline", "a\n\n---\nb\n", nil},
		{"in details", "<details><summary>x</summary>\n\n# A\nb\n</details>", []string{"1 A|# A|b\n</details>"}},
		{"not UTF-8", "# A\xff\n\xfe", []string{"1 A\ufffd|# A\xff|\xfe"}},
		{"CRLF", "# A\r\nb\r\nC\r\n==\r\nd", []string{"1 A|# A|", "1 b C|b\r\nC\r\n==|d"}},
	} {
		p := Parse(c.text)
		if err := check(p); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var got []string
		for i, s := range p.Sections {
			heading := p.Slice(s.Heading)
			if i < len(c.want) && strings.Contains(c.want[i], "|…|") {
				heading = "…"
			}
			got = append(got, string(rune('0'+s.Level))+" "+s.Title+"|"+heading+"|"+p.Slice(s.Body))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestBoxes(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // mark, text, span
	}{
		{"bold", "- [ ] **No AI tools were used** in preparing this PR.", []string{"[ ]|No AI tools were used in preparing this PR.|-"}},
		{"bullets", "- [x] a\n* [X] b\n+ [ ] c", []string{"[x]|a|- [x] a", "[X]|b|* [X] b", "[ ]|c|+ [ ] c"}},
		{"numbers", "1. [ ] a\n2. [x] b\n\n10) [ ] c", []string{"[ ]|a|1. [ ] a", "[x]|b|2. [x] b", "[ ]|c|10) [ ] c"}},
		{"nested", "- [x] a\n  more\n  - [ ] b\n    1. [X] c\n\n  lost\n- [ ] d", []string{"[x]|a more|- [x] a\n  more", "[ ]|b|- [ ] b", "[X]|c|1. [X] c", "[ ]|d|- [ ] d"}},
		{"below a plain item", "- a\n  - [ ] b", []string{"[ ]|b|- [ ] b"}},
		{"paragraphs", "- [ ] a\n\n  b <!-- c -->\n\n  > d\n\n- [ ] e", []string{"[ ]|a b d|- [ ] a\n\n  b <!-- c -->\n\n  > d", "[ ]|e|- [ ] e"}},
		{"quoted", "> - [ ] a\n>   b\n> - [x] c", []string{"[ ]|a b|- [ ] a\n>   b", "[x]|c|- [x] c"}},
		{"lazy", "- [ ] a\nb", []string{"[ ]|a b|- [ ] a\nb"}},
		{"nothing behind", "- [ ]\n- [x] \n- [x]", []string{"[ ]||- [ ]", "[x]||- [x]", "[x]||- [x]"}},
		{"tabs", "-\t[ ]\ta\n\t- [x] b\n", []string{"[ ]|a|-\t[ ]\ta", "[x]|b|- [x] b"}},
		{"CRLF", "- [ ] a\r\n  b\r\n- [x] c\r\n", []string{"[ ]|a b|- [ ] a\r\n  b", "[x]|c|- [x] c"}},
		{"strike", "- [ ] ~~not [here](x)~~ `*` 1&lt;2", []string{"[ ]|not here * 1<2|-"}},
		{"a name for a link does not hide it", "- [x] a\n\n[x]: b", []string{"[x]|a|- [x] a"}},
		{"not UTF-8", "- [ ] a\xffb", []string{"[ ]|a\ufffdb|- [ ] a\xffb"}},
		{"no boxes", "[ ] a\n\n-[ ] b\n\n- [] c\n- [y] d\n- [x](e)\n- [ ]f\n- a [ ] g\n- [\t] h\n-\n  [ ] i\n- `[ ] j`\n- \\[ ] k\n- # [ ] l", nil},
		{"code and comments", "```\n- [ ] a\n```\n\n    - [ ] b\n\n<!-- - [ ] c -->\n\n<!--\n- [ ] d\n", nil},
	} {
		p := Parse(c.text)
		if err := check(p); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var got []string
		for i, b := range p.Boxes {
			span := p.Slice(b.Span)
			if i < len(c.want) && strings.HasSuffix(c.want[i], "|-") {
				span = "-"
			}
			got = append(got, p.Slice(b.Mark)+"|"+b.Text+"|"+span)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestSection(t *testing.T) {
	const text = "# AI Assistance Disclosure (REQUIRED)\n## AI usage disclosure details\n### :robot: 🤖 **AI usage**/disclosure :\n" +
		"# 3. Testing\n# Über uns\n# 1️⃣ ⚠️ Notes [optional] ✅\n# 🤖\n# (why)\n# AIs\n# 2024\n"
	p := Parse(text)
	for wanted, title := range map[string]string{
		"AI Assistance Disclosure":             p.Sections[0].Title,
		"  ai assistance  DISCLOSURE: ":        p.Sections[0].Title,
		"AI assistance disclosure (optional):": p.Sections[0].Title,
		"AI assistance":                        p.Sections[0].Title,
		"AI usage disclosure":                  p.Sections[2].Title,
		"ai usage disclosure details":          p.Sections[1].Title,
		"AI usage":                             p.Sections[1].Title,
		"AI":                                   p.Sections[0].Title,
		"testing":                              "3. Testing",
		"ÜBER UNS":                             "Über uns",
		"notes":                                "1️⃣ ⚠️ Notes [optional] ✅",
		"Why":                                  "(why)",
		"2024":                                 "2024",
		"A":                                    "",
		"assistance":                           "",
		"AI usage disclosure details and more": "",
		"":                                     "",
		"🤖":                                    "",
	} {
		got := ""
		if s := p.Section(wanted); s != nil {
			got = s.Title
		}
		if got != title {
			t.Errorf("%q is %q, want %q", wanted, got, title)
		}
	}
}

func TestWritten(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"blank", " \n\t\r\n", ""},
		{"words", "\n a\n\n b \n", "a\n\n b"},
		{"comment in a line", "a <!-- b --> c", "a  c"},
		{"comments on lines", "<!-- a -->\nb\n<!-- c\n\nd --> e", "b\n e"},
		{"behind a comment's end", "<!-- a\n--> b", "b"},
		{"comments in a row", "<!-- a --><!-- b -->\n", ""},
		{"the shortest comments", "<!-->\n<!--->\n<!---->\na", "a"},
		{"comment without an end", "a\n\n<!-- b\n\n# c\n", "a"},
		{"that is none", "a <!-- b\n\nc -->", "a <!-- b\n\nc -->"},
		{"comment in code", "`<!-- a -->`", "`<!-- a -->`"},
		{"comment in a fence", "```\n<!-- a -->\n```", "```\n<!-- a -->\n```"},
		{"comment in a quote", "> <!-- a\n> b -->\n", ""},
		{"comment in a list", "- <!-- a -->\n- b <!-- c -->", "- \n- b"},
		{"comment in a tag's block", "<details>\n<!-- a -->\n</details>\n", ""},
		{"tags", "<details><summary>a</summary>\n\n<br>\n</details>", "<details><summary>a</summary>\n\n<br>\n</details>"},
		{"tags only", "<details>\n\n<br>\n\n</details> <p align=\"left\"\n class='a'>", ""},
		{"picture", "<p>\n<img src='a'></p>", "<p>\n<img src='a'></p>"},
		{"picture in Markdown", "![](a)", "![](a)"},
		{"address", "<https://example.org>", "<https://example.org>"},
		{"headings", "# a\nb\n===\n> # c\n\n- # d\n", ""},
		{"bullets, quotes and rules", "-\n*\n1.\n> \n\n---\n***\n", ""},
		{"names for links", "[a]: b\n", ""},
		{"an empty fence", "```\n\n```\n", ""},
		{"unchecked", "- [ ] a\n  b\n- [ ] c\n", ""},
		{"checked", "- [ ] a\n- [x] b\n- [ ] c\n", "- [x] b"},
		{"below an unchecked one", "- [ ] a\n  - Tools: X\n", "- Tools: X"},
		{"beside an unchecked one", "none\n- [ ] a\n", "none"},
		{"CRLF", "a\r\n<!-- b\r\n-->\r\nc\r\n", "a\r\n\r\nc"},
		{"a mark of a file's beginning", byteOrderMark + "a", "a"},
		{"less than", "<div>\n1 < 2\n", "<div>\n1 < 2"},
		{"not UTF-8", "\xff", "\xff"},
		{"punctuation", "...\n\n- …\n- ?\n", ""},
		{"punctuation beside words", "... a", "... a"},
		{"words of other scripts", "無", "無"},
	} {
		p := Parse(c.text)
		if err := check(p); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if got := p.Written(message.Span{End: len(c.text)}); got != c.want {
			t.Errorf("%s: written %q, want %q", c.name, got, c.want)
		}
	}
	p := Parse("one <!-- two --> three")
	for _, c := range []struct {
		start, end int
		want       string
	}{{-5, 3, "one"}, {1, 2, "n"}, {6, 10, ""}, {2, 10, "e"}, {10, 99, "three"}, {9, 2, ""}, {50, 60, ""}} {
		if got := p.Written(message.Span{Start: c.start, End: c.end}); got != c.want {
			t.Errorf("%d to %d: %q, want %q", c.start, c.end, got, c.want)
		}
	}
}

// What the caller leaves out is not written, wherever it lies.
func TestWrittenWithout(t *testing.T) {
	p := Parse("a\n\n<!-- b\nc -->\nd\n- [ ] e\n")
	for _, c := range []struct {
		without []string
		want    string
	}{
		{[]string{"a"}, "d"},
		{[]string{"d"}, "a"},
		{[]string{"d", "a"}, ""},
		{[]string{"c -->\nd", "- [ ] e"}, "a"},
		{[]string{"a\n\n<!-- b"}, "d"},
	} {
		var without []message.Span
		for _, s := range c.without {
			at := strings.Index(p.Text, s)
			without = append(without, message.Span{Start: at, End: at + len(s)})
		}
		if got := p.Written(message.Span{End: len(p.Text)}, without...); got != c.want {
			t.Errorf("without %q: %q, want %q", c.without, got, c.want)
		}
	}
}

func TestCode(t *testing.T) {
	for text, want := range map[string]string{"```\na\nb\n```\n`c`\n": "a\n|b\n", "> ~~~\n> a\n\n    b\n": "a\n|b\n", "a\n    b": "", "- ```\r\n  a\r\n": "a\r\n"} {
		var got []string
		p := Parse(text)
		for _, s := range p.Code {
			got = append(got, p.Slice(s))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestIntro(t *testing.T) {
	for text, want := range map[string]string{"": "", "a\n": "a\n", "a\r\n# b\r\n": "a\r\n", "# a": "", "- [ ] a\n\n# b\n": "- [ ] a\n\n"} {
		p := Parse(text)
		if got := p.Slice(p.Intro); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	if p := Parse("- [x] a\n\n# b\n- [ ] c"); len(p.Boxes) != 2 || len(p.Sections[0].Boxes) != 1 {
		t.Errorf("boxes %+v", p.Boxes)
	}
}

// Of a huge text the beginning is read, whole lines and whole characters.
func TestHugeText(t *testing.T) {
	for _, line := range []string{"# a\n", "- [x] ä\r\n", "ä", "\xff"} {
		text := strings.Repeat(line, 2*maxRead/len(line)) + "\n# end\n"
		p := Parse(text)
		if err := check(p); err != nil {
			t.Error(err)
		}
		if p.Text != text || p.Read > maxRead || p.Read < maxRead-len(line) || p.Read%len(line) != 0 || p.Section("end") != nil {
			t.Errorf("%q: %d bytes read", line, p.Read)
		}
		if w := p.Written(message.Span{Start: p.Read, End: len(text)}); w != "" {
			t.Errorf("written where nothing was read: %q", w[:10])
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		Parse(template)
	}
}
