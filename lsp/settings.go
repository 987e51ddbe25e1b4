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
// the names of the flags and of `git config colophon.*`.
type settings struct {
	Policy   string            `json:"policy"`   // a preset's name, a path, or none; "" is what the repository says
	AI       string            `json:"ai"`       // auto, yes or no
	Ask      string            `json:"ask"`      // always, when-evident or never; "" is what the policy says
	Severity map[string]string `json:"severity"` // by rule; those not named are as the policy has them
	Lens     *bool             `json:"lens"`     // nil is yes
	Hints    *bool             `json:"hints"`    // nil is yes
	Tokens   *bool             `json:"tokens"`   // nil is no: editors colour messages themselves
	LogLevel string            `json:"logLevel"` // of what the client is told for its log: off, error, warn, info or debug
	Git      string            `json:"git"`      // the git to run, an absolute path; read once, when the server begins
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
	base.Severity = maps.Clone(base.Severity) // which the decoder would add to
	_ = json.Unmarshal(v, &base)              // goes on behind a value of another form
	return base
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

// apply hands new settings to every session.
func (s *server) apply(set settings) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if reflect.DeepEqual(s.settings, set) {
		return
	}
	s.settings = set
	for _, ses := range s.sessions {
		ses.configure(set)
	}
}
