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
// has another form is no setting of ours.
func readSettings(v protocol.LSPAny) settings {
	var s struct {
		settings
		Colophon *settings `json:"colophon"`
	}
	if json.Unmarshal(v, &s) != nil {
		return settings{}
	}
	if s.Colophon != nil {
		return *s.Colophon
	}
	return s.settings
}

// DidChangeConfiguration takes settings over, or asks for them where the client
// sends none.
func (s *server) DidChangeConfiguration(_ context.Context, p *protocol.DidChangeConfigurationParams) error {
	if s.client.configuration {
		s.askSettings()
		return nil
	}
	s.apply(readSettings(p.Settings))
	return nil
}

// askSettings asks beside the read loop, which must go on to read the answer.
func (s *server) askSettings() {
	if !s.client.configuration {
		return
	}
	go func() {
		section := "colophon"
		got, err := s.conn.client().Configuration(s.conn.base, &protocol.ConfigurationParams{
			Items: []protocol.ConfigurationItem{{Section: &section}},
		})
		if err != nil || len(got) == 0 {
			s.log.Debug("no settings from the client", zap.Error(err))
			return
		}
		if got := readSettings(got[0]); got != (settings{}) {
			s.apply(got)
		}
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
