package lsp

import (
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/policy"
	"colophon/words"
)

// commonKeys are the trailers that most projects know, in the order in which they are
// offered. The sign-off stands in front of them, with the person's name.
var commonKeys = [...]string{"Reviewed-by", "Acked-by", "Tested-by", "Reported-by", "Suggested-by", "Co-authored-by", "Fixes", "Cc", "Link"}

// keyLine is a line that can be begun or replaced by a trailer.
type keyLine struct {
	span  message.Span
	kept  bool // a value stands behind it, and stays
	colon string
	seen  map[string]bool   // by token: whether git will see it
	other []message.Trailer // that stand beside it once it is one
}

// completeKeys offers whole disclosures, the likeliest first, then the policy's other
// trailers, then the common ones, where git will see them. Who has typed a comma or a
// blank has not asked for a trailer.
func (o *offers) completeKeys(c spot) {
	l, ok := o.keyLine(c)
	if !ok || o.triggered {
		return
	}
	in := o.input()
	none := diagnostics.Look(in).Use == diagnostics.UseNone
	if !none {
		o.disclosures(l, in, true)
	}
	o.policyKeys(l)
	o.signOff(l)
	for _, token := range commonKeys {
		if !forbids(o.policy(), token) {
			o.key(l, token, "", says(strings.ToLower(token)))
		}
	}
	if none { // the person has said so
		o.disclosures(l, in, false)
	}
}

// keyLine is not ok where text follows, and the caret is in its first word.
func (o *offers) keyLine(c spot) (keyLine, bool) {
	seps := o.m.Options.Separators
	l := keyLine{colon: seps[:1] + " ", seen: make(map[string]bool)}
	// The rest of the word is replaced, and a separator behind it.
	rest := o.m.Text[c.at:c.end]
	if i := strings.IndexAny(rest, seps+" \t"); i >= 0 {
		rest = rest[i:]
	} else {
		rest = ""
	}
	value := strings.TrimLeft(rest, " \t")
	if value != "" && strings.Contains(seps, value[:1]) {
		value = strings.TrimLeft(value[1:], " \t")
		l.kept = value != ""
	} else if value != "" {
		return l, false
	}
	l.span = message.Span{Start: c.line.Start, End: c.end - len(value)}
	l.other = o.m.Trailers
	if text, err := message.Apply(o.m.Text[:o.m.Cut], []message.Edit{{Span: l.span, Text: signedOffBy + l.colon}}); err == nil {
		options := o.m.Options
		options.Cut = message.CutNever // it is cut
		l.other = message.Parse(text, options).Trailers
	}
	l.other = slices.DeleteFunc(slices.Clone(l.other), func(t message.Trailer) bool { return t.Span.Start == l.span.Start })
	return l, true
}

// line offers a trailer, if git will see it.
func (o *offers) line(l keyLine, token string, x offer) {
	fits, known := l.seen[token]
	if !known {
		fits = seen(o.m, message.Edit{Span: l.span, Text: x.text})
		l.seen[token] = fits
	}
	if !fits {
		return
	}
	x.label, x.span, x.kind = x.text, l.span, protocol.CompletionItemKindProperty
	o.add(x)
}

// key offers a trailer without its value.
func (o *offers) key(l keyLine, token, detail string, a []about) {
	o.line(l, token, offer{text: token + l.colon, detail: detail, about: a})
}

// disclosures offers them with the values that fit what is staged, but for those that
// say again what is said.
func (o *offers) disclosures(l keyLine, in diagnostics.Input, first bool) {
	p := o.policy()
	d := &p.Disclosure
	said := o.said(l)
	if l.kept {
		for i, token := range d.Tokens() {
			o.line(l, token, offer{text: token + l.colon, detail: p.Words(), first: first && i == 0, about: o.aboutDisclosure(token)})
		}
		return
	}
	if d.Number == "one" && len(said) > 0 {
		return
	}
	named := make(map[string]bool)
	for _, value := range said {
		for _, it := range d.Items(value) {
			named[it.Kind] = it.Kind != ""
		}
	}
	for _, v := range diagnostics.Proposals(in) {
		if slices.ContainsFunc(d.Items(v), func(it policy.Item) bool { return named[it.Kind] }) || slices.Contains(said, v) {
			continue
		}
		for _, token := range d.Tokens() {
			o.line(l, token, offer{text: token + l.colon + v, fill: fills(v), detail: p.Words(), first: first, about: o.aboutDisclosure(token)})
			first = false
		}
	}
}

// said is what the disclosures of other lines say.
func (o *offers) said(l keyLine) (values []string) {
	for _, t := range l.other {
		if o.policy().Disclosure.Is(t.Token) {
			values = append(values, t.Value)
		}
	}
	return values
}

// fills are the placeholders of a value.
func fills(value string) (fill []string) {
	for _, s := range policy.Placeholders(value) {
		fill = append(fill, value[s.Start:s.End])
	}
	return fill
}

func (o *offers) aboutDisclosure(token string) []about {
	p := o.policy()
	d := &p.Disclosure
	name := "tool"
	if len(d.Kinds) > 0 {
		name = "disclosure"
	}
	a := says(name, "policy", p.Words())
	for _, other := range d.Also {
		if other.Trailer == token {
			a = append(a, says("degree", "use", other.For)...)
		}
	}
	a = append(a, says("text", "text", d.Attests)...)
	a = append(a, says("not-needed", "use", d.Background)...)
	if form := policy.FormOf(d.Value); form != nil {
		a = append(a, says("form", "about", form.About, "example", form.Example)...)
	}
	return append(a, o.aboutOrigin()...)
}

func (o *offers) aboutOrigin() []about {
	p := o.policy()
	return says("origin", "name", p.Name, "status", strings.ReplaceAll(string(p.Status), "-", " "), "date", p.AsOf)
}

// policyKeys offers the trailer of an agreement and those of an attestation.
func (o *offers) policyKeys(l keyLine) {
	p := o.policy()
	if token := p.Approval.Trailer; token != "" {
		o.key(l, token, words.CompleteAgreement.String(), says("approval"))
	}
	if p.Attest.Form != policy.AttestTrailers {
		return
	}
	for _, f := range p.Attest.Fields {
		if f.Trailer != "" && !l.has(f.Trailer) {
			o.key(l, f.Trailer, words.CompleteAsked.With("policy", p.Words()), says("text", "text", f.About))
		}
	}
}

// has tells whether another line has a trailer.
func (l *keyLine) has(token string) bool {
	return slices.ContainsFunc(l.other, func(t message.Trailer) bool { return t.Is(token) })
}

const signedOffBy = "Signed-off-by"

// signOff offers the person's own, once.
func (o *offers) signOff(l keyLine) {
	who := o.known.commit.Committer
	switch {
	case l.kept:
		o.key(l, signedOffBy, "", says(strings.ToLower(signedOffBy)))
	case who.Name != "" && who.Email != "" && !diagnostics.IsTool(who):
		text := fmt.Sprintf("%s%s%s <%s>", signedOffBy, l.colon, who.Name, who.Email)
		if !strings.Contains(o.m.Text[:o.m.Cut], text) {
			o.line(l, signedOffBy, offer{text: text, detail: words.CompleteYourSignOff.String(), about: says(strings.ToLower(signedOffBy))})
		}
	}
}

// forbids tells whether the policy speaks against a trailer whoever stands in it.
func forbids(p *policy.Policy, token string) bool {
	return slices.ContainsFunc(p.Forbidden, func(f policy.Forbidden) bool {
		return f.Trailer != "" && f.When == "always" && strings.EqualFold(f.Trailer, token)
	})
}
