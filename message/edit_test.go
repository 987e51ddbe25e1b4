package message

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestApply(t *testing.T) {
	text := rapid.StringOfN(rapid.SampledFrom([]rune("ab\n é")), 0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		for range 20 {
			text := text.Draw(t, "text")
			edits := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Edit {
				at := rapid.IntRange(0, len(text)).Draw(t, "start")
				end := min(len(text)+1, at+rapid.SampledFrom([]int{0, 0, 1, 2, 5}).Draw(t, "length"))
				return Edit{Span{at, end}, rapid.SampledFrom([]string{"", "X", "YZ", "\n"}).Draw(t, "with")}
			}), 0, 5).Draw(t, "edits")
			if err := checkApply(text, edits); err != nil {
				t.Fatal(err)
			}
		}
	})
	if _, err := Apply("ab", []Edit{{Span{1, 0}, ""}}); err == nil {
		t.Error("a span that ends before it starts fits")
	}
	if _, err := Apply("ab", []Edit{{Span{-1, 0}, ""}}); err == nil {
		t.Error("a span that starts before the text fits")
	}
}

// checkApply holds Apply against the slow way: byte after byte.
func checkApply(text string, edits []Edit) error {
	fits := true
	for i, a := range edits {
		fits = fits && a.Span.End <= len(text)
		for _, b := range edits[:i] {
			x, y := a.Span, b.Span
			if x.Len() == 0 || y.Len() == 0 {
				fits = fits && !(x.Start < y.Start && y.Start < x.End) && !(y.Start < x.Start && x.Start < y.End)
			} else {
				fits = fits && (x.End <= y.Start || y.End <= x.Start)
			}
		}
	}
	given := slices.Clone(edits)
	got, err := Apply(text, edits)
	if (err == nil) != fits {
		return fmt.Errorf("%q %v: fits %t, error %v", text, edits, fits, err)
	}
	if !slices.Equal(given, edits) {
		return fmt.Errorf("Apply changed %v to %v", given, edits)
	}
	if err != nil {
		return nil
	}
	var want strings.Builder
	for i := range len(text) + 1 {
		gone := i == len(text)
		for _, e := range edits {
			if e.Span.Start == i && e.Span.Len() == 0 {
				want.WriteString(e.Text)
			}
		}
		for _, e := range edits {
			if e.Span.Start == i && e.Span.Len() > 0 {
				want.WriteString(e.Text)
			}
			gone = gone || e.Span.Start <= i && i < e.Span.End
		}
		if !gone {
			want.WriteByte(text[i])
		}
	}
	if got != want.String() {
		return fmt.Errorf("%q %v: got %q, want %q", text, edits, got, want.String())
	}
	return nil
}

// newOne is what TestAddTrailer adds.
type newOne struct{ token, value, before string }

func anyNew() *rapid.Generator[newOne] {
	return rapid.Custom(func(t *rapid.T) newOne {
		return newOne{
			rapid.SampledFrom([]string{"AI-used-for", "Assisted-by", "Signed-off-by", "Fixes", "X"}).Draw(t, "token"),
			rapid.SampledFrom([]string{"tests", "code (refactoring), docs", "", "a: b", "é\xff"}).Draw(t, "value"),
			rapid.SampledFrom([]string{"", "Signed-off-by", "signed-off-by", "Reviewed-by", "--"}).Draw(t, "before"),
		}
	})
}

func TestAddTrailer(t *testing.T) {
	r, modern := newRepo(t), modern(t)
	rapid.Check(t, func(t *rapid.T) {
		s := anySetup(modern).Draw(t, "setup")
		var added []*Message
		o := anyOptions(s).Draw(t, "options")
		for _, text := range rapid.SliceOfN(anyText(o.normal().Comment), 1, 20).Draw(t, "texts") {
			if !modern && o.Divider {
				text = withoutScissors(text)
			}
			m, err := checkAdd(Parse(strings.ReplaceAll(text, "\x00", "0"), o), anyNew().Draw(t, "new"))
			if err != nil {
				t.Fatal(err)
			}
			added = append(added, m)
		}
		if err := r.with(s).reads(added); err != nil {
			t.Fatal(err)
		}
	})
}

