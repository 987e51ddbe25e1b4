package lsp

import (
	"context"
	"encoding/json"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/words"
)

// actionData is what an action carries until its edit is asked for.
type actionData struct {
	URI     string `json:"uri"`
	Version int32  `json:"version"`
	ID      string `json:"id"`
}

func (d actionData) raw() protocol.LSPAny {
	raw, _ := json.Marshal(d) // two strings and a number always have a form
	return raw
}

// CodeActionResolve makes the edit of an action for the text as it is now. An action
// without data has all that it will ever have.
func (s *server) CodeActionResolve(ctx context.Context, a *protocol.CodeAction) (*protocol.CodeAction, error) {
	if len(a.Data) == 0 || string(a.Data) == "null" {
		return a, nil
	}
	var d actionData
	if err := json.Unmarshal(a.Data, &d); err != nil || d.URI == "" || d.ID == "" {
		return nil, jsonrpc2.NewError(jsonrpc2.InvalidParams, words.ActionData.String())
	}
	u, err := uri.Parse(d.URI)
	if err != nil || s.session(u) == nil {
		return nil, jsonrpc2.NewError(jsonrpc2.InvalidParams, words.ActionData.String())
	}
	pg, o, err := s.offered(ctx, u, d.ID)
	switch {
	case err != nil:
		return nil, err
	case pg == nil && s.versionOf(u) == d.Version:
		return nil, jsonrpc2.NewError(jsonrpc2.InvalidParams, words.ActionUnknown.String())
	case pg == nil:
		return nil, jsonrpc2.NewError(protocol.CodeContentModified, words.ActionGone.String())
	}
	a.Edit = s.edit(pg.doc, o.edits, o.fill)
	return a, nil
}

// offered finds a proposal for an open message by its id; a nil page: there is none.
func (s *server) offered(ctx context.Context, u uri.URI, id string) (*page, proposal, error) {
	pg, err := s.mendable(ctx, u)
	if pg == nil {
		return nil, proposal{}, err
	}
	o, ok := pg.proposal(id)
	if !ok {
		return nil, proposal{}, nil
	}
	return pg, o, nil
}

// versionOf is that of an open document; below all others where it is not open.
func (s *server) versionOf(u uri.URI) int32 {
	if doc, ok := s.docs.get(u); ok {
		return doc.version
	}
	return -1 << 31
}
