package lsp

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/repository"
	"colophon/words"
)

// candidate is somebody who can stand behind a trailer's colon.
type candidate struct {
	text   string // Name <address>, or what there is instead
	detail string
	about  []about
}

// namesPeople tells whether people stand in a trailer. What speaks of tools has
// another kind of value.
func namesPeople(token string) bool {
	switch lower := strings.ToLower(token); lower {
	case "cc":
		return true
	case "assisted-by", "generated-by":
		return false
	default:
		return strings.HasSuffix(lower, "-by") && !strings.HasPrefix(lower, "ai-")
	}
}

// completePeople offers people of the history.
func (o *offers) completePeople(ctx context.Context, c spot) {
	span, lead := o.person(c)
	o.candidates(c, span, lead, o.people(ctx, c, o.typed(span.Start, c)))
}

// candidates offers those that have been found by what was typed. They are sifted here
// and not by the client, of which some only look how a text begins; so it is to ask
// again when more is typed.
func (o *offers) candidates(c spot, span message.Span, lead string, found []candidate) {
	o.more = true
	typed := o.typed(span.Start, c)
	for _, x := range found {
		if x.text == strings.TrimRight(typed, " \t") {
			continue // it stands there, and Enter is to end the line
		}
		o.add(offer{
			label: x.text, kind: protocol.CompletionItemKindValue, detail: x.detail, span: span,
			text: lead + x.text, filter: filterFor(typed, x.text), about: x.about,
		})
	}
}

// person is where a name stands: all of the value, but for a Cc, which may have several.
func (o *offers) person(c spot) (span message.Span, lead string) {
	span, lead = o.rest(c)
	if !strings.EqualFold(c.token, "Cc") {
		return span, lead
	}
	before, behind := o.m.Text[span.Start:c.at], o.m.Text[c.at:c.end]
	if i := strings.LastIndexByte(before, ','); i >= 0 {
		rest := strings.TrimLeft(before[i+1:], " \t")
		span.Start = c.at - len(rest)
		if rest == before[i+1:] {
			lead = " "
		}
	}
	if i := strings.IndexByte(behind, ','); i >= 0 {
		span.End = c.at + i
	}
	return span, lead
}

// matches tells whether a text has all the words that were typed, in whatever order.
func matches(text, typed string) bool {
	text = strings.ToLower(text)
	for _, w := range strings.Fields(strings.ToLower(typed)) {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// filterFor is a filter for the client that begins with what was typed, as what was found
// for it may have that anywhere.
func filterFor(typed, text string) string {
	if len(typed) <= len(text) && strings.EqualFold(text[:len(typed)], typed) {
		return text
	}
	return typed + " " + text
}

// people are those of the history that a trailer may name and that were typed for, by
// any part of name or address. The person's own name comes first in a sign-off, and
// nowhere that somebody else is to speak.
func (o *offers) people(ctx context.Context, c spot, typed string) (all []candidate) {
	h, _, _ := o.history(ctx, false)
	role := strings.ToLower(c.token)
	me, author := o.known.commit.Committer, o.known.commit.Author
	signs := strings.EqualFold(role, signedOffBy)
	if signs && me.Name != "" && me.Email != "" && !diagnostics.IsTool(me) && !o.names(c, me.Email) && matches(full(me), typed) {
		all = append(all, candidate{full(me), words.CompleteYou.String(), says(role)})
	}
	if h == nil {
		return all
	}
	for _, p := range ranked(h.People, role, typed) {
		who := diagnostics.Person{Name: p.Name, Email: p.Email}
		if o.names(c, p.Email) || isBot(who) || diagnostics.IsTool(who) {
			continue
		}
		committer, self := strings.EqualFold(me.Email, p.Email), strings.EqualFold(author.Email, p.Email)
		if signs && committer || (committer || self) && othersSpeak(role) {
			continue
		}
		name := "person"
		if p.Named == 1 {
			name = "once"
		}
		all = append(all, candidate{full(who), "", says(name, "times", fmt.Sprint(p.Named), "commits", fmt.Sprint(len(h.Commits)))})
		if len(all) > maxOffers {
			break
		}
	}
	return all
}

// ranked are those that were typed for, first who is named most and most lately, and has
// stood in such a trailer before.
func ranked(people []repository.Contributor, role, typed string) []repository.Contributor {
	found := slices.DeleteFunc(slices.Clone(people), func(p repository.Contributor) bool {
		return typed != "" && !matches(p.Name+" <"+p.Email+">", typed)
	})
	slices.SortStableFunc(found, func(a, b repository.Contributor) int {
		return cmp.Compare(b.Weight+3*b.Roles[role], a.Weight+3*a.Roles[role])
	})
	return found
}

func full(p diagnostics.Person) string { return p.Name + " <" + p.Email + ">" }

// othersSpeak tells whether a trailer is one that nobody writes of themselves.
func othersSpeak(role string) bool {
	switch role {
	case "tested-by", "reported-by", "suggested-by", "cc", "signed-off-by":
		return false
	}
	return true
}

// isBot tells of accounts that are no person's, of AI or not.
func isBot(p diagnostics.Person) bool {
	mail := strings.ToLower(p.Email)
	return strings.HasSuffix(strings.ToLower(p.Name), "[bot]") || strings.Contains(mail, "[bot]@") ||
		strings.HasPrefix(mail, "noreply@") || strings.HasPrefix(mail, "no-reply@")
}

// names tells whether the same trailer has somebody already, in another line.
func (o *offers) names(c spot, email string) bool {
	return slices.ContainsFunc(o.m.Trailers, func(t message.Trailer) bool {
		return t.Is(c.token) && t.Span.Start != c.line.Start && strings.Contains(strings.ToLower(t.Value), "<"+strings.ToLower(email)+">")
	})
}

// completeApproval offers who may agree: the maintainers of the files that need it, or
// whom the policy names. Teams are left out: a person agrees. Where none is known, it
// is the people of the history.
func (o *offers) completeApproval(ctx context.Context, c spot) {
	p := o.policy()
	if p.Approval.Value == policy.Link {
		o.completeValue(ctx, c, policy.Link)
		return
	}
	span, lead := o.person(c)
	typed := o.typed(span.Start, c)
	detail := words.CompleteMaintainer.String()
	if p.Approval.By == "people" {
		detail = words.CompleteMayAgree.With("policy", p.Words())
	}
	var all []candidate
	owners := diagnostics.Owners(o.input())
	for _, owner := range owners {
		who := diagnostics.Person{Name: owner.Name, Email: owner.Email}
		text := full(who)
		switch {
		case owner.Team, owner.Email == "" && owner.Handle == "", owner.Is(o.known.commit.Author.Name, o.known.commit.Author.Email):
			continue
		case owner.Email == "":
			text = "@" + owner.Handle
		case owner.Name == "":
			text = owner.Email
		}
		if matches(text, typed) {
			all = append(all, candidate{text, detail, says("approval")})
		}
	}
	if len(owners) == 0 && p.Approval.By != "people" {
		all = o.people(ctx, c, typed)
	}
	o.candidates(c, span, lead, all)
}