// reads holds edited messages against git.
func (r *repo) reads(messages []*Message) error {
	texts := make([]string, len(messages))
	for i, m := range messages {
		texts[i] = contentStart(m.Clean())
		if !strings.HasSuffix(texts[i], "\n") { // interpret-trailers completes the last line
			texts[i] += "\n"
			messages[i] = Parse(texts[i], m.Options)
		}
	}
	answers, err := r.parseAll(texts, messages[0].Options.Divider)
	if err != nil {
		return err
	}
	for i, m := range messages {
		if got := r.setup.printed(m.Trailers); got != answers[i] {
			return fmt.Errorf("%+v %q\ngot  %q\ngit  %q", m.Options, m.Text, got, answers[i])
		}
	}
	return nil
}

type plain struct{ token, value string }

func plainly(trailers []Trailer) []plain {
	all := []plain{}
	for _, t := range trailers {
		all = append(all, plain{t.Token, t.Value})
	}
	return all
}

// checkAdd adds a trailer and returns the message that has it. Nothing else may
// change: taking the line out again gives back the old message.
//
// A verbatim message may end in a divider or scissors line that only its missing
// newline keeps from being one. Any line added below makes it one; that case is
// left out.
func checkAdd(m *Message, n newOne) (*Message, error) {
	m = decided(m)
	if m.Options.Cleanup == Verbatim && (strings.HasSuffix(m.Text, "---") || strings.HasSuffix(m.Text+"\n", cutMark)) {
		m = Parse(m.Text+"\n", m.Options)
	}
	text, err := Apply(m.Text, []Edit{m.AddTrailer(n.token, n.value, n.before)})
	if err != nil {
		return nil, err
	}
	before, after := m, Parse(text, m.Options)
	if m.Slice(m.Subject) == "Conflicts:" {
		return after, nil // at the first line git's old list has no end
	}
	// Until there is a subject, git takes the trailers for it.
	unread := !slices.ContainsFunc(m.Lines, func(l Line) bool { return l.Paragraph >= 0 && l.Start < m.end })
	if unread || m.Unwritten() {
		if (m.Empty() || m.Unwritten()) && !after.Unwritten() {
			return nil, fmt.Errorf("%+v %q: %q has no place for a subject", m.Options, m.Text, text)
		}
		apart := m.Newline() + m.Newline()
		subject := "Subject"
		if m.Unwritten() { // `git commit -s` leaves two lines free, but a person may have taken one out
			subject += apart
		}
		before = Parse(m.Text[:m.Start]+"Subject"+apart+m.Text[m.Start:], m.Options)
		after = Parse(text[:after.Start]+subject+text[after.Start:], m.Options)
	}
	at := slices.IndexFunc(before.Trailers, func(t Trailer) bool { return n.before != "" && t.Is(n.before) })
	if at < 0 {
		at = len(before.Trailers)
	}
	want := slices.Insert(plainly(before.Trailers), at, plain{n.token, n.value})
	if got := plainly(after.Trailers); !slices.Equal(got, want) {
		return nil, fmt.Errorf("%+v %q + %v = %q\ngot  %q\nwant %q", m.Options, m.Text, n, text, got, want)
	}
	undone, err := Apply(after.Text, after.RemoveLines(after.Trailers[at].Lines))
	if err != nil {
		return nil, err
	}
	back := Parse(undone, m.Options)
	got, was := back.Clean(), before.Clean()
	if m.end < m.Cut { // what stands right under the body now has an empty line above
		got, was = withoutBlanks(Parse(got, m.Options)), withoutBlanks(Parse(was, m.Options))
	}
	if m.Options.Cleanup == Verbatim { // the last line may have got its ending
		got, was = trimRight(got), trimRight(was)
	}
	if got != was {
		return nil, fmt.Errorf("%+v %q + %v = %q\nand back %q\nwant     %q", m.Options, m.Text, n, text, got, was)
	}
	return after, nil
}

