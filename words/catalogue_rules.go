package words

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
// {trailer} a trailer's token, {request} what the project calls a pull request.

// All rules: pieces and fixes that several share.
const (
	And Sentence = "and" // joins the last word of a list
	Or  Sentence = "or"

	FilesTwoPiece  Sentence = "{file} and 1 other file"
	FilesManyPiece Sentence = "{file} and {count} other files"

	EvidenceInMessagePiece Sentence = "`{text}`"
	EvidenceAuthorPiece    Sentence = "the author, {text}"
	EvidenceCommitterPiece Sentence = "the committer, {text}"
	EvidenceStatedPiece    Sentence = "the answer that AI helped"

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

// disclosure-value, in a pull request: boxes that do not fit one another, and
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

// disclosure-missing, in a pull request: the section where AI use is told.
const (
	RequestHowPiece      Sentence = "how AI was used"
	RequestContradicts   Sentence = "This says that no AI was used, while AI use is evident from {evidence}; {project} wants it told here, so correct one of the two."
	RequestMissing       Sentence = "{Project} asks a {request} to say that AI was used; write for example: “{text}”"
	RequestIfAI          Sentence = "If AI helped, {project} asks to say so in the {request}; if not, there is nothing to do."
	RequestNoBox         Sentence = "No box is ticked in the section \"{section}\"; {project} asks to tick what fits."
	RequestNoSection     Sentence = "{Project} asks for a section \"{section}\" that says {asks}; add it."
	RequestNoSectionNone Sentence = "{Project} asks for a section \"{section}\" that says {asks}, or “{none}”; add it."
	RequestEmpty         Sentence = "The section \"{section}\" is empty; {project} asks it to say {asks}."
	RequestEmptyNone     Sentence = "The section \"{section}\" is empty; {project} asks it to say {asks}, or “{none}”."
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

// message-pattern: where the policy has words of its own for a pattern, those stand
// there instead.
const (
	PatternFound   Sentence = "{Project} does not want this here: {pattern}."
	PatternMissing Sentence = "{Project} wants this in the message: {pattern}."
)

// small-fix-limit: more lines than the project takes. What the policy says of larger
// changes follows.
const (
	LimitOver          Sentence = "{Project} allows {limit} counted lines in an AI-assisted small fix; this change has {counted}."
	LimitOverIfAI      Sentence = "If AI helped: {project} allows {limit} counted lines in a small fix; this change has {counted}."
	LimitMorePiece     Sentence = "more than {count}"
	LimitLeftOutPiece  Sentence = "{counted}, with {left} left out"
	LimitLinePiece     Sentence = "1 {class} line"
	LimitLinesPiece    Sentence = "{count} {class} lines"
	LimitFileLineLabel Sentence = "1 counted line"
	LimitFileLabel     Sentence = "{count} counted lines"
)

// core-zone: a part of the tree for which the policy asks for more.
const (
	ZoneDeclines     Sentence = "This change touches {files} in the zone \"{zone}\", where {project} takes no AI-generated content."
	ZoneDeclinesIfAI Sentence = "If AI helped: this change touches {files} in the zone \"{zone}\", where {project} takes no AI-generated content."
	ZoneUnless       Sentence = "This change touches {files} in the zone \"{zone}\", where {project} takes AI-generated content only after an agreement."
	ZoneUnlessIfAI   Sentence = "If AI helped: this change touches {files} in the zone \"{zone}\", where {project} takes AI-generated content only after an agreement."
	ZoneAsks         Sentence = "This change touches {files} in the zone \"{zone}\", where {project} asks for {what}."
	ZoneAsksIfAI     Sentence = "If AI helped: this change touches {files} in the zone \"{zone}\", where {project} asks for {what}."
	ZonePlain        Sentence = "This change touches {files} in the zone \"{zone}\", which {project} sets apart."
	ZonePlainIfAI    Sentence = "If AI helped: this change touches {files} in the zone \"{zone}\", which {project} sets apart."
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

// ai-declined: the project takes no AI-generated content. {because} and {outside} are
// the two pieces, or nothing.
const (
	DeclinedHere               Sentence = "This line states AI use, and {project} declines content that AI generated{because}{outside}."
	DeclinedUnlessHere         Sentence = "This line states AI use, and {project} declines content that AI generated unless it was agreed on beforehand{because}{outside}."
	DeclinedUnlessTrailerHere  Sentence = "This line states AI use, and {project} declines content that AI generated unless it was agreed on beforehand and `{trailer}:` says by whom{because}{outside}."
	DeclinedKnown              Sentence = "AI use is evident from {evidence}, and {project} declines content that AI generated{because}{outside}."
	DeclinedUnlessKnown        Sentence = "AI use is evident from {evidence}, and {project} declines content that AI generated unless it was agreed on beforehand{because}{outside}."
	DeclinedUnlessTrailerKnown Sentence = "AI use is evident from {evidence}, and {project} declines content that AI generated unless it was agreed on beforehand and `{trailer}:` says by whom{because}{outside}."
	DeclinedBecausePiece       Sentence = ", because {why}"
	DeclinedOutsidePiece       Sentence = "; only {uses} that leaves nothing in the change is outside it"
	DeclinedRequest            Sentence = "{Project} declines content that AI generated, and AI use is stated here."
)

// policy-outdated: the project's text may have changed since.
const (
	OutdatedSince       Sentence = "What Colophon knows of {project} is of {date} and was to be read again by {recheck}; see whether it has changed."
	OutdatedSinceSource Sentence = "What Colophon knows of {project} is of {date} and was to be read again by {recheck}; see whether it has changed: {source}."
	Outdated            Sentence = "What Colophon knows of {project} was to be read again by {recheck}; see whether it has changed."
	OutdatedSource      Sentence = "What Colophon knows of {project} was to be read again by {recheck}; see whether it has changed: {source}."
)
