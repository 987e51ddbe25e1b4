package commit

import (
	"cmp"
	"maps"
	"strings"

	"colophon/diagnostics"
)

// readPreferences reads what the person wishes: the editor's settings or the flags,
// then colophon.ask and colophon.severity.RULE in git's configuration.
func (c *Commit) readPreferences(o Options) {
	ask, severity := "", make(map[string]string)
	if c.Config != nil {
		ask, _ = c.Config.Get("colophon.ask")
		for key := range c.Config.Keys() {
			if rule, ok := strings.CutPrefix(key, "colophon.severity."); ok {
				severity[rule], _ = c.Config.Get(key)
			}
		}
	}
	maps.Copy(severity, o.Severity)
	c.Prefers, c.Unusable = diagnostics.ReadPreferences(cmp.Or(o.Ask, ask), severity)
	stated, problem := diagnostics.ReadStatement(string(c.Stated))
	if c.Stated = stated; problem != "" {
		c.Unusable = append(c.Unusable, problem)
	}
}
