package policy

import (
	"regexp"
	"strings"
	"sync"

	"colophon/words"
)

// The forms that name a person or a place, for trailers such as an approval.

var personForm = Form{
	Name: Person, Looks: "Name <address>", Example: "Mary Maintainer <mary@example.org>",
	About: words.FormPerson.String(),
	faults: func(_ *Disclosure, value string) []Fault {
		name, rest, ok := strings.Cut(value, "<")
		address, behind, closed := strings.Cut(rest, ">")
		switch {
		case !ok, strings.TrimSpace(name) == "":
			return []Fault{{Span: whole(value), Says: words.WantsPerson.String()}}
		case !closed, !strings.Contains(address, "@"), strings.ContainsAny(address, " \t<"), strings.TrimSpace(behind) != "":
			f := Fault{Span: whole(value), Says: words.WantsAddress.String()}
			f.Span.Start = len(name)
			return []Fault{f}
		}
		return nil
	},
	write: func(*Disclosure, Help) string { return fillPerson },
}

var linkForm = Form{
	Name: Link, Looks: "a link", Example: "https://example.org/issues/12",
	About: words.FormLink.String(),
	faults: func(_ *Disclosure, value string) []Fault {
		if linked().MatchString(value) {
			return nil
		}
		return []Fault{{Span: whole(value), Says: words.WantsLink.String()}}
	},
}

var linked = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:https?://[^\s/]+\S*|<[^\s<>@]+@[^\s<>@]+>|(?:[\w.-]+/[\w.-]+)?#\d+)$`)
})
