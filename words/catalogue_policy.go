package words

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

// Problems of patterns, agreement, attestation, pull request and detection (pieces).
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
	TopicWeight      Sentence = "weight"
	TopicFiles       Sentence = "files"
	TopicSize        Sentence = "size"
	TopicPart        Sentence = "the part {zone}"
	TopicAttestation Sentence = "attestation"
	TopicPullRequest Sentence = "pull request"
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

// The pull request.
const (
	FactRequestSection Sentence = "The text of a pull request {must} have a section `{section}`."
	FactRequestWords   Sentence = "Where AI helped, the text of a pull request {must} say so, such as: {words}"
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
