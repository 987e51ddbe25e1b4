// Package policy holds what a project demands of a change that AI helped with:
// the model, its YAML form, the embedded presets, and the order in which a
// repository's policy is looked up.
//
// A policy is data. Nothing in it can run a command or reach the network, and
// it judges nothing; package diagnostics does.
package policy

import (
	"cmp"
	"slices"
	"strings"

	"colophon/words"
)

// Policy is one project's rules, as they are after `extends` has been followed.
//
// The tags are the language: `yaml` is the key, `doc` its page, hover and schema,
// `oneof` and `form` what a value may be (see Key).
type Policy struct {
	Name string `yaml:"-"` // the preset's name, or the path of the file it was read from

	Version   int    `yaml:"version" doc:"The form of this file. 1 is the only one there is."`
	Project   string `yaml:"project" doc:"The project's name, as it stands in sentences."`
	Summary   string `yaml:"summary" doc:"One sentence for those who have not read the policy."`
	Status    Status `yaml:"status" doc:"Whether the project has adopted these rules." oneof:"in-force proposed retired"`
	AsOf      string `yaml:"as_of" doc:"The date of the text that these rules follow, YYYY-MM-DD." form:"date"`
	RecheckBy string `yaml:"recheck_by" doc:"The date after which somebody should read that text again, YYYY-MM-DD." form:"date"`
	Since     string `yaml:"since" doc:"The date from which the project applies the rules, YYYY-MM-DD. It is shown, not judged." form:"date"`
	Source    string `yaml:"source" doc:"The web address of the text." form:"url"`
	Extends   string `yaml:"extends" doc:"A preset's name, or the path of a file in the same repository, that this policy starts from." form:"extends"`
	AppliesTo string `yaml:"applies_to" doc:"Whom the rules are for. With outsiders, who stands in MAINTAINERS or CODEOWNERS is not judged." oneof:"everyone outsiders"`
	Text      string `yaml:"text" doc:"Where in the checkout the project's own text stands, as a path." form:"path"`

	Stance    Stances `yaml:"stance" doc:"What the project makes of AI help: one word, or one for each subject." shorthand:"code"`
	StanceWhy string  `yaml:"why" doc:"Why the project declines AI-generated content: a clause that goes on after 'because'."`

	Disclosure  Disclosure        `yaml:"disclosure" doc:"How a commit message says where AI helped."`
	PullRequest PullRequest       `yaml:"pull_request" doc:"How the text of a pull request says where AI helped."`
	Issue       Issue             `yaml:"issue" doc:"How the text of an issue, such as a bug report, says where AI helped."`
	Forbidden   []Forbidden       `yaml:"forbidden" doc:"Trailers, tools' footers and identities that the project does not take."`
	SignOff     SignOff           `yaml:"signoff" doc:"What the project asks of Signed-off-by."`
	Classes     Classes           `yaml:"classes" doc:"Which paths are tests, documentation, generated or vendored; the others are code."`
	Zones       []Zone            `yaml:"zones" doc:"Parts of the tree that ask for more." most:"100"`
	Limits      Limits            `yaml:"limits" doc:"How much AI may have written."`
	Approval    Approval          `yaml:"approval" doc:"The trailer that records a maintainer's agreement."`
	Attest      Attestation       `yaml:"attestation" doc:"What a person states where a zone asks for an attestation."`
	Patterns    []Pattern         `yaml:"patterns" doc:"Patterns that a message must, or must not, match." most:"20"`
	Series      Series            `yaml:"series" doc:"What is checked of commits that were made: of a range, of what is pushed, of mailed patches."`
	Severity    map[string]string `yaml:"severity" doc:"How much each rule's findings weigh, or off, by the rule's id." keys:"rule" oneof:"error warning info hint off"`

	Mark   Interpretation `yaml:"interpretation" doc:"What in this policy as a whole is a reading and not the project's text: true, or the reason." form:"mark"`
	Detect []Detection    `yaml:"detect" doc:"Presets only: the words in a project's own document by which a checkout is known."`
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
	Allow         Stance = "allow"                   // welcome, under the rules below
	Limited       Stance = "limited"                 // within bounds that the policy gives
	DeclineUnless Stance = "decline-unless-approved" // not taken without an agreement beforehand
	Decline       Stance = "decline"                 // content that AI generated is not taken
)

