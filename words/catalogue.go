package words

// The catalogue. A group for each rule and each thing of the editor; the order is
// that in which a person meets them. What a place such as {project} stands for is
// said once:
//
//	{project}   the project as its policy names it, with "proposed" where it is
//	{Project}   the same at the beginning of a sentence

// What the rules say, in the order of the rules. The end of a name says what the
// text is, and how it is written:
//
//	…Title   what a fix does: begins with a capital, ends without a full stop
//	…Label   stands at a place that explains a finding: a few words, no full stop
//	…Piece   is filled into another text: no full stop
//	…Text    is written into a message or a comment by a fix
//	others   a finding: a sentence, perhaps a short second one with the next step
//
// Names that a policy gives stand in "quotes", what stands in a message in
// `backticks`, and words to write in “these”. {project} is "QEMU's proposal",
// {trailer} a trailer's token, {request} what the project calls a pull request, or an issue.

// All rules: pieces and fixes that several share.
const (
	And Sentence = "and" // joins the last word of a list
	Or  Sentence = "or"

	FilesTwoPiece  Sentence = "{file} and 1 other file"
	FilesManyPiece Sentence = "{file} and {count} other files"

	EvidenceInMessagePiece Sentence = "`{text}`"
	EvidenceAuthorPiece    Sentence = "the author, {text}"
	EvidenceCommitterPiece Sentence = "the committer, {text}"
	EvidenceAgentPiece     Sentence = "{agent}, which runs this commit ({variable} is set)"
	EvidenceSomeAgentPiece Sentence = "an AI agent"
	EvidenceStatedPiece    Sentence = "the answer that AI helped"

	EvidenceCommitPiece Sentence = "commit {commit} ({evidence})"

	EvidenceRecordPiece      Sentence = "{source}'s record, by which AI wrote {lines} of {all} added lines"
	EvidenceRecordFilesPiece Sentence = "{source}'s record, by which AI wrote up to {lines} of {all} added lines"

	RemoveTitle        Sentence = "Remove {lines}"
	RemoveKeepTitle    Sentence = "Remove {lines}, and keep a text for the {request} in a comment"
	RemoveSayTitle     Sentence = "Remove {lines}; say in the {request}: “{text}”"
	ReplaceTitle       Sentence = "Replace {lines} by {trailers}"
	WriteTitle         Sentence = "Write `{text}`"
	MoveTitle          Sentence = "Move `{trailer}` to the trailers"
	ThisTrailerPiece   Sentence = "this `{trailer}`"
	ThisLinePiece      Sentence = "this line"
	ThisSignoffPiece   Sentence = "this sign-off"
	WhatToolWrotePiece Sentence = "what the tool wrote"

	NoAIText            Sentence = "Colophon: no AI was used"
	RequestKeptText     Sentence = "Colophon: for the {request}: {text}"
	RequestText         Sentence = "AI was used for <{asks}>."
	RequestOpenText     Sentence = "AI was used for <what>."
	ApprovalPersonText  Sentence = "<maintainer>"
	AttestationPartText Sentence = "<which of: {parts}>"

	NotInLastParagraph Sentence = "Git takes only the last paragraph for trailers and will not see `{trailer}` here; move it down to them."
	ReadingOfPaths     Sentence = "(Which paths these are is Colophon's reading.)"
)

// disclosure-value: the value does not fit what the project asks for.
const (
	ValueNone         Sentence = "{Project} has no form for this; where no AI was used, leave `{trailer}` out."
	ValueNoneTitle    Sentence = "Remove the trailer"
	ValueTooMany      Sentence = "There are more items here than Colophon reads; {project} knows {kinds}, so name each of them once."
	ValueNoKind       Sentence = "{Project} takes any text here; naming one of {kinds} shows reviewers at once where AI was used."
	ValueFault        Sentence = "{Project} {says}."
	ValueFaultPerson  Sentence = "{Project} {says}. A person is named in another trailer."
	ValueEmptyKinds   Sentence = "`{trailer}:` says nothing yet; write where AI was used, which {project} calls {kinds}."
	ValueEmptyForm    Sentence = "`{trailer}:` says nothing yet; write it as {project} has it: `{form}`, such as `{example}`."
	ValueEmpty        Sentence = "`{trailer}:` says nothing yet; {project} asks here what helped, so write that."
	ValueUnknown      Sentence = "{Project} knows {kinds}; `{item}` is none of them. Write the one that fits."
	ValueMeant        Sentence = "{Project} knows {kinds}; `{item}` is none of them. Write `{meant}`?"
	ValueCase         Sentence = "{Project} writes its kinds in lower case; write `{kind}`."
	ValueFormer       Sentence = "`{item}` is from an earlier draft; {project} calls it `{kind}` now."
	ValueComma        Sentence = "This comma has no kind beside it; take it out."
	ValueCommaTitle   Sentence = "Take the comma out"
	ValueTwice        Sentence = "`{item}` stands here twice; once is enough."
	ValueTwiceTitle   Sentence = "Take the second one out"
	NoteOpen          Sentence = "The parenthesis of this note is not closed; add `)`."
	NoteOpenTitle     Sentence = "Close the parenthesis"
	NoteGoesOn        Sentence = "A note ends its item; put a comma before `{rest}`, or take it out."
	NoteGoesOnTitle   Sentence = "Write a comma before `{rest}`"
	NoteRepeatsTitle  Sentence = "Take `{rest}` out, it stands there already"
	TrailerOnce       Sentence = "{Project} wants one `{trailer}` in all; say both in one line."
	TrailerFirstLabel Sentence = "the first one"
	TrailerJoinTitle  Sentence = "Join them to `{trailer}: {value}`"
	TrailerPerTool    Sentence = "{Project} wants one `{trailer}` for each tool; give `{rest}` a line of its own."
	TrailerOwnTitle   Sentence = "Give `{rest}` a line of its own"
)

// disclosure-value, in a pull request or an issue: boxes that do not fit one another, and
// placeholders.
const (
	BoxOnlyOne         Sentence = "{Project} wants exactly one of these boxes ticked; clear the other."
	BoxOtherLabel      Sentence = "ticked, too"
	BoxEach            Sentence = "{Project} wants this box ticked, once it is true."
	BoxContradiction   Sentence = "One box says that AI was used and another that it was not; clear one of them."
	RequestPlaceholder Sentence = "This is still a placeholder; write what it asks for."
)

// disclosure-key: the token is spelled in another way.
const (
	KeyCase  Sentence = "{Project} spells this token `{trailer}`; write it the same way."
	KeyOther Sentence = "`{key}` is not the trailer that {project} asks for; write `{trailer}`."
)

// disclosure-placement: git does not see the trailer, or reviewers look elsewhere.
const (
	PlaceComment     Sentence = "Git strips this comment, so the commit will not say it; move `{trailer}` to the trailers."
	PlaceBelow       Sentence = "Git drops everything below the scissors; move `{trailer}` up to the trailers."
	PlaceIndented    Sentence = "Git reads this indented line as part of the one above it; start it at the first column."
	PlaceBefore      Sentence = "{Project} wants `{trailer}` before `{before}`; move it up."
	PlaceBeforeTitle Sentence = "Move `{trailer}` before `{before}`"
)

// disclosure-names-tool: a name that the project does not want to read.
const (
	NamesTool      Sentence = "{Project} wants no tool, model or vendor named; take `{name}` out."
	NamesToolTitle Sentence = "Leave the name out"
)

// disclosure-kind: what is declared and what is staged do not fit. In a pull request
// a box declares it.
const (
	KindNoCode Sentence = "`code` is declared, but this commit has no code; is the kind right, or is a file not staged?"
	KindNoTest Sentence = "`tests` is declared, but this commit has no test file; is the kind right, or is a file not staged?"
	KindNoDocs Sentence = "`docs` is declared, but this commit has no documentation file; is the kind right, or is a file not staged?"
	KindNoted  Sentence = "By {source}'s record, AI wrote {class} here, which no disclosure names; add `{kind}` if that is so."
	KindTitle  Sentence = "Add `{kind}`"
	BoxNoCode  Sentence = "This box speaks of code, but the change has none; is the box right?"
	BoxNoTest  Sentence = "This box speaks of tests, but the change has no test file; is the box right?"
	BoxNoDocs  Sentence = "This box speaks of documentation, but the change has no documentation file; is the box right?"
)

// trailer-forbidden: a trailer that the project refuses, always or for an AI. Where
// the project wants to hear of AI use elsewhere, SayInRequest follows.
const (
	Forbidden      Sentence = "{Project} does not take `{trailer}`."
	ForbiddenWhy   Sentence = "{Project} does not take `{trailer}`: {why}."
	ForbiddenAI    Sentence = "{Project} does not take `{trailer}` with an AI in it."
	ForbiddenAIWhy Sentence = "{Project} does not take `{trailer}` with an AI in it: {why}."
	SayInRequest   Sentence = "Say it in the {request}: “{text}”"
)

// footer-forbidden: what a tool writes about itself.
const (
	Footer    Sentence = "{Project} does not take what a tool writes about itself."
	FooterWhy Sentence = "{Project} does not take what a tool writes about itself: {why}."
)

