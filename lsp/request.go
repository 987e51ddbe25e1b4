package lsp

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"colophon/diagnostics"
)

// temporaryMarkdown is what GitHub's gh calls the file in which a person writes the
// text of a pull request: Go's os.CreateTemp with the pattern "*.md".
var temporaryMarkdown = regexp.MustCompile(`^[0-9]+\.md$`)

// locateRequest tells whether a document is the text of a pull request that a program
// has opened in the editor. Hub's lies in the git directory. Gh's lies in the system's
// folder for temporary files and belongs to where the person works; gh writes issues
// the same way, so only what the policy's section or boxes stand in counts.
func (s *server) locateRequest(doc *document, path string) (location, bool) {
	at := location{path: path, kind: diagnostics.PullRequest}
	if filepath.Base(path) == "PULLREQ_EDITMSG" {
		return at, true
	}
	if !strings.EqualFold(doc.languageID, "markdown") || !temporaryMarkdown.MatchString(filepath.Base(path)) || !sameFolder(filepath.Dir(path), os.TempDir()) {
		return location{}, false
	}
	at.path, at.perhaps = "", true // where we were started
	if len(s.folders) > 0 {
		at.path = s.folders[0]
	}
	return at, true
}

// sameFolder also holds where one name leads through symbolic links, as on macOS.
func sameFolder(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}
