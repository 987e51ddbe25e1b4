package maintainers

import (
	"slices"
	"strings"
)

// codeowners is a CODEOWNERS file: of the patterns that match, the last one
// counts, in GitLab's form the last of each section.
type codeowners struct {
	rules    []rule
	in       map[string][]int // the rules by the folder that they name in full
	sections int
}

type rule struct {
	section int
	owners  []int
	parts   []string // what follows the folder, between slashes; ** is any number of folders
	inside  bool     // only what lies below: `docs/`, `docs/**`
	exact   bool     // nothing further below: `docs/*`
}

func parseCodeowners(text string, p *people) (*codeowners, error) {
	c := &codeowners{in: map[string][]int{}, sections: 1}
	section := 0
	var defaults []int
	named := map[string]int{}
	for line := range strings.SplitSeq(text, "\n") {
		size := len(line)
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || size > maxLine {
			continue
		}
		if name, rest, ok := header(line); ok {
			// Sections of the same name are one.
			key := strings.ToLower(name)
			if section, ok = named[key]; !ok {
				section = c.sections
				named[key] = section
				c.sections++
			}
			defaults, _ = ownersOf(words(rest), p)
		} else {
			w := words(line)
			owners, valid := ownersOf(w[1:], p)
			// GitHub leaves out a line with an owner that cannot be one.
			if !valid {
				continue
			}
			if owners == nil {
				owners = defaults
			}
			pattern, not := strings.CutPrefix(w[0], "!")
			if not {
				// GitHub knows no such thing, GitLab takes the path out.
				owners = nil
			}
			c.add(pattern, section, owners)
		}
		if len(c.rules) > maxPatterns || c.sections > maxPatterns {
			return nil, errPatterns
		}
		if len(p.list) > maxPeople {
			return nil, errPeople
		}
	}
	return c, nil
}

// header is GitLab's `[Name]`, `^[Name]` or `[Name][2]`, with what follows. A
// path may begin with a bracket too: `[id]/page.tsx`.
func header(line string) (name, rest string, ok bool) {
	line, ok = strings.CutPrefix(strings.TrimPrefix(line, "^"), "[")
	if !ok {
		return "", "", false
	}
	name, rest, ok = strings.Cut(line, "]")
	if number, after, closed := strings.Cut(rest, "]"); closed && strings.HasPrefix(number, "[") && strings.Trim(number[1:], "0123456789") == "" {
		rest = after
	}
	return name, rest, ok && strings.TrimSpace(name) != "" && (rest == "" || rest[0] == ' ' || rest[0] == '\t')
}

// words are what is between blanks, up to a comment. A backslash takes the
// meaning from the character behind it, and stays.
func words(line string) (list []string) {
	for start, i := -1, 0; ; i++ {
		if i >= len(line) || line[i] == ' ' || line[i] == '\t' {
			if start >= 0 {
				list = append(list, line[start:min(i, len(line))])
			}
			if i >= len(line) {
				return list
			}
			start = -1
			continue
		}
		if start < 0 {
			if line[i] == '#' {
				return list
			}
			start = i
		}
		if line[i] == '\\' {
			i++
		}
	}
}

// ownersOf are the places of the owners; not valid if one of them cannot be one.
func ownersOf(words []string, p *people) (owners []int, valid bool) {
	valid = true
	for _, w := range words {
		w = clean(w)
		handle, at := strings.CutPrefix(w, "@")
		handle, role := strings.CutPrefix(handle, "@") // GitLab's @@maintainer
		switch {
		case at && isHandle(handle):
			owners = append(owners, p.add(Owner{Handle: handle, Team: role || strings.Contains(handle, "/")}))
		case !at && isEmail(w):
			owners = append(owners, p.add(Owner{Email: w}))
		default:
			valid = false
		}
	}
	return owners, valid
}

func (c *codeowners) add(pattern string, section int, owners []int) {
	r := rule{section: section, owners: owners}
	body := strings.TrimSuffix(pattern, "/")
	r.inside = body != pattern
	for part := range strings.SplitSeq(body, "/") {
		if part != "" {
			r.parts = append(r.parts, part)
		}
	}
	if len(r.parts) == 0 {
		return
	}
	// A slash before the end ties a pattern to the top.
	if !strings.Contains(body, "/") {
		r.parts = slices.Insert(r.parts, 0, "**")
	}
	for n := len(r.parts); n > 0 && r.parts[n-1] == "**"; n-- {
		r.parts, r.inside = r.parts[:n-1], true
	}
	r.exact = !r.inside && r.parts[len(r.parts)-1] == "*"

	// The last part is that of a file, unless all below it is meant.
	fixed := 0
	for fixed < len(r.parts) && !strings.ContainsAny(r.parts[fixed], `*?\`) {
		fixed++
	}
	if fixed == len(r.parts) && !r.inside {
		fixed--
	}
	folder := strings.Join(r.parts[:fixed], "/")
	r.parts = r.parts[fixed:]
	c.in[folder] = append(c.in[folder], len(c.rules))
	c.rules = append(c.rules, r)
}

func (c *codeowners) who(path string) []int {
	steps := maxSteps
	last := make([]int, c.sections) // one more than the rule
	folders(path, func(folder, rest string) {
		rules := c.in[folder]
		if len(rules) == 0 {
			return
		}
		parts := strings.Split(rest, "/")
		for _, i := range slices.Backward(rules) {
			r := &c.rules[i]
			if i >= last[r.section] && r.matches(parts, &steps) {
				last[r.section] = i + 1
			}
		}
	})
	if steps < 0 {
		return nil // a later pattern may not have been tried
	}
	slices.Sort(last)
	var who []int
	for _, i := range last {
		if i > 0 {
			who = append(who, c.rules[i-1].owners...)
		}
	}
	return who
}

// matches works as glob does, with parts for characters and ** for *.
func (r *rule) matches(parts []string, steps *int) bool {
	p, i := 0, 0
	star, from := -1, 0
	for {
		if *steps--; *steps < 0 {
			return false
		}
		if p == len(r.parts) {
			if r.inside && i < len(parts) || !r.inside && (i == len(parts) || !r.exact) {
				return true
			}
		} else if r.parts[p] == "**" {
			p++
			star, from = p, i
			continue
		} else if i < len(parts) && glob(r.parts[p], parts[i], segmentForm, steps) {
			p, i = p+1, i+1
			continue
		}
		if star < 0 || from == len(parts) {
			return false
		}
		from++
		p, i = star, from
	}
}
