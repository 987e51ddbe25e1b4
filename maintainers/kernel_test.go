package maintainers

import (
	"reflect"
	"strings"
	"testing"
)

// In the form of the kernel and QEMU, with all that is known to be in use.
const kernelText = `List of who looks after what
============================

	M: who to mail: FullName <address@domain>
	F:	a/	an example

Networking
----------
NET
M:	Nia Net <nia@example.org>
M:	"Roe, Jo" <jo@example.org>
R:	Rita Reader <rita@example.org>
L:	net@lists.example.org (moderated)
S:	Maintained
# a comment does not end a section

K:	\bnet_
F:	net/
F:	include/net/*.h
X:	net/ipv6/
X:	net/old*.c

NET IPV6
M:	six@example.org
F:	net/ipv6
F:	net/old*.c

CHARACTER DEVICES
M:	Cai Char <cai@example.org>
F:	drivers/char/tty*.[ch]
F:	drivers/char/ser?al.c
F:	drivers/char/exact.c
F:	.build/
F:	roms/blob
F:	Makefile

VENDOR
M:	Vic <vic@example.org>
N:	[^a-z]vend
N:	(?<!x)y
N:	(
X:	doc/

ORPHAN
R:	Rita Reader <rita@example.org>
S:	Orphan
F:	lost/

Nobody's folder
M:	-
F:	board/

Twice
M:	Nia Net <NIA@example.org>
F:	*/ipv6/
F:	*/*/deep*

THE REST
M:	Chief <chief@example.org>
L:	all@lists.example.org
F:	*
F:	*/
`

func TestKernelForm(t *testing.T) {
	l := read(t, map[string]string{"MAINTAINERS": kernelText, "net/ipv6/": "", "roms/blob/": ""})
	expect(t, l, map[string]string{
		"README":                  "chief",
		"Makefile":                "cai chief",
		"Makefile.in":             "cai chief", // as the script has it
		"net/a.c":                 "nia jo chief",
		"net/core/deep/a.c":       "nia jo chief",
		"netfilter/a.c":           "chief",
		"net/ipv6/a.c":            "six nia chief",
		"net/ipv6-only.c":         "nia jo chief", // net/ipv6 is a folder
		"net/old_1.c":             "six chief",
		"net/x/old_1.c":           "nia jo chief", // as many slashes
		"include/net/a.h":         "nia jo chief",
		"include/net/a/b.h":       "chief",
		"drivers/char/tty1.c":     "cai chief",
		"drivers/char/tty1.h":     "cai chief",
		"drivers/char/tty1.S":     "chief",
		"drivers/char/serial.c":   "cai chief",
		"drivers/char/ser/al.c":   "chief",
		"drivers/char/exact.c":    "cai chief",
		"drivers/char/exact.c/x":  "cai chief", // a folder, then
		"drivers/char/exact_x.c":  "chief",
		".build/x":                "cai chief",
		"roms/blob":               "cai chief", // a submodule
		"roms/blob/x":             "cai chief",
		"roms/blobs":              "chief",
		"net":                     "nia jo chief", // a submodule, or a file instead of the folder
		"arch/my-vendor/x.c":      "vic chief",
		"doc/my-vendor/x.rst":     "chief",
		"lost/x":                  "chief",
		"board/x":                 "chief",
		"a/b/deeper.c":            "nia chief",
		"a/b/c/deeper.c":          "chief",
		"a/x":                     "chief", // the description at the top is none
		"net/ipv6/\xff\xfe":       "six nia chief",
		"":                        "",
		strings.Repeat("a", 5000): "",
	})
	if got := short(l.All()); got != "nia jo six cai vic chief" {
		t.Errorf("all: %q", got)
	}
}

func TestKernelFormWithoutTheRest(t *testing.T) {
	l := read(t, map[string]string{"MAINTAINERS": "M: a@example.org\nF: one\nF: /two\nF:\nX:\nF: [\nF: three[\n" +
		"F: long" + strings.Repeat("*", maxLine) + "\n"})
	expect(t, l, map[string]string{"one": "a", "two": "", "/two": "", "x": "", "[": "a", "three[": "a", "long": ""})
}

func TestSets(t *testing.T) {
	for pattern, want := range map[string]string{
		"[hc]":   "hc",
		"[a-c]":  "abc",
		"[^a-x]": "yz-]ü",
		"[]a]":   "]a",
		"[a-]":   "a-",
		"[ü]":    "ü",
		"?":      "abchxyz-]ü",
		"[":      "",
		"[]":     "",
		"[^]":    "",
	} {
		got := ""
		for _, c := range []string{"a", "b", "c", "h", "x", "y", "z", "-", "]", "ü"} {
			steps := maxSteps
			if glob(pattern, c, form{sets: true}, &steps) {
				got += c
			}
		}
		if len(got) != len(want) || strings.Trim(got, want) != "" {
			t.Errorf("%s: %q, want %q", pattern, got, want)
		}
	}
}

func TestNamed(t *testing.T) {
	for text, want := range map[string][]Owner{
		`Ada Example <ada@example.org>`:          {{Name: "Ada Example", Email: "ada@example.org"}},
		`"Roe, Jo" <jo@example.org>`:             {{Name: "Roe, Jo", Email: "jo@example.org"}},
		`ada@example.org`:                        {{Email: "ada@example.org"}},
		`<ada@example.org>`:                      {{Email: "ada@example.org"}},
		`Ada <ada@example.org> (pumps only)`:     {{Name: "Ada", Email: "ada@example.org"}},
		`Ada <ada@example.org> (@ada)`:           {{Name: "Ada", Email: "ada@example.org", Handle: "ada"}},
		`A <a@b.org>, "C, D" <c@d.org>, e@f.org`: {{Name: "A", Email: "a@b.org"}, {Name: "C, D", Email: "c@d.org"}, {Email: "e@f.org"}},
		`a@b.org, C <c@d.org>`:                   {{Email: "a@b.org"}, {Name: "C", Email: "c@d.org"}},
		`A <a@b.org> C <c@d.org>`:                {{Name: "A", Email: "a@b.org"}, {Name: "C", Email: "c@d.org"}},
		`Ada Example (@ada)`:                     {{Name: "Ada Example", Handle: "ada"}},
		`@org/team`:                              {{Handle: "org/team", Team: true}},
		`Ada Example`:                            {{Name: "Ada Example"}},
		`Ada <ada at example dot org>`:           {{Name: "Ada", Email: ""}},
		`-`:                                      nil,
		`<>`:                                     nil,
		`<`:                                      nil,
		"Ada\x1b[31m \u202e <ada@example.org>":   {{Name: "Ada[31m", Email: "ada@example.org"}},
		"\xff\xfe Ada <ada@example.org>":         {{Name: "\ufffd\ufffd Ada", Email: "ada@example.org"}},
		`Zoë Müller <zoe@bücher.example> <z@old.org>`: {{Name: "Zoë Müller", Email: "zoe@bücher.example"}, {Email: "z@old.org"}},
	} {
		if got := written(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\n%+v, want\n%+v", text, got, want)
		}
	}
}
