package policy

import "encoding/json"

// Schema is a JSON Schema (draft 2020-12) of the policy language, for editors that
// do not speak to the server. It is made from the same tree as the reader; what
// one value says about another, only the reader checks.
func Schema() []byte {
	s := schemaOf(Language())
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "Colophon policy"
	s["type"] = "object" // a file with nothing in it is no policy
	s["required"] = []string{"version"}
	s["properties"].(schema)["version"] = schema{"const": 1, "description": Language().Key("version").Doc}
	out, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic(err) // it is made of maps, lists and texts
	}
	return append(out, '\n')
}

type schema = map[string]any

// schemaOf is the schema of what stands behind a key. Any key may have nothing
// behind it (~), which takes back what an extended policy says.
func schemaOf(k *Key) schema {
	s := valueSchema(k)
	if k.Kind == Mapping && k.Short != "" {
		s = schema{"anyOf": []schema{valueSchema(k.Key(k.Short)), s}}
	}
	if k.Doc != "" {
		s["description"] = k.Doc
	}
	return s
}

func valueSchema(k *Key) schema {
	switch k.Kind {
	case Number:
		return schema{"type": orNull("integer"), "minimum": 0, "maximum": 1_000_000}
	case Truth:
		return schema{"type": orNull("boolean")}
	case List:
		return schema{"type": orNull("array"), "items": schemaOf(k.Item), "maxItems": maxList}
	case Mapping:
		keys := schema{}
		for _, c := range k.Keys {
			keys[c.Name] = schemaOf(c)
		}
		return schema{"type": orNull("object"), "properties": keys, "additionalProperties": false}
	case Table:
		s := schema{"type": orNull("object"), "additionalProperties": schemaOf(k.Item), "maxProperties": maxList}
		if k.Names == "rule" {
			rules := schema{}
			for _, id := range Rules {
				rules[id] = schemaOf(k.Item)
			}
			s["properties"], s["additionalProperties"] = rules, false
		}
		return s
	}
	if len(k.OneOf) > 0 {
		words := make([]any, 0, len(k.OneOf)+1)
		for _, w := range k.OneOf {
			words = append(words, w)
		}
		return schema{"enum": append(words, nil)}
	}
	return textSchema(k.Form)
}

func orNull(types ...string) []string { return append(types, "null") }

// textSchema is a narrower form of a text, as far as a pattern can say it.
func textSchema(form string) schema {
	s := schema{"type": orNull("string")}
	switch form {
	case "mark":
		s["type"] = orNull("boolean", "string")
	case "date":
		s["pattern"] = `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`
	case "url":
		s["pattern"] = `^https?://[^/]`
	case "token":
		s["pattern"] = `^[A-Za-z0-9-]+$`
	case "kind":
		s["pattern"] = `^[^,()\s]([^,()\n]*[^,()\s])?$`
	case "glob":
		s["pattern"], s["maxLength"] = `^[^!]`, maxPattern
	case "regexp":
		s["maxLength"] = maxRegexp
	}
	return s
}