// signoff-by-ai: a sign-off in the name of a tool.
const (
	SignoffByAI         Sentence = "An AI cannot sign off; {project} wants the sign-off of a person."
	SignoffByAIWhy      Sentence = "An AI cannot sign off; {project} wants the sign-off of a person, because {why}."
	SignoffInsteadTitle Sentence = "Replace it by `{trailer}`"
)

// codeveloped-signoff: a co-developer who does not sign off.
const (
	CodevelopedByAI Sentence = "{Project} wants a sign-off behind each `Co-developed-by`, and only a person can sign off; a tool is named elsewhere."
	CodevelopedOpen Sentence = "{Project} wants the `Signed-off-by:` of {person} right behind this line."
)

// disclosure-missing: AI use is evident, or the policy always asks. {trailer} is one
// of the two pieces.
const (
	MissingTrailerPiece Sentence = "`{trailer}`"
	MissingBeforePiece  Sentence = "`{trailer}` before {before}"
	MissingEvidentWhere Sentence = "AI use is evident from {evidence}, and {project} asks for the trailer {trailer} to say where; add it."
	MissingEvident      Sentence = "AI use is evident from {evidence}, and {project} asks for the trailer {trailer} to say so; add it."
	MissingAlwaysWhere  Sentence = "{Project} asks every message to say where AI was used; add {trailer}."
	MissingAlways       Sentence = "{Project} asks every message to say whether AI was used; add {trailer}."
	MissingIfAI         Sentence = "If AI helped with this change, {project} asks for {trailer}; if not, there is nothing to do."
	ElsewhereRequest    Sentence = "{Project} wants to hear of AI use in the {request}; the commit message need not say it. A text for it: “{text}”"
	ElsewhereSection    Sentence = "{Project} wants to hear of AI use in the {request}, under \"{section}\"; the commit message need not say it. A text for it: “{text}”"
)

// disclosure-missing, in a pull request or an issue: the section where AI use is told.
const (
	RequestHowPiece      Sentence = "how AI was used"
	RequestContradicts   Sentence = "This says that no AI was used, while AI use is evident from {evidence}; {project} wants it told here, so correct one of the two."
	RequestMissing       Sentence = "{Project} asks to say in the {request} that AI was used; write for example: “{text}”"
	RequestIfAI          Sentence = "If AI helped, {project} asks to say so in the {request}; if not, there is nothing to do."
	RequestNoBox         Sentence = "No box is ticked in the section \"{section}\"; {project} asks to tick what fits."
	RequestNoSection     Sentence = "{Project} asks for a section \"{section}\" that says {asks}; add it."
	RequestNoSectionNone Sentence = "{Project} asks for a section \"{section}\" that says {asks}, or “{none}”; add it."
	RequestEmpty         Sentence = "The section \"{section}\" is empty; {project} asks it to say {asks}."
	RequestEmptyNone     Sentence = "The section \"{section}\" is empty; {project} asks it to say {asks}, or “{none}”."
	RequestEvident       Sentence = "AI use is evident from {evidence}."
	RequestNoneTitle     Sentence = "Write “{none}”"
	RequestUsedTitle     Sentence = "Write what AI was used for"
)

// identity-forbidden: the commit was made under the account of a tool.
const (
	IdentityAuthor        Sentence = "The author of this commit is {name}, and {project} takes no AI as author."
	IdentityAuthorWhy     Sentence = "The author of this commit is {name}, and {project} takes no AI as author, because {why}."
	IdentityAuthorNext    Sentence = "`git commit --amend --reset-author` makes the person who runs it the author."
	IdentityCommitter     Sentence = "The committer of this commit is {name}, and {project} takes no AI as committer."
	IdentityCommitterWhy  Sentence = "The committer of this commit is {name}, and {project} takes no AI as committer, because {why}."
	IdentityCommitterNext Sentence = "`git commit --amend --no-edit` makes the person who runs it the committer."
)

// signoff-missing: no person signs off.
const (
	SignoffLost      Sentence = "Git takes only the last paragraph for trailers and will not see this sign-off; move it down to them."
	SignoffLostTitle Sentence = "Move the sign-off to the trailers"
	SignoffAuthor    Sentence = "{Project} wants the `Signed-off-by:` of the author, {person}, among the others."
	SignoffMissing   Sentence = "{Project} wants the `Signed-off-by:` of the person who sends the change; add it (git commit -s does)."
)

// trailer-block: one line hides the trailers beside it.
const (
	BlockSubject     Sentence = "Git reads this line as part of the subject; put an empty line between the subject and the trailers."
	BlockBroken      Sentence = "Because of this line git sees no trailers here, not even `{trailer}`; give the text a paragraph of its own above them."
	BlockHiddenLabel Sentence = "git does not see this trailer"
	BlockTitle       Sentence = "Put an empty line between text and trailers"
)

// fixup-commit: a commit that was meant to become part of another.
const (
	FixupCommit Sentence = "{Project} takes no commit that is still to be squashed into another; `git rebase --autosquash` puts it where it belongs."
)

// message-pattern: where the policy has words of its own for a pattern, those stand
// there instead.
const (
	PatternFound   Sentence = "{Project} does not want this here: {pattern}; take it out."
	PatternMissing Sentence = "{Project} wants this in the message: {pattern}; add it."
)

// small-fix-limit: more lines than the project takes. What the policy says of larger
// changes follows; {lines} is one of the counts at the end.
const (
	LimitOver          Sentence = "{Project} allows {lines} in an AI-assisted small fix; this change has {counted}."
	LimitOverIfAI      Sentence = "If AI helped: {project} allows {lines} in a small fix; this change has {counted}."
	LimitOverNoted     Sentence = "{Project} allows {lines} in an AI-assisted small fix; AI wrote {noted}."
	LimitNotedPiece    Sentence = "{count} of {all} lines by {source}'s record"
	LimitUpToPiece     Sentence = "up to {lines}" // it is not known which lines of a file
	LimitOtherPiece    Sentence = "{count} by {source}'s"
	LimitBeyond        Sentence = "Split it, or ask there first."
	LimitMorePiece     Sentence = "more than {count}"
	LimitLeftOutPiece  Sentence = "{counted}, with {left} left out"
	LimitLinePiece     Sentence = "1 {class} line"
	LimitLinesPiece    Sentence = "{count} {class} lines"
	LimitFileLineLabel Sentence = "1 counted line"
	LimitFileLabel     Sentence = "{count} counted lines"
)

// series-split: small fixes that are more than one together. What the policy says of
// larger changes follows.
const (
	SplitOver  Sentence = "{Project} allows {lines} in an AI-assisted small fix; the {count} by {person} in this series have {counted} together. If they are one change, send it as one, with what is asked beyond the limit."
	SplitLabel Sentence = "{lines}: {subject}"
)

// core-zone: a part of the tree for which the policy asks for more.
const (
	ZoneDeclines     Sentence = "This change touches {files} in the zone \"{zone}\", where {project} takes no AI-generated content."
	ZoneDeclinesIfAI Sentence = "If AI helped: this change touches {files} in the zone \"{zone}\", where {project} takes no AI-generated content."
	ZoneUnless       Sentence = "This change touches {files} in the zone \"{zone}\", where {project} takes AI-generated content only after an agreement."
	ZoneUnlessIfAI   Sentence = "If AI helped: this change touches {files} in the zone \"{zone}\", where {project} takes AI-generated content only after an agreement."
	ZoneAsks         Sentence = "This change touches {files} in the zone \"{zone}\", where {project} asks for {what}."
	ZoneAsksIfAI     Sentence = "If AI helped: this change touches {files} in the zone \"{zone}\", where {project} asks for {what}."
	ZonePlain        Sentence = "This change touches {files} in the zone \"{zone}\", which {project} sets apart; read there what it asks."
	ZonePlainIfAI    Sentence = "If AI helped: this change touches {files} in the zone \"{zone}\", which {project} sets apart; read there what it asks."
	ZoneKinds        Sentence = "In the zone \"{zone}\" {project} takes AI help only with {kinds}, not with {kind}; {file} lies there."
	ZoneLabel        Sentence = "in the zone {zone}"
)

// approval-missing: somebody has to agree first. What NotInLastParagraph says of a
// trailer is said of this one, too.
const (
	ApprovalFault       Sentence = "{Project} {says}."
	ApprovalByTool      Sentence = "{Project} wants the agreement of a person here; a tool cannot give one."
	ApprovalEmpty       Sentence = "{Project} wants to know here who agreed; name that person."
	ApprovalMaintainers Sentence = "These files are maintained by {people}."
	ApprovalMissing     Sentence = "{Project} wants an agreement before AI helps to change {files} ({zones}); record it with `{trailer}:`."
	ApprovalMissingAsk  Sentence = "{Project} wants an agreement before AI helps to change {files} ({zones}); ask {people}, and record it with `{trailer}:`."
	ApprovalIfAI        Sentence = "If AI helped: {project} wants an agreement first to change {files} ({zones}); record it with `{trailer}:`."
	ApprovalIfAIAsk     Sentence = "If AI helped: {project} wants an agreement first to change {files} ({zones}); ask {people}, and record it with `{trailer}:`."
	ApprovalZonePiece   Sentence = "zone {zone}"
	ApprovalZonesPiece  Sentence = "zones {zones}"
	ApprovalLabel       Sentence = "needs an agreement"
	ApprovalOtherPiece  Sentence = "1 other"
	ApprovalOthersPiece Sentence = "{count} others"
)

