package change

import (
	"strconv"
	"strings"
)

// Span is a stretch of a text, in bytes.
type Span struct{ Start, End int }

// Section is what a patch says of one file, by where it stands in the text.
type Section struct {
	Span            // from its "diff --git" line to the end of its last line
	Head     Span   // the lines in front of the first hunk
	Old, New string // paths as File has them; "" where there is no file, or its name cannot be told
	Names    []Name // where the paths stand in the head
	Hunks    []Hunk
}

// Name is a path in the head of a section, with its prefix and its quotation marks.
type Name struct {
	Span
	Old bool // the path before the change
}

// Hunk is one "@@" line and what follows it. The ranges are as it says, lines counted
// from 1.
type Hunk struct {
	Span
	OldStart, OldLines, NewStart, NewLines int
}

// maxSections bounds what is read of a text that is no patch of a person's commit:
// sections, and hunks of all sections.
const maxSections = 100_000

// gitMark begins a section.
const gitMark = "diff --git "

// Sections finds the sections of a patch in a text, as `git commit -v` leaves it, or
// both of `git commit -vv`. It never fails: what is no part of a patch is left out,
// and a section ends where something else begins. To read what a patch means, and
// not just where it stands, there is ReadPatch.
func Sections(text string) []Section {
	r := sectionReader{text: text}
	for r.more() && len(r.sections) < maxSections {
		if line := r.line(); strings.HasPrefix(line, gitMark) {
			r.section(line)
		} else {
			r.skip()
		}
	}
	return r.sections
}

// sectionReader goes over a text line by line, and over no line twice.
type sectionReader struct {
	text     string
	at       int // start of the line
	next     int // start of the one behind it; 0: not looked for
	sections []Section
	hunks    int
}

func (r *sectionReader) more() bool { return r.at < len(r.text) }

// line is the line at hand, without its end.
func (r *sectionReader) line() string {
	if r.next == 0 {
		r.next = len(r.text)
		if i := strings.IndexByte(r.text[r.at:], '\n'); i >= 0 {
			r.next = r.at + i + 1
		}
	}
	return strings.TrimRight(r.text[r.at:r.next], "\r\n")
}

func (r *sectionReader) skip() {
	r.line()
	r.at, r.next = r.next, 0
}

// section reads a section from its first line on.
func (r *sectionReader) section(first string) {
	s := Section{Span: Span{r.at, r.at}}
	r.skip()
	literal, added, deleted := false, false, false
	for r.more() && !literal {
		line := r.line()
		word := sectionHead(line)
		if word == "" {
			break
		}
		literal = word == "GIT binary patch"
		added = added || word == "new file mode "
		deleted = deleted || word == "deleted file mode "
		s.take(word, line[len(word):], r.at+len(word))
		r.skip()
	}
	s.Head = Span{s.Start, r.at}
	s.name(first[len(gitMark):], s.Start+len(gitMark))
	if added {
		s.Old = ""
	}
	if deleted {
		s.New = ""
	}
	if literal {
		r.literal()
	}
	for r.more() && r.hunks < maxSections {
		h, ok := hunkRanges(r.line())
		if !ok {
			break
		}
		r.hunks++
		s.Hunks = append(s.Hunks, r.hunk(h))
	}
	s.End = r.at
	r.sections = append(r.sections, s)
}

func sectionHead(line string) string {
	for _, word := range headLines {
		if strings.HasPrefix(line, word) {
			return word
		}
	}
	return ""
}

// literal goes over a binary file as text: lines that begin with a letter, and empty
// ones between them.
func (r *sectionReader) literal() {
	for r.more() {
		line := r.line()
		if strings.HasPrefix(line, gitMark) || line != "" && (line[0]|0x20 < 'a' || line[0]|0x20 > 'z') {
			return
		}
		r.skip()
	}
}

// hunk goes over as many lines as the head has said, unless one does not fit.
func (r *sectionReader) hunk(h Hunk) Hunk {
	h.Span = Span{r.at, r.at}
	old, recent := h.OldLines, h.NewLines
	r.skip()
	for r.more() {
		line := r.line()
		sign := byte(' ') // diff.suppressBlankEmpty leaves nothing of an empty line
		if line != "" {
			sign = line[0]
		}
		switch {
		case sign == '\\':
		case sign == '+' && recent > 0:
			recent--
		case sign == '-' && old > 0:
			old--
		case sign == ' ' && old > 0 && recent > 0:
			old--
			recent--
		default:
			h.End = r.at
			return h
		}
		r.skip()
	}
	h.End = r.at
	return h
}

// hunkRanges reads "@@ -1,2 +3,4 @@ …".
func hunkRanges(line string) (h Hunk, ok bool) {
	line, ok = strings.CutPrefix(line, "@@ -")
	old, line, ok2 := strings.Cut(line, " +")
	recent, _, ok3 := strings.Cut(line, " @@")
	if !ok || !ok2 || !ok3 {
		return Hunk{}, false
	}
	if h.OldStart, h.OldLines, ok = hunkRange(old); ok {
		h.NewStart, h.NewLines, ok = hunkRange(recent)
	}
	return h, ok
}

func hunkRange(text string) (start, size int, ok bool) {
	a, b, two := strings.Cut(text, ",")
	s, err := strconv.ParseUint(a, 10, 31)
	n, other := uint64(1), error(nil)
	if two {
		n, other = strconv.ParseUint(b, 10, 31)
	}
	return int(s), int(n), err == nil && other == nil
}

// take takes in a line of the head that names a path.
func (s *Section) take(word, value string, at int) {
	old := false
	switch word {
	case "rename from ", "copy from ":
		s.Old, old = unquote(value), true
	case "rename to ", "copy to ":
		s.New = unquote(value)
	case "--- ":
		old = true
		fallthrough
	case "+++ ":
		value = strings.TrimSuffix(value, "\t")
		if value == "/dev/null" {
			return
		}
	default:
		return
	}
	if value != "" {
		s.Names = append(s.Names, Name{Span{at, at + len(value)}, old})
	}
}

// name takes in both paths of the first line, once the head is read. Of "a/x b/x" the
// halves are as long as each other; where a file was renamed, other lines have named
// both.
func (s *Section) name(marks string, from int) {
	if s.Old != "" && s.New != "" {
		return
	}
	middle := len(marks) / 2
	if len(marks)%2 == 0 || len(marks) < 3 || marks[middle] != ' ' {
		return
	}
	s.Old, s.New = unquote(marks[:middle]), unquote(marks[middle+1:])
	if a, b := s.Old, s.New; a != b {
		if len(a) < 3 || len(b) < 3 || a[1] != '/' || b[1] != '/' || a[2:] != b[2:] {
			s.Old, s.New = "", ""
			return
		}
		s.Old, s.New = a[2:], b[2:]
	}
	s.Names = append([]Name{{Span{from, from + middle}, true}, {Span{from + middle + 1, from + len(marks)}, false}}, s.Names...)
}

func unquote(text string) string {
	if path, err := Unquote([]byte(text)); err == nil {
		return string(path)
	}
	return text
}
