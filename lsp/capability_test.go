package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"
)

// object is JSON as it went over the wire. These tests share no type with the server.
type object = map[string]any

// fixture is what a real client says in `initialize`.
type fixture struct {
	Client string // for people
	Note   string // how it was got
	Params object
}

// ownPaths are absolute.
var ownPaths = regexp.MustCompile(`"(file://)?/[^"]*`)

func fixtures(t *testing.T) map[string]fixture {
	t.Helper()
	files, err := filepath.Glob("testdata/clients/*.json")
	must(t, err)
	all := make(map[string]fixture)
	for _, file := range files {
		raw, err := os.ReadFile(file)
		must(t, err)
		var f fixture
		if err := json.Unmarshal(raw, &f); err != nil || f.Client == "" || f.Note == "" || f.Params["capabilities"] == nil {
			t.Fatalf("%s: %v, or its client, its note or the capabilities are not there", file, err)
		}
		for _, path := range ownPaths.FindAllString(string(raw), -1) {
			if !strings.HasSuffix(strings.TrimSuffix(path, "/"), "/repository") {
				t.Errorf("%s: %s is of somebody's machine", file, path)
			}
		}
		all[strings.TrimSuffix(filepath.Base(file), ".json")] = f
	}
	if len(all) < 11 {
		t.Fatalf("only %d clients", len(all))
	}
	return all
}

// matrixPolicies have something for every feature. The second names tools, so there are
// placeholders.
var matrixPolicies = []string{`version: 1
project: Example
status: in-force
as_of: 2026-11-21
source: https://example.org/ai
extends: qemu-2026-09
limits: {small-fix: {lines: 3, beyond: Ask before you go on.}}
zones:
  - {name: core, paths: ["core/**"], ring: inner, why: a maintainer's agreement, asks: [approval, attestation]}
approval: {trailer: AI-exception-granted-by, by: maintainers}
attestation: {heading: AI use, fields: [tool, parts]}
`, "version: 1\nproject: Example\nextends: linux-7.0\n"}

// matrixMessages have something for every feature.
var matrixMessages = []string{
	"",
	"net: größe 😀\n\nText.\n\n",
	"net: größe 😀\n\nText.\n\nFixes: 0123456789ab (\"x\")\nAI-used-for: code\nAssisted-by: \n",
	"net: größe 😀\n\nSee README and core/main.c, https://example.org/queue.\n\nAI use:\n- tool: <which>\n- parts: <which>\n\nAI-used-for: testing, code (größe 😀)\nAssisted-by: a tool\nLink: https://example.org/queue\nReviewed-by: Mia <mia@example.org>\nSigned-off-by: Jo Doe <jo@example.org>\n",
}

const matrixTemplate = `
# Please enter the commit message for your changes. Lines starting
# with '#' will be ignored, and an empty message aborts the commit.
#
# On branch main
# Changes to be committed:
#	new file:   core/main.c
#	new file:   net/e1000.c
#	new file:   tests/unit/test-net.c
#
# ------------------------ >8 ------------------------
# Do not modify or remove the line above.
# Everything below it will be ignored.
diff --git a/core/main.c b/core/main.c
new file mode 100644
--- /dev/null
+++ b/core/main.c
@@ -0,0 +1,2 @@
+x = 1;
+x = 1;
`

// TestClients asks for everything that is advertised, as each of the real clients. The
// answers must use only what that client can take.
func TestClients(t *testing.T) {
	got := make(map[string]map[string]bool) // client: rules that its answers made use of
	all := fixtures(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t.Run(name, func(t *testing.T) {
			got[name] = make(map[string]bool)
			for i, policy := range matrixPolicies {
				r := newRepo(t, policy)
				r.git("remote", "add", "origin", "https://github.com/example/example.git")
				r.stage("core/main.c", 2)
				r.stage("net/e1000.c", 12)
				r.stage("tests/unit/test-net.c", 3)
				w := dial(t, r, all[name].Params)
				w.everything(r, i == 0)
				maps.Copy(got[name], w.used)
			}
		})
	}
	showMatrix(t, all, got)
}

// table shows what each client gets. A rule that no client makes use of proves nothing.
func showMatrix(t *testing.T, all map[string]fixture, got map[string]map[string]bool) {
	names := slices.Sorted(maps.Keys(all))
	var out strings.Builder
	for i, name := range names {
		fmt.Fprintf(&out, "%s%s\n", strings.Repeat("| ", i), all[name].Client)
	}
	for _, r := range clientRules {
		some := false
		for _, name := range names {
			mark := "  "
			switch {
			case got[name][r.name]:
				mark, some = "x ", true
			case r.announced(announced{all[name].Params["capabilities"].(object)}):
				mark = ". "
			}
			out.WriteString(mark)
		}
		out.WriteString(r.name + "\n")
		if !some && !r.spare && len(got) == len(all) {
			t.Errorf("no client gets: %s", r.name)
		}
		if some && r.spare && !r.slow {
			t.Errorf("some client gets it, so it is not spare: %s", r.name)
		}
	}
	t.Logf("x: the client gets it; .: it could take it\n%s", &out)
}

