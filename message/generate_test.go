package message

import (
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// The pools of the generator: lines at which readings of a message can part.
var (
	trailerLines = []string{
		"Signed-off-by: A <a@example.org>", "Signed-off-by: B <b@example.org>", "Signed-off-by:", "Signed-off-by: ",
		"signed-off-by: c", "(cherry picked from commit 0123abc)", "AI-used-for: tests", "AI-used-for:code",
		"AI-used-for : docs", "AI-used-for:\tresearch", "AI-used-for:", "AI-used-for: \t", "Fixes: #12", "Fix: 12", "Fix : 13",
		"fixes=14", "F: 1", "Reviewed-by: R", "Rev= 1", "https://example.org/a?b=c", "https : //x", "--: 1", "-x: 2",
		"1: one", "Folded: one \t", "Odd: \xff\xfe", "Accent: é", "Key: a=b: c", "Note: \U0001f642",
	}
	nearLines = []string{
		"AI used for: tests", "AI_used_for: tests", "AI-üsed: x", " AI-used-for: tests", ": x", "= x", "(cherry picked from",
		"Signed-off-by", "\vKey: x", "\u00a0Key: x", "Key\u00a0: x", "Ke\xffy: x", "[a note]", "Conflicts: x",
	}
	proseLines = []string{"Some prose.", "x", "It said: nothing", "Why=because", "\u0085", "\v", "\f", "\xff", "日本語", "Zażółć"}
	foldLines  = []string{" folded", "\tfolded", "  ", "\t", " \t deeper", " Key: x", "  # indented", "\r folded", " \xff"}
	blankLines = []string{"", "", "", " ", "\t \t", "\r"}
	oddLines   = []string{
		"---", "--- ", "--- a/file", "---x", "----", "Conflicts:", "\ta/path", "Conflicts: ", "# Conflicts:", "#\ta/path",
		"diff --git a/x b/x", "@@ -1 +1 @@", ">8", "; other comment", "% other comment", "/ x", "// other comment",
	}
)

// anyText makes messages of few blocks, so that blocks of trailers are
// frequent.
func anyText(comment string) *rapid.Generator[string] {
	comments := []string{
		comment, comment + " note", comment + "Key: x", " " + comment + " no comment", comment + "\t",
		comment + " Please enter the message.",
	}
	cut := comment + strings.TrimSuffix(cutMark, "\n")
	cuts := []string{cut, cut, cut + " ", cut + "x", "!" + cut[1:], strings.TrimSpace(cut[len(comment):])}
	all := slices.Concat(trailerLines, nearLines, proseLines, foldLines, comments, oddLines)
	pools := [][]string{
		trailerLines, trailerLines, slices.Concat(trailerLines, foldLines), slices.Concat(trailerLines, nearLines[:3], comments),
		slices.Concat(trailerLines[:8], proseLines[:2]), nearLines, proseLines, proseLines, comments, foldLines, oddLines,
		{"Conflicts:", "\ta/path", "\tb"}, cuts, all, all,
	}
	return rapid.Custom(func(t *rapid.T) string {
		crlf := rapid.IntRange(0, 9).Draw(t, "crlf") // 0: all lines, 1: some
		var b strings.Builder
		line := func(from []string) {
			b.WriteString(rapid.SampledFrom(from).Draw(t, "line"))
			if crlf == 0 || crlf == 1 && rapid.Bool().Draw(t, "cr") {
				b.WriteByte('\r')
			}
			b.WriteByte('\n')
		}
		blanks := func(n int) {
			for range rapid.IntRange(0, n).Draw(t, "blanks") {
				line(blankLines)
			}
		}
		blanks(2)
		for range rapid.IntRange(0, 5).Draw(t, "blocks") {
			pool := rapid.SampledFrom(pools).Draw(t, "pool")
			for range rapid.IntRange(1, 6).Draw(t, "lines") {
				line(pool)
			}
			if rapid.IntRange(0, 7).Draw(t, "apart") > 0 {
				line(blankLines)
			}
			blanks(1)
		}
		text := b.String()
		switch rapid.IntRange(0, 19).Draw(t, "end") {
		case 0, 1, 2, 3:
			text = strings.TrimSuffix(text, "\n")
		case 4:
			text = strings.TrimRight(text, "\r\n\t ")
		case 5:
			at := rapid.IntRange(0, len(text)).Draw(t, "NUL")
			text = text[:at] + "\x00" + text[at:]
		}
		return text
	})
}

// anySetup makes a configuration. Comment strings need a git that knows them.
func anySetup(strings bool) *rapid.Generator[setup] {
	comments := []string{"", "", "#", ";", "%"}
	if strings {
		comments = append(comments, "//", "# ")
	}
	return rapid.Custom(func(t *rapid.T) setup {
		return setup{
			comment:    rapid.SampledFrom(comments).Draw(t, "comment"),
			separators: rapid.SampledFrom([]string{"", "", "", ":=", "=", "=:#"}).Draw(t, "separators"),
			trailers: rapid.SampledFrom([][]configuredTrailer{
				nil, nil,
				{{"fix", "Fixes"}},
				{{"AI-used-for", ""}},
				{{"ai", "AI-used-for"}, {"reviewed-by", ""}, {"F", "Fixes"}},
			}).Draw(t, "trailers"),
		}
	})
}

// surrounded is texts under one configuration, for one process of git.
type surrounded struct {
	setup setup
	texts []string
}

func anySurrounded(strings bool, most int) *rapid.Generator[surrounded] {
	return rapid.Custom(func(t *rapid.T) surrounded {
		s := anySetup(strings).Draw(t, "setup")
		text := anyText(s.options("").normal().Comment)
		return surrounded{s, rapid.SliceOfN(text, 1, most).Draw(t, "texts")}
	})
}

// withoutScissors has none, nor a line that becomes one when it is cleaned.
func withoutScissors(text string) string {
	return strings.ReplaceAll(text, strings.TrimSuffix(cutMark, "\n"), " -- >8 --")
}
