package diagnostics

import (
	"colophon/attribution"
	"colophon/change"
)

// Rule is one rule: its page and its check. Each stands in a file of its own.
type Rule struct {
	ID       string
	Severity Severity // unless the policy says otherwise, or AI use is not known
	Summary  string   // one line, for tables
	Why      string   // the page: Markdown paragraphs
	Fix      string   // what the quick fix does, a sentence; "" if there is none
	Bad      []Example
	Good     []Example
	check    func(*judge) // for a commit message; nil: it has nothing to say there
	request  func(*judge) // for the text of a pull request
	issue    func(*judge) // for that of an issue, which brings no files
	cover    func(*judge) // for a cover letter
}

// Example is a message that a rule's page shows; a test runs each one.
type Example struct {
	Policy  string // a preset, or the text of a policy
	Message string
	Kind    Kind                 // of the message
	Files   []change.File        // what is staged, if that matters
	Doubt   string               // what is not certain of that
	Records []attribution.Record // what AI tools noted of that, which is all new then
	Unread  []Unread
	AI      Statement // what the person said outside the message
	Author  Person    // if that matters
	Owners  string    // the project's MAINTAINERS, if that matters
	Today   string    // the date, if that matters
	Says    string    // what stands there in words, for the page
	Made    bool      // the message is that of a commit that was made
	Series  []Example // the commits of a series, oldest first, instead of one message
}

// Rules are all rules, in the order in which they are tried and documented.
func Rules() []*Rule {
	return []*Rule{
		disclosureValue, disclosureKey, disclosurePlacement, disclosureNamesTool, disclosureKind,
		// In front of disclosure-missing, since their fix mends that, too.
		trailerForbidden, footerForbidden, signoffByAI, codevelopedSignoff, disclosureMissing,
		identityForbidden, signoffMissing, trailerBlock, fixupCommit, messagePattern,
		smallFixLimit, seriesSplit, coreZone, approvalMissing, approvalSelf, approvalNotMaintainer,
		attestationMissing, attestationIncomplete, commitContents, recordUnread, aiDeclined, policyOutdated, policyInvalid, policyUnmatched,
	}
}

// RuleByID is the rule of that id, or nil.
func RuleByID(id string) *Rule {
	for _, r := range Rules() {
		if r.ID == id {
			return r
		}
	}
	return nil
}