// approval-self: the author agreed with the author.
const (
	ApprovalSelf    Sentence = "`{trailer}` names the author of this change; {project} wants somebody else's agreement here."
	ApprovalSelfAsk Sentence = "`{trailer}` names the author of this change; {project} wants somebody else's agreement here, such as that of {people}."
)

// approval-not-maintainer: it is not for this person to agree.
const (
	AgreedNotListed     Sentence = "{person} is none of those whose agreement counts for {project}; ask {people}."
	AgreedNotInFile     Sentence = "{person} does not stand in {file}, and {project} wants the agreement of a maintainer; ask one who does."
	AgreedNotMaintainer Sentence = "{person} is not named in {file} as a maintainer of {files}, and {project} wants the agreement of one; ask {people}."
	MaintainersLabel    Sentence = "maintained by {people}"
)

// attestation-missing: the zone asks for more than a trailer.
const (
	AttestMissing     Sentence = "This change touches {files} in the zone \"{zone}\", where {project} asks for an attestation; add one, with {fields}."
	AttestIfAI        Sentence = "If AI helped: this change touches {files} in the zone \"{zone}\", where {project} asks for an attestation; add one, with {fields}."
	AttestElsewhere   Sentence = "This change touches {files} in the zone \"{zone}\", where {project} asks for an attestation; write it in the {request} under \"{heading}\", with {fields}."
	AttestElsewhereIf Sentence = "If AI helped: this change touches {files} in the zone \"{zone}\", where {project} asks for an attestation; write it in the {request} under \"{heading}\", with {fields}."
	AttestRequest     Sentence = "This change touches the zone \"{zone}\", where {project} asks for an attestation; add one under \"{heading}\", with {fields}."
	AttestRequestIfAI Sentence = "If AI helped: this change touches the zone \"{zone}\", where {project} asks for an attestation; add one under \"{heading}\", with {fields}."
	AttestPartPiece   Sentence = "{class} ({lines} in {files})"
	AttestLinePiece   Sentence = "1 line"
	AttestLinesPiece  Sentence = "{count} lines"
	AttestFilesPiece  Sentence = "{file} and 1 other"
	AttestManyPiece   Sentence = "{file} and {count} others"
)

// attestation-incomplete: an answer is missing, empty or a placeholder. What the
// author states is in words that the policy gives.
const (
	AnswerMissing          Sentence = "{Project} asks here for \"{field}\", too: {write}."
	AnswerMissingState     Sentence = "{Project} asks here for \"{field}\", too: “{statement}”"
	AnswerEmpty            Sentence = "\"{field}\", which {project} asks for, is empty; write {write}."
	AnswerEmptyState       Sentence = "\"{field}\", which {project} asks for, is empty; only the author can state it: “{statement}”"
	AnswerPlaceholder      Sentence = "\"{field}\", which {project} asks for, is still the placeholder; write {write}."
	AnswerPlaceholderState Sentence = "\"{field}\", which {project} asks for, is still the placeholder; only the author can state it: “{statement}”"
	AnswerUntickedState    Sentence = "\"{field}\", which {project} asks for, is not ticked; only the author can state it: “{statement}”"
	AnswerUnticked         Sentence = "\"{field}\", which {project} asks for, is not ticked; write {write}."
	AnswerUnconfirmedState Sentence = "\"{field}\", which {project} asks for, is not confirmed; only the author can state it: “{statement}”"
	AnswerStateTitle       Sentence = "I state it: “{statement}”"
	AnswerAddTitle         Sentence = "Add a line for \"{field}\""
)

// record-unread: a record of an AI tool that does not count. {why} is one of those below it.
const (
	UnreadRecord       Sentence = "What {source} noted of this change {why}, so nothing is judged by it."
	UnreadBrokenPiece  Sentence = "is cut short or damaged"
	UnreadForeignPiece Sentence = "has a form that Colophon does not know"
	UnreadLargePiece   Sentence = "is too large"
	UnreadFilePiece    Sentence = "cannot be read"
)

// ai-declined: the project takes no AI-generated content. {because} and {outside} are
// the two pieces, or nothing.
const (
	DeclinedHere               Sentence = "This line states AI use, and {project} declines content that AI generated{because}, so leave that content out{outside}."
	DeclinedUnlessHere         Sentence = "This line states AI use, and {project} declines content that AI generated unless it was agreed on beforehand{because}, so ask first{outside}."
	DeclinedUnlessTrailerHere  Sentence = "This line states AI use, and {project} declines content that AI generated unless it was agreed on beforehand and `{trailer}:` says by whom{because}, so ask first and add it{outside}."
	DeclinedKnown              Sentence = "AI use is evident from {evidence}, and {project} declines content that AI generated{because}, so leave that content out{outside}."
	DeclinedUnlessKnown        Sentence = "AI use is evident from {evidence}, and {project} declines content that AI generated unless it was agreed on beforehand{because}, so ask first{outside}."
	DeclinedUnlessTrailerKnown Sentence = "AI use is evident from {evidence}, and {project} declines content that AI generated unless it was agreed on beforehand and `{trailer}:` says by whom{because}, so ask first and add it{outside}."
	DeclinedBecausePiece       Sentence = ", because {why}"
	DeclinedOutsidePiece       Sentence = "; only {uses} that leaves nothing in the change is outside it"
	DeclinedRequest            Sentence = "{Project} declines content that AI generated, and AI use is stated here; leave that content out."
)

// policy-outdated: the project's text may have changed since.
const (
	OutdatedSince       Sentence = "What Colophon knows of {project} is of {date} and was to be read again by {recheck}; see whether it has changed."
	OutdatedSinceSource Sentence = "What Colophon knows of {project} is of {date} and was to be read again by {recheck}; see whether it has changed: {source}."
	Outdated            Sentence = "What Colophon knows of {project} was to be read again by {recheck}; see whether it has changed."
	OutdatedSource      Sentence = "What Colophon knows of {project} was to be read again by {recheck}; see whether it has changed: {source}."
)

// What a person may do with a message without being asked: the editor's actions.
const (
	ActionDisclose      Sentence = "Insert {trailers}"
	ActionAttest        Sentence = "Insert the attestation for the zone \"{zone}\""
	ActionAttestRequest Sentence = "Keep the questions for the {request} in a comment"
	ActionNoAI          Sentence = "No AI was used"
	ActionAI            Sentence = "AI was used"
	ActionConvert       Sentence = "Convert to {project}'s form: {trailers}"
	ActionSignOff       Sentence = "Add `{trailer}`"
	ActionOrganize      Sentence = "Put the trailers in order"
	ActionFixAll        Sentence = "Fix all that Colophon can fix"
)

// What goes wrong with an action or a command.
const (
	ActionGone        Sentence = "The message has changed since this action was offered; ask for the actions again."
	ActionUnknown     Sentence = "Colophon offers no such action for this message."
	ActionData        Sentence = "The data of this action is not what Colophon sent with it."
	ActionNoEdits     Sentence = "This editor does not let a server edit, so Colophon cannot do that here."
	CommandUnknown    Sentence = "There is no command {command}; there are {commands}."
	CommandArguments  Sentence = "{command} takes {arguments}."
	CommandNotOpen    Sentence = "{command}: this document is not an open commit message."
	CommandUnreadable Sentence = "The repository or the message cannot be read; the log says why."
	CommandNoRule     Sentence = "There is no rule “{rule}”; `colophon explain` lists them."
)

// What the commands take.
const (
	TakesURI     Sentence = "one argument, a document's URI"
	TakesAction  Sentence = "two arguments, a document's URI and the id of an action"
	TakesExplain Sentence = "a document's URI and, if it is to explain a rule, the rule's id"
)

// The policy in force, as a lens or a status line opens it.
const (
	ExplainNoPolicy Sentence = "No policy is in force for this commit, so Colophon asks nothing."
	ExplainInvalid  Sentence = "The policy of this repository cannot be used: {why}."
	ExplainStatus   Sentence = "Status: {status}."
	ExplainDated    Sentence = "Status: {status} as of {date}."
	ExplainSource   Sentence = "Source: <{source}>."
	ExplainFound    Sentence = "Found by: {from}."
)

