package policy

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

const (
	// maxSize bounds a policy file; every preset is below 8 KiB.
	maxSize = 64 << 10

	// The YAML library takes time or memory with the square of how deep lists are
	// nested and how many lines there are: seconds and gigabytes for a hostile file
	// of maxSize. Within these bounds it is milliseconds.
	maxBrackets = 500
	maxLines    = 4000
	maxLine     = 2000 // bytes
)

// Error is a policy that cannot be used: where and why.
type Error struct {
	File         string // as the person would name it
	Line, Column int    // from 1; column in characters. 0 where the file as a whole is meant
	Msg          string
	Path         string // where the file is, or should be, if a path was named
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("read policy %s: %s", e.File, e.Msg)
	}
	return fmt.Sprintf("read policy %s: line %d, column %d: %s", e.File, e.Line, e.Column, e.Msg)
}

// decoder reads one file, on top of the policy that it extends.
type decoder struct {
	file string
	text []byte
	tree *ast.File
	base func(name string) (*Policy, error) // follows `extends`
}

// decode reads a policy. What stands in the file replaces what the extended
// policy says: mappings are merged key by key, lists are replaced whole.
func (d *decoder) decode() (*Policy, error) {
	if len(d.text) > maxSize {
		return nil, &Error{File: d.file, Msg: fmt.Sprintf("more than %d KiB", maxSize>>10)}
	}
	if err := d.bounded(); err != nil {
		return nil, err
	}
	var err error
	if d.tree, err = parser.ParseBytes(d.text, 0); err != nil {
		return nil, d.yamlError(err)
	}
	if err := d.plain(); err != nil {
		return nil, err
	}
	var head struct {
		Version int    `yaml:"version"`
		Extends string `yaml:"extends"`
	}
	if err := yaml.NodeToValue(d.tree.Docs[0].Body, &head); err != nil {
		return nil, d.yamlError(err)
	}
	if head.Version != 1 {
		return nil, d.at("$.version", "`version: 1` is the only form this Colophon reads")
	}
	p := &Policy{}
	if head.Extends != "" {
		base, err := d.base(head.Extends)
		if err != nil {
			return nil, d.at("$.extends", "%s", err)
		}
		*p = *base
		p.Extends = ""
	}
	severity := p.Severity
	p.Severity = nil
	former := p.Disclosure.Former
	p.Disclosure.Former = nil
	if s := p.Limits.SmallFix; s != nil {
		own := *s
		p.Limits.SmallFix = &own // not the extended policy's
	}
	if err := yaml.NodeToValue(d.tree.Docs[0].Body, p, yaml.Strict()); err != nil {
		return nil, d.yamlError(err)
	}
	p.Severity = merged(severity, p.Severity)
	p.Disclosure.Former = merged(former, p.Disclosure.Former)
	p.Name = d.file
	return p, d.check(p)
}

// bounded refuses a file that would cost more to read than it is worth.
func (d *decoder) bounded() error {
	if bytes.Count(d.text, []byte("["))+bytes.Count(d.text, []byte("{")) > maxBrackets {
		return &Error{File: d.file, Msg: fmt.Sprintf("more than %d brackets; write long lists with a line for each entry", maxBrackets)}
	}
	n := 0
	for line := range bytes.Lines(d.text) {
		n++
		switch {
		case len(line) > maxLine:
			return &Error{File: d.file, Line: n, Column: 1, Msg: fmt.Sprintf("a line of more than %d bytes", maxLine)}
		case n > maxLines:
			return &Error{File: d.file, Line: n, Column: 1, Msg: fmt.Sprintf("more than %d lines", maxLines)}
		}
	}
	return nil
}

func merged(base, over map[string]string) map[string]string {
	if base == nil {
		return over
	}
	m := maps.Clone(base)
	maps.Copy(m, over)
	return m
}

