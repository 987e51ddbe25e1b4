package lsp

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"colophon/commit"
	"colophon/diagnostics"
)

// temporaryMarkdown is what GitHub's gh calls the file in which a person writes the
// text of a pull request or of an issue: Go's os.CreateTemp with the pattern "*.md".
var temporaryMarkdown = regexp.MustCompile(`^[0-9]+\.md$`)

// locateRequest tells whether a document is the text of a pull request, or of an issue,
// that a program has opened in the editor. Hub's lies in the git directory. Gh's lies in
// the system's folder for temporary files and belongs to where the person works; its name
// does not say what it is, so only what the policy's section or boxes stand in counts.
func (s *server) locateRequest(doc *document, path string) (location, bool) {
	at := location{path: path, kind: diagnostics.PullRequest}
	switch filepath.Base(path) {
	case "PULLREQ_EDITMSG":
		return at, true
	case "ISSUE_EDITMSG":
		at.kind = diagnostics.Issue
		return at, true
	}
	if !strings.EqualFold(doc.languageID, "markdown") || !temporaryMarkdown.MatchString(filepath.Base(path)) || !commit.SameFolder(filepath.Dir(path), os.TempDir()) {
		return location{}, false
	}
	at.path, at.perhaps = s.here(), true
	return at, true
}

// here is where the person works, for what lies in the system's folder for temporary
// files: a folder that is open, else where we were started.
func (s *server) here() string {
	if len(s.folders) > 0 {
		return s.folders[0]
	}
	return ""
}

// b4Folder is what b4 calls the folder in which it puts a cover letter to be edited: in
// the system's folder for temporary files, and in later versions in the work tree.
var b4Folder = regexp.MustCompile(`^(b4-|\.b4-editor)`)

// locateCover tells whether a document is the cover letter of a series: one that b4 has
// opened in the editor, as COMMIT_EDITMSG, or one that it has fetched.
func (s *server) locateCover(path string) (location, bool) {
	at := location{path: path, comments: true, kind: diagnostics.CoverLetter}
	dir := filepath.Dir(path)
	name, temporary := filepath.Base(dir), commit.SameFolder(filepath.Dir(dir), os.TempDir())
	switch {
	case filepath.Ext(path) == ".cover":
	case filepath.Base(path) != "COMMIT_EDITMSG" || !b4Folder.MatchString(name):
		return location{}, false
	case temporary:
		at.path = s.here()
	case !strings.HasPrefix(name, "."): // a linked work tree may have such a name
		return location{}, false
	}
	return at, true
}