// Stances is the stance for each subject. An empty one for tests or documentation
// is that for code; for the others it says nothing.
type Stances struct {
	Code          Stance `yaml:"code" doc:"Code, and what no other subject speaks of." oneof:"allow limited decline-unless-approved decline"`
	Tests         Stance `yaml:"tests" doc:"Tests; as code, if not given." oneof:"allow limited decline-unless-approved decline"`
	Documentation Stance `yaml:"documentation" doc:"Documentation; as code, if not given." oneof:"allow limited decline-unless-approved decline"`
	CommitMessage Stance `yaml:"commit-message" doc:"The text of commit messages. Shown, never judged: nobody can tell who wrote a text." oneof:"allow limited decline-unless-approved decline"`
	CoverLetter   Stance `yaml:"cover-letter" doc:"The text of cover letters. Shown, never judged." oneof:"allow limited decline-unless-approved decline"`
	PullRequest   Stance `yaml:"pull-request" doc:"The text of pull requests. Shown, never judged." oneof:"allow limited decline-unless-approved decline"`
	Issue         Stance `yaml:"issue" doc:"Issues and reports. Shown, never judged." oneof:"allow limited decline-unless-approved decline"`
	Review        Stance `yaml:"review" doc:"Replies in review. Shown, never judged." oneof:"allow limited decline-unless-approved decline"`
	Translation   Stance `yaml:"translation" doc:"Translations. Shown, never judged." oneof:"allow limited decline-unless-approved decline"`
	Media         Stance `yaml:"media" doc:"Images, sound and the like. Shown, never judged." oneof:"allow limited decline-unless-approved decline"`
}

// Of is the stance for a class of files.
func (s *Stances) Of(c Class) Stance {
	by := s.Code
	switch {
	case c == Test && s.Tests != "":
		by = s.Tests
	case c == Documentation && s.Documentation != "":
		by = s.Documentation
	}
	if by == "" {
		return Allow
	}
	return by
}

// Declined tells whether a stance takes no AI-generated content, at least not
// without an agreement.
func (s Stance) Declined() bool { return s == Decline || s == DeclineUnless }

// Declines tells whether the project takes no AI-generated code.
func (p *Policy) Declines() bool { return p.Stance.Code.Declined() }

// Disclosure is how a contributor says where AI helped.
type Disclosure struct {
	Trailer    string            `yaml:"trailer" doc:"The trailer's token, in the project's own spelling. Without one, a commit message need say nothing." form:"token"`
	Also       []Also            `yaml:"also" doc:"Other trailers that say it as well, for another degree of help." `
	Value      Grammar           `yaml:"value" doc:"What the trailer's value looks like: the name of a grammar." form:"grammar"`
	Kinds      []string          `yaml:"kinds" doc:"With the grammar kinds: the kinds of use, in the order in which they are proposed. With free: words to recognise." form:"kind" most:"100"`
	Former     map[string]string `yaml:"former" doc:"Kinds of an earlier draft, and what they are called today."`
	NotListed  []string          `yaml:"not_listed" doc:"With llm-tools and agent-model-tools: tools that everybody uses and nobody lists."`
	Allowed    []string          `yaml:"allowed" doc:"Where the project declines AI-generated content: the kinds of use that this does not cover."`
	Before     string            `yaml:"before" doc:"The token of the trailer that the disclosure stands in front of." form:"token"`
	Number     string            `yaml:"number" doc:"How many disclosures a message has: any number, one in all, or one for each tool." oneof:"any one per-tool"`
	Need       Need              `yaml:"need" doc:"How firmly the text asks: must, should or may. A missing disclosure of evident use is an error, a warning or a remark." oneof:"must should may"`
	Ask        Ask               `yaml:"ask" doc:"When a missing disclosure is worth a word: one hint while nothing is known; in every message; only when AI use is evident." oneof:"hint always when-evident"`
	NamesTool  Permission        `yaml:"names_tool" doc:"Whether the value may name a tool, model or vendor." oneof:"allowed forbidden"`
	Background string            `yaml:"background" doc:"Which use needs no disclosure, in a few words. Shown on hover."`
	Attests    string            `yaml:"attests" doc:"What the trailer states beyond its words, as a sentence. Shown on hover."`
	Mark       Interpretation    `yaml:"interpretation" doc:"What here is a reading and not the project's text: true, or the reason." form:"mark"`
}