// plain refuses what a policy has no use for and an attacker has: aliases that
// expand without end, and a second document that nobody would read.
func (d *decoder) plain() error {
	if len(d.tree.Docs) == 0 || d.tree.Docs[0].Body == nil {
		return &Error{File: d.file, Msg: "the file is empty"}
	}
	if len(d.tree.Docs) > 1 {
		return &Error{File: d.file, Msg: "more than one YAML document"}
	}
	body := d.tree.Docs[0].Body
	if body.Type() != ast.MappingType {
		t := body.GetToken().Position
		return &Error{File: d.file, Line: t.Line, Column: t.Column, Msg: "a policy is a mapping that begins with `version: 1`"}
	}
	var v aliasFinder
	ast.Walk(&v, body)
	if v.found != nil {
		t := v.found.GetToken().Position
		return &Error{File: d.file, Line: t.Line, Column: t.Column, Msg: "anchors, aliases and merge keys are not read; write the value out"}
	}
	return nil
}

type aliasFinder struct{ found ast.Node }

func (v *aliasFinder) Visit(n ast.Node) ast.Visitor {
	switch n.Type() {
	case ast.AnchorType, ast.AliasType, ast.MergeKeyType:
		if v.found == nil {
			v.found = n
		}
		return nil
	}
	return v
}

func (d *decoder) yamlError(err error) error {
	e := &Error{File: d.file, Msg: err.Error()}
	var y yaml.Error
	if errors.As(err, &y) {
		e.Msg = y.GetMessage()
		if t := y.GetToken(); t != nil {
			e.Line, e.Column = t.Position.Line, t.Position.Column
		}
	}
	if name, ok := strings.CutPrefix(e.Msg, "unknown field "); ok {
		e.Msg = "unknown key " + name
	}
	e.Msg = strings.ReplaceAll(e.Msg, "Go struct field ", "")
	return e
}

// at is an error at the node of a YAML path, or at its nearest parent.
func (d *decoder) at(where, format string, args ...any) error {
	e := &Error{File: d.file, Msg: fmt.Sprintf(format, args...)}
	for where != "" && where != "$" {
		if p, err := yaml.PathString(where); err == nil {
			if n, err := p.FilterFile(d.tree); err == nil && n != nil {
				t := begin(n)
				e.Line, e.Column = t.Line, t.Column
				return e
			}
		}
		where = where[:max(strings.LastIndexAny(where, ".["), 0)]
	}
	return e
}

// begin is where a node begins; the token of a mapping is its colon.
func begin(n ast.Node) *token.Position {
	switch m := n.(type) {
	case *ast.MappingNode:
		if len(m.Values) > 0 {
			return m.Values[0].Key.GetToken().Position
		}
	case *ast.MappingValueNode:
		return m.Key.GetToken().Position
	}
	return n.GetToken().Position
}

// check refuses values that no rule could use.
func (d *decoder) check(p *Policy) error {
	for _, c := range []struct {
		path, value string
		known       []string
	}{
		{"$.status", string(p.Status), []string{"in-force", "proposed", "retired"}},
		{"$.stance", string(p.Stance), []string{"allow", "decline"}},
		{"$.disclosure.value", string(p.Disclosure.Value), []string{"kinds", "free"}},
		{"$.disclosure.ask", string(p.Disclosure.Ask), []string{"hint", "always", "when-evident"}},
		{"$.disclosure.names_tool", string(p.Disclosure.NamesTool), []string{"allowed", "forbidden"}},
		{"$.signoff.by_ai", string(p.SignOff.ByAI), []string{"allowed", "forbidden"}},
	} {
		if c.value != "" && !slices.Contains(c.known, c.value) {
			return d.at(c.path, "%q is none of %s", c.value, strings.Join(c.known, ", "))
		}
	}
	for _, c := range []struct{ path, value string }{{"$.as_of", p.AsOf}, {"$.recheck_by", p.RecheckBy}} {
		if _, err := time.Parse(time.DateOnly, c.value); c.value != "" && err != nil {
			return d.at(c.path, "%q is not a date such as 2026-11-21", c.value)
		}
	}
	if u, err := url.Parse(p.Source); p.Source != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http") {
		return d.at("$.source", "%q is not a web address", p.Source)
	}
	for _, c := range []struct{ path, token string }{
		{"$.disclosure.trailer", p.Disclosure.Trailer}, {"$.disclosure.before", p.Disclosure.Before}, {"$.approval.trailer", p.Approval.Trailer},
	} {
		if !isToken(c.token) {
			return d.at(c.path, "%q is not a trailer's token: letters, digits and hyphens", c.token)
		}
	}
	if p.Disclosure.Value == Kinds && len(p.Disclosure.Kinds) == 0 {
		return d.at("$.disclosure.value", "the grammar `kinds` needs a list of `kinds`")
	}
	for i, k := range p.Disclosure.Kinds {
		if strings.TrimSpace(k) != k || k == "" || strings.ContainsAny(k, ",()\n") {
			return d.at(fmt.Sprintf("$.disclosure.kinds[%d]", i), "%q cannot stand in a comma list", k)
		}
	}
	for i, f := range p.Forbidden {
		where := fmt.Sprintf("$.forbidden[%d]", i)
		switch {
		case (f.Trailer == "") == (f.Footer == ""):
			return d.at(where, "an entry names a `trailer` or a `footer`")
		case !isToken(f.Trailer):
			return d.at(where+".trailer", "%q is not a trailer's token: letters, digits and hyphens", f.Trailer)
		case f.Footer != "" && f.Footer != "tool":
			return d.at(where+".footer", "%q: the only footer known is `tool`", f.Footer)
		case f.When != "" && f.When != "ai" && f.When != "always":
			return d.at(where+".when", "%q is none of ai, always", f.When)
		}
	}
	return d.checkTree(p)
}

