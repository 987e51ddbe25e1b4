package diagnostics

import (
	"cmp"
	"slices"
	"strconv"

	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

var smallFixLimit = &Rule{
	ID:       "small-fix-limit",
	Severity: Warning,
	Summary:  "AI-assisted code is over the project's limit for a small fix.",
	Why: `The counted lines of a file are, hunk by hunk, the larger of the added and the
deleted lines, blank lines left out; the policy says which files count. The
limit is for code that AI helped to write: a disclosure that names only tests or
documentation, and a change that the policy calls mechanical, are not measured.

Where a tool has noted which lines AI wrote (see
[the records of AI tools](../evidence.md)), only those are counted: the added lines, blank
ones left out, and the finding says by whose record.

While AI use is not known, this is at most a hint.`,
	Bad: []Example{{
		Policy:  "qemu-2026-05",
		Message: "hw/net: rework the queue\n\nIt was wrong.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("hw/net/e1000.c", 21),
		Says:    "Staged: 21 lines of hw/net/e1000.c.",
	}, {
		Policy:  "qemu-2026-05",
		Message: "hw/net: rework the queue\n\nIt was wrong.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("hw/net/e1000.c", 40),
		Records: wrote("hw/net/e1000.c", 21),
		Says:    "Staged: 40 lines of hw/net/e1000.c, of which git-ai has noted that AI wrote 21.",
	}},
	Good: []Example{{
		Policy:  "qemu-2026-05",
		Message: "hw/net: rework the queue\n\nIt was wrong.\n\nAI-used-for: code (refactoring)\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("hw/net/e1000.c", 21),
		Says:    "Staged: the same; a mechanical change has no limit here.",
	}, {
		Policy:  "qemu-2026-05",
		Message: "hw/net: rework the queue\n\nIt was wrong.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n",
		Files:   added("hw/net/e1000.c", 40),
		Records: wrote("hw/net/e1000.c", 12),
		Says:    "Staged: 40 lines of hw/net/e1000.c, of which git-ai has noted that AI wrote 12.",
	}},
	check: checkSmallFixLimit,
}

func checkSmallFixLimit(j *judge) {
	l := j.Policy.Limits.SmallFix
	if l == nil || j.Use == UseNone || len(j.Files) == 0 {
		return
	}
	by, span := j.codeClaim()
	counted, partial := j.Totals.counted(l)
	lines, noted, recorded := j.byRecords(l, by, strconv.Itoa(counted))
	if by == claimedMechanical || by == claimedOther && lines == 0 {
		return
	}
	from := j.Totals
	over := j.ifAI(words.LimitOverIfAI, words.LimitOver)
	if recorded {
		counted, from, over = lines, j.counting(l).totals, words.LimitOverNoted
	}
	if counted <= l.Lines || slices.Contains(l.Asks, "approval") && j.approved() {
		return
	}
	says := over.With("project", j.Policy.Words(), "Project", j.Policy.Opening(), "lines", countedLines(l.Lines),
		"counted", j.lines(counted, partial, l.LeaveOut), "noted", noted)
	f := Finding{Span: span, Message: sentences(says, cmp.Or(l.Beyond, words.LimitBeyond.String()))}
	var most []placed
	for class, s := range from.sums {
		if !slices.Contains(l.LeaveOut, class) {
			most = append(most, s.largest...)
		}
	}
	for _, p := range largest(most) {
		f.Related = append(f.Related, Related{Path: p.file.Path, At: p.file.Largest, Message: countedLines(p.file.Counted)})
	}
	j.ask(f)
}

func countedLines(n int) string {
	if n == 1 {
		return words.LimitFileLineLabel.String()
	}
	return words.LimitFileLabel.With("count", strconv.Itoa(n))
}

// lines says how many lines count, and of which classes there are others that do not.
func (j *judge) lines(counted int, partial bool, leftOut []policy.Class) string {
	says := strconv.Itoa(counted)
	if partial {
		says = words.LimitMorePiece.With("count", says)
	}
	var left []string
	for _, c := range leftOut {
		switch s := j.Totals.sums[c]; {
		case s == nil || s.counted == 0:
		case s.counted == 1:
			left = append(left, words.LimitLinePiece.With("class", string(c)))
		default:
			left = append(left, words.LimitLinesPiece.With("count", strconv.Itoa(s.counted), "class", string(c)))
		}
	}
	if len(left) == 0 {
		return says
	}
	return words.LimitLeftOutPiece.With("counted", says, "left", list(left, words.And))
}

// claimed says what the disclosures make of the code in the change.
type claimed int

const (
	claimedUnknown    claimed = iota // no disclosure says
	claimedCode                      // AI helped with code
	claimedMechanical                // AI helped with code, mechanically only
	claimedOther                     // AI helped, but not with code
)

// codeClaim reads the disclosures for code, and the place that speaks of it. A
// text that names no kind may mean code.
func (j *judge) codeClaim() (claimed, message.Span) {
	result, span := claimedUnknown, j.evidencePlace()
	for _, c := range j.claims {
		if c.place == inComment {
			continue
		}
		for _, it := range j.Policy.Disclosure.Items(c.value) {
			now := claimedCode
			note := c.value[it.Note.Start:it.Note.End]
			text := c.value[it.Span.Start:it.Span.End]
			l := j.Policy.Limits.SmallFix
			switch {
			case it.Kind != "" && it.Kind != "code":
				now = claimedOther
			case l != nil && (l.Mechanical(note) || l.Mechanical(text)):
				now = claimedMechanical
			}
			if result == claimedUnknown || now < result {
				result, span = now, c.at(it.Span)
			}
		}
	}
	return result, span
}

// evidencePlace is the first evidence in the message, or the subject.
func (j *judge) evidencePlace() message.Span {
	for _, e := range j.Evidence {
		if e.InMessage() {
			return e.Span
		}
	}
	return j.where()
}