// The glance: the commit in a line above the subject and in a status line. Each is one
// fact, and so short that a screen of 80 columns takes four of them. {kinds} is a list
// such as "code, tests", {lines} one of the counts below, {parts} a list of the parts.
const (
	GlanceOpen       Sentence = "AI: not said yet"
	GlanceRequest    Sentence = "AI: say it in the {request}"
	GlanceQuiet      Sentence = "AI: nothing asked"
	GlanceNone       Sentence = "AI: none, you said"
	GlanceDeclared   Sentence = "AI: declared"
	GlanceKinds      Sentence = "AI: declared for {kinds}"
	GlanceEvident    Sentence = "AI: seen in {where}"
	GlanceUndeclared Sentence = "AI: seen in {where}, not declared"
	GlanceDeclined   Sentence = "AI: seen in {where}, not taken here"
	GlanceYouSaid    Sentence = "AI: used, you said"
	GlanceDeclines   Sentence = "AI: not taken here"
	GlanceUnless     Sentence = "AI: only if agreed beforehand"

	GlanceUnknown  Sentence = "what is staged is not known yet"
	GlanceLines    Sentence = "{n} lines"
	GlanceLine     Sentence = "1 line"
	GlancePartial  Sentence = "more than {n} lines"
	GlanceMoreOne  Sentence = "more than 1 line"
	GlanceNoted    Sentence = "{n} of {lines} AI's"
	GlanceLimit    Sentence = "{lines}, AI limit {limit}"
	GlanceParts    Sentence = "lines: {parts}"
	GlanceLeft     Sentence = "left out: {parts}"
	GlanceLeftLong Sentence = "{lines} left out"
	GlanceNotYet   Sentence = "not counted yet"
	GlanceEmpty    Sentence = "no files in this commit"
	GlanceUntold   Sentence = "what is staged cannot be told"

	GlanceZone   Sentence = "zone: {zone}"
	GlanceZones  Sentence = "zones: {zones}"
	GlanceInZone Sentence = "in 1 zone"
	GlanceMany   Sentence = "in {n} zones"
	GlancePolicy Sentence = "{project} ({status})"
	GlanceNoName Sentence = "policy ({status})"
)

// What is not the text of a trailer in {where}.
const (
	WhereFooter    Sentence = "a tool's footer"
	WhereAuthor    Sentence = "the author"
	WhereCommitter Sentence = "the committer"
)

// The parts of a commit, in counts such as "tests 34".
const (
	PartCode          Sentence = "code {n}"
	PartTest          Sentence = "tests {n}"
	PartDocumentation Sentence = "docs {n}"
	PartGenerated     Sentence = "generated {n}"
	PartVendored      Sentence = "vendored {n}"
)

// The status of a policy.
const (
	StatusInForce  Sentence = "in force"
	StatusProposed Sentence = "proposed"
	StatusRetired  Sentence = "retired"
)

// A hint behind a path in git's list: what the file is, its lines, its zone.
const (
	HintCode          Sentence = "code"
	HintTest          Sentence = "test"
	HintDocumentation Sentence = "docs"
	HintGenerated     Sentence = "generated"
	HintVendored      Sentence = "vendored"
	HintLeftOut       Sentence = "left out"
	HintBinary        Sentence = "binary"
	HintNotCounted    Sentence = "not counted"
	HintZone          Sentence = "zone {zone}"
	HintZones         Sentence = "{n} zones"
)

// What the editor says of the thing under the caret: one sentence, the rule in our
// words, where it comes from. {Policy} begins a sentence: "QEMU's proposal"; {policy}
// stands in one.

// Where a rule comes from.
const (
	HoverSource     Sentence = "Source: {policy} ({status}{date}{found}){link}"
	HoverSourceDate Sentence = ", as of {date}"
	HoverSourceFrom Sentence = ", found by {from}"
	HoverSourceLink Sentence = ": {link}"
	HoverReading    Sentence = "Colophon's reading, not the project's own text: {reading}"
	HoverReadingAll Sentence = "How Colophon checks this is its own reading of the project's text."
)

// A trailer's key.
const (
	HoverKeyWhere       Sentence = "{key} says where AI was used with this change."
	HoverKeyThat        Sentence = "{key} says that AI was used with this change."
	HoverKeyFor         Sentence = "This one is for {use}."
	HoverKeyKinds       Sentence = "It takes {kinds}, each with an optional note in parentheses."
	HoverKeyForm        Sentence = "Its value: {about} For example, {example}."
	HoverKeyBackground  Sentence = "Not needed for {use}."
	HoverKeyApproval    Sentence = "{key} records who agreed beforehand that AI helps with this change. Only that person can agree."
	HoverKeyForbidden   Sentence = "{Policy} does not take {key}: {why}."
	HoverKeyForbiddenAI Sentence = "{Policy} does not take {key} with an AI in it: {why}."
	HoverKeySignOff     Sentence = "{key} certifies the Developer Certificate of Origin: you may pass this change on under the project's licence."
	HoverKeySignOffWhy  Sentence = "{Policy} asks for it: {why}."
)

// A kind of use, and its note.
const (
	HoverKind           Sentence = "{kind}: {means}"
	HoverKindCode       Sentence = "AI helped to write code that is part of this commit."
	HoverKindTests      Sentence = "AI helped to write tests that are part of this commit."
	HoverKindDocs       Sentence = "AI helped to write documentation that is part of this commit."
	HoverKindResearch   Sentence = "AI helped to look into something; what it wrote is not part of this commit."
	HoverKindOwn        Sentence = "a kind of use that this policy names."
	HoverKindNone       Sentence = "{kind} is none of {kinds}; {policy} knows no other."
	HoverKindFree       Sentence = "Any text is taken here; a kind in it ({kinds}) would be recognised."
	HoverNote           Sentence = "The note in parentheses is for reviewers; it is yours to word."
	HoverNoteMechanical Sentence = "The note makes it a mechanical change, for which the line limit does not count."
)

// A tool in a value.
const (
	HoverToolLLM      Sentence = "{part} stands for any AI model that helped; which one is not said."
	HoverToolAgent    Sentence = "{part} is the AI agent that helped."
	HoverToolModel    Sentence = "{part} is the model that the tool used, with its version."
	HoverToolTool     Sentence = "{part} is the AI tool that helped."
	HoverToolAnalysis Sentence = "{part} is an analysis tool that helped as well."
	HoverToolName     Sentence = "{part} names an AI tool, a model or its maker."
	HoverToolUnwanted Sentence = "{Policy} wants none of these named; leave it out."
	HoverToolForm     Sentence = "{Policy} writes the value as {looks}, for example {example}."
)

// A person in a trailer.
const (
	HoverPersonYou       Sentence = "{person} is you, as git will record you."
	HoverPersonTool      Sentence = "{person} is an AI tool; Colophon knows it by name or address."
	HoverPersonMaintains Sentence = "{person} is a maintainer of {files}, as {list} says."
	HoverPersonElsewhere Sentence = "{person} is named in {list}, but not for the files of this change."
	HoverPersonUnnamed   Sentence = "{person} is not named in {list}."
	HoverFilesAll        Sentence = "all files of this change"
	HoverFilesOne        Sentence = "{path}"
	HoverFilesSome       Sentence = "{path} and {n} more of the {all} files of this change"
)

// A path in git's list, or in the patch below the scissors.
const (
	HoverPath         Sentence = "{path} counts as {class}: {why}."
	HoverPathLines    Sentence = "It counts with {lines}: {count}, without blank lines."
	HoverPathBinary   Sentence = "It is binary, so it has no lines that count."
	HoverPathPartial  Sentence = "Its lines could not be counted."
	HoverPathLimit    Sentence = "They go into the limit of {limit} for AI-assisted code."
	HoverPathLeft     Sentence = "The limit of {limit} for AI-assisted code leaves it out."
	HoverPathElse     Sentence = "The limit of {limit} is for other parts of the tree."
	HoverPathZone     Sentence = "Zone {zone}, by the pattern {pattern}: {asks}"
	HoverPathNoAsk    Sentence = "{Policy} asks nothing more there."
	HoverPathMore     Sentence = "More zones that it lies in: {n}."
	HoverCountChanged Sentence = "in each place of the file the larger of the added and the deleted lines"
	HoverCountAdded   Sentence = "the added lines"
	HoverCountBoth    Sentence = "the added and the deleted lines"
	ClassesTest       Sentence = "tests"
	ClassesGenerated  Sentence = "generated files"
	ClassesVendored   Sentence = "files taken over from elsewhere"
	ClassCode         Sentence = "code"
	ClassTest         Sentence = "a test"
	ClassDocs         Sentence = "documentation"
	ClassGenerated    Sentence = "a generated file"
	ClassVendored     Sentence = "a file taken over from elsewhere"
)

// A commit's hash.
const (
	HoverCommit   Sentence = "{hash} is the commit {subject}."
	HoverCommitBy Sentence = "By {author}, {date}."
)

// What git does with the text.
const (
	HoverScissors     Sentence = "Git drops this line and everything below it."
	HoverScissorsMore Sentence = "The patch is there for you to read. It is no part of the message, and a trailer below this line is lost."
	HoverNoAI         Sentence = "You said that no AI was used with this change, so nothing is asked."
	HoverNoAIMore     Sentence = "Git drops this comment, so the history says nothing of it. Take the line out to be asked again."
)

// An attestation.
const (
	HoverAttestation Sentence = "What {policy} asks a person to state about AI help with this change."
	HoverStatement   Sentence = "To confirm: “{statement}”"
)

