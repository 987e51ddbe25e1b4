package hook

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// Script is the path of the file where a person adds to a hook. It is the hook itself,
// except in the folder that husky makes: each hook there is written by husky, and runs
// the person's script of the same name in the folder above.
func (f Folder) Script(name string) string {
	if filepath.Base(string(f)) == "_" {
		if info, err := os.Stat(f.path("h")); err == nil && info.Mode().IsRegular() {
			return filepath.Join(filepath.Dir(string(f)), name)
		}
	}
	return f.path(name)
}

// callsItself is the path of the script by which another's hook calls Colophon; empty
// where that is not seen.
func (f Folder) callsItself(name string) string {
	if info, err := os.Stat(f.path(name)); err != nil || info.Mode()&0o111 == 0 && runtime.GOOS != "windows" {
		return "" // git does not run it
	}
	path := f.Script(name)
	if text, err := read(path); err == nil && calls(string(text), name) {
		return path
	}
	return ""
}

// call is a command of the shell: where one begins, the program, perhaps with a folder
// and quoted, and the hook.
var call = regexp.MustCompile(`(?:^|[;&|({!]|\b(?:if|then|else|do|exec|command|env|time)\s)\s*(?:\w+=\S*\s+)*` +
	`(?:"(?:[^"]*[/\\])?|'(?:[^']*[/\\])?|[^\s"';&|()]*[/\\])?colophon(?:\.exe)?["']?` +
	`\s+hook\s+run\s+(?:-\S+\s+(?:\S+\s+)??)*?["']?(` + strings.Join(Names, "|") + `)["']?(?:$|[\s;&|)])`)

// calls tells whether a line of a script calls Colophon for a hook. It is none that
// only may be such a line: who counts on it would not be checked.
func calls(text, name string) bool {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		line, _, _ = strings.Cut(line, " #")
		for _, m := range call.FindAllStringSubmatch(line, -1) {
			if m[1] == name {
				return true
			}
		}
	}
	return false
}
