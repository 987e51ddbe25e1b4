package hook

import "testing"

func TestCalls(t *testing.T) {
	for _, line := range []string{
		`colophon hook run commit-msg "$1"`,
		"\tcolophon hook run commit-msg $1 || exit 1\r",
		`exec /usr/local/bin/colophon hook run commit-msg "$@"`,
		`"$HOME/my bin/colophon" hook run commit-msg "$1"`,
		`'C:/Program Files/colophon.exe' hook run commit-msg "$1"`,
		`"colophon" hook run 'commit-msg' "$1"`,
		`if command -v colophon >/dev/null; then colophon hook run commit-msg "$1"; fi`,
		`test -x /x/colophon && /x/colophon hook run commit-msg "$1" # ours`,
		`CLAUDECODE= NO_COLOR=1 colophon hook run --policy none --ai=no commit-msg "$1"`,
		`if ! colophon hook run commit-msg "$1"; then`,
		`(cd x; colophon hook run commit-msg)`,
	} {
		if !calls("#!/bin/sh\n"+line+"\nexit\n", "commit-msg") {
			t.Errorf("not seen: %s", line)
		}
	}
	for _, line := range []string{
		"",
		`# colophon hook run commit-msg "$1"`,
		`true # colophon hook run commit-msg "$1"`,
		`echo colophon hook run commit-msg`,
		`echo "colophon hook run commit-msg"`,
		`colophon hook run pre-push "$@"`,
		`colophon hook run commit-msg-too "$1"`,
		`colophon hook run prepare-commit-msg "$1"`,
		`colophon hook install commit-msg`,
		`colophon hook status; run commit-msg`,
		`mycolophon hook run commit-msg "$1"`,
		`colophon check "$1"`,
		"colophon\nhook run commit-msg",
	} {
		if calls("#!/bin/sh\n"+line+"\n", "commit-msg") {
			t.Errorf("taken for a call: %s", line)
		}
	}
}