// The first line: the commit in full.
const (
	HoverProject     Sentence = "{project} ({status}): {summary}"
	HoverContains    Sentence = "This commit: {parts}."
	HoverPart        Sentence = "{class} {lines} in {files}"
	HoverFile        Sentence = "1 file"
	HoverFiles       Sentence = "{n} files"
	HoverCounted     Sentence = "The limit of {limit} for AI-assisted code counts {lines} of these."
	HoverCountedNot  Sentence = "Without {left}, the limit of {limit} for AI-assisted code counts {lines}."
	HoverNothing     Sentence = "This commit contains no files."
	HoverUnknown     Sentence = "What this commit contains is not known yet."
	HoverZone        Sentence = "Zone {zone}: {asks}"
	HoverZonesMore   Sentence = "More zones: {n}."
	HoverAIOpen      Sentence = "AI use: not said yet. If AI helped, {policy} asks for {key}; if not, there is nothing to do."
	HoverAIAlways    Sentence = "AI use: not said yet. {Policy} asks every message to say it with {key}."
	HoverAIRequest   Sentence = "AI use: {policy} wants to hear of it in the {request}, not in this message."
	HoverAIQuiet     Sentence = "AI use: nothing is known, and nothing is asked."
	HoverAINone      Sentence = "AI use: you said that none was used."
	HoverAIDeclared  Sentence = "AI use: declared."
	HoverAIKinds     Sentence = "AI use: declared for {kinds}."
	HoverAIEvident   Sentence = "AI use: {where} says it ({text})."
	HoverAIMissing   Sentence = "{Policy} asks for {key} as well."
	HoverAIInRequest Sentence = "{Policy} wants to hear of it in the {request}."
	HoverAIDeclined  Sentence = "{Policy} does not take AI-generated content here."
	HoverAIDeclines  Sentence = "AI use: nothing is known. {Policy} does not take AI-generated content."
	HoverAIUnless    Sentence = "AI use: nothing is known. {Policy} takes AI-generated content only if that was agreed beforehand."
	HoverWhereYou    Sentence = "you"
	HoverWhereFooter Sentence = "a line that a tool wrote"
	HoverWhereText   Sentence = "the message"
	HoverWhereRecord Sentence = "{source}'s record"
	HoverRecordLines Sentence = "{lines} of {all} added lines"
)

// Completion, beside an item. It is short. {policy} is how a sentence speaks of one:
// "QEMU's proposal".
const (
	CompleteAgreement   Sentence = "a maintainer's agreement"
	CompleteMaintainer  Sentence = "maintains files of this change"
	CompleteMayAgree    Sentence = "may agree, says {policy}"
	CompleteYou         Sentence = "you"
	CompleteYourSignOff Sentence = "your sign-off"
	CompleteAsked       Sentence = "asked by {policy}"
	CompleteStaged      Sentence = "fits what is staged"
	CompleteMechanical  Sentence = "outside the line limit"
	CompleteTouched     Sentence = "{date}, touched what is staged"
	CompleteIssue       Sentence = "an issue, as this project names them"
	CompleteForm        Sentence = "the form that {policy} wants"
)

// Completion, about an item of the policy. Asked for when a person looks at it.
const (
	CompleteAboutDisclosure Sentence = "Says where AI was used with this change, as {policy} wants it."
	CompleteAboutTool       Sentence = "Says that AI was used with this change, as {policy} wants it."
	CompleteAboutNote       Sentence = "This note makes it a mechanical change, for which the line limit of {policy} does not count."
	CompleteAboutApproval   Sentence = "Records who agreed beforehand that AI helps with this change. Only that person can agree."
	CompleteAboutOrigin     Sentence = "From {name} ({status}, as of {date})."
)

// Completion, about people and commits. The history is that of the branch, as far as
// it is read.
const (
	CompleteAboutPerson Sentence = "Named {times} times; commits read: {commits}."
	CompleteAboutOnce   Sentence = "Named once; commits read: {commits}."
	CompleteAboutMade   Sentence = "{id}, by {author} on {date}."
)

// Completion, about the common trailers. In the order in which they are offered.
const (
	CompleteAboutSignedOffBy  Sentence = "You certify the Developer Certificate of Origin: you wrote this, or may pass it on."
	CompleteAboutReviewedBy   Sentence = "This person has read the change and finds it good. Only they can say so."
	CompleteAboutAckedBy      Sentence = "This person, mostly a maintainer of what is touched, agrees with the change."
	CompleteAboutTestedBy     Sentence = "This person has tried the change and it worked."
	CompleteAboutReportedBy   Sentence = "This person found the problem that the change solves."
	CompleteAboutSuggestedBy  Sentence = "The idea is this person's."
	CompleteAboutCoauthoredBy Sentence = "This person wrote part of the change."
	CompleteAboutFixes        Sentence = "The commit that brought the problem, so that whoever has it can find the fix."
	CompleteAboutCc           Sentence = "This person should see the change before it is taken."
	CompleteAboutLink         Sentence = "Where the change was discussed, or the problem told of: a web address."
)

// The outline of a message, its folds and its links. {n} is a number, {place} a forge
// such as github.com.
const (
	OutlineBody       Sentence = "Body"
	OutlineParagraphs Sentence = "{n} paragraphs"
	OutlineTrailers   Sentence = "Trailers"
	OutlineFiles      Sentence = "Files"
	OutlinePatch      Sentence = "Patch"

	FoldedLines Sentence = "… {n} lines"

	LinkCommit Sentence = "Commit {hash} on {place}"
	LinkIssue  Sentence = "Issue {number} on {place}"
	LinkMail   Sentence = "This mail in the archive on lore.kernel.org"
	LinkPage   Sentence = "This page on {place}"
	LinkFile   Sentence = "This file as it is in the work tree"
)

// A setting that cannot be used. It is left out, and the rest counts.
const (
	SettingValue Sentence = "The setting {setting} is {value}, which is none of {values}, so it does not count."
	SettingRule  Sentence = "The setting colophon.severity names the rule {rule}, which there is not; `colophon explain` lists the rules."
)

// What goes on when git takes long.
const (
	ProgressStaged Sentence = "Colophon: reading what this commit contains"
)

// The policy file: its problems, what the editor says in it, what a policy means in
// plain sentences; and what is doubtful of a commit. Where a group says "pieces", they
// are parts of a sentence, without a capital and a full stop, that are put together
// as its comment says. All others are sentences, or titles.
//
// A word that the person has written stands in double quotes, one that the policy
// language knows in backticks.

// Lists in a sentence (pieces).
const (
	ListAll  Sentence = "{first} and {last}"
	ListAny  Sentence = "{first} or {last}"
	ListMore Sentence = "{first} and {n} more"
)

// How a policy is spoken of (pieces): "QEMU's proposal", "this project's policy".
const (
	PolicyNoProject Sentence = "this project"
	PolicyOf        Sentence = "{project}'s {what}"
	PolicyOfNone    Sentence = "this project's {what}"
	PolicyOfNoneUp  Sentence = "This project's {what}"
	PolicyInForce   Sentence = "policy"
	PolicyProposed  Sentence = "proposal"
	PolicyRetired   Sentence = "retired policy"
)

// Where a policy was found (pieces).
const (
	PolicyFromSetting Sentence = "--policy or the editor's setting"
	PolicyFromConfig  Sentence = "git config colophon.policy"
)

// Problems of the policy file as a whole, and of its YAML (pieces, as all problems).
// The editor gives them a capital and a full stop, the command line a place.
const (
	ProblemEmpty     Sentence = "the file is empty; a policy begins with `version: 1`"
	ProblemDocuments Sentence = "the file has more than one YAML document; keep one"
	ProblemAliases   Sentence = "anchors, aliases and merge keys are not read; write the value out"
	ProblemNoMapping Sentence = "a policy is a mapping that begins with `version: 1`"
	ProblemVersion   Sentence = "write `version: 1`, the only version that this Colophon reads"
	ProblemYAML      Sentence = "the YAML cannot be read: {why}"
	ProblemSize      Sentence = "the file has more than {most} KiB and is not read; make it shorter"
	ProblemBrackets  Sentence = "the file has more than {most} brackets and is not read; write long lists with a line for each entry"
	ProblemLine      Sentence = "this line has more than {most} bytes, so the file is not read; break it into several"
	ProblemLines     Sentence = "the file has more than {most} lines and is not read; make it shorter"
	ProblemControl   Sentence = "control characters, and those that turn the direction of writing, have no place in a policy; take them out"
)

// Problems of a key or its value (pieces).
const (
	ProblemKey       Sentence = "there is no key {key} here"
	ProblemKeyIn     Sentence = "there is no key {key} in `{in}`"
	ProblemKeys      Sentence = "{problem}; the keys are {keys}"
	ProblemMeant     Sentence = "{problem}; write `{word}`?"
	ProblemRule      Sentence = "there is no rule {rule}"
	ProblemRules     Sentence = "{problem}; `colophon explain` lists them"
	ProblemTakes     Sentence = "`{key}` takes {what}"
	ProblemTakesHere Sentence = "this takes {what}"
	ProblemNoneOf    Sentence = "{value} is none of {words}"
	ProblemEntries   Sentence = "there are more than {most} entries here; take some out"
	ProblemDate      Sentence = "{value} is not a date such as 2026-11-21"
	ProblemAddress   Sentence = "{value} is not a web address such as https://example.org/ai"
	ProblemToken     Sentence = "{value} is not a trailer's token, which has only letters, digits and hyphens"
	ProblemKindForm  Sentence = "{value} cannot be a kind, as kinds stand in a comma list; leave out commas, parentheses and blanks around it"
	ProblemPerson    Sentence = "{value} is not a person; write `Name <address>`"
)

