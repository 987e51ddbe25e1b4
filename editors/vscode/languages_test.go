package vscode_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"colophon/commit"
)

// The files of other programs that VS Code is told to take for commit messages are those
// that the server takes for them.
func TestLanguages(t *testing.T) {
	raw, err := os.ReadFile("package.json")
	must(t, err)
	var manifest struct {
		Contributes struct {
			Languages []struct {
				ID               string   `json:"id"`
				FilenamePatterns []string `json:"filenamePatterns"`
			} `json:"languages"`
		} `json:"contributes"`
	}
	must(t, json.Unmarshal(raw, &manifest))
	languages := manifest.Contributes.Languages
	if len(languages) != 1 || languages[0].ID != "git-commit" || len(languages[0].FilenamePatterns) == 0 {
		t.Fatalf("the languages are %+v", languages)
	}
	for _, pattern := range languages[0].FilenamePatterns {
		if ok, _ := commit.OtherProgram("/tmp/"+strings.ReplaceAll(pattern, "*", "a1b2c3d4"), ""); !ok {
			t.Errorf("the server does not take %s", pattern)
		}
	}
}
