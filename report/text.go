package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"colophon/diagnostics"
)

// TextOptions say what the reader can show.
type TextOptions struct {
	Color   bool
	Context bool // show the line, a caret below the span, related places and fixes
}

// Text writes each finding as file:line:column: severity: message [rule].
func Text(w io.Writer, r *Report, o TextOptions) error {
	var b strings.Builder
	for _, f := range r.Findings {
		p := at(r.Message.Text, f.Span.Start)
		name := paint(o.Color, color[f.Severity], string(f.Severity))
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s [%s]\n", r.File, r.lineIn(p.line), p.column, name, printable(f.Message), f.Rule)
		if o.Context {
			r.context(&b, f, o.Color)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) context(b *strings.Builder, f diagnostics.Finding, colored bool) {
	text := r.Message.Text
	start := strings.LastIndexByte(text[:f.Span.Start], '\n') + 1
	line, _, _ := strings.Cut(text[start:], "\n")
	line = strings.TrimSuffix(line, "\r")
	if line != "" {
		from := f.Span.Start - start
		under := line[min(from, len(line)):min(max(f.Span.End-start, from), len(line))]
		carets := strings.Repeat("^", max(utf8.RuneCountInString(under), 1))
		lead := strings.Map(func(c rune) rune {
			if c == '\t' {
				return c
			}
			return ' '
		}, line[:min(from, len(line))])
		fmt.Fprintf(b, "    %s\n    %s%s\n", printable(line), lead, paint(colored, color[f.Severity], carets))
	}
	for _, rel := range f.Related {
		where := rel.Path + rel.Commit // it has one of them at most
		switch {
		case where == "":
			where = fmt.Sprintf("line %d", at(text, rel.Span.Start).line)
		case rel.At.Line > 0:
			where += fmt.Sprintf(":%d", rel.At.Line)
		}
		fmt.Fprintf(b, "    note: %s: %s\n", printable(where), printable(rel.Message))
	}
	for _, fix := range f.Fixes {
		fmt.Fprintf(b, "    fix: %s\n", printable(fix.Title))
	}
}

var color = map[diagnostics.Severity]string{
	diagnostics.Error: "31", diagnostics.Warning: "33", diagnostics.Info: "36", diagnostics.Hint: "2",
}

func paint(on bool, code, s string) string {
	if !on {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// printable keeps a message or a path from steering the terminal.
func printable(s string) string {
	return strings.Map(func(c rune) rune {
		if c != '\t' && c < ' ' || c >= 0x7f && c < 0xa0 {
			return '\uFFFD'
		}
		return c
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
