package lsp

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Each line of a case is a text with the caret, and what can be typed there: the
// path, K for keys and V for values, the word, what leads it.
func TestPolicyCaret(t *testing.T) {
	for _, c := range []struct{ marked, want string }{
		{"¦", "K  "},
		{"dis¦c", "K disc "},
		{"version: 1\n¦\nproject: X\n", "K   there version project"},
		{"version: 1\n¦", "K   there version"},
		{"version: 1\npro¦\n", "K pro  there version"},
		{"version: 1\npro¦ject: X\n", "K: project  there version"},
		{"version: 1\n  ¦\n", ""},
		{"status: ¦\n", "status V  "},
		{"status:¦\n", "status V   lead \" \""},
		{"status: in-¦force # c\n", "status V in-force "},
		{"status: \"in-¦\"\n", "status Vq in- "},
		{"status: in-force ¦# c\n", ""},
		{"# sta¦\n", ""},
		{"status: in-force # c¦\n", ""},
		{"status:\n  pro¦\n", "status V pro "},
		{"disclosure:\n  ¦\n", "disclosure K  "},
		{"disclosure:\n  trailer: A\n  ¦\n  need: must\n", "disclosure K   there trailer need"},
		{"disclosure:\n  trailer: A\n¦\n", "K   there disclosure"},
		{"disclosure:\n  trailer: A\n    ¦\n", ""},
		{"disclosure:\r\n  trailer: A\r\n  ne¦\r\n", "disclosure K ne  there trailer"},
		{"disclosure: ¦\n", ""},
		{"stance: al¦\n", "stance V al "},
		{"stance:\n  al¦\n", "stance KV al "},
		{"stance:\n  code: ¦\n", "stance.code V  "},
		{"zones:\n  - ¦\n", "zones K  "},
		{"zones:\n  -¦\n", "zones K   lead \" \""},
		{"zones:\n  - name: core\n    ¦\n", "zones K   there name"},
		{"zones:\n  - name: core\n    ri¦\n    paths: [a]\n", "zones K ri  there name paths"},
		{"zones:\n- name: core\n  ¦\n- name: b\n  ring: inner\n", "zones K   there name"},
		{"zones:\n- name: core\n¦\n", "K   there zones"},
		{"zones:\n  - name: core\n    ring: in¦\n", "zones.ring V in "},
		{"zones:\n  - name: core\n    asks:\n      - ¦\n      - approval\n", "zones.asks V   there approval"},
		{"zones:\n  - name: core\n    asks:\n      ¦\n", "zones.asks V   lead \"- \""},
		{"zones:\n  - name: core\n    asks: ¦\n", "zones.asks V   lead \"[\""},
		{"zones:\n  - {name: core, ¦}\n", "zones K   there name"},
		{"zones:\n  - {name: core, ring: ¦}\n", "zones.ring V  "},
		{"zones:\n  - {name: core, asks: [¦]}\n", "zones.asks V  "},
		{"zones: [{name: core, asks: [approval, at¦]}]\n", "zones.asks V at  there approval"},
		{"zones: [{name: core, asks: [approval, ¦\nproject: X\n", "zones.asks V   there approval"},
		{"zones: [{name: core\n¦\nproject: X\n", ""},
		{"zones: [{name: core, asks: [\npro¦ject: X\n", "K: project  there zones"},
		{"limits: {small-fix: {li¦nes: 3, leave_out: [test]}}\n", "limits.small-fix K: lines  there leave_out"},
		{"limits: {small-fix: {leave_out: [test, co¦de], lines: 3}}\n", "limits.small-fix.leave_out V code  there test"},
		{"limits: {small-fix: {lines: 3},¦}\n", "limits K   there small-fix"},
		{"limits:\n  small-fix: {\n    lines: 3,\n    ¦\n  }\n", "limits.small-fix K   there lines"},
		{"severity:\n  core¦\n", "severity K core "},
		{"severity:\n  core-zone: ¦\n", "severity.core-zone V  "},
		{"severity: {core-zone: hint, 'small¦': off}\n", "severity K: 'small'  there core-zone"},
		{"attestation:\n  fields: [tool, ¦]\n", "attestation.fields V   there tool"},
		{"attestation:\n  fields:\n    - to¦\n", "attestation.fields KV to "},
		{"attestation:\n  for:\n    inner: [¦]\n", "attestation.for.inner V  "},
		{"summary: |\n  text ¦\nproject: X\n", ""},
		{"summary: |\n  text: a\n¦\nproject: X\n", "K   there summary project"},
		{"summary: \"a\n  b: ¦\"\n", "summary Vq a\n  b:  "},
		{"wibble:\n  ¦\n", ""},
		{"wibble: {a: [{b: ¦}]}\n", ""},
		{"severity: {a: b} # x¦\n", ""},
		{"forbidden:\n  - trailer: X\n  - foo¦\n", "forbidden K foo "},
		{"forbidden:\n  - trailer: X\n  - footer: t¦\n", "forbidden.footer V t "},
		{"\ufeffver¦\n", "K ver "},
	} {
		before, after, _ := strings.Cut(c.marked, "¦")
		got := ""
		if p, _, ok := caretIn(before+after, len(before)); ok && (p.keys || p.values) {
			got = strings.TrimLeft(strings.Join(p.path, ".")+" ", " ")
			if p.keys {
				got += "K"
			}
			if p.colon {
				got += ":"
			}
			if p.values {
				got += "V"
			}
			if p.quoted {
				got += "q"
			}
			got += " " + (before + after)[p.span.Start:p.span.End] + " "
			if len(p.there) > 0 {
				got += " there " + strings.Join(p.there, " ")
			}
			if p.lead != "" {
				got += fmt.Sprintf(" lead %q", p.lead)
			}
		}
		if got != c.want {
			t.Errorf("%q:\n  got  %q\n  want %q", c.marked, got, c.want)
		}
	}
}

// However long or broken the text, looking costs little.
func TestPolicyCaretIsCheap(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("[", maxPolicy), strings.Repeat("- ", maxPolicy/2), strings.Repeat("{a: ", maxPolicy/4), strings.Repeat("'", maxPolicy),
		strings.Repeat("\"\n", maxPolicy/2), strings.Repeat("a:\n", maxPolicy/3), strings.Repeat("- [\n", maxPolicy/4), strings.Repeat("]}", maxPolicy/2), strings.Repeat("a: [#\n", maxPolicy/6),
	} {
		begin := time.Now()
		for _, at := range []int{0, len(text) / 2, len(text)} {
			caretIn(text, at)
		}
		if took := time.Since(begin); took > 5*time.Second {
			t.Errorf("%.10q: %v", text, took)
		}
	}
}

func FuzzPolicyCaret(f *testing.F) {
	f.Add("zones: [{name: core, asks: [approval, ]}]\nseverity:\n  - 'a", 20)
	f.Add("a:\n  - b: |\n    c\n  - {d: \"e\n", 30)
	f.Fuzz(func(t *testing.T, text string, at int) {
		if at < 0 || at > len(text) {
			return
		}
		c, _, ok := caretIn(text, at)
		if ok && (c.span.Start > at || c.span.End < at || c.span.End > len(text)) {
			t.Fatalf("%q at %d: %+v", text, at, c)
		}
	})
}
