package diagnostics

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"colophon/maintainers"
	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// approval is one trailer that records an agreement.
type approval struct {
	trailer *message.Trailer
	by      Person
	says    string       // what is wrong with it, a sentence; "" if it is a person, or a link
	at      message.Span // what that is about
}

func (j *judge) approvals() []approval {
	a := &j.Policy.Approval
	if a.Trailer == "" {
		return nil
	}
	var found []approval
	for i := range j.Message.Trailers {
		t := &j.Message.Trailers[i]
		if !t.Is(a.Trailer) || len(found) >= enough {
			continue
		}
		x := approval{trailer: t, by: person(t.Value)}
		if isToolValue(t.Value) {
			x.says, x.at = words.ApprovalByTool.With("Project", j.Policy.Opening()), t.At(whole(t.Value))
		} else if t.Value == "" {
			x.says, x.at = words.ApprovalEmpty.With("Project", j.Policy.Opening()), t.Span
		} else if faults := policy.FaultsOf(cmp.Or(a.Value, policy.Person), nil, t.Value); len(faults) > 0 {
			x.says, x.at = words.ApprovalFault.With("Project", j.Policy.Opening(), "says", faults[0].Says), t.At(faults[0].Span)
		}
		found = append(found, x)
	}
	return found
}

// approved tells whether an agreement is recorded. Whose it is, is judged by rules
// of its own.
func (j *judge) approved() bool {
	return slices.ContainsFunc(j.approvals(), func(a approval) bool { return a.says == "" })
}

// forApproval is the files that need an agreement: those in the zones that ask for
// one; every file, where the project as a whole asks. It also names the zones.
func (j *judge) forApproval() (files []placed, zones []string) {
	if j.Policy.Stance.Code == policy.DeclineUnless {
		about := j.aboutClass()
		for i := range j.Files {
			if f := &j.Files[i]; about(f.Class) {
				files = append(files, placed{i, f})
			}
			if len(files) == mostOwned {
				break
			}
		}
		return files, nil
	}
	seen := make(map[string]bool)
	for i := range j.Policy.Zones {
		z := &j.Policy.Zones[i]
		if !z.Asked("approval") && z.Stance != policy.DeclineUnless {
			continue
		}
		first, n := j.helped(z)
		if n > 0 {
			zones = append(zones, z.Name)
		}
		for _, p := range first {
			if !seen[p.file.Path] && len(files) < mostOwned {
				seen[p.file.Path] = true
				files = append(files, p)
			}
		}
	}
	return files, zones
}

// mostOwned is for how many files the maintainers are looked up. A finding names a
// handful.
const mostOwned = 200

// Owners are the maintainers of the files that need an agreement, without the
// author; nil where none is known. They are whom the person can ask.
func Owners(in Input) []maintainers.Owner { return newJudge(in).owners() }

func (j *judge) owners() []maintainers.Owner {
	if j.asked == nil {
		j.asked = []maintainers.Owner{}
		j.findOwners()
	}
	return j.asked
}

func (j *judge) findOwners() {
	if j.Policy.Approval.By == "people" {
		for _, p := range j.Policy.Approval.People {
			who := person(p)
			j.asked = append(j.asked, maintainers.Owner{Name: who.Name, Email: who.Email})
		}
		return
	}
	if j.Maintainers == nil {
		return
	}
	files, _ := j.forApproval()
	seen := make(map[maintainers.Owner]bool)
	for _, p := range files {
		for _, o := range j.Maintainers.Of(p.file.Path) {
			if !seen[o] && len(j.asked) < mostOwned && !o.Is(j.Author.Name, j.Author.Email) {
				j.asked = append(j.asked, o)
			}
			seen[o] = true
		}
	}
}

func ownerWords(o maintainers.Owner) string {
	switch {
	case o.Name != "" && o.Email != "":
		return Person{o.Name, o.Email}.String()
	case o.Email != "":
		return o.Email
	case o.Handle != "":
		return "@" + o.Handle
	}
	return o.Name
}

// ownersWords names a few of them, for a sentence.
func ownersWords(owners []maintainers.Owner) string {
	var names []string
	for _, o := range owners[:min(len(owners), 3)] {
		names = append(names, ownerWords(o))
	}
	switch n := len(owners) - len(names); {
	case n == 1:
		names = append(names, words.ApprovalOtherPiece.String())
	case n > 1:
		names = append(names, words.ApprovalOthersPiece.With("count", strconv.Itoa(n)))
	}
	return list(names, words.Or)
}

// samePerson tells whether two identities are one person's: the same address, or,
// where one has none, the same name.
func samePerson(a, b Person) bool {
	if a.Email != "" && b.Email != "" {
		return strings.EqualFold(a.Email, b.Email)
	}
	return a.Name != "" && strings.EqualFold(a.Name, b.Name)
}
