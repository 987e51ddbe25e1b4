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
	start := func(d *desk.Desk, command string) (*desk.Screen, *desk.Terminal) {
		for path, text := range files {
			d.Write(filepath.Join(d.Home, path), strings.ReplaceAll(text, "HOME", d.Home))
		}
		d.Stage()
		screen := d.Screen()
		return screen, d.Open("kate -b -n", "dbus-run-session -- "+command)
	}
	open := func(d *desk.Desk) (*desk.Screen, *desk.Terminal) {
		screen, k := start(d, desk.Commit)
		d.Traced(`"from":"server"`, "publishDiagnostics", "trailer-forbidden", "disclosure-missing")
		screen.Focus(screen.Window("kate", 1))
		screen.Press("ctrl+Home", "Down", "Down", "Down", "Down", "Down")
		return screen, k
	}
	p.Flow("commit", func(d *desk.Desk) {
		screen, k := open(d)
		screen.Picture("found")
		screen.Press("alt+l")
		screen.Window("kate", 2)
		screen.Press("c") // Quick Fix in the same menu takes all that fits, one after the other
		d.Traced(`"from":"server"`, desk.Fix)
		screen.Grown(screen.Window("kate", 3), 100)
		screen.Picture("fixes")
		screen.Press("Down", "Return")
		d.Traced(`"from":"editor"`, "didChange", desk.Trailer)
		screen.Window("kate", 1)
		screen.Picture("fixed")
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
		screen.Press("Up", "Home", "Return", "Up")
		screen.Window("kate", 1)
		screen.Press("ctrl+space")
		d.Traced(`"from":"server"`, desk.Offer)
		screen.Window("kate", 2)
		screen.Picture("completion")
		k.Signal(syscall.SIGKILL) // otherwise it asks what is to become of the change
		d.NothingLeft()
	})
	var screen *desk.Screen
	ready := func(d *desk.Desk) (k *desk.Terminal) {
		screen, k = start(d, desk.Commit)
		d.Serving()
		screen.Focus(screen.Window("kate", 1))
		return k
	}
	p.Ends("", ready,
		desk.Ending{Name: "quit", Do: func(*desk.Terminal) { screen.Press("ctrl+q") }},
		desk.Ending{Name: "screen gone", Do: func(*desk.Terminal) { screen.Off() }},
	)
}
