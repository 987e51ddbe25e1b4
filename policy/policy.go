// Package policy holds what a project demands of a change that AI helped with:
// the model, its YAML form, the embedded presets, and the order in which a
// repository's policy is looked up.
//
// A policy is data. Nothing in it can run a command or reach the network, and
// it judges nothing; package diagnostics does.
package policy

// Policy is one project's rules, as they are after `extends` has been followed.
type Policy struct {
	Name string `yaml:"-"` // the preset's name, or the path of the file it was read from

	Version    int               `yaml:"version"`
	Project    string            `yaml:"project"`
	Summary    string            `yaml:"summary"`
	Status     Status            `yaml:"status"`
	AsOf       string            `yaml:"as_of"`      // the date of the text it follows, YYYY-MM-DD
	RecheckBy  string            `yaml:"recheck_by"` // the date after which somebody should look again
	Source     string            `yaml:"source"`     // where the text stands
	Extends    string            `yaml:"extends"`    // a preset's name, or a file of the same repository
	Stance     Stance            `yaml:"stance"`
	StanceWhy  string            `yaml:"why"`
	Disclosure Disclosure        `yaml:"disclosure"`
	Forbidden  []Forbidden       `yaml:"forbidden"`
	SignOff    SignOff           `yaml:"signoff"`
	Classes    Classes           `yaml:"classes"`
	Zones      []Zone            `yaml:"zones"`
	Limits     Limits            `yaml:"limits"`
	Approval   Approval          `yaml:"approval"`
	Attest     Attestation       `yaml:"attestation"`
	Severity   map[string]string `yaml:"severity"` // rule id → error, warning, info, hint or off
}

// Status says whether the project has adopted these rules.
type Status string

// The states of a policy.
const (
	InForce  Status = "in-force"
	Proposed Status = "proposed"
	Retired  Status = "retired"
)

// Stance is what the project makes of AI help as such.
type Stance string

// The stances. An empty one is Allow.
const (
	Allow   Stance = "allow"   // welcome, under the rules below
	Decline Stance = "decline" // content that AI generated is not taken
)

// Disclosure is how a contributor says where AI helped.
type Disclosure struct {
	Trailer    string            `yaml:"trailer"` // the token, in the project's own spelling; "" if there is none
	Value      Grammar           `yaml:"value"`
	Kinds      []string          `yaml:"kinds"`      // in the order in which they are proposed
	Former     map[string]string `yaml:"former"`     // kinds of an earlier draft → today's
	Allowed    []string          `yaml:"allowed"`    // kinds of use that a declining project does not mind
	Before     string            `yaml:"before"`     // the token of the trailer it stands in front of
	Ask        Ask               `yaml:"ask"`        // "" is AskHint
	NamesTool  Permission        `yaml:"names_tool"` // whether the value may name tool, model or vendor
	Background string            `yaml:"background"` // which use needs no disclosure, in a few words
	Attests    string            `yaml:"attests"`    // what using the trailer states, in one sentence
	Mark       Interpretation    `yaml:"interpretation"`
}

// Grammar names the form of a disclosure's value.
type Grammar string

// The grammars. An empty one is Free.
const (
	Kinds Grammar = "kinds" // a comma list of kinds, each with an optional note in parentheses
	Free  Grammar = "free"  // any text; kinds in it are recognised
)

// Ask says when a missing disclosure is worth a word.
type Ask string

// The occasions. AskAlways wants a disclosure (or its negative form) in every
// message, AskHint leaves one quiet hint while nothing is known.
const (
	AskHint        Ask = "hint"
	AskAlways      Ask = "always"
	AskWhenEvident Ask = "when-evident"
)

// Permission is allowed or forbidden; empty is allowed.
type Permission string

// The permissions.
const (
	Allowed Permission = "allowed"
	Refused Permission = "forbidden"
)

// Forbidden is a trailer, or a tool's footer, that the project does not want.
type Forbidden struct {
	Trailer string `yaml:"trailer"` // a token
	Footer  string `yaml:"footer"`  // "tool": what AI tools write about themselves
	When    string `yaml:"when"`    // "ai" (default): only where the value is an AI; "always"
	Why     string `yaml:"why"`     // one clause, after "because"
}

