// Package maintainers says who maintains a path, by what a project's own files
// say: MAINTAINERS in the form of the Linux kernel and QEMU, or CODEOWNERS. It
// promises an answer within bounds whatever the files hold. It does not know
// who is in a team, whether somebody still looks after anything, or whether a
// person is who they say.
package maintainers

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"unicode"
)

// The files are somebody else's; these are some times what the largest known
// ones need.
const (
	maxSize     = 4 << 20
	maxLine     = 2000
	maxPatterns = 20_000
	maxPeople   = 20_000
	maxPath     = 4096
	maxSteps    = 2_000_000 // of trying patterns, for one path and one file
)

// Owner is a person or a team that a file names.
type Owner struct {
	Name, Email string
	Handle      string // without @
	Team        bool   // org/team or a role, whose members nobody here can know
}

// List is who maintains what. It does not change: it may be asked from several
// goroutines at once.
type List struct {
	File string // the file read, as in "MAINTAINERS" or ".github/CODEOWNERS"
	Then string // the file that is asked where File names nobody for a path; "": none

	people people
	asked  []file // in the order of precedence

	mu   sync.Mutex
	kept map[string][]Owner // answers of Of
}

// file is one of the two forms. who is nil where nobody is named.
type file interface {
	who(path string) []int
}

const kernelFile = "MAINTAINERS"

// Files are the files that Read may read: MAINTAINERS, and CODEOWNERS in GitHub's
// places and order, then in GitLab's.
func Files() []string {
	return []string{kernelFile, ".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"}
}

// Read reads the files below root. nil and no error: the project has none.
func Read(root *os.Root) (*List, error) {
	l := &List{people: people{at: map[Owner]int{}}}
	text, found, err := readFile(root, kernelFile)
	if err == nil && found {
		var k *kernel
		if k, err = parseKernel(text, &l.people, func(name string) bool {
			info, err := root.Stat(name)
			return err == nil && info.IsDir()
		}); err == nil {
			l.File, l.asked = kernelFile, append(l.asked, k)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", kernelFile, err)
	}
	// A list of names in some other form says nothing that CODEOWNERS could
	// come second to.
	if len(l.people.list) == 0 {
		l.asked = nil
	}

	// The first that is there is the only one.
	for _, name := range Files()[1:] {
		text, found, err := readFile(root, name)
		if err == nil && found {
			var c *codeowners
			if c, err = parseCodeowners(text, &l.people); err == nil {
				if len(l.asked) > 0 {
					l.Then = name
				} else {
					l.File = name
				}
				l.asked = append(l.asked, c)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		if found {
			break
		}
	}
	if l.File == "" {
		return nil, nil
	}
	return l, nil
}

// mostOwners is how many a file can have. One that more people maintain is maintained
// by nobody in particular.
const mostOwners = 200

// mostKept is of how many paths the answers are kept.
const mostKept = 2000

// Of is who maintains a path (slash separated, relative to the top), in the
// file's order, without duplicates; nil: nobody is named, or more than 200 are.
func (l *List) Of(path string) []Owner {
	l.mu.Lock()
	owners, ok := l.kept[path]
	l.mu.Unlock()
	if ok {
		return owners
	}
	owners = l.of(path)
	if len(owners) > mostOwners {
		owners = nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.kept == nil || len(l.kept) >= mostKept {
		l.kept = make(map[string][]Owner)
	}
	l.kept[path] = owners
	return owners
}

func (l *List) of(path string) []Owner {
	if path == "" || len(path) > maxPath {
		return nil
	}
	for _, f := range l.asked {
		var owners []Owner
		seen := make([]bool, len(l.people.list))
		for _, i := range f.who(path) {
			if !seen[i] {
				seen[i] = true
				owners = append(owners, l.people.list[i])
			}
		}
		if owners != nil {
			return owners
		}
	}
	return nil
}

// Names tells whether somebody is named as maintainer of anything.
func (l *List) Names(name, email string) bool {
	return slices.ContainsFunc(l.people.list, func(o Owner) bool { return o.Is(name, email) })
}

// All is everybody named as maintainer, of whatever path or of none.
func (l *List) All() []Owner { return slices.Clone(l.people.list) }

// Is tells whether a person may be this owner: by the e-mail (also the one that
// GitHub gives for a handle), by @handle in the name or, where either has no
// e-mail, by the name. It is never true for a team.
func (o Owner) Is(name, email string) bool {
	name, email = strings.TrimSpace(name), strings.TrimSpace(email)
	if o.Team {
		return false
	}
	if o.Email != "" && strings.EqualFold(o.Email, email) {
		return true
	}
	if o.Handle != "" {
		if user, host, _ := cutLast(email, "@"); strings.EqualFold(host, "users.noreply.github.com") {
			if id, handle, ok := strings.Cut(user, "+"); ok && id != "" && strings.Trim(id, "0123456789") == "" {
				user = handle
			}
			if strings.EqualFold(user, o.Handle) {
				return true
			}
		}
	}
	if o.Handle != "" && mentions(name, o.Handle) {
		return true
	}
	return (o.Email == "" || email == "") && o.Name != "" && strings.EqualFold(o.Name, name)
}

// mentions tells whether @handle stands in a name as a whole word.
func mentions(name, handle string) bool {
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r != '@' && !inHandle(r) }) {
		if strings.HasPrefix(word, "@") && strings.EqualFold(strings.Trim(word, "@."), handle) {
			return true
		}
	}
	return false
}

// inHandle are the characters of a handle; a slash comes before a team's name.
func inHandle(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_./", r)
}

func isHandle(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !inHandle(r) }) < 0
}

func isEmail(s string) bool {
	user, host, _ := cutLast(s, "@")
	return user != "" && host != "" && !strings.ContainsAny(s, " \t<>,")
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// people are the owners named so far, each once.
type people struct {
	list []Owner
	at   map[Owner]int
}

// add is an owner's place in the list. The e-mail says who it is, else the
// handle, else the name.
func (p *people) add(o Owner) int {
	var key Owner
	switch {
	case o.Email != "":
		key.Email = strings.ToLower(o.Email)
	case o.Handle != "":
		key.Handle, key.Team = strings.ToLower(o.Handle), o.Team
	default:
		key.Name = strings.ToLower(o.Name)
	}
	i, ok := p.at[key]
	if !ok {
		i = len(p.list)
		p.at[key] = i
		p.list = append(p.list, o)
	}
	return i
}

var errPeople = fmt.Errorf("it names more than %d people", maxPeople)
var errPatterns = fmt.Errorf("it has more than %d patterns", maxPatterns)

// clean makes text fit to be shown: no control characters, none that turn the
// direction of writing, no broken UTF-8.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s))
}

// readFile is the text of a regular file. A folder of that name is as good as
// no file: a file system may not tell `maintainers/` from MAINTAINERS.
func readFile(root *os.Root, name string) (text string, found bool, err error) {
	info, err := root.Stat(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || err == nil && info.IsDir() {
		return "", false, nil
	}
	if err == nil && !info.Mode().IsRegular() {
		// A pipe or a device must not hold us up.
		err = errors.New("it is not a regular file")
	}
	if err != nil {
		return "", false, reason(err)
	}
	f, err := root.Open(name)
	if err != nil {
		return "", false, reason(err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err == nil && len(b) > maxSize {
		err = fmt.Errorf("it is larger than %d MiB", maxSize>>20)
	}
	return strings.TrimPrefix(string(b), "\ufeff"), err == nil, reason(err)
}

// reason is an error without the path, which the sentence has already.
func reason(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}
