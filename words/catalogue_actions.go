package words

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
