package diagnostics

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"strings"

	"colophon/message"
)

// Organize is the edits that put the trailers into the order that the policy wants
// and take out those that are there twice; none where they are so already.
//
// Nothing else moves: a trailer keeps its bytes and its place unless the policy says
// where it belongs, comments stay between the trailers that they stand between, and
// nothing passes a line of the block that is no trailer, such as git's remark on a
// cherry-pick: above it stands what was said of another commit.
func Organize(in Input) []message.Edit {
	const most = 1000 // trailers; nobody has more to put in order
	if in.Policy == nil || in.Message == nil || in.Kind.OnForge() || len(in.Message.Trailers) == 0 || len(in.Message.Trailers) > most {
		return nil
	}
	m := in.Message
	block := newBlock(m)
	for i := range block.runs {
		r := &block.runs[i]
		r.distinct()
		r.trailers = in.arranged(r.trailers)
		r.distinct() // of what now stands side by side
	}
	text := m.Text[:block.span.Start] + block.text(m) + m.Text[block.span.End:]
	if !sameTrailers(m, message.Parse(text, m.Options)) {
		return nil // git would read the rest in another way
	}
	return message.Difference(m.Text, text)
}

// block is the lines of a trailer block in what can move and what cannot.
type block struct {
	span message.Span // whole lines
	runs []run
}

// run is trailers that nothing parts but comments, and the line that ends them.
type run struct {
	trailers []member
	comments map[int][]message.Span // by the number of trailers in front
	end      message.Span           // a line that is no trailer; empty at the end of the block
}

// member is a trailer with all its lines, and the comments within a folded value.
type member struct {
	message.Trailer
	lines message.Span
}

func newBlock(m *message.Message) block {
	first := sort.Search(len(m.Lines), func(i int) bool { return m.Lines[i].Full.End > m.Block.Start })
	b := block{span: message.Span{Start: m.Lines[first].Full.Start}}
	r := run{comments: make(map[int][]message.Span)}
	next, inside := 0, 0 // of m.Trailers; the end of the last one
	for _, l := range m.Lines[first:] {
		if l.Full.Start >= m.Block.End {
			break
		}
		b.span.End = l.Full.End
		n := len(r.trailers)
		switch {
		case l.Full.Start < inside:
		case next < len(m.Trailers) && m.Trailers[next].Lines[0] == l.Full:
			t := m.Trailers[next]
			next++
			inside = t.Lines[len(t.Lines)-1].End
			r.trailers = append(r.trailers, member{t, message.Span{Start: l.Full.Start, End: inside}})
		case l.Kind == message.Comment:
			r.comments[n] = append(r.comments[n], l.Full)
		default:
			r.end = l.Full
			b.runs = append(b.runs, r)
			r = run{comments: make(map[int][]message.Span)}
		}
	}
	b.runs = append(b.runs, r)
	return b
}

// text is the block's lines as they now are. Only the last may lack its ending, and
// does so if the last lacked it before.
func (b *block) text(m *message.Message) string {
	var lines []string
	add := func(spans ...message.Span) {
		for _, s := range spans {
			if s.Len() > 0 {
				lines = append(lines, m.Slice(s))
			}
		}
	}
	for _, r := range b.runs {
		for i, t := range r.trailers {
			add(r.comments[i]...)
			add(t.lines)
		}
		add(r.comments[len(r.trailers)]...)
		add(r.end)
	}
	for i, l := range lines {
		if !strings.HasSuffix(l, "\n") {
			lines[i] += m.Newline()
		}
	}
	text := strings.Join(lines, "")
	if !strings.HasSuffix(m.Slice(b.span), "\n") {
		text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	}
	return text
}

// distinct leaves out a trailer that is there already: the same token but for its
// case, the same value. Git's addIfDifferent calls them the same, too. Of sign-offs only
// one right behind the same goes: a change may pass through a person's hands twice.
func (r *run) distinct() {
	var kept []member
	comments := map[int][]message.Span{0: r.comments[0]}
	seen := make(map[string]bool)
	for i, t := range r.trailers {
		key := sameness(t.Trailer)
		again := t.Is(signedOffBy) && len(kept) > 0 && sameness(kept[len(kept)-1].Trailer) != key
		if !seen[key] || again {
			kept = append(kept, t)
		}
		seen[key] = true
		comments[len(kept)] = append(comments[len(kept)], r.comments[i+1]...)
	}
	r.trailers, r.comments = kept, comments
}

