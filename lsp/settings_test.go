package lsp

import (
	"reflect"
	"slices"
	"testing"

	"go.lsp.dev/protocol"
)

func TestReadSettings(t *testing.T) {
	base := settings{Policy: "base", AI: "auto"}
	for _, tt := range []struct {
		json string
		want settings
	}{
		{`{"policy":"a","ai":"no"}`, settings{Policy: "a", AI: "no"}},
		{`{"colophon":{"policy":"a"}}`, settings{Policy: "a", AI: "auto"}},
		{`{"colophon":{"policy":""},"policy":"outside"}`, settings{Policy: "", AI: "auto"}},
		{`{"policy":"a","ai":false}`, settings{Policy: "a", AI: "auto"}},
		{`{"ai":["no"],"policy":"a"}`, settings{Policy: "a", AI: "auto"}},
		{`{"policy":null}`, base},
		{`{"lens":"no","hints":0,"tokens":[true],"policy":"a"}`, settings{Policy: "a", AI: "auto"}},
		{`{"severity":{"core-zone":7,"signoff-missing":"hint"}}`, settings{Policy: "base", AI: "auto", Severity: map[string]string{"signoff-missing": "hint"}}},
		{`{"severity":"error","ask":["never"]}`, base},
		{`{"colophon":null}`, base},
		{`{"colophon":"a"}`, base},
		{`{"editor":{"tabSize":8}}`, base},
		{`{}`, base},
		{`[]`, base},
		{`"a"`, base},
		{`null`, base},
		{``, base},
	} {
		if got := readSettings(protocol.LSPAny(tt.json), base); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: got %+v, want %+v", tt.json, got, tt.want)
		}
	}
}

// Settings come first with initialize, and later by a notification.
func TestSettings(t *testing.T) {
	r := newRepo(t, "")
	for _, options := range []string{`{"policy":"qemu-2026-09"}`, `{"colophon":{"policy":"qemu-2026-09"}}`} {
		e := start(t, r.env, &protocol.InitializeParams{Capabilities: capabilities(), InitializationOptions: protocol.LSPAny(options)})
		u := r.message()
		e.open(u, "gitcommit", silent)
		e.until(u, "disclosure-missing")
		set := func(json string) {
			must(t, e.server.DidChangeConfiguration(t.Context(), &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny(json)}))
		}
		set(`{"colophon":{"policy":"none"}}`)
		e.until(u)
		set(`{"colophon":{}}`) // what initialize said counts again
		e.until(u, "disclosure-missing")
		set(`{"colophon":{"ai":"no"}}`)
		e.until(u)
		set(`{"colophon":{"ai":"yes"}}`)
		if d := last(e.until(u, "disclosure-missing"))[0]; d.Severity != protocol.DiagnosticSeverityError {
			t.Errorf("with AI use stated: %v", d.Severity)
		}
		set(`{"colophon":{"policy":"qemu-1999"}}`)
		e.until(u, "policy-invalid")
		set(`{"colophon":{"policy":"./nowhere.yaml"}}`)
		e.until(u, "policy-invalid")
		set(`null`)
		e.until(u, "disclosure-missing")
		e.close(u)
		e.until(u)
		set(`{"colophon":{"policy":"none"}}`) // for documents to come
		e.open(u, "gitcommit", silent)
		e.until(u)
	}
}

// The setting is stronger than what the repository says.
func TestSettingBeforeRepository(t *testing.T) {
	r := newRepo(t, examplePolicy)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: capabilities(), InitializationOptions: protocol.LSPAny(`{"policy":"none"}`)})
	e.open(r.message(), "gitcommit", misspelt)
	e.until(r.message())
	if n := len(e.screen.asked); n > 0 {
		t.Errorf("asked %d times a client that cannot be asked", n)
	}
}

