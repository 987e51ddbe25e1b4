package message

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// anyOptions goes with a setup; cut and divider are any.
func anyOptions(s setup) *rapid.Generator[Options] {
	return rapid.Custom(func(t *rapid.T) Options {
		o := s.options(rapid.SampledFrom([]Cleanup{"", Strip, Whitespace, Scissors, Verbatim}).Draw(t, "cleanup"))
		o.Cut = rapid.SampledFrom([]Cut{CutGuess, CutAlways, CutNever}).Draw(t, "cut")
		o.Divider = rapid.Bool().Draw(t, "divider")
		return o
	})
}

func anyMessage() *rapid.Generator[*Message] {
	return rapid.Custom(func(t *rapid.T) *Message {
		s := anySetup(true).Draw(t, "setup")
		o := anyOptions(s).Draw(t, "options")
		return Parse(anyText(o.normal().Comment).Draw(t, "text"), o)
	})
}

func TestParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range 20 { // a message is small beside what a run costs
			m := anyMessage().Draw(t, "message")
			if err := checkMessage(m); err != nil {
				t.Fatalf("%+v %q\n%v", m.Options, m.Text, err)
			}
		}
	})
}

// checkMessage says what is wrong with the spans of a message.
func checkMessage(m *Message) error {
	if err := checkLines(m); err != nil {
		return err
	}
	inside := func(s, o Span) bool { return o.Start <= s.Start && s.Start <= s.End && s.End <= o.End }
	above := Span{0, m.Cut}
	if !inside(m.Subject, above) || !inside(m.Block, above) {
		return fmt.Errorf("subject %v, block %v above %d", m.Subject, m.Block, m.Cut)
	}
	if m.Empty() != (m.LastParagraph() < 0) || !m.Empty() && m.Paragraph(0)[0].Span != m.Subject {
		return fmt.Errorf("subject %v is not the first line of %v", m.Subject, m.Paragraph(0))
	}
	if m.Block.Len() == 0 && len(m.Trailers) > 0 {
		return fmt.Errorf("trailers %v without a block", m.Trailers)
	}
	at, first := m.Block.Start, 0
	for _, t := range m.Trailers {
		if t.Span.Start < at || !inside(t.Span, m.Block) {
			return fmt.Errorf("trailer %v behind %d in block %v", t, at, m.Block)
		}
		at = t.Span.End
		if m.Slice(t.TokenSpan) != t.Token || t.TokenSpan.Start != t.Span.Start || t.TokenSpan.End >= t.ValueSpan.Start || !inside(t.ValueSpan, t.Span) {
			return fmt.Errorf("token and value of %+v", t)
		}
		if !t.Is(strings.ToUpper(t.Token)) {
			return fmt.Errorf("%q is not itself", t.Token)
		}
		for i, s := range t.Lines {
			n := first + slices.IndexFunc(m.Lines[first:], func(l Line) bool { return l.Full == s })
			want := Continuation
			if i == 0 {
				want = TrailerLine
			}
			if n < first || m.Lines[n].Kind != want {
				return fmt.Errorf("line %d of %+v", i, t)
			}
			first = n + 1
		}
		if last := m.Lines[first-1]; last.End != t.Span.End {
			return fmt.Errorf("%+v does not end with its last line %+v", t, last)
		}
		if err := checkValue(m, t); err != nil {
			return err
		}
	}
	return nil
}

func checkLines(m *Message) error {
	at, paragraph := 0, -1
	var all strings.Builder
	for i, l := range m.Lines {
		full := m.Slice(l.Full)
		all.WriteString(full)
		if l.Full.Start != at || full == "" || strings.Contains(full[:len(full)-1], "\n") {
			return fmt.Errorf("line %d: %+v starts at %d, or is not a line", i, l, at)
		}
		at = l.Full.End
		if l.Start != l.Full.Start || l.End < l.Start || l.End > l.Full.End || trimRight(full) != trimRight(m.Slice(l.Span)) {
			return fmt.Errorf("line %d: %+v", i, l)
		}
		if (l.Kind == Blank || l.Kind == Comment) != (l.Paragraph < 0) || (l.Kind == Subject) != (l.Paragraph == 0) {
			return fmt.Errorf("line %d: %+v", i, l)
		}
		if l.Paragraph >= 0 && l.Paragraph != paragraph {
			if paragraph++; l.Paragraph != paragraph {
				return fmt.Errorf("line %d: paragraph %d after %d", i, l.Paragraph, paragraph-1)
			}
		}
		for _, offset := range []int{l.Full.Start, l.End, l.Full.End - 1} {
			if got, ok := m.LineAt(offset); !ok || got != l {
				return fmt.Errorf("LineAt(%d) is %+v, %t; want %+v", offset, got, ok, l)
			}
		}
	}
	if at != m.Cut || all.String()+m.Below() != m.Text {
		return fmt.Errorf("%d lines end at %d of %d", len(m.Lines), at, m.Cut)
	}
	return nil
}

