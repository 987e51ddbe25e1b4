//go:build editors

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A flow that passes in its second run is seen, and does not fail the whole; one
// that fails twice does, and so does what was proved once and is not any more.
func TestTable(t *testing.T) {
	const results = `{"editor":"vim","version":"9.0","flow":"commit","run":1,"seconds":1.25,"failure":"waited in vain"}
{"editor":"vim","version":"9.0","flow":"commit","run":2,"seconds":0.5,"proved":["fixes","findings"]}
{"editor":"kate","version":"22.12","flow":"quit","run":1,"seconds":3,"proved":["ends"]}
{"editor":"kate","version":"22.12","flow":"SIGHUP","run":1,"seconds":60,"failure":"still running"}
{"editor":"kate","version":"22.12","flow":"SIGHUP","run":2,"seconds":60,"failure":"still running"}
{"editor":"emacs","version":"33.1","flow":"commit","run":1,"seconds":2,"proved":["fixes"]}
`
	const before = `{"emacs": {"28.2": ["fixes"]}, "helix": {"25.07": ["fixes"]}, "kate": {"22.12": ["hover", "ends"]}, "vim": {"9.0": ["fixes"]}}`
	const want = `editor  version  flow    seconds  
vim     9.0      commit  1.2      failed, run again: waited in vain
vim     9.0      commit  0.5      passed in the second run
kate    22.12    quit    3.0      
kate    22.12    SIGHUP  60.0     failed, run again: still running
kate    22.12    SIGHUP  60.0     FAILED: still running
emacs   33.1     commit  2.0      
emacs 33.1 is not in editors/proved.json: make prove-editors
kate 22.12: hover is not proved any more
vim 9.0: findings is proved, and editors/proved.json does not say so: make prove-editors

3 passed, 2 failed
`
	write := func(name, text string) string {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	file := write("proved.json", before)
	var out strings.Builder
	if ok, err := run(write("results", results), file, false, &out); err != nil || ok || out.String() != want {
		t.Errorf("%v, %v:\n%s", ok, err, out.String())
	}

	// Written down, it is as it should be; who did not run stays as it was.
	good := write("results", strings.ReplaceAll(results, "still running", ""))
	if ok, err := run(good, file, true, &out); err != nil || !ok {
		t.Errorf("update: %v, %v", ok, err)
	}
	if ok, err := run(good, file, false, &out); err != nil || !ok {
		t.Errorf("after the update: %v, %v:\n%s", ok, err, out.String())
	}
	raw, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(raw), `"25.07"`) || !strings.Contains(string(raw), `"33.1"`) {
		t.Errorf("%v: %s", err, raw)
	}

	if _, err := run(write("results", `{"editor":`), file, false, &out); err == nil {
		t.Error("half a line is taken")
	}
	if _, err := run(good, write("proved.json", "{"), false, &out); err == nil {
		t.Error("half a file is taken")
	}
}
