package policy

import (
	"slices"
	"testing"
)

func TestDetectFiles(t *testing.T) {
	for _, name := range Presets() {
		p, err := Preset(name)
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, x := range p.Detect {
			want = append(want, x.File)
		}
		if got := detectFiles(name); !slices.Equal(got, want) {
			t.Errorf("%s: %q, the parser reads %q", name, got, want)
		}
	}
	for _, alias := range Aliases() {
		_, presets, fallback := AliasOf(alias)
		for _, name := range append(presets, fallback) {
			if !slices.Contains(Presets(), name) {
				t.Errorf("%s stands for %s, which is no preset", alias, name)
			}
		}
	}
}
