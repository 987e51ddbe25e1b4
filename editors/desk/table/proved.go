//go:build editors

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"colophon/editors/desk"
)

// proved are the features that were seen to work, by editor and version.
type proved map[string]map[string][]desk.Feature

func gather(runs []desk.Result) proved {
	p := make(proved)
	for _, r := range runs {
		if p[r.Editor] == nil {
			p[r.Editor] = make(map[string][]desk.Feature)
		}
		p[r.Editor][r.Version] = append(p[r.Editor][r.Version], r.Proved...)
	}
	for _, versions := range p {
		for v, all := range versions {
			versions[v] = slices.DeleteFunc(slices.Clone(desk.Features), func(f desk.Feature) bool { return !slices.Contains(all, f) })
		}
	}
	return p
}

func load(file string) (p proved, err error) {
	raw, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(raw, &p)
	}
	return p, err
}

// save writes what was proved now, and leaves the editors that did not run as they
// are.
func (p proved) save(file string, now proved) error {
	maps.Copy(p, now)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "\t")
	if err := e.Encode(p); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o666)
}

// compare says what is not as it is written down, and counts what was lost. A version
// that is not written down is a newer one that the editor's makers have brought out:
// it is told of, and is no fault of a change here.
func (p proved) compare(now proved, out io.Writer) (lost int) {
	say := func(format string, args ...any) { fmt.Fprintf(out, format+"\n", args...) }
	for _, editor := range slices.Sorted(maps.Keys(now)) {
		for _, version := range slices.Sorted(maps.Keys(now[editor])) {
			have, known := p[editor][version]
			if !known {
				say("%s %s is not in editors/proved.json: make prove-editors", editor, version)
				continue
			}
			for _, f := range desk.Features {
				switch was, is := slices.Contains(have, f), slices.Contains(now[editor][version], f); {
				case was && !is:
					say("%s %s: %s is not proved any more", editor, version, f)
					lost++
				case is && !was:
					say("%s %s: %s is proved, and editors/proved.json does not say so: make prove-editors", editor, version, f)
				}
			}
		}
	}
	return lost
}
