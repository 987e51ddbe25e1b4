package policy

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed presets/*.yaml
var presetFiles embed.FS

// Presets are the names of the embedded policies, sorted.
func Presets() []string {
	entries, err := presetFiles.ReadDir("presets")
	if err != nil {
		panic(err) // it is embedded
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	slices.Sort(names)
	return names
}

// Aliases are names that stand for one preset or another, as the checkout says.
func Aliases() []string { return []string{"qemu"} }

// PresetText is the YAML of a preset.
func PresetText(name string) ([]byte, error) {
	text, err := presetFiles.ReadFile(path.Join("presets", name+".yaml"))
	if err != nil {
		return nil, fmt.Errorf("there is no preset %q; the presets are %s", name, strings.Join(append(Aliases(), Presets()...), ", "))
	}
	return text, nil
}

// parsed holds the presets that were read: they cannot change, and the server
// asks for the same one at every look-up.
var parsed sync.Map // name → *Policy

// Preset is an embedded policy by its name. It is shared: do not change it.
func Preset(name string) (*Policy, error) {
	if p, ok := parsed.Load(name); ok {
		return p.(*Policy), nil
	}
	text, err := PresetText(name)
	if err != nil {
		return nil, err
	}
	d := decoder{file: name, text: text, base: Preset}
	p, err := d.decode()
	if err != nil {
		return nil, err
	}
	parsed.Store(name, p)
	return p, nil
}