// wire is a client in raw JSON.
type wire struct {
	t      *testing.T
	out    io.Writer
	in     chan object
	caps   announced
	offers object          // what the server advertises
	used   map[string]bool // rules
	faults map[string]bool // one line each
	ids    int
	root   string
}

func dial(t *testing.T, r *repo, params object) *wire {
	t.Helper()
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	w := &wire{
		t: t, out: fromClient, in: make(chan object, 1<<10), root: r.dir,
		caps: announced{params["capabilities"].(object)}, used: make(map[string]bool), faults: make(map[string]bool),
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if code, err := Serve(context.Background(), Options{In: toServer, Out: fromServer, Log: zap.NewNop(), Env: r.env}); code != 0 {
			t.Errorf("exit status %d: %v", code, err)
		}
		fromServer.Close()
	}()
	go w.read(toClient)
	raw, err := json.Marshal(params)
	must(t, err)
	params = nil
	must(t, json.Unmarshal([]byte(strings.ReplaceAll(string(raw), "/repository", filepath.ToSlash(r.dir))), &params))
	params["processId"] = nil // the real one is gone
	params["initializationOptions"] = object{"tokens": true}
	w.offers = w.ask("initialize", params)["capabilities"].(object)
	w.checkOffers()
	w.tell("initialized", object{})
	t.Cleanup(func() {
		w.ask("shutdown", nil)
		w.tell("exit", nil)
		for range w.in {
		}
		<-done
	})
	return w
}

func (w *wire) read(from io.Reader) {
	defer close(w.in)
	for r := bufio.NewReader(from); ; {
		var n int
		line, err := r.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return
		}
		if _, serr := fmt.Sscanf(line, "Content-Length: %d", &n); err != nil || serr != nil {
			w.t.Errorf("header %q: %v", line, err)
			return
		}
		body := make([]byte, 2+n)
		if _, err := io.ReadFull(r, body); err != nil {
			w.t.Error(err)
			return
		}
		var m object
		if err := json.Unmarshal(body[2:], &m); err != nil {
			w.t.Error(err)
			return
		}
		w.in <- m
	}
}

func (w *wire) send(m object) {
	w.t.Helper()
	m["jsonrpc"] = "2.0"
	raw, err := json.Marshal(m)
	must(w.t, err)
	_, err = io.WriteString(w.out, framedBody(string(raw)))
	must(w.t, err)
}

func (w *wire) tell(method string, params object) {
	w.t.Helper()
	m := object{"method": method}
	if params != nil {
		m["params"] = params
	}
	w.send(m)
}

// ask makes a request, and handles what comes before its answer. A list is returned
// as an object with `items`.
func (w *wire) ask(method string, params object) object {
	w.t.Helper()
	w.ids++
	id := w.ids
	m := object{"method": method, "id": id}
	if params != nil {
		m["params"] = params
	}
	w.send(m)
	late := time.After(patience)
	for {
		select {
		case m, ok := <-w.in:
			switch {
			case !ok:
				w.t.Fatalf("the server ended before it answered %s", method)
			case m["method"] != nil:
				w.told(m)
			case m["error"] != nil:
				w.t.Errorf("%s: %v", method, m["error"])
				return nil
			case m["id"] == float64(id):
				return w.answered(method, m["result"])
			}
		case <-late:
			w.t.Fatalf("%s was not answered", method)
		}
	}
}

func (w *wire) answered(method string, result any) object {
	if !slices.Contains([]string{"initialize", "shutdown", "workspace/executeCommand"}, method) {
		w.check(method, result) // those are checked elsewhere, or of no form
	}
	switch result := result.(type) {
	case object:
		return result
	case []any:
		return object{"items": result}
	}
	return nil
}

// told takes what the server sends of its own, and answers what it asks.
func (w *wire) told(m object) {
	method := m["method"].(string)
	w.check(method, m["params"])
	if m["id"] == nil {
		return
	}
	var answer any
	switch method {
	case "workspace/configuration":
		answer = []any{object{"tokens": true}}
	case "workspace/applyEdit":
		answer = object{"applied": true}
	case "window/showDocument":
		answer = object{"success": true}
	}
	w.send(object{"id": m["id"], "result": answer})
}

