package lsp

import (
	"fmt"
	"strconv"
	"strings"

	"colophon/diagnostics"
	"colophon/words"
)

// mostOwned is of how many files of the change the maintainers are looked up.
const mostOwned = 200

// person is what is known of somebody whom a trailer names: an AI tool, the person who
// writes, a maintainer of these files.
func (x *explainer) person(value string) []string {
	who, ai := diagnostics.PersonOf(value)
	if who.Email == "" && !ai {
		return nil
	}
	name := x.v.code(who.Name)
	switch {
	case who.Name == "":
		name = x.v.code(who.Email)
	case who.Email != "":
		name = x.v.code(fmt.Sprintf("%s <%s>", who.Name, who.Email))
	}
	if ai {
		return []string{words.HoverPersonTool.With("person", name)}
	}
	var said []string
	c := x.known.commit
	if who.Email != "" && (strings.EqualFold(who.Email, c.Author.Email) || strings.EqualFold(who.Email, c.Committer.Email)) {
		said = append(said, words.HoverPersonYou.With("person", name))
	}
	if role := x.role(who, name, len(said) > 0); role != "" {
		said = append(said, role)
	}
	return said
}

// role is whether somebody maintains files of this change; "" where the policy does not
// ask who does, and where the person who writes does not.
func (x *explainer) role(who diagnostics.Person, name string, you bool) string {
	list := x.known.commit.Maintainers
	if list == nil {
		return ""
	}
	files := x.known.files[:min(len(x.known.files), mostOwned)]
	var theirs []string
	for _, f := range files {
		for _, o := range list.Of(f.Path) {
			if o.Is(who.Name, who.Email) {
				theirs = append(theirs, f.Path)
				break
			}
		}
	}
	file := x.v.code(list.File)
	switch n := len(theirs); {
	case n == 0 && you:
		return ""
	case n == 0 && list.Names(who.Name, who.Email):
		return words.HoverPersonElsewhere.With("person", name, "list", file)
	case n == 0:
		return words.HoverPersonUnnamed.With("person", name, "list", file)
	case n == len(files) && n > 1:
		return words.HoverPersonMaintains.With("person", name, "list", file, "files", words.HoverFilesAll.String())
	case n == 1:
		return words.HoverPersonMaintains.With("person", name, "list", file, "files", words.HoverFilesOne.With("path", x.v.code(theirs[0])))
	default:
		some := words.HoverFilesSome.With("path", x.v.code(theirs[0]), "n", strconv.Itoa(n-1), "all", strconv.Itoa(len(x.known.files)))
		return words.HoverPersonMaintains.With("person", name, "list", file, "files", some)
	}
}
