package diagnostics

import "colophon/change"

// added is an example's staged file with so many new lines.
func added(path string, lines int) []change.File {
	return []change.File{{Path: path, Status: "modified", Added: lines, Lines: change.Lines{Changed: lines, Added: lines}}}
}