func sameness(t message.Trailer) string { return strings.ToLower(t.Token) + "\x00" + t.Value }

// sameTrailers tells whether git sees the same trailers in both, but for those that
// are there twice.
func sameTrailers(a, b *message.Message) bool {
	count := func(m *message.Message) map[string]bool {
		all := make(map[string]bool)
		for _, t := range m.Trailers {
			all[sameness(t)] = true
		}
		return all
	}
	return len(b.Trailers) <= len(a.Trailers) && maps.Equal(count(a), count(b)) && a.Cut-len(a.Text) == b.Cut-len(b.Text)
}

// arranged is the trailers of a run in the order that the policy wants.
func (in *Input) arranged(ts []member) []member {
	p := in.Policy
	if p.SignOff.Required || p.SignOff.Codeveloped {
		ts = ownLast(ts, in.Committer)
	}
	if p.SignOff.Codeveloped {
		ts = codeveloped(ts)
	}
	ts = inFront(ts, p.Disclosure.Before, func(t member) bool { return p.Disclosure.Is(t.Token) })
	fields := make(map[string]int) // from 1
	for i, f := range p.Attest.Fields {
		if f.Trailer != "" {
			fields[strings.ToLower(f.Trailer)] = i + 1
		}
	}
	field := func(t member) int { return fields[strings.ToLower(t.Token)] }
	ts = inFront(ts, cmp.Or(p.Attest.Before, signedOffBy), func(t member) bool { return field(t) > 0 })
	return inOrder(ts, field)
}

// ownLast moves the last sign-off of the person who commits to the end: it speaks for
// all that stands above it.
func ownLast(ts []member, own Person) []member {
	for i, t := range slices.Backward(ts) {
		if t.Is(signedOffBy) && own != (Person{}) && !isToolValue(t.Value) && samePerson(person(t.Value), own) {
			return append(slices.Delete(slices.Clone(ts), i, i+1), t)
		}
	}
	return ts
}

// codeveloped moves each Co-developed-by of a person right in front of that person's
// sign-off.
func codeveloped(ts []member) []member {
	out := slices.Clone(ts)
	for _, t := range ts {
		if !t.Is(codevelopedBy) || isToolValue(t.Value) || t.Value == "" {
			continue
		}
		from := slices.IndexFunc(out, func(o member) bool { return o.Span == t.Span })
		to := slices.IndexFunc(out, func(o member) bool {
			return o.Is(signedOffBy) && samePerson(person(o.Value), person(t.Value))
		})
		switch {
		case to < 0:
		case from < to:
			out = slices.Insert(slices.Delete(out, from, from+1), to-1, t)
		default:
			out = slices.Insert(slices.Delete(out, from, from+1), to, t)
		}
	}
	return out
}

// inFront moves those that stand behind the first trailer with a token in front of
// it, and of a Co-developed-by that belongs to it.
func inFront(ts []member, token string, moves func(member) bool) []member {
	at := slices.IndexFunc(ts, func(t member) bool { return token != "" && t.Is(token) && t.Value != "" && !moves(t) })
	if at < 0 {
		return ts
	}
	late := slices.Clone(ts[at:])
	moved := slices.DeleteFunc(slices.Clone(late), func(t member) bool { return !moves(t) })
	late = slices.DeleteFunc(late, moves)
	for at > 0 && ts[at-1].Is(codevelopedBy) && samePerson(person(ts[at-1].Value), person(ts[at].Value)) {
		at--
		late = slices.Insert(late, 0, ts[at])
	}
	return slices.Concat(ts[:at], moved, late)
}

// inOrder sorts those that have a number among the places where they stand.
func inOrder(ts []member, number func(member) int) []member {
	sorted := slices.DeleteFunc(slices.Clone(ts), func(t member) bool { return number(t) == 0 })
	slices.SortStableFunc(sorted, func(a, b member) int { return cmp.Compare(number(a), number(b)) })
	out := slices.Clone(ts)
	for i, t := range out {
		if number(t) > 0 {
			out[i], sorted = sorted[0], sorted[1:]
		}
	}
	return out
}