// Also is another trailer that discloses AI use.
type Also struct {
	Trailer string `yaml:"trailer" doc:"The trailer's token." form:"token"`
	For     string `yaml:"for" doc:"Which degree of help it is for, in a few words."`
}

// Tokens are the tokens that disclose AI use, the project's first choice in front.
func (d *Disclosure) Tokens() []string {
	if d.Trailer == "" {
		return nil
	}
	tokens := []string{d.Trailer}
	for _, a := range d.Also {
		tokens = append(tokens, a.Trailer)
	}
	return tokens
}

// Is tells whether a token discloses AI use in this project.
func (d *Disclosure) Is(token string) bool { return d.Own(token) != "" }

// Own is a token that discloses AI use as the project spells it, "" for another one.
func (d *Disclosure) Own(token string) string {
	for _, t := range d.Tokens() {
		if strings.EqualFold(t, token) {
			return t
		}
	}
	return ""
}

// Need says how firmly a text asks for something.
type Need string

// The needs. An empty one is Must.
const (
	Must   Need = "must"
	Should Need = "should"
	May    Need = "may"
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

// ForgeText is how a text that stands on the project's forge says where AI helped.
type ForgeText struct {
	Section string         `yaml:"section" doc:"The title of the Markdown section that says it. Case and what follows the title do not matter."`
	Need    Need           `yaml:"need" doc:"How firmly the text asks for it." oneof:"must should may"`
	None    string         `yaml:"none" doc:"The words that say that no AI was used, where the project wants them; leaving the section empty is then an error."`
	Asks    []string       `yaml:"asks" doc:"What the text has to say, each in a few words."`
	Boxes   []Box          `yaml:"boxes" doc:"The check boxes of the section." most:"30"`
	Choose  string         `yaml:"choose" doc:"How many of the boxes are ticked: any number, exactly one, or all." oneof:"any one all"`
	Called  string         `yaml:"called" doc:"What the project's forge calls it, if not as this policy's key does: merge request, ticket."`
	Words   string         `yaml:"words" doc:"A text to put there that says what the project wants to know; <...> is what the person fills in."`
	Mark    Interpretation `yaml:"interpretation" doc:"What here is a reading and not the project's text: true, or the reason." form:"mark"`
}

// PullRequest is how the text of a pull request says where AI helped.
type PullRequest struct {
	ForgeText
	Link bool `yaml:"link" doc:"Whether a larger AI-assisted change needs a link to an issue or a discussion."`
}

// Issue is how the text of an issue says where AI helped.
type Issue struct{ ForgeText }

// Asked tells whether the policy says anything of such a text.
func (p *ForgeText) Asked() bool { return p.Wanted() || len(p.Boxes) > 0 }

// Box is a check box of a template.
type Box struct {
	Says string `yaml:"says" doc:"Words by which the box is known: those it begins with."`
	None bool   `yaml:"none" doc:"Whether ticking it says that no AI was used."`
	Kind string `yaml:"kind" doc:"The kind of use that it stands for." oneof:"code tests docs research"`
}

// Noun is what the project's forge calls a pull request.
func (p *PullRequest) Noun() string { return cmp.Or(p.Called, "pull request") }

// Noun is what the project's forge calls an issue.
func (p *Issue) Noun() string { return cmp.Or(p.Called, "issue") }

// Wanted tells whether such a text has anything to say in this project.
func (p *ForgeText) Wanted() bool { return p.Section != "" || p.Words != "" }

// Forbidden is a trailer, a tool's footer or an identity that the project does
// not want.
type Forbidden struct {
	Trailer  string         `yaml:"trailer" doc:"A trailer's token." form:"token"`
	Footer   string         `yaml:"footer" doc:"tool: what AI tools write about themselves, and links to conversations with them." oneof:"tool"`
	Identity string         `yaml:"identity" doc:"Whether the commit's author or its committer must not be an AI." oneof:"author committer"`
	When     string         `yaml:"when" doc:"For a trailer: ai (if not given) only where its value is an AI, so that people stay; unless-person, where it is no person with an address; always." oneof:"ai unless-person always"`
	Similar  bool           `yaml:"similar" doc:"For a trailer: whether others that can only speak of AI, such as AI-assisted-by, are meant, too."`
	Why      string         `yaml:"why" doc:"Why, as a clause."`
	Mark     Interpretation `yaml:"interpretation" doc:"What here is a reading and not the project's text: true, or the reason." form:"mark"`
}

// SignOff is what the project asks of Signed-off-by.
type SignOff struct {
	Required    bool       `yaml:"required" doc:"Whether a person's Signed-off-by has to be there."`
	ByAuthor    bool       `yaml:"by_author" doc:"Whether the author's own has to be among them."`
	ByAI        Permission `yaml:"by_ai" doc:"Whether a tool may sign off." oneof:"allowed forbidden"`
	Codeveloped bool       `yaml:"codeveloped" doc:"Whether each Co-developed-by is followed at once by the Signed-off-by of the same person."`
	Why         string     `yaml:"why" doc:"Why, as a clause."`
}

// Zone is a part of the tree that asks for more.
type Zone struct {
	Name   string         `yaml:"name" doc:"The zone's name, for findings and for the other keys."`
	Paths  []string       `yaml:"paths" doc:"The patterns of its paths." form:"glob"`
	Except []string       `yaml:"except" doc:"Patterns of paths that are not part of it." form:"glob"`
	Ring   string         `yaml:"ring" doc:"How near it is to the heart of the project. Of the zones that a change touches, the innermost decides what is attested." oneof:"inner middle outer"`
	Asks   []string       `yaml:"asks" doc:"What it asks of an AI-assisted change." oneof:"approval attestation"`
	Kinds  []string       `yaml:"kinds" doc:"The kinds of AI use that the zone takes; all, if not given." form:"kind"`
	Stance Stance         `yaml:"stance" doc:"With decline: AI-generated content is not taken here." oneof:"allow decline-unless-approved decline"`
	Why    string         `yaml:"why" doc:"What the zone asks for, as words that go on after 'asks for'."`
	Mark   Interpretation `yaml:"interpretation" doc:"What here is a reading and not the project's text: true, or the reason." form:"mark"`
}

// Asked tells whether the zone asks for something.
func (z *Zone) Asked(what string) bool { return slices.Contains(z.Asks, what) }

// Limits are the bounds on what AI may have written.
type Limits struct {
	SmallFix *SmallFix `yaml:"small-fix" doc:"The limit for an AI-assisted bug fix."` // nil: no limit
}

// SmallFix bounds an AI-assisted bug fix.
type SmallFix struct {
	Lines    int            `yaml:"lines" doc:"How many counted lines are still allowed."`
	Count    string         `yaml:"count" doc:"What a counted line is: per hunk the larger of added and deleted; the added; or both." oneof:"changed added added+deleted"`
	LeaveOut []Class        `yaml:"leave_out" doc:"Classes of files that do not count." oneof:"code test documentation generated vendored"`
	Zones    []string       `yaml:"zones" doc:"Zones to which the limit applies; everywhere, if not given." form:"zone"`
	NotFor   []string       `yaml:"not_for" doc:"Notes that make a change mechanical, so that the limit does not apply."`
	Asks     []string       `yaml:"asks" doc:"What lifts the limit." oneof:"approval"`
	Beyond   string         `yaml:"beyond" doc:"What a larger change needs, as a sentence."`
	Mark     Interpretation `yaml:"interpretation" doc:"What here is a reading and not the project's text: true, or the reason." form:"mark"`
}

// Approval names the trailer that records a maintainer's agreement. It
// satisfies a zone that asks for one.
type Approval struct {
	Trailer string         `yaml:"trailer" doc:"The trailer's token." form:"token"`
	Value   Grammar        `yaml:"value" doc:"What its value looks like: person (if not given), or link for a web address, a Message-ID or an issue's number." oneof:"person link"`
	By      string         `yaml:"by" doc:"Who may agree: the maintainers of the touched files (from MAINTAINERS or CODEOWNERS), the people below, or anyone but the author." oneof:"maintainers people anyone"`
	People  []string       `yaml:"people" doc:"The people who may agree, as Name <mail>." form:"person"`
	Mark    Interpretation `yaml:"interpretation" doc:"What here is a reading and not the project's text: true, or the reason." form:"mark"`
}

// Pattern is a pattern that a message must, or must not, match.
type Pattern struct {
	Name  string `yaml:"name" doc:"What the pattern looks for, in a few words."`
	Match string `yaml:"match" doc:"A regular expression (RE2), tried on each line." form:"regexp"`
	In    string `yaml:"in" doc:"The lines it is tried on: all of the message, or the subject, the body, the trailers." oneof:"message subject body trailers"`
	Must  string `yaml:"must" doc:"Whether it must not be there (if not given), or must." oneof:"be-absent be-there"`
	Why   string `yaml:"why" doc:"What is wrong otherwise and what to do, as a sentence."`
}

// Series is what is checked of commits that were made, one after the other.
type Series struct {
	Merges string `yaml:"merges" doc:"Whether merges are left out (if not given) or checked like any commit." oneof:"leave-out check"`
	Fixups string `yaml:"fixups" doc:"Whether commits that git rebase --autosquash would squash are left out (if not given; one where AI use is declared or evident is checked all the same), checked like any commit, or not taken at all." oneof:"leave-out check forbidden"`
}

// Detection is how a checkout is known by a document of its own.
type Detection struct {
	File string   `yaml:"file" doc:"The document's path."`
	Says []string `yaml:"says" doc:"Words that all stand in it, in lower case with single blanks."`
}

// Interpretation marks what is Colophon's and not the project's: how a text
// that speaks to people was made checkable. In YAML it is true, or the reason.
type Interpretation string

// Rules are the ids that `severity` may name.
var Rules = []string{
	"disclosure-missing", "disclosure-value", "disclosure-key", "disclosure-placement",
	"disclosure-names-tool", "disclosure-kind", "trailer-forbidden", "footer-forbidden", "identity-forbidden",
	"signoff-missing", "signoff-by-ai", "codeveloped-signoff", "trailer-block", "fixup-commit",
	"small-fix-limit", "core-zone", "commit-contents", "record-unread", "approval-missing", "approval-self",
	"approval-not-maintainer", "attestation-missing", "attestation-incomplete",
	"ai-declined", "message-pattern", "series-split", "policy-invalid", "policy-outdated", "policy-unmatched",
}

// Who is the project's name, for a sentence.
func (p *Policy) Who() string {
	if p.Project == "" {
		return words.PolicyNoProject.String()
	}
	return p.Project
}

// Words is how a sentence speaks of the policy: "QEMU's proposal", "QEMU's policy".
func (p *Policy) Words() string {
	if p.Project == "" {
		return words.PolicyOfNone.With("what", p.what())
	}
	return words.PolicyOf.With("project", p.Project, "what", p.what())
}

// what is a policy of this status, in a word or two.
func (p *Policy) what() string {
	switch p.Status {
	case Proposed:
		return words.PolicyProposed.String()
	case Retired:
		return words.PolicyRetired.String()
	}
	return words.PolicyInForce.String()
}

// Opening is the same at the beginning of a sentence. A project's name is left as the
// project spells it: curl, systemd.
func (p *Policy) Opening() string {
	if p.Project == "" {
		return words.PolicyOfNoneUp.With("what", p.what())
	}
	return p.Words()
}

// ForbidsFooters is the entry that forbids what tools write about themselves,
// or nil.
func (p *Policy) ForbidsFooters() *Forbidden {
	return p.forbids(func(f *Forbidden) bool { return f.Footer != "" })
}

// ForbidsIdentity is the entry that forbids an AI as author or committer, or nil.
func (p *Policy) ForbidsIdentity(who string) *Forbidden {
	return p.forbids(func(f *Forbidden) bool { return f.Identity == who })
}

func (p *Policy) forbids(is func(*Forbidden) bool) *Forbidden {
	for i := range p.Forbidden {
		if is(&p.Forbidden[i]) {
			return &p.Forbidden[i]
		}
	}
	return nil
}

// Zone is the zone of that name, or nil.
func (p *Policy) Zone(name string) *Zone {
	for i := range p.Zones {
		if p.Zones[i].Name == name {
			return &p.Zones[i]
		}
	}
	return nil
}
