package maintainers

import (
	"strings"
	"testing"
)

const ownersText = `# Who is asked for a review.
*                       @all @org/everybody

*.js                    @js #inline
/build/logs/            @logs
docs/*                  docs@example.org
apps/                   @apps
/scripts/               @scripts @js @scripts
**/cache                @cache
/src/**/test_?.c        @tests
/src/**                 @src
/src/free/
/app/[id]/              @page
my\ folder/             @blank
\#readme                @hash
/deep/**/last           @last
bad-owner               nobody
!/src/taken             @x
plain                   @plain
`

func TestCodeowners(t *testing.T) {
	l := read(t, map[string]string{"CODEOWNERS": ownersText})
	expect(t, l, map[string]string{
		"README":                "@all team:org/everybody",
		"a/b/x.js":              "@js",
		"x.jsx":                 "@all team:org/everybody",
		"build/logs/a/b":        "@logs",
		"x/build/logs/a":        "@all team:org/everybody",
		"docs/a.md":             "docs",
		"docs/a/b.md":           "@all team:org/everybody",
		"x/docs/a.md":           "@all team:org/everybody",
		"apps/a":                "@apps",
		"x/apps/a/b":            "@apps",
		"apps":                  "@all team:org/everybody", // not a folder
		"scripts/x.js":          "@scripts @js",            // the last one, each once
		"x/cache/y":             "@cache",
		"cache":                 "@cache",
		"src/a/b/test_1.c":      "@src", // /src/** comes later
		"src/free/a":            "",
		"src/free":              "@src",
		"src/taken":             "",
		"src":                   "@all team:org/everybody",
		"app/[id]/page.tsx":     "@page",
		"app/i/page.tsx":        "@all team:org/everybody",
		"my folder/x":           "@blank",
		"#readme":               "@hash",
		"deep/last":             "@last",
		"deep/a/b/last/c":       "@last",
		"bad-owner":             "@all team:org/everybody",
		"a/plain/b":             "@plain",
		"\xff":                  "@all team:org/everybody",
		strings.Repeat("/", 50): "@all team:org/everybody",
	})
}

func TestGitLabSections(t *testing.T) {
	l := read(t, map[string]string{".gitlab/CODEOWNERS": `* @all

[Docs] @docs docs@example.org
*.md
/api/*.md @api

^[Optional][2] @opt
/api/
[id]/page.tsx @page

[docs]
/secret.md @@maintainer
!/free.md

[Nobody]
/x
`})
	expect(t, l, map[string]string{
		"a.c":         "@all",
		"a.md":        "@all @docs docs",
		"api/a.md":    "@all @api @opt",
		"secret.md":   "@all team:maintainer",
		"free.md":     "@all",
		"id/page.tsx": "@all",
		"x":           "@all",
	})
	// A path that begins with a bracket is no section.
	expect(t, l, map[string]string{"[id]/page.tsx": "@all @page"})
}

func TestOddCodeowners(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "",
		"/ @a":               "",
		"// @a":              "",
		"** @a":              "@a",
		"/** @a":             "@a",
		"/* @a":              "", // the top only
		"**/* @a":            "@a",
		"**/** @a":           "@a",
		"a/**/**/c @a":       "@a",
		"a/**/b/c @a":        "@a",
		"/a/b @a":            "@a",
		"b @a":               "@a",
		"b/ @a":              "@a",
		"/b @a":              "",
		"a/b/c/ @a":          "", // a file
		"*b* @a":             "@a",
		"a*/? @a":            "@a",
		"a/b/c/d @a":         "",
		"* a@b a@B":          "a",
		"* @":                "",
		"* @a, @b":           "",
		"* @a\n*":            "",
		"* @a\n# *":          "@a",
		"* @a #@b":           "@a",
		"* @a \\#b":          "",
		"\t * \t @a \t":      "@a",
		"* @a\x1b":           "@a",
		"\\":                 "",
		"[":                  "",
		"[]":                 "",
		"[x":                 "",
		"[x] @a":             "",
		"[x] @a\n*":          "@a",
		"[x][y] @a\n* @b":    "@b",
		"^* @a":              "",
		"* " + "@a\n* \xff@": "@a",
	} {
		l := read(t, map[string]string{"CODEOWNERS": text})
		if got := short(l.Of("a/b/c")); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
