package policy

import (
	"embed"
	"errors"
	"path"
	"slices"
	"strings"
	"sync"

	"colophon/words"
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

// PresetText is the YAML of a preset.
func PresetText(name string) ([]byte, error) {
	text, err := presetFiles.ReadFile(path.Join("presets", name+".yaml"))
	if err != nil {
		msg := words.ProblemNoPreset.With("name", quote(name))
		if meant := nearPreset(name); meant != "" {
			msg = words.ProblemMeant.With("problem", msg, "word", meant)
		}
		return nil, errors.New(msg)
	}
	return text, nil
}

func nearPreset(name string) string { return near(name, append(Aliases(), Presets()...)) }

// drafts holds the presets that were read: they cannot change, and the server
// asks for the same one at every look-up.
var drafts sync.Map // name → *Draft

// Preset is an embedded policy by its name. It is shared: do not change it.
func Preset(name string) (*Policy, error) {
	d, err := presetDraft(name)
	if err != nil {
		return nil, err
	}
	return d.Policy, d.Err()
}

func presetDraft(name string) (*Draft, error) {
	if d, ok := drafts.Load(name); ok {
		return d.(*Draft), nil
	}
	text, err := PresetText(name)
	if err != nil {
		return nil, err
	}
	r := reader{Draft: Draft{file: name, text: string(text)}, follow: presetDraft}
	d := r.read()
	drafts.Store(name, d)
	return d, nil
}
