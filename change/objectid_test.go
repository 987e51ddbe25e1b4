package change

import (
	"strings"
	"testing"
)

func TestMatches(t *testing.T) {
	const id ObjectID = 0x0012_3456_789a_bcde
	for _, c := range []struct {
		id     ObjectID
		abbrev string
		want   bool
	}{
		{id, "0012", true},
		{id, "00123456789abcde", true},
		{id, "00123456789abcde" + strings.Repeat("f", 48), true}, // as far as we know
		{id, "0013", false},
		{id, "00123456789abcdf", false},
		{id, "0000", false}, // no object, not one that begins so
		{id, "001", false},
		{id, "", false},
		{id, "001g", false},
		{id, "00123456789abcdeg", false},
		{id, "0x12", false},
		{id, "00123456789abcde" + strings.Repeat("f", 49), false},
		{0, "0000", true},
		{0, strings.Repeat("0", 40), true},
		{0, "0001", false},
	} {
		if got := c.id.Matches(c.abbrev); got != c.want {
			t.Errorf("%x and %q: %v", c.id, c.abbrev, got)
		}
	}
}