// TestScissorsBelowDivider stands alone because git before 2.45, asked the same,
// may never answer; the newer are asked in TestInterpretTrailers.
func TestScissorsBelowDivider(t *testing.T) {
	m := Parse("Subject\n\nAI-used-for: tests\n---\nKey: x\n#"+cutMark+"more\n", Options{Cleanup: Verbatim, Cut: CutNever, Divider: true})
	if got := plainly(m.Trailers); !slices.Equal(got, []plain{{"AI-used-for", "tests"}}) {
		t.Errorf("got %q", got)
	}
}

var fold = regexp.MustCompile(`\n[ \t\r\n]*`)

// unfolded is what git makes of a stretch of the text: cleaned, on one line,
// without blanks around it.
func unfolded(text string, o Options) string {
	var lines []string
	for i, line := range strings.Split(text, "\n") {
		if i > 0 && o.StripsComments() && strings.HasPrefix(line, o.Comment) {
			continue
		}
		if o.Cleanup != Verbatim {
			line = trimRight(line)
		}
		lines = append(lines, line)
	}
	return trim(fold.ReplaceAllString(strings.Join(lines, "\n"), " "))
}

func checkValue(m *Message, t Trailer) error {
	if strings.Contains(m.Text, "\x00") {
		return nil // the value ends there, the line does not
	}
	if got := unfolded(m.Slice(t.ValueSpan), m.Options); got != t.Value {
		return fmt.Errorf("value %q under span, %q in trailer", got, t.Value)
	}
	step := 1 + len(t.Value)/40
	for from := 0; from <= len(t.Value); from += step {
		for to := from; to <= len(t.Value); to += step {
			s := t.At(Span{from, to})
			if s.Start < t.ValueSpan.Start || s.End < s.Start || s.End > t.ValueSpan.End {
				return fmt.Errorf("At(%d, %d) of %q is %v, outside of %v", from, to, t.Value, s, t.ValueSpan)
			}
			if got, want := unfolded(m.Slice(s), m.Options), trim(t.Value[from:to]); got != want {
				return fmt.Errorf("At(%d, %d) of %q is %q", from, to, t.Value, got)
			}
		}
	}
	return nil
}

// TestDetectComment: git picks the character (core.commentChar=auto), we read it
// off the buffer.
func TestDetectComment(t *testing.T) {
	r := newRepo(t)
	if err := r.change(); err != nil {
		t.Fatal(err)
	}
	picked := make(map[string]int)
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom([]string{"#", "# x", ";", "; #", "@@ x", "!", "$", "%d", "^", "&", "|", "text", "", "\t#"})
		text := strings.Join(rapid.SliceOfN(line, 0, 9).Draw(t, "lines"), "\n")
		args := []string{"-e", "--cleanup=strip"}
		args = append(args, rapid.SampledFrom([][]string{{}, {"-v"}, {"-s"}}).Draw(t, "more")...)
		c := *r
		c.config = append(slices.Clone(r.config), "-c", "core.commentChar=auto")
		_, buffer, err := c.commit("", true, append(args, "-m", text)...)
		if err != nil {
			t.Fatal(err)
		}
		i := strings.Index(buffer, " Please enter the commit message")
		want := buffer[i-1 : i]
		picked[want]++
		if got := DetectComment(buffer); got != want {
			t.Fatalf("%q: got %s, git picked %s", buffer, got, want)
		}
	})
	if len(picked) < 3 {
		t.Errorf("git picked only %v", picked)
	}
	t.Log(picked)
}
