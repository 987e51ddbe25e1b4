package repository

import (
	"context"
	"errors"
	"fmt"
	"io"
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
}

// Config asks git for all settings at once.
func (r *Repository) Config(ctx context.Context) (*Config, error) {
	var list []byte
	err := r.run(ctx, command{
		args: []string{"config", "--list", "-z"},
		read: func(stdout io.Reader) (err error) {
			list, err = io.ReadAll(io.LimitReader(stdout, maxConfig+1))
			if err == nil && len(list) > maxConfig {
				err = fmt.Errorf("more than %d bytes of settings", maxConfig)
			}
			return err
		},
	})
	if err != nil {
		return nil, fmt.Errorf("read git's configuration: %w", err)
	}
	c, err := parseConfigList(string(list))
	if err != nil {
		return nil, fmt.Errorf("read git's configuration: %w", err)
	}
	return c, nil
}

// parseConfigList reads "key\nvalue\0", or "key\0" for a key without a "=",
// which git takes for true.
func parseConfigList(list string) (*Config, error) {
	c := &Config{values: make(map[string][]string)}
	for list != "" {
		item, rest, ok := strings.Cut(list, "\x00")
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
	for _, key := range c.keys {
		rest, ok := strings.CutPrefix(key, prefix)
		end := strings.LastIndexByte(rest, '.')
		if ok && end >= 0 && !slices.Contains(names, rest[:end]) {
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