// checkTree refuses bad patterns, zones, limits and severities.
func (d *decoder) checkTree(p *Policy) error {
	lists := []struct {
		path     string
		patterns []string
	}{
		{"$.classes.test", p.Classes.Test}, {"$.classes.documentation", p.Classes.Documentation},
		{"$.classes.generated", p.Classes.Generated}, {"$.classes.vendored", p.Classes.Vendored},
	}
	for i, z := range p.Zones {
		where := fmt.Sprintf("$.zones[%d]", i)
		if z.Name == "" || len(z.Paths) == 0 {
			return d.at(where, "a zone has a `name` and `paths`")
		}
		if z.Ring != "" && !slices.Contains([]string{"inner", "middle", "outer"}, z.Ring) {
			return d.at(where+".ring", "%q is none of inner, middle, outer", z.Ring)
		}
		for j, a := range z.Asks {
			if a != "approval" && a != "attestation" {
				return d.at(fmt.Sprintf("%s.asks[%d]", where, j), "%q is none of approval, attestation", a)
			}
		}
		lists = append(lists, struct {
			path     string
			patterns []string
		}{where + ".paths", z.Paths}, struct {
			path     string
			patterns []string
		}{where + ".except", z.Except})
	}
	for _, l := range lists {
		if i, err := checkPatterns(l.patterns); err != nil {
			return d.at(fmt.Sprintf("%s[%d]", l.path, i), "%s", err)
		}
	}
	if l := p.Limits.SmallFix; l != nil {
		if l.Lines < 1 {
			return d.at("$.limits.small-fix.lines", "a limit is at least 1 line")
		}
		if !slices.Contains([]string{"", "changed", "added", "added+deleted"}, l.Count) {
			return d.at("$.limits.small-fix.count", "%q is none of changed, added, added+deleted", l.Count)
		}
		for i, c := range l.LeaveOut {
			if !slices.Contains([]Class{Code, Test, Documentation, Generated, Vendored}, c) {
				return d.at(fmt.Sprintf("$.limits.small-fix.leave_out[%d]", i), "%q is none of code, test, documentation, generated, vendored", c)
			}
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(p.Severity)) {
		if !slices.Contains(Rules, rule) {
			return d.at("$.severity."+rule, "there is no rule %q; `colophon explain` lists them", rule)
		}
		if s := p.Severity[rule]; !slices.Contains([]string{"error", "warning", "info", "hint", "off"}, s) {
			return d.at("$.severity."+rule, "%q is none of error, warning, info, hint, off", s)
		}
	}
	return nil
}

// isToken tells whether git would take s for a token; an empty one is none.
func isToken(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) < 0
}
