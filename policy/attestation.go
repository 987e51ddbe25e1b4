package policy

import (
	"cmp"
	"slices"
	"strings"

	"colophon/words"
)

// Attestation is the block of answers that a zone may ask for.
type Attestation struct {
	Heading string              `yaml:"heading" doc:"The line that begins the section, or the title of the pull request's section."`
	Form    AttestForm          `yaml:"form" doc:"Where the answers stand: a section of the message's body (if not given), trailers, or the pull request's text." oneof:"section trailers pull-request"`
	Fields  []Field             `yaml:"fields" doc:"What is asked, in order: names of the usual fields, or fields of your own." shorthand:"name" most:"30"`
	For     map[string][]string `yaml:"for" doc:"Which of the fields each ring, or each zone by its name, asks; all, if not given." keys:"zone-or-ring"`
	Before  string              `yaml:"before" doc:"With the form trailers: the token of the trailer they stand in front of." form:"token"`
	Mark    Interpretation      `yaml:"interpretation" doc:"What here is a reading and not the project's text: true, or the reason." form:"mark"`
}

// AttestForm says where the answers stand.
type AttestForm string

// The forms. An empty one is AttestSection.
const (
	AttestSection  AttestForm = "section"      // a paragraph of the body, under a heading
	AttestTrailers AttestForm = "trailers"     // one trailer for each answer
	AttestRequest  AttestForm = "pull-request" // a section of the pull request
)

// Field is one thing that is asked.
type Field struct {
	Name      string `yaml:"name" doc:"The field's name: tool, parts, prompts, constraints, explanation, responsibility, or one of your own."`
	Label     string `yaml:"label" doc:"What stands in front of the answer."`
	Trailer   string `yaml:"trailer" doc:"With the form trailers: the token." form:"token"`
	Write     string `yaml:"write" doc:"What the person should write, in a few words: the placeholder."`
	About     string `yaml:"about" doc:"What is wanted and why, as a sentence. Shown on hover."`
	Statement string `yaml:"statement" doc:"A sentence that the person confirms, instead of an answer in own words."`
}

// usualFields are the fields that a policy can name without saying more. They
// follow the attestation that was proposed on the NumPy list in February 2026.
var usualFields = []Field{
	{Name: "tool", Label: "Tool", Trailer: "AI-Tool", Write: words.FieldToolWrite.String(), About: words.FieldTool.String()},
	{Name: "parts", Label: "Parts", Trailer: "AI-Parts", Write: words.FieldPartsWrite.String(), About: words.FieldParts.String()},
	{Name: "prompts", Label: "Prompts", Trailer: "AI-Prompts", Write: words.FieldPromptsWrite.String(), About: words.FieldPrompts.String()},
	{Name: "constraints", Label: "Constraints and variants", Trailer: "AI-Constraints", Write: words.FieldConstraintsWrite.String(), About: words.FieldConstraints.String()},
	{Name: "explanation", Label: "Explanation", Trailer: "AI-Explanation", Write: words.FieldExplanationWrite.String(), About: words.FieldExplanation.String()},
	{Name: "responsibility", Label: "Responsibility", Trailer: "AI-Responsibility", About: words.FieldResponsibility.String(),
		Statement: words.FieldResponsibilityState.String()},
}

// UsualFields are the names of the fields that need no explanation in a policy.
func UsualFields() []string {
	var names []string
	for _, f := range usualFields {
		names = append(names, f.Name)
	}
	return names
}

// complete fills in what a field leaves open.
func (f Field) complete() Field {
	for _, u := range usualFields {
		if u.Name != f.Name {
			continue
		}
		f.Label, f.Trailer = cmp.Or(f.Label, u.Label), cmp.Or(f.Trailer, u.Trailer)
		f.About = cmp.Or(f.About, u.About)
		if f.Write == "" && f.Statement == "" {
			f.Write, f.Statement = u.Write, u.Statement
		}
	}
	if f.Label == "" && f.Name != "" {
		f.Label = strings.ToUpper(f.Name[:1]) + strings.ReplaceAll(f.Name[1:], "_", " ")
	}
	if f.Trailer == "" {
		f.Trailer = "AI-" + strings.Map(func(r rune) rune {
			if !isToken(string(r)) {
				return '-'
			}
			return r
		}, f.Label)
	}
	if f.Write == "" {
		f.Write = cmp.Or(f.Statement, strings.ToLower(f.Label))
	}
	return f
}

// Placeholder is what stands where the person has to write.
func (f *Field) Placeholder() string { return "<" + f.Write + ">" }

// rings from the heart outwards.
var rings = []string{"inner", "middle", "outer"}

// Innermost is the zone that decides what is attested: of those that ask for an
// attestation, the first of the innermost ring. nil: none asks.
func Innermost(zones []*Zone) *Zone {
	var found *Zone
	for _, z := range zones {
		if z.Asked("attestation") && (found == nil || depth(z) < depth(found)) {
			found = z
		}
	}
	return found
}

// depth is how far out a zone lies; one without a ring asks as much as an inner.
func depth(z *Zone) int { return max(slices.Index(rings, z.Ring), 0) }

// Asked are the fields that a zone asks, in the policy's order. What stands for
// the zone's own name counts before what stands for its ring.
func (a *Attestation) Asked(z *Zone) []Field {
	names, ok := a.For[z.Name]
	if !ok {
		names, ok = a.For[cmp.Or(z.Ring, rings[0])]
	}
	if !ok {
		return a.Fields
	}
	var asked []Field
	for _, f := range a.Fields {
		if slices.Contains(names, f.Name) {
			asked = append(asked, f)
		}
	}
	return asked
}
