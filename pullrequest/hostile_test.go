package pullrequest

import (
	"strings"
	"testing"
	"time"
)

// hostile are texts that are dear to a parser when there are many of each.
var hostile = []string{
	"[", "*", "> ", "- - - - ", "<!--", "<!-- a --> ", "_a_ ", "**a", "a*", "`", "` ``", "``\\`", "[a](", "![",
	"[a]: b\n", "[a]:\n", "<a ", "<", "</a", "<?", "<!A", "&", "\\", "~", "~~a", "# ", "#", "# a\n", "###### *a_\n# ",
	"- [ ] a\n", "- [x] *a_*\n", "-\n", "- a\n", "* a\n\n", "1. ", "a\n===\n", "a\n---\n", "- a\n  ", "\t", "-\t", ">\t", "> - ", "- > ",
	"    a\n", "```\n", "~~~", "<div>\n", "|", "a", "a ", "\n", "\r\n", "\r", "\x00", "\xff", "[x] ", "- [x] ", "[](", "(", ")", "]",
	"![a](", "<a@b>", "<http:", "[a]\n", "\"", "[a]: \"", "[a]: <b> '", "[a](<", "[a](\"", "* * *\n", "+\n* \n", "  - a\n",
	"1)\n2.\n", "<!--\n", "-->\n", "<pre>\n", "<!A\n", "> a\n\n", "*a_", "_*a", "# *a_", "> <!--\n", "- <!-- \n", "> [ ] a\n", "> - [ ] a\n>\n",
	"- [ ] a\n\n  a\n\n", "<img ", "<b> <!-->", "`a", "a`\n", "[a]: b \"c\n", "- [ ] ", "1. [x] \n   - [ ] \n", "` `` ``` ", "<a b='", "<a b=\"c' ",
}

// Nobody can hold up an editor with a text. Each takes less than a second; where time
// grows with the square of the length, one takes minutes.
func TestHostileTexts(t *testing.T) {
	for _, unit := range hostile {
		for _, begin := range []string{"", "- [ ] ", "# ", "<div>", strings.Repeat("1. ", maxDepth)} {
			most := maxRead
			if begin != "" {
				most /= 16
			}
			s := begin + strings.Repeat(unit, (most-len(begin))/len(unit))
			start := time.Now()
			text := Parse(s)
			if err := check(text); err != nil {
				t.Errorf("%q and many %q: %v", begin, unit, err)
			}
			text.Section("a")
			text.Written(text.Intro)
			for _, section := range text.Sections {
				text.Written(section.Body)
			}
			took := time.Since(start)
			if took > 20*time.Second {
				t.Errorf("%q and many %q: %v", begin, unit, took)
			}
			if testing.Verbose() && took > 150*time.Millisecond {
				t.Logf("%q and many %q: %v", begin, unit, took)
			}
		}
	}
}
