package message

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestInterpretTrailers: raw texts, as a patch in a mail (with the divider) and
// as the file a hook is given (without).
func TestInterpretTrailers(t *testing.T) {
	r, modern := newRepo(t), modern(t)
	if !modern {
		t.Log("git before 2.45: no comment strings, no scissors below a divider")
	}
	rapid.Check(t, func(t *rapid.T) {
		s := anySurrounded(modern, 40).Draw(t, "texts")
		divider := rapid.Bool().Draw(t, "divider")
		o := s.setup.options(Verbatim)
		o.Cut, o.Divider = CutNever, divider
		for i, text := range s.texts {
			if !modern && divider {
				text = withoutScissors(text)
			}
			// interpret-trailers completes the last line, and takes an empty
			// first one for the subject.
			text = contentStart(text)
			if !strings.HasSuffix(text, "\n") {
				text += "\n"
			}
			s.texts[i] = text
		}
		want, err := r.with(s.setup).parseAll(s.texts, divider)
		if err != nil {
			t.Fatal(err)
		}
		for i, text := range s.texts {
			if got := s.setup.printed(Parse(text, o).Trailers); got != want[i] {
				t.Fatalf("%+v divider %t: %q\ngot  %q\ngit  %q", s.setup, divider, text, got, want[i])
			}
		}
	})
}

// TestLog: commits as they may stand in a history, whoever made them.
func TestLog(t *testing.T) {
	r, modern := newRepo(t), modern(t)
	rapid.Check(t, func(t *rapid.T) {
		s := anySurrounded(modern, 40).Draw(t, "texts")
		o := s.setup.options(Verbatim)
		o.Cut = CutNever
		want, err := r.with(s.setup).logAll(s.texts)
		if err != nil {
			t.Fatal(err)
		}
		for i, text := range s.texts {
			if got := s.setup.logged(Parse(text, o).Trailers); got != want[i] {
				t.Fatalf("%+v: %q\ngot  %q\ngit  %q", s.setup, text, got, want[i])
			}
		}
	})
}

// TestCleaned: what is read before the cleanup is what `git log` reads after
// it. The cleanup itself is held against git in TestCommit.
func TestCleaned(t *testing.T) {
	r, modern := newRepo(t), modern(t)
	rapid.Check(t, func(t *rapid.T) {
		s := anySurrounded(modern, 40).Draw(t, "texts")
		messages := make([]*Message, len(s.texts))
		cleaned := make([]string, len(s.texts))
		for i, text := range s.texts {
			o := s.setup.options(rapid.SampledFrom([]Cleanup{Strip, Whitespace, Scissors}).Draw(t, "cleanup"))
			o.Cut = rapid.SampledFrom([]Cut{CutGuess, CutAlways, CutNever}).Draw(t, "cut")
			messages[i] = Parse(text, o)
			cleaned[i] = messages[i].Clean()
		}
		want, err := r.with(s.setup).logAll(cleaned)
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range messages {
			if got := s.setup.logged(m.Trailers); got != want[i] {
				t.Fatalf("%+v: %q\ngot  %q\ngit  %q", m.Options, m.Text, got, want[i])
			}
		}
	})
}

// TestCommit: messages typed into the editor of a real `git commit`.
func TestCommit(t *testing.T) {
	r, modern := newRepo(t), modern(t)
	if err := r.change(); err != nil {
		t.Fatal(err)
	}
	kept := make(map[string]int)
	rapid.Check(t, func(t *rapid.T) {
		s := anySetup(modern).Draw(t, "setup")
		cleanup := rapid.SampledFrom([]Cleanup{"default", "default", Strip, Whitespace, Scissors, Verbatim}).Draw(t, "cleanup")
		verbose := rapid.Bool().Draw(t, "verbose")
		onTop := rapid.Bool().Draw(t, "on top of git's text")
		text := anyText(s.options("").normal().Comment).Draw(t, "text")

		args := []string{"--cleanup=" + string(cleanup)}
		o := s.options(cleanup)
		if cleanup == "default" {
			o.Cleanup = Strip
		}
		o.Cut = CutNever
		if verbose {
			args = append(args, "-v")
			o.Cut = CutAlways
		}
		raw, buffer, err := r.with(s).commit(text, onTop, args...)
		m := Parse(buffer, o)
		if strings.Contains(m.Clean(), "\x00") {
			if err == nil {
				t.Fatalf("%v: git took %q", args, buffer)
			}
			kept["refused"]++
			return
		}
		if err != nil {
			t.Fatalf("%q: %v", buffer, err)
		}
		kept[string(cleanup)]++
		if err := r.with(s).compare(m, raw); err != nil {
			t.Fatalf("%+v %v: %q\n%v", s, args, buffer, err)
		}
	})
	t.Log(kept)
}

// compare holds a message against the commit that git just made of it.
func (r *repo) compare(m *Message, raw string) error {
	if want := latin1(m.Clean()); raw != want {
		return fmt.Errorf("message\ngot  %q\ngit  %q", want, raw)
	}
	want, _, _ := strings.Cut(contentStart(raw), "\n")
	if got := latin1(m.Slice(m.Subject)); got != want {
		return fmt.Errorf("subject\ngot  %q\ngit  %q", got, want)
	}
	if m.Empty() != (contentStart(raw) == "") {
		return fmt.Errorf("empty: got %t of %q", m.Empty(), raw)
	}
	logged, err := r.git("", "log", "-1", "--format="+trailersFormat)
	if err != nil {
		return err
	}
	if got := latin1(r.setup.logged(m.Trailers)); got != strings.TrimSuffix(logged, "\n") {
		return fmt.Errorf("trailers\ngot  %q\ngit  %q", got, logged)
	}
	return nil
}

// TestCutGuess: buffers that git made itself, where nobody tells the parser
// whether git will cut.
func TestCutGuess(t *testing.T) {
	r := newRepo(t)
	if err := r.change(); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := setup{comment: rapid.SampledFrom([]string{"#", ";"}).Draw(t, "comment")}
		cleanup := rapid.SampledFrom([]Cleanup{Strip, Whitespace, Scissors, Verbatim}).Draw(t, "cleanup")
		args := []string{"--cleanup=" + string(cleanup)}
		args = append(args, rapid.SampledFrom([][]string{nil, {"-v"}, {"-v", "-v"}, {"-v", "--no-status"}, {"-s"}}).Draw(t, "more")...)
		text := strings.ReplaceAll(anyText(s.comment).Draw(t, "text"), "\x00", "0")
		// A scissors line that a person typed may be git's word for word.
		text = withoutScissors(text)
		raw, buffer, err := r.with(s).commit(text, true, args...)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.with(s).compare(Parse(buffer, s.options(cleanup)), raw); err != nil {
			t.Fatalf("%+v %v: %q\n%v", s, args, buffer, err)
		}
	})
}
