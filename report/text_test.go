package report

import (
	"strings"
	"testing"

	"colophon/diagnostics"
	"colophon/message"
)

func TestText(t *testing.T) {
	text := "fix: 😀\n\nAI-used-for: täst\x1b[31m\n"
	at := strings.Index(text, "täst")
	r := &Report{File: "m", Message: message.Parse(text, message.Options{}), Findings: []diagnostics.Finding{{
		Rule: "disclosure-value", Severity: diagnostics.Error, Span: message.Span{Start: at, End: at + len("täst")}, Message: "no\x1b[2J",
		Related: []diagnostics.Related{{Path: "a\nb", Message: "1 line"}, {Message: "the subject"}},
		Fixes:   []diagnostics.Fix{{Title: "Write `tests`"}},
	}}}
	for _, c := range []struct {
		o    TextOptions
		want string
	}{
		// Columns count bytes; what steers a terminal does not reach it.
		{TextOptions{}, "m:3:14: error: no\uFFFD[2J [disclosure-value]\n"},
		{TextOptions{Context: true}, `m:3:14: error: no` + "\uFFFD" + `[2J [disclosure-value]
    AI-used-for: täst` + "\uFFFD" + `[31m
                 ^^^^
    note: a` + "\uFFFD" + `b: 1 line
    note: line 1: the subject
    fix: Write ` + "`tests`\n"},
		{TextOptions{Color: true}, "m:3:14: \x1b[31merror\x1b[0m: no\uFFFD[2J [disclosure-value]\n"},
	} {
		var b strings.Builder
		if err := Text(&b, r, c.o); err != nil {
			t.Fatal(err)
		}
		if b.String() != c.want {
			t.Errorf("%+v:\n%s\nwant:\n%s", c.o, b.String(), c.want)
		}
	}
}