func TestRemoveTrailer(t *testing.T) {
	r, modern := newRepo(t), modern(t)
	lost := 0
	rapid.Check(t, func(t *rapid.T) {
		s := anySetup(modern).Draw(t, "setup")
		o := anyOptions(s).Draw(t, "options")
		var left []*Message
		for _, text := range rapid.SliceOfN(anyText(o.normal().Comment), 1, 20).Draw(t, "texts") {
			if !modern && o.Divider {
				text = withoutScissors(text)
			}
			m := Parse(strings.ReplaceAll(text, "\x00", "0"), o)
			for i := range m.Trailers {
				after, err := checkRemove(m, i)
				if err != nil {
					t.Fatal(err)
				}
				if len(after.Trailers) < len(m.Trailers)-1 {
					lost++
				}
				left = append(left, after)
			}
		}
		if len(left) == 0 {
			return
		}
		if err := r.with(s).reads(left); err != nil {
			t.Fatal(err)
		}
	})
	if lost == 0 {
		t.Error("no block became invalid by a removal, so that was not tried")
	}
}

// checkRemove takes trailer i out. The others stay, unless other lines of the
// block are too many for what is left of it, by git's reckoning; where no
// trailer is left of it, the paragraph above may be the block.
func checkRemove(m *Message, i int) (*Message, error) {
	after, err := checkRemoveLines(m, m.Trailers[i].Lines)
	if err != nil {
		return nil, err
	}
	others := slices.ContainsFunc(m.Lines, func(l Line) bool { return l.Kind == Other })
	got, want := plainly(after.Trailers), slices.Delete(plainly(m.Trailers), i, i+1)
	switch {
	case slices.Equal(got, want):
	case len(got) == 0 && others:
	case slices.ContainsFunc(want, func(p plain) bool { return p.token == "Conflicts" }): // nothing but its list of conflicts may be left
	case len(want) == 0: // git says what the last paragraph is now
	default:
		return nil, fmt.Errorf("%+v %q - trailer %d = %q\ngot  %q\nwant %q", m.Options, m.Text, i, after.Text, got, want)
	}
	return after, nil
}

// checkRemoveLines holds RemoveLines against the plain removal, which leaves
// the empty lines.
func checkRemoveLines(m *Message, lines []Span) (*Message, error) {
	m = decided(m)
	text, err := Apply(m.Text, m.RemoveLines(lines))
	if err != nil {
		return nil, fmt.Errorf("%+v %q - %v: %w", m.Options, m.Text, lines, err)
	}
	var plainly strings.Builder
	for _, l := range m.Lines {
		if !slices.Contains(lines, l.Full) {
			plainly.WriteString(m.Slice(l.Full))
		}
	}
	plainly.WriteString(m.Below())
	after, naive := Parse(text, m.Options), Parse(plainly.String(), m.Options)
	got, want := after.Clean(), naive.Clean()
	if m.Options.Cleanup == Verbatim {
		got, want = withoutBlanks(after), withoutBlanks(naive)
	}
	if got != want {
		return nil, fmt.Errorf("%+v %q - %v = %q\ngot  %q\nwant %q", m.Options, m.Text, lines, text, got, want)
	}
	if !strings.HasSuffix(text, m.Below()) {
		return nil, fmt.Errorf("%+v %q - %v = %q: more than above the cut", m.Options, m.Text, lines, text)
	}
	return after, nil
}

// decided is the message without a guess at the cut: with other lines around a
// typed scissors line the guess may be another.
func decided(m *Message) *Message {
	o := m.Options
	o.Cut = CutNever
	if m.Cut < len(m.Text) {
		o.Cut = CutAlways
	}
	return Parse(m.Text, o)
}

func withoutBlanks(m *Message) string {
	var b strings.Builder
	for _, l := range m.Lines {
		if l.Kind != Blank {
			b.WriteString(m.Slice(l.Full))
		}
	}
	return b.String()
}

func TestRemoveLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMessage().Draw(t, "message")
		var lines []Span
		for _, l := range m.Lines {
			if rapid.Bool().Draw(t, "out") {
				lines = append(lines, l.Full)
			}
		}
		if _, err := checkRemoveLines(m, lines); err != nil {
			t.Fatal(err)
		}
	})
}
