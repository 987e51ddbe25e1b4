package report

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"unicode/utf16"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
)

// The parts of SARIF 2.1.0 that are written.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"semanticVersion,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string       `json:"id"`
		Short   sarifText    `json:"shortDescription"`
		Help    sarifMessage `json:"help"`
		Default struct {
			Level string `json:"level"`
		} `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifMessage struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		ID       int            `json:"id,omitempty"`
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
		Message  *sarifText     `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifLogical struct {
		Name string `json:"name"`
		Full string `json:"fullyQualifiedName"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted *sarifText  `json:"insertedContent,omitempty"`
	}
)

var sarifLevels = map[diagnostics.Severity]string{
	diagnostics.Error: "error", diagnostics.Warning: "warning", diagnostics.Info: "note", diagnostics.Hint: "note", diagnostics.Off: "none",
}

// sarif gathers the results of all commits for one log.
type sarif struct {
	w     io.Writer
	rules map[string]int
	log   sarifLog
}

func newSarif(w io.Writer, version string) *sarif {
	s := &sarif{w: w, rules: make(map[string]int)}
	s.log = sarifLog{Schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", Version: "2.1.0"}
	driver := sarifDriver{Name: "Colophon", Version: version, Rules: []sarifRule{}}
	for i, r := range diagnostics.Rules() {
		rule := sarifRule{ID: r.ID, Short: sarifText{r.Summary}, Help: sarifMessage{r.Summary, RulePage(r)}}
		rule.Default.Level = sarifLevels[r.Severity]
		driver.Rules = append(driver.Rules, rule)
		s.rules[r.ID] = i
	}
	s.log.Runs = []sarifRun{{Tool: sarifTool{driver}, ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}}
	return s
}

func (s *sarif) Commit(c *Commit) error {
	run := &s.log.Runs[0]
	for _, f := range c.Findings {
		r := sarifResult{
			RuleID: f.Rule, RuleIndex: s.rules[f.Rule], Level: sarifLevels[f.Severity], Message: sarifText{f.Message},
			Locations: []sarifLocation{c.sarifPlace(f.Span)}, Fingerprints: map[string]string{"colophon/v1": c.Fingerprint(&f)},
		}
		for i, rel := range f.Related {
			at := c.sarifPlace(rel.Span)
			if rel.Path != "" {
				at = sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{uriPath(rel.Path)}}}
				if rel.At.Line > 0 {
					at.Physical.Region = &sarifRegion{StartLine: int(rel.At.Line), EndLine: int(rel.At.Line + max(rel.At.Lines, 1) - 1)}
				}
			}
			if rel.Commit != "" {
				at = sarifCommit(rel)
			}
			at.ID, at.Message = i+1, &sarifText{rel.Message}
			r.Related = append(r.Related, at)
		}
		if c.ID == "" { // the text is in a file that can be changed
			r.Fixes = c.sarifFixes(f.Fixes)
		}
		run.Results = append(run.Results, r)
	}
	return nil
}

func (s *sarif) End(*Summary, *policy.Found) error { return encode(s.w, &s.log) }

// sarifPlace is a place in the message. The message of a commit is in no file; it is
// named as git calls the file in which it is written.
func (c *Commit) sarifPlace(span message.Span) sarifLocation {
	file := c.File
	var logical []sarifLogical
	if c.ID != "" {
		logical = []sarifLogical{{c.File, "commit " + c.ID}}
		if c.LineOf == nil {
			file = "COMMIT_EDITMSG"
		}
	}
	return sarifLocation{Physical: sarifPhysical{sarifArtifact{uriPath(file)}, c.sarifRegion(span)}, Logical: logical}
}

// sarifCommit is another commit of the series: one of the repository by its name, a mail
// by its place in a file.
func sarifCommit(rel diagnostics.Related) sarifLocation {
	if rel.At.Line == 0 {
		return sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{"COMMIT_EDITMSG"}}, Logical: []sarifLogical{{rel.Commit, "commit " + rel.Commit}}}
	}
	return sarifLocation{Physical: sarifPhysical{sarifArtifact{uriPath(rel.Commit)}, &sarifRegion{StartLine: int(rel.At.Line)}}}
}

func (c *Commit) sarifRegion(s message.Span) *sarifRegion {
	text := c.Message.Text
	start, end := at(text, s.Start), at(text, s.End)
	return &sarifRegion{c.lineIn(start.line), units(text, s.Start), c.lineIn(end.line), units(text, s.End)}
}

// units is the column of a byte offset in UTF-16 units, from 1.
func units(text string, offset int) int {
	line := text[strings.LastIndexByte(text[:offset], '\n')+1 : offset]
	return len(utf16.Encode([]rune(line))) + 1
}

func (c *Commit) sarifFixes(fixes []diagnostics.Fix) (all []sarifFix) {
	for _, fix := range fixes {
		change := sarifChange{Artifact: sarifArtifact{uriPath(c.File)}}
		for _, e := range fix.Edits {
			r := sarifReplacement{Deleted: *c.sarifRegion(e.Span)}
			if e.Text != "" {
				r.Inserted = &sarifText{e.Text}
			}
			change.Replacements = append(change.Replacements, r)
		}
		if len(change.Replacements) > 0 {
			all = append(all, sarifFix{sarifText{fix.Title}, []sarifChange{change}})
		}
	}
	return all
}

// Fingerprint stands for a finding of a commit. It stays the same when the commit is
// amended, or another comes in between: it is of the rule, what it is about, and the
// subject. 32 hexadecimal digits.
func (c *Commit) Fingerprint(f *diagnostics.Finding) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{f.Rule, c.Message.Slice(c.Message.Subject), c.Message.Slice(f.Span)}, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// uriPath is a path as a relative URI.
func uriPath(path string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/"
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		if strings.IndexByte(plain, path[i]) >= 0 {
			b.WriteByte(path[i])
		} else {
			b.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{path[i]})))
		}
	}
	return b.String()
}
