package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/report"
	"colophon/words"
)

// The commands that a client may have executed on an open commit message.
const (
	commandNoAI    = "colophon.noAI"    // notes that no AI was used, where the text has no comments to say it in
	commandAI      = "colophon.ai"      // notes that AI was used, so that hints become checks
	commandFix     = "colophon.fix"     // does what an action does, for a client that takes no edits with actions
	commandFixAll  = "colophon.fixAll"  // does what all preferred fixes do
	commandShow    = "colophon.show"    // returns what Colophon sees, as `colophon show --format json` does
	commandExplain = "colophon.explain" // returns the policy in force, or a rule, as Markdown
)

// command is one of them. All arguments are strings, the first a document's URI.
type command struct {
	takes       words.Sentence
	least, most int // arguments
	run         func(ctx context.Context, ses *session, more []string) (protocol.LSPAny, error)
}

func (s *server) commands() map[string]command {
	say := func(st diagnostics.Statement) command {
		return command{words.TakesURI, 1, 1, func(_ context.Context, ses *session, _ []string) (protocol.LSPAny, error) {
			ses.say(st)
			return nil, nil
		}}
	}
	return map[string]command{
		commandNoAI: say(diagnostics.No),
		commandAI:   say(diagnostics.Yes),
		commandFix: {words.TakesAction, 2, 2, func(ctx context.Context, ses *session, more []string) (protocol.LSPAny, error) {
			return nil, ses.fix(ctx, more[0])
		}},
		commandFixAll: {words.TakesURI, 1, 1, func(ctx context.Context, ses *session, _ []string) (protocol.LSPAny, error) {
			return nil, ses.fixAll(ctx)
		}},
		commandShow: {words.TakesURI, 1, 1, func(ctx context.Context, ses *session, _ []string) (protocol.LSPAny, error) {
			return ses.show(ctx)
		}},
		commandExplain: {words.TakesExplain, 1, 2, func(ctx context.Context, ses *session, more []string) (protocol.LSPAny, error) {
			return ses.explain(ctx, more)
		}},
	}
}

// commandNames are those that this client can make use of.
func (s *server) commandNames() []string {
	all := s.commands()
	if !s.client.applyEdit {
		delete(all, commandFix)
		delete(all, commandFixAll)
	}
	return slices.Sorted(maps.Keys(all))
}

// ExecuteCommand runs a command.
func (s *server) ExecuteCommand(ctx context.Context, p *protocol.ExecuteCommandParams) (protocol.LSPAny, error) {
	c, ok := s.commands()[p.Command]
	if !ok {
		return nil, unfit(words.CommandUnknown.With("command", shorten(p.Command), "commands", strings.Join(s.commandNames(), ", ")))
	}
	args := make([]string, len(p.Arguments))
	fits := c.least <= len(args) && len(args) <= c.most
	for i := range args {
		fits = fits && json.Unmarshal(p.Arguments[i], &args[i]) == nil && p.Arguments[i].Kind() == '"'
	}
	if !fits {
		return nil, unfit(words.CommandArguments.With("command", p.Command, "arguments", c.takes.String()))
	}
	u, err := uri.Parse(args[0])
	if err != nil {
		return nil, unfit(words.CommandArguments.With("command", p.Command, "arguments", c.takes.String()))
	}
	ses := s.session(u)
	if ses == nil {
		return nil, unfit(words.CommandNotOpen.With("command", p.Command))
	}
	return c.run(ctx, ses, args[1:])
}

func unfit(sentence string) error { return jsonrpc2.NewError(jsonrpc2.InvalidParams, sentence) }

func refused(sentence words.Sentence) error {
	return jsonrpc2.NewError(jsonrpc2.Code(protocol.LSPErrorCodesRequestFailed), sentence.String())
}

// fix does what an action does.
func (ses *session) fix(ctx context.Context, id string) error {
	pg, o, err := ses.srv.offered(ctx, ses.uri, id)
	switch {
	case err != nil:
		return err
	case pg == nil:
		// A client that sends a command sends no version with it.
		return jsonrpc2.NewError(protocol.CodeContentModified, words.ActionGone.String())
	case len(o.edits) > 0 && !ses.srv.client.applyEdit:
		return refused(words.ActionNoEdits)
	}
	if len(o.edits) > 0 {
		ses.apply(pg.doc, o.title, o.edits, o.fill)
	}
	if o.says != "" {
		ses.say(o.says)
	}
	return nil
}

// fixAll does what all preferred fixes do; where there are none, nothing.
func (ses *session) fixAll(ctx context.Context) error {
	if !ses.srv.client.applyEdit {
		return refused(words.ActionNoEdits)
	}
	pg, err := ses.srv.mendable(ctx, ses.uri)
	if pg == nil {
		return err
	}
	if edits := pg.fixAll(); len(edits) > 0 {
		ses.apply(pg.doc, words.ActionFixAll.String(), edits, nil)
	}
	return nil
}

// apply asks the client to make edits, unless the text has changed by then. The request
// is not waited for: the client may answer it only once it has the answer to its own.
func (ses *session) apply(doc *document, title string, edits []message.Edit, fill []string) {
	s := ses.srv
	p := &protocol.ApplyWorkspaceEditParams{Label: &title, Edit: *s.edit(doc, edits, fill)}
	go s.guarded(func() {
		if newest, _ := s.docs.get(ses.uri); newest != doc {
			s.log.Warn("an edit came too late: the text had changed")
			return
		}
		answer, err := s.conn.client().ApplyEdit(ses.ctx, p)
		switch {
		case err != nil && ses.ctx.Err() == nil:
			s.log.Warn("the client made no edit", zap.Error(err))
		case err == nil && answer != nil && !answer.Applied:
			why := ""
			if answer.FailureReason != nil {
				why = shorten(*answer.FailureReason)
			}
			s.log.Warn("the client made no edit", zap.String("reason", why))
		}
	})()
}

// show waits until it is known what the commit contains.
func (ses *session) show(ctx context.Context) (protocol.LSPAny, error) {
	if err := ses.wait(ctx, ses.staged, pullWait); err != nil {
		return nil, err
	}
	doc, ok := ses.srv.docs.get(ses.uri)
	k := ses.now()
	if !ok || k == nil {
		return nil, refused(words.CommandUnreadable)
	}
	in := ses.page(doc, k).input()
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

// explain is the policy in force, or a rule, as Markdown.
func (ses *session) explain(ctx context.Context, more []string) (protocol.LSPAny, error) {
	if len(more) > 0 && more[0] != "" {
		rule := diagnostics.RuleByID(more[0])
		if rule == nil {
			return nil, unfit(words.CommandNoRule.With("rule", shorten(more[0])))
		}
		return texts(report.RulePage(rule))[0], nil
	}
	if err := ses.wait(ctx, ses.opened, settleWait); err != nil {
		return nil, err
	}
	k := ses.now()
	switch {
	case k == nil:
		return nil, refused(words.CommandUnreadable)
	case k.policy != nil:
		return texts(words.ExplainInvalid.With("why", k.policy.Error()))[0], nil
	case k.commit.Found == nil:
		return texts(words.ExplainNoPolicy.String())[0], nil
	}
	return texts(report.PolicyText(k.commit.Found))[0], nil
}
