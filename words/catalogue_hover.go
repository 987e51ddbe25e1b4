package words

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
	HoverKeyForm        Sentence = "Its value: {about} For example: {example}"
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
	HoverPathLines    Sentence = "It has {lines} that count: {count}, without blank lines."
	HoverPathBinary   Sentence = "It is binary, so it has no lines that count."
	HoverPathPartial  Sentence = "Its lines could not be counted."
	HoverPathLimit    Sentence = "They go into the limit of {limit} lines for AI-assisted code."
	HoverPathLeft     Sentence = "The limit of {limit} lines for AI-assisted code leaves it out."
	HoverPathElse     Sentence = "The limit of {limit} lines is for other parts of the tree."
	HoverPathZone     Sentence = "Zone {zone}, by the pattern {pattern}: {asks}"
	HoverPathNoAsk    Sentence = "{Policy} asks nothing more there."
	HoverPathMore     Sentence = "It lies in {n} more zones."
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
	HoverCounted     Sentence = "Of these, {lines} count for the limit of {limit} for AI-assisted code."
	HoverCountedNot  Sentence = "Without {left}, {lines} count for the limit of {limit} for AI-assisted code."
	HoverNothing     Sentence = "This commit contains no files."
	HoverUnknown     Sentence = "What this commit contains is not known yet."
	HoverZone        Sentence = "Zone {zone}: {asks}"
	HoverZonesMore   Sentence = "And {n} more zones."
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
)