// Problems of a pattern for paths (pieces).
const (
	ProblemGlobEmpty  Sentence = "an empty pattern matches nothing; write one, or take it out"
	ProblemGlobLong   Sentence = "this pattern has more than {most} bytes; shorten it"
	ProblemGlobStars  Sentence = "pattern {pattern} has more than {stars} stars or {braces} braces; make several of it"
	ProblemGlob       Sentence = "pattern {pattern} is not a glob; look for a bracket or a brace that is not closed"
	ProblemGlobExcept Sentence = "pattern {pattern}: `!` excludes nothing here; a zone has `except` for that"
)

// Problems of a regular expression (pieces).
const (
	ProblemRegexpLong    Sentence = "this regular expression has more than {most} bytes; shorten it"
	ProblemRegexpClasses Sentence = "this regular expression has more than {most} classes of characters such as \\pL; use fewer"
	ProblemRegexp        Sentence = "this regular expression is wrong: {why}"
	ProblemRegexpAt      Sentence = "this regular expression is wrong ({why}): `{part}`"
	ProblemRegexpLarge   Sentence = "this regular expression is too large once its repetitions are written out; repeat less"
	ProblemRegexpsLarge  Sentence = "all patterns together are too large once their repetitions are written out; repeat less"
)

// Problems of what a policy extends or is read from (pieces).
const (
	ProblemNoPreset   Sentence = "there is no preset {name} (`colophon policy list` has them all)"
	ProblemPresetPath Sentence = "{problem}; a file's path has a slash or ends in .yaml"
	ProblemAlias      Sentence = "{name} stands for one preset or another; name one of {presets}"
	ProblemNowhere    Sentence = "{file} cannot be read here: there is no repository"
	ProblemCircle     Sentence = "`extends` goes in a circle: {files}"
	ProblemChain      Sentence = "`extends` goes on for more than {most} files; extend fewer"
	ProblemUnread     Sentence = "{file} cannot be read: {why}"
	ProblemNoFile     Sentence = "there is no such file"
	ProblemNotRegular Sentence = "it is not a regular file"
	ProblemForeign    Sentence = "what is wrong with it is not shown here; `colophon policy show`, with its path, says it"
	ProblemBase       Sentence = "{file} cannot be used: {problem}"
	ProblemBaseAt     Sentence = "{file} cannot be used (line {line}, column {column}): {problem}"
	ProblemElsewhere  Sentence = "{problem} (in {file}, line {line})"
)

// Problems of the disclosure and of what is forbidden (pieces).
const (
	ProblemNoKinds         Sentence = "`value: kinds` needs a list of `kinds` beside it"
	ProblemAlsoAlone       Sentence = "`also` adds to a `trailer`, and there is none; name the first one there"
	ProblemAlsoTrailer     Sentence = "each entry of `also` needs a `trailer`"
	ProblemTrailerTwice    Sentence = "this trailer is named already; take one of the two out"
	ProblemBeforeItself    Sentence = "a disclosure cannot stand in front of itself; name another trailer in `before`"
	ProblemSignOffTrailer  Sentence = "a sign-off says nothing of AI, so it cannot be the disclosure; name another `trailer`"
	ProblemKindTwice       Sentence = "the kind {kind} is there twice; take one out"
	ProblemNoKind          Sentence = "there is no kind {kind}, only {kinds}"
	ProblemForbiddenThings Sentence = "each entry of `forbidden` needs one of `trailer`, `footer` and `identity`"
)

// Problems of zones and the limit (pieces).
const (
	ProblemZone        Sentence = "each zone needs a `name` and `paths`"
	ProblemZoneTwice   Sentence = "there are two zones called {zone}; give one another `name`"
	ProblemNoZone      Sentence = "there is no zone {zone}, only {zones}"
	ProblemNoZones     Sentence = "there is no zone {zone}, as the policy has no `zones`"
	ProblemNoZoneRing  Sentence = "there is no zone {zone}, only {zones}, and no such ring, only {rings}"
	ProblemNoZonesRing Sentence = "there is no ring {zone}, only {rings}, and the policy has no `zones`"
	ProblemAsksAttest  Sentence = "this zone asks for an attestation, and `attestation` has no `fields`; add them"
	ProblemLimit       Sentence = "`small-fix` needs `lines`, at least 1"
)

// Problems of patterns, agreement, attestation, pull request, issue and detection (pieces).
const (
	ProblemPatternMatch Sentence = "each entry of `patterns` needs a `match`"
	ProblemApproval     Sentence = "`approval` needs a `trailer`, in which the agreement is recorded"
	ProblemPeople       Sentence = "`by: people` needs a list of `people` beside it"
	ProblemFieldName    Sentence = "each entry of `fields` needs a `name`"
	ProblemFieldTwice   Sentence = "the field {field} is there twice; take one out"
	ProblemFieldForm    Sentence = "`name`, `label`, `write` and `statement` are one line each, without angle brackets"
	ProblemNoField      Sentence = "there is no field {field}, only {fields}"
	ProblemNoFields     Sentence = "there is no field {field}, as `attestation` has no `fields`"
	ProblemOneLine      Sentence = "`{key}` takes one line of text"
	ProblemChoose       Sentence = "`choose` is about `boxes`, and there are none; add them, or take it out"
	ProblemBox          Sentence = "each entry of `boxes` needs `says`, the text beside the box"
	ProblemDetect       Sentence = "each entry of `detect` needs a `file` and what it `says`"
)

// What a key takes (pieces): "It takes a list of mappings."
const (
	TakesOneOf        Sentence = "one of {words}"
	TakesMark         Sentence = "true, or the reason"
	TakesNumber       Sentence = "a number"
	TakesTruth        Sentence = "true or false"
	TakesMappings     Sentence = "a list of mappings"
	TakesList         Sentence = "a list"
	TakesMapping      Sentence = "a mapping"
	TakesToken        Sentence = "a trailer's token"
	TakesGlob         Sentence = "a pattern for paths"
	TakesRegexp       Sentence = "a regular expression"
	TakesDate         Sentence = "a date such as 2026-11-21"
	TakesAddress      Sentence = "a web address"
	TakesPerson       Sentence = "a person, as Name <address>"
	TakesZone         Sentence = "the name of a zone"
	TakesPresetOrPath Sentence = "a preset's name or a path in the repository"
	TakesPath         Sentence = "a path in the repository"
	TakesAny          Sentence = "a text"
)

// Worth a look in a policy file (pieces, as problems).
const (
	PolicyUnmatched       Sentence = "`{pattern}` matches no file that git tracks here; is the path right?"
	PolicyOutdated        Sentence = "{day} has passed; read {source} again, then set `as_of` to today and `recheck_by` to a later day"
	PolicyOutdatedProject Sentence = "the project's text"
)

// A message that is not checked: its policy cannot be used (pieces, as problems), or
// it is too long.
const (
	PolicyUnusable   Sentence = "This message is not checked, as the policy {file} cannot be used: {problem}"
	PolicyUnusableAt Sentence = "This message is not checked, as the policy {file} cannot be used (line {line}, column {column}): {problem}"
	MessageTooLong   Sentence = "This message has more than {most} MiB, of which Colophon knows the beginning only, so it is not checked."
)

// Actions in a policy file (titles), and the remark that one of them writes.
const (
	PolicyFileWrite         Sentence = "Write `{word}`"
	PolicyFileExtract       Sentence = "Extract the preset here"
	PolicyFileExtractFile   Sentence = "Extract {file} here"
	PolicyFileExtractRemark Sentence = "# From here on as in {preset}."
)

// Completion in a policy file: what is offered, in short (pieces).
const (
	PolicyFileRing       Sentence = "a ring"
	PolicyFileZone       Sentence = "a zone"
	PolicyFileKind       Sentence = "a kind of use"
	PolicyFileField      Sentence = "a field"
	PolicyFileRepository Sentence = "a file of this repository"
	PolicyFileMark       Sentence = "this is a reading of the text; or write the reason"
)

// Completion and hover in a policy file.
const (
	PolicyFileRingAbout Sentence = "Every zone of this ring that has no entry of its own."
	PolicyFileAsIn      Sentence = "{about}\nAs in: {example}"
	PolicyFileKey       Sentence = "`{name}`: {about}"
	PolicyFileForm      Sentence = "`{name}`: {about}\n\nIt looks like `{looks}`, as in `{example}`."
	PolicyFilePreset    Sentence = "**{name}**, {state}\n\n{about}"
	PolicyFileRuleAbout Sentence = "A rule."
	PolicyFileTakes     Sentence = "It takes {what}."
	PolicyFileInherited Sentence = "From {preset}: `{value}`"
	PolicyFileUnlisted  Sentence = "`{pattern}`: which files this matches is not known, as git has listed none here."
	PolicyFileSlow      Sentence = "`{pattern}`: counting the files that this matches takes too long."
	PolicyFileNoMatch   Sentence = "`{pattern}` matches none of the {all} files that git tracks."
	PolicyFileMatch     Sentence = "`{pattern}` matches 1 file that git tracks:"
	PolicyFileMatches   Sentence = "`{pattern}` matches {n} of the {all} files that git tracks:"
	PolicyFileMore      Sentence = "and {n} more"
)

