package diagnostics

import (
	"colophon/attribution"
	"colophon/change"
)

// added is an example's staged file with so many new lines.
func added(path string, lines int) []change.File {
	return []change.File{{Path: path, Status: "modified", Added: lines, Lines: change.Lines{Changed: lines, Added: lines}}}
}

// wrote is a record of git-ai by which AI wrote the first lines of a file.
func wrote(path string, lines int) []attribution.Record {
	return []attribution.Record{{Source: attribution.GitAI, Files: []attribution.File{{Path: path, AI: []attribution.Run{{First: 1, Last: lines}}}}}}
}
