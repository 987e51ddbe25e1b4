package policy

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("policy.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("policy.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// validates decodes YAML as an editor would.
func validates(t *testing.T, s *jsonschema.Schema, text string) error {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return s.Validate(v)
}

func TestSchemaTakesThePresets(t *testing.T) {
	s := compiledSchema(t)
	for _, name := range Presets() {
		text, err := PresetText(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := validates(t, s, string(text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{
		"version: 1\nstance: decline\nattestation: {fields: [tool, {name: x}], for: {core: [tool]}}\n",
		"version: 1\nstance: {code: allow, tests: ~}\nsince: ~\nsignoff: ~\nzones: [{name: a, paths: [b], interpretation: true}]\n",
		"version: 1\nseverity: {core-zone: off, small-fix-limit: info}\n",
	} {
		if err := validates(t, s, text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	s := compiledSchema(t)
	for _, text := range []string{
		"project: X\n",
		"version: 2\n",
		"version: 1\nwibble: 1\n",
		"version: 1\nstatus: merged\n",
		"version: 1\nas_of: 21.11.2026\n",
		"version: 1\nsource: javascript:alert(1)\n",
		"version: 1\ndisclosure: {trailer: AI used for}\n",
		"version: 1\ndisclosure: {kinds: code}\n",
		"version: 1\nclasses: {test: ['!a']}\n",
		"version: 1\nlimits: {small-fix: {lines: many}}\n",
		"version: 1\nseverity: {no-rule: off}\n",
		"version: 1\nseverity: {core-zone: fatal}\n",
		"version: 1\nstance: {code: perhaps}\n",
		"version: 1\nattestation: {fields: [{nam: x}]}\n",
		"- version: 1\n",
	} {
		if validates(t, s, text) == nil {
			t.Errorf("%q is taken", text)
		}
		if Read("p.yaml", []byte(text), nil).Policy != nil {
			t.Errorf("%q is read", text)
		}
	}
}

// The schema and the reader know the same keys, everywhere.
func TestSchemaKnowsTheKeys(t *testing.T) {
	s := compiledSchema(t)
	checked := 0
	var walk func(k *Key, wrap func(inner string) string, depth int)
	walk = func(k *Key, wrap func(string) string, depth int) {
		switch k.Kind {
		case List:
			walk(k.Item, func(in string) string { return wrap("[" + in + "]") }, depth)
		case Table:
			walk(k.Item, func(in string) string { return wrap("{core-zone: " + in + "}") }, depth)
		case Mapping:
			names := []string{"wibble", "versions"}
			for _, c := range k.Keys {
				names = append(names, c.Name)
				walk(c, func(in string) string { return wrap("{" + c.Name + ": " + in + "}") }, depth+1)
			}
			for _, name := range names {
				text := wrap("{" + name + ": ~}")
				if depth == 0 {
					text = "{version: 1, " + name + ": ~}"
					if name == "version" {
						continue
					}
				} else {
					text = "{version: 1, " + strings.TrimPrefix(text, "{")
				}
				d := Read("p.yaml", []byte(text), nil)
				unknown := slices.ContainsFunc(d.Problems, func(p Problem) bool { return strings.HasPrefix(p.Msg, "there is no key") })
				if refused := validates(t, s, text) != nil; refused != unknown {
					t.Errorf("%s: the schema refuses it: %v; the reader does not know the key: %v", text, refused, unknown)
				}
				checked++
			}
		}
	}
	walk(Language(), func(in string) string { return in }, 0)
	if checked < 100 {
		t.Errorf("only %d keys", checked)
	}
}
