package diagnostics

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"colophon/policy"
	"colophon/words"
)

// Preferences are what a person wishes for their own screen. They change nothing of
// what the project asks: others, and a CI without them, see what the policy says.
type Preferences struct {
	Ask      Asking
	Severity map[string]Severity // by rule; Off switches it off, one not named is as the policy has it
}

// Asking is when a person wants to be asked whether AI helped.
type Asking string

// The occasions. An empty one is as the policy says.
const (
	AskAlways      Asking = "always"       // one hint while nothing is known, also where the policy would not ask
	AskWhenEvident Asking = "when-evident" // no hint while nothing is known
	AskNever       Asking = "never"        // nor a missing disclosure where AI use is evident
)

// Askings are the occasions by name.
func Askings() []string {
	return []string{string(AskAlways), string(AskWhenEvident), string(AskNever)}
}

// Severities are the severities by name, and Off.
func Severities() []string {
	names := []string{string(Off)}
	for _, s := range order {
		names = append(names, string(s))
	}
	slices.Reverse(names)
	return names
}

// ReadPreferences reads settings. What cannot be used is left out, with a sentence
// for each.
func ReadPreferences(ask string, severity map[string]string) (p Preferences, problems []string) {
	if p.Ask = Asking(ask); ask != "" && !slices.Contains(Askings(), ask) {
		p.Ask = ""
		problems = append(problems, words.SettingValue.With("setting", "colophon.ask", "value", harmless(ask), "values", list(Askings(), "or")))
	}
	for _, rule := range slices.Sorted(maps.Keys(severity)) {
		level := severity[rule]
		switch {
		case !slices.Contains(policy.Rules, rule):
			problems = append(problems, words.SettingRule.With("rule", harmless(rule)))
		case !slices.Contains(Severities(), level):
			problems = append(problems, words.SettingValue.With("setting", "colophon.severity."+rule, "value", harmless(level), "values", list(Severities(), "or")))
		default:
			if p.Severity == nil {
				p.Severity = make(map[string]Severity)
			}
			p.Severity[rule] = Severity(level)
		}
	}
	return p, problems
}

// harmless is a value for a log or a terminal, on which control characters would act.
func harmless(value string) string {
	return short(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, value))
}

// ReadStatement reads the setting of that name. What cannot be used is Auto, with a
// sentence that says so.
func ReadStatement(ai string) (s Statement, problem string) {
	known := []string{string(Auto), string(Yes), string(No)}
	if ai != "" && !slices.Contains(known, ai) {
		return Auto, words.SettingValue.With("setting", "colophon.ai", "value", harmless(ai), "values", list(known, "or"))
	}
	return Statement(ai), ""
}

// severity is the person's for a rule, or the policy's; "" where neither says.
func (j *judge) severity(rule string) Severity {
	if s, ok := j.Prefers.Severity[rule]; ok {
		return s
	}
	return Severity(j.Policy.Severity[rule])
}

// asking is when a missing disclosure is worth a word. What the project asks in
// every message is asked in every message.
func (j *judge) asking() policy.Ask {
	ask := j.Policy.Disclosure.Ask
	if j.Prefers.Ask == AskAlways && ask == policy.AskWhenEvident {
		return policy.AskHint
	}
	return ask
}

// unasked takes out what the person does not want to be asked.
func (j *judge) unasked(fs []Finding) []Finding {
	switch j.Prefers.Ask {
	case AskNever:
		return slices.DeleteFunc(fs, func(f Finding) bool { return f.IfAI || f.Rule == disclosureMissing.ID })
	case AskWhenEvident:
		return slices.DeleteFunc(fs, func(f Finding) bool { return f.IfAI })
	}
	return fs
}
