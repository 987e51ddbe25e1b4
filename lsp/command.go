package lsp

import (
	"bytes"
	"context"
	"encoding/json"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/report"
)

// The commands that a client may have executed. Each takes a document's URI.
const (
	// commandNoAI notes that no AI was used where the text has no comments to
	// say it in.
	commandNoAI = "colophon.noAI"
	// commandShow returns what Colophon sees, as `colophon show --format json`
	// does: policy, message, what the commit contains, evidence.
	commandShow = "colophon.show"
)

// ExecuteCommand runs a command on an open commit message.
func (s *server) ExecuteCommand(ctx context.Context, p *protocol.ExecuteCommandParams) (protocol.LSPAny, error) {
	if p.Command != commandNoAI && p.Command != commandShow || len(p.Arguments) != 1 {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "the commands are %s and %s, with a document's URI", commandNoAI, commandShow)
	}
	var name string
	err := json.Unmarshal(p.Arguments[0], &name)
	u, uerr := uri.Parse(name)
	ses := s.session(u)
	if err != nil || uerr != nil || ses == nil {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%s: this document is not an open commit message", p.Command)
	}
	if p.Command == commandNoAI {
		ses.sayNoAI()
		return nil, nil
	}
	return ses.show(ctx)
}

// show waits until it is known what the commit contains.
func (ses *session) show(ctx context.Context) (protocol.LSPAny, error) {
	if err := ses.wait(ctx, ses.staged, pullWait); err != nil {
		return nil, err
	}
	doc, ok := ses.srv.docs.get(ses.uri)
	k := ses.now()
	if !ok || k == nil {
		return nil, jsonrpc2.NewError(jsonrpc2.Code(protocol.LSPErrorCodesRequestFailed), "the repository or the message cannot be read; the log says why")
	}
	in := k.input(k.commit.Parse(doc.text))
	sight := &report.Sight{Report: report.Of(string(ses.uri), in, k.commit.Found)}
	if r := k.commit.Repository; r != nil {
		sight.GitDir, sight.WorkTree = r.GitDir, r.WorkTree
	}
	var out bytes.Buffer
	if err := report.ShowJSON(&out, sight); err != nil {
		return nil, err
	}
	return protocol.LSPAny(out.Bytes()), nil
}
