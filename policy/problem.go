package policy

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"colophon/words"
)

// Problem is something wrong in a policy file.
type Problem struct {
	Position
	Msg   string
	Write string // what to write in the place instead; "" where that is not clear

	base bool // it is one of an extended file, and names that
}

// meant adds the word that is probably meant, where one is near.
func (p *Problem) meant(word string, of []string) {
	if p.Write = near(word, of); p.Write != "" {
		p.Msg = words.ProblemMeant.With("problem", p.Msg, "word", p.Write)
	}
}

// Error is a policy that cannot be used: where and why.
type Error struct {
	File         string // as the person would name it
	Line, Column int    // from 1; column in characters. 0 where the file as a whole is meant
	Msg          string
	Path         string    // where the file is, or should be, if a path was named
	All          []Problem // every problem of the file, this one first
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("read policy %s: %s", e.File, e.Msg)
	}
	return fmt.Sprintf("read policy %s: line %d, column %d: %s", e.File, e.Line, e.Column, e.Msg)
}

// ofBase is what keeps an extended file from being used, with its name, and that of
// the last one only where it extends another.
func ofBase(err error) string {
	var e *Error
	switch {
	case !errors.As(err, &e):
		return err.Error()
	case len(e.All) > 0 && e.All[0].base:
		return e.Msg
	case e.Line == 0:
		return words.ProblemBase.With("file", e.File, "problem", e.Msg)
	}
	return words.ProblemBaseAt.With("file", e.File, "line", strconv.Itoa(e.Line), "column", strconv.Itoa(e.Column), "problem", e.Msg)
}

func noKind(kind string, kinds []string) string {
	return words.ProblemNoKind.With("kind", quote(kind), "kinds", some(kinds))
}

func noField(field string, fields []string) string {
	if len(fields) == 0 {
		return words.ProblemNoFields.With("field", quote(field))
	}
	return words.ProblemNoField.With("field", quote(field), "fields", some(fields))
}

func noZoneOrRing(name string, zones []string) string {
	if len(zones) == 0 {
		return words.ProblemNoZonesRing.With("zone", quote(name), "rings", some(rings))
	}
	return words.ProblemNoZoneRing.With("zone", quote(name), "zones", some(zones), "rings", some(rings))
}

// some lists words for a sentence that stays readable.
func some(list []string) string {
	const most = 10
	if len(list) <= most {
		return inWords(list, words.ListAll)
	}
	return words.ListMore.With("first", strings.Join(list[:most], ", "), "n", strconv.Itoa(len(list)-most))
}

// clip keeps a quoted text short.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// quote is a text that the person has written, as a problem shows it.
func quote(s string) string { return strconv.Quote(clip(s)) }
