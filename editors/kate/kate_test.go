//go:build editors

package kate_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"colophon/editors/desk"
)

// Kate as the README sets it up.
func TestKate(t *testing.T) {
	files := map[string]string{}
	for from, to := range map[string]string{
		"settings.json":                 ".config/kate/lspclient/settings.json",
		"syntax/git-commit-message.xml": ".local/share/org.kde.syntax-highlighting/syntax/git-commit-message.xml",
		"syntax/colophon-policy.xml":    ".local/share/org.kde.syntax-highlighting/syntax/colophon-policy.xml",
		"testdata/katerc":               ".config/katerc",
		"testdata/session":              ".local/share/kate/anonymous.katesession",
	} {
		text, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		files[to] = string(text)
	}
	p := desk.Open(t, "kate", `(?m)^kate (\d+\.\d+)`, "env", "QT_QPA_PLATFORM=offscreen", "kate", "--version")
	start := func(d *desk.Desk, editor, command string) (*desk.Screen, *desk.Terminal) {
		for path, text := range files {
			d.Write(filepath.Join(d.Home, path), strings.ReplaceAll(text, "HOME", d.Home))
		}
		d.Stage()
		screen := d.Screen()
		return screen, d.Open(editor, "dbus-run-session -- "+command)
	}
	open := func(d *desk.Desk) (*desk.Screen, *desk.Terminal) {
		screen, k := start(d, "kate -b -n", desk.Commit)
		d.Traced(`"from":"server"`, "publishDiagnostics", "trailer-forbidden", "disclosure-missing")
		screen.Focus(screen.Window("kate", 1))
		screen.Red(true)
		screen.Press("ctrl+Home", "Down", "Down", "Down", "Down", "Down")
		return screen, k
	}
	// fix takes the first action of the line from the menu.
	fix := func(d *desk.Desk, screen *desk.Screen, title, text string) {
		screen.Press("alt+l")
		screen.Window("kate", 2)
		screen.Press("c")
		d.Traced(`"from":"server"`, title)
		screen.Window("kate", 3)
		screen.Grown("kate", 200) // it was less when it said "Loading..."
		screen.Picture("fixes")
		screen.Press("Down", "Return")
		d.Traced(`"from":"editor"`, "didChange", text)
		screen.Red(false)
		screen.Picture("fixed")
		screen.Press("ctrl+s")
	}
	p.Flow("commit", func(d *desk.Desk) {
		screen, k := open(d)
		screen.Picture("found")
		d.Proves(desk.Findings)
		fix(d, screen, desk.Fix, desk.Trailer)
		d.Saved(".git/COMMIT_EDITMSG", desk.Trailer)
		d.Proves(desk.Fixes)
		screen.Press("ctrl+q")
		k.Shows("git has ended: 0")
		d.Told()
	})
	// Kate applies all that it gets here, so it is to get one.
	p.Flow("quick fix", func(d *desk.Desk) {
		screen, k := open(d)
		screen.Press("ctrl+period")
		d.Traced(`"from":"editor"`, "didChange", desk.Trailer)
		screen.Red(false)
		screen.Picture("quick-fix")
		screen.Press("ctrl+s")
		d.Saved(".git/COMMIT_EDITMSG", desk.Trailer)
		screen.Press("ctrl+q")
		k.Shows("git has ended: 0")
		d.Told()
	})
	p.Flow("hover and completion", func(d *desk.Desk) {
		screen, k := open(d)
		screen.Press("alt+l")
		screen.Window("kate", 2)
		screen.Press("y") // Symbol Info
		d.Traced(`"from":"server"`, desk.Sourced)
		screen.Window("kate", 2)
		screen.Picture("hover")
		d.Proves(desk.Hover)
		screen.Press("Up", "Home", "Return", "Up")
		screen.Window("kate", 1)
		screen.Type("AI")
		screen.Press("ctrl+space")
		d.Traced(`"from":"server"`, desk.Offer)
		screen.Window("kate", 2)
		screen.Picture("completion")
		screen.Press("Return")
		d.Traced(`"from":"editor"`, "didChange", "\\n"+desk.Trailer+"\\n")
		d.Proves(desk.Completion)
		k.Signal(syscall.SIGKILL) // otherwise it asks what is to become of the change
		d.NothingLeft()
	})
	p.Flow("policy file", func(d *desk.Desk) {
		d.StagePolicy()
		screen, k := start(d, "kate -b -n other.yaml", "git config -f .colophon.yaml --edit")
		d.Traced(`"from":"server"`, "publishDiagnostics", "projct")
		screen.Focus(screen.Window("kate", 1))
		screen.Red(true)
		screen.Picture("policy")
		screen.Press("ctrl+Home", "Down")
		fix(d, screen, desk.PolicyFix, "project: Example")
		d.Saved(".colophon.yaml", "project: Example")
		d.Proves(desk.PolicyFile)
		screen.Press("ctrl+q")
		k.Shows("git has ended: 0")
		d.OnlyPolicy()
	})
	var screen *desk.Screen
	ready := func(d *desk.Desk) (k *desk.Terminal) {
		screen, k = start(d, "kate -b -n", desk.Commit)
		d.Serving()
		screen.Focus(screen.Window("kate", 1))
		return k
	}
	p.Ends("", ready,
		desk.Ending{Name: "quit", Do: func(*desk.Terminal) { screen.Press("ctrl+q") }},
		desk.Ending{Name: "screen gone", Do: func(*desk.Terminal) { screen.Off() }},
	)
}
