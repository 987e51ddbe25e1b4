package pullrequest

import (
	"bytes"

	"colophon/message"
)

// html reads HTML: a block's lines, or what stands within a paragraph. A reader sees
// what is in neither comments nor tags, and pictures.
func (p *reading) html(lines []message.Span) {
	comment := -1 // where the one begins that we are in
	tag := false
	for _, l := range lines {
		for at := l.Start; at < l.End; {
			rest := p.source[at:l.End]
			switch {
			case comment >= 0:
				end := bytes.Index(rest, []byte("-->"))
				if end < 0 {
					at = l.End
					continue
				}
				at += end + len("-->")
				p.Comments = append(p.Comments, message.Span{Start: comment, End: at})
				comment = -1
			case tag:
				end := bytes.IndexByte(rest, '>')
				tag = end < 0
				if at += end + 1; tag {
					at = l.End
				}
			case bytes.HasPrefix(rest, []byte("<!--")):
				comment = at
				at += len("<!--")
				for _, short := range []string{">", "->"} { // a comment already for a browser
					if bytes.HasPrefix(p.source[at:l.End], []byte(short)) {
						at += len(short)
						p.Comments = append(p.Comments, message.Span{Start: comment, End: at})
						comment = -1
						break
					}
				}
			case isTag(rest):
				if isPicture(rest) {
					p.seen = append(p.seen, message.Span{Start: at, End: at + 1})
				}
				tag = true
				at++
			default:
				end := 1 + bytes.IndexByte(rest[1:], '<')
				if end == 0 {
					end = len(rest)
				}
				p.see(message.Span{Start: at, End: at + end})
				at += end
			}
		}
	}
	if comment >= 0 {
		p.Comments = append(p.Comments, message.Span{Start: comment, End: p.lastWord(lines)})
	}
}

func isTag(s []byte) bool {
	if len(s) < 2 || s[0] != '<' {
		return false
	}
	c := s[1] | 0x20
	return 'a' <= c && c <= 'z' || s[1] == '/' || s[1] == '!' || s[1] == '?'
}

func isPicture(s []byte) bool {
	for _, name := range []string{"<img", "<video"} {
		if len(s) >= len(name) && bytes.EqualFold(s[:len(name)], []byte(name)) {
			return true
		}
	}
	return false
}
