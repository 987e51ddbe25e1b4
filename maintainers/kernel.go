package maintainers

import (
	"regexp"
	"strings"
	"unicode"
)

// kernel is a MAINTAINERS file in the form of the kernel and QEMU. Patterns
// match as in their scripts/get_maintainer.pl, also where that surprises:
// without a slash at its end, `F: a/b.c` takes a/b.cpp too.
type kernel struct {
	sections [][]int // the maintainers of each; only sections with both people and patterns
	in       map[string][]pattern
	regexes  []regex
}

type pattern struct {
	section int
	not     bool   // X:
	rest    string // what follows the folder
	wild    bool   // rest has *, ? or [
	below   bool   // it ends in a slash: everything below
	folder  bool   // it has no slash there, but is a folder in the tree
}

type regex struct {
	section int
	*regexp.Regexp
}

// An expression in a file must not cost much to hold or to try. Those in use
// are a word or two.
const (
	maxRegex   = 200
	maxRegexes = 500
)

// parseKernel reads a file. isFolder tells of a name in the tree.
func parseKernel(text string, p *people, isFolder func(string) bool) (*kernel, error) {
	k := &kernel{in: map[string][]pattern{}}
	type line struct {
		tag   byte
		value string
	}
	var owners []int
	var lines []line
	count := 0
	end := func() {
		if len(owners) > 0 && len(lines) > 0 {
			for _, l := range lines {
				k.add(len(k.sections), l.tag, l.value, isFolder)
			}
			k.sections = append(k.sections, owners)
		}
		owners, lines = nil, nil
	}
	for l := range strings.SplitSeq(text, "\n") {
		tagged := len(l) > 1 && 'A' <= l[0] && l[0] <= 'Z' && l[1] == ':'
		if !tagged {
			// A title or any other text ends a section. Empty lines and
			// comments do not.
			if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
				end()
			}
			continue
		}
		value := strings.TrimSpace(l[2:])
		if value == "" || len(l) > maxLine {
			continue
		}
		switch l[0] {
		case 'M':
			for _, o := range written(value) {
				owners = append(owners, p.add(o))
			}
			if len(p.list) > maxPeople {
				return nil, errPeople
			}
		case 'F', 'X', 'N':
			if count++; count > maxPatterns {
				return nil, errPatterns
			}
			lines = append(lines, line{l[0], value})
		}
	}
	end()
	return k, nil
}

func (k *kernel) add(section int, tag byte, value string, isFolder func(string) bool) {
	if tag == 'N' {
		// A count or a Unicode class makes a short expression large.
		if len(value) > maxRegex || len(k.regexes) >= maxRegexes || strings.Contains(value, "{") || strings.Contains(strings.ToLower(value), `\p`) {
			return
		}
		if re, err := regexp.Compile(value); err == nil {
			k.regexes = append(k.regexes, regex{section, re})
		}
		return
	}
	if value[0] == '/' {
		return // paths have no slash there
	}
	n := pattern{section: section, not: tag == 'X'}
	literal := value
	if i := strings.IndexAny(value, "*?["); i >= 0 {
		literal, n.wild = value[:i], true
	}
	n.below = strings.HasSuffix(value, "/")
	// A name with a dot is hardly a folder; not to look saves time. What lies
	// below one matches all the same.
	n.folder = !n.wild && !n.below && !strings.Contains(value, ".") && isFolder(value)
	folder := literal[:max(0, strings.LastIndexByte(literal, '/'))]
	n.rest = strings.TrimPrefix(value[len(folder):], "/")
	k.in[folder] = append(k.in[folder], n)
}

// matches tells whether what follows the folder matches.
func (n *pattern) matches(rest string, steps *int) bool {
	if *steps--; *steps < 0 {
		return false
	}
	if !n.wild {
		after, ok := strings.CutPrefix(rest, n.rest)
		if !ok || n.below {
			return ok
		}
		// The path says itself that something is a folder, in the tree or not.
		// A submodule has the folder's own name.
		return after == "" || after[0] == '/' || !n.folder && !strings.Contains(after, "/")
	}
	if !n.below && strings.Count(rest, "/") != strings.Count(n.rest, "/") {
		return false
	}
	return glob(n.rest, rest, kernelForm, steps)
}

func (k *kernel) who(path string) []int {
	const hit, excluded = 1, 2
	state := make([]byte, len(k.sections))
	steps := maxSteps
	try := func(patterns []pattern, rest string) {
		for i := range patterns {
			n := &patterns[i]
			switch {
			case n.not && state[n.section]&excluded == 0 && n.matches(rest, &steps):
				state[n.section] |= excluded
			case !n.not && state[n.section] == 0 && n.matches(rest, &steps):
				state[n.section] |= hit
			}
		}
	}
	folders(path, func(folder, rest string) { try(k.in[folder], rest) })
	// A submodule's path is that of the folder itself.
	for _, n := range k.in[path] {
		if n.below && n.rest == "" {
			try([]pattern{n}, "")
		}
	}
	for _, re := range k.regexes {
		if state[re.section] == 0 && steps >= 0 {
			steps -= 1 + len(re.String())*len(path)/4
			if re.MatchString(path) {
				state[re.section] |= hit
			}
		}
	}
	if steps < 0 {
		return nil // an exclusion may not have been tried: better nobody than somebody wrong
	}
	var who []int
	for i, s := range state {
		if s == hit {
			who = append(who, k.sections[i]...)
		}
	}
	return who
}

// written are the people after an M:, such as `"Roe, Jo" <jo@example.org>`;
// there may be several, a comment, or only an address or a name.
func written(s string) (list []Owner) {
	add := func(o Owner) {
		o.Name, o.Email = clean(strings.Trim(o.Name, " \t\"',;")), clean(o.Email)
		if !isEmail(o.Email) {
			o.Email = ""
		}
		if o.Email != "" || o.Handle != "" || strings.IndexFunc(o.Name, unicode.IsLetter) >= 0 {
			list = append(list, o)
		}
	}
	for {
		name, after, ok := strings.Cut(s, "<")
		email, after, closed := strings.Cut(after, ">")
		if !ok || !closed {
			break
		}
		if before, last, ok := cutLast(name, ","); ok && strings.Contains(before, "@") {
			for _, o := range bare(before) {
				add(o)
			}
			name = last
		}
		// What stands behind an address up to the next comma is about it.
		var about string
		if about, s, ok = strings.Cut(after, ","); !ok || strings.Contains(about, "<") {
			about, s = "", after
			if !strings.Contains(after, "<") {
				about, s = after, ""
			}
		}
		o := Owner{Name: name, Email: email}
		for _, b := range bare(about) {
			o.Handle = b.Handle
		}
		add(o)
	}
	for _, o := range bare(s) {
		add(o)
	}
	return list
}

// bare are people without angle brackets: `jo@example.org`, `Jo Roe (@jo)`.
func bare(s string) (list []Owner) {
	for part := range strings.SplitSeq(s, ",") {
		var o Owner
		var name []string
		for word := range strings.FieldsSeq(part) {
			word = strings.Trim(word, "()")
			if handle, ok := strings.CutPrefix(word, "@"); ok && isHandle(handle) {
				o.Handle, o.Team = handle, strings.Contains(handle, "/")
			} else if isEmail(word) {
				o.Email = word
			} else {
				name = append(name, word)
			}
		}
		o.Name = strings.Join(name, " ")
		list = append(list, o)
	}
	return list
}
