package pullrequest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"colophon/message"
)

// check tells what is wrong with a text that was read.
func check(t *Text) error {
	if t.Read > len(t.Text) || t.Read > maxRead {
		return fmt.Errorf("%d bytes of %d read", t.Read, len(t.Text))
	}
	all := append([]message.Span{t.Intro}, t.Comments...)
	for i, s := range t.Sections {
		all = append(all, s.Heading, s.Body)
		if s.Level < 1 || s.Level > 6 || s.Heading.Len() == 0 || s.Heading.End > s.Body.Start {
			return fmt.Errorf("section %d: %+v", i, s)
		}
		if strings.TrimSpace(s.Title) != s.Title || strings.ContainsAny(s.Title, "\r\n") {
			return fmt.Errorf("title %q", s.Title)
		}
		for _, b := range s.Boxes {
			if b.Span.Start < s.Body.Start || b.Span.End > s.Body.End {
				return fmt.Errorf("box %+v is not in section %+v", b, s)
			}
		}
	}
	for _, b := range t.Boxes {
		all = append(all, b.Span)
		if b.Mark.Start <= b.Span.Start || b.Mark.End > b.Span.End {
			return fmt.Errorf("the mark is not in its box: %+v", b)
		}
		if mark := t.Slice(b.Mark); mark != "[ ]" && mark != "[x]" && mark != "[X]" || b.Checked != (mark != "[ ]") {
			return fmt.Errorf("mark %q of %+v", mark, b)
		}
	}
	for _, c := range t.Comments {
		if !strings.HasPrefix(t.Slice(c), "<!--") {
			return fmt.Errorf("comment %q", t.Slice(c))
		}
	}
	for _, s := range slices.Concat(all, t.seen, t.taken, t.Code) {
		if s.Start < 0 || s.Start > s.End || s.End > t.Read {
			return fmt.Errorf("span %v of %d bytes", s, t.Read)
		}
	}
	for _, apart := range [][]message.Span{t.taken, t.seen, t.Comments, t.Code} {
		for i := 1; i < len(apart); i++ {
			if apart[i].Start < apart[i-1].End {
				return fmt.Errorf("%v and %v overlap", apart[i-1], apart[i])
			}
		}
	}
	return nest(all)
}

func nest(all []message.Span) error {
	slices.SortFunc(all, func(a, b message.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	var open []message.Span
	for _, s := range all {
		for len(open) > 0 && open[len(open)-1].End <= s.Start {
			open = open[:len(open)-1]
		}
		if len(open) > 0 && s.End > open[len(open)-1].End {
			return fmt.Errorf("%v and %v do not nest", open[len(open)-1], s)
		}
		open = append(open, s)
	}
	return nil
}

// outline is a text without places.
func outline(t *Text) (all []string) {
	for _, s := range t.Sections {
		all = append(all, fmt.Sprintf("%d %q %d boxes: %q", s.Level, s.Title, len(s.Boxes), lf(t.Written(s.Body))))
	}
	for _, b := range t.Boxes {
		all = append(all, fmt.Sprintf("%v %q", b.Checked, b.Text))
	}
	for _, c := range t.Comments {
		all = append(all, lf(t.Slice(c)))
	}
	return all
}

func lf(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

func FuzzParse(f *testing.F) {
	for _, unit := range hostile {
		f.Add(strings.Repeat(unit, 3))
		f.Add("# a\n\n- [ ] b\n  " + unit + "\n\nc" + unit + unit)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := Parse(s)
		if err := check(text); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		for _, s := range text.Sections {
			if len(words(s.Title)) > 0 && text.Section(s.Title) == nil {
				t.Fatalf("%q is not found", s.Title)
			}
		}
		for i := -1; i < 4; i++ {
			text.Written(message.Span{Start: i, End: len(s) - i})
		}
		for _, c := range text.Comments {
			if w := text.Written(c); w != "" {
				t.Fatalf("%q: written in a comment: %q", s, w)
			}
		}
		for _, b := range text.Boxes {
			if w := text.Written(b.Span); (w != "") != b.Checked {
				t.Fatalf("%q: written in a box: %q", s, w)
			}
		}
		// The ends of lines do not matter.
		if strings.Contains(s, "\r") {
			return
		}
		windows := Parse(strings.ReplaceAll(s, "\n", "\r\n"))
		if err := check(windows); err != nil {
			t.Fatalf("%q: %v", windows.Text, err)
		}
		if got, want := outline(windows), outline(text); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q\nwith CRLF %q\nwith LF   %q", s, got, want)
		}
	})
}
