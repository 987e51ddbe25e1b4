package words

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
	LinkFile   Sentence = "This file as it is in the work tree"
)
