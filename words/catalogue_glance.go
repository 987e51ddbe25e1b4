package words

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

	GlanceLines    Sentence = "{n} lines"
	GlanceLine     Sentence = "1 line"
	GlancePartial  Sentence = "more than {n} lines"
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
