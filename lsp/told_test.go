package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

// What the server says beside diagnostics, each as one line.

func (s *screen) LogMessage(_ context.Context, p *protocol.LogMessageParams) error {
	kind := map[protocol.MessageType]string{
		protocol.MessageTypeError: "error", protocol.MessageTypeWarning: "warning", protocol.MessageTypeInfo: "info", protocol.MessageTypeLog: "debug",
	}[p.Type]
	s.told <- fmt.Sprintf("log %s: %s", kind, p.Message)
	return nil
}

func (s *screen) RegisterCapability(_ context.Context, p *protocol.RegistrationParams) error {
	for _, r := range p.Registrations {
		s.told <- fmt.Sprintf("register %s %s", r.Method, r.RegisterOptions)
	}
	return nil
}

func (s *screen) WorkDoneProgressCreate(_ context.Context, p *protocol.WorkDoneProgressCreateParams) error {
	s.told <- fmt.Sprintf("create %v", p.Token)
	return nil
}

func (s *screen) Progress(_ context.Context, p *protocol.ProgressParams) error {
	var v struct{ Kind, Title string }
	err := json.Unmarshal(p.Value, &v)
	s.told <- strings.TrimSpace(fmt.Sprintf("%s %v %s", v.Kind, p.Token, v.Title))
	return err
}

func (s *screen) CodeLensRefresh(context.Context) error {
	s.told <- "refresh lenses"
	return nil
}

func (s *screen) InlayHintRefresh(context.Context) error {
	s.told <- "refresh inlay hints"
	return nil
}

// hears waits until the server says something that begins so, and returns all up to
// then.
func (e *editor) hears(begins string) []string {
	e.t.Helper()
	var all []string
	for {
		said := arrives(e.t, fmt.Sprintf("%q; heard %q", begins, all), e.screen.told)
		if all = append(all, said); strings.HasPrefix(said, begins) {
			return all
		}
	}
}

// A client is told by its log what the server has to say of itself, as much of it as
// it wants.
func TestClientLog(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.git("config", "colophon.severity.no-such-rule", "off")
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: capabilities(), InitializationOptions: protocol.LSPAny(`{"logLevel":"info"}`)})
	if said := e.hears("log "); !strings.HasPrefix(said[0], "log info: initialize") {
		t.Errorf("said %q", said)
	}
	e.open(r.message(), "gitcommit", "hw: a subject that nobody may read in a log\n")
	said := e.hears("log warning: The setting colophon.")
	for _, line := range said {
		if strings.Contains(line, "nobody may read") {
			t.Errorf("the log has the message in it: %q", line)
		}
	}
	if line := said[len(said)-1]; !strings.Contains(line, "names the rule no-such-rule, which there is not") {
		t.Errorf("said %q", line)
	}
}

// Without a wish there are warnings only, and with "off" nothing.
func TestClientLogLevels(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.git("config", "colophon.ask", "sometimes")
	for level, want := range map[string]string{
		`{}`: "log warning: The setting colophon.", `{"logLevel":"loud"}`: "log warning: The setting colophon.logLevel is loud",
		`{"logLevel":"error"}`: "", `{"logLevel":"off"}`: "",
	} {
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: capabilities(), InitializationOptions: protocol.LSPAny(level)})
		e.opened(r.message(), "gitcommit", silent)
		if want != "" {
			if said := e.hears("log "); !strings.HasPrefix(said[0], want) {
				t.Errorf("%s: said %q", level, said)
			}
		}
		if n := len(e.screen.told); n > 0 && want == "" {
			t.Errorf("%s: said %q", level, <-e.screen.told)
		}
	}
}

// What cannot be used is told once, however often the repository is looked at.
func TestUnusableSettingsAreToldOnce(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := start(t, r.env, &protocol.InitializeParams{
		Capabilities: capabilities(), InitializationOptions: protocol.LSPAny(`{"ai":"perhaps","ask":"sometimes","severity":{"no-rule":"off"}}`),
	})
	u := r.message()
	e.opened(u, "gitcommit", silent)
	said := []string{e.hears("log ")[0], e.hears("log ")[0], e.hears("log ")[0]}
	for _, word := range []string{"colophon.ai is perhaps", "colophon.ask is sometimes", "the rule no-rule"} {
		if !strings.Contains(strings.Join(said, "\n"), word) {
			t.Errorf("nobody says %q: %q", word, said)
		}
	}
	must(t, e.server.DidChangeConfiguration(t.Context(), &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny(`{"policy":"nonesuch"}`)}))
	e.until(u, "policy-invalid")
	if n := len(e.screen.told); n > 0 {
		t.Errorf("said again: %q", <-e.screen.told)
	}
}

// Git that takes long is shown to who shows such things, and nothing is shown that
// is over at once.
func TestProgress(t *testing.T) {
	r := newRepo(t, examplePolicy)
	r.stage("core/a.c", 2)
	h := holdGit(t)
	c := capabilities()
	c.Window = &protocol.WindowClientCapabilities{WorkDoneProgress: new(true)}
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: c})
	e.open(r.message(), "gitcommit", silent)
	pipe := h.running()
	begun := e.hears("begin colophon-1")
	if got, want := strings.Join(begun, ", "), "create colophon-1, begin colophon-1 Colophon: reading what this commit contains"; got != want {
		t.Errorf("said %q", got)
	}
	release(t, pipe)
	e.hears("end colophon-1")
}

// The client is asked to tell when settings change, if it wants to be asked.
func TestFollowsSettings(t *testing.T) {
	r := newRepo(t, "")
	c := capabilities()
	c.Workspace.DidChangeConfiguration = &protocol.DidChangeConfigurationClientCapabilities{DynamicRegistration: new(true)}
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: c})
	if got, want := e.hears("register ")[0], `register workspace/didChangeConfiguration {"section":"colophon"}`; got != want {
		t.Errorf("said %q", got)
	}
}

// What is shown beside the text is asked for anew when something is staged.
func TestRefreshesViews(t *testing.T) {
	r := newRepo(t, examplePolicy)
	c := capabilities()
	c.Workspace.CodeLens = &protocol.CodeLensWorkspaceClientCapabilities{RefreshSupport: new(true)}
	c.Workspace.InlayHint = &protocol.InlayHintWorkspaceClientCapabilities{RefreshSupport: new(true)}
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: c})
	e.opened(r.message(), "gitcommit", silent)
	e.hears("refresh inlay hints")
	r.stage("core/a.c", 2)
	e.hears("refresh lenses")
	e.hears("refresh inlay hints")
}
