package diagnostics

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first needed:
// compiling all of them takes as long as the rest of the program's start.
type pattern func() *regexp.Regexp

func compile(expr string) pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

func (p pattern) MatchString(s string) bool { return p().MatchString(s) }
