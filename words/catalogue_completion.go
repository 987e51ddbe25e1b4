package words

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
	CompleteAboutOrigin     Sentence = "{name}, {status}, as of {date}."
)

// Completion, about people and commits. The history is that of the branch, as far as
// it is read.
const (
	CompleteAboutPerson Sentence = "Named {times} times in the newest {commits} commits."
	CompleteAboutOnce   Sentence = "Named once in the newest {commits} commits."
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