// The state of a preset (pieces): "proposed, as of 2026-11-21 (3 days ago)".
const (
	PresetAsOf          Sentence = "{status}, as of {day}"
	PresetAsOfYesterday Sentence = "{status}, as of {day} (yesterday)"
	PresetAsOfDays      Sentence = "{status}, as of {day} ({n} days ago)"
)

// The forms of a disclosure's value.
const (
	FormKinds            Sentence = "A comma list of the kinds of use, each with an optional note in parentheses."
	FormFree             Sentence = "Any text. Kinds are recognised where the policy lists them."
	FormLLMTools         Sentence = "The word LLM, then the analysis tools that helped, separated by blanks. No agent and no model is named."
	FormAgentModelTools  Sentence = "The agent and the model's version as one word without blanks, then the analysis tools that helped, separated by blanks."
	FormToolParens       Sentence = "The tool's name, and, if one likes, the model in parentheses."
	FormToolModel        Sentence = "The tool's name, and behind a blank, if one likes, the model's name or version. The brackets only say that it may be left out; they are not written."
	FormToolSlash        Sentence = "The tool's name and the model's, with a slash between."
	FormToolModelVersion Sentence = "At least the tool's name and the main model's name and version, in any order; unspecified stands for a model that has no public name."
	FormPerson           Sentence = "A person with an e-mail address."
	FormLink             Sentence = "A web address, a Message-ID in angle brackets, or an issue's number with #."
)

// Where a value misses its form (pieces): they go on after "QEMU's proposal".
const (
	WantsFilled         Sentence = "wants `{placeholder}` filled in"
	WantsLLM            Sentence = "wants `LLM` as the first word, and no agent or model"
	WantsLLMOneWord     Sentence = "wants `LLM` as the first word, and no agent or model; this blank makes two words of `{name}`"
	WantsOneWord        Sentence = "wants agent and model as one word, `agent:model`; this blank makes two of it"
	WantsModelBehind    Sentence = "wants the model behind the colon, as in `agent:model`"
	WantsAgentInFront   Sentence = "wants the agent in front of the colon, as in `agent:model`"
	WantsAgentModel     Sentence = "wants the agent and the model's version as one word, `agent:model`"
	WantsNoBasicTool    Sentence = "does not list basic tools; take `{tool}` out"
	WantsBlanks         Sentence = "separates its tools with blanks alone; write `{tool}`"
	WantsPerson         Sentence = "wants a person here, as `Name <address>`"
	WantsAddress        Sentence = "wants the person's e-mail address here, as `Name <address>`"
	WantsLink           Sentence = "wants a link here: a web address, a Message-ID in angle brackets, or an issue's number with #"
	WantsToolModel      Sentence = "writes this as `tool model`, with a blank between"
	WantsToolParens     Sentence = "writes this as `tool (model)`"
	WantsNoBrackets     Sentence = "writes the model without brackets, behind a blank"
	WantsToolInFront    Sentence = "wants the tool's name in front of the model"
	WantsOpened         Sentence = "wants `tool (model)`; the `(` for this `)` is missing"
	WantsClosed         Sentence = "wants `tool (model)`; the `)` is missing"
	WantsModelOrNothing Sentence = "wants a model here, or nothing"
	WantsNothingBehind  Sentence = "wants `tool (model)`, and nothing behind it"
	WantsSlash          Sentence = "wants tool and model with a slash between, `tool/model`"
	WantsModelVersion   Sentence = "wants the tool and the model with its version here; `unspecified` stands for a model that is not released"
	WantsTool           Sentence = "wants the tool named here"
	WantsNoAddress      Sentence = "wants a tool here, and no address"
)

// The usual heading of an attestation (a title), and its usual fields: what each is about; what stands in angle brackets
// until it is answered (pieces); and the statement that is confirmed.
const (
	FieldHeading             Sentence = "AI use"
	FieldTool                Sentence = "Which tool and model helped, with its version or the date."
	FieldToolWrite           Sentence = "tool and model, with its version or date"
	FieldParts               Sentence = "Which parts of the change AI helped with: core logic, tests, documentation or refactoring."
	FieldPartsWrite          Sentence = "core logic, tests, docs or refactoring, and where"
	FieldPrompts             Sentence = "The prompts that led to the code, or a summary of them."
	FieldPromptsWrite        Sentence = "the prompts, or a summary of them"
	FieldConstraints         Sentence = "Which constraints the tool was given, and which other ways were considered and why they were left."
	FieldConstraintsWrite    Sentence = "constraints that were given, and variants that were considered"
	FieldExplanation         Sentence = "How the algorithm works and which invariants it keeps, written by a person."
	FieldExplanationWrite    Sentence = "algorithm and invariants, in your own words"
	FieldResponsibility      Sentence = "The author's own statement; nobody else, and no tool, can make it."
	FieldResponsibilityState Sentence = "I understand this code, I can explain it, and I am responsible for it."
)

// A policy in plain sentences: the topics (titles).
const (
	TopicPolicy      Sentence = "the policy"
	TopicStanding    Sentence = "standing"
	TopicContent     Sentence = "AI-generated content"
	TopicDisclosure  Sentence = "disclosure"
	TopicNotTaken    Sentence = "not taken"
	TopicSignOff     Sentence = "sign-off"
	TopicAgreement   Sentence = "agreement"
	TopicWording     Sentence = "wording"
	TopicSeries      Sentence = "series"
	TopicWeight      Sentence = "weight"
	TopicFiles       Sentence = "files"
	TopicSize        Sentence = "size"
	TopicPart        Sentence = "the part {zone}"
	TopicAttestation Sentence = "attestation"
	TopicPullRequest Sentence = "pull request"
	TopicIssue       Sentence = "issue"
)

// Whose reading a fact is (pieces). ColophonsReading is part of the other two.
const (
	ColophonsReading Sentence = "Colophon's reading"
	ReadingBehind    Sentence = "(Colophon's reading)"
	ReadingPlain     Sentence = "this is Colophon's reading of the text"
	ReadingBecause   Sentence = "{fact} (Colophon's reading: {why})"
)

// Where the rules stand, and whom they are for.
const (
	FactProposed  Sentence = "The rules are proposed; the project has not adopted them."
	FactRetired   Sentence = "The rules are retired; the project has others today, or none."
	FactInForce   Sentence = "The rules are in force."
	FactOutsiders Sentence = "They are for people who are not named in MAINTAINERS or CODEOWNERS."
	FactReason    Sentence = "The reason: {why}"
)

// What AI may help with; and the subjects that stand in it (pieces).
const (
	FactAllow         Sentence = "AI may help with {what}, under the rules below."
	FactLimited       Sentence = "AI may help with {what}, within the bounds below."
	FactDeclineUnless Sentence = "AI-generated content is not taken in {what}, unless somebody who may agree did so beforehand."
	FactDecline       Sentence = "AI-generated content is not taken in {what}."
	FactAllowed       Sentence = "That does not cover help with {what}."

	SubjectCode          Sentence = "code"
	SubjectTests         Sentence = "tests"
	SubjectDocumentation Sentence = "documentation"
	SubjectCommitMessage Sentence = "commit messages"
	SubjectCoverLetter   Sentence = "cover letters"
	SubjectPullRequest   Sentence = "the text of pull requests"
	SubjectIssue         Sentence = "issues"
	SubjectReview        Sentence = "review"
	SubjectTranslation   Sentence = "translations"
	SubjectMedia         Sentence = "images, sound and the like"
)

// The disclosure. {must} is must or should.
const (
	FactNoDisclosureHere Sentence = "A commit message need not say where AI helped; the pull request does."
	FactNoDisclosure     Sentence = "A commit message need not say where AI helped."
	FactDisclosure       Sentence = "Where AI helped, the commit message {must} say so in a line at its end, such as `{line}`."
	FactAlso             Sentence = "A line `{trailer}: …` says it as well."
	FactAlsoFor          Sentence = "A line `{trailer}: …` says it as well, for {use}."
	FactValueKinds       Sentence = "Its value names the kinds of use, of {kinds}, separated by commas, each with a note in parentheses if you like."
	FactValueFree        Sentence = "Its value is any text."
	FactValueFreeKinds   Sentence = "Its value is any text; what is recognised in it: {kinds}."
	FactValueForm        Sentence = "Its value has the form `{looks}`: {about}"
	FactNotListed        Sentence = "Tools that everybody uses are not listed there: {tools}."
	FactFormer           Sentence = "What was called {old} is called {new} today."
	FactNamesNoTool      Sentence = "It names no tool, model or vendor."
	FactBefore           Sentence = "It stands in front of `{trailer}`."
	FactOne              Sentence = "A message has one such line."
	FactPerTool          Sentence = "Each tool has a line of its own."
	FactAskAlways        Sentence = "Colophon asks for it in every message."
	FactAskEvident       Sentence = "Colophon asks for it only where something says that AI was used."
	FactAskHint          Sentence = "Colophon asks for it where something says that AI was used; while nothing is known, it gives one hint."
	FactBackground       Sentence = "No disclosure is needed for {what}."
)

