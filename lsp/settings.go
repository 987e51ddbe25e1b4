package lsp

import (
	"context"
	"encoding/json"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

// settings are the client's, below `colophon`. They have the names of the flags.
type settings struct {
	Policy string `json:"policy"` // a preset's name, a path, or none; "" is what the repository says
	AI     string `json:"ai"`     // auto, yes or no
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
	_ = json.Unmarshal(v, &base) // goes on behind a value of another form
	return base
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
	if s.settings == set {
		return
	}
	s.settings = set
	for _, ses := range s.sessions {
		ses.configure(set)
	}
}