// Where the client can be asked, its answer counts, not what it sends.
func TestSettingsAsked(t *testing.T) {
	r := newRepo(t, "")
	c := capabilities()
	c.Workspace.Configuration = new(true)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: c})
	u := r.message()
	e.open(u, "gitcommit", silent)
	e.until(u)
	changed := &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny(`{"colophon":{"policy":"qemu-1999"}}`)}
	for _, tt := range []struct {
		answer string
		rules  []string
	}{
		{`{"policy":"qemu-2026-09"}`, []string{"disclosure-missing"}},
		{`{"policy":"qemu-2026-09","ai":"no"}`, nil},
		{`{"policy":"qemu-2026-09","ai":"auto"}`, []string{"disclosure-missing"}},
		{`null`, nil},
		{`{"policy":"qemu-2026-09"}`, []string{"disclosure-missing"}},
		{`{"policy":""}`, nil},
	} {
		if section := arrives(t, "the question", e.screen.asked); section != "colophon" {
			t.Errorf("asked for %q", section)
		}
		e.screen.answers <- tt.answer
		e.until(u, tt.rules...)
		must(t, e.server.DidChangeConfiguration(t.Context(), changed))
	}
	e.screen.answers <- `null` // the last question
}

// Two changes in a row: the answer to the question that came last counts, even
// if both are open at once.
func TestSettingsAskedTwice(t *testing.T) {
	r := newRepo(t, "")
	c := capabilities()
	c.Workspace.Configuration = new(true)
	e := start(t, r.env, &protocol.InitializeParams{Capabilities: c})
	u := r.message()
	e.open(u, "gitcommit", silent)
	must(t, e.server.DidChangeConfiguration(t.Context(), &protocol.DidChangeConfigurationParams{}))
	arrives(t, "the first question", e.screen.asked)
	e.screen.answers <- `{"policy":"qemu-1999"}`
	arrives(t, "the second question", e.screen.asked)
	e.screen.answers <- `{"policy":"qemu-2026-09"}`
	e.until(u, "disclosure-missing")
}

// Each setting is documented, by the name that it has.
func TestSettingsAreDocumented(t *testing.T) {
	var named, documented []string
	for f := range reflect.TypeFor[settings]().Fields() {
		named = append(named, f.Tag.Get("json"))
	}
	for _, s := range Settings() {
		documented = append(documented, s.Name)
		if s.Values == "" || s.Why == "" {
			t.Errorf("%s has no values or no reason", s.Name)
		}
	}
	if !slices.Equal(named, documented) {
		t.Errorf("documented are %q, there are %q", documented, named)
	}
}

// A person chooses for their own screen when to be asked and how much a rule weighs,
// in the editor or by git's configuration, of which the editor comes first.
func TestPersonalSettings(t *testing.T) {
	r := newRepo(t, "")
	r.git("config", "colophon.policy", "qemu-2026-09")
	r.git("config", "colophon.ask", "when-evident")
	r.git("config", "colophon.severity.trailer-forbidden", "info")
	e := startIn(r)
	u := r.message()
	e.open(u, "gitcommit", silent)
	e.until(u)
	set := func(json string) {
		must(t, e.server.DidChangeConfiguration(t.Context(), &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny(json)}))
	}
	set(`{"colophon":{"ask":"always"}}`)
	e.until(u, "disclosure-missing")
	set(`{}`)
	e.until(u)
	e.change(u, silent+"Co-authored-by: Claude <noreply@anthropic.com>\n")
	for _, d := range last(e.until(u, "trailer-forbidden", "disclosure-missing")) {
		if d.Code == protocol.String("trailer-forbidden") && d.Severity != protocol.DiagnosticSeverityInformation {
			t.Errorf("git's configuration: %v", d.Severity)
		}
	}
	set(`{"colophon":{"severity":{"trailer-forbidden":"off"},"ask":"never"}}`)
	e.until(u)
}

// What is read later must not alter what it adds to.
func TestSettingsLeaveTheirBase(t *testing.T) {
	base := readSettings([]byte(`{"lens":true,"hints":true,"tokens":true,"severity":{"core-zone":"hint"}}`), settings{})
	later := readSettings([]byte(`{"lens":false,"hints":false,"tokens":false,"severity":{"core-zone":"error"}}`), base)
	if !*base.Lens || !*base.Hints || !*base.Tokens || base.Severity["core-zone"] != "hint" {
		t.Errorf("the base is now %+v", base)
	}
	if *later.Lens || *later.Hints || *later.Tokens || later.Severity["core-zone"] != "error" {
		t.Errorf("what came later is %+v", later)
	}
}
