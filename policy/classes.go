package policy

import (
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"colophon/change"
	"colophon/words"
)

// Class says what a file is for. Every path has exactly one.
type Class string

// The classes. A path is looked up in the order generated, vendored, test,
// documentation, first in the gitattributes, then by the patterns; what is none of
// these is code.
const (
	Code          Class = "code"
	Test          Class = "test"
	Documentation Class = "documentation"
	Generated     Class = "generated"
	Vendored      Class = "vendored"
)

// Classes are the patterns of each class. A nil list has the usual patterns.
type Classes struct {
	Test          []string       `yaml:"test" doc:"Patterns of test files; the usual ones, if not given." form:"glob"`
	Documentation []string       `yaml:"documentation" doc:"Patterns of documentation; the usual ones, if not given." form:"glob"`
	Generated     []string       `yaml:"generated" doc:"Patterns of files that a tool writes; the usual ones, if not given." form:"glob"`
	Vendored      []string       `yaml:"vendored" doc:"Patterns of files taken over from elsewhere; the usual ones, if not given." form:"glob"`
	Mark          Interpretation `yaml:"interpretation" doc:"What here is a reading and not the project's text: true, or the reason." form:"mark"`
}

// What most repositories call their tests and their documentation.
var (
	usualTests         = []string{"**/test/**", "**/tests/**", "**/testdata/**", "**/__tests__/**", "t/**", "test_*", "*_test.*", "*.test.*", "*.spec.*"}
	usualDocumentation = []string{"**/doc/**", "**/docs/**", "Documentation/**", "*.md", "*.rst", "*.adoc", "README*", "CHANGELOG*", "LICENSE*", "COPYING*"}
	usualGenerated     = []string{"go.sum", "*.lock", "package-lock.json", "*.pb.go"}
	usualVendored      = []string{"**/vendor/**", "**/third_party/**", "**/node_modules/**"}
)

// File is a file of a change with what the policy makes of it.
type File struct {
	*change.File
	Class   Class
	Zones   []*Zone
	Counted int // counted lines, whatever the class

	Unlimited bool // the limit is for zones, and the file lies in none of them
}

// Files sorts the files of a change into classes and zones and counts their
// lines. A nil policy has the usual classes and no zones.
func (p *Policy) Files(c *change.Change) []File {
	if c == nil {
		return nil
	}
	var count change.Count
	if p != nil && p.Limits.SmallFix != nil {
		count = change.Count(p.Limits.SmallFix.Count)
	}
	files := make([]File, len(c.Files))
	for i := range c.Files {
		if i%100 == 99 {
			runtime.Gosched() // somebody may be typing
		}
		f := &c.Files[i]
		files[i] = File{File: f, Class: p.ClassOf(f.Path, c.Attributes[f.Path]), Counted: f.Counted(count)}
		if p != nil {
			files[i].Zones = p.zones(f)
			files[i].Unlimited = !p.limited(files[i].Zones)
		}
	}
	return files
}

// limited tells whether the limit is for files in these zones.
func (p *Policy) limited(zones []*Zone) bool {
	l := p.Limits.SmallFix
	return l == nil || len(l.Zones) == 0 || slices.ContainsFunc(zones, func(z *Zone) bool { return slices.Contains(l.Zones, z.Name) })
}

// Class is the class of a path relative to the top of the work tree, by the
// patterns alone.
func (p *Policy) Class(name string) Class { return p.ClassOf(name, change.Attributes{}) }

// ClassOf is the class of a path with what gitattributes say of it. They count
// before the patterns: what they set is so, and what they unset is not.
func (p *Policy) ClassOf(name string, a change.Attributes) Class {
	var c Classes
	if p != nil {
		c = p.Classes
	}
	classes := []struct {
		class        Class
		mark         change.Mark
		given, usual []string
	}{
		{Generated, a.Generated, c.Generated, usualGenerated},
		{Vendored, a.Vendored, c.Vendored, usualVendored},
		{Test, change.Unspecified, c.Test, usualTests},
		{Documentation, a.Documentation, c.Documentation, usualDocumentation},
	}
	for _, t := range classes {
		if t.mark == change.Set {
			return t.class
		}
	}
	for _, t := range classes {
		if t.given == nil {
			t.given = t.usual
		}
		if t.mark != change.Unset && matchAny(t.given, name) {
			return t.class
		}
	}
	return Code
}

// zones are the zones a file lies in, or lay in before it was renamed.
func (p *Policy) zones(f *change.File) []*Zone {
	var in []*Zone
	for i := range p.Zones {
		z := &p.Zones[i]
		for _, name := range []string{f.Path, f.From} {
			if name != "" && matchAny(z.Paths, name) && !matchAny(z.Except, name) {
				in = append(in, z)
				break
			}
		}
	}
	return in
}

func matchAny(patterns []string, name string) bool {
	for _, p := range patterns {
		if match(p, name) {
			return true
		}
	}
	return false
}

// match reads a pattern as contributors know it from .gitignore: one without a
// slash matches the file's name in any folder; one with a slash the whole path
// from the top, where ** stands for any number of folders; a slash at the end
// takes everything below.
func match(pattern, name string) bool {
	if strings.HasSuffix(pattern, "/") {
		pattern += "**"
	}
	if !strings.Contains(pattern, "/") {
		name = path.Base(name)
	}
	pattern = strings.TrimPrefix(pattern, "/")
	ok, _ := doublestar.Match(pattern, name)
	return ok
}

// The bounds keep a hostile pattern from costing more than it is worth.
const (
	maxPattern = 200 // bytes
	maxStars   = 12
	maxBraces  = 3
)

// badPattern says what is wrong with a pattern; "" if nothing.
func badPattern(p string) string {
	switch {
	case p == "":
		return words.ProblemGlobEmpty.String()
	case len(p) > maxPattern:
		return words.ProblemGlobLong.With("most", strconv.Itoa(maxPattern))
	case strings.Count(p, "*") > maxStars || strings.Count(p, "{") > maxBraces:
		return words.ProblemGlobStars.With("pattern", quote(p), "stars", strconv.Itoa(maxStars), "braces", strconv.Itoa(maxBraces))
	case !doublestar.ValidatePattern(p):
		return words.ProblemGlob.With("pattern", quote(p))
	case strings.HasPrefix(p, "!"):
		return words.ProblemGlobExcept.With("pattern", quote(p))
	}
	return ""
}
