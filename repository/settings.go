package repository

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// settings are what git must know before it can read its configuration. Git
// takes them from the repository's own file, without includes.
type settings struct {
	bare         bool
	workTree     string
	objectFormat string
}

func readSettings(gitDir, commonDir string) (settings, error) {
	values, err := readConfigFile(filepath.Join(commonDir, "config"))
	if err != nil {
		return settings{}, err
	}
	s := settings{objectFormat: "sha1"}
	if f := values["extensions.objectformat"]; f != "" {
		s.objectFormat = strings.ToLower(f)
	}
	if isTrue(values["extensions.worktreeconfig"]) {
		own, err := readConfigFile(filepath.Join(gitDir, "config.worktree"))
		if err != nil {
			return settings{}, err
		}
		for key, value := range own {
			values[key] = value
		}
	}
	s.bare = isTrue(values["core.bare"])
	s.workTree = values["core.worktree"]
	return s, nil
}

func isTrue(value string) bool {
	switch strings.ToLower(value) {
	case "true", "yes", "on", "1":
		return true
	}
	return false
}

// readConfigFile reads one file of git's configuration, as far as sections
// without a subsection go. The last value of a key wins, a file that is not
// there is empty.
func readConfigFile(path string) (map[string]string, error) {
	text, err := readSmall(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	c := configScanner{rest: text}
	values := make(map[string]string)
	section := ""
	for {
		c.rest = strings.TrimLeft(c.rest, " \t\r\n\v\f")
		switch {
		case c.rest == "":
			return values, nil
		case c.rest[0] == '#' || c.rest[0] == ';':
			_, c.rest, _ = strings.Cut(c.rest, "\n")
		case c.rest[0] == '[':
			section, err = c.section()
		default:
			var key, value string
			if key, value, err = c.setting(); section != "" {
				values[section+"."+key] = value
			}
		}
		if err != nil {
			// Nothing is quoted: the file may be a link to a private one.
			line := 1 + strings.Count(text[:len(text)-len(c.rest)], "\n")
			return nil, fmt.Errorf("read %s: line %d: %w", path, line, err)
		}
	}
}

type configScanner struct {
	rest string
}

var (
	errSection = errors.New("the section's name does not end")
	errQuotes  = errors.New("the quotes do not end")
)

// section reads "[name]"; for "[name "sub"]" and "[name.sub]" it returns "".
func (c *configScanner) section() (string, error) {
	quoted := false
	for i := 1; i < len(c.rest); i++ {
		switch ch := c.rest[i]; {
		case ch == '\n':
			return "", errSection
		case quoted && ch == '\\':
			i++
		case ch == '"':
			quoted = !quoted
		case ch == ']' && !quoted:
			name := c.rest[1:i]
			c.rest = c.rest[i+1:]
			if strings.ContainsAny(name, " \t.\"") {
				return "", nil
			}
			return strings.ToLower(name), nil
		}
	}
	return "", errSection
}

// setting reads "key = value", or "key" alone, which means true.
func (c *configScanner) setting() (key, value string, err error) {
	line, after, _ := strings.Cut(c.rest, "\n")
	n := strings.IndexFunc(line, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if n < 0 {
		n = len(line)
	}
	key = strings.ToLower(line[:n])
	tail := strings.TrimLeft(line[n:], " \t\r")
	switch {
	case key == "":
		return "", "", errors.New("this is not a setting")
	case tail == "":
		c.rest = after
		return key, "true", nil
	case tail[0] != '=':
		return "", "", errors.New("this is not a setting")
	}
	c.rest = c.rest[strings.IndexByte(c.rest, '=')+1:]
	value, err = c.value()
	return key, value, err
}

// value reads to the end of the line: quotes, escapes, comments and lines that
// a backslash continues. Blanks at both ends belong to the value only in quotes.
func (c *configScanner) value() (string, error) {
	var b strings.Builder
	kept, quoted := 0, false
	for i := 0; i < len(c.rest); i++ {
		switch ch := c.rest[i]; {
		case ch == '\n' && quoted:
			return "", errQuotes
		case ch == '\n' || !quoted && (ch == '#' || ch == ';'):
			_, c.rest, _ = strings.Cut(c.rest[i:], "\n")
			return b.String()[:kept], nil
		case ch == '"':
			quoted = !quoted
			kept = b.Len()
		case ch == '\\':
			if i++; i == len(c.rest) {
				continue // git takes the end of the file for the end of the line
			}
			at := strings.IndexByte(escapes, c.rest[i])
			if at < 0 {
				return "", errors.New("the value has an unknown escape")
			}
			if c.rest[i] != '\n' {
				b.WriteByte(escaped[at])
				kept = b.Len()
			}
		case !quoted && (ch == ' ' || ch == '\t' || ch == '\r'):
			if b.Len() > 0 {
				b.WriteByte(ch)
			}
		default:
			b.WriteByte(ch)
			kept = b.Len()
		}
	}
	if quoted {
		return "", errQuotes
	}
	c.rest = ""
	return b.String()[:kept], nil
}

// What may follow a backslash, and what it means there. The newline is dropped.
const (
	escapes = "tbn\"\\\n"
	escaped = "\t\b\n\"\\\n"
)
