package repository

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

const maxConfig = 8 << 20 // bytes

// Config is git's configuration as this repository sees it: system, user,
// repository, work tree and command line, with includes, in that order.
//
// Keys are section.name or section.subsection.name. As in git, the case of
// letters matters in the subsection only.
type Config struct {
	keys   []string // in the order of their first value
	values map[string][]string
	last   map[string]setting // of each key
}

// setting is where a value stands among all, and who set it.
type setting struct {
	at    int
	scope string // system, global, local, worktree or command
}

// Config asks git for all settings at once. It is an error, with git's words, if
// git refuses the repository because somebody else owns it (safe.directory); then
// nothing else should be asked.
func (r *Repository) Config(ctx context.Context) (*Config, error) {
	list, err := r.ask(ctx, command{args: []string{"config", "--list", "--show-scope", "-z"}, find: true}, maxConfig)
	var c *Config
	if err == nil {
		c, err = parseConfigList(list)
	}
	if err == nil && !c.local() {
		// For this command a repository that git refuses is none.
		_, err = r.ask(ctx, command{args: []string{"rev-parse", "--git-dir"}, find: true}, maxSmall)
	}
	if err == nil {
		err = r.attributes(c)
	}
	if err != nil {
		return nil, fmt.Errorf("read git's configuration: %w", err)
	}
	return c, nil
}

// attributes refuses a file of attributes that git would never have read, where
// the repository itself names it.
func (r *Repository) attributes(c *Config) error {
	file, ok := c.Get("core.attributesFile")
	if ok && c.Foreign("core.attributesFile") && isEndless(resolve(r.fromTop("."), file)) {
		return errors.New("core.attributesFile: not a regular file")
	}
	return nil
}

// parseConfigList reads "scope\0key\nvalue\0", or "scope\0key\0" for a key
// without a "=", which git takes for true.
func parseConfigList(list string) (*Config, error) {
	c := &Config{values: make(map[string][]string), last: make(map[string]setting)}
	for at := 0; list != ""; at++ {
		scope, rest, _ := strings.Cut(list, "\x00")
		item, rest, ok := strings.Cut(rest, "\x00")
		if !ok {
			return nil, errors.New("the list is cut short")
		}
		key, value, ok := strings.Cut(item, "\n")
		if !ok {
			value = "true"
		}
		key = canonical(key)
		if _, seen := c.values[key]; !seen {
			c.keys = append(c.keys, key)
		}
		c.values[key] = append(c.values[key], value)
		c.last[key] = setting{at, scope}
		list = rest
	}
	return c, nil
}

// Get returns the value of a key that has one value: the last one wins. A key
// without a value is "true".
func (c *Config) Get(key string) (string, bool) {
	all := c.All(key)
	if len(all) == 0 {
		return "", false
	}
	return all[len(all)-1], true
}

// Latest is like Get for keys that mean the same: the one that comes last wins.
func (c *Config) Latest(keys ...string) (value string, ok bool) {
	at := -1
	for _, key := range keys {
		if last, set := c.last[canonical(key)]; set && last.at > at {
			at = last.at
			value, ok = c.Get(key)
		}
	}
	return value, ok
}

// Foreign tells whether the value of a key comes from the repository's own files,
// which somebody else may have written.
func (c *Config) Foreign(key string) bool {
	switch c.last[canonical(key)].scope {
	case "local", "worktree":
		return true
	}
	return false
}

// local tells whether git has read the repository's own file. Each has at least
// the version of its format.
func (c *Config) local() bool {
	for _, s := range c.last {
		if s.scope == "local" {
			return true
		}
	}
	return false
}

// All returns the values of a key that may have many, in git's order. They must
// not be changed.
func (c *Config) All(key string) []string {
	return c.values[canonical(key)]
}

// Keys goes through all keys, in the order of their first value.
func (c *Config) Keys() iter.Seq[string] {
	return slices.Values(c.keys)
}

// Subsections returns the names NAME for which there is a key section.NAME.…,
// in the order in which they first appear.
func (c *Config) Subsections(section string) []string {
	prefix := strings.ToLower(section) + "."
	var names []string
	seen := make(map[string]bool) // there may be very many
	for _, key := range c.keys {
		rest, ok := strings.CutPrefix(key, prefix)
		end := strings.LastIndexByte(rest, '.')
		if ok && end >= 0 && !seen[rest[:end]] {
			seen[rest[:end]] = true
			names = append(names, rest[:end])
		}
	}
	return names
}

// canonical writes a key as git lists it.
func canonical(key string) string {
	first, last := strings.IndexByte(key, '.'), strings.LastIndexByte(key, '.')
	if first < 0 {
		return strings.ToLower(key)
	}
	return strings.ToLower(key[:first]) + key[first:last] + strings.ToLower(key[last:])
}