// fault is told once, with an example if there is one.
func (w *wire) fault(example any, format string, args ...any) {
	w.t.Helper()
	text := fmt.Sprintf(format, args...)
	if w.faults[text] {
		return
	}
	w.faults[text] = true
	if example != nil {
		raw, _ := json.Marshal(example) // it came as JSON
		text += fmt.Sprintf("; for example %.500s", raw)
	}
	w.t.Error(text)
}

// check holds a message against every rule, and against the list of what every client
// takes: what is in neither was added without a thought of those who cannot take it.
func (w *wire) check(method string, message any) {
	w.t.Helper()
	if _, fromServer := plainKeys[method]; !fromServer {
		w.fault(nil, "%s: this test does not know which client takes it", method)
	}
	covered := slices.Clone(plainKeys[method])
	for _, r := range clientRules {
		if r.method != "" && !slices.Contains(strings.Fields(r.method), method) {
			continue
		}
		covered = append(covered, r.keys...)
		if !r.use(message) {
			continue
		}
		w.used[r.name] = true
		if !r.announced(w.caps) {
			w.fault(message, "%s: %s, which this client did not announce", method, r.name)
		}
	}
	eachObject(message, func(o object) {
		for key := range o {
			if !slices.Contains(covered, key) && !strings.Contains(key, ":") { // a URI in `changes`
				w.fault(o, "%s: no rule says who takes `%s`", method, key)
			}
		}
	})
	if limit, ok := w.caps.at("textDocument.foldingRange.rangeLimit").(float64); ok && method == "textDocument/foldingRange" {
		if list, _ := message.([]any); float64(len(list)) > limit {
			w.fault(nil, "%d folding ranges for a client that takes %v", len(list), limit)
		}
	}
}

// everything opens messages and the policy, and asks for all that is advertised. Where
// there is a zone, the index moves, too.
func (w *wire) everything(r *repo, zone bool) {
	w.t.Helper()
	policyText, err := os.ReadFile(r.path(".colophon.yaml"))
	must(w.t, err)
	for i, text := range append(slices.Clone(matrixMessages), string(policyText)) {
		u, language := r.message(), "gitcommit"
		if i == len(matrixMessages) {
			u, language = r.uri(".colophon.yaml"), "yaml"
		} else {
			text += matrixTemplate
		}
		w.tell("textDocument/didOpen", object{"textDocument": object{"uri": u, "languageId": language, "version": 1, "text": text}})
		if language == "gitcommit" {
			w.ask("workspace/executeCommand", object{"command": commandShow, "arguments": []any{u}}) // waits until all is known
		}
		w.document(u, text)
		if zone && i == len(matrixMessages)-1 {
			w.move(r, u)
		}
		w.tell("textDocument/didClose", object{"textDocument": object{"uri": u}})
	}
	w.tell("workspace/didChangeConfiguration", object{"settings": object{"colophon": object{"tokens": true}}})
}

// move moves the index, and waits until whoever can be told to ask again is told.
func (w *wire) move(r *repo, u uri.URI) {
	w.t.Helper()
	r.git("rm", "-q", "--cached", "core/main.c")
	late := time.After(patience)
	for _, view := range []string{"diagnostics", "codeLens", "inlayHint", "semanticTokens"} {
		rule := refreshRules[view]
		if w.caps.at("workspace."+view+".refreshSupport") != true || view == "diagnostics" && w.offers["diagnosticProvider"] == nil {
			continue
		}
		for !w.used[rule] {
			w.ask("textDocument/hover", object{"textDocument": object{"uri": u}, "position": object{"line": 0, "character": 0}})
			select {
			case <-late:
				w.t.Fatalf("the index moved, and %s did not come", rule)
			case <-time.After(10 * time.Millisecond): // the server looks every second
			}
		}
	}
}

var refreshRules = map[string]string{
	"diagnostics": "diagnostics asked again", "codeLens": "lenses asked again",
	"inlayHint": "inlay hints asked again", "semanticTokens": "semantic tokens asked again",
}

