package lsp

import (
	"net/url"
	"strings"

	"go.lsp.dev/protocol"
)

// voice writes what a person reads in the form that the client shows: Markdown, or
// plain text. Whatever comes from a policy, a message or a repository goes through one
// of its methods, so that in Markdown it is a text and nothing else.
type voice struct{ markdown bool }

// text is a name, or words of ours with nothing to read in them.
func (v voice) text(s string) string {
	s = cleaned(s)
	if !v.markdown {
		return s
	}
	return escapeMarkdown(s)
}

// prose is a sentence in which backquotes mark what stands in code.
func (v voice) prose(s string) string {
	parts := strings.Split(strings.TrimSpace(s), "`")
	if len(parts)%2 == 0 { // one is left over
		return v.text(s)
	}
	for i, part := range parts {
		switch {
		case i%2 == 0:
			parts[i] = v.text(part)
		case part != "":
			parts[i] = v.code(part)
		}
	}
	return strings.Join(parts, "")
}

// code is a path, a token or another piece of a file.
func (v voice) code(s string) string {
	s = cleaned(s)
	if !v.markdown || strings.TrimSpace(s) == "" {
		return s
	}
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}

func (v voice) strong(s string) string {
	if !v.markdown {
		return v.text(s)
	}
	return "**" + v.text(s) + "**"
}

// link is a web address that can be followed; anything else is shown as it stands.
func (v voice) link(s string) string {
	u, err := url.Parse(s)
	web := err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
	switch {
	case !v.markdown:
		return cleaned(s)
	case web && s == cleaned(s) && !strings.ContainsAny(s, "<> \\`"):
		return "<" + s + ">"
	}
	return v.code(s)
}

// join puts paragraphs together, those without a text left out.
func (v voice) join(paragraphs []string) string {
	apart := "\n"
	if v.markdown {
		apart = "\n\n"
	}
	var b strings.Builder
	for _, p := range paragraphs {
		if p = strings.TrimSpace(p); p == "" {
			continue // four blanks would begin code
		}
		if b.Len() > 0 {
			b.WriteString(apart)
		}
		b.WriteString(p)
	}
	return b.String()
}

// voice is how the client reads a hover.
func (s *server) voice() voice { return voice{s.client.markdown} }

// content is what voice has written.
func (v voice) content(text string) *protocol.MarkupContent {
	if v.markdown {
		return &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: text}
	}
	return &protocol.MarkupContent{Kind: protocol.MarkupKindPlainText, Value: text}
}

// markup is Markdown, or its plain reading for a client that shows none.
func (s *server) markup(text string) *protocol.MarkupContent {
	if !s.client.markdown {
		text = strings.NewReplacer("`", "", "**", "").Replace(text)
	}
	return s.voice().content(text)
}

// escapeMarkdown makes a text mean itself: no emphasis, code, link, image, HTML or
// entity, and at its start no heading, list or quotation. What would become a link
// by itself is kept from it.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case strings.IndexByte("\\`*_[]<>&~|!$@", c) >= 0,
			c == ':' && strings.HasPrefix(s[i:], "://"),
			c == '.' && i >= 3 && strings.EqualFold(s[i-3:i], "www"),
			strings.IndexByte("#+-=", c) >= 0 && strings.TrimLeft(s[:i], " ") == "",
			(c == '.' || c == ')') && i > 0 && strings.Trim(s[:i], " 0123456789") == "":
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}
