//go:build editors

package main

import (
	"strings"
	"testing"
)

// A flow that passes in its second run is seen, and does not fail the whole; one
// that fails twice does.
func TestTable(t *testing.T) {
	const in = `{"editor":"vim","version":"9.0","flow":"commit","run":1,"seconds":1.25,"failure":"waited in vain"}
{"editor":"vim","version":"9.0","flow":"commit","run":2,"seconds":0.5}
{"editor":"kate","version":"22.12","flow":"quit","run":1,"seconds":3}
{"editor":"kate","version":"22.12","flow":"SIGHUP","run":1,"seconds":60,"failure":"still running"}
{"editor":"kate","version":"22.12","flow":"SIGHUP","run":2,"seconds":60,"failure":"still running"}
`
	const want = `editor  version  flow    seconds  
vim     9.0      commit  1.2      failed, run again: waited in vain
vim     9.0      commit  0.5      passed in the second run
kate    22.12    quit    3.0      
kate    22.12    SIGHUP  60.0     failed, run again: still running
kate    22.12    SIGHUP  60.0     FAILED: still running
`
	var out strings.Builder
	failed, err := table(strings.NewReader(in), &out)
	if err != nil || failed != 1 || out.String() != want {
		t.Errorf("%d failed, %v:\n%s", failed, err, out.String())
	}
	if _, err := table(strings.NewReader(`{"editor":`), &out); err == nil {
		t.Error("half a line is taken")
	}
}
