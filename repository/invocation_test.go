package repository

import (
	"strings"
	"testing"
)

func TestParseInvocation(t *testing.T) {
	alias := map[string]string{
		"ci": "commit", "am": "commit --amend", "ca": "ci -a", "loop": "loop", "sh": "!git commit --amend",
		"quoted": `commit -m "a b"`, "save": "stash push",
	}
	for _, c := range []struct {
		args string // separated by blanks
		want string // the command and what is known of it, "" for one that waits for no message
	}{
		{"commit", "commit"},
		{"commit --amend", "commit amend"},
		{"commit --am", "commit amend"},
		{"commit --amen --no-edit", "commit amend"},
		{"commit --amend --no-amend", "commit"},
		{"commit --a", "commit"}, // git refuses it: it may be --all, --author and others
		{"commit -m --amend", "commit"},
		{"commit -m--amend", "commit"},
		{"commit --message --amend", "commit"},
		{"commit --message=x --amend", "commit amend"},
		{"commit -am --amend", "commit own"},
		{"commit -av", "commit own verbose=yes"},
		{"commit -Cfoo --amend", "commit amend"},
		{"commit -C foo --amend", "commit amend"},
		{"commit -Sa", "commit"},
		{"commit -uno", "commit"},
		{"commit -S -a", "commit own"},
		{"commit -i x", "commit own"},
		{"commit x", "commit own"},
		{"commit --", "commit"},
		{"commit -- --amend", "commit own"},
		{"commit --no-verbose", "commit verbose=no"},
		{"commit --verb", "commit verbose=yes"},
		{"commit -v -v", "commit verbose=yes"},
		{"commit --cleanup=scissors", "commit cleanup=scissors"},
		{"commit --clean whitespace", "commit cleanup=whitespace"},
		{"commit --fixup=amend:HEAD", "commit"},
		{"commit --fixup reword:HEAD", "commit own"},
		{"commit --pathspec-from-file=x", "commit own"},
		{"commit -n --amend --no-gpg-sign -F x -e", "commit amend"}, // as rebase does
		{"-c a.b=commit -C dir --git-dir=x commit --amend", "commit amend"},
		{"-c commit", ""},
		{"merge --edit x", "merge"},
		{"pull", "merge"},
		{"am --continue", "am"},
		{"ci --amend", "commit amend"},
		{"am", "am"}, // no alias hides a command of git's
		{"ca", "commit own"},
		{"loop", ""},
		{"sh", ""},
		{"quoted", ""},
		{"save", ""},
		{"status", ""},
		{"", ""},
	} {
		inv, ok := parseInvocation(append([]string{"git"}, strings.Fields(c.args)...), func(name string) string { return alias[name] })
		got := inv.Command
		for _, f := range []struct {
			is   bool
			text string
		}{
			{inv.Amend, " amend"}, {inv.OwnIndex, " own"}, {inv.Verbose != "", " verbose=" + inv.Verbose}, {inv.Cleanup != "", " cleanup=" + inv.Cleanup},
		} {
			if f.is {
				got += f.text
			}
		}
		if !ok {
			got = ""
		}
		if got != c.want {
			t.Errorf("git %s: %q, want %q", c.args, got, c.want)
		}
	}
}
