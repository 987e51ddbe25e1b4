package lsp

import (
	"context"
	"encoding/json"
	"maps"
	"reflect"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

// settings are the client's, below `colophon`. Those that others have, too, have
// the names of the flags and of `git config colophon.*`; see Settings.
type settings struct {
	Policy   string            `json:"policy"`
	AI       string            `json:"ai"`
	Ask      string            `json:"ask"`
	Severity map[string]string `json:"severity"` // by rule
	Lens     *bool             `json:"lens"`
	Hints    *bool             `json:"hints"`
	Tokens   *bool             `json:"tokens"`
	LogLevel string            `json:"logLevel"`
	Git      string            `json:"git"`
}

// Setting is a setting as its documentation has it.
type Setting struct {
	Name   string // below `colophon`
	Flag   string // of the commands; "" for none
	Config bool   // whether `git config colophon.NAME` says it, too
	Values string // what it may be, the default first
	Why    string // what it is for, and why one would change it
}

// Settings are all settings, in the order in which they are documented.
func Settings() []Setting {
	return []Setting{
		{"policy", "--policy", true, "empty: what the repository says; a preset's name; a path (in `git config` from the work tree's top); `none`",
			"A project without a policy file, or another policy than the one that is found."},
		{"ai", "--ai", true, "`auto`, `yes`, `no`",
			"Whether AI is used, said once for all messages: `git config colophon.ai no` in a clone answers the question for good."},
		{"ask", "--ask", true, "empty: as the policy says; `always`, `when-evident`, `never`",
			"When to be asked whether AI helped: `always` asks with one hint in every message while nothing is known, `when-evident` asks only where something says so, `never` not even then. What a project wants in every message it wants all the same, but with `never`."},
		{"severity", "--severity", true, "empty; for each rule `error`, `warning`, `info`, `hint` or `off`",
			"A rule that weighs more or less for you. In `git config` the key is `colophon.severity.RULE`. The project's own checks go by the policy."},
		{"lens", "", false, "`true`, `false`",
			"The line above the subject: policy, counted lines, zones, disclosure."},
		{"hints", "", false, "`true`, `false`",
			"The words behind each path in git's list: class, counted lines, zones."},
		{"tokens", "", false, "`false`, `true`",
			"Semantic tokens: colours for keys, kinds, notes, placeholders and paths. Most editors colour commit messages by themselves."},
		{"logLevel", "", false, "`warn`, `off`, `error`, `info`, `debug`",
			"How much the editor's own log is told. `colophon lsp --log-level` is for the log on standard error. Neither has text of a message in it."},
		{"git", "--git", false, "empty: the `git` on `PATH`; an absolute path",
			"Another git than the one on `PATH`. Read once, from the initialization options, and never from the repository."},
	}
}

// readSettings takes {"policy": …} as well as {"colophon": {"policy": …}}. What
// is not there, or has another form, is as in base.
func readSettings(v protocol.LSPAny, base settings) settings {
	var outer struct {
		Colophon json.RawMessage `json:"colophon"`
	}
	if json.Unmarshal(v, &outer) == nil && outer.Colophon != nil {
		v = protocol.LSPAny(outer.Colophon)
	}
	var said map[string]json.RawMessage
	_ = json.Unmarshal(v, &said)
	into := reflect.ValueOf(&base).Elem()
	for i := range into.NumField() {
		if f := into.Type().Field(i); f.Type.Kind() != reflect.Map {
			take(said[f.Tag.Get("json")], into.Field(i).Addr().Interface())
		}
	}
	var rules map[string]json.RawMessage
	take(said["severity"], &rules)
	base.Severity = maps.Clone(base.Severity)
	for rule, raw := range rules {
		var level string
		if take(raw, &level); level == "" {
			continue
		}
		if base.Severity == nil {
			base.Severity = make(map[string]string)
		}
		base.Severity[rule] = level
	}
	return base
}

// take reads a value into a variable, if it is there in the form that is wanted. The
// decoder alone would leave a part of a wrong one.
func take(raw json.RawMessage, into any) {
	value := reflect.New(reflect.TypeOf(into).Elem())
	if len(raw) > 0 && string(raw) != "null" && json.Unmarshal(raw, value.Interface()) == nil {
		reflect.ValueOf(into).Elem().Set(value.Elem())
	}
}

// shows tells whether the client's setting lets something be shown.
func shows(setting *bool, otherwise bool) bool {
	if setting == nil {
		return otherwise
	}
	return *setting
}

// DidChangeConfiguration takes settings over, or asks for them where the client
// sends none.
func (s *server) DidChangeConfiguration(_ context.Context, p *protocol.DidChangeConfigurationParams) error {
	if s.client.configuration {
		s.askSettings()
		return nil
	}
	s.apply(readSettings(p.Settings, s.initial))
	return nil
}

// askSettings asks beside the read loop, which must go on to read the answer.
func (s *server) askSettings() {
	if !s.client.configuration {
		return
	}
	go func() {
		s.asking.Lock() // of two answers, the one that was asked for last counts
		defer s.asking.Unlock()
		section := "colophon"
		got, err := s.conn.client().Configuration(s.conn.base, &protocol.ConfigurationParams{
			Items: []protocol.ConfigurationItem{{Section: &section}},
		})
		if err != nil || len(got) == 0 {
			s.log.Debug("no settings from the client", zap.Error(err))
			return
		}
		s.apply(readSettings(got[0], s.initial))
	}()
}

// followSettings asks to be told when settings change, where the client would not do
// so by itself.
func (s *server) followSettings() {
	if !s.client.toldSettings {
		return
	}
	go s.guarded(func() {
		err := s.conn.client().RegisterCapability(s.conn.base, &protocol.RegistrationParams{Registrations: []protocol.Registration{{
			ID: "colophon-settings", Method: protocol.MethodWorkspaceDidChangeConfiguration,
			RegisterOptions: protocol.LSPAny(`{"section":"colophon"}`),
		}}})
		if err != nil && s.conn.base.Err() == nil {
			s.log.Debug("the client does not tell when settings change", zap.Error(err))
		}
	})()
}

// apply hands new settings to every session.
func (s *server) apply(set settings) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if reflect.DeepEqual(s.settings, set) {
		return
	}
	s.settings = set
	s.told.choose(set.LogLevel, s.log)
	for _, ses := range s.sessions {
		ses.configure(set)
	}
}