// What is not taken (pieces): a full stop follows, or FactBecause with the reason.
const (
	FactTrailerNever  Sentence = "A line `{trailer}: …` is not taken"
	FactTrailerWithAI Sentence = "A line `{trailer}: …` that names an AI is not taken"
	FactFooter        Sentence = "What AI tools write about themselves, and links to conversations with them, are not taken in the message"
	FactIdentity      Sentence = "An AI must not be the commit's {role}"
	FactBecause       Sentence = "{fact}: {why}"
)

// Signing off.
const (
	FactSignOff     Sentence = "The message has a person's `Signed-off-by`."
	FactSignOffOwn  Sentence = "The author's own `Signed-off-by` is there."
	FactSignOffTool Sentence = "No tool signs off."
	FactCodeveloped Sentence = "Each `Co-developed-by` is followed at once by the `Signed-off-by` of the same person."
)

// The agreement of somebody else, and who that is (pieces).
const (
	FactApproval            Sentence = "An agreement of {who} is recorded as `{trailer}: {example}`."
	FactApprovalOther       Sentence = "somebody else than the author"
	FactApprovalMaintainers Sentence = "a maintainer of the touched files"
)

// Patterns of a message (pieces, as what is not taken), and where one is looked for.
const (
	FactPatternAbsent Sentence = "The {where} must not have {what} (`{pattern}`)"
	FactPatternThere  Sentence = "The {where} must have {what} (`{pattern}`)"
	FactPatternNone   Sentence = "a line that matches"
	FactInMessage     Sentence = "message"
	FactInSubject     Sentence = "subject"
	FactInBody        Sentence = "message's body"
	FactInTrailers    Sentence = "trailers"
)

// Commits that were made, one after the other.
const (
	FactMerges   Sentence = "Merges are checked like any other commit."
	FactFixups   Sentence = "Commits that are to be squashed are checked like any other."
	FactNoFixups Sentence = "Commits that are still to be squashed into another (fixup!, squash!, amend!) are not taken."
)

// How much a rule weighs.
const (
	FactRuleOff     Sentence = "Colophon does not report `{rule}`."
	FactRuleError   Sentence = "Colophon reports `{rule}` as an error."
	FactRuleWarning Sentence = "Colophon reports `{rule}` as a warning."
	FactRuleInfo    Sentence = "Colophon reports `{rule}` as a remark."
	FactRuleHint    Sentence = "Colophon reports `{rule}` as a hint."
)

// Which files are what.
const (
	FactTests           Sentence = "Tests are {patterns}."
	FactNoTests         Sentence = "No file counts as tests."
	FactDocumentation   Sentence = "Documentation is {patterns}."
	FactNoDocumentation Sentence = "No file counts as documentation."
	FactGenerated       Sentence = "Generated files are {patterns}."
	FactNoGenerated     Sentence = "No file counts as generated."
	FactVendored        Sentence = "Files from elsewhere are {patterns}."
	FactNoVendored      Sentence = "No file counts as from elsewhere."
)

// The limit; lines and classes in it (pieces).
const (
	FactLimit          Sentence = "An AI-assisted fix has at most {lines}."
	FactLimitIn        Sentence = "An AI-assisted fix in {zones} has at most {lines}."
	FactCountChanged   Sentence = "Of each place in a file the added or the deleted lines count, whichever are more; blank lines never do."
	FactCountAdded     Sentence = "The added lines count; blank lines never do."
	FactCountBoth      Sentence = "The added and the deleted lines count; blank lines never do."
	FactLeaveOut       Sentence = "The count leaves out {classes}."
	FactNotFor         Sentence = "There is no limit where the disclosure notes that the change is {notes}."
	FactLimitAgreement Sentence = "A recorded agreement lifts the limit."

	CountedLine  Sentence = "1 counted line"
	CountedLines Sentence = "{n} counted lines"
	ClassTests   Sentence = "tests"
	ClassFiles   Sentence = "{class} files"
)

// What a part of the tree asks for.
const (
	FactZone              Sentence = "The part {zone} is {paths}."
	FactZoneExcept        Sentence = "The part {zone} is {paths}, without {except}."
	FactZoneDecline       Sentence = "AI-generated content is not taken there."
	FactZoneDeclineUnless Sentence = "AI-generated content is not taken there without an agreement beforehand."
	FactZoneAllow         Sentence = "AI may help there."
	FactZoneKinds         Sentence = "AI may help there with {kinds}, and with nothing else."
	FactZoneApproval      Sentence = "An AI-assisted change there needs an agreement."
	FactZoneApprovalIn    Sentence = "An AI-assisted change there needs an agreement, recorded with `{trailer}`."
	FactZoneAttestation   Sentence = "An AI-assisted change there comes with an attestation: {fields}."
	FactZoneWhy           Sentence = "The project asks for {why}"
)

// The attestation.
const (
	FactAttestSection  Sentence = "A person answers in a section of the commit message headed `{heading}`."
	FactAttestTrailers Sentence = "A person answers in lines at the end of the commit message."
	FactAttestBefore   Sentence = "A person answers in lines at the end of the commit message, in front of `{trailer}`."
	FactAttestRequest  Sentence = "A person answers in the section `{heading}` of the pull request."
	FactStatement      Sentence = "`{label}:` is a statement to confirm: {statement}"
	FactField          Sentence = "`{label}:` wants {what}"
	FactZoneFields     Sentence = "What is asked in the part {zone}: {fields}."
	FactZoneNoFields   Sentence = "Nothing is asked in the part {zone}."
	FactRingFields     Sentence = "What is asked in {ring} parts: {fields}."
	FactRingNoFields   Sentence = "Nothing is asked in {ring} parts."
)

// The pull request, and the issue.
const (
	FactRequestSection Sentence = "The text of the {request} {must} have a section `{section}`."
	FactRequestWords   Sentence = "Where AI helped, the text of the {request} {must} say so, such as: {words}"
	FactRequestAsks    Sentence = "It says {what}."
	FactRequestNone    Sentence = "Where no AI was used, it says `{words}`; it is not left empty."
	FactBox            Sentence = "There is a box `{box}`."
	FactBoxNone        Sentence = "There is a box `{box}`, which says that no AI was used."
	FactBoxKind        Sentence = "There is a box `{box}`, which stands for {kind}."
	FactBoxesOne       Sentence = "Exactly one of the boxes is ticked."
	FactBoxesAll       Sentence = "All of the boxes are ticked."
	FactRequestLink    Sentence = "A larger AI-assisted change links to an issue or a discussion."
)

// Why a file is of its class (pieces): they go on after the class.
const (
	ClassByPolicy   Sentence = "by the policy's pattern `{pattern}`"
	ClassByUsual    Sentence = "by the usual pattern `{pattern}`"
	ClassByGit      Sentence = "gitattributes say so"
	ClassByNone     Sentence = "no pattern of another class matches"
	ClassNotBecause Sentence = "{because}; gitattributes say that it is not {class}"
)

// What is doubtful of the contents of a commit, and what was done about it.
const (
	DoubtStagedSince   Sentence = "What is staged of {files} changed after git opened this message, and that is not part of this commit."
	DoubtLate          Sentence = "What is staged has changed after git opened this message, so what is counted may be more or less than this commit."
	DoubtPreCommit     Sentence = "Counting what is staged now; git did not list {files} when it opened this message, which its pre-commit hook may have staged."
	DoubtListed        Sentence = "Counting the files that git listed when it opened this message; {files} is not among them and not part of this commit."
	DoubtOthersListed  Sentence = "Counting what is staged now; git listed other files when it opened this message."
	DoubtSlowLines     Sentence = "Git took too long, so not all lines of this commit are counted."
	DoubtSlow          Sentence = "Git took too long to tell what this commit contains, so nothing of it is counted."
	DoubtUnreadFiles   Sentence = "Git cannot read all files of this commit, so its lines are not counted."
	DoubtUntold        Sentence = "Git cannot tell what this commit contains, so nothing of it is counted."
	DoubtAmendMessage  Sentence = "Counting what an amend of {commit} contains, as this is its message; git's list fits a new commit as well."
	DoubtAmendFits     Sentence = "Counting what is staged; git's list fits an amend of {commit} as well."
	DoubtAmendLikely   Sentence = "This looks like an amend of {commit}, so what is counted is that commit with what is staged."
	DoubtAmendUnlikely Sentence = "Counting what is staged; this looks like an amend of {commit}, whose own changes are not counted."
)

// The files of a doubt (pieces), and a commit by its id and its subject.
const (
	DoubtFile    Sentence = "`{file}`"
	DoubtFileOne Sentence = "`{file}` and one other file"
	DoubtFiles   Sentence = "`{file}` and {n} other files"
	DoubtCommit  Sentence = "{id} ({subject})"
)
