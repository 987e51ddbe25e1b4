package policy

import (
	"regexp"
	"strings"
	"sync"
)

// The forms that name a person or a place, for trailers such as an approval.

var personForm = Form{
	Name: Person, Looks: "Name <address>", Example: "Mary Maintainer <mary@example.org>",
	About: "A person with an e-mail address.",
	faults: func(_ *Disclosure, value string) []Fault {
		name, rest, ok := strings.Cut(value, "<")
		address, behind, closed := strings.Cut(rest, ">")
		switch {
		case !ok, strings.TrimSpace(name) == "":
			return []Fault{{Span: whole(value), Says: "wants a person here, as `Name <address>`"}}
		case !closed, !strings.Contains(address, "@"), strings.ContainsAny(address, " \t<"), strings.TrimSpace(behind) != "":
			f := Fault{Span: whole(value), Says: "wants the person's e-mail address here, as `Name <address>`"}
			f.Span.Start = len(name)
			return []Fault{f}
		}
		return nil
	},
	write: func(*Disclosure, Help) string { return fillPerson },
}

var linkForm = Form{
	Name: Link, Looks: "a link", Example: "https://example.org/issues/12",
	About: "A web address, a Message-ID in angle brackets, or an issue's number with #.",
	faults: func(_ *Disclosure, value string) []Fault {
		if linked().MatchString(value) {
			return nil
		}
		return []Fault{{Span: whole(value), Says: "wants a link here: a web address, a Message-ID in angle brackets, or an issue's number with #"}}
	},
}

var linked = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:https?://[^\s/]+\S*|<[^\s<>@]+@[^\s<>@]+>|(?:[\w.-]+/[\w.-]+)?#\d+)$`)
})
