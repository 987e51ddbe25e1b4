package policy

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"colophon/words"
)

// Key is one key of the policy language, made from the Go types: what the
// reader checks, what the editor completes and explains, and what the JSON
// Schema says are all this one tree.
type Key struct {
	Name  string // "" for the policy itself and for the items of a list
	Doc   string // one or two sentences
	Kind  Kind
	Keys  []*Key   // of a Mapping, in the order in which they are documented
	Item  *Key     // of a List, and of the values of a Table
	OneOf []string // the words that are taken; nil: any
	Form  string   // a narrower form of a text: token, glob, regexp, date, url, person, kind, zone, extends, mark, path
	Names string   // of a Table: what its keys are: rule, zone-or-ring, or "" for any
	Most  int      // of a List: how many entries it may have
	Short string   // of a Mapping: the key that a bare word in its place stands for
}

// Kind is what stands behind a key.
type Kind int

// The kinds of values.
const (
	Text Kind = iota
	Number
	Truth
	List
	Mapping // of known keys
	Table   // of keys that the policy chooses
)

// Language is the policy language as a whole.
var Language = sync.OnceValue(func() *Key {
	k := keyOf(reflect.TypeFor[Policy](), "")
	k.Doc = "What a project demands of a change that AI helped with."
	return k
})

func keyOf(t reflect.Type, tag reflect.StructTag) *Key {
	k := &Key{Name: tag.Get("yaml"), Doc: tag.Get("doc"), Form: tag.Get("form")}
	choices := strings.Fields(tag.Get("oneof"))
	if k.Form == "grammar" {
		k.Form = ""
		for _, f := range Forms() {
			choices = append(choices, string(f.Name))
		}
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Bool:
		k.Kind = Truth
	case reflect.Int:
		k.Kind = Number
	case reflect.Slice:
		k.Kind, k.Most = List, maxList
		if most, err := strconv.Atoi(tag.Get("most")); err == nil {
			k.Most = most
		}
		k.Item = keyOf(t.Elem(), "")
		k.Item.OneOf, k.Item.Form = choices, k.Form
		k.Form = ""
		if k.Item.Kind == Mapping {
			k.Item.Short = tag.Get("shorthand")
		}
	case reflect.Map:
		k.Kind, k.Names = Table, tag.Get("keys")
		k.Item = keyOf(t.Elem(), "")
		k.Item.OneOf = choices
	case reflect.Struct:
		k.Kind, k.Short = Mapping, tag.Get("shorthand")
		for _, f := range reflect.VisibleFields(t) {
			if !f.Anonymous && f.Tag.Get("yaml") != "-" {
				k.Keys = append(k.Keys, keyOf(f.Type, f.Tag))
			}
		}
	default:
		k.OneOf = choices
	}
	return k
}

// Key is the key of that name below this one, or nil. Those of a Table are all
// the same.
func (k *Key) Key(name string) *Key {
	if k.Kind == Table {
		return k.Item
	}
	for _, c := range k.Keys {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// At follows a path of keys; numbers of list items are left out of it. It is nil
// where there is no such key.
func (k *Key) At(path ...string) *Key {
	for _, name := range path {
		for k != nil && k.Kind == List {
			k = k.Item
		}
		if k == nil {
			return nil
		}
		k = k.Key(name)
	}
	return k
}

// Takes says in words what may stand behind the key.
func (k *Key) Takes() string {
	switch {
	case len(k.OneOf) > 0:
		return words.TakesOneOf.With("words", strings.Join(k.OneOf, ", "))
	case k.Form == "mark":
		return words.TakesMark.String()
	}
	switch k.Kind {
	case Number:
		return words.TakesNumber.String()
	case Truth:
		return words.TakesTruth.String()
	case List:
		if k.Item.Kind == Mapping {
			return words.TakesMappings.String()
		}
		return words.TakesList.String()
	case Mapping, Table:
		return words.TakesMapping.String()
	}
	switch k.Form {
	case "token":
		return words.TakesToken.String()
	case "glob":
		return words.TakesGlob.String()
	case "regexp":
		return words.TakesRegexp.String()
	case "date":
		return words.TakesDate.String()
	case "url":
		return words.TakesAddress.String()
	case "person":
		return words.TakesPerson.String()
	case "zone":
		return words.TakesZone.String()
	case "extends":
		return words.TakesPresetOrPath.String()
	case "path":
		return words.TakesPath.String()
	}
	return words.TakesAny.String()
}

// near is the one of some words that a misspelt one most likely means, or "".
func near(word string, of []string) string {
	if len(word) > 40 {
		return ""
	}
	best, found := 3, ""
	for _, o := range of {
		d := Distance(strings.ToLower(strings.ReplaceAll(word, "-", "_")), strings.ReplaceAll(o, "-", "_"))
		if d < best && d < len(o) {
			best, found = d, o
		}
	}
	if found == "" && len(word) > 2 {
		i := slices.IndexFunc(of, func(o string) bool { return strings.HasPrefix(o, word) || strings.HasPrefix(word, o) })
		if i >= 0 {
			return of[i]
		}
	}
	return found
}