// SignOff is what the project asks of Signed-off-by.
type SignOff struct {
	Required bool       `yaml:"required"`
	ByAI     Permission `yaml:"by_ai"`
	Why      string     `yaml:"why"`
}

// Zone is a part of the tree that asks for more.
type Zone struct {
	Name   string         `yaml:"name"`
	Paths  []string       `yaml:"paths"`
	Except []string       `yaml:"except"`
	Ring   string         `yaml:"ring"` // inner, middle or outer
	Asks   []string       `yaml:"asks"` // approval, attestation
	Why    string         `yaml:"why"`  // one clause that says what is asked
	Mark   Interpretation `yaml:"interpretation"`
}

// Limits are the bounds on what AI may have written.
type Limits struct {
	SmallFix *SmallFix `yaml:"small-fix"` // nil: no limit
}

// SmallFix bounds an AI-assisted bug fix.
type SmallFix struct {
	Lines    int            `yaml:"lines"` // counted lines that are still allowed
	Count    string         `yaml:"count"` // changed, added or added+deleted; "" is changed
	LeaveOut []Class        `yaml:"leave_out"`
	NotFor   []string       `yaml:"not_for"` // notes that make a change mechanical, such as refactoring
	Beyond   string         `yaml:"beyond"`  // what a larger change needs, as a sentence
	Mark     Interpretation `yaml:"interpretation"`
}

// Approval names the trailer that records a maintainer's agreement. It
// satisfies a zone that asks for one.
type Approval struct {
	Trailer string         `yaml:"trailer"`
	By      string         `yaml:"by"`
	Mark    Interpretation `yaml:"interpretation"`
}

// Attestation is the block of answers that a zone may ask for. It is read and
// shown; no rule judges it yet.
type Attestation struct {
	Heading string   `yaml:"heading"`
	Fields  []string `yaml:"fields"`
}

// Interpretation marks what is Colophon's and not the project's: how a text
// that speaks to people was made checkable. In YAML it is true, or the reason.
type Interpretation string

// Rules are the ids that `severity` may name.
var Rules = []string{
	"disclosure-missing", "disclosure-value", "disclosure-key", "disclosure-placement",
	"disclosure-names-tool", "disclosure-kind", "trailer-forbidden", "footer-forbidden",
	"signoff-missing", "signoff-by-ai", "codeveloped-signoff", "trailer-block",
	"small-fix-limit", "core-zone", "commit-contents", "approval-missing", "approval-self",
	"approval-not-maintainer", "attestation-missing", "attestation-incomplete",
	"ai-declined", "message-pattern", "series-split", "policy-invalid", "policy-outdated",
}

// UnmarshalYAML takes true, false or the reason.
func (i *Interpretation) UnmarshalYAML(decode func(any) error) error {
	var yes bool
	if decode(&yes) == nil {
		*i = ""
		if yes {
			*i = "this is Colophon's reading of the text"
		}
		return nil
	}
	var why string
	if err := decode(&why); err != nil {
		return err
	}
	*i = Interpretation(why)
	return nil
}

// Who is the project's name, for a sentence.
func (p *Policy) Who() string {
	if p.Project == "" {
		return "this project"
	}
	return p.Project
}

// Words is how a sentence speaks of the policy: "QEMU's proposal", "QEMU's policy".
func (p *Policy) Words() string {
	what := "policy"
	switch p.Status {
	case Proposed:
		what = "proposal"
	case Retired:
		what = "retired policy"
	}
	if p.Project == "" {
		return "this project's " + what
	}
	return p.Project + "'s " + what
}

// ForbidsFooters is the entry that forbids what tools write about themselves,
// or nil.
func (p *Policy) ForbidsFooters() *Forbidden {
	for i := range p.Forbidden {
		if p.Forbidden[i].Footer != "" {
			return &p.Forbidden[i]
		}
	}
	return nil
}
