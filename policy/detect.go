package policy

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// maxDocument is how much of a project's document is read. The longest, the
// kernel's and git's, have less than 100 KiB.
const maxDocument = 256 << 10

// alias is a name that stands for one preset or another, as the checkout says.
type alias struct {
	project  string
	presets  []string // the one that is told by the newest text in front
	fallback string   // where the checkout says nothing
}

var aliases = map[string]alias{
	"qemu":  {"QEMU", []string{"qemu-2026-09", "qemu-2026-05", "qemu-decline"}, "qemu-2026-05"},
	"linux": {"Linux", []string{"linux-7.3", "linux-7.0"}, "linux-7.3"},
}

// Aliases are the names that stand for one preset or another, sorted.
func Aliases() []string { return []string{"linux", "qemu"} }

// AliasOf is the project of an alias, the presets it may stand for, and the one
// that it stands for where the checkout says nothing.
func AliasOf(name string) (project string, presets []string, fallback string) {
	a := aliases[name]
	return a.project, a.presets, a.fallback
}

// resolve is the preset that an alias stands for in a work tree, and the document
// that says so, "" if none does.
func resolve(name, top string) (preset, document string) {
	a := aliases[name]
	root, err := os.OpenRoot(top)
	if top == "" || err != nil {
		return a.fallback, ""
	}
	defer root.Close()
	docs := documents{root: root}
	for _, p := range a.presets {
		if document := docs.tell(p); document != "" {
			return p, document
		}
	}
	if name == "linux" {
		if p := docs.kernel(); p != "" {
			return p, "Makefile"
		}
	}
	return a.fallback, ""
}

// detect is the policy that the checkout itself states.
func detect(root *os.Root) (*Found, error) {
	docs := documents{root: root}
	for _, name := range detectable() {
		document := docs.tell(name)
		if document == "" {
			continue
		}
		p, err := Preset(name)
		if err != nil {
			return nil, err
		}
		return &Found{p, filepath.Join(root.Name(), filepath.FromSlash(document)), document}, nil
	}
	return nil, nil
}

// detectable are the presets that a document tells, those of one alias in their
// order.
var detectable = sync.OnceValue(func() []string {
	var names []string
	for _, alias := range Aliases() {
		names = append(names, aliases[alias].presets...)
	}
	for _, name := range Presets() {
		if len(detectFiles(name)) > 0 && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
})

// detectFiles are the documents that may tell a preset, read off its text: to parse
// every preset takes longer than all else at the start. A test holds it to what the
// parser reads.
func detectFiles(preset string) (files []string) {
	text, err := PresetText(preset)
	if err != nil {
		return nil
	}
	_, detect, _ := strings.Cut(string(text), "\ndetect:\n")
	for line := range strings.Lines(detect) {
		if file, ok := strings.CutPrefix(line, "  - file: "); ok {
			files = append(files, strings.TrimSpace(file))
		}
	}
	return files
}

// documents reads a project's own documents, each at most once.
type documents struct {
	root *os.Root
	read map[string]string
}

// tell is the document that says that a preset is the one; "" if none does.
func (d *documents) tell(preset string) string {
	if !slices.ContainsFunc(detectFiles(preset), func(file string) bool { return d.words(file) != "" }) {
		return ""
	}
	p, err := Preset(preset)
	if err != nil {
		return ""
	}
	for _, x := range p.Detect {
		text := d.words(x.File)
		if text != "" && !slices.ContainsFunc(x.Says, func(s string) bool { return !strings.Contains(text, s) }) {
			return x.File
		}
	}
	return ""
}

// kernel is the preset for a kernel that has no document yet, by the version in
// its Makefile.
func (d *documents) kernel() string {
	text := d.words("Makefile")
	for _, v := range []string{"0", "1", "2"} {
		if strings.Contains(text, "version = 7 patchlevel = "+v+" ") {
			return "linux-7.0"
		}
	}
	return ""
}

// words is a document in lower case with single blanks, "" if it cannot be read.
func (d *documents) words(name string) string {
	if text, ok := d.read[name]; ok {
		return text
	}
	text, err := readFile(d.root, filepath.FromSlash(name), maxDocument)
	words := ""
	if err == nil {
		words = strings.Join(strings.Fields(strings.ToLower(string(text))), " ")
	}
	if d.read == nil {
		d.read = make(map[string]string)
	}
	d.read[name] = words
	return words
}
