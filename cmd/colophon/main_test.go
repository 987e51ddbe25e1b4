package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	// Git starts this binary very often, and with the race detector each end of a
	// process would take a second.
	os.Setenv("GORACE", "atexit_sleep_ms=0")
	testscript.Main(m, map[string]func(){
		"colophon":     func() { os.Exit(run(os.Args[1:])) },
		"truth-editor": func() { os.Exit(truthEditor()) },
		"truth-server": func() { os.Exit(truthServer()) },
		"truth-hook":   func() { os.Exit(truthHook()) },
	})
}

// The scripts run the real command on real repositories.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			home := filepath.Join(e.WorkDir, ".home")
			e.Setenv("HOME", home)
			e.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
			e.Setenv("GIT_CONFIG_NOSYSTEM", "1")
			e.Setenv("SOURCE_DATE_EPOCH", "1795478400") // no policy grows old in the tests
			for _, who := range []string{"AUTHOR", "COMMITTER"} {
				e.Setenv("GIT_"+who+"_NAME", "Jo Doe")
				e.Setenv("GIT_"+who+"_EMAIL", "jo@example.org")
			}
			return os.Mkdir(home, 0o777)
		},
	})
}
