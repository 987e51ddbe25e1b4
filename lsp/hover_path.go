package lsp

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"colophon/change"
	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// mostZones is how many zones a text goes into.
const mostZones = 3

// entry is about the path on a line of git's list. What is not part of this commit has
// no class that matters here.
func (x *explainer) entry(line message.Span) ([]string, message.Span) {
	for _, e := range x.entries() {
		if line.Contains(e.Span.Start) {
			if e.File == nil {
				break
			}
			return x.file(x.fileOf(e.File.Path)), e.Span
		}
	}
	return nil, message.Span{}
}

// fileOf is the file of the commit with that path, or that had it before; nil: none.
func (p *page) fileOf(path string) *policy.File {
	by := func(is func(f *policy.File) bool) *policy.File {
		for i := range p.known.files {
			if f := &p.known.files[i]; is(f) {
				return f
			}
		}
		return nil
	}
	return cmp.Or(by(func(f *policy.File) bool { return f.Path == path }), by(func(f *policy.File) bool { return f.From == path }))
}

// file is what the policy makes of a file of the commit.
func (x *explainer) file(f *policy.File) []string {
	if f == nil {
		return nil
	}
	p := x.policy()
	attributes := x.known.change().Attributes[f.Path]
	paragraphs := []string{
		words.HoverPath.With("path", x.v.code(f.Path), "class", className(f.Class).String(), "why", x.v.prose(p.WhyClass(f.Path, attributes))),
		strings.TrimSpace(countWords(p, f) + " " + limitWords(p, f)),
	}
	ours := p.Classes.Mark
	for i, z := range f.Zones {
		if i == mostZones {
			paragraphs = append(paragraphs, words.HoverPathMore.With("n", strconv.Itoa(len(f.Zones)-i)))
			break
		}
		paragraphs = append(paragraphs, words.HoverPathZone.With("zone", x.v.text(z.Name),
			"pattern", x.v.code(cmp.Or(z.Pattern(f.Path), z.Pattern(f.From))), "asks", zoneAsks(x.v, p, z)))
		ours = cmp.Or(z.Mark, ours)
	}
	return append(paragraphs, x.source(ours)...)
}

// zoneAsks is what a zone asks, as one sentence or some.
func zoneAsks(v voice, p *policy.Policy, z *policy.Zone) string {
	facts := p.ZoneFacts(z)
	if len(facts) == 0 {
		return words.HoverPathNoAsk.With("Policy", v.text(p.Opening()))
	}
	return v.prose(strings.Join(facts, " "))
}

// countWords is how the lines of a file were counted.
func countWords(p *policy.Policy, f *policy.File) string {
	switch {
	case f.Binary:
		return words.HoverPathBinary.String()
	case f.Partial:
		return words.HoverPathPartial.String()
	}
	count := words.HoverCountChanged
	if l := p.Limits.SmallFix; l != nil {
		switch change.Count(l.Count) {
		case change.CountAdded:
			count = words.HoverCountAdded
		case change.CountAddedDeleted:
			count = words.HoverCountBoth
		}
	}
	return words.HoverPathLines.With("lines", lineWords(f.Counted, false), "count", count.String())
}

// limitWords is whether the limit takes the file in.
func limitWords(p *policy.Policy, f *policy.File) string {
	l := p.Limits.SmallFix
	if l == nil {
		return ""
	}
	says := words.HoverPathLimit
	switch {
	case slices.Contains(l.LeaveOut, f.Class):
		says = words.HoverPathLeft
	case f.Unlimited:
		says = words.HoverPathElse
	case f.Binary:
		return ""
	}
	return says.With("limit", lineWords(l.Lines, false))
}

func className(c policy.Class) words.Sentence {
	switch c {
	case policy.Test:
		return words.ClassTest
	case policy.Documentation:
		return words.ClassDocs
	case policy.Generated:
		return words.ClassGenerated
	case policy.Vendored:
		return words.ClassVendored
	}
	return words.ClassCode
}

// belowCut is about what git does not commit: the scissors line, the remark that no
// AI was used, a path in the head of a file's patch.
func (x *explainer) belowCut(at int) ([]string, message.Span) {
	line := lineAround(x.m.Text, at)
	text := x.m.Slice(line)
	switch {
	case line.Start == x.m.Cut:
		return []string{words.HoverScissors.String(), words.HoverScissorsMore.String()}, line
	case diagnostics.SaysNone(text, x.m.Options.Comment):
		return []string{words.HoverNoAI.String(), words.HoverNoAIMore.String()}, line
	case strings.HasPrefix(text, x.m.Options.Comment+"\t"):
		return x.entry(line) // git's list stands there with commit.cleanup=scissors
	case !inPatchHead(x.m.Text[x.m.Cut:line.Start], text):
		return nil, message.Span{}
	}
	return x.file(x.fileIn(text)), line
}

func lineAround(text string, at int) message.Span {
	start := strings.LastIndexByte(text[:at], '\n') + 1
	end := len(text)
	if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
		end = start + i
	}
	return message.Span{Start: start, End: end - len(text[start:end]) + len(strings.TrimSuffix(text[start:end], "\r"))}
}

// inPatchHead tells whether a line names a path at the head of a file's patch. before
// is the text from the cut to it: within a hunk, a line that was removed may look alike.
func inPatchHead(before, line string) bool {
	if strings.HasPrefix(line, "diff --git ") {
		return true
	}
	if !slices.ContainsFunc([]string{"--- ", "+++ ", "rename from ", "rename to ", "copy from ", "copy to "}, func(s string) bool { return strings.HasPrefix(line, s) }) {
		return false
	}
	head := strings.LastIndex(before, "\ndiff --git ")
	return head >= 0 && !strings.Contains(before[head:], "\n@@ ")
}

// fileIn is the file of the commit whose path ends a line; of several the longest, as
// src/a.c ends with a.c.
func (p *page) fileIn(line string) *policy.File {
	line = strings.TrimRight(line, "\t")
	if strings.HasSuffix(line, `"`) {
		if start := strings.LastIndex(line[:len(line)-1], ` "`); start >= 0 {
			if path, err := change.Unquote([]byte(line[start+1:])); err == nil {
				line = line[:start] + " " + string(path)
			}
		}
	}
	var best *policy.File
	for i := range p.known.files {
		f := &p.known.files[i]
		for _, path := range []string{f.Path, f.From} {
			rest, ok := strings.CutSuffix(line, path)
			if path != "" && ok && (strings.HasSuffix(rest, "/") || strings.HasSuffix(rest, " ")) && (best == nil || len(path) > len(best.Path)) {
				best = f
			}
		}
	}
	return best
}