// document asks for all that is advertised about one document.
func (w *wire) document(u uri.URI, text string) {
	w.t.Helper()
	lines := strings.Split(text, "\n")
	place := func(line, character int) object { return object{"line": line, "character": character} }
	doc := object{"uri": u}
	whole := object{"start": place(0, 0), "end": place(len(lines)-1, 0)}
	diagnostics := []any{}
	if w.offers["diagnosticProvider"] != nil {
		diagnostics, _ = w.ask("textDocument/diagnostic", object{"textDocument": doc})["items"].([]any)
	}
	var places []object
	for i, l := range lines[:min(len(lines), 30)] {
		places = append(places, place(i, 0), place(i, min(3, len([]rune(l)))), place(i, min(14, len([]rune(l)))))
	}
	of := func(more object) object {
		p := object{"textDocument": doc}
		maps.Copy(p, more)
		return p
	}
	everywhere := func(method string, more object) {
		for _, p := range places {
			params := of(more)
			params["position"] = p
			for _, item := range firstOf(w.ask(method, params)["items"], 3) {
				if method == "textDocument/completion" && hasOption(w.offers["completionProvider"], "resolveProvider") {
					w.ask("completionItem/resolve", item)
				}
			}
		}
	}
	for provider := range w.offers {
		switch provider {
		case "positionEncoding", "textDocumentSync", "experimental", "diagnosticProvider":
		case "hoverProvider":
			everywhere("textDocument/hover", nil)
		case "definitionProvider":
			everywhere("textDocument/definition", nil)
		case "documentHighlightProvider":
			everywhere("textDocument/documentHighlight", nil)
		case "linkedEditingRangeProvider":
			everywhere("textDocument/linkedEditingRange", nil)
		case "completionProvider":
			everywhere("textDocument/completion", nil)
		case "documentOnTypeFormattingProvider":
			everywhere("textDocument/onTypeFormatting", object{"ch": ":", "options": object{"tabSize": 8, "insertSpaces": false}})
		case "selectionRangeProvider":
			w.ask("textDocument/selectionRange", of(object{"positions": places}))
		case "documentSymbolProvider":
			w.ask("textDocument/documentSymbol", of(nil))
		case "foldingRangeProvider":
			w.ask("textDocument/foldingRange", of(nil))
		case "documentLinkProvider":
			w.resolved("textDocument/documentLink", of(nil), provider, "documentLink/resolve")
		case "codeLensProvider":
			w.resolved("textDocument/codeLens", of(nil), provider, "codeLens/resolve")
		case "inlayHintProvider":
			w.resolved("textDocument/inlayHint", of(object{"range": whole}), provider, "inlayHint/resolve")
		case "semanticTokensProvider":
			w.ask("textDocument/semanticTokens/full", of(nil))
			w.ask("textDocument/semanticTokens/range", of(object{"range": whole}))
		case "codeActionProvider":
			w.resolved("textDocument/codeAction", of(object{"range": whole, "context": object{"diagnostics": diagnostics}}), provider, "codeAction/resolve")
		case "executeCommandProvider": // everything has asked
		default:
			w.fault(nil, "%s is advertised, and this test does not know how to ask for it", provider)
		}
	}
}

// resolved asks for a list, and for the rest of each of its items.
func (w *wire) resolved(method string, params object, provider, resolve string) {
	w.t.Helper()
	for _, item := range firstOf(w.ask(method, params)["items"], 100) {
		if hasOption(w.offers[provider], "resolveProvider") && item["command"] == nil {
			w.ask(resolve, item)
		}
	}
}

func hasOption(provider any, name string) bool {
	o, _ := provider.(object)
	return o[name] == true
}

func firstOf(list any, most int) []object {
	var out []object
	l, _ := list.([]any)
	for _, v := range l[:min(len(l), most)] {
		out = append(out, v.(object))
	}
	return out
}

// checkOffers looks at what is advertised. What is agreed on for positions is what the
// client offered, and UTF-16 where it offered nothing.
func (w *wire) checkOffers() {
	w.t.Helper()
	offered := w.caps.list("general.positionEncodings")
	if enc, _ := w.offers["positionEncoding"].(string); enc != string(protocol.PositionEncodingKindUTF16) && !slices.Contains(offered, enc) {
		w.fault(nil, "positions are in %q, of %q", enc, offered)
	}
	for provider, section := range youngProviders {
		if w.offers[provider] != nil && w.caps.at(section) == nil {
			w.fault(nil, "%s is advertised to a client without %s", provider, section)
		}
	}
	// The protocol has options only for clients that take literals.
	if _, options := w.offers["codeActionProvider"].(object); options && w.caps.at("textDocument.codeAction.codeActionLiteralSupport") == nil {
		w.fault(nil, "codeActionProvider has options, for a client that takes commands only")
	}
	if legend, ok := w.offers["semanticTokensProvider"].(object); ok {
		for _, list := range []string{"tokenTypes", "tokenModifiers"} {
			for _, name := range legend["legend"].(object)[list].([]any) {
				if !slices.Contains(w.caps.list("textDocument.semanticTokens."+list), name.(string)) {
					w.fault(nil, "the legend has %s %v, which this client did not announce", list, name)
				}
			}
		}
	}
}

// youngProviders change what both do, or stand for something that the client must know:
// who has no such section is not offered them. (What a client does not know otherwise
// it does not ask for, and some do not announce what they always had.)
var youngProviders = map[string]string{
	"diagnosticProvider": "textDocument.diagnostic", "semanticTokensProvider": "textDocument.semanticTokens",
	"inlayHintProvider": "textDocument.inlayHint", "codeLensProvider": "textDocument.codeLens",
	"experimental": "experimental.colophonStatus",
}
