package main

import (
	"fmt"
	"time"
)

// features are what an editor with everything switched on asks for after a keystroke.
// Each takes the document and the rest of its params.
var features = []struct{ method, more string }{
	{"textDocument/codeLens", ""},
	{"textDocument/inlayHint", `,"range":` + firstScreen},
	{"textDocument/codeAction", `,"range":` + firstLine + `,"context":{"diagnostics":[],"triggerKind":2}`},
	{"textDocument/semanticTokens/full", ""},
	{"textDocument/documentSymbol", ""},
	{"textDocument/foldingRange", ""},
	{"textDocument/documentLink", ""},
	{"textDocument/documentHighlight", `,"position":{"line":0,"character":1}`},
}

const (
	firstLine   = `{"start":{"line":0,"character":0},"end":{"line":0,"character":0}}`
	firstScreen = `{"start":{"line":0,"character":0},"end":{"line":40,"character":0}}`

	// fullCapabilities are those of a client that wants all of it.
	fullCapabilities = `"textDocument":{"publishDiagnostics":{"versionSupport":true,"relatedInformation":true},"codeLens":{},"inlayHint":{},` +
		`"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix","refactor","source"]}}},` +
		`"semanticTokens":{"requests":{"full":true},"tokenTypes":["keyword","enumMember","comment","string","parameter","property"],"tokenModifiers":[],"formats":["relative"]},` +
		`"documentSymbol":{"hierarchicalDocumentSymbolSupport":true},"foldingRange":{},"documentLink":{},"documentHighlight":{}},` +
		`"experimental":{"colophonStatus":true}`
)

// askAll asks for all features of a document, at once.
func (c *client) askAll(path string) error {
	var frames []byte
	for _, f := range features {
		c.ids++
		frames = appendFrame(frames, f.method, &c.ids, fmt.Appendf(nil, `{"textDocument":{"uri":%q}%s}`, fileURI(path), f.more))
	}
	_, err := c.in.Write(frames)
	return err
}

// awaitAll reads the diagnostics of a version and the answers to askAll. It returns
// when the diagnostics were there.
func (c *client) awaitAll(version int) (at time.Time, err error) {
	there, answers := false, 0
	_, err = c.await(func(a *answer) bool {
		switch {
		case a.publishes(version):
			there, at = true, time.Now()
		case a.ID != nil && a.Method == "":
			answers++
		}
		return there && answers == len(features)
	})
	return at, err
}
